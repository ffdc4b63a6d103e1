//! One turn, step by step: what is asked of tools, what is said, and what is remembered.
//!
//! The planner is a pure function that is called anew with each result. A turn goes through the same
//! lines each time: a call whose answer is there already goes on with it, the first one without an answer
//! ends the step. So the lines read as if they waited.

use guard::{
    Form, FormKind,
    gate::{Choice, Part, Quote},
};
use terms::{Money, Untrusted};

use crate::{
    Draft,
    calls::{Deed, Intent, LookUp, Wanted},
    describing::NO_RULE,
    found::{FoundCart, FoundOrder, FoundPassage, FoundProduct, FoundProfile, Refused, ToolResult},
    lexicon::{Language, Lexicon, Service, Texts},
    mention,
    state::{Shown, State, Task},
    understand::{Act, Meaning, Wished},
};

/// A call that has no answer yet.
#[derive(Debug)]
pub(crate) struct Needs(pub(crate) Box<Intent>);

pub(crate) type Turned<T> = Result<T, Needs>;

/// Products that are remembered of what was shown.
const MOST_SHOWN: usize = 8;

pub(crate) struct Turn<'a> {
    pub(crate) meaning: &'a Meaning,
    pub(crate) language: Language,
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) texts: &'static Texts,
    pub(crate) state: State,
    /// Whether the reply before offered a person.
    pub(crate) offered_before: bool,
    parts: Vec<Part>,
    /// Quick replies stand together at the end.
    choices: Vec<Choice>,
    /// Whether a question was asked and nothing answers it.
    pub(crate) unanswered: bool,
    /// What was proposed in this turn: nothing is proposed twice.
    pub(crate) proposed: Vec<Deed>,
    results: &'a [ToolResult],
    next: usize,
    /// What was looked up in this turn, with the place of its answer: nothing is looked up twice.
    read: Vec<(Intent, usize)>,
    /// The number of an order that the wish at hand writes, else that the message does.
    pub(crate) number: Option<String>,
}

/// Answers a message, or says which call it needs first.
pub(crate) fn answer(
    state: State,
    meaning: &Meaning,
    results: &[ToolResult],
) -> Turned<(State, Draft)> {
    let lexicon = meaning.language.lexicon();
    let mut turn = Turn {
        meaning,
        language: meaning.language,
        lexicon,
        texts: &lexicon.texts,
        state,
        offered_before: false,
        parts: Vec::new(),
        choices: Vec::new(),
        unanswered: false,
        proposed: Vec::new(),
        results,
        next: 0,
        read: Vec::new(),
        number: meaning.order.clone(),
    };
    turn.state.language = meaning.language;
    turn.offered_before = core::mem::take(&mut turn.state.offered_person);
    turn.whole()?;
    turn.state.greeted = true;
    let mut parts = turn.parts;
    if !turn.choices.is_empty() {
        parts.push(Part::Choices(turn.choices));
    }
    let unanswered = turn.unanswered;
    Ok((turn.state, Draft { parts, unanswered }))
}

impl<'a> Turn<'a> {
    fn whole(&mut self) -> Turned<()> {
        let meaning = self.meaning;
        let person = meaning.wishes.iter().find_map(|wished| match wished.act {
            Act::Person(reason) => Some(reason),
            _ => None,
        });
        if let Some(reason) = person {
            let already = self.person(reason)?;
            self.person_is_coming(already);
            return Ok(());
        }
        let pending = self.state.task.clone();
        if let Some(task) = pending.clone()
            && self.goes_on(task)?
        {
            return Ok(());
        }
        if pending.is_none() && self.says_proved() && self.tell_orders(None, &[])? {
            return Ok(());
        }
        if meaning.upset && meaning.wishes.iter().all(|one| one.act != Act::Complaint) {
            self.say(self.texts.sorry);
        }
        for wished in &meaning.wishes {
            self.number = wished.order.clone().or_else(|| meaning.order.clone());
            self.to(wished)?;
        }
        if meaning.too_many {
            self.say(self.texts.too_much_at_once);
        }
        // What was being filled in is still open after a question in between.
        if pending.is_some() && self.state.task == pending {
            self.remind();
        }
        Ok(())
    }

