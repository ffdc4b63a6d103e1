//! Texts as lists of terms: lower case, without marks, without the words every text has, one term
//! for the forms of a word and for words that mean the same in a shop.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::LazyLock,
};

/// The terms of a text, in order.
pub(crate) fn terms(text: &str) -> Vec<String> {
    joined(words(text))
        .into_iter()
        .filter(|word| !is_padding(word))
        .map(|word| canonical(&word))
        .collect()
}

/// What a question is about, so that the same one in other words is known again: its terms in order of
/// the alphabet, each once. A question of padding alone is its words.
#[must_use]
pub fn gist(question: &str) -> String {
    let terms: BTreeSet<String> = terms(question).into_iter().collect();
    if terms.is_empty() {
        return words(question).join(" ");
    }
    terms.into_iter().collect::<Vec<_>>().join(" ")
}

/// Words every text has, and numbers, which say how much and not what.
fn is_padding(word: &str) -> bool {
    STOP_WORDS.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word of padding with two letters swapped, or too short to be a slip of anything else.
pub(crate) fn is_padding_swapped(word: &str) -> bool {
    if word.len() <= 2 {
        return true;
    }
    let letters: Vec<char> = word.chars().collect();
    let swapped = (1..letters.len()).map(|at| {
        let mut swapped = letters.clone();
        swapped.swap(at - 1, at);
        swapped.into_iter().collect::<String>()
    });
    word.len() >= 4
        && swapped
            .into_iter()
            .any(|word| STOP_WORDS.contains(word.as_str()))
}

/// Joins verbs that are written apart: "send it back" is a return, "my money back" a refund.
fn joined(mut words: Vec<String>) -> Vec<String> {
    for (verb, particle, meaning) in PHRASAL {
        let mut start = 0;
        while let Some(at) = words
            .iter()
            .skip(start)
            .position(|word| word == verb)
            .map(|at| start + at)
        {
            let reach = words
                .iter()
                .take(at + 4)
                .skip(at + 1)
                .position(|word| word == particle);
            if let Some(distance) = reach {
                words.remove(at + 1 + distance);
                if let Some(word) = words.get_mut(at) {
                    (*meaning).clone_into(word);
                }
            }
            start = at + 1;
        }
    }
    words
}

/// A word, the word that follows within three, and what they mean together.
const PHRASAL: &[(&str, &str, &str)] = &[
    ("send", "back", "return"),
    ("sending", "back", "return"),
    ("give", "back", "return"),
    ("bring", "back", "return"),
    ("ship", "back", "return"),
    ("take", "back", "return"),
    ("money", "back", "refund"),
    ("back", "stock", "restock"),
    ("pick", "up", "collect"),
    ("sign", "in", "login"),
    ("log", "in", "login"),
    ("take", "away", "removal"),
    ("how", "much", "cost"),
    ("wie", "viel", "cost"),
];

/// Whether a question asks how something is done: "how do I …", "wie kann ich …".
pub(crate) fn asks_how(question: &str) -> bool {
    let words = words(question);
    let pairs = words.iter().zip(words.iter().skip(1));
    let asks = |(first, second): (&String, &String)| match first.as_str() {
        "how" => ["do", "can", "to", "should", "would"].contains(&second.as_str()),
        "wie" => !["lange", "viel", "viele", "hoch", "oft", "gross"].contains(&second.as_str()),
        _ => false,
    };
    pairs.into_iter().any(asks)
}

/// Whether a text tells how something is done: a sentence begins with "To …" or "Um …".
pub(crate) fn tells_how(text: &str) -> bool {
    let mut sentences = text.split(['.', '!', '?', '\n']).map(str::trim_start);
    sentences.any(|sentence| sentence.starts_with("To ") || sentence.starts_with("Um "))
}

/// How a text asks: all its words, those of padding included.
pub(crate) fn wording(text: &str) -> HashSet<String> {
    words(text).into_iter().collect()
}

/// The words of a text, folded. Apostrophes belong to their word: "don't" is "dont".
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        if matches!(character, '\'' | '’' | '‘' | '\u{AD}' | '\u{200B}') || is_mark(character) {
            continue;
        }
        if character.is_alphanumeric() {
            if word.len() < LONGEST_WORD {
                character
                    .to_lowercase()
                    .for_each(|lower| fold(&mut word, lower));
            }
        } else if !word.is_empty() {
            words.push(core::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Letters beyond this do not tell words apart; they only cost memory.
const LONGEST_WORD: usize = 40;

const fn is_mark(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}')
}

fn fold(word: &mut String, lower: char) {
    match lower {
        'à'..='æ' | 'ā' | 'ă' | 'ą' => word.push('a'),
        'ç' | 'ć' | 'č' => word.push('c'),
        'è'..='ë' | 'ē' | 'ę' | 'ě' => word.push('e'),
        'ì'..='ï' => word.push('i'),
        'ł' => word.push('l'),
        'ñ' | 'ń' | 'ň' => word.push('n'),
        'ò'..='ö' | 'ø' | 'ő' => word.push('o'),
        'ß' => word.push_str("ss"),
        'ś' | 'š' => word.push('s'),
        'ù'..='ü' | 'ű' | 'ů' => word.push('u'),
        'ý' | 'ÿ' => word.push('y'),
        'ź' | 'ż' | 'ž' => word.push('z'),
        _ => word.push(lower),
    }
}

/// One term for the forms of a word and its synonyms.
fn canonical(word: &str) -> String {
    let stem = stem(word);
    SYNONYMS.get(&stem).cloned().unwrap_or(stem)
}

/// Light stemming: English plurals, "-ing", "-ed", "-ment", "-able", "-ly", German "-en", final "e"
/// and "y". Wrong stems do no harm as long as the same word always has the same one.
fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return stem;
    }
    if let Some(root) = stem.strip_suffix("ies").filter(|root| root.len() >= 3) {
        stem = format!("{root}y");
    } else if let Some(root) = stem
        .strip_suffix("sses")
        .or_else(|| stem.strip_suffix("xes"))
    {
        let kept = stem.len() - 2;
        stem = if root.is_empty() {
            stem
        } else {
            stem.get(..kept).unwrap_or_default().to_owned()
        };
    } else if !stem.ends_with("ss")
        && !stem.ends_with("us")
        && !stem.ends_with("is")
        && let Some(root) = stem.strip_suffix('s')
    {
        stem = root.to_owned();
    }
    for (suffix, fewest) in [("ing", 3), ("ed", 3), ("able", 4), ("ment", 3), ("ly", 4)] {
        if let Some(root) = stem
            .strip_suffix(suffix)
            .filter(|root| root.len() >= fewest && has_vowel(root))
        {
            stem = root.to_owned();
            break;
        }
    }
    // German infinitives and plurals: "pflegen" is "pfleg" as "pflege" is.
    if let Some(root) = stem
        .strip_suffix("en")
        .filter(|root| root.len() >= 4 && has_vowel(root))
    {
        stem = root.to_owned();
    }
    let root = stem
        .strip_suffix(['e', 'y'])
        .filter(|root| root.len() >= 3)
        .unwrap_or(&stem);
    undoubled(root).to_owned()
}

