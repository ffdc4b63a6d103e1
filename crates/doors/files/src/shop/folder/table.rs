//! One CSV file: its columns by name, its rows by line, its cells by kind.

use std::{collections::HashSet, fs::File, io::Read, path::Path};

use crate::shop::{
    check::value::{self, Reason},
    error::{ImportError, shown},
};

/// The most that a file may take: it is read into memory.
const MOST: u64 = 64 * 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Where the files of a folder are.
pub(super) enum Files<'a> {
    On(&'a Path),
    /// By name, in memory.
    Held(&'a [(&'a str, &'a [u8])]),
}

impl Files<'_> {
    /// What errors call a file.
    pub(super) fn name(&self, file: &str) -> String {
        match self {
            Self::On(folder) => folder.join(file).display().to_string(),
            Self::Held(_) => file.to_owned(),
        }
    }

    /// The bytes of a file; nothing if there is no such file.
    pub(super) fn bytes(&self, file: &str) -> Result<Option<Vec<u8>>, ImportError> {
        match self {
            Self::On(folder) => read_file(folder, file),
            Self::Held(files) => {
                let held = files.iter().find(|(name, _)| *name == file);
                Ok(held.map(|(_, bytes)| bytes.to_vec()))
            }
        }
    }
}

fn read_file(folder: &Path, file: &str) -> Result<Option<Vec<u8>>, ImportError> {
    let path = folder.join(file);
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST => {
            let reason = format!("is larger than {MOST} bytes");
            Err(fault(&name, None, "", reason))
        }
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ImportError::unreadable(&name, "read", &error)),
    }
}

pub(super) fn fault(
    file: &str,
    line: Option<u64>,
    path: &str,
    reason: impl Into<String>,
) -> ImportError {
    ImportError {
        file: file.to_owned(),
        line,
        column: None,
        path: path.to_owned(),
        reason: reason.into(),
        environment: false,
    }
}

/// A file whose first line names exactly the expected columns, in any order.
pub(super) struct Table {
    pub(super) file: String,
    rows: Vec<(u64, csv::StringRecord)>,
    /// Where each expected column stands.
    places: Vec<(&'static str, usize)>,
}

/// One line after the first.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    pub(super) line: u64,
    cells: &'a csv::StringRecord,
}

impl Table {
    pub(super) fn read(
        folder: &Files<'_>,
        file: &str,
        columns: &[&'static str],
    ) -> Result<Self, ImportError> {
        let name = folder.name(file);
        let bytes = folder
            .bytes(file)?
            .ok_or_else(|| fault(&name, None, "", "is missing in the folder"))?;
        Self::parse(name, &bytes, columns)
    }

    fn parse(name: String, bytes: &[u8], columns: &[&'static str]) -> Result<Self, ImportError> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        // The reader passes over lines of other lengths: they are refused below, with their line.
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        let mut places = None;
        let mut rows = Vec::new();
        let mut lines = Lines::of(bytes);
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map(|position| lines.of_row_at(position));
                fault(&name, line, "", not_csv(&error))
            })?;
            let line = record
                .position()
                .map_or(0, |position| lines.of_row_at(position));
            let Some(known) = &places else {
                places = Some(
                    places_of(&record, columns)
                        .map_err(|(path, reason)| fault(&name, Some(line), &path, reason))?,
                );
                continue;
            };
            let (wanted, given) = (known.len(), record.len());
            if given != wanted {
                let reason = format!("expected {wanted} columns, found {given}");
                return Err(fault(&name, Some(line), "", reason));
            }
            rows.push((line, record));
        }
        let Some(places) = places else {
            let reason = format!("is empty: expected the columns {}", listed(columns));
            return Err(fault(&name, None, "", reason));
        };
        Ok(Self {
            file: name,
            rows,
            places,
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            table: self,
            line: *line,
            cells,
        })
    }

    /// The rows, of which no two have the same text in this column.
    pub(super) fn unique(&self, column: &'static str) -> Result<(), ImportError> {
        let mut seen = HashSet::new();
        for row in self.rows() {
            if !seen.insert(row.cell(column)) {
                return Err(row.fault(column, "is given twice"));
            }
        }
        Ok(())
    }
}

type Places = Vec<(&'static str, usize)>;

fn places_of(
    header: &csv::StringRecord,
    columns: &[&'static str],
) -> Result<Places, (String, String)> {
    for (index, given) in header.iter().enumerate() {
        let name = || shown(given).chars().take(64).collect();
        if !columns.contains(&given) {
            let reason = format!("unknown column, expected {}", listed(columns));
            return Err((name(), reason));
        }
        if header.iter().take(index).any(|before| before == given) {
            return Err((name(), "the column is given twice".to_owned()));
        }
    }
    let place = |column: &&'static str| {
        let place = header.iter().position(|given| given == *column);
        place.map(|place| (*column, place)).ok_or_else(|| {
            let reason = format!("missing column, expected {}", listed(columns));
            ((*column).to_owned(), reason)
        })
    };
    columns.iter().map(place).collect()
}

fn listed(columns: &[&str]) -> String {
    let columns: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
    columns.join(", ")
}

fn not_csv(error: &csv::Error) -> &'static str {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "is not UTF-8",
        _ => "cannot be read as CSV",
    }
}

/// Counts lines up to where rows begin. The reader's own count stands before the line ends and empty
/// lines that it passes over.
struct Lines<'a> {
    rest: &'a [u8],
    passed: u64,
    line: u64,
}

