//! What a kept picture is called: the hash of what it is, and what it is written in.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// What a kept picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureKind {
    /// Everything that came from outside, drawn anew by this house.
    Jpeg,
    /// A drawing of the house's own. INVARIANT: nothing that came from outside is kept as one.
    Svg,
}

impl PictureKind {
    pub const ALL: [Self; 2] = [Self::Jpeg, Self::Svg];

    /// The end of the file's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Svg => "svg",
        }
    }
}

/// The name of a kept picture, such as `9f86…0a08.jpg`: the SHA-256 of its bytes and its kind.
///
/// INVARIANT: it is a name and no address. Whatever holds one, a browser can be led to a picture of
/// this house by it and nowhere else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureName {
    digest: [u8; 32],
    kind: PictureKind,
}

impl PictureName {
    /// The name of a picture whose bytes have this SHA-256.
    #[must_use]
    pub const fn new(digest: [u8; 32], kind: PictureKind) -> Self {
        Self { digest, kind }
    }

    #[must_use]
    pub const fn kind(&self) -> PictureKind {
        self.kind
    }
}

impl fmt::Display for PictureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.digest {
            write!(f, "{byte:02x}")?;
        }
        write!(f, ".{}", self.kind.as_str())
    }
}

impl fmt::Debug for PictureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PictureName({self})")
    }
}

/// The text was not the name of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is not the name of a picture: expected 64 lower-case hexadecimal digits and `.jpg` or `.svg`"
)]
pub struct PictureNameError;

impl FromStr for PictureName {
    type Err = PictureNameError;

    // Only lower-case digits: a picture has one name, and a cache keeps it once.
    fn from_str(text: &str) -> Result<Self, PictureNameError> {
        let (digits, end) = text.split_once('.').ok_or(PictureNameError)?;
        let kind = PictureKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == end);
        let kind = kind.ok_or(PictureNameError)?;
        let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return Err(PictureNameError);
        }
        let mut digest = [0; 32];
        for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
            *byte = (digit(*high)? << 4) | digit(*low)?;
        }
        Ok(Self { digest, kind })
    }
}

fn digit(letter: u8) -> Result<u8, PictureNameError> {
    match letter {
        b'0'..=b'9' => Ok(letter.wrapping_sub(b'0')),
        b'a'..=b'f' => Ok(letter.wrapping_sub(b'a').wrapping_add(10)),
        _ => Err(PictureNameError),
    }
}

impl Serialize for PictureName {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PictureName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A picture in the two sizes it is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// For a card and a line of a list.
    pub card: PictureName,
    /// For the page of one thing.
    pub detail: PictureName,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for kind in PictureKind::ALL {
            let name = PictureName::new([0xa7; 32], kind);
            let text = name.to_string();
            assert_eq!(text, format!("{}.{}", "a7".repeat(32), kind.as_str()));
            assert_eq!(text.parse(), Ok(name));
        }
    }

    #[test]
    fn nothing_else_is_a_name() {
        let good = "a7".repeat(32);
        for text in [
            String::new(),
            ".jpg".to_owned(),
            good.clone(),
            format!("{good}."),
            format!("{good}.png"),
            format!("{good}.jpg.svg"),
            format!("{good}.JPG"),
            format!("{}.jpg", good.to_uppercase()),
            format!("{good}0.jpg"),
            format!("{good}00.jpg"),
            format!("{}.jpg", "a7".repeat(31)),
            format!("{}é.jpg", "a7".repeat(31)),
            format!("../{}.jpg", "a7".repeat(31)),
            format!("https://evil.example/{good}.jpg"),
            format!(" {good}.jpg"),
        ] {
            assert_eq!(text.parse::<PictureName>(), Err(PictureNameError), "{text}");
        }
    }
}