    fn to(&mut self, wished: &Wished) -> Turned<()> {
        let asks = || wished.sentences.iter().any(|sentence| sentence.asks);
        match wished.act {
            Act::Question
            | Act::Nothing
            | Act::Service {
                service: Service::Products | Service::Payment,
                ..
            } if self.meaning.gave_card => {
                self.warn_of_cards();
                Ok(())
            }
            Act::Service { service, asks } => self.service(service, asks, wished),
            Act::Question => self.question(wished),
            // "It is a bit tight, but I keep it"
            Act::Misfit if self.keeps(wished) => {
                self.say(self.texts.dropped);
                Ok(())
            }
            Act::Misfit => {
                self.remember_order_of(wished)?;
                self.talk(wished.act);
                Ok(())
            }
            // "Will it work on induction?", of what was shown.
            Act::SmallTalk if asks() && self.asks_of_focus(wished, NO_RULE)? => Ok(()),
            _ => {
                self.talk(wished.act);
                Ok(())
            }
        }
    }

    fn keeps(&self, wished: &Wished) -> bool {
        let mut sentences = wished.sentences.iter();
        sentences.any(|sentence| mention::says(self.lexicon.words.keeps, &sentence.words))
    }

    // ---- calls ----

    fn result(&mut self, intent: Intent) -> Turned<&'a ToolResult> {
        let known = self.read.iter().find(|(read, _)| *read == intent);
        let at = known.map_or(self.next, |(_, at)| *at);
        let result = self.results.get(at);
        if at == self.next {
            self.next = self.next.saturating_add(1);
            // What a deed may change is asked for anew.
            let stays = matches!(
                intent,
                Intent::LookUp(_) | Intent::Orders { .. } | Intent::Profile { .. }
            );
            if stays {
                self.read.push((intent.clone(), at));
            }
        }
        result.ok_or_else(|| Needs(Box::new(intent)))
    }

    pub(crate) fn policies(&mut self, query: &str) -> Turned<&'a [FoundPassage]> {
        let query = query.to_owned();
        Ok(
            match self.result(Intent::LookUp(LookUp::Policies { query }))? {
                ToolResult::Policies(passages) => passages,
                _ => &[],
            },
        )
    }

    /// What the catalogue says: of one product all it says, what fits first; of others what fits.
    pub(crate) fn descriptions(
        &mut self,
        query: &str,
        product: Option<&str>,
    ) -> Turned<&'a [FoundPassage]> {
        let intent = Intent::LookUp(LookUp::Descriptions {
            query: query.to_owned(),
            product: product.map(str::to_owned),
        });
        Ok(match self.result(intent)? {
            ToolResult::Policies(passages) => passages,
            _ => &[],
        })
    }

    pub(crate) fn products(&mut self, wanted: &Wanted) -> Turned<&'a [FoundProduct]> {
        Ok(
            match self.result(Intent::LookUp(LookUp::Products(wanted.clone())))? {
                ToolResult::Products(products) => products,
                _ => &[],
            },
        )
    }

    pub(crate) fn product(&mut self, id: &str) -> Turned<Option<&'a FoundProduct>> {
        let id = id.to_owned();
        Ok(match self.result(Intent::LookUp(LookUp::Product { id }))? {
            ToolResult::Products(products) => products.first(),
            _ => None,
        })
    }

    pub(crate) fn categories(&mut self) -> Turned<Vec<&'a str>> {
        Ok(match self.result(Intent::LookUp(LookUp::Categories))? {
            ToolResult::Categories(names) => names.iter().map(|name| name.as_str()).collect(),
            _ => Vec::new(),
        })
    }

    pub(crate) fn cart_after(&mut self, intent: Intent) -> Turned<Result<&'a FoundCart, Refused>> {
        Ok(match self.result(intent)? {
            ToolResult::Cart(Ok(cart)) => Ok(cart),
            ToolResult::Cart(Err(refused)) => Err(*refused),
            _ => Err(Refused::Other),
        })
    }

    pub(crate) fn orders(&mut self, number: Option<&str>) -> Turned<Option<&'a [FoundOrder]>> {
        let number = number.map(str::to_owned);
        Ok(match self.result(Intent::Orders { number })? {
            ToolResult::Orders(orders) => orders.as_deref(),
            _ => None,
        })
    }

    pub(crate) fn profile(&mut self) -> Turned<Option<&'a FoundProfile>> {
        Ok(
            match self.result(Intent::Profile {
                language: self.language.interface(),
            })? {
                ToolResult::Profile(profile) => profile.as_ref(),
                _ => None,
            },
        )
    }

    pub(crate) fn propose(&mut self, deed: Deed) -> Turned<Result<(), Refused>> {
        Ok(match self.result(Intent::Propose(deed))? {
            ToolResult::Proposed(proposed) => *proposed,
            _ => Err(Refused::Other),
        })
    }

    fn person(&mut self, reason: crate::PersonReason) -> Turned<bool> {
        Ok(match self.result(Intent::RequestPerson { reason })? {
            ToolResult::PersonRequested { already } => *already,
            _ => false,
        })
    }

    // ---- what is said and shown ----

    pub(crate) fn say(&mut self, words: &str) {
        if !words.is_empty() {
            self.parts
                .push(Part::Text(Untrusted::new(words.to_owned())));
        }
    }

    /// Says a sentence of the language with its blanks filled, in their order.
    pub(crate) fn say_with(&mut self, template: &str, blanks: &[&str]) {
        self.say(&filled(template, blanks));
    }

    pub(crate) fn show(&mut self, part: Part) {
        self.parts.push(part);
    }

    pub(crate) fn form(&mut self, form: FormKind, order: Option<String>) {
        self.parts.push(Part::Form(Form { form, order }));
    }

    pub(crate) fn choose(&mut self, label: &str, text: &str) {
        let choice = Choice {
            label: label.to_owned(),
            text: text.to_owned(),
        };
        if !self.choices.contains(&choice) {
            self.choices.push(choice);
        }
    }

    pub(crate) fn choose_one_of(&mut self, choices: &[(&str, &str)]) {
        for (label, text) in choices {
            self.choose(label, text);
        }
    }

    pub(crate) fn money(&self, minor: i64, currency: &str) -> String {
        match currency.parse() {
            Ok(currency) => Money::new(minor, currency).written(self.language.interface()),
            Err(_) => format!("{minor} {currency}"),
        }
    }

    /// The passage word for word, with where it comes from.
    pub(crate) fn quote(&mut self, passage: &FoundPassage) {
        self.state.topic = Some(passage.id.chars().take(64).collect());
        self.show(Part::Quote(Quote {
            kind: passage.kind,
            id: passage.id.clone(),
            title: passage.title.clone(),
            text: Untrusted::new(passage.text.as_str().to_owned()),
        }));
    }

    /// Offers a person; "yes" will mean "ask one".
    pub(crate) fn offer_person(&mut self) {
        self.say(self.texts.offer);
        self.choose_one_of(&[self.texts.accept, self.texts.decline]);
        self.state.offered_person = true;
    }

    /// Keeps in mind which products were shown.
    pub(crate) fn showed(&mut self, products: &[&FoundProduct]) {
        let shown = products.iter().take(MOST_SHOWN).map(|product| Shown {
            id: product.id.clone(),
            title: product.title.as_str().to_owned(),
            price: product.price,
        });
        self.state.shown = shown.collect();
        self.state.focus = match self.state.shown.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        };
        self.state.chosen.clear();
        self.state.unanswered = 0;
    }

    pub(crate) fn begin(&mut self, task: Task) {
        self.state.task = Some(task);
    }
}

/// A template with its blanks `{}` filled in their order.
pub(crate) fn filled(template: &str, blanks: &[&str]) -> String {
    let mut pieces = template.split("{}");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    let mut blanks = blanks.iter();
    for piece in pieces {
        text.push_str(blanks.next().copied().unwrap_or_default());
        text.push_str(piece);
    }
    text
}
