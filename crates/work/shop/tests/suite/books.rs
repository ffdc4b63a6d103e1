//! What a shop's books say, and what they must never say.

use std::collections::BTreeMap;

use commerce::model::{OrderState, document_value};
use commerce::{document::Element, port::Shop as _, rules};
use serde_json::{Map, Value, json};
use shop::Export;
use sqlx::{
    Column as _, Connection as _, Row as _, SqliteConnection, sqlite::SqliteConnectOptions,
};
use store::{
    Database as _, Snapshot,
    orders::{MovementKind, MovementRow, MovementState},
};

use crate::world::World;

/// Tables and their rows, each value as its bytes.
pub(crate) type Rows = BTreeMap<&'static str, Vec<Vec<Option<Vec<u8>>>>>;

/// Every table that a tool may write to, but the ledger (what is read is recorded) and keys.
const TABLES: [(&str, &str); 12] = [
    ("shop_terms", "SELECT * FROM shop_terms ORDER BY 1"),
    (
        "shop_entries",
        "SELECT * FROM shop_entries ORDER BY 1, 2, 3",
    ),
    ("products", "SELECT * FROM products ORDER BY 1, 2"),
    ("variants", "SELECT * FROM variants ORDER BY 1, 2"),
    ("customers", "SELECT * FROM customers ORDER BY 1, 2"),
    (
        "payment_methods",
        "SELECT * FROM payment_methods ORDER BY 1, 2",
    ),
    ("carts", "SELECT * FROM carts ORDER BY 1, 2, 3"),
    ("orders", "SELECT * FROM orders ORDER BY 1, 2"),
    ("movements", "SELECT * FROM movements ORDER BY 1, 2"),
    ("proposals", "SELECT * FROM proposals ORDER BY 1, 2"),
    (
        "gateway_events",
        "SELECT * FROM gateway_events ORDER BY 1, 2",
    ),
    ("shoppers", "SELECT * FROM shoppers ORDER BY 1, 2"),
];

