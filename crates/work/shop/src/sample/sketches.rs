//! What the sample shop's goods look like: drawings by hand in `sample/drawings.txt`, whose form is told
//! at its head. They are texts of the program; who serves them tints them.

use std::collections::HashMap;

const DRAWINGS: &str = include_str!("../../sample/drawings.txt");

/// Backdrops by the names that the drawings call them.
const BACKDROPS: [(&str, &str); 8] = [
    ("sand", "#efe6d8"),
    ("sage", "#dfe7dc"),
    ("sky", "#dbe6ea"),
    ("rose", "#f0dfd8"),
    ("ochre", "#f2e5c4"),
    ("lilac", "#e5e0ea"),
    ("stone", "#e6e3de"),
    ("clay", "#ecd9cc"),
];

/// How one product is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch {
    pub product: &'static str,
    /// The inside of an SVG, with marks where colours go.
    pub body: &'static str,
    pub backdrop: &'static str,
    pub colours: [&'static str; 3],
}

/// A sketch of every product of the sample shop.
#[must_use]
pub fn sketches() -> Vec<Sketch> {
    let mut bodies: HashMap<&str, &str> = HashMap::new();
    let mut kind = "";
    let mut sketches = Vec::new();
    for line in DRAWINGS.lines() {
        if let Some(name) = line.strip_prefix('[') {
            kind = name.trim_end_matches(']');
        } else if line.starts_with('<') {
            bodies.insert(kind, line);
        } else if let Some(product) = line.strip_prefix("= ") {
            sketches.extend(sketch(product, &bodies));
        }
    }
    sketches
}

/// `None` where the line names what is not there; a test of the room finds such a line.
fn sketch(line: &'static str, bodies: &HashMap<&str, &'static str>) -> Option<Sketch> {
    let mut words = line.split_whitespace();
    let (product, kind, backdrop) = (words.next()?, words.next()?, words.next()?);
    let (_, backdrop) = BACKDROPS.into_iter().find(|(name, _)| *name == backdrop)?;
    let mut colour = || words.next().unwrap_or("#c9a06a");
    Some(Sketch {
        product,
        body: bodies.get(kind).copied()?,
        backdrop,
        colours: [colour(), colour(), colour()],
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use commerce::document::Element;
    use terms::Timestamp;

    use super::*;

    #[test]
    fn every_product_is_drawn_once_and_no_two_alike() {
        let (_, elements) = super::super::elements(1, Timestamp::from_millis(1_795_339_800_125));
        let products: HashSet<String> = elements
            .into_iter()
            .filter_map(|element| match element {
                Element::Product(product) => Some(product.id),
                _ => None,
            })
            .collect();
        let sketches = sketches();
        let drawn: HashSet<&str> = sketches.iter().map(|sketch| sketch.product).collect();
        assert_eq!(drawn.len(), sketches.len());
        assert_eq!(drawn, products.iter().map(String::as_str).collect());
        let looks: HashSet<_> = sketches
            .iter()
            .map(|sketch| (sketch.body, sketch.backdrop, sketch.colours))
            .collect();
        assert_eq!(looks.len(), sketches.len());
    }

    /// Nothing in a drawing leads anywhere, runs, or brings styles along.
    #[test]
    fn drawings_are_shapes_and_nothing_else() {
        const SHAPES: [&str; 6] = ["path", "circle", "ellipse", "rect", "g", "/g"];
        for Sketch { product, body, .. } in sketches() {
            for tag in body.split('<').skip(1) {
                let name = tag.split(['>', ' ', '/']).next().unwrap_or_default();
                let name = if tag.starts_with('/') { "/g" } else { name };
                assert!(SHAPES.contains(&name), "{product}: {tag}");
            }
            for word in ["href", "url(", "style", "on", "xmlns", "&", "!"] {
                assert!(!body.contains(&format!(" {word}")), "{product}: {word}");
                assert!(word == "on" || !body.contains(word), "{product}: {word}");
            }
        }
    }
}
