//! Five bits a letter, in the alphabets that the two kinds of code use.

use terms::Secret;

/// RFC 4648 §6, in which authenticator apps read secrets.
pub(crate) const RFC_4648: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Crockford's, without the letters that are taken for digits, and without `U`.
pub(crate) const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The letter of the lower five bits.
pub(crate) fn letter(bits: u8, alphabet: &[u8; 32]) -> char {
    let letter = alphabet.get(usize::from(bits & 31));
    letter.copied().map_or('0', char::from)
}

/// Twenty bytes are 32 letters, with nothing left over.
pub(crate) fn encoded(bytes: &[u8; 20]) -> Secret<String> {
    // Room for all of it, so that no piece is left behind where it grew.
    let mut text = String::with_capacity(32);
    let (mut waiting, mut count) = (0_u16, 0_u32);
    for byte in bytes {
        waiting = (waiting << 8) | u16::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            let [_, low] = (waiting >> count).to_be_bytes();
            text.push(letter(low, RFC_4648));
            waiting &= (1 << count) - 1;
        }
    }
    Secret::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_has_it() {
        // RFC 4648 §10 has `foobar` as `MZXW6YTBOI`, of which the first five bytes are whole letters.
        let text = encoded(b"foobafoobafoobafooba");
        assert_eq!(text.expose(), &"MZXW6YTB".repeat(4));
        let text = encoded(&[0xff; 20]);
        assert_eq!(text.expose(), &"7".repeat(32));
        let text = encoded(b"12345678901234567890");
        assert_eq!(text.expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
