//! Words that mean the same in a shop, for a word that the catalogue does not have.
//!
//! Whoever asks for a couch where sofas are sold is shown sofas; where both are, each word means
//! itself.

use std::{collections::HashMap, sync::LazyLock};

use super::words::stem;

/// All words of the groups the word is in.
pub(super) fn kin(word: &str) -> impl Iterator<Item = &'static str> {
    let groups = GROUPS_OF.get(&*stem(word)).into_iter().flatten();
    groups.flat_map(|group| group.split_ascii_whitespace())
}

static GROUPS_OF: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut groups_of: HashMap<String, Vec<&'static str>> = HashMap::new();
    for group in GROUPS {
        for word in group.split_ascii_whitespace() {
            groups_of
                .entry(stem(word).into_owned())
                .or_default()
                .push(group);
        }
    }
    groups_of
});

/// English and German, folded.
const GROUPS: &[&str] = &[
    "sofa couch settee",
    "rug carpet teppich",
    "jewellery jewelry schmuck",
    "grey gray grau",
    "colour color farbe",
    "lamp light leuchte lampe",
    "duvet comforter quilt bettdecke",
    "blanket throw decke plaid",
    "inner insert filling fullung",
    "cushion kissen",
    "pillow kissen kopfkissen",
    "curtain drape vorhang gardine",
    "towel handtuch handtucher",
    "bathrobe robe bademantel",
    "candle kerze",
    "holder halter kerzenhalter",
    "table tisch",
    "chair stuhl",
    "armchair sessel",
    "stool hocker",
    "bench bank",
    "bed bett",
    "mattress matratze",
    "shelf regal",
    "bookcase bookshelf bucherregal",
    "sideboard credenza kommode",
    "desk schreibtisch",
    "flower bouquet rose tulip orchid gardenia blume blumen strauss blumenstrauss",
    "basket korb",
    "box kiste schachtel",
    "rack garderobe hanger",
    "plate teller dish",
    "bowl schussel schale",
    "mug cup tasse becher",
    "glass tumbler glas glaser",
    "cutlery silverware flatware besteck",
    "tablecloth tischdecke",
    "napkin serviette",
    "apron schurze",
    "pot pan casserole topf",
    "board brett schneidebrett",
    "mill grinder muhle",
    "knife messer",
    "ring fingerring",
    "necklace kette halskette",
    "earring ohrring ohrringe",
    "bracelet armband",
    "brooch brosche pin",
    "planter pot blumentopf topf",
    "secateurs pruner shears gartenschere",
    "hammock hangematte",
    "glove handschuh",
    "lantern laterne windlicht",
    "cardigan sweater jumper pullover strickjacke",
    "shirt hemd bluse blouse",
    "scarf schal",
    "sock socke",
    "slipper hausschuh",
    "pyjama pajama schlafanzug nightwear",
    "beanie hat cap mutze",
    "gift present geschenk",
    "voucher gutschein",
    "soap seife",
    "detergent waschmittel",
    "oil ol",
    "blue blau",
    "green grun",
    "red rot",
    "white weiss",
    "black schwarz",
    "oak eiche",
    "ash esche",
    "alder erle",
    "linen leinen flax",
    "wool wolle",
    "cotton baumwolle",
    "silver silber",
    "wood wooden holz",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::folded;

    #[test]
    fn groups_are_folded_and_meant() {
        assert!(kin("couches").any(|word| word == "sofa"));
        assert!(kin("kissen").any(|word| word == "pillow"));
        assert!(kin("kissen").any(|word| word == "cushion"));
        assert_eq!(kin("xylophone").count(), 0);
        for group in GROUPS {
            assert_eq!(*group, folded(group));
            assert!(group.split(' ').count() >= 2);
        }
    }
}
