//! Where text leaves the house other than as blocks: what each sink would take for more than text.
//!
//! | sink | what it would take for more | its encoder |
//! |---|---|---|
//! | widget, console | markup | none is needed: blocks are data, and every screen sets them as text |
//! | e-mail | line breaks in a header, encoded words | [`crate::MailTemplate`] renders to plain text; its subject is one line |
//! | terminal | control characters, escape sequences, turned reading order | [`terminal`] |
//! | spreadsheet | a cell that begins like a formula; quotes and line breaks | [`csv_cell`] |
//! | log | words of people | none: a log gets ids and numbers; types of words show their length |

use crate::view::View;

/// A text as a terminal may print it: without control characters and escape sequences, and without
/// characters that turn the order of what is read. Line breaks and tabs stay.
#[must_use]
pub fn terminal(text: &str) -> String {
    View::of(text).clean().to_owned()
}

/// A text as one cell of a CSV file (RFC 4180) that a spreadsheet may open: what begins like a formula
/// gets an apostrophe in front, and what needs quotes has them.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let plain = terminal(text);
    let begins = plain.trim_start().chars().next();
    // Full-width signs are read as their plain ones by some.
    let is_formula = begins.is_some_and(|first| "=+-@|%＝＋－＠".contains(first))
        || plain.starts_with(['\t', '\n']);
    let guarded = if is_formula {
        format!("'{plain}")
    } else {
        plain
    };
    if guarded.contains([',', ';', '"', '\n', '\t', '\'']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing_but_text() {
        for (text, expected) in [
            ("plain\ttext\nand more", "plain\ttext\nand more"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{9b}2Jgone", "gone"),
            ("\u{1b}]0;title\u{7}x", "]0;titlex"),
            ("over\rwritten", "over\nwritten"),
            ("a\u{8}\u{8}b", "ab"),
            ("\u{202E}gnp.exe", "gnp.exe"),
            ("null\0", "null"),
        ] {
            assert_eq!(terminal(text), expected);
        }
    }

    #[test]
    fn a_cell_is_no_formula() {
        for (text, expected) in [
            ("kettle", "kettle"),
            ("a, b", "\"a, b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("+49 30", "\"'+49 30\""),
            ("-2", "\"'-2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            (" =cmd|' /C calc'!A0", "\"' =cmd|' /C calc'!A0\""),
            ("\u{200B}=1", "\"'=1\""),
            ("＝1", "\"'＝1\""),
            ("\tx", "\"'\tx\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(csv_cell(text), expected, "{text:?}");
        }
    }
}
