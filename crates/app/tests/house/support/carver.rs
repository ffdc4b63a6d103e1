//! The carver: looks for planted values in raw bytes, whatever form they have taken.
//!
//! It knows nothing of what wrote the bytes: not the database's format, not the log's. Words are
//! looked for as UTF-8 and UTF-16 of both byte orders, in their own, upper and lower case, and
//! each of these also in hexadecimal, base64 (at every alignment), percent-encoded and with JSON's
//! escapes; numbers also with anything between their digits that people put there, as packed
//! decimals and as integers. Streams of gzip and zlib are inflated and looked into.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    io::{self, ErrorKind},
    path::Path,
    sync::LazyLock,
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

use regex::bytes::{Regex, RegexBuilder};

use super::inflate::inflate;

/// A value that was planted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Canary {
    /// Words: a name, a street, an e-mail address.
    Words(String),
    /// A number that people write in groups: a card, a phone.
    Digits(String),
    /// Bytes, such as a key.
    Bytes(String, Vec<u8>),
}

impl Canary {
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    pub(crate) fn digits(text: impl AsRef<str>) -> Self {
        let digits = text.as_ref().chars().filter(char::is_ascii_digit);
        Self::Digits(digits.collect())
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Words(text) | Self::Digits(text) | Self::Bytes(text, _) => text,
        }
    }
}

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Find {
    pub(crate) canary: String,
    pub(crate) form: &'static str,
    pub(crate) place: String,
    pub(crate) offset: usize,
}

struct Pattern {
    canary: usize,
    form: &'static str,
    bytes: Vec<u8>,
}

pub(crate) struct Carver {
    names: Vec<String>,
    patterns: Vec<Pattern>,
    /// Patterns by their first two bytes.
    begin: Vec<Vec<usize>>,
    longest: usize,
    /// Whether any pattern is there at all.
    any: Regex,
    /// Where a compressed stream may begin.
    streams: Regex,
}

/// A word of the program that lies in the clear in every database with a conversation in it.
pub(crate) const PUBLIC: &str = "conversation.turn_stored";

pub(crate) fn shows_public(bytes: &[u8]) -> bool {
    static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| binary(&regex::escape(PUBLIC)));
    EXPRESSION.is_match(bytes)
}

/// Nothing shorter is looked for: it would be found by chance.
const SHORTEST: usize = 6;
/// What is looked through at once.
const PIECE: usize = 16 * 1024;
/// Of one compressed stream.
const INFLATED: usize = 4 * 1024 * 1024;

