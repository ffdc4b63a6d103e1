//! Checkout: a cart becomes an order that waits for its payment on the gateway's page.

use identity::level::Session;
use ledger::Actor;
use store::{Pulse, Transaction, keys::Owner, orders::MovementKind};
use terms::{SessionId, ShopperId};

use crate::{
    arguments::{self, bad},
    cart::{self, Filled, owner_of},
    change::{Change, NewMovement, OrderChange, Settled, StockChange, What},
    document::{Address, Customer, Line, Order, OrderStatus, ShippingOption},
    effects::OrderAdopted,
    model::Terms,
    port::NewCustomer,
    pricing::{self, Priced},
    refusal::{Code, Refusal, shown},
    tools::{Commerce, Proof, Result},
};

/// Orders of one shopper that may wait for their payment at once.
const MOST_UNPAID: i64 = 5;

/// Who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Buyer {
    Known(ShopperId),
    /// A guest, by the address she wrote down. Nothing is proved by it.
    Guest(NewCustomer),
}

pub(crate) struct Bought {
    pub(crate) buyer: Buyer,
    /// Name and address of who buys, for the card.
    pub(crate) who: String,
    pub(crate) change: Change,
    pub(crate) priced: Priced,
    pub(crate) terms: Terms,
}

/// Who orders, and where to.
struct Ordering {
    buyer: Buyer,
    who: String,
    address: Address,
    /// Her profile, where she has written down other names than it has.
    profile: Option<Customer>,
}

impl Ordering {
    fn of_new(new: NewCustomer, address: Address) -> Self {
        Self {
            who: new.who(),
            buyer: Buyer::Guest(new),
            address,
            profile: None,
        }
    }
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
        let Ordering {
            buyer,
            who,
            address,
            profile,
        } = self.buyer(tx, proof, &asked).await?;
        let (filled, discount) = self.filled_cart(tx, shop, owner).await?;
        let lines = lines(&filled)?;
        let options = self.shop.shipping(tx, shop).await?;
        let option = chosen(&options, &address.country, asked.shipping_option.as_deref())?;
        let promotions = self.shop.promotions(tx, shop).await?;
        let goods = cart::goods(&filled);
        let priced = pricing::price(&goods, discount.as_ref(), option, &promotions, terms.tax)?;
        let change = Change {
            profile,
            ..placed(lines, &priced, address)
        };
        Ok(Bought {
            buyer,
            who,
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
    ) -> Result<Ordering> {
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
            self.not_too_many_unpaid(tx, proof.shop(), shopper, true)
                .await?;
            // A shopper without a record gets one with her first order.
            let buyer = match (customer, &asked.contact) {
                (Some(customer), contact) => {
                    let mut profile = customer.profile;
                    let mut renamed = false;
                    if let Some(contact) = contact {
                        // The names may be those that a guest wrote down who gave her address.
                        let names = contact.names()?;
                        renamed =
                            names != (profile.given_name.clone(), profile.family_name.clone());
                        (profile.given_name, profile.family_name) = names;
                    }
                    return Ok(Ordering {
                        buyer: Buyer::Known(shopper),
                        who: profile.who(),
                        address,
                        profile: renamed.then_some(profile),
                    });
                }
                (None, Some(contact)) => {
                    let email = self.identity.address_of(tx, proof.shop(), shopper).await?;
                    let email = email.map(|email| email.as_str().to_owned());
                    let email = email.ok_or_else(no_contact)?;
                    let (given_name, family_name) = contact.names()?;
                    NewCustomer {
                        email,
                        given_name,
                        family_name,
                    }
                }
                (None, None) => return Err(no_contact().into()),
            };
            return Ok(Ordering::of_new(buyer, address));
        }
        let contact = asked.contact.as_ref().ok_or_else(no_contact)?;
        let email = contact.email()?;
        let (given_name, family_name) = contact.names()?;
        let address = given.ok_or_else(no_address)?;
        // INVARIANT: a customer is locked before variants are, whoever locks both.
        let known = self
            .identity
            .known_shopper_of_unproved_address(tx, proof.shop(), &email)
            .await?;
        if let Some(shopper) = known {
            self.shop.lock_customer(tx, proof.shop(), shopper).await?;
            self.not_too_many_unpaid(tx, proof.shop(), shopper, false)
                .await?;
        }
        self.not_too_many_of_guest(tx, proof).await?;
        let buyer = NewCustomer {
            email: email.as_str().to_owned(),
            given_name,
            family_name,
        };
        Ok(Ordering::of_new(buyer, address))
    }

    /// Goods are set aside for orders that wait for their payment: only so many at once. What guests
    /// order in a customer's name is counted by itself, so that they cannot keep her from ordering.
    async fn not_too_many_unpaid(
        &self,
        tx: &mut dyn Transaction,
        shop: terms::ShopId,
        shopper: ShopperId,
        listed: bool,
    ) -> Result<()> {
        must_be_few(tx.unpaid_orders_of(shop, shopper, listed).await?)
    }

    /// Whatever address a guest writes down, she is one guest.
    async fn not_too_many_of_guest(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
    ) -> Result<()> {
        let (shop, session) = (proof.shop(), proof.session());
        must_be_few(tx.unpaid_orders_of_guest(shop, session).await?)
    }

    /// A guest turns out to be a known shopper: what she ordered under that address is hers to see.
    pub async fn adopt_orders(
        &self,
        tx: &mut dyn Transaction,
        shop: terms::ShopId,
        session: SessionId,
        shopper: ShopperId,
    ) -> Result<()> {
        // INVARIANT: a customer is locked before her orders are, whoever locks both.
        if self.shop.lock_customer(tx, shop, shopper).await?.is_none() {
            return Ok(());
        }
        let subject = self.subject(tx, shop, shopper).await?;
        for order in tx.adopt_orders(shop, session, shopper).await? {
            let adopted = OrderAdopted { order };
            self.recorder
                .note(tx, shop, Actor::Shopper, Some(subject), adopted)
                .await?;
            tx.announce(Pulse::Order { shop, order });
        }
        Ok(())
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

fn must_be_few(unpaid: i64) -> Result<()> {
    if unpaid < MOST_UNPAID {
        return Ok(());
    }
    Err(Refusal::new(
        Code::OverLimit,
        format!("{MOST_UNPAID} orders wait for their payment already: pay or cancel one first"),
    )
    .into())
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
    let country = pricing::country_of(options, country)?;
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
            guest: None,
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
