//! An export holds what the log holds, and is verified with the same eyes, by this program and by
//! one that shares no code with it.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use ledger::{Export, ExportError, Finding, Options, Report, Source, verify};
use proptest::prelude::*;

use crate::memory::{MemoryLedger, key, shop};

type Files = BTreeMap<String, Vec<u8>>;

async fn exported(ledger: &mut MemoryLedger) -> Result<Files, ExportError> {
    let mut files = Files::new();
    let mut export = Export::begin(ledger, shop()).await?;
    while let Some(file) = export.next().await? {
        assert!(
            files.insert(file.path, file.bytes).is_none(),
            "a path is given twice"
        );
    }
    Ok(files)
}

async fn report(files: &Files) -> Report {
    with(files, &[]).await
}

async fn with(files: &Files, witnessed: &[String]) -> Report {
    let options = Options {
        witnessed: witnessed.to_vec(),
    };
    verify(Source::Export(files), &key(), &options)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_layout_is_the_specifications() {
    let files = exported(&mut MemoryLedger::grown(&[100, 200, 50]).await)
        .await
        .unwrap();
    let paths: Vec<_> = files.keys().map(String::as_str).collect();
    let expected = [
        "checkpoint",
        "checkpoints/100",
        "checkpoints/300",
        "checkpoints/350",
        "checkpoints/sizes",
        "tile/0/000",
        "tile/0/001.p/94",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/94",
    ];
    assert_eq!(paths, expected);
    assert_eq!(files["checkpoints/sizes"], b"100\n300\n350\n");
    assert_eq!(files["checkpoint"], files["checkpoints/350"]);
}

#[tokio::test]
async fn an_export_is_as_sound_as_its_log() {
    for steps in [&[1][..], &[256], &[100, 200, 50], &[255, 1, 1, 1_500]] {
        let mut ledger = MemoryLedger::grown(steps).await;
        ledger.entries.push(crate::memory::entry(90_000));
        let files = exported(&mut ledger).await.unwrap();
        let total: u64 = steps.iter().sum();
        let report = report(&files).await;
        assert_eq!(
            (report.findings, report.entries, report.size),
            (vec![], total, total)
        );
        assert_eq!(report.checkpoints, u64::try_from(steps.len()).unwrap());
    }
    assert!(matches!(
        exported(&mut MemoryLedger::default()).await,
        Err(ExportError::Empty)
    ));
}

#[tokio::test]
async fn a_damaged_log_is_not_exported() {
    let mut ledger = MemoryLedger::grown(&[300]).await;
    ledger.entries.remove(270);
    assert!(matches!(
        exported(&mut ledger).await,
        Err(ExportError::Entry { position: 270 })
    ));
    let mut ledger = MemoryLedger::grown(&[300]).await;
    ledger.tiles.remove(&(0, 1));
    assert!(matches!(
        exported(&mut ledger).await,
        Err(ExportError::Tile(_))
    ));
    let mut ledger = MemoryLedger::grown(&[3]).await;
    ledger.at(1).body = vec![b' '; 65_536];
    assert!(matches!(
        exported(&mut ledger).await,
        Err(ExportError::TooLong { position: 0 })
    ));
}

#[tokio::test]
async fn a_truncated_export_is_found() {
    // The newest checkpoint is exchanged for an older one, which names other files.
    let mut files = exported(&mut MemoryLedger::grown(&[100, 200, 50]).await)
        .await
        .unwrap();
    let newest = String::from_utf8(files["checkpoint"].clone()).unwrap();
    files.insert("checkpoint".to_owned(), files["checkpoints/300"].clone());
    assert!(!report(&files).await.is_sound());

    // And everything after it was cut away in order.
    let mut files = exported(&mut MemoryLedger::grown(&[100, 200]).await)
        .await
        .unwrap();
    assert!(report(&files).await.is_sound());
    let found = with(&files, std::slice::from_ref(&newest)).await;
    assert_eq!(
        found.findings,
        [Finding::Truncated {
            entries: 300,
            signed: 350
        }]
    );

    files.remove("checkpoint");
    let found = report(&files).await;
    assert!(
        found.findings.contains(&Finding::FileMissing {
            path: "checkpoint".to_owned()
        }),
        "{found:?}"
    );
}

/// Runs `future`, which waits for nothing but memory.
fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn sample() -> &'static Files {
    static SAMPLE: std::sync::LazyLock<Files> = std::sync::LazyLock::new(|| {
        now(async {
            exported(&mut MemoryLedger::grown(&[100, 200, 50]).await)
                .await
                .unwrap()
        })
    });
    &SAMPLE
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_changed_byte_is_found(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let mut files = sample().clone();
        let path = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let bytes = files.get_mut(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(!now(report(&files)).is_sound(), "{path} at {at}");
    }

    #[test]
    fn any_shortened_or_missing_file_is_found(file in any::<prop::sample::Index>(), keep in any::<prop::sample::Index>()) {
        let mut files = sample().clone();
        let path = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let bytes = files.get_mut(&path).unwrap();
        let keep = keep.index(bytes.len());
        bytes.truncate(keep);
        prop_assert!(!now(report(&files)).is_sound(), "{path} cut to {keep}");
        files.remove(&path);
        prop_assert!(!now(report(&files)).is_sound(), "without {path}");
    }

    #[test]
    fn no_files_crash_the_verification(garbage in any::<Vec<u8>>(), file in any::<prop::sample::Index>()) {
        let mut files = sample().clone();
        let path = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        files.insert(path, garbage);
        let _ = now(report(&files));
    }
}

/// Runs the independent verifier; `None` when this machine has no Python.
fn independent(directory: &Path, witnessed: &[&Path]) -> Option<(bool, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent.py");
    let run = Command::new("python3")
        .arg(script)
        .arg(directory)
        .arg(key().to_string())
        .args(witnessed)
        .output();
    match run {
        Ok(output) => Some((
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )),
        Err(error) => {
            println!("skipped: python3 cannot be run: {error}");
            None
        }
    }
}

fn write(files: &Files) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    directory
}

