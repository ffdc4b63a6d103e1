//! What a sentence states, in a form in which two notations of the same are the same.

use terms::Currency;

use crate::{
    facts::{
        calendar,
        spelled::{self, Tongues},
        tokens::{self, Date, Kind, Number, Token},
        units::{self, Coin, Unit},
    },
    view::View,
};

/// A fact in the form in which it is compared. Numbers are in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Money(i64, Currency),
    /// Hundredths of a currency that was not named.
    Cents(i64),
    Percent(i64),
    Span(i64, Unit),
    Number(i64),
    Date(Date),
    Weekday(u8),
    NearDay(u8),
    /// Minutes of the day.
    Time(u16),
    Identifier(String),
}

/// What kind of statement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Stated {
    Amount,
    Percent,
    Date,
    Time,
    Quantity,
    Identifier,
}

/// A statement: any of its meanings being known is enough.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) kind: Stated,
    pub(crate) any_of: Vec<Key>,
    /// Where in the view it stands.
    pub(crate) at: usize,
}

/// Digits from which on a bare number is an identifier.
const IDENTIFIER_DIGITS: usize = 5;
/// Letters or digits, told one by one, that make an identifier.
const FEWEST_TOLD: usize = 5;
/// Tokens between which the two ends of a range stand.
const LONGEST_RANGE: usize = 3;

/// All that a sentence states with numbers, dates and identifiers.
pub(crate) fn statements(view: &View) -> Vec<Statement> {
    let tokens = tokens::tokens(view);
    let mut reader = Reader {
        tokens: &tokens,
        found: Vec::new(),
    };
    let mut position = 0;
    while position < tokens.len() {
        position = reader.read(position).max(position + 1);
    }
    reader.found
}

struct Reader<'a> {
    tokens: &'a [Token],
    found: Vec<Statement>,
}

