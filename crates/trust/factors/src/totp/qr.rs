//! A QR code as a drawing.

use core::fmt::{self, Write as _};

use qrcodegen::QrCodeEcc;
use terms::Secret;
use thiserror::Error;

/// Dark squares on a light ground with its quiet zone. Whoever sees it knows what is in it, so it shows
/// nothing of itself in a log.
pub struct QrCode {
    size: usize,
    path: Secret<String>,
}

/// Why a text has no QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum QrError {
    #[error("a text of {0} bytes does not fit into a QR code; the largest holds about 2300")]
    TooLong(usize),
}

/// The quiet zone around the squares (ISO/IEC 18004 §6.3.8).
const QUIET: usize = 4;

impl QrCode {
    pub fn of(text: &str) -> Result<Self, QrError> {
        let code = qrcodegen::QrCode::encode_text(text, QrCodeEcc::Medium)
            .map_err(|_| QrError::TooLong(text.len()))?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in 0..code.size() {
                if code.get_module(x, y) {
                    // INVARIANT: writing into a `String` does not fail.
                    let _ = write!(path, "M{} {}h1v1h-1z", shifted(x), shifted(y));
                }
            }
        }
        Ok(Self {
            size: shifted(code.size()).saturating_add(QUIET),
            path: Secret::new(path),
        })
    }

    /// How many squares it is wide and high, with its quiet zone.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// The dark squares as data of a path, for who builds the drawing element by element.
    #[must_use]
    pub const fn path(&self) -> &Secret<String> {
        &self.path
    }

    /// The whole drawing, called `title` by those who do not see it. It has neither script nor style;
    /// its ground is its own, since on a dark page it could not be read.
    #[must_use]
    pub fn svg(&self, title: &str) -> Secret<String> {
        let (size, path) = (self.size, self.path.expose());
        let title = escaped(title);
        Secret::new(format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges"><title>{title}</title><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
        ))
    }
}

impl fmt::Debug for QrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QrCode({} squares)", self.size)
    }
}

fn shifted(module: i32) -> usize {
    usize::try_from(module).map_or(QUIET, |module| module.saturating_add(QUIET))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
