//! Recommending: from what is asked for, from this conversation, and, when she says so, from what she bought.
//!
//! INVARIANT: her orders are looked at for a recommendation only after she asked for that, in words or by
//! the button that says so, and for that one answer: nothing of it is kept, and the next answer asks anew.

use guard::gate::Part;

use crate::{
    calls::Wanted,
    found::FoundProduct,
    goods, mention,
    shopping::FEW,
    turn::{Turn, Turned},
    understand::Wished,
};

/// Products she bought that are looked at, the newest first.
const MOST_BOUGHT: usize = 4;

impl<'a> Turn<'a> {
    /// Offers to look at her orders, without looking.
    fn offer_to_look_at_orders(&mut self) {
        self.say(self.texts.may_look_at_orders);
        self.choose_one_of(&[self.texts.look_at_orders]);
    }

    /// Others of the kinds that she bought, and none that she has.
    fn recommend_from_orders(&mut self, wished: &Wished) -> Turned<()> {
        let Some(orders) = self.orders(None)? else {
            return self.prove_first(Some(wished));
        };
        let bought: Vec<&str> = orders
            .iter()
            .flat_map(|order| &order.lines)
            .map(|line| line.product.as_str())
            .collect();
        let mut looked_at: Vec<&str> = Vec::new();
        for id in &bought {
            if !looked_at.contains(id) && looked_at.len() < MOST_BOUGHT {
                looked_at.push(id);
            }
        }
        let mut because: Option<&str> = None;
        let mut found: Vec<&'a FoundProduct> = Vec::new();
        for id in looked_at {
            let Some(product) = self.product(id)? else {
                continue;
            };
            let Some(category) = &product.category else {
                continue;
            };
            let wanted = Wanted {
                words: category.as_str().to_owned(),
                in_stock: true,
                ..Wanted::default()
            };
            let new = self.products(&wanted)?.iter().filter(|one| {
                one.in_stock
                    && !bought.contains(&one.id.as_str())
                    && one.category.as_ref().map(|name| name.as_str()) == Some(category.as_str())
                    && !found.iter().any(|known| known.id == one.id)
            });
            let new: Vec<_> = new.collect();
            if !new.is_empty() {
                because = because.or(Some(product.title.as_str()));
            }
            found.extend(new);
        }
        found.truncate(FEW);
        let Some(because) = because else {
            self.say(self.texts.nothing_from_orders);
            return self.what_kind();
        };
        self.say_with(self.texts.recommended_from_orders, &[because]);
        self.showed(&found);
        let cards = found.iter().map(|product| product.card()).collect();
        self.show(Part::Products(cards));
        Ok(())
    }

    pub(crate) fn recommend(&mut self, wished: &Wished) -> Turned<()> {
        if mention::says(self.lexicon.words.from_bought, &wished.words()) {
            return self.recommend_from_orders(wished);
        }
        let mut wanted = Wanted {
            in_stock: true,
            ..wished.goods.clone()
        };
        // Out of this conversation: what she looked for before.
        if !goods::says_something(&wanted) {
            match (&self.state.looked_for, &self.state.focus) {
                (Some(before), _) => {
                    wanted = Wanted {
                        in_stock: true,
                        ..before.clone()
                    }
                }
                (None, Some(focus)) => wanted.words.clone_from(&focus.title),
                (None, None) => {
                    self.what_kind()?;
                    self.offer_to_look_at_orders();
                    return Ok(());
                }
            }
        }
        // "Jewellery, but no earrings"
        let refused = self.refused(wished);
        // "A gift for a housewarming": the gift says nothing of what it is.
        let telling: Vec<&str> = wanted
            .words
            .split(' ')
            .filter(|word| !self.lexicon.words.gifts.contains(word))
            .filter(|word| !refused.iter().any(|refused| refused == word))
            .collect();
        let without_gift = Wanted {
            words: telling.join(" "),
            ..wanted.clone()
        };
        let mut looked = (Vec::new(), wanted.clone());
        if !without_gift.words.is_empty() && without_gift != wanted {
            looked = self.look_for(&without_gift)?;
            looked
                .0
                .retain(|one| goods::is_called(self.lexicon, one, &looked.1.words));
        }
        if looked.0.is_empty() {
            looked = self.look_for(&wanted)?;
        }
        let (mut found, wanted) = looked;
        if !refused.is_empty() {
            let refused = refused.join(" ");
            found.retain(|one| !goods::is_called(self.lexicon, one, &refused));
        }
        if found.is_empty() {
            self.say(self.texts.no_products);
            return self.what_kind();
        }
        let few: Vec<&FoundProduct> = found.into_iter().take(FEW).collect();
        self.say(self.texts.recommended);
        self.showed(&few);
        self.state.looked_for = Some(wanted);
        let cards = few.iter().map(|product| product.card()).collect();
        self.show(Part::Products(cards));
        Ok(())
    }
}

impl Turn<'_> {
    /// The goods that are not wanted: what is named behind a "no" or a "without".
    pub(crate) fn refused(&self, wished: &Wished) -> Vec<String> {
        let sentences = wished.sentences.iter();
        let refused = sentences.flat_map(|one| mention::parted(self.lexicon, &one.words).1);
        refused
            .filter(|word| !mention::is_quality(self.lexicon, word))
            .collect()
    }
}
