//! Where in a file the reading stands, how much of it is done, and how much one member may take.

use std::{
    cell::Cell,
    io::{self, Read},
    sync::atomic::{AtomicU64, Ordering},
};

/// How far the reading of a file has come, for whoever shows a bar. May be looked at from another
/// thread.
#[derive(Debug, Default)]
pub struct Progress {
    read: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Bytes read so far in this pass.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The file's length; 0 when it is not known.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    pub(super) fn begin(&self, total: u64) {
        self.read.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    fn add(&self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// The most that one member may take in the file. A member is held in memory, a file is not.
pub(super) const LARGEST_MEMBER: u64 = 16 * 1024 * 1024;

/// Shared by the reader, which moves it, and the visitors, which ask.
#[derive(Debug)]
pub(super) struct Place {
    line: Cell<u64>,
    column: Cell<u64>,
    bytes: Cell<u64>,
    left: Cell<u64>,
    too_large: Cell<bool>,
    failed: Cell<bool>,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            line: Cell::new(1),
            column: Cell::new(0),
            bytes: Cell::new(0),
            left: Cell::new(LARGEST_MEMBER),
            too_large: Cell::new(false),
            failed: Cell::new(false),
        }
    }
}

impl Place {
    pub(super) fn line(&self) -> u64 {
        self.line.get()
    }

    pub(super) fn column(&self) -> u64 {
        self.column.get()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// Another member, key or value begins: it may take as much as any.
    pub(super) fn begin_member(&self) {
        self.left.set(LARGEST_MEMBER);
    }

    /// Whether reading ended because a member is too large.
    pub(super) fn too_large(&self) -> bool {
        self.too_large.get()
    }

    /// Whether reading ended because the file could not be read on.
    pub(super) fn failed(&self) -> bool {
        self.failed.get()
    }

    fn step(&self, byte: u8) -> io::Result<()> {
        let Some(left) = self.left.get().checked_sub(1) else {
            self.too_large.set(true);
            return Err(io::Error::other("a member is too large"));
        };
        self.left.set(left);
        self.bytes.set(self.bytes.get() + 1);
        if byte == b'\n' {
            self.line.set(self.line.get() + 1);
            self.column.set(0);
        } else {
            self.column.set(self.column.get() + 1);
        }
        Ok(())
    }
}

/// A reader that hands out one byte at a time, as the JSON reader takes them, and knows its place.
pub(super) struct Followed<'a, R> {
    inner: R,
    place: &'a Place,
    progress: &'a Progress,
    buffer: Vec<u8>,
    at: usize,
    begun: bool,
    /// What ended the reading, until the bytes before it are handed out.
    failure: Option<io::Error>,
}

const BUFFER: usize = 64 * 1024;
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

impl<'a, R: Read> Followed<'a, R> {
    pub(super) fn new(inner: R, place: &'a Place, progress: &'a Progress) -> Self {
        Self {
            inner,
            place,
            progress,
            buffer: Vec::with_capacity(BUFFER),
            at: 0,
            begun: false,
            failure: None,
        }
    }

    /// Fills the buffer anew. A byte order mark at the beginning is passed over: editors that write
    /// one mean no harm.
    fn fill(&mut self) -> io::Result<()> {
        if let Some(failure) = self.failure.take() {
            self.place.failed.set(true);
            return Err(failure);
        }
        self.buffer.clear();
        self.at = 0;
        let most = u64::try_from(BUFFER).unwrap_or(u64::MAX);
        // `read_to_end` tries again when a signal came in between.
        let read = self.inner.by_ref().take(most).read_to_end(&mut self.buffer);
        self.failure = read.err();
        self.progress.add(self.buffer.len());
        if !self.begun {
            self.begun = true;
            if self.buffer.starts_with(BYTE_ORDER_MARK) {
                self.at = BYTE_ORDER_MARK.len();
            }
        }
        Ok(())
    }

    fn next(&mut self) -> io::Result<Option<u8>> {
        if self.at >= self.buffer.len() {
            self.fill()?;
            if self.buffer.is_empty() && self.failure.is_some() {
                self.fill()?;
            }
        }
        let byte = self.buffer.get(self.at).copied();
        self.at += 1;
        if let Some(byte) = byte {
            self.place.step(byte)?;
        }
        Ok(byte)
    }
}

impl<R: Read> Read for Followed<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(first) = out.first_mut() else {
            return Ok(0);
        };
        match self.next()? {
            Some(byte) => {
                *first = byte;
                Ok(1)
            }
            None => Ok(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_columns_and_bytes_are_counted() {
        let (place, progress) = (Place::default(), Progress::default());
        let mut reader = Followed::new(b"\xef\xbb\xbfab\ncd".as_slice(), &place, &progress);
        let mut byte = [0];
        for (wanted, line, column) in [(b'a', 1, 1), (b'b', 1, 2), (b'\n', 2, 0), (b'c', 2, 1)] {
            assert_eq!(reader.read(&mut byte).unwrap(), 1);
            assert_eq!(
                (byte[0], place.line(), place.column()),
                (wanted, line, column)
            );
        }
        assert_eq!((place.bytes(), progress.read()), (4, 8));
        assert_eq!(reader.read(&mut byte).unwrap(), 1);
        assert_eq!(reader.read(&mut byte).unwrap(), 0);
        assert_eq!(reader.read(&mut byte).unwrap(), 0);
    }

    #[test]
    fn a_member_ends_where_it_is_too_large_and_the_next_begins_anew() {
        let (place, progress) = (Place::default(), Progress::default());
        let mut reader = Followed::new(io::repeat(b' '), &place, &progress);
        let mut byte = [0];
        for _ in 0..LARGEST_MEMBER {
            reader.read_exact(&mut byte).unwrap();
        }
        assert!(!place.too_large());
        place.begin_member();
        reader.read_exact(&mut byte).unwrap();
        for _ in 1..LARGEST_MEMBER {
            reader.read_exact(&mut byte).unwrap();
        }
        assert!(reader.read(&mut byte).is_err());
        assert!(place.too_large() && !place.failed());
    }
}
