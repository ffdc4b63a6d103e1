//! Files written whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use crate::FileError;

/// Makes a directory for its owner alone.
pub(crate) fn private_directory(path: &Path) -> Result<(), FileError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|error| FileError::io(path, "created", error))
}

/// Writes a new file for its owner alone, durably; [`FileError::Exists`] if it is there. The bytes
/// are complete under a temporary name before the file has its own.
pub(crate) fn create_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let temporary = temporary_beside(path);
    let written = write_new(&temporary, bytes).and_then(|()| {
        // A link, not a rename: it refuses to replace what another process has just made.
        fs::hard_link(&temporary, path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => FileError::Exists {
                path: path.display().to_string(),
            },
            _ => FileError::io(path, "created", error),
        })
    });
    let _ = fs::remove_file(&temporary);
    written?;
    sync_parent(path)
}

/// A name that no other process and no other call of this one uses at the same time.
fn temporary_beside(path: &Path) -> PathBuf {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}-{call}.new", process::id()))
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .map_err(|error| FileError::io(path, "created", error))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|error| FileError::io(path, "written", error))
}

/// Overwrites a file with zeros, durably, and removes it. On storage that keeps old blocks (SSDs,
/// copy-on-write file systems) the overwriting alone proves nothing; the directory should be on an
/// encrypted volume.
pub(crate) fn destroy(path: &Path) -> Result<(), FileError> {
    let length = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(FileError::io(path, "destroyed", error)),
    };
    let zeros = vec![0; usize::try_from(length).unwrap_or(0)];
    OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|mut file| file.write_all(&zeros).and_then(|()| file.sync_all()))
        .and_then(|()| fs::remove_file(path))
        .map_err(|error| FileError::io(path, "destroyed", error))?;
    sync_parent(path)
}

pub(crate) fn sync_parent(path: &Path) -> Result<(), FileError> {
    let Some(parent) = path.parent() else {
        return Ok(());
    };
    File::open(parent)
        .and_then(|directory| directory.sync_all())
        .map_err(|error| FileError::io(parent, "made durable", error))
}

/// Refuses a file that others than its owner can read or write.
pub(crate) fn demand_private(path: &Path) -> Result<(), FileError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let metadata = fs::metadata(path).map_err(|error| FileError::io(path, "read", error))?;
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
            return Err(FileError::LoosePermissions {
                path: path.display().to_string(),
                mode,
                wanted,
            });
        }
    }
    Ok(())
}
