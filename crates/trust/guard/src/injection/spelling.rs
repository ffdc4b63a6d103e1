//! A text as rules and a model compare it: small ASCII letters, one space between words, and every
//! disguise of the letters taken off.

use crate::{
    confusables::looks_like,
    fold::{LETTER, MARK, OTHER, fold},
    view::View,
};

/// The visible text in small ASCII letters; a letter that has none there is `\x01`, other signs are
/// `~`. Runs of blanks are one blank, line breaks stay.
pub(crate) fn plain(view: &View) -> String {
    let text = view.clean();
    let mut plain = String::with_capacity(text.len());
    let mut word = String::new();
    for character in text.chars() {
        if character.is_alphanumeric() || looks_like(character).is_some() {
            word.push(character);
            continue;
        }
        put_word(&mut plain, &mut word);
        match fold(character) {
            b'\n' => {
                if plain.ends_with(' ') {
                    plain.pop();
                }
                plain.push('\n');
            }
            byte if byte.is_ascii_whitespace() => {
                if !plain.is_empty() && !plain.ends_with([' ', '\n']) {
                    plain.push(' ');
                }
            }
            MARK => {}
            byte if byte.is_ascii_graphic() => plain.push(char::from(byte.to_ascii_lowercase())),
            _ => plain.push('~'),
        }
    }
    put_word(&mut plain, &mut word);
    plain
}

/// A word of Cyrillic or Greek stays one; letters that only look Latin, among Latin ones or in
/// a style of their own, become what they look like.
fn put_word(plain: &mut String, word: &mut String) {
    let imitates = word
        .chars()
        .any(|character| character.is_ascii_alphabetic())
        || word
            .chars()
            .all(|character| looks_like(character).is_some());
    for character in word.chars() {
        let folded = fold(character);
        match looks_like(character) {
            Some(prototype) if imitates && matches!(folded, LETTER | OTHER) => {
                plain.push_str(prototype);
            }
            _ if matches!(folded, LETTER | OTHER) => plain.push('\u{1}'),
            _ if folded == MARK => {}
            _ => plain.push(char::from(folded.to_ascii_lowercase())),
        }
    }
    word.clear();
}

/// The plain text with words spelled in digits and signs ("1gn0r3"), and letters set apart
/// ("i g n o r e"), written as words.
pub(crate) fn respelled(plain: &str) -> String {
    let mut text = String::with_capacity(plain.len());
    let mut apart = String::new();
    for piece in plain.split_inclusive([' ', '\n']) {
        let token = piece.trim_end_matches([' ', '\n']);
        let letter = token.trim_matches(['.', '-', '_', '*', ',', '~']);
        if letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            apart.push_str(letter);
            continue;
        }
        put_apart(&mut text, &mut apart);
        text.push_str(&joined(&unleeted(token)));
        text.push_str(piece.get(token.len()..).unwrap_or_default());
    }
    put_apart(&mut text, &mut apart);
    text
}

/// Single letters that stood one after the other: four or more are a word set apart.
fn put_apart(text: &mut String, apart: &mut String) {
    if apart.len() >= 4 {
        text.push_str(&unleeted(apart));
        text.push(' ');
    } else {
        for letter in apart.chars() {
            text.push(letter);
            text.push(' ');
        }
    }
    apart.clear();
}

/// "i.g.n.o.r.e" and "i-g-n-o-r-e" without what stands between.
fn joined(token: &str) -> String {
    for between in ['.', '-', '_', '*', '~', '/', '\\', '|'] {
        let parts = token.split(between);
        let single = parts.clone().filter(|part| part.len() == 1).count();
        if single >= 4 && single == parts.count() {
            return token.replace(between, "");
        }
    }
    token.to_owned()
}

/// A word in which digits and signs stand for letters. One with digits that stand for none, or
/// with fewer letters than others, is no word: an article number stays what it is.
fn unleeted(token: &str) -> String {
    let core = token.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', ')']);
    let letters = core.bytes().filter(u8::is_ascii_alphabetic).count();
    let other = core.len() - letters;
    if other == 0 || letters < 2 || letters < other || core.len() > 40 {
        return token.to_owned();
    }
    let mut word = String::with_capacity(token.len());
    for character in core.chars() {
        word.push(match character {
            '4' | '@' => 'a',
            '8' => 'b',
            '(' => 'c',
            '3' => 'e',
            '6' | '9' => 'g',
            '1' | '!' | '|' => 'i',
            '0' => 'o',
            '5' | '$' => 's',
            '7' | '+' => 't',
            '2' => 'z',
            letter if letter.is_ascii_alphabetic() => letter,
            _ => return token.to_owned(),
        });
    }
    word.push_str(token.get(core.len()..).unwrap_or_default());
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (String, String) {
        let plain = plain(&View::of(text));
        let respelled = respelled(&plain);
        (plain, respelled)
    }

    #[test]
    fn disguises_come_off() {
        for text in [
            "Ignore the rules",
            "іgnоre  thе rulеs",
            "𝐢𝐠𝐧𝐨𝐫𝐞 𝓉𝒽𝑒 𝔯𝔲𝔩𝔢𝔰",
            "ig\u{200B}nore the ru\u{AD}les",
            "ＩＧＮＯＲＥ ｔｈｅ rules",
            "ïgnörê thé rulès",
        ] {
            assert_eq!(both(text).0, "ignore the rules", "{text}");
        }
        for text in [
            "1gn0r3 th3 rul3$",
            "i g n o r e the rules",
            "i.g.n.o.r.e the r-u-l-e-s",
            "i_g_n_o_r_e the rules",
        ] {
            assert_eq!(both(text).1, "ignore the rules", "{text}");
        }
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "size 42 or a4 paper",
            "order ab-12345",
            "2x 500ml, 24h",
            "a b c",
        ] {
            assert_eq!(both(text).1.trim_end(), text, "{text}");
        }
        assert_eq!(
            both("Где мой заказ")
                .0
                .chars()
                .filter(char::is_ascii_alphabetic)
                .count(),
            0
        );
    }
}
