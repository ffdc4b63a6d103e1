//! Which characters look like ASCII letters and digits: for names that imitate another and for
//! words that are written so that a search does not find them.

use std::sync::LazyLock;

/// Made by `training/confusables/table.py` from Unicode's `confusables.txt`.
static TABLE: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
    let mut table: Vec<(char, &'static str)> = include_str!("confusables/table.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .flat_map(|(prototype, characters)| {
            characters
                .chars()
                .map(move |character| (character, prototype))
        })
        .collect();
    table.sort_unstable();
    table
});

/// The small ASCII letters or digits a character looks like; none for a character of ASCII, and
/// for one that looks like none of them.
pub(crate) fn looks_like(character: char) -> Option<&'static str> {
    if character.is_ascii() {
        return None;
    }
    let at = TABLE
        .binary_search_by_key(&character, |(known, _)| *known)
        .ok()?;
    TABLE.get(at).map(|(_, prototype)| *prototype)
}

/// The writing systems that matter for names of hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
    /// Letters of one of the scripts that are never mixed up with Latin, such as Han or Arabic.
    Other,
}

/// The script of a letter; digits and signs have none.
pub(crate) fn script(character: char) -> Option<Script> {
    if !character.is_alphabetic() {
        return None;
    }
    Some(match character {
        'a'..='z'
        | 'A'..='Z'
        | '\u{AA}'
        | '\u{BA}'
        | '\u{C0}'..='\u{24F}'
        | '\u{250}'..='\u{2AF}'
        | '\u{1D00}'..='\u{1D25}'
        | '\u{1D62}'..='\u{1D65}'
        | '\u{1D6B}'..='\u{1D77}'
        | '\u{1D79}'..='\u{1DBF}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{2C60}'..='\u{2C7F}'
        | '\u{A722}'..='\u{A7FF}'
        | '\u{AB30}'..='\u{AB64}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' | '\u{2DE0}'..='\u{2DFF}' => {
            Script::Cyrillic
        }
        '\u{530}'..='\u{58F}' => Script::Armenian,
        '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' => Script::Cherokee,
        _ => Script::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_ascii_is_known() {
        for (character, prototype) in [
            ('а', "a"),
            ('ο', "o"),
            ('ѕ', "s"),
            ('ﬁ', "fi"),
            ('ạ', "a"),
            ('𝐞', "e"),
            ('ⓖ', "g"),
            ('ｓ', "s"),
            ('ı', "i"),
            ('ɡ', "g"),
        ] {
            assert_eq!(looks_like(character), Some(prototype), "{character}");
        }
        for character in ['a', '1', 'ж', '中', ' ', '—'] {
            assert_eq!(looks_like(character), None, "{character}");
        }
    }

    #[test]
    fn no_character_stands_twice() {
        assert!(TABLE.len() > 1_500);
        assert!(
            TABLE
                .windows(2)
                .all(|pair| matches!(pair, [(one, _), (other, _)] if one < other))
        );
    }

    #[test]
    fn scripts_are_told_apart() {
        assert_eq!(script('ä'), Some(Script::Latin));
        assert_eq!(script('а'), Some(Script::Cyrillic));
        assert_eq!(script('α'), Some(Script::Greek));
        assert_eq!(script('7'), None);
    }
}
