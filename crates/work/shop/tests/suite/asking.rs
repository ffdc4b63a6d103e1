//! What is asked for in a random sequence.

use serde_json::{Value, json};

use crate::{
    books::{list, named},
    sequence::{CUSTOMERS, GUEST, Sequence, pick},
};

impl Sequence {
    /// A tool with arguments that mostly make sense: one in eight is about any order, one in sixteen
    /// is about another's, or paid with another's.
    pub(crate) async fn asked(
        &self,
        who: usize,
        tool: u8,
        order: u8,
        [one, two, three]: [u8; 3],
    ) -> Option<(&'static str, Value)> {
        let address = json!({ "line1": format!("Quay {one}"), "city": "Hamburg",
            "postal_code": "20457", "country": pick(&["DE", "FR"], two) });
        if tool == 0 || who >= CUSTOMERS.len() {
            if three < 224 {
                let session = self.session(who).await;
                let add = json!({ "variant": self.variant(three), "quantity": 1 });
                let _refused_or_not = self.world.call(session, "add_to_cart", add).await;
            }
            let mut args = json!({ "shipping_address": address });
            if who >= CUSTOMERS.len() {
                args["contact"] =
                    json!({ "email": GUEST, "given_name": "Gus", "family_name": "Grove" });
            }
            return Some(("checkout", args));
        }
        if tool == 7 && order < 64 {
            return Some(("change_default_address", json!({ "address": address })));
        }
        let own_id = self.own_id(who)?;
        let status = if tool < 5 { "pending" } else { "delivered" };
        let orders = list(&self.document, "orders").iter();
        let orders: Vec<&Value> = orders
            .filter(|known| known["customer"] == *own_id || order > 240)
            .filter(|known| known["status"] == status || order > 224)
            .filter(|known| known["return"].is_null() && known["exchange"].is_null() || order > 224)
            .collect();
        let order = pick(&orders, order)?;
        let number = &order["id"];
        let customers = list(&self.document, "customers").iter();
        let methods: Vec<&Value> = customers
            .filter(|customer| customer["id"] == *own_id || one > 240)
            .flat_map(|customer| list(customer, "payment_methods"))
            .map(|method| &method["id"])
            .collect();
        let method = *pick(&methods, one)?;
        let lines = list(order, "lines");
        let swap = |line: &Value, number: u8| -> Option<Value> {
            let product = named(&self.document, "products", line["product"].as_str()?);
            let variants = list(&product, "variants").iter();
            let others: Vec<&Value> = variants
                .filter(|variant| number > 240 || variant["id"] != line["variant"])
                .collect();
            let variant = &pick(&others, number)?["id"];
            Some(json!({ "line": line["id"], "variant": variant }))
        };
        let mut changes = vec![swap(pick(lines, two)?, three)?];
        if two > 128 && lines.len() > 1 {
            changes = lines.iter().filter_map(|line| swap(line, three)).collect();
        }
        Some(match tool {
            1 => (
                "cancel_order",
                json!({ "order": number, "reason": "no_longer_needed" }),
            ),
            2 => (
                "change_order_address",
                json!({ "order": number, "address": address }),
            ),
            3 => (
                "change_order_payment",
                json!({ "order": number, "payment_method": method }),
            ),
            4 => (
                "change_order_items",
                json!({ "order": number, "payment_method": method, "changes": changes }),
            ),
            5 => {
                let lines: Vec<&Value> = changes.iter().map(|change| &change["line"]).collect();
                let paid = list(order, "payments").first().filter(|_| one < 160);
                let method = paid.map_or(method, |paid| &paid["method"]);
                (
                    "return_items",
                    json!({ "order": number, "lines": lines, "refund_to": method }),
                )
            }
            _ => (
                "exchange_items",
                json!({ "order": number, "payment_method": method, "changes": changes }),
            ),
        })
    }
}
