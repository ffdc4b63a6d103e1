//! Checkout: a cart becomes an order that waits for its payment on the gateway's page.

use identity::level::Session;
use store::{Transaction, keys::Owner, orders::MovementKind};
use terms::ShopperId;

use crate::{
    arguments::{self, bad},
    cart::{self, Filled, owner_of},
    change::{Change, NewMovement, OrderChange, Settled, StockChange, What},
    document::{Address, Line, Order, OrderStatus, ShippingOption},
    model::Terms,
    port::NewCustomer,
    pricing::{self, Priced},
    refusal::{Code, Refusal, shown},
    tools::{Commerce, Proof, Result},
};

/// Who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Buyer {
    Known(ShopperId),
    /// A guest, by the address she wrote down. Nothing is proved by it.
    Guest(NewCustomer),
}

pub(crate) struct Bought {
    pub(crate) buyer: Buyer,
    pub(crate) change: Change,
    pub(crate) priced: Priced,
    pub(crate) terms: Terms,
}

impl Commerce {
    pub(crate) async fn judge_checkout(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        asked: arguments::Checkout,
    ) -> Result<Bought> {
        let (shop, owner) = (proof.shop(), owner_of(proof));
        let terms = self.shop.terms(tx, shop).await?;
        let (buyer, address) = self.buyer(tx, proof, &asked).await?;
        let (filled, discount) = self.filled_cart(tx, shop, owner).await?;
        let lines = lines(&filled)?;
        let options = self.shop.shipping(tx, shop).await?;
        let option = chosen(&options, &address.country, asked.shipping_option.as_deref())?;
        let promotions = self.shop.promotions(tx, shop).await?;
        let goods = cart::goods(&filled);
        let priced = pricing::price(&goods, discount.as_ref(), option, &promotions, terms.tax)?;
        let change = placed(lines, &priced, address);
        Ok(Bought {
            buyer,
            change,
            priced,
            terms,
        })
    }

    async fn buyer(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        asked: &arguments::Checkout,
    ) -> Result<(Buyer, Address)> {
        let given = asked
            .shipping_address
            .clone()
            .map(arguments::address)
            .transpose()?;
        if let Ok(signed_in) = proof.raise::<Session>()
            && let Some(shopper) = signed_in.shopper()
        {
            let customer = self.shop.lock_customer(tx, proof.shop(), shopper).await?;
            let known = customer
                .as_ref()
                .and_then(|customer| customer.default_address())
                .map(crate::document::SavedAddress::address);
            let address = given.or(known).ok_or_else(no_address)?;
            // A shopper without a record gets one with her first order.
            let buyer = match (customer, &asked.contact) {
                (Some(_), _) => Buyer::Known(shopper),
                (None, Some(contact)) => {
                    let email = self.identity.address_of(tx, proof.shop(), shopper).await?;
                    let email = email.map(|email| email.as_str().to_owned());
                    let email = email.ok_or_else(no_contact)?;
                    let (given_name, family_name) = contact.names()?;
                    Buyer::Guest(NewCustomer {
                        email,
                        given_name,
                        family_name,
                    })
                }
                (None, None) => return Err(no_contact().into()),
            };
            return Ok((buyer, address));
        }
        let contact = asked.contact.as_ref().ok_or_else(no_contact)?;
        let email = contact.email()?;
        let (given_name, family_name) = contact.names()?;
        let buyer = Buyer::Guest(NewCustomer {
            email: email.as_str().to_owned(),
            given_name,
            family_name,
        });
        Ok((buyer, given.ok_or_else(no_address)?))
    }

    /// Empties the cart that was bought.
    pub(crate) async fn empty_cart(
        &self,
        tx: &mut dyn Transaction,
        shop: terms::ShopId,
        owner: Owner,
    ) -> Result<()> {
        Ok(tx.delete_cart(shop, owner).await?)
    }
}

fn lines(filled: &[Filled]) -> core::result::Result<Vec<Line>, Refusal> {
    if filled.is_empty() {
        return Err(Refusal::new(
            Code::EmptyList,
            "the cart is empty: add something first",
        ));
    }
    let mut lines = Vec::new();
    for (Filled { line, offer }, number) in filled.iter().zip(1_u32..) {
        let offer = offer.as_ref().ok_or_else(|| {
            Refusal::new(
                Code::Unavailable,
                format!(
                    "the line {} of the cart is not sold any more: remove it",
                    shown(&line.id)
                ),
            )
        })?;
        cart::available(offer, line.quantity)?;
        lines.push(Line {
            id: format!("L{number}"),
            product: offer.product.clone(),
            variant: offer.variant.clone(),
            title: offer.title.clone(),
            options: offer.options.clone(),
            quantity: line.quantity,
            unit_price: offer.price,
        });
    }
    Ok(lines)
}

/// The named delivery option, or the cheapest. A shop without any delivers without a price.
fn chosen<'a>(
    options: &'a [ShippingOption],
    country: &str,
    named: Option<&str>,
) -> core::result::Result<Option<&'a ShippingOption>, Refusal> {
    let here = pricing::options_for(options, country);
    let ids = || {
        let ids: Vec<String> = here.iter().map(|option| shown(&option.id)).collect();
        ids.join(", ")
    };
    match named {
        Some(id) => here
            .iter()
            .find(|option| option.id == id)
            .map(|option| Some(*option))
            .ok_or_else(|| {
                bad(format!(
                    "`shipping_option` {} is not one for that country: allowed are {}",
                    shown(id),
                    ids()
                ))
            }),
        None if options.is_empty() => Ok(None),
        None => match here.iter().min_by_key(|option| option.price) {
            Some(cheapest) => Ok(Some(*cheapest)),
            None => Err(bad("this shop does not deliver to that country")),
        },
    }
}

fn placed(lines: Vec<Line>, priced: &Priced, address: Address) -> Change {
    let mut stock: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
    for line in &lines {
        let taken = stock.entry(line.variant.clone()).or_default();
        *taken = taken.saturating_sub(line.quantity);
    }
    let order = Order {
        id: String::new(),
        customer: String::new(),
        placed_at: None,
        status: OrderStatus::Pending,
        servicing: None,
        cancel_reason: None,
        shipping_address: address,
        lines,
        adjustments: priced.adjustments.clone(),
        fulfilments: Vec::new(),
        payments: Vec::new(),
        returned: None,
        exchange: None,
    };
    Change {
        what: What::Checkout,
        order: Some(OrderChange {
            id: None,
            is_new: true,
            order,
            value: priced.total,
            value_delta: priced.total,
            movements: vec![NewMovement {
                kind: MovementKind::Payment,
                method: None,
                original: None,
                amount: priced.total,
                settled: Settled::OnPage,
            }],
            dropped: Vec::new(),
            settled: Vec::new(),
            stock: stock
                .into_iter()
                .map(|(variant, delta)| StockChange { variant, delta })
                .collect(),
            pay_until: None,
        }),
        profile: None,
    }
}

fn no_contact() -> Refusal {
    bad("`contact` must say `email`, `given_name` and `family_name` of who buys")
}

fn no_address() -> Refusal {
    bad("`shipping_address` must say where it goes: line1, city, postal_code, country")
}