fn has_vowel(root: &str) -> bool {
    root.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// "shipp" is "ship", "sell" is "sel".
fn undoubled(root: &str) -> &str {
    let mut letters = root.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before => root.strip_suffix(last).unwrap_or(root),
        _ => root,
    }
}

/// The terms a word may be put together from, as German puts words together: "reifendruck" is
/// "reifen" and "druck", "zahlungsarten" is "zahlung" and "arten". The longest first part that is
/// known wins; a part that is not known is left out.
pub(crate) fn parts(word: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let known = |part: &str| Some(canonical(part)).filter(|term| is_known(term));
    let linked = |part: &str| {
        let endings = ["", "s", "es", "n", "en"].into_iter();
        let mut shorter = endings.filter_map(|ending| part.strip_suffix(ending));
        shorter.find_map(|part| known(part).filter(|_| part.len() >= SHORTEST_PART))
    };
    let cuts = word.char_indices().map(|(at, _)| word.split_at(at)).rev();
    let long_enough = |part: &&str| part.len() >= SHORTEST_PART;
    let cuts: Vec<(&str, &str)> = cuts
        .filter(|(first, second)| long_enough(first) && long_enough(second))
        .collect();
    let both = cuts
        .iter()
        .find_map(|(first, second)| Some(vec![linked(first)?, known(second)?]));
    let long = |part: &&str| part.len() >= SHORTEST_PART_ALONE;
    let first = || {
        cuts.iter()
            .filter(|(first, _)| long(first))
            .find_map(|(first, _)| linked(first))
    };
    let second = || {
        let mut longest = cuts.iter().rev().filter(|(_, second)| long(second));
        longest.find_map(|(_, second)| known(second))
    };
    both.unwrap_or_else(|| first().or_else(second).into_iter().collect())
}