#[tokio::test]
async fn someone_elses_program_comes_to_the_same_result() {
    let mut ledger = MemoryLedger::grown(&[1, 254, 1, 300, 44]).await;
    let files = exported(&mut ledger).await.unwrap();
    let ours = report(&files).await;
    assert!(ours.is_sound());
    let Some((verified, said)) = independent(write(&files).path(), &[]) else {
        return;
    };
    assert_eq!(
        said.trim_end(),
        format!("verified 600 entries, root {}", ours.root.unwrap())
    );
    assert!(verified);

    // The same tampering is found by both.
    let entries = "tile/entries/001";
    let text = String::from_utf8(files[entries].clone()).unwrap();
    let swapped = text
        .replacen(r#""position":300}"#, r#""position":030}"#, 1)
        .into_bytes();
    assert_ne!(
        swapped, files[entries],
        "the sample has no entry to tamper with"
    );
    let checkpoint = String::from_utf8(files["checkpoint"].clone()).unwrap();
    let tampered: [(&str, Vec<u8>); 8] = [
        (
            "checkpoint",
            checkpoint.replace("\n600\n", "\n556\n").into_bytes(),
        ),
        (
            "checkpoint",
            checkpoint.replace("parlour/", "parlor/").into_bytes(),
        ),
        (entries, swapped),
        (entries, files[entries][..files[entries].len() - 1].to_vec()),
        ("tile/0/001", files["tile/0/000"].clone()),
        ("tile/1/000.p/2", vec![0; 64]),
        ("checkpoints/256", files["checkpoints/255"].clone()),
        ("checkpoint", files["checkpoints/556"].clone()),
    ];
    for (path, bytes) in tampered {
        let mut files = files.clone();
        files.insert(path.to_owned(), bytes);
        let (verified, said) = independent(write(&files).path(), &[]).unwrap();
        assert!(
            !verified && said.starts_with("NOT VERIFIED"),
            "{path}: {said}"
        );
        assert!(!report(&files).await.is_sound(), "{path}");
    }

    // A checkpoint that somebody kept tells of a rewritten history.
    let kept = tempfile::tempdir().unwrap();
    let witnessed = kept.path().join("checkpoint");
    fs::write(&witnessed, &files["checkpoint"]).unwrap();
    ledger.at(10).body = crate::memory::entry(4_242).body;
    ledger.resign().await;
    let rewritten = write(&exported(&mut ledger).await.unwrap());
    assert!(independent(rewritten.path(), &[]).unwrap().0);
    let (verified, said) = independent(rewritten.path(), &[&witnessed]).unwrap();
    assert!(!verified, "{said}");
}
