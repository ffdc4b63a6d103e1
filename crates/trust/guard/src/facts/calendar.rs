//! Months, days of the week and days as people name them, in the languages the guard knows.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::facts::words::spelling;

/// One line a month: its names and short names, in the forms a date takes.
const MONTHS: &str = "\
january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia styczeń
february feb februar février févr febrero febbraio fevereiro fev februari lutego luty
march mar märz mrz mars marzo março maart mrt marca marzec
april apr avril avr abril abr aprile kwietnia kwiecień
may mai mayo maggio mag maio mei maja maj
june jun juni juin junio giugno giu junho czerwca czerwiec
july jul juli juillet juil julio luglio lug julho lipca lipiec
august aug août agosto ago augustus sierpnia sierpień
september sept sep septembre septiembre settembre set setembro września wrzesień
october oct oktober okt octobre octubre ottobre ott outubro out października październik
november nov novembre noviembre novembro listopada listopad
december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień";

/// One line a day, Monday first.
const WEEKDAYS: &str = "\
monday mondays montag montags lundi lunes lunedì segunda-feira maandag poniedziałek
tuesday tuesdays dienstag dienstags mardi martes martedì terça-feira dinsdag wtorek
wednesday wednesdays mittwoch mittwochs mercredi miércoles mercoledì quarta-feira woensdag środa środę
thursday thursdays donnerstag donnerstags jeudi jueves giovedì quinta-feira donderdag czwartek
friday fridays freitag freitags vendredi viernes venerdì sexta-feira vrijdag piątek
saturday saturdays samstag samstags sonnabend samedi sábado sabato zaterdag sobota sobotę
sunday sundays sonntag sonntags dimanche domingo domenica zondag niedziela niedzielę";

/// One line a day as seen from today: the day before, today, tomorrow, the day after that.
const NEAR_DAYS: &str = "\
yesterday gestern ayer ieri ontem gisteren wczoraj
today tonight heute aujourd hoy oggi hoje vandaag dziś dzisiaj
tomorrow morgen demain mañana domani amanhã jutro
übermorgen overmorgen dopodomani pojutrze";

static MONTH: LazyLock<BTreeMap<String, u8>> = LazyLock::new(|| numbered(MONTHS));
static WEEKDAY: LazyLock<BTreeMap<String, u8>> = LazyLock::new(|| numbered(WEEKDAYS));
static NEAR_DAY: LazyLock<BTreeMap<String, u8>> = LazyLock::new(|| numbered(NEAR_DAYS));

/// The words of each line with the line's number, from 1.
fn numbered(lines: &str) -> BTreeMap<String, u8> {
    let lines = (1_u8..).zip(lines.lines());
    lines
        .flat_map(|(number, line)| line.split_whitespace().map(move |word| (word, number)))
        .map(|(word, number)| {
            // A word ends where a hyphen stands: "segunda-feira".
            let word = word.split('-').next().unwrap_or(word);
            (spelling(word), number)
        })
        .collect()
}

/// 1 to 12.
pub(crate) fn month(word: &str) -> Option<u8> {
    MONTH.get(word).copied()
}

pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// 1 is Monday. `next` is the word that follows: "segunda" alone is a number in Portuguese.
pub(crate) fn weekday(word: &str, next: Option<&str>) -> Option<u8> {
    let day = WEEKDAY.get(word).copied()?;
    let needs_more = matches!(word, "segunda" | "terca" | "quarta" | "quinta" | "sexta");
    (!needs_more || next == Some("feira")).then_some(day)
}

/// 1 is yesterday, 2 today, 3 tomorrow, 4 the day after.
pub(crate) fn near_day(word: &str) -> Option<u8> {
    NEAR_DAY.get(word).copied()
}

/// A day of the calendar that there is.
pub(crate) fn is_day(year: Option<u16>, month: u8, day: u8) -> bool {
    let leap = year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day)
}

/// The day of the week of a date, 1 for Monday (Zeller's congruence).
pub(crate) fn weekday_of(year: u16, month: u8, day: u8) -> u8 {
    let (mut y, mut m) = (u32::from(year), u32::from(month));
    if m < 3 {
        m += 12;
        y = y.saturating_sub(1);
    }
    let h = (u32::from(day) + 13 * (m + 1) / 5 + y + y / 4 + 6 * (y / 100) + y / 400) % 7;
    // 0 is Saturday there.
    u8::try_from((h + 5) % 7 + 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        assert_eq!(weekday_of(2026, 5, 12), 2);
        assert_eq!(weekday_of(2024, 2, 29), 4);
        assert_eq!(weekday_of(2000, 1, 1), 6);
        assert_eq!(month("marz"), Some(3));
        assert_eq!(month(&spelling("września")), Some(9));
        assert_eq!(weekday("terca", Some("feira")), Some(2));
        assert_eq!(weekday("terca", None), None);
        assert!(!is_day(Some(2026), 2, 29));
        assert!(is_day(None, 2, 29));
    }
}
