//! From what is wanted to what is done and said.

use guard::gate::{Choice, HandoverState, Part, Quote, Redacted};
use terms::Untrusted;

use crate::{
    Draft, FoundOrder, FoundPassage, FoundProduct, Intent, State, ToolResult, Wanted, goods,
    lexicon::{Service, Texts},
    understand::{Act, Meaning},
};

/// From here on a passage is quoted as the answer.
const SURE: i64 = 600;
/// From here on a passage is quoted as the closest there is.
const POSSIBLE: i64 = 460;
/// From here on a passage answers a question about goods; below, it only has some of its words.
const ABOUT_GOODS: i64 = 750;

/// Orders that are shown at once.
const MOST_ORDERS: usize = 3;
/// Words of a question that may be the name of a product; more of them are a question.
const NAME_WORDS: usize = 5;

/// The call a message needs before it can be answered, after those that were made.
pub(crate) fn call(meaning: &Meaning, results: &[ToolResult]) -> Option<Intent> {
    let policies = || Intent::SearchPolicies {
        query: meaning.query.clone(),
    };
    let goods = || Intent::SearchProducts(meaning.goods.clone());
    match (meaning.act, results) {
        (Act::Person(reason), []) => Some(Intent::RequestPerson { reason }),
        // "Do you have …?" may be about goods or about the rules: both are looked at.
        (
            Act::Service {
                service: Service::Products,
                asks: true,
            },
            [],
        ) => Some(policies()),
        (
            Act::Service {
                service: Service::Products,
                asks: true,
            },
            [ToolResult::Policies(_)],
        )
        | (
            Act::Service {
                service: Service::Products,
                asks: false,
            },
            [],
        ) if is_named(&meaning.goods) => Some(goods()),
        (
            Act::Service {
                service: Service::Products,
                ..
            },
            _,
        ) => None,
        (
            Act::Service {
                service: Service::OrderStatus,
                ..
            },
            [],
        ) => Some(Intent::Orders {
            number: meaning.order.clone(),
        }),
        // What looked like a number is none of hers: her newest orders may be what she means.
        (
            Act::Service {
                service: Service::OrderStatus,
                ..
            },
            [ToolResult::Orders(Some(none))],
        ) if none.is_empty() && meaning.order.is_some() => Some(Intent::Orders { number: None }),
        // She has not said who she is: what the shop says of parcels helps meanwhile.
        (
            Act::Service {
                service: Service::OrderStatus,
                ..
            },
            [ToolResult::Orders(None)],
        ) => Some(policies()),
        (Act::Question | Act::Service { .. }, []) => Some(policies()),
        // What no rule answers may be the name of a product.
        (Act::Question, [ToolResult::Policies(passages)])
            if is_a_name(&meaning.goods)
                && passages.first().is_none_or(|best| best.score < SURE) =>
        {
            Some(goods())
        }
        _ => None,
    }
}

/// Whether it says what is looked for, by its name or by its price.
fn is_named(goods: &Wanted) -> bool {
    !goods.words.is_empty() || goods.at_least.is_some() || goods.at_most.is_some()
}

fn is_a_name(goods: &Wanted) -> bool {
    (1..=NAME_WORDS).contains(&goods.words.split_whitespace().count())
}

pub(crate) fn reply(state: State, meaning: &Meaning, results: &[ToolResult]) -> (State, Draft) {
    let mut reply = Reply {
        texts: &meaning.language.lexicon().texts,
        state,
        parts: Vec::new(),
    };
    reply.state.language = meaning.language;
    let offered_before = core::mem::take(&mut reply.state.offered_person);
    let person = results.iter().rev().find_map(|result| match result {
        ToolResult::PersonRequested { already } => Some(*already),
        _ => None,
    });
    if let Some(already) = person {
        reply.person_is_coming(already, meaning.upset);
    } else {
        let passages = results.iter().rev().find_map(|result| match result {
            ToolResult::Policies(passages) => Some(passages.as_slice()),
            _ => None,
        });
        let found = results.iter().rev().find_map(|result| match result {
            ToolResult::Products(found) => Some(found.as_slice()),
            _ => None,
        });
        let passages = passages.unwrap_or_default();
        let orders = results.iter().rev().find_map(|result| match result {
            ToolResult::Orders(orders) => Some(orders.as_deref()),
            _ => None,
        });
        if let Some(orders) = orders {
            let other = meaning.order.is_some() && results.len() > 1;
            reply.orders(meaning, orders, other, passages);
        } else if !reply.goods(meaning, found, passages) {
            reply.to(meaning, passages, offered_before);
        }
    }
    reply.state.greeted = true;
    (reply.state, Draft { parts: reply.parts })
}

struct Reply<'texts> {
    texts: &'texts Texts,
    state: State,
    parts: Vec<Part>,
}

