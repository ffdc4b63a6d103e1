//! From words to what is wanted.

mod around;
mod read;
mod wishes;

use guard::gate::{CARD_MARK, CODE_MARK, KEY_MARK, PASSWORD_MARK, SECURITY_CODE_MARK};

use crate::{
    calls::{Destination, PersonReason, Wanted},
    lexicon::{Language, Lexicon, Service, Wish, find},
    mention,
    state::State,
    words::{Sentence, sentences},
};

use around::{MOST_CUTS, clauses, is_written, looking_around, meant_number, order_numbers};
use read::Read;
use wishes::wishes;

/// What a message means to the planner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) language: Language,
    /// What is wanted, in the order in which it was said; never empty.
    pub(crate) wishes: Vec<Wished>,
    /// Whether there is anger in it, whatever else it wants.
    pub(crate) upset: bool,
    /// All words, folded.
    pub(crate) words: Vec<String>,
    /// The number of an order, where one was written.
    pub(crate) order: Option<String>,
    /// A discount code, where one was written.
    pub(crate) code: Option<String>,
    /// An address, where one was written.
    pub(crate) address: Option<Destination>,
    pub(crate) says_yes: bool,
    pub(crate) says_no: bool,
    /// "Never mind", "leave it": what is being filled in is given up.
    pub(crate) drops: bool,
    /// "And in blue?": it only makes sense after what was said before.
    pub(crate) follows: bool,
    /// Whether it has more wishes than are answered at once.
    pub(crate) too_many: bool,
    /// Whether the guard took a card out of it.
    pub(crate) gave_card: bool,
}

/// One wish of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wished {
    pub(crate) act: Act,
    /// What to search the policies for.
    pub(crate) query: String,
    /// What goods it may be about.
    pub(crate) goods: Wanted,
    /// The number of an order, where its own sentences write one.
    pub(crate) order: Option<String>,
    /// Whether it is asked how things are.
    pub(crate) asks: bool,
    /// Whether only the ideas in it say what is wanted, and no phrase.
    pub(crate) weak: bool,
    /// What shops are asked about, in the words of policies: no goods are meant.
    pub(crate) subject: Option<String>,
    /// Its sentences.
    pub(crate) sentences: Vec<Sentence>,
}

impl Wished {
    /// Whether it says that goods are looked for, whatever they are called.
    pub(crate) fn asks_for_goods(&self, lexicon: &Lexicon) -> bool {
        let mut sentences = self.sentences.iter();
        sentences.any(|sentence| mention::says(lexicon.words.looks_for, &sentence.words))
    }

    /// The words of its questions; all of them where it asks nothing.
    pub(crate) fn asked(&self) -> Vec<String> {
        let asking = self.sentences.iter().filter(|sentence| sentence.asks);
        let words: Vec<String> = asking.flat_map(|sentence| sentence.words.clone()).collect();
        if words.is_empty() {
            self.words()
        } else {
            words
        }
    }

    pub(crate) fn words(&self) -> Vec<String> {
        let words = self.sentences.iter().flat_map(|sentence| &sentence.words);
        words.cloned().collect()
    }
}

/// What a wish is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Person(PersonReason),
    DeclinePerson,
    Identity,
    /// Something that shops do; `asks` when the rules are asked for rather than the deed.
    Service {
        service: Service,
        asks: bool,
    },
    Question,
    Complaint,
    /// It does not fit, and she says nothing of what is to be done.
    Misfit,
    Capabilities,
    Greeting,
    HowAreYou,
    Thanks,
    Goodbye,
    SmallTalk,
    /// A "yes" or "no" to nothing.
    GoOn,
    /// No words at all.
    Nothing,
}

impl Act {
    /// Courtesies: what they stand beside is what is wanted.
    pub(crate) const fn is_light(self) -> bool {
        matches!(
            self,
            Self::DeclinePerson
                | Self::Greeting
                | Self::HowAreYou
                | Self::Thanks
                | Self::Goodbye
                | Self::GoOn
                | Self::Nothing
        )
    }
}

