//! A private file that is written piece by piece and appears whole or not at all.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::{FileError, atomic};

/// What becomes of a file that has the name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the new one is refused: before anything is written, and again at the end.
    Refuse,
    Replace,
}

/// A file in the making, for its owner alone (mode 0600). Dropped before [`PrivateFile::keep`], it
/// leaves nothing behind; killed before, it leaves `NAME.0.new`, which can be removed.
#[derive(Debug)]
pub struct PrivateFile {
    path: PathBuf,
    existing: Existing,
    /// Absent once it was handed over by [`PrivateFile::keep`].
    aside: Option<PathBuf>,
    file: BufWriter<File>,
}

impl PrivateFile {
    pub fn create(path: &Path, existing: Existing) -> Result<Self, FileError> {
        if existing == Existing::Refuse && fs::symlink_metadata(path).is_ok() {
            return Err(FileError::Exists {
                path: path.display().to_string(),
            });
        }
        let (file, aside) = atomic::open_aside(path)?;
        Ok(Self {
            path: path.to_owned(),
            existing,
            aside: Some(aside),
            file: BufWriter::new(file),
        })
    }

    /// Gives the file its name, once its bytes are on the disk.
    pub fn keep(mut self) -> Result<(), FileError> {
        let written = self
            .file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all());
        written.map_err(|error| FileError::io(&self.path, "written", error))?;
        match (self.aside.take(), self.existing) {
            (None, _) => Ok(()),
            (Some(aside), Existing::Refuse) => atomic::name_aside(&aside, &self.path),
            (Some(aside), Existing::Replace) => atomic::replace_by_aside(&aside, &self.path),
        }
    }
}

impl Write for PrivateFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for PrivateFile {
    fn drop(&mut self) {
        if let Some(aside) = &self.aside {
            let _ = fs::remove_file(aside);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

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
    fn a_file_appears_whole_private_and_only_when_kept() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("shop.json");
        let mut file = PrivateFile::create(&path, Existing::Refuse).unwrap();
        file.write_all(b"{").unwrap();
        file.flush().unwrap();
        assert_eq!(names(home.path()), ["shop.json.0.new"]);
        file.write_all(b"}").unwrap();
        file.keep().unwrap();
        assert_eq!(names(home.path()), ["shop.json"]);
        assert_eq!(fs::read(&path).unwrap(), b"{}");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn what_is_not_kept_is_gone_and_what_was_there_stays() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("shop.json");
        fs::write(&path, b"old").unwrap();
        let mut file = PrivateFile::create(&path, Existing::Replace).unwrap();
        file.write_all(b"new").unwrap();
        drop(file);
        assert_eq!(names(home.path()), ["shop.json"]);
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn replacing_is_asked_for() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("shop.json");
        fs::write(&path, b"old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(
            PrivateFile::create(&path, Existing::Refuse),
            Err(FileError::Exists { .. })
        ));
        let mut file = PrivateFile::create(&path, Existing::Replace).unwrap();
        file.write_all(b"new").unwrap();
        file.keep().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(
            mode & 0o777,
            0o600,
            "the old file's looseness is not taken over"
        );
        assert_eq!(names(home.path()), ["shop.json"]);
    }

    /// Another process makes the file while ours is being written.
    #[test]
    fn who_was_first_is_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("shop.json");
        let mut file = PrivateFile::create(&path, Existing::Refuse).unwrap();
        file.write_all(b"ours").unwrap();
        fs::write(&path, b"theirs").unwrap();
        assert!(matches!(file.keep(), Err(FileError::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(names(home.path()), ["shop.json"]);
    }

    #[test]
    fn a_place_where_nothing_can_be_made_is_named() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("nowhere/shop.json");
        let error = PrivateFile::create(&path, Existing::Refuse).unwrap_err();
        assert!(error.to_string().contains("nowhere/shop.json"), "{error}");
    }
}
