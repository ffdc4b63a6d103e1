//! The shop's front: how the widget looks, what it says first, when people are there, and whether
//! shoppers see it yet. Staff write it, everybody may read it; what is written is checked here.

mod colour;
mod desk;
mod logo;

use std::collections::BTreeMap;

use guard::gate::{Admitted, Refused};
use serde::{Deserialize, Serialize};
use terms::{HoursError, Interval, Language, OpeningHours, Presence, Timestamp};

pub use colour::{Colour, NoColour, READABLE};
pub use desk::{PREVIEW, PreviewToken, Settled};
pub use logo::{Image, LARGEST_LOGO, NotALogo};

/// Quick choices of one language.
const MOST_CHOICES: usize = 6;

/// The settings of a shop's front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    pub state: GoingLive,
    /// The language where neither the page nor the browser names one that is spoken.
    pub language: String,
    pub look: Look,
    /// By language; what is not there is said in the widget's own words.
    #[serde(default)]
    pub texts: BTreeMap<String, FrontTexts>,
    /// Without them, people may come at any time.
    #[serde(default)]
    pub hours: Option<Hours>,
}

/// How a text of at most so many characters passes the guard. The door says it, since what comes from
/// outside is marked there.
pub type Admit = fn(String, usize) -> Result<Admitted, Refused>;

/// Settings that were looked at: what is kept and shown is nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked(Front);

impl Checked {
    #[must_use]
    pub fn into_front(self) -> Front {
        self.0
    }
}

/// Who sees the widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoingLive {
    /// Staff, by a preview from the console.
    Trial,
    /// Everybody.
    Live,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    pub accent: Colour,
    /// Of text on the accent. Left out, it is white or black, whichever is read better.
    #[serde(default)]
    pub on_accent: Option<Colour>,
    /// Of corners, in pixels.
    pub radius: u8,
    pub side: Side,
    /// Distance from the side and from the foot of the page, in pixels.
    pub inset: u16,
    pub rise: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Left,
    Right,
}

/// What a shop says in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontTexts {
    /// In a bubble beside the launcher, until it is dismissed.
    #[serde(default)]
    pub greeting: Option<String>,
    /// What the launcher is called.
    #[serde(default)]
    pub launcher: Option<String>,
    /// The heading before the first message, and the line below it.
    #[serde(default)]
    pub welcome: Option<String>,
    #[serde(default)]
    pub hint: Option<String>,
    /// What can be asked with one press.
    #[serde(default)]
    pub choices: Vec<QuickChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuickChoice {
    pub label: String,
    /// What is written when it is pressed.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// A name of the IANA list.
    pub zone: String,
    /// Seven days, Monday first; each a list of intervals `["09:00", "17:30"]`.
    pub week: Vec<Vec<(String, String)>>,
    /// Days on which nobody is there, as `YYYY-MM-DD`.
    #[serde(default)]
    pub days_off: Vec<String>,
}

/// What is wrong with settings, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontError {
    #[error("`{field}` must be one of `en`, `de`, `fr`, `es`, `it`, `pt`, `nl`, `pl`")]
    Language { field: &'static str },
    #[error(
        "`look.on_accent` has a contrast of {whole}.{hundredths:02} with the accent, and text needs 4.50: choose another, or leave it out"
    )]
    Contrast { whole: u32, hundredths: u32 },
    #[error("`{field}` must be {least} to {most}")]
    Range {
        field: &'static str,
        least: u16,
        most: u16,
    },
    #[error("`texts.{language}.{field}`: {reason}")]
    Text {
        language: String,
        field: &'static str,
        reason: String,
    },
    #[error("`texts.{0}.choices` has more than {MOST_CHOICES}")]
    TooManyChoices(String),
    #[error("`hours.week` must have seven days, Monday first")]
    Week,
    #[error("`{0}` is no time of a day: expected `HH:MM` from `00:00` to `24:00`")]
    Time(String),
    #[error("`hours`: {0}")]
    Hours(#[from] HoursError),
}

