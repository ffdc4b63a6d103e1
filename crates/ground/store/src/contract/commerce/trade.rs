//! What a household sells and has sold: a row in every table of commerce, with and without every
//! value that may be absent.

use terms::ShopId;

use super::samples;
use crate::{
    Snapshot, Transaction,
    catalogue::{EntryKind, ProductRow, ShopEntryRow, ShopTermsRow, VariantRow},
    contract::{
        samples::{EVENING, NOON, at, method_id},
        verdict::{Verdict, missing, same},
    },
    customers::{CartRow, CustomerRow, PaymentMethodRow},
    keys::Owner,
    orders::{
        MovementKind, MovementRow, MovementState, OrderFilter, OrderRow, ProposalLevel,
        ProposalRow, ProposalState,
    },
    people::ShopperRow,
    sessions::ShopperSessionRow,
};

/// Every list stands in the order in which it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trade {
    terms: ShopTermsRow,
    entries: Vec<ShopEntryRow>,
    products: Vec<ProductRow>,
    variants: Vec<VariantRow>,
    customer: CustomerRow,
    methods: Vec<PaymentMethodRow>,
    carts: Vec<CartRow>,
    orders: Vec<OrderRow>,
    /// Of the first order.
    movements: Vec<MovementRow>,
    proposals: Vec<ProposalRow>,
    event: String,
}

impl Trade {
    pub(crate) fn new(shopper: &ShopperRow, session: &ShopperSessionRow) -> Verdict<Self> {
        let shop = shopper.shop;
        let (first, second) = (samples::product(shop, 1), samples::product(shop, 2));
        let customer = samples::customer(shopper, -7)?;
        let (hers, guests) = (Owner::Shopper(shopper.id), Owner::Session(session.id));
        let paid = OrderRow {
            status: "delivered".to_owned(),
            servicing: Some("return_requested".to_owned()),
            pay_until: Some(at(EVENING.millis() + 1)),
            updated_at: EVENING,
            ..samples::order(&customer, 1)?
        };
        let new = OrderRow {
            value: 0,
            ..samples::order(&customer, 2)?
        };
        let payment = MovementRow {
            method: Some(method_id()),
            reference: Some("pi_ü/1".to_owned()),
            ..samples::payment(&paid, 1, 4_998)
        };
        let refund = MovementRow {
            kind: MovementKind::Refund,
            original: Some(payment.id),
            booked: false,
            state: MovementState::Asked,
            attempts: 3,
            next_at: Some(EVENING),
            updated_at: EVENING,
            ..samples::payment(&paid, 2, 1_999)
        };
        Ok(Self {
            terms: ShopTermsRow {
                shop,
                body: samples::json(),
                catalogue: 1,
            },
            entries: EntryKind::ALL
                .into_iter()
                .map(|kind| samples::entry(shop, kind, 3))
                .collect(),
            variants: vec![
                samples::variant(&first, 1),
                VariantRow {
                    price: 0,
                    available: false,
                    stock: None,
                    ..samples::variant(&first, 2)
                },
            ],
            products: vec![first, second],
            methods: vec![
                samples::method(&customer, 1)?,
                samples::method(&customer, 2)?,
            ],
            carts: vec![samples::cart(shop, hers)?, samples::cart(shop, guests)?],
            proposals: vec![
                samples::proposal(shop, hers)?,
                ProposalRow {
                    level: ProposalLevel::Guest,
                    state: ProposalState::Expired,
                    decided_at: Some(EVENING),
                    ..samples::proposal(shop, guests)?
                },
            ],
            movements: vec![payment, refund],
            orders: vec![paid, new],
            event: samples::word("evt"),
            customer,
        })
    }