impl<'a> Lines<'a> {
    const fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            passed: 0,
            line: 1,
        }
    }

    /// Rows are asked for in their order.
    fn of_row_at(&mut self, position: &csv::Position) -> u64 {
        while let Some((byte, rest)) = self.rest.split_first() {
            let before = self.passed < position.byte();
            if !before && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            if *byte == b'\n' || (*byte == b'\r' && rest.first() != Some(&b'\n')) {
                self.line += 1;
            }
            self.rest = rest;
            self.passed += 1;
        }
        self.line
    }
}

impl<'a> Row<'a> {
    pub(super) fn fault(&self, column: &str, reason: impl Into<String>) -> ImportError {
        fault(&self.table.file, Some(self.line), column, reason)
    }

    /// The text of a cell. A column that was not asked for in the beginning is empty.
    pub(super) fn cell(&self, column: &'static str) -> &'a str {
        let places = self.table.places.iter();
        let place = places.copied().find(|(name, _)| *name == column);
        place
            .and_then(|(_, place)| self.cells.get(place))
            .unwrap_or("")
    }

    pub(super) fn text(
        &self,
        column: &'static str,
        check: impl FnOnce(&str) -> Result<(), Reason>,
    ) -> Result<String, ImportError> {
        let text = self.cell(column).to_owned();
        check(&text).map_err(|reason| self.fault(column, reason))?;
        Ok(text)
    }

    /// A text, or nothing if the cell is empty.
    pub(super) fn optional(
        &self,
        column: &'static str,
        check: impl FnOnce(&str) -> Result<(), Reason>,
    ) -> Result<Option<String>, ImportError> {
        if self.cell(column).is_empty() {
            return Ok(None);
        }
        self.text(column, check).map(Some)
    }

    /// A whole number, written in digits alone.
    pub(super) fn number(
        &self,
        column: &'static str,
        check: impl FnOnce(i64) -> Result<(), Reason>,
    ) -> Result<i64, ImportError> {
        let digits = self.cell(column);
        let number = Some(digits)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| self.fault(column, "expected a whole number, digits alone"))?;
        check(number).map_err(|reason| self.fault(column, reason))?;
        Ok(number)
    }

    /// An amount, or nothing if the cell is empty.
    pub(super) fn optional_amount(&self, column: &'static str) -> Result<Option<i64>, ImportError> {
        if self.cell(column).is_empty() {
            return Ok(None);
        }
        self.number(column, value::amount).map(Some)
    }

    /// One of a closed list of words.
    pub(super) fn word<T: Copy>(
        &self,
        column: &'static str,
        words: &[(&str, T)],
    ) -> Result<T, ImportError> {
        let given = self.cell(column);
        let known = words.iter().find(|(word, _)| *word == given);
        known.map(|(_, meaning)| *meaning).ok_or_else(|| {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault(column, format!("expected one of {}", listed(&words)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &[u8]) -> Result<Table, ImportError> {
        Table::parse("a.csv".to_owned(), text, &["id", "title"])
    }

    fn refused(text: &[u8]) -> String {
        parsed(text).err().unwrap().to_string()
    }

    #[test]
    fn columns_in_any_order_and_quoted_cells_over_several_lines() {
        let table =
            parsed(b"\xef\xbb\xbftitle,id\r\n\"one, \"\"two\"\"\nthree\",a\r\n\nfour,b").unwrap();
        let rows: Vec<_> = table
            .rows()
            .map(|row| (row.line, row.cell("id"), row.cell("title")))
            .collect();
        assert_eq!(rows, [(2, "a", "one, \"two\"\nthree"), (5, "b", "four")]);
        assert_eq!(parsed(b"id,title\n").unwrap().rows().count(), 0);
    }

    #[test]
    fn other_columns_are_refused_with_the_allowed_ones() {
        for (text, wanted) in [
            (
                b"id,colour,title\n".as_slice(),
                "a.csv:1: colour: unknown column, expected `id`, `title`",
            ),
            (
                b"id\n",
                "a.csv:1: title: missing column, expected `id`, `title`",
            ),
            (b"id,title,id\n", "a.csv:1: id: the column is given twice"),
            (b"", "a.csv: is empty: expected the columns `id`, `title`"),
        ] {
            assert_eq!(refused(text), wanted);
        }
    }

    #[test]
    fn rows_of_other_lengths_and_other_encodings_are_refused_with_their_line() {
        assert_eq!(
            refused(b"id,title\na,b\nc\n"),
            "a.csv:3: expected 2 columns, found 1"
        );
        assert_eq!(
            refused(b"id,title\na,b,c\n"),
            "a.csv:2: expected 2 columns, found 3"
        );
        assert_eq!(refused(b"id,title\na,b\nc,\xff\n"), "a.csv:3: is not UTF-8");
    }

    #[test]
    fn numbers_are_digits_alone() {
        for (cell, good) in [
            ("0", true),
            ("9007199254740991", true),
            ("9007199254740992", false),
            ("99999999999999999999", false),
            ("-1", false),
            ("+1", false),
            ("1.0", false),
            (" 1", false),
            ("", false),
            ("\u{661}", false),
        ] {
            let text = format!("id,title\n\"{cell}\",x\n");
            let table = parsed(text.as_bytes()).unwrap();
            let row = table.rows().next().unwrap();
            let number = row.number("id", value::amount);
            assert_eq!(number.is_ok(), good, "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_odd(text in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = parsed(&[b"id,title\n", text.as_slice()].concat());
            let _ = parsed(&text);
        }
    }
}
