//! Changes to orders and to her account: what is missing is asked for, then the platform proposes it.

use guard::{FormKind, gate::Part};

use crate::{
    calls::{Deed, Destination, Swap},
    found::{FoundLine, FoundOrder, FoundProfile, Refused},
    lexicon::Service,
    mention,
    orders::Meant,
    shopping::kinds_with,
    state::{DeedKind, Servicing, Slot, Task},
    turn::{Turn, Turned, filled},
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
                | (Self::Address | Self::DefaultAddress, Self::Address | Self::DefaultAddress)
                | (Self::Payment, Self::Payment)
                | (Self::Items | Self::Exchange, Self::Items | Self::Exchange)
                | (Self::Return, Self::Return)
        )
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
            DeedKind::Address if mention::says(self.lexicon.words.default_address, &words) => {
                DeedKind::DefaultAddress
            }
            other => other,
        };
        self.serve(Servicing::new(kind), &words, Some(wished))
    }

    pub(crate) fn goes_on_serving(&mut self, task: Servicing) -> Turned<bool> {
        let words = self.meaning.words.clone();
        let before = task.clone();
        let light = self.meaning.wishes.iter().all(|wished| wished.act.is_light());
        if task.asked == Some(Slot::Proof) && !light || self.has_something_for(&task, &words)? {
            self.serve(task, &words, None)?;
            return Ok(true);
        }
        if before.asked == Some(Slot::Confirm) {
            return Ok(false);
        }
        // A question in between is answered by who answers questions; what is no question was not understood.
        let asks = self.meaning.wishes.iter().any(|wished| {
            wished.sentences.iter().any(|sentence| sentence.asks)
        });
        if asks || light {
            return Ok(false);
        }
        let missed = before.missed.saturating_add(1);
        if missed >= MOST_MISSED {
            self.say(self.texts.not_understood);
            self.offer_person();
            self.state.task = Some(Task::Service(Servicing { missed: 0, ..before }));
            return Ok(true);
        }
        self.say(self.texts.not_understood);
        self.serve(Servicing { missed, ..before }, &[], None)?;
        Ok(true)
    }

    /// Whether the message fills what is open, or changes what was said.
    fn has_something_for(&mut self, task: &Servicing, words: &[String]) -> Turned<bool> {
        if self.meaning.order.is_some() || self.meaning.address.is_some() {
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
            && let Some(order) = orders.iter().find(|order| Some(&order.id) == task.order.as_ref())
        {
            for line in order.lines.iter().filter(|line| task.lines.contains(&line.id)) {
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
        if let Some(number) = self.meaning.order.clone() {
            let found = orders.iter().find(|order| order.id.eq_ignore_ascii_case(number.trim_start_matches('#')));
            if let Some(order) = found {
                return self.fitting(task, order);
            }
            if task.order.is_none() && mention::address(self.lexicon, &number).is_none() && looks_like_one(&number, orders) {
                self.say(self.texts.no_such_order);
                self.ask_order(task, &all);
                return Ok(None);
            }
        }
        if let Some(pick) = mention::pick(self.lexicon, words).filter(|_| task.asked != Some(Slot::Variant)) {
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
                other.id != *id && task.kind.fits(other) && self.holds(other, words) > self.holds(order, words)
            })
        {
            return Ok(Some(order));
        }
        task.lines.clear();
        task.swaps.clear();
        let fitting: Vec<&FoundOrder> = orders.iter().filter(|order| task.kind.fits(order)).collect();
        let named = |orders: &[&'a FoundOrder]| orders.iter().any(|order| self.holds(order, words) > 0);
        // What is named is in an order that does not fit: say so, rather than take another.
        if !named(&fitting) && named(&all) {
            if let Meant::One(order) = self.which(&all, words) {
                return self.fitting(task, order);
            }
        }
        if fitting.is_empty() {
            let spoken = self.state.order.clone();
            let order = orders.iter().find(|order| Some(&order.id) == spoken.as_ref()).or(orders.first());
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
            || self.meaning.order.as_ref().is_some_and(|number| order.id.eq_ignore_ascii_case(number))
            || self.state.order.as_ref() == Some(&order.id)
    }

    /// An order, if the deed fits it; else why it does not, and what does.
    fn fitting(
        &mut self,
        task: &mut Servicing,
        order: &'a FoundOrder,
    ) -> Turned<Option<&'a FoundOrder>> {
        match task.kind {
            DeedKind::Items if !order.may_change && order.may_return => task.kind = DeedKind::Exchange,
            DeedKind::Exchange if !order.may_return && order.may_change => task.kind = DeedKind::Items,
            _ => {}
        }
        if task.kind.fits(order) {
            return Ok(Some(order));
        }
        self.state.task = None;
        self.state.order = Some(order.id.clone());
        self.say((self.texts.does_not_fit)(task.kind, order.status, order.servicing.is_some()));
        self.show(Part::Order(order.card()));
        for (label, text) in (self.texts.next_steps)(order.may_change, order.may_return) {
            self.choose(label, text);
        }
        let topic = (self.texts.topics)(task.kind.service());
        let passages = self.policies(topic)?;
        if let Some(best) = passages.first().filter(|best| best.score >= crate::talk::SURE) {
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

    fn ask(&mut self, mut task: Servicing, slot: Slot, words: &str) {
        self.say(words);
        task.asked = Some(slot);
        self.remember(task);
    }

    fn proposed(&mut self, mut task: Servicing, deed: Deed) -> Turned<()> {
        let order = task.order.clone();
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
    pub(crate) fn reason_in(&self, words: &[String], profile: Option<&FoundProfile>) -> Option<String> {
        let known = self.lexicon.words.reasons.iter().find(|(reason, patterns)| {
            let takes = profile.is_none_or(|profile| profile.cancel_reasons.iter().any(|own| own == reason));
            takes && mention::says(patterns, words)
        });
        if let Some((reason, _)) = known {
            return Some((*reason).to_owned());
        }
        // A reason of the shop's own, by its words.
        let own = profile?.cancel_reasons.iter().find(|reason| {
            let names = mention::name_words(&reason.replace('_', " "));
            !names.is_empty() && mention::likeness(self.lexicon, words, &names.join(" ")) == names.len()
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

    // ---- addresses ----

    /// The saved address that the words name.
    fn saved_in<'p>(&self, profile: &'p FoundProfile, words: &[String]) -> Option<&'p str> {
        let mut named: Vec<(usize, &str)> = profile
            .addresses
            .iter()
            .map(|saved| {
                let likeness = mention::likeness(self.lexicon, words, saved.label.as_str());
                (likeness, saved.id.as_str())
            })
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        named.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match named.as_slice() {
            [(best, one), (next, _), ..] if best > next => Some(one),
            [(_, one)] => Some(one),
            _ => None,
        }
    }

    fn destination(&self, profile: &FoundProfile, words: &[String]) -> Option<Destination> {
        if let Some(written) = self.meaning.address.clone() {
            return Some(Destination::Written(written));
        }
        let saved = self.saved_in(profile, words)?;
        Some(Destination::Saved(saved.to_owned()))
    }

    fn ask_address(&mut self, task: Servicing, profile: &FoundProfile) {
        for saved in profile.addresses.iter().take(MOST_CHOICES) {
            self.choose(saved.label.as_str(), saved.label.as_str());
        }
        let order = task.order.clone();
        self.ask(task, Slot::Address, self.texts.which_address);
        self.form(FormKind::Address, order);
    }

    fn serve_address(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        let Some(to) = self.destination(profile, words).or(task.to.take()) else {
            self.ask_address(task, profile);
            return Ok(());
        };
        task.to = Some(to.clone());
        let order = order.id.clone();
        self.proposed(task, Deed::ChangeAddress { order, to })
    }

    fn serve_default_address(
        &mut self,
        mut task: Servicing,
        words: &[String],
        profile: &FoundProfile,
    ) -> Turned<()> {
        let Some(to) = self.destination(profile, words).or(task.to.take()) else {
            self.ask_address(task, profile);
            return Ok(());
        };
        task.to = Some(to.clone());
        self.proposed(task, Deed::ChangeDefaultAddress { to })
    }

    // ---- payment ----

    /// The means of payment that the words name.
    fn method_in(&self, profile: &FoundProfile, words: &[String]) -> Option<String> {
        if mention::says(self.lexicon.words.gift_card, words) {
            let card = profile.methods.iter().find(|method| method.is_gift_card);
            return card.map(|method| method.id.clone());
        }
        let mut named: Vec<(usize, &str)> = profile
            .methods
            .iter()
            .filter(|method| !method.is_gift_card && !method.once)
            .map(|method| {
                let label = method.label.as_str();
                let likeness = mention::likeness(self.lexicon, words, label);
                let digits = words.iter().filter(|word| word.len() == 4 && label.ends_with(word.as_str()));
                let kind = usize::from(
                    label != "PayPal" && mention::says(self.lexicon.words.card, words),
                );
                (likeness + kind + 2 * digits.count(), method.id.as_str())
            })
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        named.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match named.as_slice() {
            [(best, one), (next, _), ..] if best > next => Some((*one).to_owned()),
            [(_, one)] => Some((*one).to_owned()),
            _ => None,
        }
    }

    fn ask_method(&mut self, task: Servicing, profile: &FoundProfile, but: &[String]) {
        let methods = profile.methods.iter().filter(|method| !method.once && !but.contains(&method.id));
        for method in methods.take(MOST_CHOICES) {
            self.choose(method.label.as_str(), method.label.as_str());
        }
        self.ask(task, Slot::Method, self.texts.which_method);
    }

    fn serve_payment(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        // "From the card to PayPal": what it was paid with is not what it is changed to.
        let words = mention::without_instead(self.lexicon, words);
        let to_words = after_last(words, self.lexicon.words.to_words);
        let named = self
            .method_in(profile, to_words)
            .or_else(|| self.method_in(profile, words))
            .or(task.method.take());
        let others = || {
            profile
                .methods
                .iter()
                .filter(|method| !method.once && !order.paid_with.contains(&method.id))
        };
        let method = match named {
            Some(method) if !order.paid_with.contains(&method) || task.asked == Some(Slot::Method) => method,
            _ => match others().collect::<Vec<_>>().as_slice() {
                [one] => one.id.clone(),
                [] => {
                    self.state.task = None;
                    self.say(self.texts.no_other_method);
                    self.choose_one_of(&[self.texts.ask_person]);
                    return Ok(());
                }
                _ => {
                    self.ask_method(task, profile, &order.paid_with);
                    return Ok(());
                }
            },
        };
        task.method = Some(method.clone());
        let order = order.id.clone();
        self.proposed(task, Deed::ChangePayment { order, method })
    }

    /// How a difference is paid or given back: as she says, else as the order was paid.
    fn method_for(&self, task: &Servicing, words: &[String], order: &FoundOrder, profile: &FoundProfile) -> Option<String> {
        self.method_in(profile, words)
            .or_else(|| task.method.clone())
            .or_else(|| order.paid_with.first().cloned())
            .or_else(|| profile.methods.iter().find(|method| !method.once).map(|method| method.id.clone()))
    }

    // ---- return ----

    /// The lines that the words name: all of them, or by their names, the best likeness of each name.
    fn lines_in<'o>(&self, order: &'o FoundOrder, words: &[String]) -> Vec<&'o FoundLine> {
        if let [one] = order.lines.as_slice() {
            return vec![one];
        }
        if mention::says(self.lexicon.words.everything, words) {
            return order.lines.iter().collect();
        }
        // Each thing that is named takes the line it is most like.
        let mut found: Vec<&FoundLine> = Vec::new();
        for part in self.parts(words) {
            let mut likely: Vec<(usize, &FoundLine)> = order
                .lines
                .iter()
                .map(|line| {
                    let title = mention::likeness(self.lexicon, &part, line.title.as_str());
                    let options = mention::likeness(self.lexicon, &part, line.options.as_str());
                    (if title > 0 { 2 * title + options } else { 0 }, line)
                })
                .filter(|(likeness, _)| *likeness > 0)
                .collect();
            likely.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
            let best = match likely.as_slice() {
                [(best, one), (next, _), ..] if best > next => Some(*one),
                [(_, one)] => Some(*one),
                _ => None,
            };
            if let Some(best) = best.filter(|best| !found.iter().any(|known| known.id == best.id)) {
                found.push(best);
            }
        }
        found
    }

    /// What is said, thing by thing, without what she keeps.
    fn parts(&self, words: &[String]) -> Vec<Vec<String>> {
        let sentences = self.meaning.wishes.iter().flat_map(|wished| &wished.sentences);
        let own: Vec<&[String]> = sentences.map(|sentence| sentence.words.as_slice()).collect();
        let said_now = own.iter().map(|words| words.len()).sum::<usize>();
        let before = words.get(said_now.min(words.len())..).unwrap_or_default();
        let all = own.into_iter().chain([before]);
        let parts = all.flat_map(|words| {
            words.split(|word| self.lexicon.words.conjunctions.contains(&word.as_str()))
        });
        parts
            .filter(|part| !part.is_empty() && !mention::says(self.lexicon.words.keeps, part))
            .map(<[String]>::to_vec)
            .collect()
    }

    fn ask_lines(&mut self, task: Servicing, order: &FoundOrder, whole: bool) {
        for line in order.lines.iter().take(MOST_CHOICES) {
            let label = line.label();
            self.choose(&label, &label);
        }
        if whole {
            self.choose_one_of(&[self.texts.all_of_it]);
        }
        self.ask(task, Slot::Lines, self.texts.which_lines);
    }

    fn serve_return(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        let named = self.lines_in(order, words);
        if !named.is_empty() && (task.lines.is_empty() || task.asked == Some(Slot::Lines) || order.lines.len() > 1) {
            task.lines = named.iter().map(|line| line.id.clone()).collect();
        }
        if task.lines.is_empty() {
            self.ask_lines(task, order, true);
            return Ok(());
        }
        let Some(refund_to) = self.method_for(&task, words, order, profile) else {
            self.ask_method(task, profile, &[]);
            return Ok(());
        };
        task.method = Some(refund_to.clone());
        let deed = Deed::Return {
            order: order.id.clone(),
            lines: task.lines.clone(),
            refund_to,
        };
        self.proposed(task, deed)
    }

    // ---- items and exchange ----

    fn serve_swap(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        let mut named = self.lines_in(order, words);
        if named.is_empty() {
            let before = order.lines.iter().filter(|line| task.lines.contains(&line.id));
            named = before.collect();
        }
        // A colour or a size that only one of the lines comes in says which line.
        if named.is_empty() {
            let mut coming = Vec::new();
            for line in &order.lines {
                if let Some(product) = self.product(&line.product)?
                    && !mention::options(self.lexicon, words, product).is_empty()
                {
                    coming.push(line);
                }
            }
            if let [one] = coming.as_slice() {
                named.push(one);
            }
        }
        let [line] = named.as_slice() else {
            self.ask_lines(task, order, false);
            return Ok(());
        };
        task.lines = vec![line.id.clone()];
        let Some(product) = self.product(&line.product)? else {
            self.say((self.texts.refused)(Refused::Unavailable));
            self.state.task = None;
            return Ok(());
        };
        let now = product.kind(Some(&line.variant));
        let others: Vec<_> = product
            .kinds
            .iter()
            .filter(|kind| kind.id != line.variant && kind.in_stock)
            .collect();
        // "From blue to white": what it is now is not what it becomes.
        let words = mention::without_misfit(self.lexicon, mention::without_instead(self.lexicon, words));
        let words = words.as_slice();
        let to_words = after_last(words, self.lexicon.words.to_words);
        // What it is now is not what it becomes: "I have it in S, and need L".
        let other_values = |words: &[String]| -> Vec<(String, String)> {
            let names = product.option_names().into_iter();
            names
                .filter_map(|name| {
                    let mut values = product.values_of(&name);
                    values.retain(|value| {
                        now.is_none_or(|now| {
                            now.options.iter().all(|(known, has)| *known != name || has.as_str() != value)
                        })
                    });
                    let said = mention::named_values(self.lexicon, words, &values);
                    match said.as_slice() {
                        [one] => Some((name, one.clone())),
                        _ => None,
                    }
                })
                .collect()
        };
        let wanted = match other_values(to_words) {
            none if none.is_empty() => other_values(words),
            some => some,
        };
        let kept: Vec<(String, String)> = now
            .iter()
            .flat_map(|now| &now.options)
            .filter(|(name, _)| !wanted.iter().any(|(said, _)| said == name))
            .map(|(name, value)| (name.clone(), value.as_str().to_owned()))
            .collect();
        let whole: Vec<(String, String)> = [wanted.clone(), kept].concat();
        let target = if wanted.is_empty() {
            match mention::says(self.lexicon.words.larger, words) || mention::says(self.lexicon.words.smaller, words) {
                true => self.next_size(product, line, mention::says(self.lexicon.words.larger, words)),
                false => match others.as_slice() {
                    [one] if task.asked == Some(Slot::Variant) => Some(*one),
                    _ => None,
                },
            }
        } else {
            kinds_with(product, &whole)
                .into_iter()
                .next()
                .or_else(|| match kinds_with(product, &wanted).as_slice() {
                    [one] => Some(*one),
                    _ => None,
                })
        };
        let target = match target {
            Some(kind) if !kind.in_stock => {
                let name = crate::shopping::named(product.title.as_str(), kind);
                self.say_with(self.texts.sold_out, &[&name]);
                None
            }
            other => other,
        };
        let Some(target) = target else {
            if others.is_empty() {
                self.say_with(self.texts.no_other_kind, &[product.title.as_str()]);
                self.choose_one_of(&[self.texts.ask_person]);
                self.state.task = None;
                return Ok(());
            }
            for kind in others.iter().take(MOST_CHOICES) {
                let label = kind.label();
                self.choose(&label, &label);
            }
            let question = filled(self.texts.which_variant, &[product.title.as_str()]);
            // What was said before named a kind that is not there: it is no answer any more.
            task.said = vec![String::new()];
            self.ask(task, Slot::Variant, &question);
            return Ok(());
        };
        let swap = Swap {
            line: line.id.clone(),
            variant: target.id.clone(),
        };
        let Some(method) = self.method_for(&task, words, order, profile) else {
            self.ask_method(task, profile, &[]);
            return Ok(());
        };
        task.method = Some(method.clone());
        task.swaps = vec![swap];
        let (order, changes) = (order.id.clone(), task.swaps.clone());
        let deed = match task.kind {
            DeedKind::Items => Deed::ChangeItems {
                order,
                changes,
                method,
            },
            _ => Deed::Exchange {
                order,
                changes,
                method,
            },
        };
        self.proposed(task, deed)
    }

    /// The next larger or smaller kind of the same product: sizes stand in their order.
    fn next_size<'p>(
        &self,
        product: &'p crate::found::FoundProduct,
        line: &FoundLine,
        larger: bool,
    ) -> Option<&'p crate::found::FoundKind> {
        let now = product.kind(Some(&line.variant))?;
        let sized = |name: &str| {
            let values = product.values_of(name);
            let is_size = |value: &String| {
                self.lexicon.words.sizes.iter().any(|(letter, names)| {
                    let folded = value.to_lowercase();
                    folded == *letter || names.contains(&folded.as_str())
                }) || value.starts_with(|letter: char| letter.is_ascii_digit())
            };
            values.iter().all(is_size)
        };
        let name = now.options.iter().map(|(name, _)| name).find(|name| sized(name))?;
        let values = product.values_of(name);
        let mine = now.options.iter().find(|(known, _)| known == name)?.1.as_str();
        let at = values.iter().position(|value| value == mine)?;
        let next = if larger { at.checked_add(1)? } else { at.checked_sub(1)? };
        let value = values.get(next)?;
        let whole: Vec<(String, String)> = now
            .options
            .iter()
            .map(|(known, has)| {
                let has = if known == name { value.clone() } else { has.as_str().to_owned() };
                (known.clone(), has)
            })
            .collect();
        kinds_with(product, &whole).into_iter().next()
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

/// The words after the last "to" or "into", or all of them.
fn after_last<'w>(words: &'w [String], to: &[&str]) -> &'w [String] {
    let at = words.iter().rposition(|word| to.contains(&word.as_str()));
    at.and_then(|at| words.get(at + 1..))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(words)
}
