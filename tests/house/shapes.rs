//! The shape of a type as its reader shows it: names, types, and what may be missing.
//!
//! What a reader takes is learnt from what it says about a name that is none of its own: `unknown
//! field …, expected one of …`.

use core::cell::RefCell;
use std::collections::BTreeMap;

use parlour_tests::contract::Field;
use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
        SeqAccess, Visitor, value::Error,
    },
    forward_to_deserialize_any,
};

thread_local! {
    /// The fields of each object and the words of each list of words that were met so far, by type.
    static LEARNT: RefCell<BTreeMap<&'static str, Vec<&'static str>>> = RefCell::default();
}

/// No name and no word of any type.
const FOREIGN: &str = "\u{0}";

fn learnt(of: &'static str) -> Option<Vec<&'static str>> {
    LEARNT.with_borrow(|known| known.get(of).cloned())
}

/// Keeps what a refusal of [`FOREIGN`] lists.
fn learn(of: &'static str, refusal: &Error) {
    let text = refusal.to_string();
    let names = text.split('`').skip(1).step_by(2).skip(1);
    let names = names.map(|name| &*Box::leak(name.to_owned().into_boxed_str()));
    LEARNT.with_borrow_mut(|known| known.insert(of, names.collect()));
}

/// Everything that a value of the type is made of is learnt by trying until one is taken.
fn fields_of<T: DeserializeOwned>() -> Vec<&'static str> {
    loop {
        let before = LEARNT.with_borrow(BTreeMap::len);
        match T::deserialize(Any(&mut String::new())) {
            Ok(_) => return learnt(core::any::type_name::<T>()).unwrap(),
            Err(error) => {
                let after = LEARNT.with_borrow(BTreeMap::len);
                assert!(after > before, "{}: {error}", core::any::type_name::<T>());
            }
        }
    }
}

/// A type's name in a page, such as `saved address`, and its fields.
pub(crate) fn shape<T: DeserializeOwned>() -> (String, Vec<Field>) {
    let names = fields_of::<T>();
    let mut kinds = BTreeMap::new();
    let all = Given {
        names: names.clone(),
        kinds: &mut kinds,
    };
    assert!(
        T::deserialize(all).is_ok(),
        "no value of its fields is taken"
    );
    let fields = names.iter().map(|name| {
        let rest = Given {
            names: names
                .iter()
                .copied()
                .filter(|other| other != name)
                .collect(),
            kinds: &mut BTreeMap::new(),
        };
        Field {
            name: (*name).to_owned(),
            kind: kinds[name].clone(),
            may_be_missing: T::deserialize(rest).is_ok(),
        }
    });
    (title_of(core::any::type_name::<T>()), fields.collect())
}

/// `parlour::SavedAddress` is a `saved address`.
fn title_of(type_name: &str) -> String {
    let name = type_name.rsplit("::").next().unwrap();
    let mut title = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !title.is_empty() {
            title.push(' ');
        }
        title.extend(letter.to_lowercase());
    }
    title
}

/// A struct of these fields, each with whatever its type takes.
struct Given<'a> {
    names: Vec<&'static str>,
    /// What the fields turn out to be.
    kinds: &'a mut BTreeMap<&'static str, String>,
}

impl<'de> Deserializer<'de> for Given<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { given: self, at: 0 })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Fields<'a> {
    given: Given<'a>,
    at: usize,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.given.names.get(self.at) {
            Some(name) => seed.deserialize((*name).into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let name = self.given.names[self.at];
        self.at += 1;
        let mut kind = String::new();
        let value = seed.deserialize(Any(&mut kind));
        self.given.kinds.insert(name, kind);
        value
    }
}

/// Whatever is asked for; tells what that was, in a page's words.
struct Any<'a>(&'a mut String);

impl<'de> Deserializer<'de> for Any<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a type that no page describes"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let of = core::any::type_name::<V::Value>();
        if of == core::any::type_name::<String>() {
            "text".clone_into(self.0);
            return visitor.visit_str("a text");
        }
        let Some(words) = learnt(of) else {
            return visitor
                .visit_str(FOREIGN)
                .inspect_err(|refusal| learn(of, refusal));
        };
        let first = words[0];
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        *self.0 = match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, first)) => format!("{} or {last}", first.join(", ")),
            None => String::new(),
        };
        visitor.visit_str(first)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        "whole number".clone_into(self.0);
        visitor.visit_i64(1)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        "yes or no".clone_into(self.0);
        visitor.visit_bool(true)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let of = core::any::type_name::<V::Value>();
        let title = title_of(of);
        let object = |names: Vec<&'static str>| Fields {
            given: Given {
                names,
                kinds: Box::leak(Box::default()),
            },
            at: 0,
        };
        if title == "options" {
            "object of texts".clone_into(self.0);
            return visitor.visit_map(object(vec!["a name"]));
        }
        *self.0 = format!("[{title}](#{})", title.replace(' ', "-"));
        match learnt(of) {
            Some(names) => visitor.visit_map(object(names)),
            None => visitor
                .visit_map(object(vec![FOREIGN]))
                .inspect_err(|refusal| learn(of, refusal)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut kind = String::new();
        let value = visitor.visit_seq(One(Some(&mut kind)));
        *self.0 = format!("list of {kind}{}", if kind == "text" { "s" } else { "" });
        value
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct struct enum identifier ignored_any
    }
}

/// A list of one.
struct One<'a>(Option<&'a mut String>);

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.0
            .take()
            .map(|kind| seed.deserialize(Any(kind)))
            .transpose()
    }
}
