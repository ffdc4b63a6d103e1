//! Her orders: where they stand, and which of them she means.

use guard::{FormKind, gate::Part};

use crate::{
    found::FoundOrder,
    mention::{self, Pick},
    state::{Slot, Task},
    turn::{Turn, Turned},
    understand::Wished,
};

/// Words of a short answer.
const SHORT: usize = 8;
/// Orders that are shown at once.
const MOST_ORDERS: usize = 3;

/// Which of her orders is meant.
pub(crate) enum Meant<'o> {
    One(&'o FoundOrder),
    /// It is one of these.
    Several(Vec<&'o FoundOrder>),
    None,
}

impl Turn<'_> {
    pub(crate) fn where_orders_stand(&mut self, wished: &Wished) -> Turned<()> {
        let said = wished.words();
        let number = self.number.clone();
        if !self.tell_orders(number.as_deref(), &said)? {
            self.prove_first(Some(wished))?;
            self.begin(Task::Orders { number, said });
        }
        Ok(())
    }

    /// She asked before she had proved who she is; whether she has meanwhile, and the message is about
    /// nothing else.
    fn goes_on_with_orders(&mut self, number: Option<&str>, said: &[String]) -> Turned<bool> {
        let about_else = self.meaning.wishes.iter().any(|wished| {
            wished.act.is_light() || wished.sentences.iter().any(|sentence| sentence.asks)
        });
        let says_proved = self.says_proved();
        if says_proved && self.orders(None)?.is_none() {
            self.prove_first(None)?;
            return Ok(true);
        }
        let about_else = about_else && !says_proved;
        if about_else || self.orders(None)?.is_none() {
            return Ok(false);
        }
        self.tell_orders(number, said)
    }

    /// `false` while she has not proved who she is.
    pub(crate) fn tell_orders(&mut self, number: Option<&str>, words: &[String]) -> Turned<bool> {
        let Some(mut orders) = self.orders(number)? else {
            return Ok(false);
        };
        if matches!(self.state.task, Some(Task::Orders { .. })) {
            self.state.task = None;
        }
        self.state.unanswered = 0;
        // What looked like a number is none of hers: her newest orders may be what she means.
        let none_such = number.is_some() && orders.is_empty();
        if none_such {
            orders = self.orders(None)?.unwrap_or_default();
        }
        if orders.is_empty() {
            self.say(self.texts.no_orders);
            self.choose_one_of(&[self.texts.ask_person]);
            return Ok(true);
        }
        if none_such {
            self.say(self.texts.no_such_order);
            self.show_orders(&orders.iter().collect::<Vec<_>>());
            return Ok(true);
        }
        let all: Vec<&FoundOrder> = orders.iter().collect();
        match self.which(&all, words) {
            Meant::One(order) => self.show_order(order),
            Meant::Several(several) => self.show_orders(&several),
            Meant::None => self.show_orders(&all),
        }
        Ok(true)
    }

    /// Keeps in mind which of her orders the words are about, for what she says next.
    pub(crate) fn remember_order_of(&mut self, wished: &Wished) -> Turned<()> {
        let orders = self.orders(None)?.unwrap_or_default();
        let all: Vec<&FoundOrder> = orders.iter().collect();
        if let Meant::One(order) = self.which(&all, &wished.words()) {
            self.state.order = Some(order.id.clone());
        }
        Ok(())
    }

    pub(crate) fn show_order(&mut self, order: &FoundOrder) {
        self.say((self.texts.order_is)(order.status, order.paid));
        self.show(Part::Order(order.card()));
        self.state.order = Some(order.id.clone());
        self.state.orders = vec![order.id.clone()];
        self.state.shown.clear();
        self.state.focus = None;
        for (label, text) in (self.texts.next_steps)(order.may_change, order.may_return) {
            self.choose(label, text);
        }
    }

    fn show_orders(&mut self, orders: &[&FoundOrder]) {
        if let [one] = orders {
            return self.show_order(one);
        }
        self.say(self.texts.orders);
        let shown = orders.iter().take(MOST_ORDERS);
        for order in shown.clone() {
            self.show(Part::Order(order.card()));
        }
        self.state.order = None;
        self.state.orders = shown.map(|order| order.id.clone()).collect();
    }

    /// She has to prove who she is before anything of hers is looked at.
    pub(crate) fn prove_first(&mut self, wished: Option<&Wished>) -> Turned<()> {
        self.say(self.texts.orders_unproved);
        self.form(FormKind::Prove, None);
        if let Some(wished) = wished {
            // What the shop says of it helps meanwhile.
            let passages = self.policies(&wished.query)?;
            let topic = match wished.act {
                crate::understand::Act::Service { service, .. } => (self.texts.topics)(service),
                _ => "",
            };
            let named = crate::talk::about(passages, topic);
            let best = named.unwrap_or(passages).first();
            if let Some(best) = best.filter(|best| best.score >= crate::talk::POSSIBLE) {
                self.quote(best);
            }
        }
        self.choose_one_of(&[self.texts.ask_person]);
        Ok(())
    }

    /// Which order the words mean: by its number, by what is in it, or by its place among those shown.
    pub(crate) fn which<'o>(&self, orders: &[&'o FoundOrder], words: &[String]) -> Meant<'o> {
        if let Some(number) = &self.number
            && let Some(order) = orders.iter().find(|order| is_number(&order.id, number))
        {
            return Meant::One(order);
        }
        if let [one] = orders {
            return Meant::One(one);
        }
        let mut likely: Vec<(usize, &FoundOrder)> = orders
            .iter()
            .map(|order| (self.holds(order, words), *order))
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        likely.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match likely.as_slice() {
            [(best, one), (next, _), ..] if best > next => return Meant::One(one),
            [(_, one)] => return Meant::One(one),
            _ => {}
        }
        // "Could you send the pyjamas there? The mug can go to him": what is named where it is asked for.
        if let [(best, _), (next, _), ..] = likely.as_slice()
            && best == next
        {
            let asked = self.asked();
            let alike = likely.iter().filter(|(likeness, _)| likeness == best);
            let mut named: Vec<(usize, &FoundOrder)> = alike
                .map(|(_, order)| (self.holds(order, &asked), *order))
                .filter(|(likeness, _)| *likeness > 0)
                .collect();
            named.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
            match named.as_slice() {
                [(best, one), (next, _), ..] if best > next => return Meant::One(one),
                [(_, one)] => return Meant::One(one),
                _ => {}
            }
        }
        if let Some(order) = self.placed_then(orders, words) {
            return Meant::One(order);
        }
        if let Some(pick) = mention::pick(self.lexicon, words)
            && let Some(order) = self.picked_order(orders, pick)
        {
            return Meant::One(order);
        }
        if let [(best, _), ..] = likely.as_slice() {
            let alike = likely.iter().filter(|(likeness, _)| likeness == best);
            return Meant::Several(alike.map(|(_, order)| *order).collect());
        }
        // The one that was spoken of.
        if let Some(id) = &self.state.order
            && let Some(order) = orders.iter().find(|order| order.id == *id)
        {
            return Meant::One(order);
        }
        match orders {
            [] => Meant::None,
            several => Meant::Several(several.to_vec()),
        }
    }

    /// The words of the sentences in which something is asked for, and not told.
    fn asked(&self) -> Vec<String> {
        let wishes = self.meaning.wishes.iter();
        wishes.flat_map(Wished::asked).collect()
    }

    /// "The one from yesterday; that of last week must stay": the only one that was placed then.
    fn placed_then<'o>(
        &self,
        orders: &[&'o FoundOrder],
        words: &[String],
    ) -> Option<&'o FoundOrder> {
        let parts = self.parts(words);
        let mut ages = parts
            .iter()
            .filter_map(|(_, part)| mention::age(self.lexicon, part));
        let (from, to) = ages.next()?;
        let mut then = orders.iter().filter(|order| {
            order
                .hours_ago
                .is_some_and(|hours| (from..=to).contains(&hours))
        });
        let one = then.next().copied();
        one.filter(|_| then.next().is_none())
    }

    /// How many words of the names of what is in it are said; the best of its lines counts.
    pub(crate) fn holds(&self, order: &FoundOrder, words: &[String]) -> usize {
        let words: Vec<String> = words
            .iter()
            .filter(|word| !self.lexicon.is_filler(word))
            .cloned()
            .collect();
        let lines = order.lines.iter();
        let likeness =
            lines.map(|line| mention::likeness(self.lexicon, &words, line.title.as_str()));
        likeness.max().unwrap_or(0)
    }

    fn picked_order<'o>(&self, orders: &[&'o FoundOrder], pick: Pick) -> Option<&'o FoundOrder> {
        let in_order = |id: &String| orders.iter().find(|order| order.id == *id).copied();
        match pick {
            Pick::Other => {
                let before = self.state.order.as_ref()?;
                let mut others = orders.iter().filter(|order| order.id != *before);
                let other = others.next().copied();
                other.filter(|_| others.next().is_none())
            }
            // Of several that were shown, their place; else the newest is the last one she placed.
            Pick::Nth(at) => self.state.orders.get(at).and_then(in_order),
            Pick::Last => orders.first().copied(),
            Pick::Oldest => orders.last().copied(),
            Pick::Cheapest => orders.iter().min_by_key(|order| order.total).copied(),
            Pick::Dearest => orders.iter().max_by_key(|order| order.total).copied(),
        }
    }

    /// After a question in between: what is still open.
    pub(crate) fn remind(&mut self) {
        let open = match &self.state.task {
            Some(Task::Service(task)) => match task.asked {
                Some(Slot::Confirm) => self.texts.card_waits,
                Some(_) => self.texts.still_open,
                None => return,
            },
            Some(Task::Add(_)) => self.texts.still_open_cart,
            Some(Task::Checkout { shipping: Some(_) }) => self.texts.card_waits,
            Some(Task::Checkout { shipping: None }) => self.texts.still_open,
            Some(Task::Orders { .. }) | None => return,
        };
        self.say(open);
    }

    /// Goes on with what is being filled in; whether the message was about it.
    pub(crate) fn goes_on(&mut self, task: Task) -> Turned<bool> {
        let meaning = self.meaning;
        let short_no = meaning.says_no && meaning.words.len() <= 3 && self.waits(&task);
        // "No longer needed" is an answer, and no "no".
        let answers = match &task {
            Task::Service(task) if meaning.drops || short_no => {
                task.asked == Some(Slot::Reason) && self.reason_in(&meaning.words, None).is_some()
                    || task.kind.goes_somewhere() && self.names_saved_address(&meaning.words)?
            }
            _ => false,
        };
        if (meaning.drops || short_no) && !answers && !self.has_new_deed() {
            self.state.task = None;
            self.say(self.texts.dropped);
            return Ok(true);
        }
        let waits_for_card = match &task {
            Task::Service(task) => task.asked == Some(Slot::Confirm),
            Task::Checkout { shipping } => shipping.is_some(),
            Task::Add(_) | Task::Orders { .. } => false,
        };
        if waits_for_card && meaning.says_yes && meaning.words.len() <= 4 {
            self.say(self.texts.confirm_yourself);
            return Ok(true);
        }
        // "Then I'll have the baker": a value of what is being put in, and nothing else.
        if let Task::Add(adding) = &task
            && let Some(id) = adding.product.clone()
            && let Some(product) = self.product(&id)?
            && meaning.words.len() <= SHORT
            && !mention::options(self.lexicon, &meaning.words, product).is_empty()
        {
            return self.goes_on_adding(adding.clone());
        }
        // "No way, standard instead": how it is delivered, before what else the words could mean.
        if let Task::Checkout { .. } = task
            && meaning.words.len() <= SHORT
            && self.goes_on_checking_out()?
        {
            return Ok(true);
        }
        // She says that she has proved who she is, which was waited for: that is about nothing else.
        let proved = self.says_proved()
            && match &task {
                Task::Service(task) => task.asked == Some(Slot::Proof),
                Task::Orders { .. } => true,
                Task::Add(_) | Task::Checkout { .. } => false,
            };
        if !proved && self.wants_something_else(&task) {
            return Ok(false);
        }
        match task {
            Task::Add(adding) => self.goes_on_adding(adding),
            Task::Orders { number, said } => self.goes_on_with_orders(number.as_deref(), &said),
            Task::Checkout { .. } => self.goes_on_checking_out(),
            Task::Service(task) => self.goes_on_serving(task),
        }
    }

    pub(crate) fn says_proved(&self) -> bool {
        mention::says(self.lexicon.words.proved, &self.meaning.words)
    }

    /// "Leave it as it is, just send it to Hamburg": something else is wanted in its place.
    fn has_new_deed(&self) -> bool {
        let wishes = &self.meaning.wishes;
        wishes.iter().any(|wished| {
            matches!(wished.act, crate::understand::Act::Service { service, asks: false }
                if service.deed().is_some_and(|kind| kind != crate::state::DeedKind::Cancel))
        })
    }

    fn waits(&self, task: &Task) -> bool {
        match task {
            Task::Service(task) => task.asked.is_some(),
            Task::Orders { .. } => false,
            Task::Add(_) | Task::Checkout { .. } => true,
        }
    }

    /// Whether the message names another deed, or asks what belongs to no slot.
    fn wants_something_else(&mut self, task: &Task) -> bool {
        use crate::{lexicon::Service, understand::Act};
        let meaning = self.meaning;
        let other = meaning
            .wishes
            .iter()
            .any(|wished| match (wished.act, task) {
                (Act::Service { asks: true, .. }, _) | (Act::Identity | Act::Capabilities, _) => {
                    true
                }
                (Act::Service { service, .. }, Task::Service(task)) => {
                    service
                        .deed()
                        .is_some_and(|kind| !task.kind.may_become(kind))
                        || matches!(
                            service,
                            Service::OrderStatus
                                | Service::AddToCart
                                | Service::Cart
                                | Service::Checkout
                                | Service::Compare
                                | Service::Recommend
                        )
                }
                (Act::Service { service, .. }, Task::Add(_)) => {
                    !matches!(
                        service,
                        Service::Products | Service::AddToCart | Service::Amount
                    ) || (service == Service::AddToCart && {
                        let names = self.names_in(&wished.goods.words);
                        !names.is_empty()
                            && self
                                .referred(&wished.words(), &wished.goods.words)
                                .is_none()
                    })
                }
                (Act::Service { .. }, Task::Orders { .. }) => true,
                (Act::Service { service, .. }, Task::Checkout { .. }) => {
                    service != Service::Checkout
                }
                _ => false,
            });
        // Another deed takes its place; a question in between does not.
        let replaces = meaning.wishes.iter().any(|wished| {
            matches!(wished.act, Act::Service { service, asks: false } if service.deed().is_some()
                || matches!(service, Service::AddToCart | Service::Checkout))
        });
        if other && replaces {
            self.state.task = None;
        }
        other
    }
}

/// Whether a written number is this order's: in any case, with or without what stands before it.
fn is_number(id: &str, written: &str) -> bool {
    let written = written.trim_start_matches('#');
    id.eq_ignore_ascii_case(written)
}
