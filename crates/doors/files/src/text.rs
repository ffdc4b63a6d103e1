//! Configuration and secrets in files.

use std::{fs::File, io::Read, path::Path};

use terms::Secret;

use crate::{FileError, atomic};

const MOST: u64 = 1024 * 1024;

/// Reads a text file of at most one mebibyte.
pub fn read(path: &Path) -> Result<String, FileError> {
    let file = File::open(path).map_err(|error| FileError::io(path, "opened", error))?;
    read_all(path, file)
}

fn read_all(path: &Path, file: File) -> Result<String, FileError> {
    let mut text = String::new();
    file.take(MOST + 1)
        .read_to_string(&mut text)
        .map_err(|error| FileError::io(path, "read", error))?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > MOST {
        return Err(FileError::TooLarge {
            path: path.display().to_string(),
            limit: MOST,
        });
    }
    Ok(text)
}

/// Reads a secret; the file must be its owner's alone. A trailing line end is not part of it.
pub fn read_secret(path: &Path) -> Result<Secret<String>, FileError> {
    let file = atomic::open_private(path)?;
    let text = Secret::new(read_all(path, file)?);
    Ok(Secret::new(
        text.expose().trim_end_matches(['\n', '\r']).to_owned(),
    ))
}

/// Writes a new file, readable by its owner alone; refuses to replace one.
pub fn write_new(path: &Path, text: &str) -> Result<(), FileError> {
    atomic::create_private(path, text.as_bytes())
}

/// Makes a directory for its owner alone, with its parents.
pub fn make_private_directory(path: &Path) -> Result<(), FileError> {
    atomic::private_directory(path)
}
