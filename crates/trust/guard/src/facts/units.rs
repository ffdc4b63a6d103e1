//! What a number counts: money, parts, spans of time, pieces.

use std::{collections::BTreeMap, sync::LazyLock};

use terms::Currency;

use crate::facts::{spelled::Tongues, words::spelling};

/// What stands beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    Workday,
    Week,
    Month,
    Year,
    Piece,
    Percent,
    /// The hundredth part of a currency.
    Cent,
    /// Nothing but a time of day has it: "17 Uhr".
    Clock,
    Money(Coin),
}

/// A currency as it is named; a `$` may be one of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Coin {
    Dollar,
    Euro,
    Pound,
    Franc,
    Zloty,
    Crown,
    Yen,
    Real,
    Rupee,
    Koruna,
    Forint,
    Lira,
}

impl Coin {
    /// The codes it may stand for.
    pub(crate) const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Dollar => &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"],
            Self::Euro => &["EUR"],
            Self::Pound => &["GBP"],
            Self::Franc => &["CHF"],
            Self::Zloty => &["PLN"],
            Self::Crown => &["SEK", "NOK", "DKK", "ISK"],
            Self::Yen => &["JPY", "CNY"],
            Self::Real => &["BRL"],
            Self::Rupee => &["INR"],
            Self::Koruna => &["CZK"],
            Self::Forint => &["HUF"],
            Self::Lira => &["TRY"],
        }
    }
}

const WORDS: &[(Tongues, Unit, &str)] = &[
    (Tongues::EN, Unit::Minute, "minute minutes min mins"),
    (Tongues::DE, Unit::Minute, "Minute Minuten Min"),
    (Tongues::FR, Unit::Minute, "minute minutes"),
    (Tongues::ES, Unit::Minute, "minuto minutos"),
    (Tongues::IT, Unit::Minute, "minuto minuti"),
    (Tongues::PT, Unit::Minute, "minuto minutos"),
    (Tongues::NL, Unit::Minute, "minuut minuten"),
    (Tongues::PL, Unit::Minute, "minuta minuty minut"),
    (Tongues::EN, Unit::Hour, "hour hours hr hrs h"),
    (
        Tongues::DE,
        Unit::Hour,
        "Stunde Stunden Std h stündig stündige",
    ),
    (Tongues::FR, Unit::Hour, "heure heures h"),
    (Tongues::ES, Unit::Hour, "hora horas h"),
    (Tongues::IT, Unit::Hour, "ora ore h"),
    (Tongues::PT, Unit::Hour, "hora horas h"),
    (Tongues::NL, Unit::Hour, "uur uren"),
    (Tongues::PL, Unit::Hour, "godzina godziny godzin godzinę"),
    (Tongues::EN, Unit::Day, "day days"),
    (
        Tongues::DE,
        Unit::Day,
        "Tag Tage Tagen tägig tägige tägiges tägigen tägiger",
    ),
    (Tongues::FR, Unit::Day, "jour jours journée"),
    (Tongues::ES, Unit::Day, "día días"),
    (Tongues::IT, Unit::Day, "giorno giorni"),
    (Tongues::PT, Unit::Day, "dia dias"),
    (Tongues::NL, Unit::Day, "dag dagen"),
    (Tongues::PL, Unit::Day, "dzień dni dnia"),
    (Tongues::EN, Unit::Workday, "workday workdays weekdays"),
    (
        Tongues::DE,
        Unit::Workday,
        "Werktag Werktage Werktagen Arbeitstag Arbeitstage Arbeitstagen",
    ),
    (Tongues::NL, Unit::Workday, "werkdag werkdagen"),
    (Tongues::EN, Unit::Week, "week weeks wk wks"),
    (Tongues::DE, Unit::Week, "Woche Wochen wöchig wöchige"),
    (Tongues::FR, Unit::Week, "semaine semaines"),
    (Tongues::ES, Unit::Week, "semana semanas"),
    (Tongues::IT, Unit::Week, "settimana settimane"),
    (Tongues::PT, Unit::Week, "semana semanas"),
    (Tongues::NL, Unit::Week, "week weken"),
    (Tongues::PL, Unit::Week, "tydzień tygodnie tygodni tygodnia"),
    (Tongues::EN, Unit::Month, "month months"),
    (
        Tongues::DE,
        Unit::Month,
        "Monat Monate Monaten monatig monatige",
    ),
    (Tongues::FR, Unit::Month, "mois"),
    (Tongues::ES, Unit::Month, "mes meses"),
    (Tongues::IT, Unit::Month, "mese mesi"),
    (Tongues::PT, Unit::Month, "mês meses"),
    (Tongues::NL, Unit::Month, "maand maanden"),
    (Tongues::PL, Unit::Month, "miesiąc miesiące miesięcy"),
    (Tongues::EN, Unit::Year, "year years yr yrs"),
    (
        Tongues::DE,
        Unit::Year,
        "Jahr Jahre Jahren jährig jährige jähriger",
    ),
    (Tongues::FR, Unit::Year, "an ans année années"),
    (Tongues::ES, Unit::Year, "año años"),
    (Tongues::IT, Unit::Year, "anno anni"),
    (Tongues::PT, Unit::Year, "ano anos"),
    (Tongues::NL, Unit::Year, "jaar jaren"),
    (Tongues::PL, Unit::Year, "rok lata lat roku"),
    (
        Tongues::EN,
        Unit::Piece,
        "piece pieces pcs pc item items unit units left remaining copies pairs pair",
    ),
    (
        Tongues::DE,
        Unit::Piece,
        "Stück Stk Stücke Artikel Exemplare Paar übrig verfügbar",
    ),
    (
        Tongues::FR,
        Unit::Piece,
        "pièce pièces article articles exemplaires unités paires restants restantes",
    ),
    (
        Tongues::ES,
        Unit::Piece,
        "pieza piezas unidad unidades artículo artículos pares",
    ),
    (
        Tongues::IT,
        Unit::Piece,
        "pezzo pezzi unità articolo articoli paia",
    ),
    (
        Tongues::PT,
        Unit::Piece,
        "peça peças unidade unidades artigo artigos pares",
    ),
    (
        Tongues::NL,
        Unit::Piece,
        "stuk stuks exemplaren artikelen paar over",
    ),
    (Tongues::PL, Unit::Piece, "sztuka sztuki sztuk par"),
    (
        Tongues::ALL,
        Unit::Percent,
        "percent Prozent procent por-ciento pourcent procenta percento",
    ),
    (
        Tongues::ALL,
        Unit::Cent,
        "cent cents ct pence centime centimes céntimos centesimi cêntimos centavos grosz grosze groszy Cent Rappen",
    ),
    (Tongues::ALL, Unit::Clock, "Uhr oclock"),
    (Tongues::ALL, Unit::Money(Coin::Euro), "eur euro euros"),
    (
        Tongues::ALL,
        Unit::Money(Coin::Dollar),
        "dollar dollars dólar dólares dollari dolary dolarów bucks",
    ),
    (
        Tongues::ALL,
        Unit::Money(Coin::Pound),
        "pound pounds quid sterling",
    ),
    (
        Tongues::ALL,
        Unit::Money(Coin::Franc),
        "chf franken francs sfr",
    ),
    (
        Tongues::ALL,
        Unit::Money(Coin::Zloty),
        "zł zloty złoty złote złotych złotego",
    ),
    (
        Tongues::ALL,
        Unit::Money(Coin::Crown),
        "kr kronor kroner kronen",
    ),
    (Tongues::ALL, Unit::Money(Coin::Yen), "yen yuan"),
    (Tongues::ALL, Unit::Money(Coin::Real), "reais real"),
    (Tongues::ALL, Unit::Money(Coin::Rupee), "rupees rs"),
    (Tongues::ALL, Unit::Money(Coin::Koruna), "kč"),
    (Tongues::ALL, Unit::Money(Coin::Forint), "ft forint"),
    (Tongues::ALL, Unit::Money(Coin::Lira), "lira tl"),
];

