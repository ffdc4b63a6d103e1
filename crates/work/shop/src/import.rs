//! A shop document comes in, element by element, in one transaction: all of it or nothing.

use std::collections::HashMap;

use commerce::{
    document::{self, Element, Head, PaymentKind},
    model::{Terms, document_value},
    port::ShopError,
};
use identity::Identity;
use store::{
    StoreError, Transaction,
    catalogue::{EntryKind, ProductRow, ShopEntryRow, VariantRow},
    keys::Owner,
    orders::{MovementKind, MovementRow, MovementState, OrderRow},
};
use terms::{
    MovementId, OrderId, PaymentMethodId, RetentionClass, ShopId, ShopperId, Timestamp, Untrusted,
};
use vault::{DataKey, Row};

use crate::{
    Embedded,
    records::{self, MethodBody, Opener, ProductBody, VariantBody},
    screening,
};

/// Customers whose ids and key are at hand. More than that are looked up again.
const AT_HAND: usize = 20_000;

/// Why an element was not taken: where in it, and why.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    #[error("{path}: {reason}")]
    Refused {
        /// From the element on, such as `lines[0].variant`.
        path: String,
        reason: String,
    },
    #[error(transparent)]
    Shop(#[from] ShopError),
    #[error(transparent)]
    Identity(#[from] identity::IdentityError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
}

type Result<T> = core::result::Result<T, NotImported>;

fn refused(path: impl Into<String>, reason: impl Into<String>) -> NotImported {
    NotImported::Refused {
        path: path.into(),
        reason: reason.into(),
    }
}

/// An import under way. Elements come in the document's order of sections.
pub struct Import<'a> {
    shop: ShopId,
    embedded: &'a Embedded,
    identity: &'a Identity,
    /// Every variant with its product.
    variants: HashMap<String, String>,
    customers: HashMap<String, Known>,
    positions: HashMap<document::Section, i64>,
    now: Timestamp,
}

/// What orders need of their customer.
struct Known {
    shopper: ShopperId,
    methods: HashMap<String, PaymentMethodId>,
    /// The key of her orders.
    key: DataKey,
}

impl<'a> Import<'a> {
    /// Begins an import into a shop that has neither catalogue nor customers yet.
    pub async fn begin(
        embedded: &'a Embedded,
        identity: &'a Identity,
        tx: &mut dyn Transaction,
        shop: ShopId,
        head: &Head,
    ) -> Result<Self> {
        let filled = tx.product_count(shop).await? > 0 || tx.customer_count(shop).await? > 0;
        if filled {
            return Err(refused(
                "",
                "this shop has a catalogue or customers already: import into a new shop, named with `--shop`",
            ));
        }
        let terms = Terms::new(head.currency, head.tax);
        let body = records::print("terms", &terms)?;
        tx.put_shop_terms(shop, &body).await?;
        Ok(Self {
            shop,
            embedded,
            identity,
            variants: HashMap::new(),
            customers: HashMap::new(),
            positions: HashMap::new(),
            now: embedded.clock.now(),
        })
    }

    /// Takes one element.
    pub async fn put(&mut self, tx: &mut dyn Transaction, element: Element) -> Result<()> {
        let position = self.positions.entry(element.section()).or_default();
        let at = *position;
        *position = at.saturating_add(1);
        if is_milestone(at) {
            tx.take_stock().await?;
        }
        match element {
            Element::Product(product) => self.product(tx, at, product).await,
            Element::Discount(discount) => {
                let id = discount.code.clone();
                self.entry(tx, EntryKind::Discount, at, &id, "code", &discount)
                    .await
            }
            Element::Promotion(promotion) => {
                let id = promotion.id.clone();
                self.entry(tx, EntryKind::Promotion, at, &id, "id", &promotion)
                    .await
            }
            Element::Shipping(option) => {
                let id = option.id.clone();
                self.entry(tx, EntryKind::Shipping, at, &id, "id", &option)
                    .await
            }
            Element::Policy(policy) => {
                let id = policy.id.clone();
                self.entry(tx, EntryKind::Policy, at, &id, "id", &policy)
                    .await
            }
            Element::Faq(faq) => {
                let id = faq.id.clone();
                self.entry(tx, EntryKind::Faq, at, &id, "id", &faq).await
            }
            Element::Customer(customer) => self.customer(tx, at, *customer).await,
            Element::Order(order) => self.order(tx, at, *order).await,
        }
    }