impl Reply<'_> {
    fn to(&mut self, meaning: &Meaning, passages: &[FoundPassage], offered_before: bool) {
        let texts = self.texts;
        match meaning.act {
            Act::Question => self.answer(meaning, passages, offered_before),
            Act::Service { service, asks } => self.explain(service, asks, meaning.upset, passages),
            Act::Person(_) => self.offer(&[texts.capabilities]), // no one could be asked
            Act::DeclinePerson => self.say(texts.declined),
            Act::Identity => {
                self.say(texts.identity);
                self.choices(&[texts.ask_person]);
            }
            Act::Complaint => self.offer(&[texts.sorry]),
            Act::Capabilities => {
                self.say(texts.capabilities);
                self.starters();
            }
            Act::Greeting if self.state.greeted => self.say(texts.greeting_again),
            Act::Greeting => {
                self.say(texts.greeting);
                self.starters();
            }
            Act::HowAreYou => self.say(texts.how_are_you),
            Act::Thanks => self.say(texts.thanks),
            Act::Goodbye => self.say(texts.goodbye),
            Act::SmallTalk => self.say(texts.small_talk),
            Act::GoOn => self.say(texts.go_on),
            Act::Nothing => {
                self.say(texts.no_words);
                self.starters();
            }
        }
    }

    /// Tells where her orders stand; `None` when she has not proved who she is. `other`: they are not
    /// the one whose number she wrote, since there is none.
    fn orders(
        &mut self,
        meaning: &Meaning,
        orders: Option<&[FoundOrder]>,
        other: bool,
        passages: &[FoundPassage],
    ) {
        let texts = self.texts;
        let sorry = if meaning.upset {
            format!("{} ", texts.sorry)
        } else {
            String::new()
        };
        self.state.unanswered = 0;
        match orders {
            None => {
                self.say(&format!("{sorry}{}", texts.orders_unproved));
                if let Some(best) = passages.first().filter(|best| best.score >= POSSIBLE) {
                    self.quote(best);
                }
                self.choices(&[texts.ask_person]);
            }
            Some([]) => {
                self.say(&format!("{sorry}{}", texts.no_orders));
                self.choices(&[texts.ask_person]);
            }
            Some(orders) if other => {
                self.say(&format!("{sorry}{} {}", texts.no_such_order, texts.orders));
                let shown = orders.iter().take(MOST_ORDERS);
                self.parts
                    .extend(shown.map(|order| Part::Order(order.card())));
            }
            Some([order]) => {
                self.say(&format!(
                    "{sorry}{}",
                    (texts.order_is)(order.status, order.paid)
                ));
                self.parts.push(Part::Order(order.card()));
            }
            Some(orders) => {
                self.say(&format!("{sorry}{}", texts.orders));
                let shown = orders.iter().take(MOST_ORDERS);
                self.parts
                    .extend(shown.map(|order| Part::Order(order.card())));
            }
        }
    }

    /// Answers with goods, where the message is about them; whether it was.
    fn goods(
        &mut self,
        meaning: &Meaning,
        found: Option<&[FoundProduct]>,
        passages: &[FoundPassage],
    ) -> bool {
        match meaning.act {
            Act::Service {
                service: Service::Products,
                asks,
            } => {
                self.goods_asked_for(meaning, asks, found, passages);
                true
            }
            Act::Question => self.goods_called_so(meaning, found.unwrap_or_default()),
            _ => false,
        }
    }

    fn goods_asked_for(
        &mut self,
        meaning: &Meaning,
        asks: bool,
        found: Option<&[FoundProduct]>,
        passages: &[FoundPassage],
    ) {
        let texts = self.texts;
        let best = passages.first().map_or(0, |best| best.score);
        let products = found.unwrap_or_default();
        // A rule that answers it in so many words stands before goods that are called like it.
        if asks && (best >= ABOUT_GOODS || (products.is_empty() && best >= POSSIBLE)) {
            return self.answer(meaning, passages, false);
        }
        self.state.unanswered = 0;
        if !products.is_empty() {
            self.show(products.iter(), meaning.upset);
        } else if found.is_some() {
            self.say(texts.no_products);
            self.choices(&[texts.ask_person]);
        } else {
            self.say(texts.which_products);
        }
    }

    /// Nobody asked for goods: only what is really called so is shown.
    fn goods_called_so(&mut self, meaning: &Meaning, found: &[FoundProduct]) -> bool {
        let called = |product: &&FoundProduct| {
            let category = product.category.as_ref().map(Redacted::as_str);
            goods::is_called(product.title.as_str(), category, &meaning.goods.words)
        };
        let called: Vec<&FoundProduct> = found.iter().filter(called).collect();
        if called.is_empty() {
            return false;
        }
        self.show(called.into_iter(), meaning.upset);
        true
    }

    fn show<'a>(&mut self, found: impl Iterator<Item = &'a FoundProduct>, upset: bool) {
        let texts = self.texts;
        if upset {
            self.say(&format!("{} {}", texts.sorry, texts.products));
        } else {
            self.say(texts.products);
        }
        self.parts
            .push(Part::Products(found.map(FoundProduct::card).collect()));
        self.state.unanswered = 0;
    }

    fn person_is_coming(&mut self, already: bool, upset: bool) {
        let words = if already {
            self.texts.person_asked_before
        } else {
            self.texts.person_asked
        };
        if upset {
            self.say(&format!("{} {words}", self.texts.sorry));
        } else {
            self.say(words);
        }
        self.parts.push(Part::Handover(HandoverState::Waiting));
        self.state.unanswered = 0;
    }

    /// Answers a question from the passages, or says that it does not know.
    fn answer(&mut self, meaning: &Meaning, passages: &[FoundPassage], offered_before: bool) {
        let texts = self.texts;
        let best = passages.first().filter(|best| best.score >= POSSIBLE);
        let Some(best) = best else {
            let again = self.state.unanswered > 0 && !offered_before;
            self.state.unanswered = self.state.unanswered.saturating_add(1);
            let words = if again || self.state.unanswered > 1 {
                texts.unknown_again
            } else {
                texts.unknown
            };
            return if meaning.upset {
                self.offer(&[texts.sorry, words])
            } else {
                self.offer(&[words])
            };
        };
        self.state.unanswered = 0;
        let lead = if best.score >= SURE {
            texts.found
        } else {
            texts.maybe
        };
        if meaning.upset {
            self.say(&format!("{} {lead}", texts.sorry));
        } else {
            self.say(lead);
        }
        self.quote(best);
        if meaning.upset {
            self.offer(&[]);
        } else if best.score < SURE {
            self.choices(&[texts.ask_person]);
        }
    }

    /// Says plainly what cannot be done here, with the rules that apply.
    fn explain(&mut self, service: Service, asks: bool, upset: bool, passages: &[FoundPassage]) {
        let texts = self.texts;
        let deed = (texts.services)(service);
        let fill = |template: &str| template.replace("{}", deed);
        // Whoever wants something done is told the rules of that deed: the passage that bears its name,
        // before one that has more of her words ("order" is said of every deed).
        let topic = (texts.topics)(service);
        let name = topic.split(' ').next().unwrap_or_default().to_lowercase();
        let fitting = || passages.iter().filter(|passage| passage.score >= POSSIBLE);
        let named = fitting().find(|passage| {
            !asks && !name.is_empty() && passage.title.to_lowercase().contains(&name)
        });
        let best = named.or_else(|| fitting().next());
        let sorry = if upset {
            format!("{} ", texts.sorry)
        } else {
            String::new()
        };
        self.state.unanswered = 0;
        match best {
            Some(best) if asks => {
                self.say(&format!("{sorry}{}", texts.found));
                self.quote(best);
                self.offer(&[&fill(texts.cannot_after)]);
            }
            Some(best) => {
                self.say(&format!("{sorry}{}", fill(texts.cannot_but)));
                self.quote(best);
                self.offer(&[]);
            }
            None => self.offer(&[&format!("{sorry}{}", fill(texts.cannot))]),
        }
    }

    /// Offers a person after the given sentences; "yes" will mean "ask one".
    fn offer(&mut self, before: &[&str]) {
        let words: Vec<&str> = before.iter().copied().chain([self.texts.offer]).collect();
        self.say(&words.join(" "));
        self.choices(&[self.texts.accept, self.texts.decline]);
        self.state.offered_person = true;
    }

    fn say(&mut self, words: &str) {
        self.parts
            .push(Part::Text(Untrusted::new(words.to_owned())));
    }

    /// The passage word for word, with where it comes from.
    fn quote(&mut self, passage: &FoundPassage) {
        self.state.topic = Some(passage.id.chars().take(64).collect());
        self.parts.push(Part::Quote(Quote {
            kind: passage.kind,
            id: passage.id.clone(),
            title: passage.title.clone(),
            text: Untrusted::new(passage.text.as_str().to_owned()),
        }));
    }

    fn starters(&mut self) {
        let starters: Vec<_> = self
            .texts
            .starters
            .iter()
            .map(|text| (*text, *text))
            .collect();
        self.choices(&starters);
    }

    fn choices(&mut self, choices: &[(&str, &str)]) {
        let choices = choices.iter().map(|(label, text)| Choice {
            label: (*label).to_owned(),
            text: (*text).to_owned(),
        });
        self.parts.push(Part::Choices(choices.collect()));
    }
}
