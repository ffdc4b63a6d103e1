//! Markdown as sections: headings lead, and blocks stand under them. What stands in a block stays as
//! it was written; the guard reads it again when it is shown.

/// What stands under the same headings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// The headings above it, outermost first.
    pub(crate) headings: Vec<String>,
    pub(crate) blocks: Vec<Block>,
}

/// A paragraph or a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) text: String,
    pub(crate) is_list: bool,
}

/// Reads a document. Linear in its length.
pub(crate) fn sections(markdown: &str) -> Vec<Section> {
    let mut reader = Reader::default();
    let text = without_comments(markdown);
    let mut fenced = false;
    for line in text.lines() {
        let line = unquoted(line);
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
            reader.end_block();
        } else if fenced {
            reader.write(line, false);
        } else {
            reader.line(line);
        }
    }
    reader.end_section();
    reader.sections
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    /// Level and words of each heading that is open.
    headings: Vec<(usize, String)>,
    blocks: Vec<Block>,
    lines: Vec<String>,
    in_list: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if line.is_empty() {
            self.end_block();
        } else if let Some((level, words)) = heading(line) {
            self.under(level, words);
        } else if let Some(level) = self.underlined(line) {
            if let Some(words) = self.lines.pop() {
                self.under(level, words.trim());
            }
        } else if is_rule(line) {
            self.end_block();
        } else if let Some(cells) = row(line) {
            if !cells.is_empty() {
                self.item(&format!("- {cells}"));
            }
        } else if is_item(line) {
            self.item(line);
        } else {
            self.write(line, self.in_list);
        }
    }

    /// The level of the heading that this line makes of the one before it.
    fn underlined(&self, line: &str) -> Option<usize> {
        let alone = self.lines.len() == 1 && !self.in_list;
        let made_of = |mark: char| line.chars().all(|character| character == mark);
        match alone {
            true if made_of('=') => Some(1),
            true if made_of('-') => Some(2),
            _ => None,
        }
    }

    fn item(&mut self, line: &str) {
        if !self.in_list {
            self.end_block();
        }
        self.in_list = true;
        self.lines.push(line.to_owned());
    }

    /// A line of a paragraph, or the rest of an item.
    fn write(&mut self, line: &str, goes_on: bool) {
        match self.lines.last_mut() {
            Some(item) if goes_on => {
                item.push(' ');
                item.push_str(line);
            }
            _ => self.lines.push(line.to_owned()),
        }
    }

    fn end_block(&mut self) {
        let text = core::mem::take(&mut self.lines).join("\n");
        let text = without_images(&text).trim().to_owned();
        let is_list = core::mem::take(&mut self.in_list);
        if !text.is_empty() {
            self.blocks.push(Block { text, is_list });
        }
    }

    fn end_section(&mut self) {
        self.end_block();
        let blocks = core::mem::take(&mut self.blocks);
        if !blocks.is_empty() {
            let headings = self.headings.iter().map(|(_, words)| words.clone());
            self.sections.push(Section {
                headings: headings.collect(),
                blocks,
            });
        }
    }

    fn under(&mut self, level: usize, words: &str) {
        self.end_section();
        self.headings.retain(|(other, _)| *other < level);
        let words = words.replace(['*', '`'], "");
        if !words.trim().is_empty() {
            self.headings.push((level, words.trim().to_owned()));
        }
    }
}

/// "## Words ##": its level and its words.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = line.get(level..).filter(|_| (1..=6).contains(&level))?;
    let words = rest.strip_prefix([' ', '\t'])?;
    Some((level, words.trim().trim_end_matches('#').trim_end()))
}

/// "---", "* * *", "___".
fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|mark| !mark.is_whitespace()).collect();
    let first = marks.chars().next();
    marks.len() >= 3
        && matches!(first, Some('-' | '*' | '_'))
        && marks.chars().all(|mark| Some(mark) == first)
}

fn is_item(line: &str) -> bool {
    let rest = match line.strip_prefix(['-', '*', '+', '•']) {
        Some(rest) => Some(rest),
        None => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            line.get(digits..)
                .filter(|_| (1..=3).contains(&digits))
                .and_then(|rest| rest.strip_prefix(['.', ')']))
        }
    };
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']) && !rest.trim().is_empty())
}

/// A row of a table with its cells parted by dots; nothing for the line under its head.
fn row(line: &str) -> Option<String> {
    let inner = line.strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let cells = inner.split('|').map(str::trim);
    let is_line = |cell: &str| cell.chars().all(|mark| matches!(mark, '-' | ':'));
    let cells: Vec<&str> = cells.filter(|cell| !is_line(cell)).collect();
    Some(cells.join(" · "))
}

/// A line without the marks of a quotation.
fn unquoted(line: &str) -> &str {
    let mut line = line.trim();
    while let Some(rest) = line.strip_prefix('>') {
        line = rest.trim_start();
    }
    line
}

fn without_comments(text: &str) -> String {
    without(text, "<!--", "-->")
}

/// A text without its images, whose descriptions are for who cannot see them.
fn without_images(text: &str) -> String {
    without(text, "![", ")")
}

/// A text without what stands from one mark to the next other one, marks included. A mark that is not
/// closed stays.
fn without(text: &str, opens: &str, closes: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(opens) {
        let Some((_, behind)) = after.split_once(closes) else {
            break;
        };
        kept.push_str(before);
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markdown: &str) -> Vec<(String, Vec<String>)> {
        let sections = sections(markdown).into_iter();
        sections
            .map(|section| {
                let blocks = section.blocks.into_iter().map(|block| block.text);
                (section.headings.join("/"), blocks.collect())
            })
            .collect()
    }

    #[test]
    fn headings_lead_to_their_sections() {
        assert_eq!(
            read(
                "Before.\n\n# Shop\nIn the shop.\n## Parking ##\nBehind it.\n\nOr not.\n# Web\n\nTitle\n---\nHere."
            ),
            [
                ("".to_owned(), vec!["Before.".to_owned()]),
                ("Shop".to_owned(), vec!["In the shop.".to_owned()]),
                (
                    "Shop/Parking".to_owned(),
                    vec!["Behind it.".to_owned(), "Or not.".to_owned()]
                ),
                ("Web/Title".to_owned(), vec!["Here.".to_owned()]),
            ]
        );
    }

    #[test]
    fn lists_quotations_tables_and_fences() {
        assert_eq!(
            read(
                "We ship to:\n- Germany,\n  all of it\n- Austria\n\n> A quote.\n\n| Country | Price |\n|---|--:|\n| France | €9 |\n\n```\n# no heading\n```\n\n***\nEnd ![a cat](https://x.example/c.png)here<!-- not\nthis -->."
            ),
            [(
                "".to_owned(),
                vec![
                    "We ship to:".to_owned(),
                    "- Germany, all of it\n- Austria".to_owned(),
                    "A quote.".to_owned(),
                    "- Country · Price\n- France · €9".to_owned(),
                    "# no heading".to_owned(),
                    "End here.".to_owned(),
                ]
            )]
        );
    }

    #[test]
    fn odd_texts_are_read_to_their_end() {
        for text in [
            "",
            "#",
            "#######",
            "---",
            "===\n===",
            "|",
            "||||",
            "```",
            "<!--",
            "![",
            "- ",
            "> > >",
            "\u{0}",
            &"#".repeat(10_000),
            &"<!-- ".repeat(10_000),
            &"![".repeat(10_000),
        ] {
            let _ = sections(text);
        }
    }
}
