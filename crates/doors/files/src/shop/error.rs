//! What is wrong with a document, and where; never what it says.

use core::fmt;

/// Why an import ends. Shown as `FILE:LINE: PATH: reason (column C)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    pub file: String,
    /// Where the fault was noticed; for a fault of a whole member, where it begins.
    pub line: Option<u64>,
    /// In bytes, from 1.
    pub column: Option<u64>,
    /// Such as `orders[3].lines[0].quantity`; in CSV files the column's name; may be empty.
    pub path: String,
    pub reason: String,
    /// Whether the file could not be read at all, which is no fault of what it says.
    pub environment: bool,
}

impl ImportError {
    pub(crate) fn unreadable(file: &str, action: &str, cause: &std::io::Error) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            column: None,
            path: String::new(),
            reason: format!("cannot be {action}: {cause}"),
            environment: true,
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        write!(f, ": {}", self.reason)?;
        if let Some(column) = self.column {
            write!(f, " (column {column})")?;
        }
        Ok(())
    }
}

impl core::error::Error for ImportError {}

/// Why one member is refused, by a check here or by whoever takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Inside the member, such as `lines[0].product`; empty for the whole of it.
    pub path: String,
    /// Must not repeat a value of the document.
    pub reason: String,
}

impl Refusal {
    pub fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }

    /// The same fault, seen from around: `quantity` in `lines[0]` is `lines[0].quantity`.
    #[must_use]
    pub fn inside(self, outer: &str) -> Self {
        Self {
            path: joined(outer, &self.path),
            ..self
        }
    }
}

/// `orders[3]` and `lines[0]` are `orders[3].lines[0]`; `tags` and `[2]` are `tags[2]`.
pub(crate) fn joined(outer: &str, inner: &str) -> String {
    if outer.is_empty() || inner.is_empty() || inner.starts_with('[') {
        format!("{outer}{inner}")
    } else {
        format!("{outer}.{inner}")
    }
}

/// What the JSON reader says is wrong, without its place and without the value that was given: it may
/// be an address or a name.
pub(crate) fn without_value(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    terms::without_value(text.strip_suffix(&place).unwrap_or(&text))
}

/// Text from outside, short and without characters that play with a terminal.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 300;
    text.chars()
        .take(MOST)
        .map(|letter| {
            if letter.is_control() {
                '\u{fffd}'
            } else {
                letter
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_shown_with_its_place() {
        let mut error = ImportError {
            file: "shop.json".to_owned(),
            line: Some(12),
            column: Some(4),
            path: "orders[3].lines[0].quantity".to_owned(),
            reason: "expected 1 to 1000000".to_owned(),
            environment: false,
        };
        assert_eq!(
            error.to_string(),
            "shop.json:12: orders[3].lines[0].quantity: expected 1 to 1000000 (column 4)"
        );
        (error.line, error.column) = (None, None);
        error.path.clear();
        assert_eq!(error.to_string(), "shop.json: expected 1 to 1000000");
    }

    #[test]
    fn paths_are_put_together() {
        for (outer, inner, whole) in [
            ("orders[3]", "lines[0]", "orders[3].lines[0]"),
            ("tags", "[2]", "tags[2]"),
            ("", "id", "id"),
            ("orders[3]", "", "orders[3]"),
        ] {
            assert_eq!(Refusal::new(inner, "").inside(outer).path, whole);
        }
    }

    #[test]
    fn the_readers_words_lose_the_value() {
        fn words<T: serde::de::DeserializeOwned + fmt::Debug>(text: &str) -> String {
            without_value(&serde_json::from_str::<T>(text).unwrap_err())
        }
        for (words, wanted) in [
            (
                words::<i64>("\"Mary, expected her\""),
                "expected a whole number, found a text",
            ),
            (
                words::<i64>("1.5"),
                "expected a whole number, found a number with a fraction or out of range",
            ),
            (
                words::<i64>("18446744073709551615"),
                "expected a whole number, found one out of range",
            ),
            (
                words::<String>("4111"),
                "expected a text, found a whole number",
            ),
            (words::<Vec<i64>>("{}"), "expected a list, found an object"),
            (
                words::<bool>("null"),
                "expected `true` or `false`, found `null`",
            ),
            (
                words::<commerce::document::Tax>("1"),
                "expected an object, found a whole number",
            ),
        ] {
            assert_eq!(words, wanted);
        }
        let status = words::<commerce::document::OrderStatus>("\"Mary\"");
        assert!(status.contains("expected one of `pending`"), "{status}");
        assert!(!status.contains("Mary"), "{status}");
    }
}