impl Reader<'_> {
    fn kind(&self, position: usize) -> Option<&Kind> {
        self.tokens.get(position).map(|token| &token.kind)
    }

    fn word(&self, position: usize) -> Option<&str> {
        match self.kind(position)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn state(&mut self, position: usize, kind: Stated, any_of: Vec<Key>) {
        let at = self
            .tokens
            .get(position)
            .map_or(0, |token| token.range.start);
        self.found.push(Statement { kind, any_of, at });
    }

    /// Reads what begins at a token; the token after it.
    fn read(&mut self, at: usize) -> usize {
        let Some(kind) = self.kind(at) else {
            return at + 1;
        };
        match kind.clone() {
            Kind::Number(number) => self.number(at, &number, Tongues::ALL, at + 1),
            Kind::Word(word) => self.words(at, &word),
            Kind::Dates(dates) => {
                self.state(at, Stated::Date, dates.into_iter().map(Key::Date).collect());
                at + 1
            }
            Kind::Time(time) => {
                let (time, next) = self.half_of_day(time, at + 1);
                self.state(at, Stated::Time, vec![Key::Time(time)]);
                next
            }
            Kind::Identifier(identifier) => {
                self.state(at, Stated::Identifier, vec![Key::Identifier(identifier)]);
                at + 1
            }
            Kind::Currency(coin) => self.money_after(at, &coins(coin)),
            Kind::Percent | Kind::Mark(_) | Kind::Placeholder => at + 1,
        }
    }

    /// "€ 49", "EUR 49", "R$ 49"
    fn money_after(&mut self, at: usize, currencies: &[Currency]) -> usize {
        let next = match self.kind(at + 1) {
            Some(Kind::Currency(_)) => at + 2,
            _ => at + 1,
        };
        let Some(Kind::Number(number)) = self.kind(next) else {
            return at + 1;
        };
        let number = number.clone();
        self.state(at, Stated::Amount, money(&number.values, currencies));
        // "€ 49 - 59": the second is money as well.
        match (self.kind(next + 1), self.kind(next + 2)) {
            (Some(Kind::Mark(b'-')), Some(Kind::Number(second))) => {
                let second = second.values.clone();
                self.state(next + 2, Stated::Amount, money(&second, currencies));
                next + 3
            }
            // "EUR 49 EUR" is no second amount.
            (Some(Kind::Currency(_)), _) => next + 2,
            _ => next + 1,
        }
    }

    fn words(&mut self, at: usize, word: &str) -> usize {
        if let Some(next) = self.one_by_one(at) {
            return next;
        }
        if let Some(month) = calendar::month(word)
            && let Some(next) = self.month_first(at, month)
        {
            return next;
        }
        if let Some(currency) = units::code(word)
            && matches!(self.kind(at + 1), Some(Kind::Number(_) | Kind::Currency(_)))
        {
            return self.money_after(at, &[currency]);
        }
        if word == "r" && matches!(self.kind(at + 1), Some(Kind::Currency(Coin::Dollar))) {
            return self.money_after(at, &coins(Coin::Real));
        }
        if let Some(day) = calendar::weekday(word, self.next_word(at)) {
            self.state(at, Stated::Date, vec![Key::Weekday(day)]);
            return at + 1;
        }
        if let Some(day) = calendar::near_day(word) {
            self.state(at, Stated::Date, vec![Key::NearDay(day)]);
            return at + 1;
        }
        self.spelled(at)
    }

    /// Letters told one by one, or digits in words: "a l i c e", "null eins sieben".
    fn one_by_one(&mut self, at: usize) -> Option<usize> {
        let mut told = String::new();
        let mut place = at;
        let mut count = 0;
        loop {
            match self.kind(place) {
                Some(Kind::Word(word)) if word.chars().count() == 1 => told.push_str(word),
                Some(Kind::Word(word)) => match spelled::read([word.as_str()].into_iter()) {
                    Some(digit) if digit.value < 10 => told.push_str(&digit.value.to_string()),
                    _ => break,
                },
                Some(Kind::Mark(b'-' | b'.' | b',' | b'_')) if count > 0 => {
                    place += 1;
                    continue;
                }
                _ => break,
            }
            count += 1;
            place += 1;
        }
        if count < FEWEST_TOLD {
            return None;
        }
        let identifier = told.to_ascii_uppercase();
        self.state(at, Stated::Identifier, vec![Key::Identifier(identifier)]);
        Some(place)
    }

    /// The word after a token, a hyphen between them aside.
    fn next_word(&self, at: usize) -> Option<&str> {
        match self.kind(at + 1)? {
            Kind::Mark(b'-') => self.word(at + 2),
            _ => self.word(at + 1),
        }
    }

    /// A number in words counts where what it counts stands beside it.
    fn spelled(&mut self, at: usize) -> usize {
        let mut places = Vec::new();
        let mut place = at;
        while places.len() < 10 {
            match self.kind(place) {
                Some(Kind::Word(_)) => places.push(place),
                Some(Kind::Mark(b'-')) if !places.is_empty() => {}
                _ => break,
            }
            place += 1;
        }
        let words = places.iter().filter_map(|place| self.word(*place));
        let Some(read) = spelled::read(words) else {
            return at + 1;
        };
        let next = places
            .get(read.length.saturating_sub(1))
            .map_or(at + 1, |last| last + 1);
        let number = Number {
            values: vec![i64::from(read.value) * 1000],
            digits: None,
        };
        let counted = self.unit_at(next, read.tongues);
        let nearly_nothing = read.value <= 1 && matches!(counted, Some((Unit::Piece, _)));
        match counted {
            Some(_) if !nearly_nothing => self.number(at, &number, read.tongues, next),
            // "nur noch drei", "quedan tres"
            None if read.value > 1 && self.is_what_is_left(at) => {
                self.state(
                    at,
                    Stated::Quantity,
                    vec![Key::Number(i64::from(read.value) * 1000)],
                );
                next
            }
            _ => match self.of_month(next) {
                Some((month, after)) if read.value <= 31 => {
                    self.day(at, u16::try_from(read.value).unwrap_or(0), month, after)
                }
                _ => next.max(at + 1),
            },
        }
    }

    fn is_what_is_left(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.word(before));
        before.is_some_and(|word| {
            matches!(
                word,
                "noch"
                    | "quedan"
                    | "reste"
                    | "restent"
                    | "restano"
                    | "rimangono"
                    | "restam"
                    | "nog"
                    | "zostaly"
            )
        })
    }

    /// A number, from the token after it on.
    fn number(&mut self, at: usize, number: &Number, tongues: Tongues, next: usize) -> usize {
        if let Some((month, after)) = self.of_month(next)
            && let Some(day) = whole(number)
            && (1..=31).contains(&day)
        {
            return self.day(at, day, month, after);
        }
        if let Some(end) = self.range_of(at, number, next) {
            return end;
        }
        let (counted, after) = match self.unit_at(next, tongues) {
            Some((unit, after)) => (Some(unit), after),
            None => (None, next),
        };
        match counted {
            Some(unit) => {
                self.counted(at, number, unit, next);
                after
            }
            None if self.is_structure(at, number) => next,
            None => {
                self.bare(at, number);
                next
            }
        }
    }

    fn counted(&mut self, at: usize, number: &Number, unit: Unit, next: usize) {
        let values = number.values.as_slice();
        let of = |make: fn(i64) -> Key| values.iter().copied().map(make).collect::<Vec<Key>>();
        match unit {
            Unit::Percent => self.state(at, Stated::Percent, of(Key::Percent)),
            Unit::Cent => self.state(at, Stated::Amount, of(Key::Cents)),
            Unit::Money(coin) => {
                let code = self.word(next).and_then(units::code);
                let codes = code.map_or_else(|| coins(coin), |code| vec![code]);
                self.state(at, Stated::Amount, money(values, &codes));
            }
            Unit::Clock => {
                let time = tokens_time(number).map(|time| self.half_of_day(time, next).0);
                self.state(at, Stated::Time, time.map(Key::Time).into_iter().collect());
            }
            Unit::Piece => {
                let mut keys = of(Key::Number);
                keys.extend(values.iter().map(|value| Key::Span(*value, Unit::Piece)));
                self.state(at, Stated::Quantity, keys);
            }
            unit => {
                let keys = values.iter().map(|value| span(*value, unit));
                let mut keys: Vec<Key> = keys.collect();
                // "9 h" is an hour of the day as well.
                if unit == Unit::Hour && self.word(next) == Some("h") {
                    keys.extend(tokens_time(number).map(Key::Time));
                }
                self.state(at, Stated::Quantity, keys);
            }
        }
    }

    fn bare(&mut self, at: usize, number: &Number) {
        let mut keys: Vec<Key> = number.values.iter().copied().map(Key::Number).collect();
        keys.extend(number.digits.clone().map(Key::Identifier));
        let digits = number.digits.as_ref().map_or(0, String::len);
        let marked = at
            .checked_sub(1)
            .is_some_and(|before| matches!(self.kind(before), Some(Kind::Mark(b'#'))));
        let kind = if digits >= IDENTIFIER_DIGITS || marked {
            Stated::Identifier
        } else {
            Stated::Quantity
        };
        self.state(at, kind, keys);
    }

    /// "Step 2", "option 1": numbers that only number what is said.
    fn is_structure(&self, at: usize, number: &Number) -> bool {
        let small = whole(number).is_some_and(|value| (1..=9).contains(&value));
        let before = at.checked_sub(1).and_then(|before| self.word(before));
        small
            && before.is_some_and(|word| {
                matches!(
                    word,
                    "step"
                        | "option"
                        | "point"
                        | "schritt"
                        | "punkt"
                        | "etape"
                        | "paso"
                        | "opcion"
                        | "passo"
                        | "opzione"
                        | "opcao"
                        | "stap"
                        | "optie"
                        | "krok"
                        | "opcja"
                )
            })
    }

    /// "3-5 days", "3 to 5 days", "10 bis 20 €": both ends are of the unit.
    fn range_of(&mut self, at: usize, number: &Number, next: usize) -> Option<usize> {
        let second = (next..next + LONGEST_RANGE)
            .find(|place| matches!(self.kind(*place), Some(Kind::Number(_))))?;
        let joins = (next..second).all(|place| match self.kind(place) {
            Some(Kind::Mark(b'-')) => true,
            Some(Kind::Word(word)) => matches!(
                word.as_str(),
                "to" | "bis"
                    | "a"
                    | "al"
                    | "tot"
                    | "do"
                    | "and"
                    | "und"
                    | "or"
                    | "oder"
                    | "et"
                    | "e"
                    | "y"
                    | "o"
                    | "ou"
                    | "of"
            ),
            _ => false,
        });
        if !joins || second == next {
            return None;
        }
        let Some(Kind::Number(other)) = self.kind(second) else {
            return None;
        };
        let other = other.clone();
        // The day of a month is no end of a range of numbers: "10 to 12 May" has both.
        if let Some((month, after)) = self.of_month(second + 1) {
            let (first, last) = (whole(number)?, whole(&other)?);
            let year = self.year_at(after);
            self.on(at, year, month, first);
            return Some(self.day(second, last, month, after));
        }
        let (unit, after) = self.unit_at(second + 1, Tongues::ALL)?;
        self.counted(at, number, unit, second + 1);
        self.counted(second, &other, unit, second + 1);
        Some(after)
    }

    /// The unit that stands at a token, and the token after it.
    fn unit_at(&self, at: usize, tongues: Tongues) -> Option<(Unit, usize)> {
        match self.kind(at)? {
            Kind::Percent => Some((Unit::Percent, at + 1)),
            Kind::Currency(coin) => Some((Unit::Money(*coin), at + 1)),
            // "30-day", "49,- €"
            Kind::Mark(b'-') => {
                let unit = self.unit_at(at + 1, tongues)?;
                Some(unit)
            }
            Kind::Mark(b',' | b'.') if matches!(self.kind(at + 1), Some(Kind::Mark(b'-'))) => {
                let unit = self.unit_at(at + 2, tongues)?;
                matches!(unit.0, Unit::Money(_)).then_some(unit)
            }
            Kind::Word(word) => self.named_unit(word, at, tongues),
            _ => None,
        }
    }

    fn named_unit(&self, word: &str, at: usize, tongues: Tongues) -> Option<(Unit, usize)> {
        let next = self.word(at + 1);
        if matches!(word, "pour" | "por" | "per")
            && matches!(next, Some("cent" | "ciento" | "cento"))
        {
            return Some((Unit::Percent, at + 2));
        }
        if matches!(word, "am" | "pm" | "a" | "p") && self.is_half_of_day(at) {
            return Some((Unit::Clock, at + 1));
        }
        if word == "o" && next == Some("clock") {
            return Some((Unit::Clock, at + 2));
        }
        if let Some(unit) = units::unit(word, tongues) {
            let working = unit == Unit::Day && next.is_some_and(units::is_working);
            return Some(if working {
                (Unit::Workday, at + 2)
            } else {
                (unit, at + 1)
            });
        }
        if units::code(word).is_some() {
            // The code itself is read from the word.
            return Some((Unit::Money(Coin::Euro), at + 1));
        }
        if units::is_between(word)
            && let Some(unit) = next.and_then(|next| units::unit(next, tongues))
        {
            let working = unit == Unit::Day && units::is_working(word);
            return Some((if working { Unit::Workday } else { unit }, at + 2));
        }
        None
    }

    fn is_half_of_day(&self, at: usize) -> bool {
        match self.word(at) {
            Some("am" | "pm") => true,
            Some("a" | "p") => {
                matches!(self.kind(at + 1), Some(Kind::Mark(b'.')))
                    && self.word(at + 2) == Some("m")
            }
            _ => false,
        }
    }

    /// A time of day with what may follow it: "2:30 pm".
    fn half_of_day(&self, time: u16, next: usize) -> (u16, usize) {
        match self.word(next) {
            Some("pm" | "p") if self.is_half_of_day(next) && time < 720 => (time + 720, next + 1),
            Some("am" | "a") if self.is_half_of_day(next) && time >= 720 => (time - 720, next + 1),
            _ => (time, next),
        }
    }

    /// The month that a day stands before: "12 May", "12. Mai", "12 de mayo".
    fn of_month(&self, at: usize) -> Option<(u8, usize)> {
        let mut place = at;
        for _ in 0..2 {
            match self.kind(place)? {
                Kind::Word(word)
                    if matches!(
                        word.as_str(),
                        "of" | "de" | "di" | "st" | "nd" | "rd" | "th" | "o"
                    ) =>
                {
                    place += 1
                }
                Kind::Mark(b'.') => place += 1,
                _ => break,
            }
        }
        let month = calendar::month(self.word(place)?)?;
        Some((month, place + 1))
    }

    fn year_at(&self, at: usize) -> Option<(u16, usize)> {
        let mut place = at;
        for _ in 0..2 {
            match self.kind(place)? {
                Kind::Word(word) if matches!(word.as_str(), "de" | "of" | "del") => place += 1,
                Kind::Mark(b',' | b'.') => place += 1,
                _ => break,
            }
        }
        match self.kind(place)? {
            Kind::Number(number) => {
                let year = whole(number).filter(|year| (1900..2200).contains(year))?;
                Some((year, place + 1))
            }
            _ => None,
        }
    }

    fn day(&mut self, at: usize, day: u16, month: u8, after: usize) -> usize {
        let year = self.year_at(after);
        self.on(at, year, month, day);
        year.map_or(after, |(_, end)| end)
    }

    fn on(&mut self, at: usize, year: Option<(u16, usize)>, month: u8, day: u16) {
        let year = year.map(|(year, _)| year);
        let day = u8::try_from(day).unwrap_or(0);
        self.state(at, Stated::Date, vec![Key::Date(Date { year, month, day })]);
    }

    /// "May 12th, 2026"; nothing when no day follows.
    fn month_first(&mut self, at: usize, month: u8) -> Option<usize> {
        let Kind::Number(number) = self.kind(at + 1)? else {
            return None;
        };
        let day = whole(number).filter(|day| (1..=31).contains(day))?;
        if self.unit_at(at + 2, Tongues::ALL).is_some() {
            return None;
        }
        Some(self.day(at, day, month, at + 2))
    }
}

