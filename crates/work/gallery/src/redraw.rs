//! Reading a picture from outside, and drawing it anew.
//!
//! What a file is, its own first bytes say, whatever it was called. It is decoded by the one decoder of
//! that format, within bounds of points and memory, and what comes out is points and nothing else: where
//! and with what it was taken, colour profiles, comments, further frames, and whatever stood behind its
//! end are gone. Drawings that are texts (SVG) are refused: they can carry scripts and lead elsewhere.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, error::LimitErrorKind,
};
use store::pictures::LARGEST;

/// The largest file that is looked at, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;
/// The longer side of a picture on a card, and on the page of one product, in points.
pub const CARD: u32 = 320;
pub const DETAIL: u32 = 960;
/// The longest side that is decoded, the most points, and the most memory for them. A decoder may need as
/// much again beside them: a progressive JPEG its coefficients, an animated WebP what it is drawn on.
const LONGEST_SIDE: u32 = 10_000;
const MOST_POINTS: u64 = 24_000_000;
const MOST_MEMORY: u64 = 128 * 1024 * 1024;
/// What is smaller shows nothing; it is there to count who looks.
const SHORTEST_SIDE: u32 = 24;
/// How well the new picture keeps to the old one, from the best on until it is small enough.
const QUALITIES: [u8; 3] = [82, 65, 45];

/// A picture drawn anew, in two sizes, each a JPEG. INVARIANT: only this module makes one.
pub struct Redrawn {
    card: Vec<u8>,
    detail: Vec<u8>,
}

impl Redrawn {
    /// The picture for a card, and the one for a page.
    #[must_use]
    pub fn into_sizes(self) -> (Vec<u8>, Vec<u8>) {
        (self.card, self.detail)
    }
}

impl core::fmt::Debug for Redrawn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Redrawn({}, {})", self.card.len(), self.detail.len())
    }
}

/// Why a file is no picture that is shown, for staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPicture {
    #[error(
        "the file is larger than {} MiB: save the picture smaller",
        LARGEST_FILE / 1024 / 1024
    )]
    FileTooLarge,
    #[error(
        "the picture has more than {MOST_POINTS} points, or more than {LONGEST_SIDE} on a side: save it smaller, 2,000 points on a side are plenty"
    )]
    TooLarge,
    #[error("the picture is smaller than {SHORTEST_SIDE} points on a side")]
    TooSmall,
    #[error("an SVG can carry scripts and is not taken: save the picture as JPEG, PNG or WebP")]
    Drawing,
    #[error("the address holds a web page and no picture: name the address of the picture itself")]
    Page,
    #[error("the file is no JPEG, PNG or WebP picture")]
    Unknown,
    #[error("the picture is broken or cut off")]
    Broken,
}

/// Draws a picture anew. At the bounds it takes a second of one core and 300 MB.
///
/// # Errors
///
/// [`NotAPicture`] when the bytes are no picture that is shown.
pub fn redrawn(bytes: &[u8]) -> Result<Redrawn, NotAPicture> {
    let decoded = opaque(decoded(bytes)?);
    let detail = within(&decoded, DETAIL);
    // From the smaller one: it is the same to the eye, and a tenth of the work.
    let card = within(&detail, CARD);
    Ok(Redrawn {
        card: encoded(card.into_rgb8())?,
        detail: encoded(detail.into_rgb8())?,
    })
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage, NotAPicture> {
    if bytes.len() > LARGEST_FILE {
        return Err(NotAPicture::FileTooLarge);
    }
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ => return Err(unknown(bytes)),
    };
    if format == ImageFormat::Jpeg && !is_whole(bytes) {
        return Err(NotAPicture::Broken);
    }
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    // INVARIANT: what a file says of its size is looked at before memory is taken for it.
    let (width, height) = decoder.dimensions();
    let points = u64::from(width).saturating_mul(u64::from(height));
    if points > MOST_POINTS || decoder.total_bytes() > MOST_MEMORY {
        return Err(NotAPicture::TooLarge);
    }
    if width.min(height) < SHORTEST_SIDE {
        return Err(NotAPicture::TooSmall);
    }
    // Which way is up stands among what is dropped, so it is done first. One that cannot be read is none.
    let orientation = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    Ok(image)
}

/// Whether a JPEG has its end: the decoder fills with grey what was cut off. The end is looked for behind
/// where the points begin, since a small copy with an end of its own may stand before.
fn is_whole(bytes: &[u8]) -> bool {
    const POINTS: u8 = 0xda;
    const END: [u8; 2] = [0xff, 0xd9];
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        match rest {
            [0xff, 0xff, ..] => rest = rest.get(1..).unwrap_or_default(),
            [0xff, POINTS, points @ ..] => return points.windows(2).any(|two| two == END),
            [0xff, _, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(length.saturating_add(2)..).unwrap_or_default();
            }
            _ => return false,
        }
    }
}

fn why(error: &ImageError) -> NotAPicture {
    match error {
        ImageError::Limits(limit) => match limit.kind() {
            LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory => {
                NotAPicture::TooLarge
            }
            _ => NotAPicture::Broken,
        },
        _ => NotAPicture::Broken,
    }
}

/// What else a file is, told from how it begins.
fn unknown(bytes: &[u8]) -> NotAPicture {
    let begin: Vec<u8> = bytes.iter().take(1_024).copied().collect();
    let begin = String::from_utf8_lossy(&begin).to_ascii_lowercase();
    let begin = begin.trim_start_matches('\u{feff}').trim_start();
    if begin.contains("<svg") {
        NotAPicture::Drawing
    } else if begin.starts_with("<!doctype html") || begin.contains("<html") {
        NotAPicture::Page
    } else {
        NotAPicture::Unknown
    }
}

/// What can be seen through is seen on white, as on the shop's own pages.
fn opaque(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image;
    }
    let mut points = image.into_rgba8();
    for point in points.pixels_mut() {
        let [red, green, blue, alpha] = point.0;
        let seen = |colour: u8| {
            let (colour, alpha) = (u16::from(colour), u16::from(alpha));
            let sum = colour
                .saturating_mul(alpha)
                .saturating_add(255_u16.saturating_mul(255_u16.saturating_sub(alpha)));
            u8::try_from(sum.saturating_add(127) / 255).unwrap_or(u8::MAX)
        };
        point.0 = [seen(red), seen(green), seen(blue), u8::MAX];
    }
    DynamicImage::ImageRgba8(points)
}

/// The picture, no longer on any side than this.
fn within(image: &DynamicImage, side: u32) -> DynamicImage {
    if image.width() <= side && image.height() <= side {
        return image.clone();
    }
    image.thumbnail(side, side)
}

fn encoded(image: RgbImage) -> Result<Vec<u8>, NotAPicture> {
    for quality in QUALITIES {
        let mut out = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut out, quality);
        image
            .write_with_encoder(encoder)
            .map_err(|_| NotAPicture::Broken)?;
        if out.len() <= LARGEST {
            return Ok(out);
        }
    }
    Err(NotAPicture::TooLarge)
}

#[cfg(test)]
mod tests;