impl World {
    async fn outsider(&self) -> SqliteConnection {
        let directory = self.directory.as_ref().expect("on SQLite");
        let file = directory.path().join("parlour.db");
        let options = SqliteConnectOptions::new().filename(file);
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    /// Writes the database into another file.
    pub(crate) async fn copy_file(&self, to: &std::path::Path) {
        let mut outsider = self.outsider().await;
        sqlx::query("VACUUM INTO $1")
            .bind(to.to_str().unwrap())
            .execute(&mut outsider)
            .await
            .unwrap();
        outsider.close().await.unwrap();
    }

    /// The catalogue is edited by whoever runs the shop.
    pub(crate) async fn reprice(&self, variant: &str, price: i64) {
        let mut outsider = self.outsider().await;
        let edit = sqlx::query("UPDATE variants SET price = $1 WHERE id = $2");
        let edit = edit.bind(price).bind(variant);
        edit.execute(&mut outsider).await.unwrap();
        outsider.close().await.unwrap();
    }

    /// The rows as they lie in the file.
    pub(crate) async fn rows(&self) -> Rows {
        let mut outsider = self.outsider().await;
        let mut all = Rows::new();
        for (table, query) in TABLES {
            let rows = sqlx::query(query).fetch_all(&mut outsider).await.unwrap();
            let rows = rows.iter().map(|row| {
                let columns = row.columns().iter();
                columns
                    .map(|column| row.get_unchecked(column.ordinal()))
                    .collect()
            });
            all.insert(table, rows.collect());
        }
        outsider.close().await.unwrap();
        all
    }

    /// Changes a row behind the program's back.
    pub(crate) async fn tamper(&self, statement: &'static str) {
        let mut outsider = self.outsider().await;
        let done = sqlx::query(statement).execute(&mut outsider).await.unwrap();
        assert!(done.rows_affected() > 0, "{statement}");
        outsider.close().await.unwrap();
    }

    /// The whole shop, exported.
    pub(crate) async fn document(&self) -> Value {
        let mut snapshot = self.database.snapshot().await.unwrap();
        self.exported(&mut *snapshot).await
    }

    pub(crate) async fn exported(&self, read: &mut dyn Snapshot) -> Value {
        let (head, mut export) = Export::begin(&self.embedded, read, self.shop)
            .await
            .unwrap();
        let mut lists: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        while let Some(element) = export.next(read).await.unwrap() {
            let value = match &element {
                Element::Product(product) => json!(product),
                Element::Discount(discount) => json!(discount),
                Element::Promotion(promotion) => json!(promotion),
                Element::Shipping(option) => json!(option),
                Element::Policy(policy) => json!(policy),
                Element::Faq(faq) => json!(faq),
                Element::Customer(customer) => json!(customer),
                Element::Order(order) => json!(order),
            };
            lists
                .entry(element.section().as_str())
                .or_default()
                .push(value);
        }
        let mut document = Map::new();
        document.insert("currency".to_owned(), json!(head.currency.as_str()));
        for (list, elements) in lists {
            document.insert(list.to_owned(), Value::Array(elements));
        }
        Value::Object(document)
    }

    /// An order as the export has it.
    pub(crate) async fn order(&self, number: &str) -> Value {
        let document = self.document().await;
        named(&document, "orders", number)
    }

    pub(crate) async fn state(&self, number: &str) -> OrderState {
        let mut snapshot = self.database.snapshot().await.unwrap();
        let found = self
            .embedded
            .order_by_number(&mut *snapshot, self.shop, number)
            .await;
        found.unwrap().unwrap()
    }

    /// Pieces in stock; `None` where they are not counted.
    pub(crate) async fn stock(&self, variant: &str) -> Option<i64> {
        let mut snapshot = self.database.snapshot().await.unwrap();
        let found = snapshot.variant(self.shop, variant).await.unwrap();
        found.unwrap().stock
    }

    /// What is left on a gift card.
    pub(crate) async fn balance(&self, customer: &str, method: &str) -> i64 {
        let document = self.document().await;
        let customer = named(&document, "customers", customer);
        named(&customer, "payment_methods", method)["balance"]
            .as_i64()
            .unwrap()
    }

    /// The movements of an order: kind, own id of the method, amount, state, whether it counts.
    pub(crate) async fn money(&self, number: &str) -> Vec<String> {
        let state = self.state(number).await;
        let mut snapshot = self.database.snapshot().await.unwrap();
        let customer = self
            .embedded
            .customer(&mut *snapshot, self.shop, state.shopper)
            .await
            .unwrap()
            .unwrap();
        let told = state.movements.iter().map(|movement| {
            let method = movement.method.and_then(|id| customer.method_by_id(id));
            let method = method.map_or("?", |method| method.own.id.as_str());
            let (kind, state) = (movement.kind.as_str(), movement.state.as_str());
            let booked = if movement.booked { "" } else { ", not booked" };
            format!("{kind} {} {method} {state}{booked}", movement.amount)
        });
        told.collect()
    }

    /// Everything that must hold at every moment.
    pub(crate) async fn check(&self) {
        let faults = self.faults().await;
        assert!(faults.is_empty(), "{faults:#?}");
    }

    pub(crate) async fn faults(&self) -> Vec<String> {
        let document = self.document().await;
        self.faults_in(&document).await
    }

    /// What is wrong; `document` is the export as it is now.
    pub(crate) async fn faults_in(&self, document: &Value) -> Vec<String> {
        let mut faults = self.gateway.offences();
        let mut snapshot = self.database.snapshot().await.unwrap();
        let mut after = None;
        loop {
            let rows = snapshot.orders_after(self.shop, after, 200).await.unwrap();
            let Some(last) = rows.last() else {
                break;
            };
            after = Some((last.position, last.id));
            for row in &rows {
                let state = self.embedded.order(&mut *snapshot, self.shop, row.id).await;
                order_faults(&state.unwrap().unwrap(), &mut faults);
            }
        }
        let mut allowed = 0_usize;
        for (id, held, value) in snapshot
            .orders_out_of_balance(self.shop, 100)
            .await
            .unwrap()
        {
            let state = self.embedded.order(&mut *snapshot, self.shop, id).await;
            let owed = declined_charges(&state.unwrap().unwrap());
            // A charge that a gateway refused for good is owed, and no more than it.
            if held > value || value - held > owed {
                faults.push(format!("{id} holds {held} and is worth {value}"));
            } else {
                allowed += 1;
            }
        }
        for product in list(document, "products") {
            for variant in list(product, "variants") {
                if variant["stock"].as_i64().is_some_and(|stock| stock < 0) {
                    faults.push(format!("stock: {variant}"));
                }
            }
        }
        for customer in list(document, "customers") {
            for method in list(customer, "payment_methods") {
                if method["balance"]
                    .as_i64()
                    .is_some_and(|balance| balance < 0)
                {
                    faults.push(format!("balance: {method}"));
                }
            }
        }
        assert!(allowed < 100);
        faults
    }
}

/// What may be owed for an order: differences whose charge was refused for good, and what a gift
/// card was given back for such a charge, which it may have spent since. Other refunds are taken
/// back with the charge they were made for.
fn declined_charges(state: &OrderState) -> i64 {
    let failed = state.movements.iter().filter(|movement| {
        movement.kind == MovementKind::Payment && movement.state == MovementState::Failed
    });
    let owed = failed.filter(|charge| {
        let mut in_return = state.movements.iter().filter(|refund| {
            refund.kind == MovementKind::Refund && refund.created_at == charge.created_at
        });
        in_return.all(|refund| refund.booked && refund.reference.is_none())
    });
    owed.map(|movement| movement.amount).sum()
}

fn order_faults(state: &OrderState, faults: &mut Vec<String>) {
    let order = &state.order;
    let mut fault = |text: String| faults.push(format!("{}: {text}", order.id));
    if state.held() < 0 {
        fault(format!("holds {}", state.held()));
    }
    let sum = |kind: MovementKind| -> i64 {
        let booked = state.movements.iter().filter(|row| row.booked);
        let of_kind = booked.filter(|row: &&MovementRow| row.kind == kind);
        of_kind.map(|row| row.amount).sum()
    };
    if sum(MovementKind::Refund) > sum(MovementKind::Payment) {
        fault("more went back than was paid".to_owned());
    }
    for payment in &state.movements {
        let undone = state.movements.iter().filter(|row| {
            row.original == Some(payment.id) && row.booked && row.kind == MovementKind::Refund
        });
        let undone: i64 = undone.map(|row| row.amount).sum();
        if undone > payment.amount {
            fault(format!("{undone} of {} went back", payment.amount));
        }
    }
    let given_back = match &order.returned {
        Some(returned) if returned.received == Some(true) => {
            let lines = returned.lines.iter().filter_map(|id| state.line(id));
            let lines: Vec<_> = lines.collect();
            rules::return_value(order, &lines)
        }
        _ => 0,
    };
    let worth = match order.status.as_str() {
        "cancelled" => 0,
        _ => document_value(order) - given_back,
    };
    if state.value != worth {
        fault(format!("is worth {}, and its lines {worth}", state.value));
    }
}

/// A list of a document, empty where there is none.
pub(crate) fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

/// The member of a list with this id.
pub(crate) fn named(of: &Value, name: &str, id: &str) -> Value {
    let found = list(of, name).iter().find(|member| member["id"] == id);
    found.unwrap_or_else(|| panic!("there is no {id}")).clone()
}
