//! The header `t=SECONDS,v1=HEX`, written and read in one form only.

use aws_lc_rs::hmac;
use terms::Timestamp;

use super::super::NotBelieved;

/// How far a signature's time may be from ours, either way.
pub const TOLERANCE_SECONDS: i64 = 300;
/// More are never there at once while a secret is changed.
const MOST_SIGNATURES: usize = 4;
const LONGEST_SECONDS: usize = 12;

/// A header that has the right form. Nothing of it is believed yet.
pub(super) struct Stamp<'header> {
    /// As it was written, which is what was signed.
    pub(super) text: &'header str,
    seconds: i64,
    signatures: Vec<[u8; 32]>,
}

impl<'header> Stamp<'header> {
    pub(super) fn read(header: &'header str) -> Option<Self> {
        let mut fields = header.split(',');
        let text = fields.next()?.strip_prefix("t=")?;
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let spelled_once = text == "0" || !text.starts_with('0');
        if !digits || !spelled_once || text.len() > LONGEST_SECONDS {
            return None;
        }
        let seconds = text.parse().ok()?;
        let mut signatures = Vec::new();
        for field in fields {
            if signatures.len() == MOST_SIGNATURES {
                return None;
            }
            signatures.push(tag_from_hex(field.strip_prefix("v1=")?)?);
        }
        (!signatures.is_empty()).then_some(Self {
            text,
            seconds,
            signatures,
        })
    }

    /// The signature first, then the time.
    pub(super) fn believe(
        &self,
        key: &hmac::Key,
        signed: &[u8],
        now: Timestamp,
    ) -> Result<(), NotBelieved> {
        let mut right = false;
        for signature in &self.signatures {
            right |= hmac::verify(key, signed, signature).is_ok();
        }
        if !right {
            return Err(NotBelieved::WrongSignature);
        }
        let off = seconds(now).saturating_sub(self.seconds);
        if off.saturating_abs() > TOLERANCE_SECONDS {
            return Err(NotBelieved::OutOfTime);
        }
        Ok(())
    }
}

pub(super) fn seconds(now: Timestamp) -> i64 {
    now.millis().div_euclid(1000).max(0)
}

pub(super) fn written(seconds: &str, tag: &hmac::Tag) -> String {
    let mut header = format!("t={seconds},v1=");
    for byte in tag.as_ref() {
        header.push_str(&format!("{byte:02x}"));
    }
    header
}

fn tag_from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 {
        return None;
    }
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut tag = [0; 32];
    for (place, pair) in tag.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *place = digit(*high)? << 4 | digit(*low)?;
    }
    Some(tag)
}
