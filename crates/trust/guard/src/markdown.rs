//! The small Markdown subset: paragraphs, lists, bold, emphasis. Everything else is literal text.
//!
//! Parsed once, here, into plain data; Markdown itself never reaches a screen.

use crate::blocks::{Content, Span};

/// Parses a text. Linear in its length.
pub(crate) fn parse(text: &str) -> Vec<Content> {
    let mut content: Vec<Content> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut list: Option<(bool, Vec<Vec<Span>>)> = None;
    for line in text.lines() {
        if let Some((ordered, item)) = list_item(line) {
            end_paragraph(&mut content, &mut paragraph);
            match &mut list {
                Some((same, items)) if *same == ordered => items.push(spans(item)),
                _ => {
                    end_list(&mut content, &mut list);
                    list = Some((ordered, vec![spans(item)]));
                }
            }
        } else if line.trim().is_empty() {
            end_paragraph(&mut content, &mut paragraph);
        } else {
            end_list(&mut content, &mut list);
            paragraph.push(line.trim());
        }
    }
    end_paragraph(&mut content, &mut paragraph);
    end_list(&mut content, &mut list);
    content
}

fn end_paragraph(content: &mut Vec<Content>, paragraph: &mut Vec<&str>) {
    let lines = core::mem::take(paragraph);
    let spans = spans(&lines.join("\n"));
    if !spans.is_empty() {
        content.push(Content::Paragraph { spans });
    }
}

fn end_list(content: &mut Vec<Content>, list: &mut Option<(bool, Vec<Vec<Span>>)>) {
    if let Some((ordered, items)) = list.take() {
        content.push(Content::List { ordered, items });
    }
}

/// "- item", "* item", "+ item", "1. item", "1) item": whether it is ordered, and the item.
fn list_item(line: &str) -> Option<(bool, &str)> {
    let line = line.trim_start();
    let (ordered, rest) = match line.strip_prefix(['-', '*', '+', '•']) {
        Some(rest) => (false, rest),
        None => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = line.get(digits..).filter(|_| (1..=3).contains(&digits))?;
            (true, rest.strip_prefix(['.', ')'])?)
        }
    };
    let item = rest.strip_prefix([' ', '\t'])?.trim();
    (!item.is_empty()).then_some((ordered, item))
}

/// A piece of a line: words, or asterisks that may open or close something.
struct Piece<'text> {
    text: &'text str,
    /// 1 for emphasis, 2 for bold, 0 for words.
    stars: usize,
    opens: bool,
    closes: bool,
    /// Whether it was matched with another and is no text any more.
    used: bool,
}

fn spans(text: &str) -> Vec<Span> {
    let mut pieces = pieces(text);
    for stars in [2, 1] {
        let mut open: Option<usize> = None;
        for index in 0..pieces.len() {
            let Some(piece) = pieces.get(index).filter(|piece| piece.stars == stars) else {
                continue;
            };
            let (opens, closes) = (piece.opens, piece.closes);
            match open {
                Some(start) if closes => {
                    for end in [start, index] {
                        if let Some(piece) = pieces.get_mut(end) {
                            piece.used = true;
                        }
                    }
                    open = None;
                }
                None if opens => open = Some(index),
                _ => {}
            }
        }
    }
    let mut spans: Vec<Span> = Vec::new();
    let (mut bold, mut emphasis) = (false, false);
    for piece in &pieces {
        match (piece.used, piece.stars) {
            (true, 2) => bold = !bold,
            (true, _) => emphasis = !emphasis,
            (false, _) => match spans.last_mut() {
                Some(last) if last.bold == bold && last.emphasis == emphasis => {
                    last.text.push_str(piece.text)
                }
                _ => spans.push(Span {
                    text: piece.text.to_owned(),
                    bold,
                    emphasis,
                }),
            },
        }
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut before = None;
    while !rest.is_empty() {
        let words = rest.find('*').unwrap_or(rest.len());
        let (plain, stars_on) = rest.split_at(words);
        if !plain.is_empty() {
            pieces.push(Piece {
                text: plain,
                stars: 0,
                opens: false,
                closes: false,
                used: false,
            });
            before = plain.chars().next_back();
        }
        let run = stars_on.bytes().take_while(|byte| *byte == b'*').count();
        let (stars, after) = stars_on.split_at(run);
        let next = after.chars().next();
        let opens = next.is_some_and(|next| !next.is_whitespace());
        let closes = before.is_some_and(|before| !before.is_whitespace());
        let mut push = |text, stars| {
            pieces.push(Piece {
                text,
                stars,
                opens,
                closes,
                used: false,
            })
        };
        match run {
            0 => {}
            1 | 2 => push(stars, run),
            3 => {
                let (two, one) = stars.split_at(2);
                // Closing, the inner one comes first.
                if closes && !opens {
                    push(one, 1);
                    push(two, 2)
                } else {
                    push(two, 2);
                    push(one, 1)
                }
            }
            _ => push(stars, 0),
        }
        if run > 0 {
            before = Some('*');
        }
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::plain_text;

    fn span(text: &str, bold: bool, emphasis: bool) -> Span {
        Span {
            text: text.to_owned(),
            bold,
            emphasis,
        }
    }

    #[test]
    fn bold_and_emphasis() {
        assert_eq!(
            spans("a **b** *c* ***d***"),
            [
                span("a ", false, false),
                span("b", true, false),
                span(" ", false, false),
                span("c", false, true),
                span(" ", false, false),
                span("d", true, true),
            ]
        );
    }

    #[test]
    fn stars_that_mean_nothing_stay() {
        for text in ["5 * 3 * 2", "**open", "a*", "****", "* ", "2 ** 3"] {
            assert_eq!(spans(text), [span(text, false, false)], "{text}");
        }
    }

    #[test]
    fn lists_and_paragraphs() {
        let content = parse(
            "Hello\nthere\n\n- one\n- **two**\n\n1. x\n2) y\n# not a heading\n<b>not markup</b>",
        );
        assert_eq!(content.len(), 4);
        assert_eq!(
            plain_text(&content),
            "Hello\nthere\n\n- one\n- two\n\n1. x\n2. y\n\n# not a heading\n<b>not markup</b>"
        );
    }
}
