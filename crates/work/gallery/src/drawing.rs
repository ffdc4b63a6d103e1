//! Drawings of the house's own, for a shop that has no photographs.
//!
//! INVARIANT: a drawing is made of texts of the program alone, which is why all of them are `'static`. An
//! SVG that came from outside cannot become one: it could carry scripts and lead elsewhere.

use store::{StoreError, Transaction, pictures::ProductPictureRow};
use terms::{Picture, PictureKind, ShopId, Timestamp};

use crate::keep;

/// A kind of good, tinted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The inside of an SVG of 160 by 160 points, with colours to be filled in: ` ~a`, ` ~b` and ` ~c` fill
    /// with the drawing's colours, ` ~d` shades and ` ~l` lights; the capital letters draw a line instead,
    /// whose width is ` w="…"`.
    pub body: &'static str,
    /// What lies behind it.
    pub backdrop: &'static str,
    pub colours: [&'static str; 3],
}

impl Drawing {
    /// The drawing as an SVG.
    #[must_use]
    pub fn svg(&self) -> String {
        const LINE: &str = r#" fill="none" stroke-linecap="round" stroke-linejoin="round" stroke="#;
        let mut body = self.body.replace(" w=\"", " stroke-width=\"");
        let marks = [(" ~a", " ~A"), (" ~b", " ~B"), (" ~c", " ~C")];
        for ((fill, line), colour) in marks.into_iter().zip(self.colours) {
            body = body
                .replace(fill, &format!(" fill=\"{colour}\""))
                .replace(line, &format!("{LINE}\"{colour}\""));
        }
        body = body
            .replace(" ~d", r##" fill="#201a14" fill-opacity=".16""##)
            .replace(" ~l", r##" fill="#fff" fill-opacity=".4""##)
            .replace(" ~D", &format!(r##"{LINE}"#201a14" stroke-opacity=".22""##))
            .replace(" ~L", &format!(r##"{LINE}"#fff" stroke-opacity=".45""##));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 160 160\" width=\"320\" height=\"320\">\
             <rect width=\"160\" height=\"160\" fill=\"{}\"/>{body}</svg>",
            self.backdrop
        )
    }

    /// Gives the drawing to a product that has no picture yet.
    pub async fn give(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        product: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let image = self.svg().into_bytes();
        let name = keep(tx, shop, PictureKind::Svg, image, now).await?;
        let row = ProductPictureRow {
            shop,
            product: product.to_owned(),
            source: String::new(),
            // A drawing has every size.
            picture: Some(Picture {
                card: name,
                detail: name,
            }),
            refused: None,
            tried_at: now,
        };
        tx.write_product_picture(&row).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_lines_are_filled_in() {
        let drawing = Drawing {
            body: r#"<path d="M1 1" ~a/><path d="M2 2" ~B w="3"/><path ~d/><path ~l/><path ~D/><path ~L/>"#,
            backdrop: "#efe6d8",
            colours: ["#111111", "#222222", "#333333"],
        };
        let svg = drawing.svg();
        assert!(
            svg.contains(r##"<path d="M1 1" fill="#111111"/>"##),
            "{svg}"
        );
        assert!(
            svg.contains(r##"stroke="#222222" stroke-width="3"/>"##),
            "{svg}"
        );
        assert!(svg.contains(r##"fill="#efe6d8""##));
        assert!(!svg.contains('~'), "{svg}");
    }
}