impl Default for Front {
    /// A shop that set nothing: its widget is there for everybody, as it comes.
    fn default() -> Self {
        Self {
            state: GoingLive::Live,
            language: "en".to_owned(),
            look: Look {
                accent: Colour::new(0x1d, 0x5a, 0x4c),
                on_accent: None,
                radius: 18,
                side: Side::Right,
                inset: 20,
                rise: 20,
            },
            texts: BTreeMap::new(),
            hours: None,
        }
    }
}

impl Front {
    /// The settings as they are kept: texts as the guard admits them, everything within its bounds.
    pub fn checked(mut self, admit: Admit) -> Result<Checked, FrontError> {
        if !is_spoken(&self.language) {
            return Err(FrontError::Language { field: "language" });
        }
        self.look.check()?;
        for (language, texts) in &mut self.texts {
            if !is_spoken(language) {
                return Err(FrontError::Language { field: "texts" });
            }
            texts.clean(language, admit)?;
        }
        self.texts
            .retain(|_, texts| *texts != FrontTexts::default());
        if let Some(hours) = &self.hours {
            hours.read()?;
        }
        Ok(Checked(self))
    }

    /// Whether people are there.
    #[must_use]
    pub fn presence(&self, now: Timestamp) -> Presence {
        // What was kept was checked; hours that cannot be read keep nobody waiting.
        match self.hours.as_ref().map(Hours::read) {
            Some(Ok(hours)) => hours.at(now),
            Some(Err(_)) | None => Presence::Open,
        }
    }

    /// What the shop says in a language; nothing where it says nothing in it, and then the widget's own
    /// words stand.
    #[must_use]
    pub fn texts_in(&self, language: &str) -> FrontTexts {
        let own = self.texts.get(language);
        own.cloned().unwrap_or_default()
    }
}

impl Look {
    fn check(&self) -> Result<(), FrontError> {
        let range = |field, value: u16, least, most| {
            let within = (least..=most).contains(&value);
            let error = FrontError::Range { field, least, most };
            if within { Ok(()) } else { Err(error) }
        };
        range("look.radius", u16::from(self.radius), 0, 28)?;
        range("look.inset", self.inset, 0, 200)?;
        range("look.rise", self.rise, 0, 300)?;
        let contrast = self.on_accent().contrast(self.accent);
        if contrast < READABLE {
            return Err(FrontError::Contrast {
                whole: contrast / 100,
                hundredths: contrast % 100,
            });
        }
        Ok(())
    }

    /// Of text on the accent.
    #[must_use]
    pub fn on_accent(&self) -> Colour {
        self.on_accent
            .unwrap_or_else(|| self.accent.readable_on_it())
    }
}

impl FrontTexts {
    fn clean(&mut self, language: &str, admit: Admit) -> Result<(), FrontError> {
        for (field, text, most) in [
            ("greeting", &mut self.greeting, 120),
            ("launcher", &mut self.launcher, 40),
            ("welcome", &mut self.welcome, 60),
            ("hint", &mut self.hint, 160),
        ] {
            // An emptied field of a form is one that says nothing.
            *text = match text.take().filter(|text| !text.trim().is_empty()) {
                Some(given) => Some(cleaned(admit, language, field, given, most)?),
                None => None,
            };
        }
        if self.choices.len() > MOST_CHOICES {
            return Err(FrontError::TooManyChoices(language.to_owned()));
        }
        for choice in &mut self.choices {
            let (label, text) = (choice.label.clone(), choice.text.clone());
            choice.label = cleaned(admit, language, "choices", label, 40)?;
            choice.text = cleaned(admit, language, "choices", text, 200)?;
        }
        Ok(())
    }
}

fn cleaned(
    admit: Admit,
    language: &str,
    field: &'static str,
    text: String,
    most: usize,
) -> Result<String, FrontError> {
    match admit(text, most) {
        Ok(text) => Ok(text.as_str().to_owned()),
        Err(refused) => Err(FrontError::Text {
            language: language.to_owned(),
            field,
            reason: refused.to_string(),
        }),
    }
}

