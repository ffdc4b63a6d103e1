//! Customers, their means of payment and their orders: opened, and made.

use commerce::{
    document::{self, MethodKind},
    gateway::PaidWith,
    model::{Customer, Method, OrderState},
    port::{NewCustomer, ShopError},
};
use store::{
    Snapshot, Transaction,
    customers::{CustomerRow, PaymentMethodRow},
    keys::Owner,
    orders::OrderRow,
    places::{CustomerBody, PaymentMethodBody},
};
use terms::{PaymentMethodId, RetentionClass, ShopId, ShopperId};
use vault::{DataKey, Domain, Row};

use crate::{
    Embedded, Result,
    records::{self, MethodBody, Opener},
};

impl Embedded {
    /// A customer with her means of payment; `None` when she was forgotten.
    pub(crate) async fn opened_customer(
        &self,
        read: &mut dyn Snapshot,
        row: Option<CustomerRow>,
    ) -> Result<Option<Customer>> {
        let Some(row) = row else {
            return Ok(None);
        };
        let mut opener = Opener::new(&self.vault);
        let Some(profile) = opener.customer(read, &row).await? else {
            return Ok(None);
        };
        let mut methods = Vec::new();
        for method in read.payment_methods(row.shop, row.shopper).await? {
            if let Some(body) = opener.method(read, &method).await? {
                methods.push(Method {
                    id: method.id,
                    position: method.position,
                    own: body.own,
                    token: body.token,
                    once: body.once,
                });
            }
        }
        Ok(Some(Customer {
            shopper: row.shopper,
            position: row.position,
            profile,
            methods,
        }))
    }

    /// An order with its movements; `None` when its key was destroyed.
    pub(crate) async fn opened_order(
        &self,
        read: &mut dyn Snapshot,
        row: Option<OrderRow>,
    ) -> Result<Option<OrderState>> {
        let Some(row) = row else {
            return Ok(None);
        };
        let Some(order) = Opener::new(&self.vault).order(read, &row).await? else {
            return Ok(None);
        };
        let movements = read.movements(row.shop, row.id).await?;
        Ok(Some(OrderState {
            id: row.id,
            shopper: row.shopper,
            position: row.position,
            value: row.value,
            order,
            movements,
            pay_until: row.pay_until,
            guest: row.guest,
            updated_at: row.updated_at,
        }))
    }

    pub(crate) async fn customer_or_new(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        new: &NewCustomer,
    ) -> Result<Customer> {
        let row = tx.lock_customer(shop, shopper).await?;
        if let Some(customer) = self.opened_customer(tx, row).await? {
            return Ok(customer);
        }
        let profile = document::Customer {
            id: format!("c-{}", uuid_of(shopper)),
            email: new.email.clone(),
            given_name: new.given_name.clone(),
            family_name: new.family_name.clone(),
            phone: None,
            addresses: Vec::new(),
            payment_methods: Vec::new(),
        };
        let position = self.clock.now().millis();
        self.insert_customer(tx, shop, shopper, position, &profile)
            .await?;
        Ok(Customer {
            shopper,
            position,
            profile,
            methods: Vec::new(),
        })
    }