    /// The same ids in another shop, whose shopper and session have the same ids as well. What is
    /// said under them is new.
    pub(crate) fn moved(&self, shopper: &ShopperRow, session: &ShopperSessionRow) -> Verdict<Self> {
        let mut other = Self::new(shopper, session)?;
        let shop = shopper.shop;
        for (entry, first) in other.entries.iter_mut().zip(&self.entries) {
            entry.id.clone_from(&first.id);
        }
        for (product, first) in other.products.iter_mut().zip(&self.products) {
            product.id.clone_from(&first.id);
        }
        for (variant, first) in other.variants.iter_mut().zip(&self.variants) {
            variant.id.clone_from(&first.id);
            variant.product.clone_from(&first.product);
            variant.price = variant.price.saturating_add(1);
        }
        other.customer.own_index = self.customer.own_index;
        for (method, first) in other.methods.iter_mut().zip(&self.methods) {
            method.id = first.id;
        }
        for (order, first) in other.orders.iter_mut().zip(&self.orders) {
            order.id = first.id;
            order.number.clone_from(&first.number);
        }
        other.movements = self.movements.clone();
        for movement in &mut other.movements {
            movement.shop = shop;
            movement.amount = movement.amount.saturating_add(1);
        }
        for (proposal, first) in other.proposals.iter_mut().zip(&self.proposals) {
            proposal.id = first.id;
        }
        other.event.clone_from(&self.event);
        Ok(other)
    }

    pub(crate) async fn write(&self, tx: &mut dyn Transaction) -> Verdict {
        let shop = self.customer.shop;
        tx.put_shop_terms(shop, &self.terms.body).await?;
        for row in &self.entries {
            tx.insert_shop_entry(row).await?;
        }
        for row in &self.products {
            tx.insert_product(row).await?;
        }
        for row in &self.variants {
            tx.insert_variant(row).await?;
        }
        tx.insert_customer(&self.customer).await?;
        for row in &self.methods {
            tx.insert_payment_method(row).await?;
        }
        for row in &self.carts {
            tx.put_cart(row).await?;
        }
        for row in &self.orders {
            tx.insert_order(row).await?;
        }
        for row in &self.movements {
            tx.insert_movement(row).await?;
        }
        for row in &self.proposals {
            tx.insert_proposal(row).await?;
        }
        let new = tx.see_gateway_event(shop, &self.event, NOON).await?;
        same("an event is new", new, true)
    }

    /// Reads everything there is of this trade, by every read, and compares it.
    pub(crate) async fn check(&self, db: &mut dyn Snapshot) -> Verdict {
        let shop = self.customer.shop;
        same(
            "shop_terms",
            db.shop_terms(shop).await?,
            Some(self.terms.clone()),
        )?;
        for row in &self.entries {
            let found = db.shop_entries(shop, row.kind).await?;
            same("shop_entries", found, vec![row.clone()])?;
            let found = db.shop_entry(shop, row.kind, &row.id).await?;
            same("shop_entry", found, Some(row.clone()))?;
        }
        for row in &self.products {
            let found = db.product(shop, &row.id).await?;
            same("product", found, Some(row.clone()))?;
            let found = db.variants_of(shop, &row.id).await?;
            let variants = self.variants.iter().filter(|kept| kept.product == row.id);
            same("variants_of", found, variants.cloned().collect())?;
        }
        let found = db.products_after(shop, None, 9).await?;
        same("products_after", found, self.products.clone())?;
        same("product_count", db.product_count(shop).await?, 2)?;
        for row in &self.variants {
            let found = db.variant(shop, &row.id).await?;
            same("variant", found, Some(row.clone()))?;
        }
        let customer = Some(self.customer.clone());
        let found = db.customer(shop, self.customer.shopper).await?;
        same("customer", found, customer.clone())?;
        let index = &self.customer.own_index;
        let found = db.customer_by_own_id(shop, index).await?;
        same("customer_by_own_id", found, customer)?;
        let found = db.customers_after(shop, None, 9).await?;
        same("customers_after", found, vec![self.customer.clone()])?;
        same("customer_count", db.customer_count(shop).await?, 1)?;
        let found = db.payment_methods(shop, self.customer.shopper).await?;
        same("payment_methods", found, self.methods.clone())?;
        for row in &self.carts {
            let found = db.cart(shop, row.owner).await?;
            same("cart", found, Some(row.clone()))?;
        }
        self.check_orders(db).await
    }

