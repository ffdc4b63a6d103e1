//! Documents and the passages they are split into.

use store::passages::{PassageKind, PassageRow};
use terms::{Clock, PassageId, Rng, ShopId};

/// A policy, or a question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub kind: PassageKind,
    /// The shop's own id, such as `returns`; unique within its kind.
    pub id: String,
    /// The policy's title, or the question.
    pub title: String,
    /// The policy's text, or the answer. Paragraphs are parted by empty lines.
    pub text: String,
}

/// The longest passage in characters: what can be quoted in a chat without burying the answer.
pub const PASSAGE_MAX: usize = 600;

impl Document {
    pub(crate) fn passages(
        &self,
        shop: ShopId,
        rng: &dyn Rng,
        clock: &dyn Clock,
    ) -> Vec<PassageRow> {
        let texts = split(&self.text);
        let rows = texts
            .into_iter()
            .zip(0..)
            .map(|(text, position)| PassageRow {
                shop,
                id: PassageId::ordered(clock, rng),
                kind: self.kind,
                source: self.id.clone(),
                title: self.title.clone(),
                text,
                position,
            });
        rows.collect()
    }
}

/// Splits a text into passages of at most [`PASSAGE_MAX`] characters: a paragraph each, a long
/// paragraph at the ends of its sentences, a sentence without end at its spaces. No word is lost
/// and none is changed.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut passages = Vec::new();
    for paragraph in paragraphs(text) {
        let mut passage = String::new();
        for sentence in sentences(&paragraph) {
            for piece in pieces(sentence) {
                let length = passage.chars().count() + piece.chars().count();
                if length > PASSAGE_MAX && !passage.is_empty() {
                    passages.push(passage.trim().to_owned());
                    passage.clear();
                }
                passage.push_str(piece);
            }
        }
        passages.push(passage.trim().to_owned());
    }
    passages.retain(|passage| !passage.is_empty());
    passages
}

fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.push(String::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(line.trim_end());
        }
    }
    paragraphs
}

/// The sentences with what follows them, so that they join to the paragraph again.
fn sentences(paragraph: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = paragraph;
    while let Some(end) = sentence_end(rest) {
        let (sentence, after) = rest.split_at(end);
        sentences.push(sentence);
        rest = after;
    }
    sentences.push(rest);
    sentences
}

/// One past the space behind the first full stop, question mark or exclamation mark.
fn sentence_end(text: &str) -> Option<usize> {
    let mut ended = false;
    for (index, character) in text.char_indices() {
        if ended && character.is_whitespace() {
            return Some(index + character.len_utf8());
        }
        ended = matches!(character, '.' | '!' | '?' | '。');
    }
    None
}

/// A sentence in pieces that fit into a passage.
fn pieces(sentence: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some((limit, _)) = rest.char_indices().nth(PASSAGE_MAX) {
        let (head, _) = rest.split_at(limit);
        let cut = head
            .rfind(char::is_whitespace)
            .filter(|cut| *cut > 0)
            .unwrap_or(limit);
        let (piece, after) = rest.split_at(cut);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_passages() {
        assert_eq!(
            split("One.\nStill one.\n\n\n  \nTwo."),
            ["One.\nStill one.", "Two."]
        );
        assert!(split(" \n\n ").is_empty());
    }

    #[test]
    fn long_paragraphs_are_split_at_sentences_and_nothing_is_lost() {
        let sentence = "This sentence has some words in it. ";
        for text in [
            sentence.repeat(60),
            "x".repeat(2_000),
            "word ".repeat(500),
            "ä".repeat(601),
        ] {
            let passages = split(&text);
            assert!(passages.len() > 1);
            assert!(
                passages
                    .iter()
                    .all(|passage| passage.chars().count() <= PASSAGE_MAX)
            );
            let letters = |text: &str| {
                text.chars()
                    .filter(|c| !c.is_whitespace())
                    .collect::<String>()
            };
            assert_eq!(letters(&passages.concat()), letters(&text));
        }
        assert!(
            split(&sentence.repeat(60))
                .iter()
                .all(|passage| passage.ends_with('.'))
        );
    }
}
