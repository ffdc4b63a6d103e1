//! Tables and blocks of a Markdown page that a machine reads too.
//!
//! A table stands between `<!-- name -->` and `<!-- /name -->`, a block between a line of three
//! backticks followed by its name and a line of three backticks.

/// Why a page cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error("the page has no part `{0}`")]
    Missing(String),
    #[error("the table `{table}` needs {needs} columns, but this row has {has}: `{row}`")]
    Columns {
        table: String,
        needs: usize,
        has: usize,
        row: String,
    },
    #[error("the line `{0}` is not an arrow: expected `room → room, room`")]
    Arrow(String),
}

/// The rows of the table `name`, without its head, each cell without its blanks and backticks.
pub fn rows<const N: usize>(page: &str, name: &str) -> Result<Vec<[String; N]>, PageError> {
    let start = format!("<!-- {name} -->");
    let end = format!("<!-- /{name} -->");
    let missing = || PageError::Missing(name.to_owned());
    let (_, rest) = page.split_once(&start).ok_or_else(missing)?;
    let (body, _) = rest.split_once(&end).ok_or_else(missing)?;
    let lines = body
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('|'));
    lines.skip(2).map(|line| cells(name, line)).collect()
}

fn cells<const N: usize>(table: &str, line: &str) -> Result<[String; N], PageError> {
    let inner = line.trim_start_matches('|').trim_end_matches('|');
    let cells: Vec<String> = inner
        .split('|')
        .map(|cell| cell.trim().replace('`', ""))
        .collect();
    let has = cells.len();
    cells.try_into().map_err(|_| PageError::Columns {
        table: table.to_owned(),
        needs: N,
        has,
        row: line.to_owned(),
    })
}

/// The lines of the fenced block `name` that are not empty.
pub fn block<'page>(page: &'page str, name: &str) -> Result<Vec<&'page str>, PageError> {
    let fence = format!("```{name}");
    let mut lines = page.lines().map(str::trim_end);
    if !lines.by_ref().any(|line| line == fence) {
        return Err(PageError::Missing(name.to_owned()));
    }
    Ok(lines
        .take_while(|line| *line != "```")
        .filter(|line| !line.trim().is_empty())
        .collect())
}

/// A cell that lists names: `a, b, c`, or `nothing`.
#[must_use]
pub fn names(cell: &str) -> Vec<String> {
    let listed = cell.split(',').map(str::trim);
    listed
        .filter(|name| !name.is_empty() && *name != "nothing")
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "text\n<!-- t -->\n| a | b |\n|---|---|\n| `x` | y, z |\n<!-- /t -->\n\
        ```arrows\nstore → terms\n\n```\n";

    #[test]
    fn tables_and_blocks_are_read() {
        assert_eq!(
            rows::<2>(PAGE, "t").unwrap(),
            [["x".to_owned(), "y, z".to_owned()]]
        );
        assert_eq!(block(PAGE, "arrows").unwrap(), ["store → terms"]);
        assert_eq!(names("y, z"), ["y", "z"]);
        assert!(names("nothing").is_empty());
    }

    #[test]
    fn a_missing_part_or_column_is_an_error() {
        assert_eq!(
            rows::<2>(PAGE, "u").unwrap_err(),
            PageError::Missing("u".to_owned())
        );
        assert!(matches!(
            rows::<3>(PAGE, "t"),
            Err(PageError::Columns {
                needs: 3,
                has: 2,
                ..
            })
        ));
        assert_eq!(
            block(PAGE, "walls").unwrap_err(),
            PageError::Missing("walls".to_owned())
        );
    }
}