/// Sentences of a long message that are looked at: what it begins and what it ends with.
const SENTENCES_AT_EITHER_END: usize = 30;
/// Words of a sentence that are looked at.
const MOST_WORDS: usize = 80;
/// A message with more words than this is searched for by its questions alone.
const LONG_MESSAGE: usize = 30;
const LONGEST_QUERY: usize = 400;
/// Words of small talk.
const CHAT: usize = 8;
/// Wishes of one message that are answered.
const MOST_WISHES: usize = 3;

pub(crate) fn meaning(state: &State, message: &str) -> Meaning {
    // What the guard took out is no wish to take anything out.
    let without_card = message
        .replace(CARD_MARK, " ")
        .replace(SECURITY_CODE_MARK, " ");
    let gave_card = without_card.len() != message.len();
    let mut without_secrets = without_card;
    for mark in [PASSWORD_MARK, CODE_MARK, KEY_MARK] {
        without_secrets = without_secrets.replace(mark, " ");
    }
    let message = without_secrets.as_str();
    let mut sentences = sentences(message);
    if sentences.len() > 2 * SENTENCES_AT_EITHER_END {
        sentences.drain(SENTENCES_AT_EITHER_END..sentences.len() - SENTENCES_AT_EITHER_END);
    }
    for sentence in &mut sentences {
        sentence.words.truncate(MOST_WORDS);
    }
    let language = language(state.language, &sentences);
    let lexicon = language.lexicon();
    let mut cuts = MOST_CUTS;
    let sentences: Vec<Sentence> = sentences
        .into_iter()
        .flat_map(|sentence| clauses(lexicon, sentence, &mut cuts))
        .collect();
    let read: Vec<Read> = sentences
        .iter()
        .map(|sentence| Read::of(lexicon, sentence))
        .collect();
    let read = looking_around(lexicon, &sentences, read);
    let wants = |wish: Wish| read.iter().any(|read| read.has(wish));
    let upset = wants(Wish::Complaint);
    let words: Vec<String> = sentences
        .iter()
        .flat_map(|sentence| sentence.words.clone())
        .collect();
    let flat = mention::sentence_of(&words);
    let said = |patterns: &[&str]| patterns.iter().any(|one| find(one, &flat, 0).is_some());
    let follows = sentences.first().is_some_and(|sentence| {
        let mut patterns = lexicon.follow_ups.iter();
        patterns.any(|pattern| find(pattern, sentence, 0).is_some())
    });
    let address = mention::address(lexicon, message);
    let written = match &address {
        Some(Destination::Written(written)) => Some(written),
        _ => None,
    };
    let numbers = order_numbers(message, written);
    let order = meant_number(lexicon, &numbers, &sentences);
    let code = mention::code(lexicon, message).filter(|code| Some(code) != order.as_ref());
    let mut wishes = wishes(state, lexicon, &sentences, &read, upset);
    let too_many = wishes.len() > MOST_WISHES;
    wishes.truncate(MOST_WISHES);
    for wished in &mut wishes {
        let has_code = code.as_ref().is_some_and(|code| {
            wished
                .sentences
                .iter()
                .any(|sentence| sentence.text.contains(code.as_str()))
        });
        wished.act = settled(wished, has_code, address.is_some());
        let own = numbers.iter().filter(|number| {
            let mut sentences = wished.sentences.iter();
            sentences.any(|sentence| is_written(number, sentence))
        });
        let own: Vec<String> = own.cloned().collect();
        wished.order = meant_number(lexicon, &own, &wished.sentences);
    }
    Meaning {
        gave_card,
        too_many,
        language,
        wishes,
        upset,
        order,
        code,
        address,
        says_yes: wants(Wish::Yes) && !wants(Wish::No),
        says_no: wants(Wish::No),
        drops: said(lexicon.words.drops),
        follows,
        words,
    }
}

/// What a code or an address in a message makes of a wish that says no more than that.
fn settled(wished: &Wished, code: bool, address: bool) -> Act {
    const SHORT: usize = 6;
    let deed = |service| Act::Service {
        service,
        asks: false,
    };
    let vague = matches!(
        wished.act,
        Act::Question
            | Act::GoOn
            | Act::Service {
                service: Service::Products | Service::OrderStatus | Service::Payment,
                ..
            }
    );
    let words = wished.words().len();
    let no_deed = matches!(
        wished.act,
        Act::Question
            | Act::GoOn
            | Act::Service {
                service: Service::Account
                    | Service::Products
                    | Service::Payment
                    | Service::Recommend,
                ..
            }
    );
    let of_an_order = matches!(
        wished.act,
        Act::Service {
            service: Service::Items | Service::Exchange,
            ..
        }
    );
    if code && (words <= SHORT && (vague || of_an_order) || no_deed) {
        return deed(Service::Discount);
    }
    if address && (vague || of_an_order) {
        return deed(Service::Address);
    }
    wished.act
}

