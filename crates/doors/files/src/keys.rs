//! The key directory: the root key, the epoch keys, and secrets wrapped under the root key.
//!
//! ```text
//! keys/
//!   root.key            parlour-root-key-v1 and 64 hexadecimal digits
//!   epoch-00000001.key  number, start, and the epoch key wrapped under the root key
//!   ledger.key          the ledger's signing seed, wrapped under the root key
//! ```
//!
//! INVARIANT: the directory and every file in it are their owner's alone; a loose permission is
//! refused with the command that mends it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use terms::{Rng, Secret, Timestamp};
use vault::{CustodyError, EpochNumber, KeyCustody, StoredEpoch};

use crate::{FileError, atomic, text};

const KEY: &str = ".key";
const ROOT: &str = "root.key";
const ROOT_HEADER: &str = "parlour-root-key-v1";
const EPOCH_HEADER: &str = "parlour-epoch-key-v1";
const WRAPPED_HEADER: &str = "parlour-wrapped-secret-v1";

/// Keys kept as files.
#[derive(Debug, Clone)]
pub struct KeyDirectory {
    path: PathBuf,
}

impl KeyDirectory {
    /// Opens the directory; makes it, with a fresh root key, when it is not there.
    pub fn open_or_create(path: &Path, rng: &Arc<dyn Rng>) -> Result<Self, FileError> {
        atomic::private_directory(path)?;
        let directory = Self {
            path: path.to_owned(),
        };
        let root = directory.path.join(ROOT);
        if !root.exists() {
            directory.refuse_to_orphan()?;
            let mut key = [0; 32];
            rng.fill(&mut key);
            let key = Secret::new(key);
            let text = Secret::new(format!("{ROOT_HEADER}\n{}\n", hex(key.expose())));
            match atomic::create_private(&root, text.expose().as_bytes()) {
                // Another process made it a moment ago.
                Err(FileError::Exists { .. }) | Ok(()) => {}
                Err(error) => return Err(error),
            }
        }
        directory.checked()
    }