impl Carver {
    pub(crate) fn new<'a>(canaries: impl IntoIterator<Item = &'a Canary>) -> Self {
        let mut carver = Self {
            names: Vec::new(),
            patterns: Vec::new(),
            begin: vec![Vec::new(); 1 << 16],
            longest: 0,
            any: binary(""),
            streams: binary(r"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]"),
        };
        for canary in canaries {
            carver.add(canary);
        }
        let all: Vec<String> = carver.patterns.iter().map(Pattern::escaped).collect();
        carver.any = binary(&all.join("|"));
        carver
    }

    fn add(&mut self, canary: &Canary) {
        let mut known = HashSet::new();
        for (form, bytes) in forms(canary) {
            assert!(bytes.len() >= SHORTEST, "`{}` is too short", canary.name());
            if known.insert(bytes.clone()) {
                self.longest = self.longest.max(bytes.len());
                self.begin[pair(&bytes)].push(self.patterns.len());
                self.patterns.push(Pattern {
                    canary: self.names.len(),
                    form,
                    bytes,
                });
            }
        }
        self.names.push(canary.name().to_owned());
    }

    /// Everything planted that these bytes show.
    pub(crate) fn carve(&self, place: &str, bytes: &[u8]) -> Vec<Find> {
        let mut finds = self.carve_plainly(place, bytes);
        for stream in self.streams.find_iter(bytes) {
            let at = stream.start();
            let skip = match &bytes[at..] {
                [0x1f, _, _, flags, ..] => gzip_header(&bytes[at..], *flags),
                _ => Some(2),
            };
            if let Some(stream) = skip.and_then(|skip| bytes.get(at + skip..)) {
                let inflated = inflate(stream, INFLATED);
                let place = format!("{place}, inflated from {at}");
                finds.extend(self.carve_plainly(&place, &inflated));
            }
        }
        finds
    }

    fn carve_plainly(&self, place: &str, bytes: &[u8]) -> Vec<Find> {
        let mut finds = self.carve_as_it_is(place, bytes);
        let place = format!("{place}, separators aside");
        finds.extend(self.carve_as_it_is(&place, &without_separators(bytes)));
        finds
    }

    /// Piece by piece; pieces overlap, so that nothing is lost at their edges.
    fn carve_as_it_is(&self, place: &str, bytes: &[u8]) -> Vec<Find> {
        let mut finds = Vec::new();
        for start in (0..bytes.len()).step_by(PIECE) {
            let end = bytes.len().min(start + PIECE + self.longest);
            let piece = &bytes[start..end];
            if self.any.is_match(piece) {
                self.look_closely(place, start, piece, &mut finds);
            }
        }
        finds
    }

    fn look_closely(&self, place: &str, start: usize, piece: &[u8], finds: &mut Vec<Find>) {
        for (offset, window) in piece.windows(2).enumerate() {
            for index in &self.begin[pair(window)] {
                let pattern = &self.patterns[*index];
                if piece[offset..].starts_with(&pattern.bytes) {
                    finds.push(Find {
                        canary: self.names[pattern.canary].clone(),
                        form: pattern.form,
                        place: place.to_owned(),
                        offset: start + offset,
                    });
                }
            }
        }
    }

    /// Every file of a directory, and of the directories in it; names of files too. `left_out` says
    /// which files are not looked into.
    pub(crate) fn carve_tree(&self, root: &Path, left_out: &dyn Fn(&Path) -> bool) -> Carved {
        let mut carved = Carved::default();
        self.walk(root, left_out, &mut carved).unwrap();
        carved
    }

    fn walk(
        &self,
        path: &Path,
        left_out: &dyn Fn(&Path) -> bool,
        carved: &mut Carved,
    ) -> io::Result<()> {
        let shown = path.display().to_string();
        carved
            .finds
            .extend(self.carve_plainly(&shown, shown.as_bytes()));
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                self.walk(&entry?.path(), left_out, carved)?;
            }
            return Ok(());
        }
        if left_out(path) {
            return Ok(());
        }
        match fs::read(path) {
            Ok(bytes) => {
                carved.bytes += bytes.len();
                carved.files.insert(shown.clone());
                carved.public |= shows_public(&bytes);
                carved.finds.extend(self.carve(&shown, &bytes));
                Ok(())
            }
            // A running server may have removed it meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// What was looked into, and what was found there.
#[derive(Debug, Default)]
pub(crate) struct Carved {
    pub(crate) files: BTreeSet<String>,
    pub(crate) bytes: usize,
    /// Whether [`PUBLIC`] was there: the carver looked where the data is.
    pub(crate) public: bool,
    pub(crate) finds: Vec<Find>,
}

impl Pattern {
    /// As a regular expression.
    fn escaped(&self) -> String {
        self.bytes
            .iter()
            .map(|byte| format!("\\x{byte:02x}"))
            .collect()
    }
}

fn binary(expression: &str) -> Regex {
    RegexBuilder::new(expression)
        .unicode(false)
        .size_limit(1 << 28)
        .dfa_size_limit(1 << 26)
        .build()
        .unwrap()
}

fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// Length of a gzip header (RFC 1952 section 2.3).
fn gzip_header(bytes: &[u8], flags: u8) -> Option<usize> {
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(*bytes.get(at)?) + (usize::from(*bytes.get(at + 1)?) << 8);
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += bytes.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    Some(if flags & 2 != 0 { at + 2 } else { at })
}

type Forms = Vec<(&'static str, Vec<u8>)>;

fn forms(canary: &Canary) -> Forms {
    match canary {
        Canary::Words(text) => text_forms(text),
        Canary::Digits(digits) => number_forms(digits),
        Canary::Bytes(_, bytes) => {
            let mut forms = vec![("bytes", bytes.clone())];
            wrapped_forms(bytes, &mut forms);
            forms
        }
    }
}

fn text_forms(text: &str) -> Forms {
    let mut forms = Forms::new();
    for cased in [text.to_owned(), text.to_uppercase(), text.to_lowercase()] {
        forms.push(("UTF-8", cased.clone().into_bytes()));
        let little = cased.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big = cased.encode_utf16().flat_map(u16::to_be_bytes).collect();
        forms.push(("UTF-16LE", little));
        forms.push(("UTF-16BE", big));
        forms.push(("JSON", json_escaped(&cased)));
        for (upper, plus) in [(true, false), (false, false), (true, true), (false, true)] {
            forms.push(("percent", percent_encoded(&cased, upper, plus)));
        }
        wrapped_forms(cased.as_bytes(), &mut forms);
    }
    forms
}

fn number_forms(digits: &str) -> Forms {
    let mut forms = text_forms(digits);
    // Packed decimals, as they are and with a leading zero to make them even.
    for padded in [
        digits.to_owned(),
        format!("0{digits}"),
        format!("{digits}f"),
    ] {
        if let Some(packed) = from_hex(&padded).filter(|packed| packed.len() >= SHORTEST) {
            forms.push(("packed decimal", packed));
        }
    }
    if let Ok(number) = digits.parse::<u64>() {
        // Small numbers have many zeros, which are everywhere.
        if number > 1 << 40 {
            forms.push(("integer", number.to_le_bytes()[..SHORTEST].to_vec()));
            forms.push(("integer", number.to_be_bytes()[8 - SHORTEST..].to_vec()));
        }
    }
    forms
}

/// Hexadecimal and base64 of what may stand in the middle of something larger.
fn wrapped_forms(bytes: &[u8], forms: &mut Forms) {
    let lower: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    forms.push(("hexadecimal", lower.to_uppercase().into_bytes()));
    forms.push(("hexadecimal", lower.into_bytes()));
    for before in 0..3 {
        let mut padded = vec![0; before];
        padded.extend_from_slice(bytes);
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            let encoded = engine.encode(&padded);
            // Letters that also depend on the bytes before and after say nothing.
            let first = (before * 8).div_ceil(6);
            let last = padded.len() * 8 / 6;
            forms.push(("base64", encoded.as_bytes()[first..last].to_vec()));
        }
    }
}

fn json_escaped(text: &str) -> Vec<u8> {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => out.push(char::from(byte)),
            _ => out += &format!("\\u{unit:04x}"),
        }
    }
    out.into_bytes()
}