fn act(state: &State, read: &[&Read], upset: bool) -> Act {
    let wants = |wish: Wish| read.iter().any(|read| read.has(wish));
    let content = read
        .iter()
        .any(|read| read.content > 0 && (read.asks || !read.has(Wish::Complaint)));
    // "How many days do I have, to send it back?" is one question.
    let mut goes_on_asking = false;
    let service = read.iter().filter_map(|read| {
        let asks = read.asks_rules || goes_on_asking;
        goes_on_asking = asks && read.goes_on;
        Some((read.service?, asks))
    });
    // The deed before what it comes with.
    let first_service = service.reduce(|known, other| {
        if known.0.goes_with(other.0)
            || known.0 == Service::OrderStatus && other.0.deed().is_some()
            || known.0 == other.0 && known.1 && !other.1
        {
            other
        } else {
            known
        }
    });
    if wants(Wish::Person) {
        return Act::Person(if upset {
            PersonReason::Complaint
        } else {
            PersonReason::Asked
        });
    }
    if state.offered_person && !content && !wants(Wish::Identity) {
        if wants(Wish::Yes) && !wants(Wish::No) {
            return Act::Person(PersonReason::AcceptedOffer);
        }
        if wants(Wish::No) {
            return Act::DeclinePerson;
        }
    }
    if wants(Wish::Identity) {
        return Act::Identity;
    }
    if let Some((service, asks)) = first_service {
        return Act::Service { service, asks };
    }
    // "Too tight, I need L" is to be changed for another. What does not fit, and no more, may go back as well as
    // be changed: that is asked.
    if wants(Wish::Misfit) {
        if read.iter().any(|read| read.asks_rules) {
            return Act::Service {
                service: Service::Return,
                asks: true,
            };
        }
        return match read.iter().any(|read| read.wants_kind) {
            true => Act::Service {
                service: Service::Exchange,
                asks: false,
            },
            false => Act::Misfit,
        };
    }
    // A long sentence that has a word of a chat in it is no chat.
    let short = read
        .iter()
        .all(|read| read.content <= CHAT && !read.subject);
    for (wish, act) in [
        (Wish::Capabilities, Act::Capabilities),
        (Wish::SmallTalk, Act::SmallTalk),
    ] {
        if wants(wish) && short {
            return act;
        }
    }
    // "Cheers, bye for now" asks nothing.
    let takes_leave = (wants(Wish::Goodbye) || wants(Wish::Thanks))
        && read
            .iter()
            .all(|read| !read.asks && !read.subject && read.content <= 2);
    if content && !takes_leave {
        return Act::Question;
    }
    if upset {
        return Act::Complaint;
    }
    [
        (Wish::HowAreYou, Act::HowAreYou),
        (Wish::Goodbye, Act::Goodbye),
        (Wish::Thanks, Act::Thanks),
        (Wish::Greeting, Act::Greeting),
        (Wish::Yes, Act::GoOn),
        (Wish::No, Act::GoOn),
        (Wish::Padding, Act::GoOn),
    ]
    .into_iter()
    .find_map(|(wish, act)| wants(wish).then_some(act))
    .unwrap_or(Act::Nothing)
}

/// The language of a message: the one before, unless the words clearly say another.
fn language(before: Language, sentences: &[Sentence]) -> Language {
    let count = |language: Language| {
        let markers = language.lexicon().markers;
        sentences
            .iter()
            .flat_map(|sentence| &sentence.words)
            .filter(|word| markers.contains(&word.as_str()))
            .count()
    };
    let current = count(before);
    Language::ALL
        .into_iter()
        .find(|language| {
            count(*language) > current.max(1) || (current == 0 && count(*language) > 0)
        })
        .unwrap_or(before)
}
