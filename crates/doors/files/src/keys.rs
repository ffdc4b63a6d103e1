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

    /// Opens a directory that must be there.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        Self {
            path: path.to_owned(),
        }
        .checked()
    }

    fn checked(self) -> Result<Self, FileError> {
        atomic::demand_private(&self.path)?;
        self.read_root()?;
        Ok(self)
    }

    /// A directory with epoch keys and no root key has lost it: a fresh one would open nothing.
    fn refuse_to_orphan(&self) -> Result<(), FileError> {
        if self.epoch_files()?.is_empty() {
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

    fn epoch_files(&self) -> Result<Vec<PathBuf>, FileError> {
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
            if name.starts_with("epoch-") && name.ends_with(".key") {
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
        let files = self.epoch_files().map_err(unavailable)?;
        files
            .iter()
            .map(|path| self.read_epoch(path).map_err(unavailable))
            .collect()
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
}
