//! Strict shapes of JSON, and what a reader says about one that is wrong.
//!
//! The readers that serde derives take a list for an object, its values for the fields in their
//! order, and an object for a word. What comes from outside must not depend on an order that nobody
//! wrote down: types that do are marked `#[serde(remote = "Self")]`, which keeps the derived reader
//! to themselves, and get their public one here.

/// Reads these types from objects alone. Each is marked `#[serde(remote = "Self")]`.
#[macro_export]
macro_rules! objects_only {
    ($($name:ident),+ $(,)?) => { $(
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                struct Fields;
                impl<'de> ::serde::de::Visitor<'de> for Fields {
                    type Value = $name;
                    fn expecting(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<A: ::serde::de::MapAccess<'de>>(
                        self,
                        map: A,
                    ) -> ::core::result::Result<$name, A::Error> {
                        // The derived reader, which is no trait's.
                        $name::deserialize(::serde::de::value::MapAccessDeserializer::new(map))
                    }
                }
                deserializer.deserialize_map(Fields)
            }
        }
    )+ };
}

/// Reads these lists of names from texts alone. Each is marked `#[serde(remote = "Self")]`.
#[macro_export]
macro_rules! words_only {
    ($($name:ident),+ $(,)?) => { $(
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                struct Word;
                impl ::serde::de::Visitor<'_> for Word {
                    type Value = $name;
                    fn expecting(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.write_str("a text")
                    }
                    fn visit_str<E: ::serde::de::Error>(
                        self,
                        word: &str,
                    ) -> ::core::result::Result<$name, E> {
                        $name::deserialize(::serde::de::value::StrDeserializer::new(word))
                    }
                }
                deserializer.deserialize_str(Word)
            }
        }
    )+ };
}

/// Writes types that are marked `#[serde(remote = "Self")]` as they derive it.
#[macro_export]
macro_rules! written_as_derived {
    ($($name:ident),+ $(,)?) => { $(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                // The derived writer, which is no trait's.
                $name::serialize(self, serializer)
            }
        }
    )+ };
}

/// Types that are written as they derive it and read from objects alone.
#[macro_export]
macro_rules! objects {
    ($($name:ident),+ $(,)?) => {
        $crate::objects_only!($($name),+);
        $crate::written_as_derived!($($name),+);
    };
}

/// Lists of names that are written as they derive it and read from texts alone.
#[macro_export]
macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        $crate::words_only!($($name),+);
        $crate::written_as_derived!($($name),+);
    };
}

/// What a JSON reader says is wrong, in the words of this house and without the value that was
/// given, which may be a code, an address or a name. Names of fields stay, also unknown ones, and so
/// do what stands before (a path) and after (a place).
#[must_use]
pub fn without_value(text: &str) -> String {
    const MOST: usize = 300;
    let (text, place) = placed(text);
    let given = ["invalid type: ", "invalid value: ", "unknown variant "]
        .iter()
        .find_map(|kind| text.split_once(kind))
        .and_then(|(before, given)| Some((before, given, given.rsplit_once(", expected ")?.1)));
    let text = match given {
        Some((before, given, "i64")) if given.starts_with("integer ") => {
            format!("{before}expected a whole number, found one out of range")
        }
        Some((before, given, expected)) => {
            let found = found(given).map_or_else(String::new, |found| format!(", found {found}"));
            format!("{before}expected {}{found}", expectation(expected))
        }
        None => text.to_owned(),
    };
    let shown = |letter: char| {
        if letter.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            letter
        }
    };
    let mut text: String = text.chars().take(MOST).map(shown).collect();
    if let Some(place) = place {
        text.push_str(" at line ");
        text.push_str(place);
    }
    text
}