    async fn check_orders(&self, db: &mut dyn Snapshot) -> Verdict {
        let shop = self.customer.shop;
        let mut newest_first = self.orders.clone();
        newest_first.reverse();
        for row in &self.orders {
            let found = db.order(shop, row.id).await?;
            same("order", found, Some(row.clone()))?;
            let found = db.order_by_number(shop, &row.number).await?;
            same("order_by_number", found, Some(row.clone()))?;
            let found = db.order_of(shop, row.shopper, &row.number).await?;
            same("order_of", found, Some(row.clone()))?;
            let found = db
                .orders_of(shop, row.shopper, Some(&row.status), 9)
                .await?;
            same("orders_of one status", found, vec![row.clone()])?;
            let filter = OrderFilter {
                status: Some(row.status.clone()),
                servicing: row.servicing.clone(),
            };
            let found = db.orders_before(shop, &filter, None, 9).await?;
            same("orders_before with a filter", found, vec![row.clone()])?;
            let found = db.movements(shop, row.id).await?;
            let movements = self.movements.iter().filter(|kept| kept.order == row.id);
            same("movements", found, movements.cloned().collect())?;
        }
        let found = db.orders_of(shop, self.customer.shopper, None, 9).await?;
        same("orders_of", found, newest_first.clone())?;
        let found = db
            .orders_before(shop, &OrderFilter::default(), None, 9)
            .await?;
        same("orders_before", found, newest_first)?;
        let found = db.orders_after(shop, None, 9).await?;
        same("orders_after", found, self.orders.clone())?;
        let mut counts = db.order_counts(shop).await?;
        counts.sort();
        let one = |row: &OrderRow| (row.status.clone(), row.servicing.clone(), 1);
        let mut expected = self.orders.iter().map(one).collect::<Vec<_>>();
        expected.sort();
        same("order_counts", counts, expected)?;
        for row in &self.movements {
            let found = db.movement(shop, row.id).await?;
            same("movement", found, Some(row.clone()))?;
        }
        for row in &self.proposals {
            let found = db.proposal(shop, row.id).await?;
            same("proposal", found, Some(row.clone()))?;
        }
        // Of the two orders the first was paid: what it is worth, or one less than was moved.
        let balance = self.movements.first().zip(self.orders.first());
        let expected = balance
            .filter(|(payment, order)| payment.amount != order.value)
            .map(|(payment, order)| (order.id, payment.amount, order.value));
        let found = db.orders_out_of_balance(shop, 9).await?;
        same(
            "orders_out_of_balance",
            found,
            expected.into_iter().collect(),
        )
    }

