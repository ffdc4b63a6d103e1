//! The lines of a script: read, and told what is wrong with them.

use std::io::{self, BufReader};

use commerce::{
    refusal::{Code, Refusal},
    shape::{Misshapen, read_shape},
};
use journey::tool::AnyTool;
use serde::Deserialize;
use serde_json::Value;
use terms::ProposalId;

use crate::commands::lines::{TooLong, next};

/// The longest line that is read.
const LONGEST_LINE: usize = 1024 * 1024;
/// Lines in one transaction at most: others wait for the writer meanwhile.
const TOGETHER: usize = 32;

/// One line of a script.
#[derive(Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(super) struct Line {
    #[serde(rename = "as")]
    pub(super) customer: String,
    #[serde(default)]
    pub(super) level: Level,
    tool: Option<String>,
    #[serde(default)]
    pub(super) args: Value,
    #[serde(default)]
    pub(super) confirm: bool,
    confirm_proposal: Option<String>,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub(super) enum Level {
    #[default]
    Session,
    StepUp,
}

terms::objects_only!(Line);
terms::words_only!(Level);

pub(super) enum Call {
    Tool(AnyTool),
    Confirm(ProposalId),
}

/// A line, or what is wrong with it.
pub(super) struct Parsed {
    pub(super) number: u64,
    pub(super) read: Result<(Line, Call), Refusal>,
}

/// The next lines, or none after the last.
///
/// Lines that are there already go together into one transaction: durable once, answered once it is.
/// Whoever waits for each answer before the next line gets it at once.
pub(super) fn batch(
    lines: &mut BufReader<impl io::Read>,
    number: &mut u64,
) -> io::Result<Option<Vec<Parsed>>> {
    let mut batch = Vec::new();
    while let Some(line) = next(lines, LONGEST_LINE)? {
        *number = number.saturating_add(1);
        let read = match line {
            Ok(text) if text.iter().all(u8::is_ascii_whitespace) => continue,
            Ok(text) => parsed(*number, &text),
            Err(TooLong) => Err(bad(
                *number,
                &format!("a line must be at most {LONGEST_LINE} bytes"),
            )),
        };
        batch.push(Parsed {
            number: *number,
            read,
        });
        if batch.len() >= TOGETHER || !lines.buffer().contains(&b'\n') {
            break;
        }
    }
    Ok((!batch.is_empty()).then_some(batch))
}

fn parsed(number: u64, text: &[u8]) -> Result<(Line, Call), Refusal> {
    let line = shaped(text).map_err(|error| {
        let message = format!("line {number}, column {}: {error}", error.column);
        Refusal::new(Code::BadArgument, message)
    })?;
    let call = called(number, &line)?;
    Ok((line, call))
}

fn shaped(text: &[u8]) -> Result<Line, Misshapen> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let line = read_shape(&mut json)?;
    json.end()?;
    Ok(line)
}

fn called(number: u64, line: &Line) -> Result<Call, Refusal> {
    match (&line.tool, &line.confirm_proposal) {
        (Some(name), None) => AnyTool::from_name(name).map(Call::Tool).ok_or_else(|| {
            let allowed = AnyTool::names().join(", ");
            bad(
                number,
                &format!("there is no such `tool`: allowed are {allowed}"),
            )
        }),
        (None, Some(id)) => id
            .parse()
            .map(Call::Confirm)
            .map_err(|_| Refusal::new(Code::NotFound, "there is no such proposal in this account")),
        _ => Err(bad(number, "expected either `tool` or `confirm_proposal`")),
    }
}