fn percent_encoded(text: &str, upper: bool, plus: bool) -> Vec<u8> {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' if plus => out.push('+'),
            _ if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte))
            }
            _ if upper => out += &format!("%{byte:02X}"),
            _ => out += &format!("%{byte:02x}"),
        }
    }
    out.into_bytes()
}

/// The bytes without what people put between the digits of a number (percent-encoded as well), and
/// without the zeros between the letters of UTF-16.
fn without_separators(bytes: &[u8]) -> Vec<u8> {
    let separates = |byte: &u8| b" -./()+_,:;|*\0\xc2\xa0\t\r\n".contains(byte);
    let mut kept = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'%', [high, low, after @ ..])
                if encodes(*high, *low).is_some_and(|byte| separates(&byte)) =>
            {
                rest = after;
            }
            _ if separates(first) => {}
            _ => kept.push(*first),
        }
    }
    kept
}

fn encodes(high: u8, low: u8) -> Option<u8> {
    let digit = |letter: u8| char::from(letter).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(
        digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
}

// The carver finds what it looks for.

#[test]
fn every_form_of_words_is_found() {
    let carver = Carver::new(&[Canary::words("Bavuroteka Zimölupano")]);
    let around = |text: &[u8]| [b"\x00\xff some bytes ", text, b" and some more \x7f"].concat();
    let sentence = "I am Bavuroteka Zimölupano, and that is my name";
    let upper = "BAVUROTEKA ZIMÖLUPANO";
    let percent = "q=Bavuroteka%20Zim%C3%B6lupano";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        sentence.encode_utf16().flat_map(bytes).collect()
    };
    let mut samples = vec![
        sentence.as_bytes().to_vec(),
        upper.as_bytes().to_vec(),
        upper.to_lowercase().into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        percent.as_bytes().to_vec(),
        percent.replace("%20", "+").into_bytes(),
        percent
            .to_lowercase()
            .replace("bavuroteka", "Bavuroteka")
            .replace("zim", "Zim")
            .into_bytes(),
        serde_json::to_vec(sentence).unwrap(),
        b"{\"name\":\"Bavuroteka Zim\\u00f6lupano\"}".to_vec(),
        sentence
            .bytes()
            .map(|byte| format!("{byte:02X}"))
            .collect::<String>()
            .into_bytes(),
        sentence
            .bytes()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into_bytes(),
    ];
    for from in 0..3 {
        samples.push(
            URL_SAFE_NO_PAD
                .encode(&sentence.as_bytes()[from..])
                .into_bytes(),
        );
        samples.push(
            STANDARD_NO_PAD
                .encode(&sentence.as_bytes()[from..])
                .into_bytes(),
        );
    }
    for sample in samples {
        let finds = carver.carve("here", &around(&sample));
        assert!(!finds.is_empty(), "{}", String::from_utf8_lossy(&sample));
    }
    assert_eq!(carver.carve("here", &around(b"Bavuroteka Zimolupano")), []);
}

