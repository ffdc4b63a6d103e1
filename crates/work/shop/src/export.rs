//! A shop goes out as a document, page by page.

use std::collections::{HashMap, VecDeque};

use commerce::{
    document::{self, Element, Head, Payment, PaymentKind, Section},
    port::{Shop, ShopError},
};
use store::{
    Snapshot,
    catalogue::EntryKind,
    orders::{MovementKind, OrderRow},
};
use terms::{OrderId, PaymentMethodId, ShopId, ShopperId};

use crate::{Embedded, Result, catalogue, records::Opener};

const PAGE: u32 = 200;
/// Customers whose own ids are at hand.
const AT_HAND: usize = 20_000;

/// An export under way: a consistent view of the shop, in a stable order.
pub struct Export<'a> {
    embedded: &'a Embedded,
    shop: ShopId,
    section: usize,
    page: VecDeque<Element>,
    after_text: Option<(i64, String)>,
    after_customer: Option<(i64, ShopperId)>,
    after_order: Option<(i64, OrderId)>,
    customers: HashMap<ShopperId, Named>,
}

/// A customer's own id, and those of her means of payment.
struct Named {
    own_id: String,
    methods: HashMap<PaymentMethodId, String>,
}

impl<'a> Export<'a> {
    /// Begins an export; `read` must be the same snapshot throughout.
    pub async fn begin(
        embedded: &'a Embedded,
        read: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<(Head, Self)> {
        let terms = embedded.terms(read, shop).await?;
        let head = Head {
            currency: terms.currency,
            tax: terms.tax,
        };
        let export = Self {
            embedded,
            shop,
            section: 0,
            page: VecDeque::new(),
            after_text: None,
            after_customer: None,
            after_order: None,
            customers: HashMap::new(),
        };
        Ok((head, export))
    }

    /// The next element; `None` at the end.
    pub async fn next(&mut self, read: &mut dyn Snapshot) -> Result<Option<Element>> {
        loop {
            if let Some(element) = self.page.pop_front() {
                return Ok(Some(element));
            }
            let Some(section) = Section::ALL.get(self.section) else {
                return Ok(None);
            };
            let more = self.fill(read, *section).await?;
            if !more {
                self.section = self.section.saturating_add(1);
            }
        }
    }

    /// Reads a page of a section; whether there may be another.
    async fn fill(&mut self, read: &mut dyn Snapshot, section: Section) -> Result<bool> {
        let shop = self.shop;
        match section {
            Section::Products => return self.products(read).await,
            Section::Customers => return self.fill_customers(read).await,
            Section::Orders => return self.orders(read).await,
            Section::Discounts => {
                let all = catalogue::entries(read, shop, EntryKind::Discount).await?;
                self.page.extend(all.into_iter().map(Element::Discount));
            }
            Section::Promotions => {
                let all = catalogue::entries(read, shop, EntryKind::Promotion).await?;
                self.page.extend(all.into_iter().map(Element::Promotion));
            }
            Section::Shipping => {
                let all = catalogue::entries(read, shop, EntryKind::Shipping).await?;
                self.page.extend(all.into_iter().map(Element::Shipping));
            }
            Section::Policies => {
                let all = catalogue::entries(read, shop, EntryKind::Policy).await?;
                self.page.extend(all.into_iter().map(Element::Policy));
            }
            Section::Faqs => {
                let all = catalogue::entries(read, shop, EntryKind::Faq).await?;
                self.page.extend(all.into_iter().map(Element::Faq));
            }
        }
        Ok(false)
    }

    async fn products(&mut self, read: &mut dyn Snapshot) -> Result<bool> {
        let page = catalogue::page(read, self.shop, self.after_text.as_ref()).await?;
        let Some((products, last)) = page else {
            return Ok(false);
        };
        let products = products.into_iter().map(Element::Product);
        self.page.extend(products);
        self.after_text = Some(last);
        Ok(true)
    }

    async fn fill_customers(&mut self, read: &mut dyn Snapshot) -> Result<bool> {
        let rows = read
            .customers_after(self.shop, self.after_customer, PAGE)
            .await?;
        let last = rows.last().map(|row| (row.position, row.shopper));
        for row in rows {
            // Who was forgotten is not exported.
            let Some(customer) = self.embedded.opened_customer(read, Some(row)).await? else {
                continue;
            };
            let mut document = customer.profile;
            document.payment_methods = customer
                .methods
                .into_iter()
                .map(|method| method.own)
                .collect();
            self.page.push_back(Element::Customer(Box::new(document)));
        }
        self.after_customer = last.or(self.after_customer);
        Ok(last.is_some())
    }

    async fn orders(&mut self, read: &mut dyn Snapshot) -> Result<bool> {
        let rows = read.orders_after(self.shop, self.after_order, PAGE).await?;
        let last = rows.last().map(|row| (row.position, row.id));
        for row in &rows {
            if let Some(order) = self.order(read, row).await? {
                self.page.push_back(Element::Order(Box::new(order)));
            }
        }
        self.after_order = last.or(self.after_order);
        Ok(last.is_some())
    }

    async fn order(
        &mut self,
        read: &mut dyn Snapshot,
        row: &OrderRow,
    ) -> Result<Option<document::Order>> {
        let Some(mut order) = Opener::new(&self.embedded.vault).order(read, row).await? else {
            return Ok(None);
        };
        if !self.customers.contains_key(&row.shopper) {
            let customer = read.customer(self.shop, row.shopper).await?;
            let Some(customer) = self.embedded.opened_customer(read, customer).await? else {
                // The account was forgotten; its orders are kept for the tax office, not for a
                // document that names customers.
                return Ok(None);
            };
            if self.customers.len() >= AT_HAND {
                self.customers.clear();
            }
            let methods = customer.methods.into_iter();
            let named = Named {
                own_id: customer.profile.id,
                methods: methods.map(|method| (method.id, method.own.id)).collect(),
            };
            self.customers.insert(row.shopper, named);
        }
        let named = self.customers.get(&row.shopper);
        let named = named.ok_or(ShopError::Unreadable("customer"))?;
        order.customer.clone_from(&named.own_id);
        for movement in read.movements(self.shop, row.id).await? {
            // What was not paid, or failed, is no payment.
            if !movement.booked {
                continue;
            }
            let method = movement.method.and_then(|id| named.methods.get(&id));
            order.payments.push(Payment {
                id: movement.label,
                kind: match movement.kind {
                    MovementKind::Payment => PaymentKind::Payment,
                    MovementKind::Refund => PaymentKind::Refund,
                },
                method: method
                    .cloned()
                    .ok_or(ShopError::Unreadable("payment method"))?,
                amount: movement.amount,
            });
        }
        Ok(Some(order))
    }
}

impl core::fmt::Debug for Export<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Export({})", self.shop)
    }
}