    /// Opens a directory that must be there, with its root key.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let directory = Self {
            path: path.to_owned(),
        };
        if directory.path.join(ROOT).exists() {
            return directory.checked();
        }
        Err(FileError::Malformed {
            path: path.display().to_string(),
            reason: "there is no `root.key` in it: put the root key back from your recovery kit",
        })
    }

    fn checked(self) -> Result<Self, FileError> {
        atomic::demand_private_directory(&self.path)?;
        self.read_root()?;
        self.finish_destroying()?;
        Ok(self)
    }

    /// A directory with epoch keys and no root key has lost it: a fresh one would open nothing.
    fn refuse_to_orphan(&self) -> Result<(), FileError> {
        if self.epoch_files(KEY)?.is_empty() {
            return Ok(());
        }
        Err(FileError::Malformed {
            path: self.path.display().to_string(),
            reason: "there are epoch keys but no `root.key`: put the root key back from your recovery kit",
        })
    }

    fn read_root(&self) -> Result<Secret<[u8; 32]>, FileError> {
        let path = self.path.join(ROOT);
        let text = text::read_secret(&path)?;
        let malformed = |reason| FileError::Malformed {
            path: path.display().to_string(),
            reason,
        };
        let (header, digits) = text.expose().split_once('\n').ok_or_else(|| {
            malformed("expected a header line and a line of 64 hexadecimal digits")
        })?;
        if header != ROOT_HEADER {
            return Err(malformed("the first line must be `parlour-root-key-v1`"));
        }
        let bytes = Secret::new(from_hex(digits).unwrap_or_default());
        let key = bytes.expose().as_slice().try_into();
        key.map(Secret::new)
            .map_err(|_| malformed("the second line must be 64 hexadecimal digits"))
    }

    /// A secret that was kept under `name`, as it was wrapped; `None` when there is none.
    pub fn wrapped_secret(&self, name: &str) -> Result<Option<Vec<u8>>, FileError> {
        let path = self.path.join(format!("{name}.key"));
        if !path.exists() {
            return Ok(None);
        }
        let [wrapped] = self.fields(&path, WRAPPED_HEADER)?;
        let malformed = || FileError::Malformed {
            path: path.display().to_string(),
            reason: "the wrapped secret must be hexadecimal",
        };
        from_hex(&wrapped).map(Some).ok_or_else(malformed)
    }

    /// Keeps a wrapped secret under a new name.
    pub fn keep_wrapped_secret(&self, name: &str, wrapped: &[u8]) -> Result<(), FileError> {
        let path = self.path.join(format!("{name}.key"));
        atomic::create_private(
            &path,
            format!("{WRAPPED_HEADER}\n{}\n", hex(wrapped)).as_bytes(),
        )
    }

    fn epoch_path(&self, number: EpochNumber) -> PathBuf {
        self.path.join(format!("epoch-{:08}.key", number.0))
    }

    /// Ends what a crash kept from being destroyed.
    fn finish_destroying(&self) -> Result<(), FileError> {
        let dying = self.epoch_files(&format!("{KEY}{}", atomic::DYING))?;
        dying
            .iter()
            .try_for_each(|path| atomic::finish_destroying(path))
    }

    /// The files of epochs whose name ends so, in order.
    fn epoch_files(&self, ending: &str) -> Result<Vec<PathBuf>, FileError> {
        let entries =
            fs::read_dir(&self.path).map_err(|error| FileError::io(&self.path, "listed", error))?;
        let mut files = Vec::new();
        for entry in entries {
            let path = entry
                .map_err(|error| FileError::io(&self.path, "listed", error))?
                .path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            if name.starts_with("epoch-") && name.ends_with(ending) {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    fn read_epoch(&self, path: &Path) -> Result<StoredEpoch, FileError> {
        let [number, created_at, wrapped] = self.fields(path, EPOCH_HEADER)?;
        let malformed = |reason| FileError::Malformed {
            path: path.display().to_string(),
            reason,
        };
        Ok(StoredEpoch {
            number: EpochNumber(
                number
                    .parse()
                    .map_err(|_| malformed("the number is not a number"))?,
            ),
            created_at: Timestamp::from_millis(
                created_at
                    .parse()
                    .map_err(|_| malformed("the start is not a number of milliseconds"))?,
            ),
            wrapped: from_hex(&wrapped)
                .ok_or_else(|| malformed("the wrapped key is not hexadecimal"))?,
        })
    }

    /// The lines after the header.
    fn fields<const N: usize>(&self, path: &Path, header: &str) -> Result<[String; N], FileError> {
        let text = text::read_secret(path)?;
        let mut lines = text.expose().lines();
        let malformed = |reason| FileError::Malformed {
            path: path.display().to_string(),
            reason,
        };
        if lines.next() != Some(header) {
            return Err(malformed("the first line does not name this kind of key"));
        }
        let fields: Vec<String> = lines.map(str::to_owned).collect();
        fields
            .try_into()
            .map_err(|_| malformed("it has too few or too many lines"))
    }
}

impl KeyCustody for KeyDirectory {
    fn root_key(&self) -> Result<Secret<[u8; 32]>, CustodyError> {
        self.read_root().map_err(unavailable)
    }

    fn epochs(&self) -> Result<Vec<StoredEpoch>, CustodyError> {
        let mut epochs = Vec::new();
        for path in self.epoch_files(KEY).map_err(unavailable)? {
            match self.read_epoch(&path) {
                Ok(epoch) => epochs.push(epoch),
                // Another process destroyed it while we looked.
                Err(_) if fs::symlink_metadata(&path).is_err() => {}
                Err(error) => return Err(unavailable(error)),
            }
        }
        Ok(epochs)
    }

    fn keep_epoch(&self, epoch: &StoredEpoch) -> Result<(), CustodyError> {
        let StoredEpoch {
            number,
            created_at,
            wrapped,
        } = epoch;
        let text = format!(
            "{EPOCH_HEADER}\n{number}\n{}\n{}\n",
            created_at.millis(),
            hex(wrapped)
        );
        match atomic::create_private(&self.epoch_path(*number), text.as_bytes()) {
            Err(FileError::Exists { .. }) => Err(CustodyError::Exists(*number)),
            kept => kept.map_err(unavailable),
        }
    }

    fn destroy_epoch(&self, number: EpochNumber) -> Result<(), CustodyError> {
        atomic::destroy(&self.epoch_path(number)).map_err(unavailable)
    }
}

fn unavailable(error: FileError) -> CustodyError {
    CustodyError::Unavailable(error.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(high * 16 + low).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    struct Counting;
    impl Rng for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes
                .iter_mut()
                .zip(1..)
                .for_each(|(byte, value)| *byte = value);
        }
    }

    fn directory() -> (tempfile::TempDir, KeyDirectory) {
        let home = tempfile::tempdir().unwrap();
        let rng: Arc<dyn Rng> = Arc::new(Counting);
        let keys = KeyDirectory::open_or_create(&home.path().join("keys"), &rng).unwrap();
        (home, keys)
    }

    fn epoch(number: i64) -> StoredEpoch {
        StoredEpoch {
            number: EpochNumber(number),
            created_at: Timestamp::from_millis(number * 1_000),
            wrapped: vec![7; 60],
        }
    }

    #[test]
    fn the_root_key_is_made_once_and_for_its_owner_alone() {
        let (home, keys) = directory();
        let first = keys.root_key().unwrap();
        let rng: Arc<dyn Rng> = Arc::new(Counting);
        let again = KeyDirectory::open_or_create(&home.path().join("keys"), &rng).unwrap();
        assert_eq!(first.expose(), again.root_key().unwrap().expose());
        for path in [home.path().join("keys"), home.path().join("keys/root.key")] {
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o077,
                0,
                "{path:?}"
            );
        }
    }

    #[test]
    fn a_loose_root_key_is_refused_with_the_command_that_mends_it() {
        let (home, _) = directory();
        let root = home.path().join("keys/root.key");
        fs::set_permissions(&root, fs::Permissions::from_mode(0o644)).unwrap();
        let error = KeyDirectory::open(&home.path().join("keys"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn epochs_are_kept_once_and_destroyed() {
        let (_home, keys) = directory();
        for number in [1, 2, 10] {
            keys.keep_epoch(&epoch(number)).unwrap();
        }
        assert!(matches!(
            keys.keep_epoch(&epoch(2)),
            Err(CustodyError::Exists(EpochNumber(2)))
        ));
        assert_eq!(keys.epochs().unwrap(), [epoch(1), epoch(2), epoch(10)]);
        keys.destroy_epoch(EpochNumber(1)).unwrap();
        keys.destroy_epoch(EpochNumber(1)).unwrap();
        assert_eq!(keys.epochs().unwrap(), [epoch(2), epoch(10)]);
    }

    #[test]
    fn a_lost_root_key_is_not_replaced() {
        let (home, keys) = directory();
        keys.keep_epoch(&epoch(1)).unwrap();
        fs::remove_file(home.path().join("keys/root.key")).unwrap();
        let rng: Arc<dyn Rng> = Arc::new(Counting);
        let error = KeyDirectory::open_or_create(&home.path().join("keys"), &rng).unwrap_err();
        assert!(error.to_string().contains("recovery kit"), "{error}");
    }

    #[test]
    fn what_is_no_key_file_is_refused_with_its_path() {
        let (home, _) = directory();
        for text in [
            "",
            "parlour-root-key-v1",
            "other\n00",
            "parlour-root-key-v1\nxyz",
            "parlour-root-key-v1\n00",
        ] {
            let root = home.path().join("keys/root.key");
            fs::write(&root, text).unwrap();
            let error = KeyDirectory::open(&home.path().join("keys"))
                .unwrap_err()
                .to_string();
            assert!(error.contains("root.key"), "{error}");
        }
    }

    #[test]
    fn wrapped_secrets_come_back() {
        let (_home, keys) = directory();
        assert_eq!(keys.wrapped_secret("ledger").unwrap(), None);
        keys.keep_wrapped_secret("ledger", &[1, 2, 255]).unwrap();
        assert_eq!(
            keys.wrapped_secret("ledger").unwrap(),
            Some(vec![1, 2, 255])
        );
        assert!(matches!(
            keys.keep_wrapped_secret("ledger", &[3]),
            Err(FileError::Exists { .. })
        ));
    }

    fn reopened(home: &tempfile::TempDir) -> Result<KeyDirectory, FileError> {
        let rng: Arc<dyn Rng> = Arc::new(Counting);
        KeyDirectory::open_or_create(&home.path().join("keys"), &rng)
    }

    /// Killed between the overwriting of an epoch key and its removal.
    #[test]
    fn an_epoch_whose_destruction_was_cut_short_keeps_nobody_out_and_is_ended() {
        let (home, keys) = directory();
        keys.keep_epoch(&epoch(2)).unwrap();
        let dying = home.path().join("keys/epoch-00000001.key.destroyed");
        for left in [b"parlour-epoch-key-v1\n1\n".as_slice(), &[0; 40]] {
            fs::write(&dying, left).unwrap();
            assert_eq!(keys.epochs().unwrap(), [epoch(2)]);
            reopened(&home).unwrap();
            assert!(!dying.exists());
        }
        assert_eq!(keys.epochs().unwrap(), [epoch(2)]);
    }

    /// Killed while a key was written: the next start makes it anew.
    #[test]
    fn a_key_that_was_written_by_half_is_not_taken_for_one() {
        let home = tempfile::tempdir().unwrap();
        atomic::private_directory(&home.path().join("keys")).unwrap();
        fs::write(home.path().join("keys/root.key.0.new"), ROOT_HEADER).unwrap();
        fs::write(home.path().join("keys/epoch-00000001.key.0.new"), "").unwrap();
        let keys = reopened(&home).unwrap();
        assert_eq!(keys.epochs().unwrap(), []);
        keys.keep_epoch(&epoch(1)).unwrap();
        assert_eq!(reopened(&home).unwrap().epochs().unwrap(), [epoch(1)]);
    }

    /// Secret mounts make their files symbolic links; what counts is where they lead.
    #[test]
    fn a_root_key_may_be_a_link_to_a_private_file() {
        let (home, keys) = directory();
        let root = home.path().join("keys/root.key");
        let elsewhere = home.path().join("elsewhere.key");
        fs::rename(&root, &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &root).unwrap();
        reopened(&home).unwrap();
        assert_eq!(keys.root_key().unwrap().expose().len(), 32);

        fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o640)).unwrap();
        let error = reopened(&home).unwrap_err().to_string();
        assert!(error.contains("chmod 600"), "{error}");
        // Leading nowhere, it is no reason to make another key.
        fs::remove_file(&elsewhere).unwrap();
        let error = reopened(&home).unwrap_err();
        assert!(matches!(error, FileError::Io { .. }), "{error}");
        assert!(!elsewhere.exists());
    }

    #[test]
    fn a_place_where_nothing_can_be_made_is_named_in_the_error() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("keys"), "a file in the way").unwrap();
        let error = reopened(&home).unwrap_err().to_string();
        assert!(error.contains("keys` cannot be"), "{error}");
        let rng: Arc<dyn Rng> = Arc::new(Counting);
        let below = home.path().join("keys/below");
        let error = KeyDirectory::open_or_create(&below, &rng).unwrap_err();
        assert!(error.to_string().contains("keys/below"), "{error}");
        assert!(matches!(error, FileError::Io { .. }));
        let missing = KeyDirectory::open(&home.path().join("nowhere")).unwrap_err();
        assert!(missing.to_string().contains("nowhere"), "{missing}");
    }

    #[test]
    fn a_loose_epoch_key_or_directory_is_refused() {
        let (home, keys) = directory();
        keys.keep_epoch(&epoch(1)).unwrap();
        let file = home.path().join("keys/epoch-00000001.key");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o604)).unwrap();
        assert!(matches!(
            keys.epochs(),
            Err(CustodyError::Unavailable(text)) if text.contains("chmod 600")
        ));
        fs::set_permissions(home.path().join("keys"), fs::Permissions::from_mode(0o750)).unwrap();
        let error = reopened(&home).unwrap_err().to_string();
        assert!(error.contains("chmod 700"), "{error}");
    }

    #[test]
    fn epochs_are_listed_while_another_process_destroys_them() {
        let (_home, keys) = directory();
        for number in 1..=300 {
            keys.keep_epoch(&epoch(number)).unwrap();
        }
        let other = keys.clone();
        let destroyer = std::thread::spawn(move || {
            for number in 1..300 {
                other.destroy_epoch(EpochNumber(number)).unwrap();
            }
        });
        while !destroyer.is_finished() {
            assert_eq!(keys.epochs().unwrap().last(), Some(&epoch(300)));
        }
        destroyer.join().unwrap();
        assert_eq!(keys.epochs().unwrap(), [epoch(300)]);
    }
}
