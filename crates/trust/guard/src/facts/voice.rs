//! What the assistant never says: that it is a person (A42), and give me your password, your code or
//! your card.
//!
//! A sentence that does is cut whole. What is true stays: "I am not a person", "never send a password".

use core::ops::Range;
use std::sync::LazyLock;

use crate::{
    facts::{
        CutKind,
        promises::{self, Clause},
        words::Phrases,
    },
    view::View,
};

mod phrases;

macro_rules! tables {
    ($($name:ident;)*) => {
        $(static $name: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases::$name));)*
    };
}

tables! {
    HUMAN;
    NO_MACHINE;
    NAMED;
    MACHINE;
    NOT_SAID;
    ASKED_WHETHER;
    SECRET;
    ASKING;
    ASKING_BESIDE;
    KEPT_OUT;
    ELSEWHERE;
    IN_CHAT;
    NO_DENIAL;
    THREAT;
}

/// Why a sentence is never said, whatever is known.
pub(crate) fn refused(sentence: &View) -> Option<CutKind> {
    if claims_to_be_human(sentence) {
        Some(CutKind::HumanClaimed)
    } else if asks_for_secret(sentence) {
        Some(CutKind::SecretAsked)
    } else {
        None
    }
}

/// Whether a sentence says that a person speaks, or that no machine does.
pub(crate) fn claims_to_be_human(sentence: &View) -> bool {
    let clauses = promises::clauses(sentence);
    let all_words = crate::facts::words::words(sentence);
    let says_machine = MACHINE.are_in(&all_words) && !NO_MACHINE.are_in(&all_words);
    clauses.iter().any(|clause| {
        if NO_MACHINE.are_in(&clause.words) {
            return true;
        }
        let said = HUMAN.all(&clause.words).into_iter();
        // "No soy una persona": the word right before it denies it.
        let denied = |place: &Range<usize>| {
            let before = place.start.checked_sub(1);
            let before = before.and_then(|before| clause.words.get(before));
            before.is_some_and(|word| matches!(word.text.as_str(), "no" | "non" | "nao" | "nie"))
        };
        let mut said = said.filter(|place| !clause.ties(place) && !denied(place));
        let claims = said.next().is_some() && !NOT_SAID.are_in(&clause.words);
        // "My name is Parlour, I am an AI": a machine may have a name.
        let named = NAMED.are_in(&clause.words) && !says_machine;
        claims || named
    }) || HUMAN.all(&all_words).len() > clauses.iter().map(in_clause).sum::<usize>()
        && !NOT_SAID.are_in(&all_words)
}

/// How often it is said within a clause; what is said over two clauses is said as well.
fn in_clause(clause: &Clause) -> usize {
    HUMAN.all(&clause.words).len()
}

/// Whether somebody asks who or what answers: "are you a human?"
pub(crate) fn asks_who_answers(text: &View) -> bool {
    ASKED_WHETHER.are_in(&crate::facts::words::words(text))
}

/// Whether a text says that a machine answers.
pub(crate) fn says_machine(text: &View) -> bool {
    let words = crate::facts::words::words(text);
    MACHINE.are_in(&words) && !NO_MACHINE.are_in(&words)
}

/// Whether a sentence says yes or no and little more: whoever asked "are you a bot?" hears an answer in it.
pub(crate) fn is_bare_answer(sentence: &View) -> bool {
    let words = crate::facts::words::words(sentence);
    let first = words.first().map_or("", |word| word.text.as_str());
    let answers = [
        "yes",
        "no",
        "yeah",
        "yep",
        "nope",
        "nah",
        "sure",
        "correct",
        "exactly",
        "right",
        "ja",
        "nein",
        "doch",
        "genau",
        "oui",
        "non",
        "si",
        "sim",
        "nao",
        "nee",
        "tak",
        "nie",
        "claro",
        "certo",
        "of",
        "absolutely",
        "definitely",
        "natuurlijk",
        "naturlich",
        "bien",
        "i",
        "not",
    ];
    words.len() <= SHORTEST_SENTENCE && answers.contains(&first)
}

const SHORTEST_SENTENCE: usize = 5;

/// Words of a sentence in which "please" asks for whatever is named.
const SHORT: usize = 8;

/// Whether a sentence asks the shopper to write a password, a code or a card into the chat.
pub(crate) fn asks_for_secret(sentence: &View) -> bool {
    let clauses = promises::clauses(sentence);
    let all_words = crate::facts::words::words(sentence);
    if !SECRET.are_in(&all_words) {
        return false;
    }
    if THREAT.are_in(&all_words) {
        return true;
    }
    let elsewhere = ELSEWHERE.are_in(&all_words) && !IN_CHAT.are_in(&all_words);
    if elsewhere || KEPT_OUT.are_in(&all_words) {
        return false;
    }
    let denied = |clause: &Clause, table: &Phrases| {
        let places = table.all(&clause.words);
        let idle = NO_DENIAL.are_in(&clause.words);
        !places.is_empty()
            && places
                .iter()
                .all(|place| !idle && clause.denies(place) || clause.ties(place))
    };
    let asks = |clause: &Clause| ASKING.are_in(&clause.words) && !denied(clause, &ASKING);
    let names = |clause: &Clause| SECRET.are_in(&clause.words) && !denied(clause, &SECRET);
    let denies = clauses
        .iter()
        .any(|clause| denied(clause, &SECRET) || denied(clause, &ASKING));
    // "Your PIN, please."
    let is_short = all_words.len() <= SHORT;
    let asked_beside = clauses
        .iter()
        .any(|clause| names(clause) && (is_short || ASKING_BESIDE.are_in(&clause.words)))
        && ASKING_BESIDE.are_in(&all_words)
        && !denies;
    // A denial holds for what is listed after it: "we never ask for a password, a PIN or a card number".
    let mut open_denial = false;
    let mut asked = false;
    for clause in &clauses {
        let asks_here = asks(clause);
        if ASKING.are_in(&clause.words) {
            open_denial = !asks_here;
            asked |= asks_here;
        }
        if asked && !open_denial && names(clause) {
            return true;
        }
    }
    // "Your PIN, tell me."
    let told_after = !denies && clauses.iter().any(names) && clauses.iter().any(asks);
    asked_beside || told_after
}