    async fn entry<T: serde::Serialize>(
        &self,
        tx: &mut dyn Transaction,
        kind: EntryKind,
        position: i64,
        id: &str,
        field: &str,
        value: &T,
    ) -> Result<()> {
        let row = ShopEntryRow {
            shop: self.shop,
            kind,
            id: id.to_owned(),
            position,
            body: records::print(kind.as_str(), value)?,
        };
        once(tx.insert_shop_entry(&row).await, field)
    }

    async fn product(
        &mut self,
        tx: &mut dyn Transaction,
        position: i64,
        product: document::Product,
    ) -> Result<()> {
        let body = ProductBody {
            title: product.title,
            description: product.description,
            category: product.category,
            image_url: product.image_url,
            options: product.options,
        };
        let row = ProductRow {
            shop: self.shop,
            id: product.id.clone(),
            position,
            body: records::print("product", &body)?,
        };
        once(tx.insert_product(&row).await, "id")?;
        for (variant, at) in product.variants.into_iter().zip(0..) {
            let body = VariantBody {
                sku: variant.sku,
                title: variant.title,
                options: variant.options,
            };
            let row = VariantRow {
                shop: self.shop,
                id: variant.id.clone(),
                product: product.id.clone(),
                position: at,
                price: variant.price,
                available: variant.available,
                stock: variant.stock,
                body: records::print("variant", &body)?,
            };
            once(tx.insert_variant(&row).await, &format!("variants[{at}].id"))?;
            self.variants.insert(variant.id, product.id.clone());
        }
        Ok(())
    }

    async fn customer(
        &mut self,
        tx: &mut dyn Transaction,
        position: i64,
        mut customer: document::Customer,
    ) -> Result<()> {
        screened(screening::card_in_customer(&customer))?;
        let address = guard::gate::email_address(Untrusted::new(customer.email.clone()))
            .map_err(|refusal| refused("email", refusal.to_string()))?;
        let (shopper, new) = self
            .identity
            .shopper_of_unproved_address(tx, self.shop, &address)
            .await?;
        if !new && tx.customer(self.shop, shopper).await?.is_some() {
            return Err(refused(
                "email",
                "another customer of the document has this address: one address is one customer",
            ));
        }
        let methods = core::mem::take(&mut customer.payment_methods);
        let account = self.embedded.account_key(tx, self.shop, shopper).await?;
        let inserted = self
            .embedded
            .insert_customer_under(&account, tx, self.shop, shopper, position, &customer)
            .await;
        match inserted {
            Err(ShopError::Store(error)) => once(Err(error), "id")?,
            inserted => inserted?,
        }
        let mut known = HashMap::new();
        for (own, at) in methods.into_iter().zip(0..) {
            let id = PaymentMethodId::ordered(&*self.embedded.clock, &*self.embedded.rng);
            known.insert(own.id.clone(), id);
            let body = MethodBody {
                once: own.once == Some(true),
                own,
                token: None,
            };
            let row = self
                .embedded
                .method_row(&account, self.shop, shopper, id, at, &body)?;
            tx.insert_payment_method(&row).await?;
        }
        let key = self.order_key(tx, shopper).await?;
        self.keep(
            customer.id,
            Known {
                shopper,
                methods: known,
                key,
            },
        );
        Ok(())
    }

    async fn order_key(&self, tx: &mut dyn Transaction, shopper: ShopperId) -> Result<DataKey> {
        let owner = Owner::Shopper(shopper);
        let vault = &self.embedded.vault;
        Ok(vault
            .sealing_key(tx, self.shop, owner, RetentionClass::Statutory)
            .await?)
    }

