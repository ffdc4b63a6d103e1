//! Words that are looked for, and finding them in what was said.
//!
//! A message is found when each word that is looked for begins a word of it. Case and the marks of
//! Latin letters do not matter: `grosse` finds `Größe`.

/// Words looked for at once at most.
const MOST: usize = 8;
/// Letters shown before and after what was found.
const BEFORE: usize = 50;
const AFTER: usize = 110;

/// What is looked for. Holds a person's words, and shows none of them.
pub struct Words(Vec<String>);

impl core::fmt::Debug for Words {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Words({})", self.0.len())
    }
}

/// The piece of a message in which words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    pub before: String,
    pub hit: String,
    pub after: String,
}

impl Words {
    /// The words of a query; `None` when there is no word in it.
    #[must_use]
    pub fn parse(query: &str) -> Option<Self> {
        let mut words: Vec<String> = split(query).map(|(_, word)| folded(word)).collect();
        words.dedup();
        words.truncate(MOST);
        (!words.is_empty()).then_some(Self(words))
    }

    /// The first place of a text where one of the words stands, if all of them stand in it.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Excerpt> {
        let words: Vec<(usize, &str)> = split(text).collect();
        let folds: Vec<String> = words.iter().map(|(_, word)| folded(word)).collect();
        let begins = |wanted: &String| folds.iter().position(|word| word.starts_with(wanted));
        let mut first = usize::MAX;
        for wanted in &self.0 {
            first = first.min(begins(wanted)?);
        }
        let (start, word) = words.get(first).copied()?;
        let end = start.saturating_add(word.len());
        let (before, after) = (text.get(..start)?, text.get(end..)?);
        Some(Excerpt {
            before: last(before, BEFORE),
            hit: word.to_owned(),
            after: leading(after, AFTER),
        })
    }
}

/// The words of a text with where they begin.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0_usize;
    text.split(|letter: char| !(letter.is_alphanumeric() || is_mark(letter)))
        .map(move |word| {
            let at = from;
            let rest = text
                .get(at.saturating_add(word.len())..)
                .unwrap_or_default();
            let gap = rest.chars().next().map_or(0, char::len_utf8);
            from = at.saturating_add(word.len()).saturating_add(gap);
            (at, word)
        })
        .filter(|(_, word)| !word.is_empty())
}

/// A mark that stands behind its letter.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

fn folded(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'ď' | 'đ' => plain.push('d'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => plain.push('e'),
            'ì'..='ï' | 'ī' | 'į' => plain.push('i'),
            'ł' => plain.push('l'),
            'ñ' | 'ń' | 'ň' => plain.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => plain.push('o'),
            'ř' => plain.push('r'),
            'ś' | 'š' | 'ş' => plain.push('s'),
            'ť' => plain.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ź' | 'ż' | 'ž' => plain.push('z'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            mark if is_mark(mark) => {}
            other => plain.push(other),
        }
    }
    plain
}

fn leading(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if text.chars().nth(most).is_some() {
        cut.push('…');
    }
    cut
}

fn last(text: &str, most: usize) -> String {
    let skipped = text.chars().count().saturating_sub(most);
    let cut: String = text.chars().skip(skipped).collect();
    if skipped > 0 {
        format!("…{cut}")
    } else {
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(query: &str, text: &str) -> Option<String> {
        Words::parse(query)?.find(text).map(|found| found.hit)
    }

    #[test]
    fn all_words_must_begin_words_of_the_text() {
        let text = "Meine Größe ist L, nicht XL. Where's my parcel?";
        for (query, found) in [
            ("größe", Some("Größe")),
            ("GROSSE", Some("Größe")),
            ("gro\u{308}ße", Some("Größe")),
            ("parc", Some("parcel")),
            ("parcel groß", Some("Größe")),
            ("xl", Some("XL")),
            ("arcel", None),
            ("parcel blue", None),
            ("…, !", None),
            ("", None),
        ] {
            assert_eq!(hit(query, text).as_deref(), found, "{query}");
        }
    }

    #[test]
    fn an_excerpt_is_cut_at_letters_and_says_so() {
        let text = format!("{} needle {}", "ä".repeat(300), "€ ".repeat(300));
        let found = Words::parse("needle").unwrap().find(&text).unwrap();
        assert_eq!(found.hit, "needle");
        assert_eq!(found.before.chars().count(), BEFORE + 1);
        assert!(found.before.starts_with('…'));
        assert_eq!(found.after.chars().count(), AFTER + 1);
        assert!(found.after.ends_with('…'));
        let short = Words::parse("a").unwrap().find("a b").unwrap();
        assert_eq!((short.before.as_str(), short.after.as_str()), ("", " b"));
    }

    #[test]
    fn words_are_not_shown() {
        let words = Words::parse("secret wish").unwrap();
        assert_eq!(format!("{words:?}"), "Words(2)");
    }
}