impl Hours {
    fn read(&self) -> Result<OpeningHours, FrontError> {
        let mut week: [Vec<Interval>; 7] = Default::default();
        if self.week.len() != week.len() {
            return Err(FrontError::Week);
        }
        for (day, given) in week.iter_mut().zip(&self.week) {
            for (from, to) in given {
                let (from, to) = (minute(from)?, minute(to)?);
                day.push(Interval { from, to });
            }
        }
        Ok(OpeningHours::new(&self.zone, week, &self.days_off)?)
    }
}

/// `HH:MM` as minutes of the day.
/// Whether the interface has its texts in the language of this tag.
fn is_spoken(tag: &str) -> bool {
    Language::ALL.map(Language::tag).contains(&tag)
}

fn minute(text: &str) -> Result<u16, FrontError> {
    let wrong = || FrontError::Time(text.chars().take(8).collect());
    let two = |digits: &str| {
        let plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|_| plain)
    };
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let (hour, minute) = (two(hour), two(minute));
    let (hour, minute) = (hour.ok_or_else(wrong)?, minute.ok_or_else(wrong)?);
    let at = hour * 60 + minute;
    (minute < 60 && at <= 1440).then_some(at).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut Front)) -> Result<Front, String> {
        let mut front = Front::default();
        change(&mut front);
        let admit: Admit = |text, most| guard::gate::form_text(terms::Untrusted::new(text), most);
        let checked = front.checked(admit).map(Checked::into_front);
        checked.map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(with(|_| {}), Ok(Front::default()));
        let said = |change: fn(&mut Front)| with(change).unwrap_err();
        assert!(said(|front| front.language = "sv".to_owned()).starts_with("`language` must be"));
        assert_eq!(
            said(|front| front.look.on_accent = Some(Colour::new(0x40, 0x40, 0x40))),
            "`look.on_accent` has a contrast of 1.29 with the accent, and text needs 4.50: choose another, or leave it out"
        );
        assert_eq!(
            said(|front| front.look.radius = 29),
            "`look.radius` must be 0 to 28"
        );
        assert_eq!(
            said(|front| front.look.inset = 201),
            "`look.inset` must be 0 to 200"
        );
        let long = |front: &mut Front| {
            let texts = front.texts.entry("de".to_owned()).or_default();
            texts.greeting = Some("x".repeat(121));
        };
        assert!(said(long).starts_with("`texts.de.greeting`: "));
        let card = |front: &mut Front| {
            let texts = front.texts.entry("de".to_owned()).or_default();
            texts.hint = Some("4242 4242 4242 4242".to_owned());
        };
        assert!(said(card).starts_with("`texts.de.hint`: "));
        let hours = |zone: &str, day: &[(&str, &str)]| {
            let mut week = vec![Vec::new(); 7];
            week[0] = day
                .iter()
                .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
                .collect();
            let (zone, days_off) = (zone.to_owned(), Vec::new());
            with(|front| {
                front.hours = Some(Hours {
                    zone,
                    week,
                    days_off,
                })
            })
        };
        assert!(hours("Europe/Paris", &[("09:00", "24:00")]).is_ok());
        assert!(hours("Paris", &[]).unwrap_err().contains("is no time zone"));
        for time in ["9:00", "24:01", "25:00", "09:60", "+9:00", "nine", ""] {
            assert!(
                hours("UTC", &[("00:00", time)])
                    .unwrap_err()
                    .contains("no time of a day"),
                "{time}"
            );
        }
        assert!(
            hours("UTC", &[("10:00", "09:00")])
                .unwrap_err()
                .starts_with("`hours`: ")
        );
    }

    #[test]
    fn texts_are_cleaned_and_empty_ones_go() {
        let front = with(|front| {
            let texts = front.texts.entry("fr".to_owned()).or_default();
            texts.greeting = Some("  Bon\u{200b}jour\u{202e} ".to_owned());
            texts.welcome = Some(" ".to_owned());
            front.texts.insert("pl".to_owned(), FrontTexts::default());
        });
        let front = front.unwrap();
        assert_eq!(front.texts_in("fr").greeting.as_deref(), Some("Bonjour"));
        assert_eq!(front.texts_in("fr").welcome, None);
        assert_eq!(front.texts.len(), 1);
    }
}