static UNITS: LazyLock<BTreeMap<String, Vec<(Tongues, Unit)>>> = LazyLock::new(|| {
    let mut units: BTreeMap<String, Vec<(Tongues, Unit)>> = BTreeMap::new();
    for (tongues, unit, words) in WORDS {
        for word in words.split(' ') {
            units
                .entry(spelling(word))
                .or_default()
                .push((*tongues, *unit));
        }
    }
    units
});

/// Codes of ISO 4217 that people write beside amounts.
const CODES: [&str; 27] = [
    "usd", "eur", "gbp", "chf", "pln", "sek", "nok", "dkk", "jpy", "cny", "inr", "brl", "cad",
    "aud", "nzd", "sgd", "hkd", "mxn", "czk", "huf", "try", "isk", "ron", "bgn", "zar", "aed",
    "ils",
];

/// The currency that a word is the code of.
pub(crate) fn code(word: &str) -> Option<Currency> {
    CODES
        .contains(&word)
        .then(|| word.to_ascii_uppercase().parse().ok())
        .flatten()
}

/// What a word counts, in a language that the number before it may be of.
pub(crate) fn unit(word: &str, tongues: Tongues) -> Option<Unit> {
    let known = UNITS.get(word)?.iter();
    let mut fitting = known.filter(|(of, _)| of.meets(tongues));
    fitting.next().map(|(_, unit)| *unit)
}

/// The sign of a currency.
pub(crate) fn sign(character: &str) -> Option<Coin> {
    match character {
        "$" | "＄" => Some(Coin::Dollar),
        "€" => Some(Coin::Euro),
        "£" | "￡" => Some(Coin::Pound),
        "¥" | "￥" => Some(Coin::Yen),
        "₹" => Some(Coin::Rupee),
        "₺" => Some(Coin::Lira),
        _ => None,
    }
}

/// Words that make days working days, before or after them.
pub(crate) fn is_working(word: &str) -> bool {
    matches!(
        word,
        "working"
            | "business"
            | "weekdays"
            | "ouvre"
            | "ouvres"
            | "ouvrable"
            | "ouvrables"
            | "laborables"
            | "laborable"
            | "habiles"
            | "habil"
            | "lavorativi"
            | "lavorativo"
            | "feriali"
            | "uteis"
            | "util"
            | "robocze"
            | "roboczych"
            | "roboczy"
    )
}

/// Words that may stand between a number and what it counts.
pub(crate) fn is_between(word: &str) -> bool {
    is_working(word)
        || matches!(
            word,
            "full"
                | "calendar"
                | "whole"
                | "more"
                | "volle"
                | "ganze"
                | "weitere"
                | "of"
                | "de"
                | "consecutive"
                | "other"
                | "small"
                | "large"
        )
}