fn coins(coin: Coin) -> Vec<Currency> {
    let codes = coin.codes().iter();
    codes.filter_map(|code| code.parse().ok()).collect()
}

fn money(values: &[i64], currencies: &[Currency]) -> Vec<Key> {
    let values = values.iter();
    values
        .flat_map(|value| {
            currencies
                .iter()
                .map(|currency| Key::Money(*value, *currency))
        })
        .collect()
}

fn whole(number: &Number) -> Option<u16> {
    let value = number.values.first()?;
    (value % 1000 == 0)
        .then(|| u16::try_from(value / 1000).ok())
        .flatten()
}

/// "17 Uhr", "14.30 Uhr".
fn tokens_time(number: &Number) -> Option<u16> {
    let value = number.values.first()?;
    tokens::time(Some(value / 1000), Some(value % 1000 / 10))
}

/// A span in the unit in which spans are compared: weeks are days, years are months.
pub(crate) fn span(value: i64, unit: Unit) -> Key {
    match unit {
        Unit::Week => Key::Span(value.saturating_mul(7), Unit::Day),
        Unit::Year => Key::Span(value.saturating_mul(12), Unit::Month),
        Unit::Day => Key::Span(value, Unit::Day),
        Unit::Hour if value % 24_000 == 0 => Key::Span(value / 24, Unit::Day),
        unit => Key::Span(value, unit),
    }
}