fn bad(number: u64, reason: &str) -> Refusal {
    Refusal::new(Code::BadArgument, format!("line {number}: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of each line; nothing of those that can be called.
    fn told(text: &[u8]) -> Vec<Option<String>> {
        let mut lines = BufReader::new(text);
        let (mut number, mut told) = (0, Vec::new());
        while let Some(batch) = batch(&mut lines, &mut number).unwrap() {
            assert!(!batch.is_empty() && batch.len() <= TOGETHER);
            told.extend(batch.into_iter().map(|line| {
                let refusal = line.read.err()?;
                assert_eq!(refusal.code, Code::BadArgument);
                Some(refusal.message)
            }));
        }
        told
    }

    #[test]
    fn what_is_wrong_with_a_line_is_named_without_what_it_says() {
        for (line, wanted) in [
            (
                r#"{"as":"c","level":"guest","tool":"get_cart"}"#,
                "line 1, column 25: `level`: expected `session` or `step_up`",
            ),
            (
                r#"{"as":"c","level":{"session":null},"tool":"get_cart"}"#,
                "line 1, column 18: `level`: expected a text, found an object",
            ),
            (
                r#"{"as":"c","tool":"get_cart","more":1}"#,
                "line 1, column 34: `more`: unknown field `more`, expected one of `as`, `level`, \
                 `tool`, `args`, `confirm`, `confirm_proposal`",
            ),
            (
                r#"{"as":{"id":"wilhelmine"},"tool":"get_cart"}"#,
                "line 1, column 6: `as`: expected a text, found an object",
            ),
            (
                r#"{"tool":"get_cart"}"#,
                "line 1, column 19: missing field `as`",
            ),
            (
                r#"["c",null,"get_cart",{},false,null]"#,
                "line 1, column 0: expected an object, found a list",
            ),
            (
                r#"{"as":"c","confirm":"yes","tool":"get_cart"}"#,
                "line 1, column 25: `confirm`: expected `true` or `false`, found a text",
            ),
            (
                r#"{"as":"c","as":"d","tool":"get_cart"}"#,
                "line 1, column 14: duplicate field `as`",
            ),
            (
                r#"{"as":"c"}"#,
                "line 1: expected either `tool` or `confirm_proposal`",
            ),
            (
                r#"{"as":"c","tool":"get_cart"} {}"#,
                "line 1, column 30: trailing characters",
            ),
        ] {
            assert_eq!(told(line.as_bytes()), [Some(wanted.to_owned())]);
        }
        let unknown = told(br#"{"as":"c","tool":"open_sesame"}"#);
        let unknown = unknown[0].as_deref().unwrap();
        assert!(
            unknown.starts_with("line 1: there is no such `tool`: allowed are search_products,")
        );
        assert!(!unknown.contains("sesame"));
    }

    #[test]
    fn a_line_that_is_too_long_is_one_line() {
        let good = br#"{"as":"c","tool":"get_cart"}"#.to_vec();
        let padded = |length: usize| {
            let mut line = good.clone();
            line.resize(length, b' ');
            line
        };
        let too_long = |number: u64| {
            Some(format!(
                "line {number}: a line must be at most 1048576 bytes"
            ))
        };
        let lines = [
            good.clone(),
            padded(3 * LONGEST_LINE),
            padded(LONGEST_LINE),
            Vec::new(),
            padded(LONGEST_LINE + 1),
            good.clone(),
        ];
        let wanted = [None, too_long(2), None, too_long(5), None];
        assert_eq!(told(&lines.join(&b'\n')), wanted);
        // Also where it is the last, with and without an end.
        assert_eq!(told(&padded(LONGEST_LINE + 1)), [too_long(1)]);
        assert_eq!(
            told(&[padded(LONGEST_LINE), b"\n".to_vec()].concat()),
            [None]
        );
        assert_eq!(told(&padded(LONGEST_LINE)), [None]);
        assert_eq!(told(&vec![b'['; 5 * LONGEST_LINE]), [too_long(1)]);
    }

    #[test]
    fn no_more_lines_than_fit_go_together() {
        let text = "{\"as\":\"c\",\"tool\":\"get_cart\"}\n".repeat(3 * TOGETHER + 1);
        assert_eq!(told(text.as_bytes()), vec![None; 3 * TOGETHER + 1]);
        assert_eq!(told(b"\n  \n\n"), []);
    }
}
