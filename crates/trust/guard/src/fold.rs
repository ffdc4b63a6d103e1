//! How a character counts when numbers, addresses and words are looked for: one byte each, so that
//! positions in the folded text are positions in the text.

/// A letter that has no ASCII counterpart here.
pub(crate) const LETTER: u8 = 0x01;
/// Any other character that has none.
pub(crate) const OTHER: u8 = 0x02;
/// A mark that sits on the character before it, such as the box of a keycap emoji.
pub(crate) const MARK: u8 = 0x03;

/// Zero of every decimal digit series outside ASCII (general category Nd, Unicode 15.1 and later
/// additions); the nine after it follow.
const ZEROS: [u32; 70] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0,
    0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50,
    0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1E140, 0x1E2F0,
    0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// Series that are used as digits although they are not Nd: first character, its value, length.
const LIKE_DIGITS: [(u32, u32, u32); 14] = [
    (0x2070, 0, 1),   // superscript
    (0x2074, 4, 6),   // superscript
    (0x2080, 0, 10),  // subscript
    (0x2460, 1, 9),   // circled
    (0x2474, 1, 9),   // parenthesised
    (0x2488, 1, 9),   // with full stop
    (0x24EA, 0, 1),   // circled
    (0x24F5, 1, 9),   // double circled
    (0x24FF, 0, 1),   // negative circled
    (0x2776, 1, 9),   // negative circled
    (0x2780, 1, 9),   // circled sans-serif
    (0x278A, 1, 9),   // negative circled sans-serif
    (0x1D7CE, 0, 50), // mathematical, five series
    (0x1F101, 0, 10), // with comma
];

/// The byte a character counts as.
pub(crate) fn fold(character: char) -> u8 {
    if let Ok(byte) = u8::try_from(character) {
        return if byte < 0x80 { byte } else { latin_1(byte) };
    }
    match character {
        '\u{FF01}'..='\u{FF5E}' => offset_into_ascii(character, 0xFEE0),
        '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{2800}'
        | '\u{3000}' => b' ',
        '\u{058A}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{207B}'
        | '\u{208B}'
        | '\u{2212}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '\u{30FC}'
        | '\u{FE31}'
        | '\u{FE32}'
        | '\u{FE58}'
        | '\u{FE63}' => b'-',
        '\u{0387}' | '\u{06D4}' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{2219}'
        | '\u{22C5}' | '\u{3002}' | '\u{30FB}' | '\u{FE52}' | '\u{FF61}' => b'.',
        '\u{2044}' | '\u{2215}' | '\u{29F8}' => b'/',
        '\u{066B}' | '\u{066C}' | '\u{3001}' | '\u{FE50}' | '\u{FF64}' => b',',
        '\u{FE6B}' => b'@',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' => b'\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' => b'"',
        '\u{0300}'..='\u{036F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}' => MARK,
        '\u{0100}'..='\u{017F}' => latin_extended_a(character),
        _ => digit(character).unwrap_or(if character.is_alphabetic() {
            LETTER
        } else {
            OTHER
        }),
    }
}

fn digit(character: char) -> Option<u8> {
    let code = u32::from(character);
    let series = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1);
    let from_zero = series
        .and_then(|index| ZEROS.get(index))
        .and_then(|zero| code.checked_sub(*zero));
    let value = match from_zero {
        Some(value) if value < 10 => value,
        _ => LIKE_DIGITS.iter().find_map(|(first, value, length)| {
            let step = code.checked_sub(*first).filter(|step| step < length)?;
            Some((value + step) % 10)
        })?,
    };
    u8::try_from(value).ok().map(|value| b'0' + value)
}

fn offset_into_ascii(character: char, offset: u32) -> u8 {
    u32::from(character)
        .checked_sub(offset)
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(OTHER)
}

fn latin_1(byte: u8) -> u8 {
    match byte {
        0xA0 => b' ',
        0xAD => b'-',
        0xB7 => b'.',
        0xB4 => b'\'',
        0xB2 => b'2',
        0xB3 => b'3',
        0xB9 => b'1',
        0xC0..=0xC5 => b'A',
        0xC7 => b'C',
        0xC8..=0xCB => b'E',
        0xCC..=0xCF => b'I',
        0xD1 => b'N',
        0xD2..=0xD6 | 0xD8 => b'O',
        0xD9..=0xDC => b'U',
        0xDD => b'Y',
        0xDF => b's',
        0xE0..=0xE5 => b'a',
        0xE7 => b'c',
        0xE8..=0xEB => b'e',
        0xEC..=0xEF => b'i',
        0xF1 => b'n',
        0xF2..=0xF6 | 0xF8 => b'o',
        0xF9..=0xFC => b'u',
        0xFD | 0xFF => b'y',
        0xAA | 0xB5 | 0xBA | 0xC6 | 0xD0 | 0xDE | 0xE6 | 0xF0 | 0xFE => LETTER,
        _ => OTHER,
    }
}

/// U+0100 to U+017F without their marks.
const LATIN_EXTENDED_A: &[u8; 128] =
    b"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL\
    lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

fn latin_extended_a(character: char) -> u8 {
    let index = usize::try_from(u32::from(character))
        .ok()
        .and_then(|code| code.checked_sub(0x100));
    index
        .and_then(|index| LATIN_EXTENDED_A.get(index))
        .copied()
        .unwrap_or(LETTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_count() {
        for text in [
            "0123456789",
            "٠١٢٣٤٥٦٧٨٩",
            "०१२३४५६७८९",
            "０１２３４５６７８９",
            "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
            "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
            "⓪①②③④⑤⑥⑦⑧⑨",
            "⁰¹²³⁴⁵⁶⁷⁸⁹",
        ] {
            let folded: Vec<u8> = text.chars().map(fold).collect();
            assert_eq!(folded, b"0123456789", "{text}");
        }
    }

    #[test]
    fn letters_lose_their_marks() {
        let folded: Vec<u8> = "Prüfziffer Łódź ｃｖｖ".chars().map(fold).collect();
        assert_eq!(folded, b"Prufziffer Lodz cvv");
        assert_eq!(fold('Ж'), LETTER);
        assert_eq!(fold('€'), OTHER);
        assert_eq!(fold('\u{20E3}'), MARK);
    }

    #[test]
    fn series_are_in_order() {
        assert!(ZEROS.is_sorted());
    }
}