    pub(crate) async fn insert_customer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        position: i64,
        profile: &document::Customer,
    ) -> Result<()> {
        let key = self.account_key(tx, shop, shopper).await?;
        self.insert_customer_under(&key, tx, shop, shopper, position, profile)
            .await
    }

    /// The key of what a customer's account holds.
    pub(crate) async fn account_key(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<DataKey> {
        let owner = Owner::Shopper(shopper);
        let key = self
            .vault
            .sealing_key(tx, shop, owner, RetentionClass::Account);
        Ok(key.await?)
    }

    /// As [`Embedded::insert_customer`], with her account's key at hand.
    pub(crate) async fn insert_customer_under(
        &self,
        key: &DataKey,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        position: i64,
        profile: &document::Customer,
    ) -> Result<()> {
        let own_index = self.own_index(tx, shop, &profile.id).await?;
        let identity = [shopper.as_bytes().as_slice()];
        let body = records::seal::<CustomerBody, _>(
            key,
            &*self.rng,
            Row::new(shop, &identity),
            "customer",
            profile,
        )?;
        let row = CustomerRow {
            shop,
            shopper,
            own_index,
            position,
            body,
        };
        Ok(tx.insert_customer(&row).await?)
    }

    pub(crate) async fn update_profile(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        profile: &document::Customer,
    ) -> Result<()> {
        let row = tx.customer(shop, shopper).await?;
        let mut row = row.ok_or(ShopError::Broken("the customer is not there"))?;
        let key = self
            .vault
            .sealing_key(tx, shop, Owner::Shopper(shopper), RetentionClass::Account)
            .await?;
        let identity = [shopper.as_bytes().as_slice()];
        row.body = records::seal::<CustomerBody, _>(
            &key,
            &*self.rng,
            Row::new(shop, &identity),
            "customer",
            profile,
        )?;
        Ok(tx.update_customer(&row).await?)
    }

    /// Keyed hash of the shop's own id of a customer.
    pub(crate) async fn own_index(
        &self,
        read: &mut dyn Transaction,
        shop: ShopId,
        own_id: &str,
    ) -> Result<[u8; 32]> {
        let parts: &[&[u8]] = &[own_id.as_bytes()];
        Ok(self
            .vault
            .keyed_hash(read, shop, Domain::CustomerIndex, parts)
            .await?)
    }

    /// The shopper behind the shop's own id of a customer.
    pub async fn shopper_by_own_id(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        own_id: &str,
    ) -> Result<Option<ShopperId>> {
        let index = self.own_index(tx, shop, own_id).await?;
        let row = tx.customer_by_own_id(shop, &index).await?;
        Ok(row.map(|row| row.shopper))
    }

    pub(crate) async fn transfer_of(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
    ) -> Result<Method> {
        let known = customer
            .methods
            .iter()
            .find(|method| method.own.kind == MethodKind::Transfer);
        if let Some(known) = known {
            return Ok(known.clone());
        }
        let own = document::PaymentMethod {
            id: fresh_method_id(customer),
            kind: MethodKind::Transfer,
            brand: None,
            last4: None,
            balance: None,
            once: None,
        };
        let body = MethodBody {
            own,
            token: None,
            once: false,
        };
        self.insert_method(tx, shop, customer, body).await
    }

    pub(crate) async fn paid_with(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
        paid_with: &PaidWith,
        once: bool,
    ) -> Result<Method> {
        let known = customer.methods.iter().find(|method| {
            method.token.as_deref() == Some(&paid_with.token) && (once || !method.once)
        });
        if let Some(known) = known {
            return Ok(known.clone());
        }
        let last4 = paid_with.last4.as_ref().filter(|digits| {
            digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit())
        });
        let own = document::PaymentMethod {
            id: fresh_method_id(customer),
            kind: match paid_with.kind.as_str() {
                "paypal" => MethodKind::Paypal,
                _ => MethodKind::Card,
            },
            brand: paid_with.brand.clone(),
            last4: last4.cloned(),
            balance: None,
            once: once.then_some(true),
        };
        let body = MethodBody {
            own,
            token: Some(paid_with.token.clone()),
            once,
        };
        self.insert_method(tx, shop, customer, body).await
    }

    async fn insert_method(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
        body: MethodBody,
    ) -> Result<Method> {
        let last = customer.methods.iter().map(|method| method.position).max();
        let position = last.map_or(0, |last| last.saturating_add(1));
        let id = PaymentMethodId::ordered(&*self.clock, &*self.rng);
        self.put_method(tx, shop, customer.shopper, id, position, &body, true)
            .await?;
        Ok(Method {
            id,
            position,
            own: body.own,
            token: body.token,
            once: body.once,
        })
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a row's parts, named where it is called"
    )]
    pub(crate) async fn put_method(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        id: PaymentMethodId,
        position: i64,
        body: &MethodBody,
        new: bool,
    ) -> Result<()> {
        let key = self.account_key(tx, shop, shopper).await?;
        let row = self.method_row(&key, shop, shopper, id, position, body)?;
        if new {
            Ok(tx.insert_payment_method(&row).await?)
        } else {
            Ok(tx.update_payment_method(&row).await?)
        }
    }

    /// A means of payment, sealed under the account's key.
    pub(crate) fn method_row(
        &self,
        key: &DataKey,
        shop: ShopId,
        shopper: ShopperId,
        id: PaymentMethodId,
        position: i64,
        body: &MethodBody,
    ) -> Result<PaymentMethodRow> {
        let identity = records::method_identity(&id, &shopper);
        let bound = Row::new(shop, &identity);
        let body =
            records::seal::<PaymentMethodBody, _>(key, &*self.rng, bound, "payment method", body)?;
        Ok(PaymentMethodRow {
            shop,
            id,
            shopper,
            position,
            body,
        })
    }
}

fn uuid_of(shopper: ShopperId) -> String {
    shopper.as_uuid().simple().to_string()
}

/// `pm_1`, `pm_2`, … the first that the customer does not have.
fn fresh_method_id(customer: &Customer) -> String {
    (1_u32..)
        .map(|number| format!("pm_{number}"))
        .find(|id| customer.method(id).is_none())
        .unwrap_or_default()
}
