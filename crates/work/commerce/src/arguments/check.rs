//! The arguments of every tool, read and judged like a call does, without a shop behind it.
//!
//! INVARIANT: what is read here is read by the same functions as in a call, so that whoever tries
//! odd arguments here tries the tools. It is more than one call looks at: the `contact` of a checkout
//! is judged here as a guest's, while a call of somebody who is signed in never looks at it.

use serde_json::Value;

use super::{
    AddToCart, ApplyDiscount, ChangeDefaultAddress, Checkout, GetProduct, ListOrders, Nothing,
    OneOrder, RemoveFromCart, SearchProducts, UpdateCartLine, address, bad, id, read,
};
use crate::{cart, proposals::Asked, refusal::Refusal, tools::Tool};

/// Reads the arguments of a tool from JSON and refuses what a call would refuse before it looks
/// anything up.
pub fn check_arguments(tool: Tool, json: &[u8]) -> Result<(), Refusal> {
    let args = serde_json::from_slice(json).map_err(|_| bad("the arguments are not JSON"))?;
    check(tool, args)
}

fn check(tool: Tool, args: Value) -> Result<(), Refusal> {
    let name = tool.as_str();
    match tool {
        Tool::SearchProducts => {
            let asked: SearchProducts = read(name, args)?;
            asked.search().map(drop)
        }
        Tool::GetProduct => {
            let asked: GetProduct = read(name, args)?;
            id("product", &asked.product).map(drop)
        }
        Tool::GetCart | Tool::GetProfile => read::<Nothing>(name, args).map(drop),
        Tool::ListOrders => {
            let asked: ListOrders = read(name, args)?;
            asked.asked().map(drop)
        }
        Tool::GetOrder | Tool::TrackOrder => {
            let asked: OneOrder = read(name, args)?;
            id("order", &asked.order).map(drop)
        }
        Tool::AddToCart => {
            let asked: AddToCart = read(name, args)?;
            id("variant", &asked.variant)?;
            cart::pieces(asked.quantity)
        }
        Tool::UpdateCartLine => {
            let asked: UpdateCartLine = read(name, args)?;
            cart::pieces(asked.quantity)
        }
        Tool::RemoveFromCart => read::<RemoveFromCart>(name, args).map(drop),
        Tool::ApplyDiscount => {
            let asked: ApplyDiscount = read(name, args)?;
            id("code", asked.code.trim()).map(drop)
        }
        Tool::Checkout => {
            let asked: Checkout = read(name, args)?;
            asked.shipping_address.map(address).transpose()?;
            if let Some(contact) = asked.contact {
                contact.email()?;
                contact.names()?;
            }
            Ok(())
        }
        Tool::ChangeDefaultAddress => {
            let asked: ChangeDefaultAddress = read(name, args)?;
            address(asked.address).map(drop)
        }
        Tool::CancelOrder
        | Tool::ChangeOrderAddress
        | Tool::ChangeOrderPayment
        | Tool::ChangeOrderItems
        | Tool::ReturnItems
        | Tool::ExchangeItems => Asked::read(tool, args).map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arguments of every tool that a call would take, if what they name is there.
    const GOOD: &[(Tool, &str)] = &[
        (
            Tool::SearchProducts,
            r#"{"query":"oak","filters":{"min_price":1,"options":{"size":"L"}},"limit":50}"#,
        ),
        (Tool::GetProduct, r#"{"product":"p"}"#),
        (Tool::GetCart, "null"),
        (Tool::ListOrders, r#"{"status":"pending","limit":100}"#),
        (Tool::GetOrder, r#"{"order":"o"}"#),
        (Tool::TrackOrder, r#"{"order":"o"}"#),
        (Tool::GetProfile, "{}"),
        (Tool::AddToCart, r#"{"variant":"v","quantity":100}"#),
        (Tool::UpdateCartLine, r#"{"line":"1","quantity":1}"#),
        (Tool::RemoveFromCart, r#"{"line":"1"}"#),
        (Tool::ApplyDiscount, r#"{"code":" TEN "}"#),
        (
            Tool::Checkout,
            r#"{"contact":{"email":"a@example.org","given_name":"A","family_name":"B"}}"#,
        ),
        (Tool::CancelOrder, r#"{"order":"o","reason":"r"}"#),
        (
            Tool::ChangeOrderAddress,
            r#"{"order":"o","address":{"line1":"1","city":"C","postal_code":"P","country":"DE"}}"#,
        ),
        (
            Tool::ChangeOrderPayment,
            r#"{"order":"o","payment_method":"m"}"#,
        ),
        (
            Tool::ChangeOrderItems,
            r#"{"order":"o","changes":[{"line":"1","variant":"v"}],"payment_method":"m"}"#,
        ),
        (
            Tool::ReturnItems,
            r#"{"order":"o","lines":["1"],"refund_to":"m"}"#,
        ),
        (
            Tool::ExchangeItems,
            r#"{"order":"o","changes":[],"payment_method":"m"}"#,
        ),
        (
            Tool::ChangeDefaultAddress,
            r#"{"address":{"line1":"1","city":"C","postal_code":"P","country":"DE"}}"#,
        ),
    ];

    #[test]
    fn good_arguments_of_every_tool_are_taken() {
        for tool in Tool::ALL {
            assert!(GOOD.iter().any(|(known, _)| known == tool), "{tool:?}");
        }
        for (tool, json) in GOOD {
            assert_eq!(check_arguments(*tool, json.as_bytes()), Ok(()), "{tool:?}");
        }
    }

    /// No tool takes the arguments of another, nor one field more.
    #[test]
    fn odd_arguments_are_refused_with_a_code() {
        for (tool, json) in GOOD {
            let more = json
                .replacen('{', r#"{"customer":"c","#, 1)
                .replace(",}", "}");
            let more = if *json == "null" { "true" } else { &more };
            for odd in [more, "", "1", "[", "[]", r#"["o"]"#, r#"{"quantity":0}"#] {
                let refused = check_arguments(*tool, odd.as_bytes()).unwrap_err();
                assert_eq!(refused.code, crate::refusal::Code::BadArgument, "{odd}");
            }
        }
        for (tool, json) in [
            (Tool::SearchProducts, r#"{"query":"","limit":51}"#),
            (
                Tool::SearchProducts,
                r#"{"query":"","filters":{"max_price":-1}}"#,
            ),
            (Tool::ListOrders, r#"{"limit":0}"#),
            (Tool::GetOrder, r#"{"order":"a\u0000"}"#),
            (Tool::ApplyDiscount, r#"{"code":"  "}"#),
            (
                Tool::Checkout,
                r#"{"contact":{"email":"no","given_name":"A","family_name":"B"}}"#,
            ),
        ] {
            assert!(check_arguments(tool, json.as_bytes()).is_err(), "{json}");
        }
    }

    /// However well a list's values fit the fields' order, and an object a word.
    #[test]
    fn lists_for_objects_are_refused_with_the_name_of_the_field() {
        let address = r#"["Elm 1",null,"Bremen",null,"28195","DE"]"#;
        for (tool, json, field, expected) in [
            (
                Tool::ChangeOrderItems,
                r#"{"order":"o","changes":[["L1","v"]],"payment_method":"m"}"#,
                "changes[0]",
                "expected an object, found a list",
            ),
            (
                Tool::ExchangeItems,
                r#"{"order":"o","changes":[{"line":"L1","variant":"v"},["L1","v"]],"payment_method":"m"}"#,
                "changes[1]",
                "expected an object, found a list",
            ),
            (
                Tool::ChangeOrderAddress,
                &format!(r#"{{"order":"o","address":{address}}}"#),
                "address",
                "expected an object, found a list",
            ),
            (
                Tool::ChangeDefaultAddress,
                &format!(r#"{{"address":{address}}}"#),
                "address",
                "expected an object, found a list",
            ),
            (
                Tool::Checkout,
                &format!(r#"{{"shipping_address":{address}}}"#),
                "shipping_address",
                "expected an object, found a list",
            ),
            (
                Tool::Checkout,
                r#"{"contact":["a@example.org","A","B"]}"#,
                "contact",
                "expected an object, found a list",
            ),
            (
                Tool::SearchProducts,
                r#"{"query":"oak","filters":[null,1,2,true]}"#,
                "filters",
                "expected an object, found a list",
            ),
            (
                Tool::SearchProducts,
                r#"{"query":"oak","filters":{"options":["size"]}}"#,
                "filters.options",
                "expected an object of texts, such as {\"color\": \"blue\"}, found a list",
            ),
            (
                Tool::ListOrders,
                r#"{"status":{"pending":null}}"#,
                "status",
                "expected a text, found an object",
            ),
            (
                Tool::ListOrders,
                r#"{"status":"paid"}"#,
                "status",
                "expected one of `pending`, `processed`, `shipped`, `delivered`, `cancelled`",
            ),
        ] {
            let refused = check_arguments(tool, json.as_bytes()).unwrap_err();
            assert_eq!(refused.code, crate::refusal::Code::BadArgument, "{json}");
            let wanted = format!(
                "the arguments of `{}` cannot be read: `{field}`: {expected}",
                tool.as_str()
            );
            assert_eq!(refused.message, wanted, "{json}");
        }
    }

    /// A name of an option may be anything: it is left out.
    #[test]
    fn a_path_repeats_names_of_ours_alone() {
        let json = r#"{"query":"oak","filters":{"options":{"Wilhelmine 1":2}}}"#;
        let refused = check_arguments(Tool::SearchProducts, json.as_bytes()).unwrap_err();
        let wanted = "the arguments of `search_products` cannot be read: `filters.options.?`: expected a text, found a whole number";
        assert_eq!(refused.message, wanted);
    }
}