    fn keep(&mut self, own_id: String, known: Known) {
        if self.customers.len() >= AT_HAND {
            self.customers.clear();
        }
        self.customers.insert(own_id, known);
    }

    async fn order(
        &mut self,
        tx: &mut dyn Transaction,
        position: i64,
        mut order: document::Order,
    ) -> Result<()> {
        self.must_refer(&order)?;
        screened(screening::card_in_order(&order))?;
        if !self.customers.contains_key(&order.customer) {
            self.look_up(tx, &order.customer).await?;
        }
        let known = self.customers.get(&order.customer);
        let known = known.ok_or_else(no_such_customer)?;
        must_be_hers(&order, known)?;
        let payments = core::mem::take(&mut order.payments);
        order.customer.clear();
        let id = OrderId::ordered(&*self.embedded.clock, &*self.embedded.rng);
        let rows = movements(self.shop, id, &payments, known, self)?;
        let held = rows.iter().map(signed).fold(0, i64::saturating_add);
        let cancelled = order.status == document::OrderStatus::Cancelled;
        let value = match (rows.is_empty(), cancelled) {
            // What was paid is what it is worth: a shop's books are not corrected by an import.
            (false, _) => held,
            (true, true) => 0,
            (true, false) => document_value(&order).max(0),
        };
        let identity: [&[u8]; 3] = [id.as_bytes(), order.id.as_bytes(), known.shopper.as_bytes()];
        let rng = &*self.embedded.rng;
        let bound = Row::new(self.shop, &identity);
        let row = OrderRow {
            shop: self.shop,
            id,
            number: order.id.clone(),
            shopper: known.shopper,
            position,
            status: order.status.as_str().to_owned(),
            servicing: order
                .servicing
                .map(|servicing| servicing.as_str().to_owned()),
            value,
            body: records::seal(&known.key, rng, bound, "order", &order)?,
            pay_until: None,
            placed_at: order
                .placed_at
                .as_deref()
                .and_then(Timestamp::parse_rfc3339),
            guest: None,
            updated_at: self.now,
        };
        once(tx.insert_order(&row).await, "id")?;
        for (row, at) in rows.iter().zip(0_usize..) {
            once(tx.insert_movement(row).await, &format!("payments[{at}].id"))?;
        }
        Ok(())
    }

    /// Lines name products and variants of the catalogue.
    fn must_refer(&self, order: &document::Order) -> Result<()> {
        for (line, at) in order.lines.iter().zip(0_usize..) {
            match self.variants.get(&line.variant) {
                Some(product) if *product == line.product => {}
                Some(_) => {
                    return Err(refused(
                        format!("lines[{at}].product"),
                        "the variant belongs to another product of the document",
                    ));
                }
                None => {
                    return Err(refused(
                        format!("lines[{at}].variant"),
                        "there is no such variant in `products`",
                    ));
                }
            }
        }
        let changes = order.exchange.iter().flat_map(|exchange| &exchange.changes);
        for (change, at) in changes.zip(0_usize..) {
            let path = || format!("exchange.changes[{at}].variant");
            let Some(product) = self.variants.get(&change.variant) else {
                return Err(refused(path(), "there is no such variant in `products`"));
            };
            let mut lines = order.lines.iter();
            if !lines.any(|line| line.id == change.line && line.product == *product) {
                return Err(refused(
                    path(),
                    "this is not a variant of the line's product",
                ));
            }
        }
        Ok(())
    }

    async fn look_up(&mut self, tx: &mut dyn Transaction, own_id: &str) -> Result<()> {
        let index = self.embedded.own_index(tx, self.shop, own_id).await?;
        let row = tx.customer_by_own_id(self.shop, &index).await?;
        let shopper = row.ok_or_else(no_such_customer)?.shopper;
        let mut opener = Opener::new(&self.embedded.vault);
        let mut methods = HashMap::new();
        for method in tx.payment_methods(self.shop, shopper).await? {
            if let Some(body) = opener.method(tx, &method).await? {
                methods.insert(body.own.id, method.id);
            }
        }
        let key = self.order_key(tx, shopper).await?;
        self.keep(
            own_id.to_owned(),
            Known {
                shopper,
                methods,
                key,
            },
        );
        Ok(())
    }
}

