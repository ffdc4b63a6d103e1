//! Numbers in words, 0 to 999 999, in the languages the guard knows.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::facts::words::spelling;

/// A set of languages, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tongues(pub(crate) u8);

impl Tongues {
    pub(crate) const EN: Self = Self(1);
    pub(crate) const DE: Self = Self(2);
    pub(crate) const FR: Self = Self(4);
    pub(crate) const ES: Self = Self(8);
    pub(crate) const IT: Self = Self(16);
    pub(crate) const PT: Self = Self(32);
    pub(crate) const NL: Self = Self(64);
    pub(crate) const PL: Self = Self(128);
    pub(crate) const ALL: Self = Self(255);

    const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

const SMALL: &[(Tongues, &str)] = &[
    (
        Tongues::EN,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    ),
    (
        Tongues::DE,
        "null ein/eins/eine/einen/einem/einer zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    ),
    (
        Tongues::FR,
        "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    ),
    (
        Tongues::ES,
        "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    ),
    (
        Tongues::IT,
        "zero un/uno/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    ),
    (
        Tongues::PT,
        "zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezasseis/dezesseis dezassete/dezessete dezoito dezanove/dezenove",
    ),
    (
        Tongues::NL,
        "nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    ),
    (
        Tongues::PL,
        "zero jeden/jedna/jedno/jednego/jednej dwa/dwie/dwóch trzy/trzech cztery/czterech pięć/pięciu sześć/sześciu siedem/siedmiu osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu jedenaście/jedenastu dwanaście/dwunastu trzynaście/trzynastu czternaście/czternastu piętnaście/piętnastu szesnaście/szesnastu siedemnaście/siedemnastu osiemnaście/osiemnastu dziewiętnaście/dziewiętnastu",
    ),
];

/// From twenty on, in tens.
const TENS: &[(Tongues, &str)] = &[
    (
        Tongues::EN,
        "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
    ),
    (
        Tongues::DE,
        "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
    ),
    (
        Tongues::FR,
        "vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante",
    ),
    (
        Tongues::ES,
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    ),
    (
        Tongues::IT,
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    ),
    (
        Tongues::PT,
        "vinte trinta quarenta cinquenta/cinqüenta sessenta setenta oitenta noventa",
    ),
    (
        Tongues::NL,
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    ),
    (
        Tongues::PL,
        "dwadzieścia/dwudziestu trzydzieści/trzydziestu czterdzieści/czterdziestu pięćdziesiąt/pięćdziesięciu sześćdziesiąt/sześćdziesięciu siedemdziesiąt/siedemdziesięciu osiemdziesiąt/osiemdziesięciu dziewięćdziesiąt/dziewięćdziesięciu",
    ),
];

/// From one hundred on, in hundreds.
const HUNDREDS: &[(Tongues, &str)] = &[
    (
        Tongues::ES,
        "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas",
    ),
    (
        Tongues::PT,
        "cem/cento duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas seiscentos/seiscentas setecentos/setecentas oitocentos/oitocentas novecentos/novecentas",
    ),
    (
        Tongues::PL,
        "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset",
    ),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It is added: below a hundred, or whole hundreds.
    Add(u32),
    /// What stands before it is multiplied.
    Times(u32),
}

static PARTS: LazyLock<BTreeMap<String, Vec<(Tongues, Part)>>> = LazyLock::new(|| {
    let mut parts: BTreeMap<String, Vec<(Tongues, Part)>> = BTreeMap::new();
    let mut add = |word: &str, tongues: Tongues, part: Part| {
        let known = parts.entry(spelling(word)).or_default();
        if !known.contains(&(tongues, part)) {
            known.push((tongues, part));
        }
    };
    for (rows, first, step) in [(SMALL, 0, 1), (TENS, 20, 10), (HUNDREDS, 100, 100)] {
        for (tongues, row) in rows {
            for (index, words) in (0_u32..).zip(row.split(' ')) {
                for word in words.split('/') {
                    add(word, *tongues, Part::Add(first + index * step));
                }
            }
        }
    }
    for (tongues, words, times) in [
        (Tongues::EN, "hundred hundreds", 100),
        (Tongues::DE, "hundert", 100),
        (Tongues::FR, "cent cents", 100),
        (Tongues::IT, "cento", 100),
        (Tongues::NL, "honderd", 100),
        (Tongues::EN, "thousand", 1000),
        (Tongues::DE, "tausend", 1000),
        (Tongues::FR, "mille", 1000),
        (Tongues::ES, "mil", 1000),
        (Tongues::IT, "mille mila", 1000),
        (Tongues::PT, "mil", 1000),
        (Tongues::NL, "duizend", 1000),
        (Tongues::PL, "tysiąc tysiące tysięcy", 1000),
    ] {
        for word in words.split(' ') {
            add(word, tongues, Part::Times(times));
        }
    }
    for (word, value) in [("veintiún", 21), ("veintiuna", 21)] {
        add(word, Tongues::ES, Part::Add(value));
    }
    for value in 21..1000 {
        for (tongues, word) in in_one_word(value) {
            add(&word, tongues, Part::Add(value));
        }
    }
    parts
});

/// How a number is written in one word, in the languages that do.
fn in_one_word(value: u32) -> Vec<(Tongues, String)> {
    let mut words = Vec::new();
    for (tongues, hundred, and) in [
        (Tongues::DE, "hundert", "und"),
        (Tongues::NL, "honderd", "en"),
        (Tongues::IT, "cento", ""),
        (Tongues::ES, "", ""),
    ] {
        let name = |rows: &[(Tongues, &str)], index: u32| {
            let row = rows.iter().find(|(of, _)| *of == tongues)?.1;
            let word = row.split(' ').nth(usize::try_from(index).ok()?)?;
            word.split('/').next().map(spelling)
        };
        let below = |value: u32| -> Option<String> {
            let (ten, one) = (value / 10, value % 10);
            if value < 20 {
                return name(SMALL, value);
            }
            let ten = name(TENS, ten - 2)?;
            match (tongues, one) {
                (_, 0) => Some(ten),
                (Tongues::DE | Tongues::NL, _) => Some(format!("{}{and}{ten}", name(SMALL, one)?)),
                (Tongues::ES, _) if value < 30 => Some(format!("veinti{}", name_of_one(one)?)),
                (Tongues::ES, _) => None,
                // ventuno, ventotto
                (_, 1) => Some(format!("{}uno", ten.get(..ten.len() - 1)?)),
                (_, 8) => Some(format!("{}otto", ten.get(..ten.len() - 1)?)),
                _ => Some(format!("{ten}{}", name(SMALL, one)?)),
            }
        };
        let whole = match (value / 100, value % 100) {
            (0, rest) => below(rest),
            _ if hundred.is_empty() => None,
            (hundreds, rest) => {
                let before = (hundreds > 1).then(|| name(SMALL, hundreds)).flatten();
                let after = (rest > 0).then(|| below(rest)).flatten();
                Some(format!(
                    "{}{hundred}{}",
                    before.unwrap_or_default(),
                    after.unwrap_or_default()
                ))
            }
        };
        words.extend(whole.map(|word| (tongues, word)));
    }
    words
}

fn name_of_one(one: u32) -> Option<&'static str> {
    let names = [
        "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
    ];
    names
        .get(usize::try_from(one.checked_sub(1)?).ok()?)
        .copied()
}

/// A number in words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) value: u32,
    /// Words it takes, those between included.
    pub(crate) length: usize,
    pub(crate) tongues: Tongues,
}

/// Longest number that is read, in words.
const LONGEST: usize = 10;

/// The number that starts with the first of the words.
pub(crate) fn read<'a>(words: impl Iterator<Item = &'a str>) -> Option<Spelled> {
    let mut tongues = Tongues::ALL;
    let (mut whole, mut open) = (0_u32, 0_u32);
    let mut length = 0;
    let mut last = None;
    for (index, word) in words.take(LONGEST).enumerate() {
        let joins = length > 0 && matches!(word, "and" | "et" | "y" | "e" | "i");
        if joins {
            continue;
        }
        let known = PARTS.get(word).map_or(&[][..], Vec::as_slice);
        let mut fitting = known.iter().filter(|(of, _)| of.meets(tongues));
        // Of a word that two languages have, the languages that agree on what it is.
        let Some((_, part)) = fitting.next() else {
            break;
        };
        let of = known
            .iter()
            .filter(|(_, other)| other == part)
            .fold(Tongues(0), |all, (of, _)| Tongues(all.0 | of.0));
        let Some(next) = joined(open, last, *part, of) else {
            break;
        };
        match next {
            Joined::Open(value) => open = value,
            Joined::Thousands(value) => {
                whole = value;
                open = 0;
            }
        }
        last = Some(*part);
        tongues = tongues.and(of);
        length = index + 1;
    }
    (length > 0).then_some(Spelled {
        value: whole.saturating_add(open),
        length,
        tongues,
    })
}

enum Joined {
    Open(u32),
    Thousands(u32),
}

fn joined(open: u32, last: Option<Part>, part: Part, of: Tongues) -> Option<Joined> {
    let below = open % 100;
    let french = of.meets(Tongues::FR);
    match part {
        Part::Times(1000) => Some(Joined::Thousands(open.max(1).saturating_mul(1000))),
        Part::Times(times) => (open < 10).then(|| Joined::Open(open.max(1) * times)),
        _ if last.is_none() => match part {
            Part::Add(value) => Some(Joined::Open(value)),
            Part::Times(_) => None,
        },
        // quatre-vingts
        Part::Add(20) if french && below == 4 => Some(Joined::Open(open - 4 + 80)),
        Part::Add(value) if value >= 100 => (open == 0).then_some(Joined::Open(value)),
        Part::Add(value) => {
            let room = below == 0 && open > 0
                || open == 0
                || (below >= 20 && below.is_multiple_of(10) && value < 10)
                || (french
                    && matches!(below, 60 | 80 | 10)
                    && value < 20
                    && (below != 10 || value < 10));
            (room && value > 0).then(|| Joined::Open(open + value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{facts::words::words, view::View};

    fn value(text: &str) -> Option<(u32, usize)> {
        let words = words(&View::of(text));
        let found = read(words.iter().map(|word| word.text.as_str()))?;
        Some((found.value, found.length))
    }

    #[test]
    fn numbers_in_words() {
        for (text, expected) in [
            ("three left", 3),
            ("twenty-five days", 25),
            ("one hundred and forty nine euros", 149),
            ("one thousand two hundred ninety-nine", 1299),
            ("neunundvierzig Euro", 49),
            ("hundertzwanzig", 120),
            ("dreißig Tage", 30),
            ("zweihundertfünfzig", 250),
            ("quatre-vingt-dix-neuf euros", 99),
            ("soixante-dix", 70),
            ("soixante et onze", 71),
            ("vingt et un jours", 21),
            ("deux cents", 200),
            ("treinta y cinco", 35),
            ("veintidós días", 22),
            ("doscientos cincuenta", 250),
            ("mil doscientos", 1200),
            ("quarantanove euro", 49),
            ("ventotto", 28),
            ("centocinquanta", 150),
            ("trinta e cinco", 35),
            ("negenenveertig", 49),
            ("dwadzieścia jeden", 21),
            ("czternastu dni", 14),
        ] {
            let found = value(text).map(|(value, _)| value);
            assert_eq!(found, Some(expected), "{text}");
        }
        assert_eq!(value("two three"), Some((2, 1)));
        assert_eq!(value("hello"), None);
    }
}