#[test]
fn every_form_of_a_number_is_found() {
    let carver = Carver::new(&[Canary::digits("4539 1488 0343 6467")]);
    let number: u64 = 4_539_148_803_436_467;
    let samples: [&[u8]; 11] = [
        b"card 4539148803436467.",
        b"4539 1488 0343 6467",
        b"4539-1488-0343-6467",
        b"4539.1488.0343.6467",
        b"453914 4539%201488%200343%206467",
        b"\x45\x39\x14\x88\x03\x43\x64\x67",
        &number.to_le_bytes(),
        &number.to_be_bytes(),
        b"34353339313438383033343336343637",
        b"45 39/14(88) 03.43_64 - 67",
        "4\u{a0}5391488034364 67".as_bytes(),
    ];
    for sample in samples {
        assert!(!carver.carve("here", sample).is_empty(), "{sample:02x?}");
    }
    assert_eq!(carver.carve("here", b"4539 1488 0343 6468"), []);
}

#[test]
fn bytes_of_a_key_are_found() {
    let key: Vec<u8> = (7..39).collect();
    let carver = Carver::new(&[Canary::Bytes("key".to_owned(), key.clone())]);
    let text = STANDARD_NO_PAD.encode([b"xy", key.as_slice()].concat());
    for sample in [key.as_slice(), text.as_bytes()] {
        assert!(!carver.carve("here", sample).is_empty());
    }
}

#[test]
fn compressed_streams_are_looked_into() {
    let carver = Carver::new(&[Canary::words("Zimolupano")]);
    // Dynamic codes in zlib and in gzip, fixed codes, stored.
    let samples = [
        "78dacdccc10980300c05d055fe00e210d28bb881b70f0d186c92d25ac1ed750cef8f97840dfd883ac11e384da01d0befd1e29293d8d5a28c4a0fd0335614bd3fe3d8a4b1680e1b33d28f9617a76d4a50",
        "1f8b0800000000000203cdccc10980300c05d055fe00e210d28bb881b70f0d186c92d25ac1ed750cef8f97840dfd883ac11e384da01d0befd1e29293d8d5a28c4a0fd0335614bd3fe3d8a4b1680e1b33d28f9617e0d007fcd2000000",
        "78daf35448cc55704a2c2b2dca2f49cd4e5488cacccdcf292d48cccb57c84f53f04e2d4accc94cc9cf2d0500264e0edc",
        "7801012800d7ff4920616d2042617675726f74656b61205a696d6f6c7570616e6f206f66204b6572616c69646f6d75264e0edc",
    ];
    for sample in samples {
        let mut bytes = b"before ".to_vec();
        bytes.extend(from_hex(sample).unwrap());
        assert!(!carver.carve("here", &bytes).is_empty(), "{sample}");
    }
}
