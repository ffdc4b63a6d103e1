//! The cart of a shopper, or of a guest's session: free to edit, priced whenever it is looked at.

use identity::{Shopper, Verified, level::Guest};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Transaction, customers::CartRow, keys::Owner};
use terms::{Currency, RetentionClass, SessionId, ShopId, ShopperId};
use vault::Row;

use crate::{
    arguments::{self, bad},
    document::Discount,
    model::Offer,
    pricing::{self, Goods},
    refusal::{Code, Refusal, shown},
    tools::{Commerce, CommerceError, Proof, Result, Tool},
};

const MOST_LINES: usize = 50;
const MOST_PIECES: i64 = 100;

/// What is stored of a cart, sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cart {
    pub(crate) lines: Vec<CartLine>,
    #[serde(default)]
    pub(crate) discount: Option<String>,
    /// The number the next line gets: a line's id is never used again.
    next: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CartLine {
    pub(crate) id: String,
    pub(crate) variant: String,
    pub(crate) quantity: i64,
}

/// A cart's line with what it is of, or `None` when that is not sold any more.
pub(crate) struct Filled {
    pub(crate) line: CartLine,
    pub(crate) offer: Option<Offer>,
}

/// Whose cart and proposals a session has.
pub(crate) fn owner_of(proof: &Verified<'_, Shopper, Guest>) -> Owner {
    proof
        .shopper()
        .map_or(Owner::Session(proof.session()), Owner::Shopper)
}

/// A cart as it is told: what lies in it, priced now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartTold {
    pub currency: Currency,
    pub lines: Vec<CartLineTold>,
    /// What the goods cost. All amounts are minor units.
    pub subtotal: i64,
    /// The code that was applied, and what it takes off.
    pub discount: Option<(String, i64)>,
    /// Without delivery.
    pub total: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartLineTold {
    pub id: String,
    pub variant: String,
    pub quantity: i64,
    /// `None` when it is not sold any more.
    pub offer: Option<Offer>,
}

impl CartLineTold {
    #[must_use]
    pub fn in_stock(&self) -> bool {
        let offer = self.offer.as_ref();
        offer.is_some_and(|offer| offer.has(self.quantity))
    }

    #[must_use]
    pub fn total(&self) -> i64 {
        let price = self.offer.as_ref().map_or(0, |offer| offer.price);
        price.saturating_mul(self.quantity)
    }
}

impl Commerce {
    pub(crate) async fn edit_cart(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
    ) -> Result<Value> {
        Ok(view(&self.cart_edited(tx, proof, tool, args).await?))
    }

    /// What lies in her cart.
    pub async fn cart_told(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
    ) -> Result<CartTold> {
        let shop = proof.shop();
        let cart = self.cart(tx, shop, owner_of(proof)).await?;
        self.told(tx, shop, cart).await
    }

    /// Edits her cart with one of the tools that do so.
    pub async fn cart_edited(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
    ) -> Result<CartTold> {
        let (shop, owner) = (proof.shop(), owner_of(proof));
        loop {
            let (mut cart, known) = self.cart_if_any(tx, shop, owner).await?;
            self.edit(tx, shop, &mut cart, tool, args.clone()).await?;
            if self.keep_cart(tx, shop, owner, &cart, known).await? {
                return self.told(tx, shop, cart).await;
            }
            // Another request of hers opened her cart a moment ago: edit that one.
        }
    }

    async fn edit(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        cart: &mut Cart,
        tool: Tool,
        args: Value,
    ) -> Result<()> {
        match tool {
            Tool::AddToCart => {
                let asked: arguments::AddToCart = arguments::read(tool.as_str(), args)?;
                let variant = arguments::id("variant", &asked.variant)?;
                self.add(tx, shop, cart, variant, asked.quantity).await?;
            }
            Tool::UpdateCartLine => {
                let asked: arguments::UpdateCartLine = arguments::read(tool.as_str(), args)?;
                let line = line_at(cart, &asked.line)?;
                let variant = line.variant.clone();
                self.can_have(tx, shop, &variant, asked.quantity).await?;
                line_at(cart, &asked.line)?.quantity = asked.quantity;
            }
            Tool::RemoveFromCart => {
                let asked: arguments::RemoveFromCart = arguments::read(tool.as_str(), args)?;
                let id = line_at(cart, &asked.line)?.id.clone();
                cart.lines.retain(|line| line.id != id);
            }
            _ => {
                let asked: arguments::ApplyDiscount = arguments::read(tool.as_str(), args)?;
                let discount = self.discount_named(tx, shop, asked.code.trim()).await?;
                cart.discount = Some(discount.code);
            }
        }
        Ok(())
    }

