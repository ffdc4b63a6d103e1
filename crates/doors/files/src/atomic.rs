//! Files written whole or not at all, and destroyed whole.
//!
//! A crash leaves one of two things behind, both for their owner alone: `NAME.0.new`, which never
//! came into use and can be removed, and `NAME.destroyed`, whose destruction
//! [`finish_destroying`] ends.

use std::{
    ffi::OsString,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::FileError;

/// Names tried for a file in the making: more than crashes leave behind.
const ASIDES: u32 = 100;

/// Makes a directory for its owner alone.
pub(crate) fn private_directory(path: &Path) -> Result<(), FileError> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|error| FileError::io(path, "created", error))?;
    sync_parent(path)
}

/// Writes a new file for its owner alone, durably; [`FileError::Exists`] if it is there. The bytes
/// are complete under a name that no other process uses before the file has its own.
pub(crate) fn create_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let aside = write_aside(path, bytes)?;
    name_aside(&aside, path)
}

/// Gives a file in the making its name, durably; [`FileError::Exists`] if another has it. The name
/// aside is gone either way.
pub(crate) fn name_aside(aside: &Path, path: &Path) -> Result<(), FileError> {
    // A link, not a rename: it refuses to replace what another process has just made.
    let linked = fs::hard_link(aside, path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => FileError::Exists {
            path: path.display().to_string(),
        },
        _ => FileError::io(path, "created", error),
    });
    let _ = fs::remove_file(aside);
    linked?;
    sync_parent(path)
}

/// Gives a file in the making its name, durably; what had it before is replaced.
pub(crate) fn replace_by_aside(aside: &Path, path: &Path) -> Result<(), FileError> {
    if let Err(error) = fs::rename(aside, path) {
        let _ = fs::remove_file(aside);
        return Err(FileError::io(path, "replaced", error));
    }
    sync_parent(path)
}

fn write_aside(path: &Path, bytes: &[u8]) -> Result<PathBuf, FileError> {
    let (mut file, aside) = open_aside(path)?;
    match file.write_all(bytes).and_then(|()| file.sync_all()) {
        Ok(()) => Ok(aside),
        Err(error) => {
            let _ = fs::remove_file(&aside);
            Err(FileError::io(path, "written", error))
        }
    }
}

/// A new empty file for its owner alone, beside the one that it is going to be.
pub(crate) fn open_aside(path: &Path) -> Result<(File, PathBuf), FileError> {
    let mut number = 0;
    loop {
        let aside = suffixed(path, &format!(".{number}.new"));
        match create_new(&aside) {
            Ok(file) => return Ok((file, aside)),
            // Another process is at it, or a crash left it: whosever it is, it is not ours.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < ASIDES => {
                number += 1;
            }
            Err(error) => return Err(FileError::io(&aside, "created", error)),
        }
    }
}

fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Overwrites a file with zeros, durably, and removes it. On storage that keeps old blocks (SSDs,
/// copy-on-write file systems) the overwriting alone proves nothing; the directory should be on an
/// encrypted volume. Destroying what is gone is no error.
///
/// The file loses its name first, so that no crash leaves half a file under it.
pub(crate) fn destroy(path: &Path) -> Result<(), FileError> {
    let dying = suffixed(path, DYING);
    finish_destroying(&dying)?;
    match fs::rename(path, &dying) {
        Ok(()) => sync_parent(path)?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(FileError::io(path, "destroyed", error)),
    }
    finish_destroying(&dying)
}

/// What follows the name of a file that is being destroyed.
pub(crate) const DYING: &str = ".destroyed";

/// Ends the destruction of a file that has lost its name already.
pub(crate) fn finish_destroying(dying: &Path) -> Result<(), FileError> {
    let erased = fs::metadata(dying).and_then(|metadata| {
        let zeros = vec![0; usize::try_from(metadata.len()).unwrap_or(0)];
        let mut file = OpenOptions::new().write(true).open(dying)?;
        file.write_all(&zeros)?;
        file.sync_all()?;
        fs::remove_file(dying)
    });
    match erased {
        Ok(()) => sync_parent(dying),
        // Another process ended it a moment ago, or there was nothing to end.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(FileError::io(dying, "destroyed", error)),
    }
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

fn sync_parent(path: &Path) -> Result<(), FileError> {
    let Some(parent) = path.parent() else {
        return Ok(());
    };
    // A name without a directory is in the current one.
    let parent = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    File::open(parent)
        .and_then(|directory| directory.sync_all())
        .map_err(|error| FileError::io(parent, "made durable", error))
}

/// Opens a file that must be its owner's alone. What is looked at is the opened file itself: a
/// symbolic link is followed, as secret mounts use them, and its target must be private.
pub(crate) fn open_private(path: &Path) -> Result<File, FileError> {
    let file = File::open(path).map_err(|error| FileError::io(path, "opened", error))?;
    let metadata = file.metadata();
    demand_private(
        path,
        &metadata.map_err(|error| FileError::io(path, "read", error))?,
    )?;
    Ok(file)
}

/// Refuses a directory that others than its owner can read or write.
pub(crate) fn demand_private_directory(path: &Path) -> Result<(), FileError> {
    let metadata = fs::metadata(path).map_err(|error| FileError::io(path, "read", error))?;
    demand_private(path, &metadata)
}

fn demand_private(path: &Path, metadata: &Metadata) -> Result<(), FileError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_whole_and_once() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.key");
        create_private(&path, b"first").unwrap();
        assert!(matches!(
            create_private(&path, b"second"),
            Err(FileError::Exists { .. })
        ));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(names(home.path()), ["a.key"]);
    }

    /// What a crash or another process at work has left is neither used nor touched.
    #[test]
    fn what_lies_aside_is_not_ours() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.key");
        let left = home.path().join("a.key.0.new");
        fs::write(&left, b"half a ke").unwrap();
        create_private(&path, b"whole").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read(&left).unwrap(), b"half a ke");
        assert_eq!(names(home.path()), ["a.key", "a.key.0.new"]);
    }

    #[test]
    fn of_many_at_once_one_makes_it_and_it_is_whole() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.key");
        let barrier = std::sync::Barrier::new(8);
        let made: Vec<u8> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8u8)
                .map(|number| {
                    let (path, barrier) = (&path, &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        create_private(path, &[number; 4096])
                            .is_ok()
                            .then_some(number)
                    })
                })
                .collect();
            threads
                .into_iter()
                .filter_map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(made.len(), 1);
        assert_eq!(fs::read(&path).unwrap(), [made[0]; 4096]);
        assert_eq!(names(home.path()), ["a.key"]);
    }

    #[test]
    fn a_path_without_a_directory_is_in_the_current_one() {
        sync_parent(Path::new("parlour.toml")).unwrap();
    }

    #[test]
    fn a_destruction_is_ended_whatever_was_left() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.key");
        let dying = home.path().join("a.key.destroyed");
        // Never there; there; killed after it lost its name; killed so once, and there again.
        for (named, unnamed) in [(false, false), (true, false), (false, true), (true, true)] {
            if named {
                fs::write(&path, b"secret").unwrap();
            }
            if unnamed {
                fs::write(&dying, b"secret").unwrap();
            }
            destroy(&path).unwrap();
            assert_eq!(names(home.path()), [""; 0]);
        }
    }

    #[test]
    fn what_is_destroyed_is_overwritten_under_every_name_it_has() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.key");
        let other = home.path().join("other");
        create_private(&path, b"secret").unwrap();
        fs::hard_link(&path, &other).unwrap();
        destroy(&path).unwrap();
        assert_eq!(fs::read(&other).unwrap(), [0; 6]);
        // A link elsewhere: the key it leads to is what dies.
        create_private(&path, b"secret").unwrap();
        let link = home.path().join("link.key");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        destroy(&link).unwrap();
        assert_eq!(fs::read(&path).unwrap(), [0; 6]);
        assert_eq!(names(home.path()), ["a.key", "other"]);
    }
}
