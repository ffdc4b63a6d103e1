//! What of an order goes back, and what becomes another kind of the same.

use super::MOST_CHOICES;
use crate::{
    calls::{Deed, Swap},
    found::{FoundKind, FoundLine, FoundOrder, FoundProduct, FoundProfile, Refused},
    mention,
    shopping::{kinds_with, merged},
    state::{DeedKind, Servicing, Slot},
    turn::{Turn, Turned, filled},
};

/// What is named may be several of what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsure;

impl Turn<'_> {
    /// The lines that the words name: all of them, or by their names, each thing the line it is most like.
    /// `Err` where a thing that is named may be several of them: whoever names two means both, and half of
    /// it is not what she asked for.
    pub(crate) fn lines_in<'o>(
        &self,
        order: &'o FoundOrder,
        words: &[String],
    ) -> Result<Vec<&'o FoundLine>, Unsure> {
        if let [one] = order.lines.as_slice() {
            return Ok(vec![one]);
        }
        // "All the rest I keep" is not all of it.
        let parts = self.parts(words);
        let mut said = parts.iter();
        if said.any(|(_, part)| mention::says(self.lexicon.words.everything, part))
            && !mention::says(self.lexicon.words.one_of, words)
        {
            return Ok(order.lines.iter().collect());
        }
        // Of several kinds of one product the kind says which.
        let alike = order
            .lines
            .windows(2)
            .all(|pair| matches!(pair, [one, next] if one.product == next.product));
        let likeness = |part: &[String], line: &FoundLine| {
            // "Send back the throw" names no apron with a cross back.
            let particles = self.lexicon.words.particles;
            let said = part
                .iter()
                .filter(|word| !particles.contains(&word.as_str()));
            let part: Vec<String> = said.cloned().collect();
            let title = mention::likeness(self.lexicon, &part, line.title.as_str());
            let options = mention::likeness(self.lexicon, &part, line.options.as_str());
            let telling = title > 0 || alike && options > 0;
            if telling { 2 * title + options } else { 0 }
        };
        let best_of = |part: &[String], lines: &[&'o FoundLine]| {
            let mut likely: Vec<(usize, &'o FoundLine)> = lines
                .iter()
                .map(|line| (likeness(part, line), *line))
                .collect();
            likely.retain(|(likeness, _)| *likeness > 0);
            likely.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
            likely
        };
        let all: Vec<&FoundLine> = order.lines.iter().collect();
        let mut found: Vec<(usize, &FoundLine)> = Vec::new();
        let mut open = Vec::new();
        for (sentence, part) in parts {
            match best_of(&part, &all).as_slice() {
                [] => {}
                [(best, _), (next, _), ..] if best == next => open.push((sentence, part)),
                [(_, one), ..] if found.iter().all(|(_, known)| known.id != one.id) => {
                    found.push((sentence, one));
                }
                [..] => {}
            }
        }
        for (sentence, part) in open {
            let likely = best_of(&part, &all);
            let most = likely.first().map_or(0, |(most, _)| *most);
            let alike = likely.iter().filter(|(likeness, _)| *likeness == most);
            let alike: Vec<&FoundLine> = alike.map(|(_, line)| *line).collect();
            let taken = |line: &&FoundLine| found.iter().find(|(_, known)| known.id == line.id);
            // "One of the two covers", and in the next sentence which of them.
            if alike
                .iter()
                .filter_map(taken)
                .any(|(other, _)| *other != sentence)
            {
                continue;
            }
            // "The wool blanket and the waffle blanket": what is left when the surer one is taken.
            let left: Vec<&FoundLine> = alike
                .iter()
                .filter(|line| taken(line).is_none())
                .copied()
                .collect();
            match left.as_slice() {
                [one] => found.push((sentence, one)),
                [] => {}
                _ => return Err(Unsure),
            }
        }
        Ok(found.into_iter().map(|(_, line)| line).collect())
    }

    /// What is said, thing by thing, each with the number of its sentence, without what she keeps.
    pub(crate) fn parts(&self, words: &[String]) -> Vec<(usize, Vec<String>)> {
        let sentences = self
            .meaning
            .wishes
            .iter()
            .flat_map(|wished| &wished.sentences);
        let own: Vec<&[String]> = sentences
            .map(|sentence| sentence.words.as_slice())
            .collect();
        let said_now = own.iter().map(|words| words.len()).sum::<usize>();
        let before = words.get(said_now.min(words.len())..).unwrap_or_default();
        let all = own.into_iter().chain([before]);
        let parts = all.enumerate().flat_map(|(at, words)| {
            let parts =
                words.split(|word| self.lexicon.words.conjunctions.contains(&word.as_str()));
            parts.map(move |part| (at, part.to_vec()))
        });
        parts
            .filter(|(_, part)| !part.is_empty() && !mention::says(self.lexicon.words.keeps, part))
            .collect()
    }

    pub(crate) fn ask_lines(&mut self, task: Servicing, order: &FoundOrder, whole: bool) {
        for line in order.lines.iter().take(MOST_CHOICES) {
            let label = line.label();
            self.choose(&label, &label);
        }
        if whole {
            self.choose_one_of(&[self.texts.all_of_it]);
        }
        self.ask(task, Slot::Lines, self.texts.which_lines);
    }

    pub(crate) fn serve_return(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        let Ok(named) = self.lines_in(order, words) else {
            self.ask_lines(task, order, true);
            return Ok(());
        };
        if !named.is_empty()
            && (task.lines.is_empty() || task.asked == Some(Slot::Lines) || order.lines.len() > 1)
        {
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

    pub(crate) fn serve_swap(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        let Ok(mut named) = self.lines_in(order, words) else {
            self.ask_lines(task, order, false);
            return Ok(());
        };
        if named.is_empty() {
            let before = order
                .lines
                .iter()
                .filter(|line| task.lines.contains(&line.id));
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
        let words =
            mention::without_misfit(self.lexicon, mention::without_instead(self.lexicon, words));
        let words = words.as_slice();
        let to_words = mention::after_last(words, self.lexicon.words.to_words);
        let has: Vec<(String, String)> = now.iter().flat_map(|now| now.values()).collect();
        let other_values =
            |words: &[String]| mention::other_values(self.lexicon, words, product, &has);
        let wanted = match other_values(to_words) {
            none if none.is_empty() => other_values(words),
            some => some,
        };
        let whole = merged(has, &wanted);
        let target = if wanted.is_empty() {
            match mention::says(self.lexicon.words.larger, words)
                || mention::says(self.lexicon.words.smaller, words)
            {
                true => self.next_size(
                    product,
                    &line.variant,
                    mention::says(self.lexicon.words.larger, words),
                ),
                false => match others.as_slice() {
                    [one] if task.asked == Some(Slot::Variant) => Some(*one),
                    _ => None,
                },
            }
        } else {
            kinds_with(product, &whole).into_iter().next().or_else(|| {
                match kinds_with(product, &wanted).as_slice() {
                    [one] => Some(*one),
                    _ => None,
                }
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
    pub(crate) fn next_size<'p>(
        &self,
        product: &'p FoundProduct,
        variant: &str,
        larger: bool,
    ) -> Option<&'p FoundKind> {
        let now = product.kind(Some(variant))?;
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
        let name = now
            .options
            .iter()
            .map(|(name, _)| name)
            .find(|name| sized(name))?;
        let values = product.values_of(name);
        let mine = now
            .options
            .iter()
            .find(|(known, _)| known == name)?
            .1
            .as_str();
        let at = values.iter().position(|value| value == mine)?;
        let next = if larger {
            at.checked_add(1)?
        } else {
            at.checked_sub(1)?
        };
        let value = values.get(next)?;
        let whole: Vec<(String, String)> = now
            .options
            .iter()
            .map(|(known, has)| {
                let has = if known == name {
                    value.clone()
                } else {
                    has.as_str().to_owned()
                };
                (known.clone(), has)
            })
            .collect();
        kinds_with(product, &whole).into_iter().next()
    }
}
