//! The languages of the interface, and how each writes an amount.

use crate::{Currency, Locale, Money};

/// A language whose texts are all there: every screen a shopper sees, every card, every mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Polish,
}

impl Language {
    pub const ALL: [Self; 8] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Italian,
        Self::Portuguese,
        Self::Dutch,
        Self::Polish,
    ];

    /// The tag (BCP 47), as files and addresses name it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Italian => "it",
            Self::Portuguese => "pt",
            Self::Dutch => "nl",
            Self::Polish => "pl",
        }
    }

    /// The language of a tag such as `de`, `de-AT` or `zh-Hant-TW`; `None` for one that is not spoken.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|one| one.tag().eq_ignore_ascii_case(language))
    }

    /// What a reader of this locale is written to: English where her language is not spoken.
    #[must_use]
    pub fn for_reader(locale: &Locale) -> Self {
        Self::of(locale.as_str()).unwrap_or_default()
    }

    /// Between whole units and their parts, between groups of three digits, and how many digits
    /// stand before the first group mark at least (CLDR's `minimumGroupingDigits`).
    const fn marks(self) -> (char, char, usize) {
        match self {
            Self::English => ('.', ',', 1),
            Self::German | Self::Dutch => (',', '.', 1),
            Self::French => (',', '\u{202f}', 1),
            Self::Spanish | Self::Italian => (',', '.', 2),
            Self::Portuguese | Self::Polish => (',', '\u{a0}', 2),
        }
    }
}

/// The signs of currencies that have one in short (CLDR's narrow symbols). A shop has one currency,
/// so that a dollar sign says which.
const SIGNS: &[(&str, &str)] = &[
    ("AUD", "$"),
    ("BRL", "R$"),
    ("CAD", "$"),
    ("CNY", "¥"),
    ("CZK", "Kč"),
    ("DKK", "kr"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "$"),
    ("HUF", "Ft"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("ISK", "kr"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("MXN", "$"),
    ("NOK", "kr"),
    ("NZD", "$"),
    ("PHP", "₱"),
    ("PLN", "zł"),
    ("RON", "lei"),
    ("SEK", "kr"),
    ("SGD", "$"),
    ("TRY", "₺"),
    ("TWD", "$"),
    ("UAH", "₴"),
    ("USD", "$"),
    ("VND", "₫"),
    ("ZAR", "R"),
];

impl Money {
    /// The amount as this language writes it: `€79.00`, `79,00 €`, `CHF 12.50`.
    #[must_use]
    pub fn written(self, language: Language) -> String {
        let sign = sign_of(&self.currency);
        let minus = if self.minor < 0 { "-" } else { "" };
        let number = number(
            self.minor.unsigned_abs(),
            self.currency.exponent(),
            language,
        );
        match language {
            // A code in letters is kept apart from the digits.
            Language::English if sign.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                format!("{minus}{sign}\u{a0}{number}")
            }
            Language::English => format!("{minus}{sign}{number}"),
            Language::Dutch => format!("{sign}\u{a0}{minus}{number}"),
            _ => format!("{minus}{number}\u{a0}{sign}"),
        }
    }
}

fn sign_of(currency: &Currency) -> &str {
    let code = currency.as_str();
    let known = SIGNS.iter().find(|(known, _)| *known == code);
    known.map_or(code, |(_, sign)| sign)
}

fn number(minor: u64, exponent: u32, language: Language) -> String {
    let (point, group, least) = language.marks();
    let unit = 10_u64.saturating_pow(exponent);
    let whole = (minor / unit).to_string();
    let mut text = String::new();
    let grouped = whole.len() >= 3_usize.saturating_add(least);
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(at);
        if grouped && at > 0 && left.is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    let digits = usize::try_from(exponent).unwrap_or(0);
    if digits > 0 {
        let part = minor % unit;
        text.push(point);
        text.push_str(&format!("{part:0digits$}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(language: Language, minor: i64, currency: &str) -> String {
        Money::new(minor, currency.parse().unwrap())
            .written(language)
            .replace('\u{a0}', "~")
            .replace('\u{202f}', "^")
    }

    // Expected: `Intl.NumberFormat` of Node 22 with `currencyDisplay: "narrowSymbol"`; `pt-PT` for Portuguese.
    #[test]
    fn amounts_as_the_browser_writes_them() {
        use Language::{Dutch, English, French, German, Italian, Polish, Portuguese, Spanish};
        for (language, amounts) in [
            (
                English,
                [
                    "€1,234.50",
                    "€12,345.50",
                    "-€79.00",
                    "CHF~12.50",
                    "¥1,234,567",
                    "KWD~1,234.500",
                ],
            ),
            (
                German,
                [
                    "1.234,50~€",
                    "12.345,50~€",
                    "-79,00~€",
                    "12,50~CHF",
                    "1.234.567~¥",
                    "1.234,500~KWD",
                ],
            ),
            (
                French,
                [
                    "1^234,50~€",
                    "12^345,50~€",
                    "-79,00~€",
                    "12,50~CHF",
                    "1^234^567~¥",
                    "1^234,500~KWD",
                ],
            ),
            (
                Spanish,
                [
                    "1234,50~€",
                    "12.345,50~€",
                    "-79,00~€",
                    "12,50~CHF",
                    "1.234.567~¥",
                    "1234,500~KWD",
                ],
            ),
            (
                Italian,
                [
                    "1234,50~€",
                    "12.345,50~€",
                    "-79,00~€",
                    "12,50~CHF",
                    "1.234.567~¥",
                    "1234,500~KWD",
                ],
            ),
            (
                Portuguese,
                [
                    "1234,50~€",
                    "12~345,50~€",
                    "-79,00~€",
                    "12,50~CHF",
                    "1~234~567~¥",
                    "1234,500~KWD",
                ],
            ),
            (
                Dutch,
                [
                    "€~1.234,50",
                    "€~12.345,50",
                    "€~-79,00",
                    "CHF~12,50",
                    "¥~1.234.567",
                    "KWD~1.234,500",
                ],
            ),
            (
                Polish,
                [
                    "1234,50~€",
                    "12~345,50~€",
                    "-79,00~€",
                    "12,50~CHF",
                    "1~234~567~¥",
                    "1234,500~KWD",
                ],
            ),
        ] {
            let asked = [
                (123_450, "EUR"),
                (1_234_550, "EUR"),
                (-7_900, "EUR"),
                (1_250, "CHF"),
                (1_234_567, "JPY"),
                (1_234_500, "KWD"),
            ];
            for ((minor, currency), amount) in asked.into_iter().zip(amounts) {
                assert_eq!(written(language, minor, currency), amount, "{language:?}");
            }
        }
    }

    #[test]
    fn a_tag_names_its_language_and_any_reader_is_written_to() {
        assert_eq!(Language::of("de-AT"), Some(Language::German));
        assert_eq!(Language::of("PT_br"), Some(Language::Portuguese));
        assert_eq!(Language::of("sv"), None);
        let reader = |tag: &str| Language::for_reader(&tag.parse().unwrap());
        assert_eq!(reader("nl-BE"), Language::Dutch);
        assert_eq!(reader("sv"), Language::English);
    }
}
