//! Changes to orders and to her account: what is missing is asked for, then the platform proposes it.

mod addresses;
mod goods;
mod payment;

use guard::gate::Part;

use crate::{
    calls::Deed,
    found::{FoundOrder, FoundProfile, Refused},
    lexicon::Service,
    mention,
    orders::Meant,
    state::{DeedKind, Servicing, Slot, Task},
    turn::{Turn, Turned},
    understand::Wished,
};

const MOST_CHOICES: usize = 8;
/// So often the same thing is asked before a person is offered.
const MOST_MISSED: u8 = 2;

impl DeedKind {
    /// Whether a message that names the other deed may still mean this one: an exchange of what has not
    /// left yet is a change of the order's items.
    pub(crate) const fn may_become(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Cancel, Self::Cancel)
                | (
                    Self::Address | Self::DefaultAddress,
                    Self::Address | Self::DefaultAddress
                )
                | (Self::Payment, Self::Payment)
                | (Self::Items | Self::Exchange, Self::Items | Self::Exchange)
                | (Self::Return, Self::Return)
        )
    }

    pub(crate) const fn goes_somewhere(self) -> bool {
        matches!(self, Self::Address | Self::DefaultAddress)
    }

    const fn service(self) -> Service {
        match self {
            Self::Cancel => Service::Cancel,
            Self::Address | Self::DefaultAddress => Service::Address,
            Self::Payment => Service::PaymentMethod,
            Self::Items => Service::Items,
            Self::Return => Service::Return,
            Self::Exchange => Service::Exchange,
        }
    }

    /// Whether the rules allow it for this order now.
    const fn fits(self, order: &FoundOrder) -> bool {
        match self {
            Self::Cancel => order.may_cancel,
            Self::Address | Self::Payment | Self::Items => order.may_change,
            Self::Return | Self::Exchange => order.may_return,
            Self::DefaultAddress => true,
        }
    }
}

impl<'a> Turn<'a> {
    pub(crate) fn serve_anew(&mut self, kind: DeedKind, wished: &Wished) -> Turned<()> {
        let words = wished.words();
        // A placed order takes nothing more.
        if kind == DeedKind::Items && mention::says(self.lexicon.words.adds_to_order, &words) {
            self.say(self.texts.cannot_add);
            return Ok(());
        }
        let kind = match kind {
            DeedKind::Address
                if mention::says(self.lexicon.words.default_address, &words)
                    && !self.names_an_order(&words)? =>
            {
                DeedKind::DefaultAddress
            }
            other => other,
        };
        self.serve(Servicing::new(kind), &words, Some(wished))
    }

    /// Whether an order of hers is named, by its number or by what is in it.
    fn names_an_order(&mut self, words: &[String]) -> Turned<bool> {
        if self.number.is_some() {
            return Ok(true);
        }
        let orders = self.orders(None)?.unwrap_or_default();
        Ok(orders.iter().any(|order| self.holds(order, words) > 0))
    }

    pub(crate) fn goes_on_serving(&mut self, task: Servicing) -> Turned<bool> {
        let mut words = self.meaning.words.clone();
        // "I have confirmed my e-mail address" names no address that anything goes to.
        if task.asked == Some(Slot::Proof) && self.says_proved() {
            words.clear();
        }
        let before = task.clone();
        let light = self
            .meaning
            .wishes
            .iter()
            .all(|wished| wished.act.is_light());
        if task.asked == Some(Slot::Proof) && (!light || words.is_empty())
            || self.has_something_for(&task, &words)?
        {
            self.serve(task, &words, None)?;
            return Ok(true);
        }
        if before.asked == Some(Slot::Confirm) {
            return Ok(false);
        }
        // A question in between is answered by who answers questions; what is no question was not understood.
        let asks = self
            .meaning
            .wishes
            .iter()
            .any(|wished| wished.sentences.iter().any(|sentence| sentence.asks));
        if asks || light {
            return Ok(false);
        }
        let missed = before.missed.saturating_add(1);
        if missed >= MOST_MISSED {
            self.say(self.texts.not_understood);
            self.offer_person();
            self.state.task = Some(Task::Service(Servicing {
                missed: 0,
                ..before
            }));
            return Ok(true);
        }
        self.say(self.texts.not_understood);
        self.serve(Servicing { missed, ..before }, &[], None)?;
        Ok(true)
    }

