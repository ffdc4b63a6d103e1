//! A shop's logo: a picture of points, known by its bytes and not by what it is called. Drawings that
//! carry scripts (SVG) are refused.

use store::front::LogoKind;

/// The largest logo, in bytes.
pub const LARGEST_LOGO: usize = 102_400;
/// The most points of a side.
const MOST_POINTS: u32 = 2_048;

/// A picture that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub kind: LogoKind,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALogo {
    #[error("the logo is larger than 100 KiB: make it smaller")]
    TooLarge,
    #[error("the logo has more than {MOST_POINTS} points on a side, or none: 256 are enough")]
    Size,
    #[error("an SVG can carry scripts and is not taken: save the logo as PNG or WebP")]
    Drawing,
    #[error("the logo is neither a PNG nor a WebP picture")]
    Unknown,
}

impl Image {
    /// Looks at a picture.
    pub fn read(bytes: &[u8]) -> Result<Self, NotALogo> {
        if bytes.len() > LARGEST_LOGO {
            return Err(NotALogo::TooLarge);
        }
        let (kind, width, height) = png(bytes).or_else(|| webp(bytes)).ok_or_else(|| {
            if is_drawing(bytes) {
                NotALogo::Drawing
            } else {
                NotALogo::Unknown
            }
        })?;
        let fits = |points: u32| (1..=MOST_POINTS).contains(&points);
        if !fits(width) || !fits(height) {
            return Err(NotALogo::Size);
        }
        Ok(Self {
            kind,
            bytes: bytes.to_vec(),
        })
    }
}

/// ISO/IEC 15948: the signature, the header chunk, and nothing after the last chunk.
fn png(bytes: &[u8]) -> Option<(LogoKind, u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let header = rest.strip_prefix(b"\x00\x00\x00\x0dIHDR")?;
    let width = u32::from_be_bytes(*header.first_chunk()?);
    let height = u32::from_be_bytes(*header.get(4..)?.first_chunk()?);
    rest.ends_with(b"\x00\x00\x00\x00IEND\xaeB`\x82")
        .then_some((LogoKind::Png, width, height))
}

/// RFC 9649: a RIFF file as long as it says, of one of the three forms.
fn webp(bytes: &[u8]) -> Option<(LogoKind, u32, u32)> {
    let rest = bytes.strip_prefix(b"RIFF")?;
    let length = u32::from_le_bytes(*rest.first_chunk()?);
    let body = rest.get(4..)?;
    if usize::try_from(length).ok()? != body.len() {
        return None;
    }
    let chunk = body.strip_prefix(b"WEBP")?;
    let form = chunk.first_chunk::<4>()?;
    let data = chunk.get(8..)?;
    let (width, height) = match form {
        b"VP8X" => (three(data.get(4..)?)? + 1, three(data.get(7..)?)? + 1),
        b"VP8L" => {
            let packed = u32::from_le_bytes(*data.strip_prefix(b"\x2f")?.first_chunk()?);
            ((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1)
        }
        b"VP8 " => {
            let frame = data.get(3..)?.strip_prefix(b"\x9d\x01\x2a")?;
            let side = |at: usize| {
                let two = frame.get(at..)?.first_chunk()?;
                Some(u32::from(u16::from_le_bytes(*two) & 0x3fff))
            };
            (side(0)?, side(2)?)
        }
        _ => return None,
    };
    Some((LogoKind::WebP, width, height))
}

fn three(bytes: &[u8]) -> Option<u32> {
    let [low, middle, high] = *bytes.first_chunk()?;
    Some(u32::from_le_bytes([low, middle, high, 0]))
}

fn is_drawing(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1_024)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    head.contains("<svg") || head.contains("<?xml") || head.contains("<!doctype")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x06\x00\x00\x00\x00\x00\x00\x00");
        bytes.extend(b"\x00\x00\x00\x00IEND\xaeB`\x82");
        bytes
    }

    fn webp_of(form: &[u8], data: &[u8]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        body.extend(form);
        body.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        body.extend(data);
        let mut bytes = b"RIFF".to_vec();
        bytes.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
        bytes.extend(body);
        bytes
    }

    #[test]
    fn pictures_are_known_by_their_bytes() {
        let kind = |bytes: &[u8]| Image::read(bytes).map(|image| image.kind);
        assert_eq!(kind(&png_of(64, 64)), Ok(LogoKind::Png));
        assert_eq!(kind(&png_of(0, 64)), Err(NotALogo::Size));
        assert_eq!(kind(&png_of(64, 2_049)), Err(NotALogo::Size));
        let extended = b"\x10\x00\x00\x00\x3f\x00\x00\x3f\x00\x00";
        assert_eq!(kind(&webp_of(b"VP8X", extended)), Ok(LogoKind::WebP));
        assert_eq!(
            kind(&webp_of(b"VP8L", b"\x2f\x3f\xc0\x0f\x00")),
            Ok(LogoKind::WebP)
        );
        let lossy = b"\x00\x00\x00\x9d\x01\x2a\x40\x00\x40\x00";
        assert_eq!(kind(&webp_of(b"VP8 ", lossy)), Ok(LogoKind::WebP));
        assert_eq!(kind(&webp_of(b"VP8X", &[0xff; 10])), Err(NotALogo::Size));
        for drawing in [
            "<svg xmlns='x'/>",
            "<?xml version='1.0'?>",
            "\n <SVG onload=alert(1)>",
        ] {
            assert_eq!(kind(drawing.as_bytes()), Err(NotALogo::Drawing));
        }
        let mut appended = png_of(8, 8);
        appended.extend(b"<script>alert(1)</script>");
        let mut longer = webp_of(b"VP8X", extended);
        longer.push(0);
        let cut = png_of(8, 8);
        for other in [
            b"".as_slice(),
            b"GIF89a",
            b"\xff\xd8\xff",
            &appended,
            &longer,
            &cut[..20],
        ] {
            assert_eq!(kind(other), Err(NotALogo::Unknown));
        }
        assert_eq!(kind(&vec![0; LARGEST_LOGO + 1]), Err(NotALogo::TooLarge));
    }
}
