//! Inflating (RFC 1951), so that what was compressed is carved too.

/// What a raw deflate stream at the start of `input` inflates to, at most `most` bytes; what was
/// read before an error if there is one.
pub(crate) fn inflate(input: &[u8], most: usize) -> Vec<u8> {
    let mut bits = Bits { input, at: 0 };
    let mut out = Vec::new();
    while let Some(last) = bits.take(1) {
        let read = match bits.take(2) {
            Some(0) => stored(&mut bits, &mut out, most),
            Some(1) => compressed(&mut bits, &mut out, most, &fixed()),
            Some(2) => {
                tables(&mut bits).and_then(|both| compressed(&mut bits, &mut out, most, &both))
            }
            _ => None,
        };
        if read.is_none() || last == 1 {
            break;
        }
    }
    out
}

struct Bits<'a> {
    input: &'a [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut value = 0;
        for bit in 0..count {
            let byte = usize::from(*self.input.get(self.at / 8)?);
            value |= ((byte >> (self.at % 8)) & 1) << bit;
            self.at += 1;
        }
        Some(value)
    }
}

/// Canonical Huffman codes (section 3.2.2): how many there are of each length, and their symbols.
struct Codes {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Codes {
    fn of(lengths: &[usize]) -> Self {
        let mut counts = [0; 16];
        let mut symbols = Vec::new();
        for (length, count) in counts.iter_mut().enumerate().skip(1) {
            let these = lengths
                .iter()
                .enumerate()
                .filter(|(_, known)| **known == length);
            symbols.extend(these.map(|(symbol, _)| symbol));
            *count = lengths.iter().filter(|known| **known == length).count();
        }
        Self { counts, symbols }
    }

    fn read(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in &self.counts[1..] {
            code |= bits.take(1)?;
            if code < first + count {
                return self.symbols.get(index + code - first).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>, most: usize) -> Option<()> {
    bits.at = bits.at.next_multiple_of(8);
    let (length, complement) = (bits.take(16)?, bits.take(16)?);
    let from = bits.at / 8;
    if length ^ complement != 0xffff || out.len() + length > most {
        return None;
    }
    out.extend_from_slice(bits.input.get(from..from + length)?);
    bits.at += length * 8;
    Some(())
}

type Both = (Codes, Codes);

fn fixed() -> Both {
    let mut lengths = [8; 288];
    lengths[144..256].fill(9);
    lengths[256..280].fill(7);
    (Codes::of(&lengths), Codes::of(&[5; 30]))
}

fn tables(bits: &mut Bits<'_>) -> Option<Both> {
    const ORDER: [usize; 19] = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ];
    let (literals, distances) = (bits.take(5)? + 257, bits.take(5)? + 1);
    let mut lengths = [0; 19];
    for place in &ORDER[..bits.take(4)? + 4] {
        lengths[*place] = bits.take(3)?;
    }
    let codes = Codes::of(&lengths);
    let mut lengths = Vec::new();
    while lengths.len() < literals + distances {
        let (value, times) = match codes.read(bits)? {
            16 => (*lengths.last()?, bits.take(2)? + 3),
            17 => (0, bits.take(3)? + 3),
            18 => (0, bits.take(7)? + 11),
            length => (length, 1),
        };
        lengths.extend(core::iter::repeat_n(value, times));
    }
    let (literal, distance) = lengths.split_at(literals);
    Some((Codes::of(literal), Codes::of(distance)))
}

fn compressed(bits: &mut Bits<'_>, out: &mut Vec<u8>, most: usize, both: &Both) -> Option<()> {
    loop {
        let symbol = both.0.read(bits)?;
        if out.len() >= most {
            return None;
        }
        match symbol {
            literal @ 0..256 => out.push(u8::try_from(literal).ok()?),
            256 => return Some(()),
            symbol => {
                let length = length_of(symbol, bits)?;
                let distance = distance_of(both.1.read(bits)?, bits)?;
                for _ in 0..length {
                    let from = out.len().checked_sub(distance)?;
                    out.push(*out.get(from)?);
                }
            }
        }
    }
}

fn length_of(symbol: usize, bits: &mut Bits<'_>) -> Option<usize> {
    match symbol - 257 {
        code @ 0..8 => Some(code + 3),
        code @ 8..28 => {
            let extra = code / 4 - 1;
            Some(((4 + code % 4) << extra) + 3 + bits.take(extra)?)
        }
        28 => Some(258),
        _ => None,
    }
}

fn distance_of(code: usize, bits: &mut Bits<'_>) -> Option<usize> {
    match code {
        0..4 => Some(code + 1),
        4..30 => {
            let extra = code / 2 - 1;
            Some(((2 + code % 2) << extra) + 1 + bits.take(extra)?)
        }
        _ => None,
    }
}
