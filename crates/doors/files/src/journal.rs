//! A journal: an append-only file of lines, each durable before its writer is told so.
//!
//! A crash while a line is written leaves a part of it without its line end: such a tail was never
//! promised to anyone, and is cut off when the file is opened again. A file is open in one process
//! at a time.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use commerce::gateway::demo_ports::Journal;

use crate::{FileError, atomic};

/// An open journal.
#[derive(Debug)]
pub struct FileJournal {
    path: PathBuf,
    state: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    /// An append failed: what the disk holds behind the last line is not known.
    failed: bool,
}

impl FileJournal {
    /// Opens the journal, or makes it, for its owner alone.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        match atomic::create_private(path, b"") {
            Ok(()) | Err(FileError::Exists { .. }) => {}
            Err(error) => return Err(error),
        }
        drop(atomic::open_private(path)?);
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(path)
            .map_err(|error| FileError::io(path, "opened", error))?;
        file.try_lock().map_err(|error| match error {
            fs::TryLockError::WouldBlock => FileError::Malformed {
                path: path.display().to_string(),
                reason: "it is open in another process",
            },
            fs::TryLockError::Error(error) => FileError::io(path, "locked", error),
        })?;
        cut_torn_line(&mut file).map_err(|error| FileError::io(path, "mended", error))?;
        Ok(Self {
            path: path.to_owned(),
            state: Mutex::new(Open {
                file,
                failed: false,
            }),
        })
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Journal for FileJournal {
    fn append(&self, line: &str) -> io::Result<()> {
        if line.contains(['\n', '\r']) {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "a line of the journal has no line break",
            ));
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.failed {
            return Err(io::Error::other(
                "an earlier line could not be written: open the journal again",
            ));
        }
        let bytes = format!("{line}\n");
        let file = &mut state.file;
        let written = file
            .write_all(bytes.as_bytes())
            .and_then(|()| file.sync_data());
        state.failed = written.is_err();
        written
    }

    fn lines(&self) -> io::Result<Vec<String>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = read_all(&mut state.file)?;
        // Behind the last line end there is only what a failed append left.
        bytes.truncate(whole_lines(&bytes));
        let text = String::from_utf8(bytes)
            .map_err(|_| io::Error::new(ErrorKind::InvalidData, "the journal is not UTF-8 text"))?;
        Ok(text.split_terminator('\n').map(str::to_owned).collect())
    }
}

fn cut_torn_line(file: &mut File) -> io::Result<()> {
    let bytes = read_all(file)?;
    let whole = whole_lines(&bytes);
    if whole == bytes.len() {
        return Ok(());
    }
    file.set_len(u64::try_from(whole).map_err(io::Error::other)?)?;
    file.sync_all()
}

/// How many bytes the whole lines are.
fn whole_lines(bytes: &[u8]) -> usize {
    let last = bytes.iter().rposition(|byte| *byte == b'\n');
    last.map_or(0, |last| last.saturating_add(1))
}

fn read_all(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (tempfile::TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("gateway.journal");
        (home, path)
    }

    #[test]
    fn lines_are_there_after_opening_again() {
        let (_home, path) = home();
        let journal = FileJournal::open(&path).unwrap();
        assert!(journal.lines().unwrap().is_empty());
        journal.append("one").unwrap();
        journal.append("zwölf").unwrap();
        journal.append("").unwrap();
        assert_eq!(journal.lines().unwrap(), ["one", "zwölf", ""]);
        drop(journal);
        let journal = FileJournal::open(&path).unwrap();
        journal.append("three").unwrap();
        assert_eq!(journal.lines().unwrap(), ["one", "zwölf", "", "three"]);
    }

    /// Wherever a crash cuts the last line, the lines before it stay, and the next one is whole.
    #[test]
    fn a_torn_last_line_is_cut_wherever_it_tore() {
        let last = "{\"payment\":\"ünique\"}";
        for length in 0..last.len() {
            let (_home, path) = home();
            let journal = FileJournal::open(&path).unwrap();
            journal.append("whole").unwrap();
            drop(journal);
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            file.write_all(&last.as_bytes()[..length]).unwrap();
            drop(file);
            let journal = FileJournal::open(&path).unwrap();
            assert_eq!(journal.lines().unwrap(), ["whole"], "{length}");
            journal.append("next").unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"whole\nnext\n", "{length}");
        }
    }

    #[test]
    fn a_journal_that_is_nothing_but_a_torn_line_is_empty() {
        let (_home, path) = home();
        atomic::create_private(&path, b"torn").unwrap();
        let journal = FileJournal::open(&path).unwrap();
        assert!(journal.lines().unwrap().is_empty());
        assert_eq!(fs::read(&path).unwrap(), b"");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (_home, path) = home();
        drop(FileJournal::open(&path).unwrap());
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(
            FileJournal::open(&path),
            Err(FileError::LoosePermissions { .. })
        ));
    }

    #[test]
    fn a_line_break_in_a_line_is_refused() {
        let (_home, path) = home();
        let journal = FileJournal::open(&path).unwrap();
        for bad in ["a\nb", "a\r\n", "\r"] {
            assert_eq!(
                journal.append(bad).unwrap_err().kind(),
                ErrorKind::InvalidInput
            );
        }
        journal.append("good").unwrap();
        assert_eq!(journal.lines().unwrap(), ["good"]);
    }

    #[test]
    fn it_is_open_once() {
        let (_home, path) = home();
        let first = FileJournal::open(&path).unwrap();
        let second = FileJournal::open(&path).unwrap_err().to_string();
        assert!(second.contains("open in another process"), "{second}");
        drop(first);
        FileJournal::open(&path).unwrap();
    }

    #[test]
    fn bytes_that_are_no_text_are_said_to_be_none() {
        let (_home, path) = home();
        atomic::create_private(&path, b"\xff\xfe\n").unwrap();
        let journal = FileJournal::open(&path).unwrap();
        assert_eq!(journal.lines().unwrap_err().kind(), ErrorKind::InvalidData);
    }

    /// After a failure nothing is appended behind a line that may be half there.
    #[test]
    fn after_a_failure_nothing_more_is_appended() {
        let (_home, path) = home();
        let journal = FileJournal::open(&path).unwrap();
        journal.append("before").unwrap();
        // A file that cannot be written stands for a disk that is full.
        journal.state.lock().unwrap().file = File::open(&path).unwrap();
        journal.append("lost").unwrap_err();
        let writable = OpenOptions::new()
            .read(true)
            .append(true)
            .open(&path)
            .unwrap();
        journal.state.lock().unwrap().file = writable;
        let refused = journal.append("after").unwrap_err().to_string();
        assert!(refused.contains("open the journal again"), "{refused}");
        assert_eq!(journal.lines().unwrap(), ["before"]);
    }

    #[test]
    fn many_threads_write_whole_lines() {
        let (_home, path) = home();
        let journal = FileJournal::open(&path).unwrap();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let journal = &journal;
                scope.spawn(move || journal.append(&number.to_string().repeat(500)).unwrap());
            }
        });
        let lines = journal.lines().unwrap();
        assert_eq!(lines.len(), 8);
        assert!(lines.iter().all(|line| line.len() == 500));
    }
}