    /// Every read with this trade's ids in another shop.
    pub(crate) async fn nothing_in(&self, shop: ShopId, db: &mut dyn Snapshot) -> Verdict {
        same("shop_terms", db.shop_terms(shop).await?, None)?;
        for row in &self.entries {
            same(
                "shop_entries",
                db.shop_entries(shop, row.kind).await?,
                vec![],
            )?;
            let found = db.shop_entry(shop, row.kind, &row.id).await?;
            same("shop_entry", found, None)?;
        }
        for row in &self.products {
            same("product", db.product(shop, &row.id).await?, None)?;
            same("variants_of", db.variants_of(shop, &row.id).await?, vec![])?;
        }
        let found = db.products_after(shop, None, 9).await?;
        same("products_after", found, vec![])?;
        same("product_count", db.product_count(shop).await?, 0)?;
        for row in &self.variants {
            same("variant", db.variant(shop, &row.id).await?, None)?;
        }
        let shopper = self.customer.shopper;
        same("customer", db.customer(shop, shopper).await?, None)?;
        let index = &self.customer.own_index;
        let found = db.customer_by_own_id(shop, index).await?;
        same("customer_by_own_id", found, None)?;
        let found = db.customers_after(shop, None, 9).await?;
        same("customers_after", found, vec![])?;
        same("customer_count", db.customer_count(shop).await?, 0)?;
        let found = db.payment_methods(shop, shopper).await?;
        same("payment_methods", found, vec![])?;
        for row in &self.carts {
            same("cart", db.cart(shop, row.owner).await?, None)?;
        }
        for row in &self.orders {
            same("order", db.order(shop, row.id).await?, None)?;
            let found = db.order_by_number(shop, &row.number).await?;
            same("order_by_number", found, None)?;
            let found = db.order_of(shop, shopper, &row.number).await?;
            same("order_of", found, None)?;
            let status = Some(row.status.as_str());
            let found = db.orders_of(shop, shopper, status, 9).await?;
            same("orders_of one status", found, vec![])?;
            for servicing in [None, row.servicing.clone()] {
                for status in [None, Some(row.status.clone())] {
                    let servicing = servicing.clone();
                    let filter = OrderFilter { status, servicing };
                    let found = db.orders_before(shop, &filter, None, 9).await?;
                    same("orders_before", found, vec![])?;
                }
            }
            same("movements", db.movements(shop, row.id).await?, vec![])?;
        }
        let found = db.orders_of(shop, shopper, None, 9).await?;
        same("orders_of", found, vec![])?;
        let found = db.orders_after(shop, None, 9).await?;
        same("orders_after", found, vec![])?;
        same("order_counts", db.order_counts(shop).await?, vec![])?;
        for row in &self.movements {
            same("movement", db.movement(shop, row.id).await?, None)?;
        }
        for row in &self.proposals {
            same("proposal", db.proposal(shop, row.id).await?, None)?;
        }
        let found = db.orders_out_of_balance(shop, 9).await?;
        same("orders_out_of_balance", found, vec![])
    }

    /// Every lock with this trade's ids in another shop.
    pub(crate) async fn nothing_to_lock(&self, shop: ShopId, tx: &mut dyn Transaction) -> Verdict {
        for row in &self.variants {
            same("lock_variant", tx.lock_variant(shop, &row.id).await?, None)?;
        }
        let shopper = self.customer.shopper;
        let found = tx.lock_customer(shop, shopper).await?;
        same("lock_customer", found, None)?;
        for row in &self.carts {
            same("lock_cart", tx.lock_cart(shop, row.owner).await?, None)?;
        }
        for row in &self.orders {
            same("lock_order", tx.lock_order(shop, row.id).await?, None)?;
            let found = tx.lock_order_of(shop, shopper, &row.number).await?;
            same("lock_order_of", found, None)?;
        }
        for row in &self.movements {
            same("lock_movement", tx.lock_movement(shop, row.id).await?, None)?;
        }
        for row in &self.proposals {
            same("lock_proposal", tx.lock_proposal(shop, row.id).await?, None)?;
        }
        Ok(())
    }

    /// Every write that names a row, with this trade's ids in another shop.
    pub(crate) async fn nothing_to_change(
        &self,
        shop: ShopId,
        tx: &mut dyn Transaction,
    ) -> Verdict {
        tx.put_shop_terms(shop, &samples::json()).await?;
        for row in &self.variants {
            missing("variants", tx.change_stock(shop, &row.id, -1).await)?;
        }
        let row = CustomerRow {
            shop,
            ..self.customer.clone()
        };
        missing("customers", tx.update_customer(&row).await)?;
        for row in self.methods.iter().cloned() {
            let row = PaymentMethodRow { shop, ..row };
            missing("payment_methods", tx.update_payment_method(&row).await)?;
        }
        for row in &self.carts {
            tx.delete_cart(shop, row.owner).await?;
        }
        for row in self.orders.iter().cloned() {
            let row = OrderRow { shop, ..row };
            missing("orders", tx.update_order(&row).await)?;
        }
        for row in self.movements.iter().cloned() {
            let row = MovementRow { shop, ..row };
            missing("movements", tx.update_movement(&row).await)?;
        }
        for row in &self.proposals {
            let state = ProposalState::Confirmed;
            let decided = tx.decide_proposal(shop, row.id, state, EVENING).await;
            missing("proposals", decided)?;
        }
        let new = tx.see_gateway_event(shop, &self.event, NOON).await?;
        same("another shop's event is not this one's", new, true)
    }
}