    pub(crate) async fn cart_view(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
    ) -> Result<Value> {
        let shop = proof.shop();
        let cart = self.cart(tx, shop, owner_of(proof)).await?;
        let mut view = view(&self.told(tx, shop, cart).await?);
        let options: Vec<Value> = self
            .shop
            .shipping(tx, shop)
            .await?
            .into_iter()
            .map(|option| {
                json!({
                    "id": option.id, "title": option.title, "price": option.price,
                    "country": option.country,
                })
            })
            .collect();
        // What `checkout` may name. Not told again with every edit.
        if let Value::Object(fields) = &mut view {
            fields.insert("shipping_options".to_owned(), json!(options));
        }
        Ok(view)
    }

    async fn add(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        cart: &mut Cart,
        variant: &str,
        quantity: i64,
    ) -> Result<()> {
        let known = cart.lines.iter().find(|line| line.variant == variant);
        let held = known.map_or(0, |line| line.quantity);
        pieces(quantity)?;
        self.can_have(tx, shop, variant, held.saturating_add(quantity))
            .await?;
        if let Some(line) = cart.lines.iter_mut().find(|line| line.variant == variant) {
            line.quantity = held.saturating_add(quantity);
            return Ok(());
        }
        if cart.lines.len() >= MOST_LINES {
            let text = format!("a cart has at most {MOST_LINES} lines: order these first");
            return Err(Refusal::new(Code::OverLimit, text).into());
        }
        cart.next = cart.next.saturating_add(1);
        cart.lines.push(CartLine {
            id: cart.next.to_string(),
            variant: variant.to_owned(),
            quantity,
        });
        Ok(())
    }

    async fn can_have(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        variant: &str,
        quantity: i64,
    ) -> Result<()> {
        pieces(quantity)?;
        let offer = self.shop.offer(tx, shop, variant).await?;
        let offer = offer.ok_or_else(|| {
            Refusal::new(
                Code::NotFound,
                format!("there is no variant {}", shown(variant)),
            )
        })?;
        Ok(available(&offer, quantity)?)
    }

    async fn discount_named(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        code: &str,
    ) -> Result<Discount> {
        let code = arguments::id("code", code)?;
        let found = self.shop.discount(tx, shop, code).await?;
        Ok(found.ok_or_else(discount_invalid)?)
    }

    /// What a session's cart holds now, with offers; locked.
    pub(crate) async fn filled_cart(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
    ) -> Result<(Vec<Filled>, Option<Discount>)> {
        let cart = self.cart(tx, shop, owner).await?;
        let discount = match &cart.discount {
            Some(code) => Some(self.discount_named(tx, shop, code).await?),
            None => None,
        };
        // Locked in the order of their ids, answered in the order of the cart.
        let mut by_variant: Vec<&CartLine> = cart.lines.iter().collect();
        by_variant.sort_by(|one, other| one.variant.cmp(&other.variant));
        let mut offers = std::collections::BTreeMap::new();
        for line in by_variant {
            let offer = self.shop.lock_offer(tx, shop, &line.variant).await?;
            offers.insert(line.variant.clone(), offer);
        }
        let filled = cart.lines.into_iter().map(|line| Filled {
            offer: offers.get(&line.variant).cloned().flatten(),
            line,
        });
        Ok((filled.collect(), discount))
    }

    /// The cart, locked until the transaction ends; empty when there is none.
    async fn cart(&self, tx: &mut dyn Transaction, shop: ShopId, owner: Owner) -> Result<Cart> {
        Ok(self.cart_if_any(tx, shop, owner).await?.0)
    }