/// The text, and the place that a reader put behind it: `1 column 5`.
fn placed(text: &str) -> (&str, Option<&str>) {
    let number = |text: &str| {
        !text.is_empty() && text.len() < 20 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    match text.rsplit_once(" at line ") {
        Some((before, place))
            if place
                .split_once(" column ")
                .is_some_and(|(line, column)| number(line) && number(column)) =>
        {
            (before, Some(place))
        }
        _ => (text, None),
    }
}

/// What is expected, for people who know no Rust.
fn expectation(expected: &str) -> &str {
    match expected {
        "i64" => "a whole number",
        "a string" => "a text",
        "a sequence" => "a list",
        "a boolean" => "`true` or `false`",
        _ if expected.starts_with("struct ") => "an object",
        _ => expected,
    }
}

/// The kind of what was given, from the closed list of the reader's words.
fn found(given: &str) -> Option<&'static str> {
    [
        ("string ", "a text"),
        ("integer ", "a whole number"),
        (
            "floating point ",
            "a number with a fraction or out of range",
        ),
        ("boolean ", "`true` or `false`"),
        ("null", "`null`"),
        ("sequence", "a list"),
        ("map", "an object"),
    ]
    .into_iter()
    .find_map(|(word, found)| given.starts_with(word).then_some(found))
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize, de::DeserializeOwned};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(remote = "Self", deny_unknown_fields)]
    struct Point {
        x: i64,
        kind: Kind,
    }
    crate::objects!(Point);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(remote = "Self", rename_all = "snake_case")]
    enum Kind {
        Corner,
        Edge,
    }
    crate::words!(Kind);

    fn words<T: DeserializeOwned + core::fmt::Debug>(text: &str) -> String {
        without_value(&serde_json::from_str::<T>(text).unwrap_err().to_string())
    }

    #[test]
    fn an_object_is_an_object_and_a_word_is_a_text() {
        let text = r#"[{"x":1,"kind":"edge"}]"#;
        let points: Vec<Point> = serde_json::from_str(text).unwrap();
        assert_eq!(
            points,
            [Point {
                x: 1,
                kind: Kind::Edge
            }]
        );
        assert_eq!(serde_json::to_string(&points).unwrap(), text);
        for (text, wanted) in [
            (
                r#"[1,"edge"]"#,
                "expected an object, found a list at line 1 column 0",
            ),
            (
                "1",
                "expected an object, found a whole number at line 1 column 1",
            ),
            (
                r#"{"x":1,"kind":{"edge":null}}"#,
                "expected a text, found an object at line 1 column 14",
            ),
            (
                r#"{"x":1,"kind":"Mary, expected her"}"#,
                "expected `corner` or `edge` at line 1 column 34",
            ),
            (
                r#"{"x":1,"kind":"edge","y":2}"#,
                "unknown field `y`, expected `x` or `kind` at line 1 column 24",
            ),
            (r#"{"x":1}"#, "missing field `kind` at line 1 column 7"),
        ] {
            assert_eq!(words::<Point>(text), wanted);
        }
        let point = || serde_json::json!({ "x": 1, "kind": "corner" });
        let read: Point = serde_json::from_value(point()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), point());
        assert!(serde_json::from_value::<Point>(serde_json::json!([1, "corner"])).is_err());
    }

    #[test]
    fn the_readers_words_lose_the_value() {
        for (words, wanted) in [
            (
                words::<i64>("\"Mary, expected her at line 9 column 9\""),
                "expected a whole number, found a text at line 1 column 39",
            ),
            (
                words::<i64>("1.5"),
                "expected a whole number, found a number with a fraction or out of range at line 1 column 3",
            ),
            (
                words::<i64>("18446744073709551615"),
                "expected a whole number, found one out of range at line 1 column 20",
            ),
            (
                words::<String>("4111"),
                "expected a text, found a whole number at line 1 column 4",
            ),
            (
                words::<Vec<i64>>("{}"),
                "expected a list, found an object at line 1 column 0",
            ),
            (
                words::<bool>("null"),
                "expected `true` or `false`, found `null` at line 1 column 4",
            ),
            (
                without_value("filters.min_price: invalid type: string \"Mary\", expected i64"),
                "filters.min_price: expected a whole number, found a text",
            ),
            (
                without_value("unknown field `a\u{1b}b`, expected `c`"),
                "unknown field `a\u{fffd}b`, expected `c`",
            ),
        ] {
            assert_eq!(words, wanted);
        }
        assert_eq!(without_value(&"x".repeat(999)).len(), 300);
    }
}