/// Shorter pieces of words are no words: "rad" is, but so are too many others.
const SHORTEST_PART: usize = 4;
/// A part that stands for the whole word.
const SHORTEST_PART_ALONE: usize = 6;

/// Every word that counts as another term, stemmed, with that term.
pub(crate) fn synonyms() -> impl Iterator<Item = (&'static str, &'static str)> {
    SYNONYMS
        .iter()
        .map(|(word, term)| (word.as_str(), term.as_str()))
}

static SYNONYMS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let groups = SAME_IN_A_SHOP
        .iter()
        .map(|group| group.split_ascii_whitespace());
    groups
        .flat_map(|mut group| {
            let first = stem(group.next().unwrap_or_default());
            group
                .map(move |word| (stem(word), first.clone()))
                .collect::<Vec<_>>()
        })
        .collect()
});

/// Words that mean the same when people ask a shop.
const SAME_IN_A_SHOP: &[&str] = &[
    "delivery deliver lieferung liefern liefert geliefert versand versenden verschicken zustellung lieferzeit ship shipping shipment dispatch postage courier despatch",
    "parcel package packet box consignment paket sendung",
    "refund reimburse reimbursement erstattung erstatten erstattet ruckerstattung ruckzahlung",
    "return returns ruckgabe zuruckgeben zuruckschicken zurucksenden retoure retournieren rucksendung",
    "exchange swap replace replacement umtausch umtauschen tauschen",
    "cancel cancellation abort stop stornieren stornierung storno storniere",
    "change modify edit amend alter update wrong mistake incorrect andern anderung",
    "cost costs price fee charge expensive kosten kostet preis versandkosten lieferkosten",
    "damaged kaputt beschadigt defekt broken faulty defect defective cracked damage smashed torn ripped fault",
    "warranty guarantee guaranty garantie gewahrleistung",
    "discount rabatt rabattcode promo promotion coupon voucher promocode",
    "contact telefon telefonnummer kontakt erreichen phone telephone call reach ring hotline",
    "shop store showroom boutique located location laden geschaft filiale",
    "open opening opens hours closed close offnungszeiten geoffnet offen",
    "wash washing laundry launder clean cleaning",
    "wool woollen woolen knitwear sweater jumper cardigan pullover",
    "linen bedding sheets duvet bedsheets",
    "wood wooden oak timber",
    "size grosse grossen sizing fit fits sizes measurements",
    "colour farbe farben color colours colors",
    "stock lager vorratig verfugbar available availability restock restocked sold",
    "login signin logon",
    "account profile konto kundenkonto",
    "delete erase remove deletion",
    "collect pickup pick collection abholen abholung",
    "late delayed delay overdue",
    "arrive arrived arrival come",
    "gift present giftwrap geschenk gutschein geschenkgutschein geschenkkarte",
    "wrap wrapping wrapped",
    "unsubscribe subscribe newsletter subscription",
    "business company trade wholesale b2b businesses companies corporate",
    "dishes stoneware plates plate bowl bowls mug mugs ceramic ceramics crockery pottery",
    "customs duty duties tariff tariffs import",
    "old used",
    "furniture sofa couch table chair armchair bed shelf shelves wardrobe sideboard bench desk",
    "freight heavy heavier bulky",
    "clothing clothes dress shirt trousers blouse skirt garment",
    "assemble assembled assembly build built",
    "express overnight fast fastest urgent quick quickly",
    "sustainable sustainability eco ecological environment organic green ethical recycled",
    "data privacy personal gdpr",
    "free gratis complimentary",
    "uk britain england",
    "card visa mastercard amex karte kreditkarte",
    "jewellery jewelry earring earrings",
    "lost lose disappeared",
    "invoice bill receipt rechnung",
    "payment pay zahlung zahlen bezahlen zahlungsarten bezahlung zahlungsmethoden",
    "furniture mobel",
    "address adresse lieferadresse",
    "password passwort kennwort",
    "order bestellung bestellen",
    "candle kerze kerzen",
    "data daten datenschutz",
    "sample muster stoffmuster",
    "dishwasher spulmaschine",
    "wash waschen wasche",
    "missing fehlt fehlen",
    "sale reduced markdown ausverkauf",
];

