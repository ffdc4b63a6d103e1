//! Exports of the ledger as a directory.

use std::{
    fs,
    io::{ErrorKind, Read},
    path::{Component, Path, PathBuf},
};

use ledger::export::{ExportFile, ExportSource, ReadError};

use crate::{FileError, atomic};

/// A directory that an export is written to. It must be new or empty, so that no file of an older
/// export is taken for one of this.
#[derive(Debug)]
pub struct ExportDirectory {
    path: PathBuf,
}

impl ExportDirectory {
    pub fn create(path: &Path) -> Result<Self, FileError> {
        fs::create_dir_all(path).map_err(|error| FileError::io(path, "created", error))?;
        let mut entries =
            fs::read_dir(path).map_err(|error| FileError::io(path, "listed", error))?;
        if entries.next().is_some() {
            return Err(FileError::Exists {
                path: format!("{}/*", path.display()),
            });
        }
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Writes one file, whole or not at all.
    pub fn write(&self, file: &ExportFile) -> Result<(), FileError> {
        let path = self.path.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| FileError::io(parent, "created", error))?;
        }
        atomic::create_private(&path, &file.bytes)
    }
}

/// A directory that an export is read from.
#[derive(Debug)]
pub struct ExportReader {
    path: PathBuf,
}

/// No file of an export is larger: 256 entries of at most 65,537 bytes.
const MOST: u64 = 256 * 65_537;

impl ExportReader {
    pub fn open(path: &Path) -> Result<Self, FileError> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Ok(Self {
                path: path.to_owned(),
            }),
            Ok(_) => Err(FileError::Malformed {
                path: path.display().to_string(),
                reason: "expected the directory of an export",
            }),
            Err(error) => Err(FileError::io(path, "opened", error)),
        }
    }
}

impl ExportSource for ExportReader {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let relative = Path::new(path);
        if !relative
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return Err(format!("`{path}` leads out of the export").into());
        }
        let file = match fs::File::open(self.path.join(relative)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut bytes = Vec::new();
        file.take(MOST + 1).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST {
            return Err(format!("`{path}` is larger than a file of an export can be").into());
        }
        Ok(Some(bytes))
    }
}