    /// As above, and whether there is one.
    async fn cart_if_any(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
    ) -> Result<(Cart, bool)> {
        let Some(row) = tx.lock_cart(shop, owner).await? else {
            return Ok((Cart::default(), false));
        };
        let identity = identity_of(&owner);
        let opened = self
            .vault
            .open_sealed(tx, Row::new(shop, &identity), &row.body)
            .await;
        match opened {
            Ok(bytes) => serde_json::from_slice(bytes.expose())
                .map(|cart| (cart, true))
                .map_err(|_| CommerceError::Unreadable("cart")),
            // Forgotten with its owner's keys.
            Err(vault::VaultError::Forgotten(_)) => Ok((Cart::default(), true)),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the cart; `false` when another was opened since this one was not there.
    async fn keep_cart(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
        cart: &Cart,
        known: bool,
    ) -> Result<bool> {
        let row = self.sealed_cart(tx, shop, owner, cart).await?;
        if known {
            tx.put_cart(&row).await?;
            return Ok(true);
        }
        Ok(tx.open_cart(&row).await?)
    }

    async fn sealed_cart(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
        cart: &Cart,
    ) -> Result<CartRow> {
        let key = self
            .vault
            .sealing_key(tx, shop, owner, RetentionClass::Transient)
            .await?;
        let bytes = serde_json::to_vec(cart).map_err(|_| CommerceError::Unreadable("cart"))?;
        let identity = identity_of(&owner);
        Ok(CartRow {
            shop,
            owner,
            body: key.seal(&*self.rng, Row::new(shop, &identity), &bytes)?,
            updated_at: self.clock.now(),
        })
    }

    /// A guest turns out to be a known shopper: what lies in the session's cart comes into hers.
    pub async fn adopt_cart(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        session: SessionId,
        shopper: ShopperId,
    ) -> Result<()> {
        let (from, to) = (Owner::Session(session), Owner::Shopper(shopper));
        let guests = self.cart(tx, shop, from).await?;
        if guests.lines.is_empty() && guests.discount.is_none() {
            return Ok(());
        }
        loop {
            let (mut hers, known) = self.cart_if_any(tx, shop, to).await?;
            for line in &guests.lines {
                // What cannot be had any more, or is too much together, stays behind.
                let added = self
                    .add(tx, shop, &mut hers, &line.variant, line.quantity)
                    .await;
                match added {
                    Ok(()) | Err(CommerceError::Refused(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            hers.discount = hers.discount.or_else(|| guests.discount.clone());
            if self.keep_cart(tx, shop, to, &hers, known).await? {
                break;
            }
        }
        Ok(tx.delete_cart(shop, from).await?)
    }

    async fn told(&self, tx: &mut dyn Transaction, shop: ShopId, cart: Cart) -> Result<CartTold> {
        let terms = self.shop.terms(tx, shop).await?;
        let discount = match &cart.discount {
            Some(code) => self.shop.discount(tx, shop, code).await?,
            None => None,
        };
        let mut filled = Vec::new();
        for line in cart.lines {
            let offer = self.shop.offer(tx, shop, &line.variant).await?;
            filled.push(Filled { line, offer });
        }
        let promotions = self.shop.promotions(tx, shop).await?;
        let priced = pricing::price(&goods(&filled), discount.as_ref(), None, &promotions, None)?;
        let off = priced.goods.saturating_sub(priced.total);
        let lines = filled.into_iter().map(|Filled { line, offer }| CartLineTold {
            id: line.id,
            variant: line.variant,
            quantity: line.quantity,
            offer,
        });
        Ok(CartTold {
            currency: terms.currency,
            lines: lines.collect(),
            subtotal: priced.goods,
            discount: discount.map(|discount| (discount.code, off)),
            total: priced.total,
        })
    }
}

fn view(cart: &CartTold) -> Value {
    let lines = cart.lines.iter().map(|line| match &line.offer {
        Some(offer) => json!({
            "id": line.id, "product": offer.product, "variant": line.variant,
            "title": offer.title, "options": offer.options, "quantity": line.quantity,
            "unit_price": offer.price, "total": line.total(), "in_stock": line.in_stock(),
        }),
        None => json!({
            "id": line.id, "variant": line.variant, "quantity": line.quantity,
            "in_stock": false,
        }),
    });
    let lines: Vec<Value> = lines.collect();
    let discount = cart.discount.as_ref();
    json!({
        "currency": cart.currency.as_str(), "lines": lines, "subtotal": cart.subtotal,
        "discount": discount.map(|(code, amount)| json!({ "code": code, "amount": amount })),
        "total": cart.total,
    })
}

/// What of a cart can be priced.
pub(crate) fn goods(filled: &[Filled]) -> Vec<Goods<'_>> {
    filled
        .iter()
        .filter_map(|Filled { line, offer }| {
            offer.as_ref().map(|offer| Goods {
                product: &offer.product,
                unit_price: offer.price,
                quantity: line.quantity,
            })
        })
        .collect()
}

/// Whether so many pieces can be had.
pub(crate) fn available(offer: &Offer, quantity: i64) -> core::result::Result<(), Refusal> {
    if !offer.available {
        let text = format!("{} is not available", offer.label());
        return Err(Refusal::new(Code::Unavailable, text));
    }
    if !offer.has(quantity) {
        let left = offer.stock.unwrap_or(0);
        let text = format!("of {} there are {left} left", offer.label());
        return Err(Refusal::new(Code::OutOfStock, text));
    }
    Ok(())
}

pub(crate) fn pieces(quantity: i64) -> core::result::Result<(), Refusal> {
    match quantity {
        1..=MOST_PIECES => Ok(()),
        i64::MIN..=0 => Err(bad(format!("`quantity` must be 1 to {MOST_PIECES}"))),
        _ => Err(Refusal::new(
            Code::OverLimit,
            format!("at most {MOST_PIECES} pieces of one thing can be ordered here"),
        )),
    }
}

fn line_at<'a>(cart: &'a mut Cart, id: &str) -> core::result::Result<&'a mut CartLine, Refusal> {
    cart.lines
        .iter_mut()
        .find(|line| line.id == id)
        .ok_or_else(|| {
            Refusal::new(
                Code::NotFound,
                format!("there is no line {} in the cart", shown(id)),
            )
        })
}

fn discount_invalid() -> Refusal {
    Refusal::new(
        Code::DiscountInvalid,
        "this discount code is not valid: check its spelling",
    )
}

fn identity_of(owner: &Owner) -> [&[u8]; 2] {
    [owner.kind().as_bytes(), owner.uuid().as_bytes()]
}
