//! Amounts in sentences, as a language writes them.

use terms::Currency;

use crate::lexicon::Language;

/// `€79.00`, `79,00 €`, `CHF 12.50`; a currency without a sign stands with its code.
pub(crate) fn money(language: Language, minor: i64, currency: &str) -> String {
    let exponent = currency
        .parse::<Currency>()
        .map_or(2, |currency| currency.exponent());
    let unit = 10_u64.saturating_pow(exponent);
    let amount = minor.unsigned_abs();
    let (major, rest) = (amount / unit, amount % unit);
    let point = match language {
        Language::En => '.',
        Language::De => ',',
    };
    let digits = usize::try_from(exponent).unwrap_or(0);
    let number = if digits == 0 {
        major.to_string()
    } else {
        format!("{major}{point}{rest:0digits$}")
    };
    let minus = if minor < 0 { "−" } else { "" };
    let sign = match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        other => other,
    };
    match language {
        Language::En if sign.len() == 3 && sign.is_ascii() => format!("{minus}{sign} {number}"),
        Language::En => format!("{minus}{sign}{number}"),
        Language::De => format!("{minus}{number} {sign}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_each_language_writes_it() {
        assert_eq!(money(Language::En, 7_900, "EUR"), "€79.00");
        assert_eq!(money(Language::De, 7_905, "EUR"), "79,05 €");
        assert_eq!(money(Language::En, -1_250, "CHF"), "−CHF 12.50");
        assert_eq!(money(Language::En, 500, "JPY"), "¥500");
        assert_eq!(money(Language::De, 1_234_500, "KWD"), "1234,500 KWD");
    }
}