/// What is to be refunded or charged goes to and comes from the order's customer.
fn must_be_hers(order: &document::Order, known: &Known) -> Result<()> {
    let refund_to = order.returned.as_ref().map(|returned| &returned.refund_to);
    let method = order
        .exchange
        .as_ref()
        .map(|exchange| &exchange.payment_method);
    for (method, path) in [
        (refund_to, "return.refund_to"),
        (method, "exchange.payment_method"),
    ] {
        if method.is_some_and(|method| !known.methods.contains_key(method)) {
            return Err(refused(
                path,
                "this is not a payment method of the order's customer",
            ));
        }
    }
    Ok(())
}

fn movements(
    shop: ShopId,
    order: OrderId,
    payments: &[document::Payment],
    known: &Known,
    import: &Import<'_>,
) -> Result<Vec<MovementRow>> {
    let mut rows: Vec<MovementRow> = Vec::new();
    for (payment, at) in payments.iter().zip(0_i64..) {
        let method = known.methods.get(&payment.method).ok_or_else(|| {
            refused(
                format!("payments[{at}].method"),
                "this is not a payment method of the order's customer",
            )
        })?;
        let kind = match payment.kind {
            PaymentKind::Payment => MovementKind::Payment,
            PaymentKind::Refund => MovementKind::Refund,
        };
        let original = rows
            .iter()
            .rev()
            .find(|row| row.kind == MovementKind::Payment && row.method == Some(*method))
            .map(|row| row.id);
        rows.push(MovementRow {
            shop,
            id: MovementId::random(&*import.embedded.rng),
            order,
            label: payment.id.clone(),
            position: at,
            kind,
            method: Some(*method),
            original: original.filter(|_| kind == MovementKind::Refund),
            amount: payment.amount,
            booked: true,
            state: MovementState::Done,
            reference: None,
            attempts: 0,
            next_at: None,
            created_at: import.now,
            updated_at: import.now,
        });
    }
    Ok(rows)
}

/// 256, 1024, 4096 and so on: every fourfold, so that counting stays cheap beside writing.
const fn is_milestone(at: i64) -> bool {
    at >= 256 && at.count_ones() == 1 && at.trailing_zeros().is_multiple_of(2)
}

fn signed(row: &MovementRow) -> i64 {
    match row.kind {
        MovementKind::Payment => row.amount,
        MovementKind::Refund => row.amount.saturating_neg(),
    }
}

fn screened(card: Option<String>) -> Result<()> {
    match card {
        Some(path) => Err(refused(
            path,
            "a payment card's number stands here, and none is ever stored: take it out of the document",
        )),
        None => Ok(()),
    }
}

/// A row that is there already is an id that the document has twice.
fn once(inserted: core::result::Result<(), StoreError>, path: &str) -> Result<()> {
    match inserted {
        Err(StoreError::Conflict { .. }) => Err(refused(
            path,
            "this id stands in the document more than once",
        )),
        inserted => Ok(inserted?),
    }
}

fn no_such_customer() -> NotImported {
    refused("customer", "there is no such customer in `customers`")
}

impl core::fmt::Debug for Import<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Import({})", self.shop)
    }
}

/// A shop was imported.
#[derive(Debug)]
pub struct ShopImported {
    pub products: i64,
    pub customers: i64,
    pub orders: i64,
}

impl ledger::Effect for ShopImported {
    const KIND: &'static str = "shop.imported";
    fn details(&self) -> ledger::Details {
        ledger::Details::none()
            .number("products", self.products)
            .number("customers", self.customers)
            .number("orders", self.orders)
    }
}