static STOP_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| STOP_WORD_LIST.split_ascii_whitespace().collect());

/// Words every text has, English and German. What is left of a question without them is what it
/// asks about.
const STOP_WORD_LIST: &str = "\
    ago bought ordered mother father mom dad wife husband friend son daughter girlfriend boyfriend \
    today yesterday tomorrow last next month months year years love nice different another other \
    choose find looking look possible arent shouldnt ur dear guys dauert lange viel gibt ihre ihren \
        a about after again all also am an and any are as at be because been but by can cant could \
    did do does doesnt dont else for from get getting give go going got had has have havent \
    having he hello help her here hi him his how i id if ill im in into is isnt it its ive \
    just know let like long many may me might more most much must my need no not now of off on \
    one only or our out over please pls really s say see shall she should so some someone \
    something still such tell than thanks thank that thats the their them then there these \
    they thing things this those to too try u until up us use using very want wanna was wasnt \
    we well went were what whats when where wheres which whos hows theres while who why will with without wont \
    work works would yes yet you your youre yours happen happens possible way take takes make \
    question number time times never sell buy offer e policy policies rule rules condition \
    conditions week weeks day days typed already ok okay whether instead myself maybe exactly \
    actually wondering understand anyone der die das und ist sind ich sie ihr wir mein meine \
    meinen wie wann wo kann fur mit nicht bitte ein eine einen einer zu zur zum es haben habe \
    hat auf von den dem des bei aus mir mich man werden wird oder noch auch ob wenn \
    oft muss mussen konnen konnt konnte brauch brauche brauchen habt lassen lasst wohin welche \
    welcher welches welchen welchem eure euer uns unser unsere unseren als dann mehr etwas hier \
    dort bin bist seid sein kein keine keinen nach durch gegen ohne um bis seit wegen doch mal nur \
    schon sehr also beim vom am im ins gerne gern geht";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_term() {
        for group in [
            &[
                "ship",
                "ships",
                "shipping",
                "shipped",
                "delivery",
                "deliveries",
                "delivered",
            ][..],
            &["return", "returns", "returned", "returning", "returnable"],
            &["refund", "refunds", "refunded", "refundable"],
            &["exchange", "exchanges", "exchanged", "exchanging", "swap"],
            &["candle", "candles"],
            &["cancel", "cancels", "cancelled", "cancellation"],
            &["damaged", "damage", "broken"],
        ] {
            let found: Vec<_> = group.iter().map(|word| canonical(word)).collect();
            assert!(
                found.iter().all(|term| Some(term) == found.first()),
                "{group:?} {found:?}"
            );
        }
    }

    #[test]
    fn questions_lose_their_padding() {
        assert_eq!(terms("How do I return a Straße?"), ["return", "stras"]);
        assert_eq!(terms("What's it like?"), Vec::<String>::new());
        assert_eq!(terms("Don't panic"), ["panic"]);
    }
}
