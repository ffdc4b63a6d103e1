//! Examples of RFC 8949, appendix A, and what its appendix F calls not well-formed.

use proptest::prelude::*;

use super::*;

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|letter| *letter != ' ').collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap())
        .collect()
}

#[test]
fn the_examples_of_the_standard_are_read() {
    use Value::{Array, Bool, Bytes, Integer, Map, Null, Text};
    for (hex, value) in [
        ("00", Integer(0)),
        ("17", Integer(23)),
        ("1818", Integer(24)),
        ("1903e8", Integer(1000)),
        ("1a000f4240", Integer(1_000_000)),
        ("1b000000e8d4a51000", Integer(1_000_000_000_000)),
        ("1b7fffffffffffffff", Integer(i64::MAX)),
        ("20", Integer(-1)),
        ("3863", Integer(-100)),
        ("3903e7", Integer(-1000)),
        ("3b7fffffffffffffff", Integer(i64::MIN)),
        ("f4", Bool(false)),
        ("f5", Bool(true)),
        ("f6", Null),
        ("40", Bytes(&[])),
        ("4401020304", Bytes(&[1, 2, 3, 4])),
        ("60", Text("")),
        ("6449455446", Text("IETF")),
        ("62c3bc", Text("\u{fc}")),
        ("80", Array(vec![])),
        ("83010203", Array(vec![Integer(1), Integer(2), Integer(3)])),
        ("a0", Map(vec![])),
        (
            "a201020304",
            Map(vec![(Integer(1), Integer(2)), (Integer(3), Integer(4))]),
        ),
        (
            "a26161016162820203",
            Map(vec![
                (Text("a"), Integer(1)),
                (Text("b"), Array(vec![Integer(2), Integer(3)])),
            ]),
        ),
    ] {
        assert_eq!(whole(&bytes(hex)), Ok(value), "{hex}");
    }
}

#[test]
fn what_is_not_the_one_spelling_is_refused() {
    for (hex, error) in [
        ("", CborError::Cut),
        ("18", CborError::Cut),
        ("19 01", CborError::Cut),
        ("1b 00000001 000000", CborError::Cut),
        ("41", CborError::Cut),
        ("5b ffffffffffffffff", CborError::Cut),
        ("61", CborError::Cut),
        ("81", CborError::Cut),
        ("9b ffffffffffffffff 00", CborError::Cut),
        ("a1 00", CborError::Cut),
        ("bb ffffffffffffffff 00 00", CborError::Cut),
        ("00 00", CborError::Trailing),
        ("a0 a0", CborError::Trailing),
        ("18 17", CborError::NotShortest),
        ("19 00ff", CborError::NotShortest),
        ("1a 0000ffff", CborError::NotShortest),
        ("1b 00000000ffffffff", CborError::NotShortest),
        ("38 17", CborError::NotShortest),
        ("58 01 00", CborError::NotShortest),
        ("78 01 61", CborError::NotShortest),
        ("98 01 00", CborError::NotShortest),
        ("b8 01 00 00", CborError::NotShortest),
        ("1b 8000000000000000", CborError::Large),
        ("3b ffffffffffffffff", CborError::Large),
        ("5f 41 00 ff", CborError::Indefinite),
        ("7f 61 61 ff", CborError::Indefinite),
        ("9f 00 ff", CborError::Indefinite),
        ("bf 00 00 ff", CborError::Indefinite),
        ("1f", CborError::Indefinite),
        ("ff", CborError::Indefinite),
        ("81 ff", CborError::Indefinite),
        ("61 ff", CborError::NotUtf8),
        ("62 c328", CborError::NotUtf8),
        ("a2 01 00 01 00", CborError::KeyTwice),
        ("a3 6161 00 6162 00 6161 01", CborError::KeyTwice),
        ("a2 8101 00 8101 00", CborError::KeyTwice),
        ("c0 60", CborError::Kind),
        ("c2 41 01", CborError::Kind),
        ("d9 d9f7 00", CborError::Kind),
        ("f7", CborError::Kind),
        ("e0", CborError::Kind),
        ("f8 20", CborError::Kind),
        ("f9 3c00", CborError::Kind),
        ("fa 47c35000", CborError::Kind),
        ("fb 3ff199999999999a", CborError::Kind),
        ("1c", CborError::Kind),
        ("5d", CborError::Kind),
        ("fc", CborError::Kind),
    ] {
        assert_eq!(whole(&bytes(hex)), Err(error), "{hex}");
    }
}

#[test]
fn nesting_has_an_end() {
    assert_eq!(DEEPEST, 8);
    let nested = |depth: usize| [vec![0x81; depth], vec![0x00]].concat();
    assert!(whole(&nested(DEEPEST)).is_ok());
    assert_eq!(whole(&nested(DEEPEST + 1)), Err(CborError::TooDeep));
    assert_eq!(whole(&nested(16_000)), Err(CborError::TooDeep));
    let maps = [[0xa1, 0x00].repeat(DEEPEST), vec![0x00]].concat();
    assert!(whole(&maps).is_ok());
    let maps = [[0xa1, 0x00].repeat(DEEPEST + 1), vec![0x00]].concat();
    assert_eq!(whole(&maps), Err(CborError::TooDeep));
}

#[test]
fn what_is_behind_a_value_is_given_back() {
    assert_eq!(first(&[0x01, 0x02]), Ok((Value::Integer(1), &[0x02][..])));
}

fn written(value: &Value<'_>, out: &mut Vec<u8>) {
    fn head(kind: u8, argument: u64, out: &mut Vec<u8>) {
        let kind = kind << 5;
        match argument {
            0..=23 => out.push(kind | u8::try_from(argument).unwrap()),
            24..=0xff => out.extend([kind | 24, u8::try_from(argument).unwrap()]),
            0x100..=0xffff => {
                out.push(kind | 25);
                out.extend(u16::try_from(argument).unwrap().to_be_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                out.push(kind | 26);
                out.extend(u32::try_from(argument).unwrap().to_be_bytes());
            }
            _ => {
                out.push(kind | 27);
                out.extend(argument.to_be_bytes());
            }
        }
    }
    match value {
        Value::Integer(number) => match u64::try_from(*number) {
            Ok(number) => head(0, number, out),
            Err(_) => head(1, u64::try_from(!*number).unwrap(), out),
        },
        Value::Bytes(bytes) => {
            head(2, bytes.len().try_into().unwrap(), out);
            out.extend(*bytes);
        }
        Value::Text(text) => {
            head(3, text.len().try_into().unwrap(), out);
            out.extend(text.as_bytes());
        }
        Value::Array(elements) => {
            head(4, elements.len().try_into().unwrap(), out);
            elements.iter().for_each(|element| written(element, out));
        }
        Value::Map(entries) => {
            head(5, entries.len().try_into().unwrap(), out);
            for (key, value) in entries {
                written(key, out);
                written(value, out);
            }
        }
        Value::Bool(yes) => out.push(if *yes { 0xf5 } else { 0xf4 }),
        Value::Null => out.push(0xf6),
    }
}

proptest! {
    /// Whatever is read, writing it gives the bytes that were read: there is no second spelling.
    #[test]
    fn each_value_has_one_spelling(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Ok((value, rest)) = first(&bytes) {
            let mut again = Vec::new();
            written(&value, &mut again);
            again.extend(rest);
            prop_assert_eq!(again, bytes);
        }
    }
}