    /// Whether the message fills what is open, or changes what was said.
    fn has_something_for(&mut self, task: &Servicing, words: &[String]) -> Turned<bool> {
        if self.number.is_some() || self.meaning.address.is_some() {
            return Ok(true);
        }
        if mention::pick(self.lexicon, words).is_some()
            || mention::says(self.lexicon.words.everything, words)
            || self.reason_in(words, None).is_some()
        {
            return Ok(true);
        }
        if mention::has_quality(self.lexicon, words) {
            return Ok(true);
        }
        let Some(orders) = self.orders(None)? else {
            return Ok(false);
        };
        if orders.iter().any(|order| self.holds(order, words) > 0) {
            return Ok(true);
        }
        let Some(profile) = self.profile()? else {
            return Ok(false);
        };
        if self.method_in(profile, words).is_some() || self.saved_in(profile, words).is_some() {
            return Ok(true);
        }
        if self.reason_in(words, Some(profile)).is_some() {
            return Ok(true);
        }
        // Which variant: any value of what the line comes in.
        if task.asked == Some(Slot::Variant)
            && let Some(order) = orders
                .iter()
                .find(|order| Some(&order.id) == task.order.as_ref())
        {
            for line in order
                .lines
                .iter()
                .filter(|line| task.lines.contains(&line.id))
            {
                if let Some(product) = self.product(&line.product)?
                    && !mention::options(self.lexicon, words, product).is_empty()
                {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Asks for what is missing, or proposes.
    fn serve(
        &mut self,
        mut task: Servicing,
        words: &[String],
        wished: Option<&Wished>,
    ) -> Turned<()> {
        let mut words = words.to_vec();
        if !task.said.is_empty() && task.asked != Some(Slot::Confirm) {
            // What was said at first may answer what is asked now.
            words.extend(task.said.iter().cloned());
        }
        let Some(orders) = self.orders(None)? else {
            task.said.clone_from(&words);
            task.asked = Some(Slot::Proof);
            self.prove_first(wished)?;
            self.begin(Task::Service(task));
            return Ok(());
        };
        let Some(profile) = self.profile()? else {
            task.said.clone_from(&words);
            task.asked = Some(Slot::Proof);
            self.prove_first(None)?;
            self.begin(Task::Service(task));
            return Ok(());
        };
        // "Have it sent to Hamburg instead": an address of hers is named, and no kind of anything.
        if matches!(task.kind, DeedKind::Items | DeedKind::Exchange)
            && self.saved_in(profile, &words).is_some()
            && !mention::has_quality(self.lexicon, &words)
        {
            task.kind = DeedKind::Address;
        }
        if task.kind == DeedKind::DefaultAddress {
            return self.serve_default_address(task, &words, profile);
        }
        let Some(order) = self.order_for(&mut task, &words, orders)? else {
            return Ok(());
        };
        self.state.order = Some(order.id.clone());
        task.order = Some(order.id.clone());
        match task.kind {
            DeedKind::Cancel => self.serve_cancel(task, &words, order, profile),
            DeedKind::Address => self.serve_address(task, &words, order, profile),
            DeedKind::Payment => self.serve_payment(task, &words, order, profile),
            DeedKind::Return => self.serve_return(task, &words, order, profile),
            DeedKind::Items | DeedKind::Exchange => self.serve_swap(task, &words, order, profile),
            DeedKind::DefaultAddress => Ok(()), // it has no order
        }
    }

    /// The order that is meant; `None` when that was asked back, or when none fits.
    fn order_for(
        &mut self,
        task: &mut Servicing,
        words: &[String],
        orders: &'a [FoundOrder],
    ) -> Turned<Option<&'a FoundOrder>> {
        // What has not left yet is changed, what has come is exchanged.
        if matches!(task.kind, DeedKind::Items | DeedKind::Exchange) {
            let other = match task.kind {
                DeedKind::Items => DeedKind::Exchange,
                _ => DeedKind::Items,
            };
            let fits = |kind: DeedKind| orders.iter().filter(move |order| kind.fits(order));
            let mut named = fits(other).filter(|order| self.is_meant(order, words));
            if named.next().is_some() && !fits(task.kind).any(|order| self.is_meant(order, words))
                || fits(task.kind).next().is_none() && fits(other).next().is_some()
            {
                task.kind = other;
            }
        }
        let all: Vec<&FoundOrder> = orders.iter().collect();
        // A number that was written is what is meant, whether it fits or not.
        if let Some(number) = self.number.clone() {
            let found = orders.iter().find(|order| {
                order
                    .id
                    .eq_ignore_ascii_case(number.trim_start_matches('#'))
            });
            if let Some(order) = found {
                return self.fitting(task, order);
            }
            if task.order.is_none()
                && mention::address(self.lexicon, &number).is_none()
                && looks_like_one(&number, orders)
            {
                self.say(self.texts.no_such_order);
                self.ask_order(task, &all);
                return Ok(None);
            }
        }
        if let Some(pick) =
            mention::pick(self.lexicon, words).filter(|_| task.asked != Some(Slot::Variant))
        {
            let _ = pick;
            self.state.order = task.order.clone().or(self.state.order.take());
            if let Meant::One(order) = self.which(&all, words) {
                if Some(&order.id) != task.order.as_ref() {
                    task.lines.clear();
                    task.swaps.clear();
                }
                return self.fitting(task, order);
            }
        }
        if let Some(id) = &task.order
            && let Some(order) = orders.iter().find(|order| order.id == *id)
            && !orders.iter().any(|other| {
                other.id != *id
                    && task.kind.fits(other)
                    && self.holds(other, words) > self.holds(order, words)
            })
        {
            return Ok(Some(order));
        }
        task.lines.clear();
        task.swaps.clear();
        let fitting: Vec<&FoundOrder> = orders
            .iter()
            .filter(|order| task.kind.fits(order))
            .collect();
        let named =
            |orders: &[&'a FoundOrder]| orders.iter().any(|order| self.holds(order, words) > 0);
        // What is named is in an order that does not fit: say so, rather than take another.
        if !named(&fitting)
            && named(&all)
            && let Meant::One(order) = self.which(&all, words)
        {
            return self.fitting(task, order);
        }
        if fitting.is_empty() {
            let spoken = self.state.order.clone();
            let order = orders
                .iter()
                .find(|order| Some(&order.id) == spoken.as_ref())
                .or(orders.first());
            return match order {
                Some(order) => self.fitting(task, order),
                None => {
                    self.say(self.texts.no_orders);
                    self.choose_one_of(&[self.texts.ask_person]);
                    self.state.task = None;
                    Ok(None)
                }
            };
        }
        match self.which(&fitting, words) {
            Meant::One(order) => Ok(Some(order)),
            Meant::Several(several) => {
                self.ask_order(task, &several);
                Ok(None)
            }
            Meant::None => Ok(None),
        }
    }

    fn is_meant(&self, order: &FoundOrder, words: &[String]) -> bool {
        self.holds(order, words) > 0
            || self
                .number
                .as_ref()
                .is_some_and(|number| order.id.eq_ignore_ascii_case(number))
            || self.state.order.as_ref() == Some(&order.id)
    }

    /// An order, if the deed fits it; else why it does not, and what does.
    fn fitting(
        &mut self,
        task: &mut Servicing,
        order: &'a FoundOrder,
    ) -> Turned<Option<&'a FoundOrder>> {
        match task.kind {
            DeedKind::Items if !order.may_change && order.may_return => {
                task.kind = DeedKind::Exchange
            }
            DeedKind::Exchange if !order.may_return && order.may_change => {
                task.kind = DeedKind::Items
            }
            _ => {}
        }
        if task.kind.fits(order) {
            return Ok(Some(order));
        }
        self.state.task = None;
        self.state.order = Some(order.id.clone());
        self.say((self.texts.does_not_fit)(
            task.kind,
            order.status,
            order.servicing.is_some(),
        ));
        self.show(Part::Order(order.card()));
        for (label, text) in (self.texts.next_steps)(order.may_change, order.may_return) {
            self.choose(label, text);
        }
        let topic = (self.texts.topics)(task.kind.service());
        let passages = self.policies(topic)?;
        if let Some(best) = passages
            .first()
            .filter(|best| best.score >= crate::talk::SURE)
        {
            self.quote(best);
        }
        self.choose_one_of(&[self.texts.ask_person]);
        Ok(None)
    }

    fn ask_order(&mut self, task: &Servicing, orders: &[&FoundOrder]) {
        self.say(self.texts.which_order);
        for order in orders.iter().take(MOST_CHOICES) {
            let titles: Vec<&str> = order.lines.iter().map(|line| line.title.as_str()).collect();
            self.choose(&format!("{}: {}", order.id, titles.join(", ")), &order.id);
        }
        self.state.orders = orders.iter().map(|order| order.id.clone()).collect();
        let mut task = task.clone();
        task.asked = Some(Slot::Order);
        self.remember(task);
    }

    /// Keeps the task, with what this message said.
    fn remember(&mut self, mut task: Servicing) {
        if task.said.is_empty() {
            task.said.clone_from(&self.meaning.words);
        }
        self.begin(Task::Service(task));
    }

    pub(crate) fn ask(&mut self, mut task: Servicing, slot: Slot, words: &str) {
        self.say(words);
        task.asked = Some(slot);
        self.remember(task);
    }

    pub(crate) fn proposed(&mut self, mut task: Servicing, deed: Deed) -> Turned<()> {
        let order = task.order.clone();
        // "Deliver it to this address: …, with kind regards": said in two sentences, and one card.
        if self.proposed.contains(&deed) {
            return Ok(());
        }
        self.proposed.push(deed.clone());
        match self.propose(deed)? {
            Ok(()) => {
                self.say(self.texts.proposed);
                task.asked = Some(Slot::Confirm);
                task.said.clear();
                task.missed = 0;
                self.begin(Task::Service(task));
            }
            Err(Refused::NeedsLevel) => {
                task.asked = Some(Slot::Proof);
                self.prove_first(None)?;
                self.begin(Task::Service(task));
            }
            Err(refused) => {
                self.say((self.texts.refused)(refused));
                let stays = matches!(
                    refused,
                    Refused::SameMethod | Refused::MethodNotAllowed | Refused::GiftCardTooSmall
                );
                if stays {
                    task.method = None;
                    task.asked = Some(Slot::Method);
                    self.begin(Task::Service(task));
                } else {
                    self.state.task = None;
                    self.choose_one_of(&[self.texts.ask_person]);
                }
                self.state.order = order;
            }
        }
        Ok(())
    }

    // ---- cancel ----

    /// The reason in the words, of those that this shop takes.
    pub(crate) fn reason_in(
        &self,
        words: &[String],
        profile: Option<&FoundProfile>,
    ) -> Option<String> {
        let known = self
            .lexicon
            .words
            .reasons
            .iter()
            .find(|(reason, patterns)| {
                let takes = profile
                    .is_none_or(|profile| profile.cancel_reasons.iter().any(|own| own == reason));
                takes && mention::says(patterns, words)
            });
        if let Some((reason, _)) = known {
            return Some((*reason).to_owned());
        }
        // A reason of the shop's own, by its words.
        let own = profile?.cancel_reasons.iter().find(|reason| {
            let names = mention::name_words(&reason.replace('_', " "));
            !names.is_empty()
                && mention::likeness(self.lexicon, words, &names.join(" ")) == names.len()
        });
        own.cloned()
    }

    fn serve_cancel(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        let reason = self.reason_in(words, Some(profile)).or(task.reason.take());
        let reason = match (reason, profile.cancel_reasons.as_slice()) {
            (Some(reason), _) => reason,
            (None, [only]) => only.clone(),
            (None, reasons) => {
                for reason in reasons.iter().take(MOST_CHOICES) {
                    let label = (self.texts.reason)(reason)
                        .map_or_else(|| reason.replace('_', " "), str::to_owned);
                    self.choose(&label, &label);
                }
                self.ask(task, Slot::Reason, self.texts.which_reason);
                return Ok(());
            }
        };
        task.reason = Some(reason.clone());
        let order = order.id.clone();
        self.proposed(task, Deed::Cancel { order, reason })
    }
}

/// Whether a written number looks like those of the shop's orders, and not like a postal code or a size.
fn looks_like_one(number: &str, orders: &[FoundOrder]) -> bool {
    let shape = |text: &str| {
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        (letters > 0, text.len())
    };
    let (letters, length) = shape(number);
    orders.iter().any(|order| {
        let (known, own) = shape(&order.id);
        known == letters && own.abs_diff(length) <= 2
    })
}
