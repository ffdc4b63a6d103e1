//! Whether a shopper got what she came for.

use serde_json::Value;

use super::{
    script::{Effect, Script},
    talk::Talk,
    world::World,
};

#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// What was expected and is not so.
    pub(crate) missing: Vec<String>,
    /// Something was done that was not wanted.
    pub(crate) wrong_effect: bool,
    /// Something that can be done was not, and the assistant said that it does not know or cannot.
    pub(crate) wrong_refusal: bool,
}

impl Verdict {
    pub(crate) fn solved(&self) -> bool {
        self.missing.is_empty()
    }
}

pub(crate) fn judge(_: &World, script: &Script, talk: &Talk) -> Verdict {
    let expect = &script.expect;
    let mut verdict = Verdict::default();
    let mut missing = Vec::new();
    effects(script, talk, &mut verdict, &mut missing);
    let sorted = |cart: &[(String, i64)]| {
        let mut cart = cart.to_vec();
        cart.sort();
        cart
    };
    if sorted(&talk.cart) != sorted(&expect.cart) {
        missing.push(format!("the cart is {:?}", talk.cart));
        let more = talk.cart.iter().any(|(variant, quantity)| {
            let wanted = expect.cart.iter().find(|(known, _)| known == variant);
            wanted.is_none_or(|(_, wanted)| wanted < quantity)
        });
        verdict.wrong_effect |= more;
    }
    if expect.discount.is_some() && talk.discount != expect.discount {
        missing.push(format!("the discount is {:?}", talk.discount));
    }
    for product in &expect.products {
        if !talk.products.contains(product) {
            missing.push(format!("`{product}` is not shown"));
        }
    }
    for product in &expect.not_products {
        if talk.products.contains(product) {
            missing.push(format!("`{product}` is shown"));
        }
    }
    if expect.first_product.is_some() && talk.products.first() != expect.first_product.as_ref() {
        missing.push(format!("first shown is {:?}", talk.products.first()));
    }
    if let Some(label) = &expect.order {
        let at = script.order.iter().position(|order| order.label == *label);
        let shown = at.is_some_and(|at| {
            talk.orders
                .iter()
                .any(|number| number.ends_with(&at.to_string()))
        });
        if !shown {
            missing.push(format!("the order `{label}` is not shown"));
        }
    }
    if let Some(source) = &expect.source
        && !talk.sources.contains(source)
    {
        missing.push(format!("`{source}` is not quoted, but {:?}", talk.sources));
    }
    if talk.waiting != (expect.handover.as_deref() == Some("waiting")) {
        missing.push(format!("a person was asked for: {}", talk.waiting));
    }
    let text = talk.last_text.to_lowercase();
    let said = |words: &String| text.contains(&words.to_lowercase());
    if !expect.says.is_empty() && !expect.says.iter().any(said) {
        missing.push(format!("none of {:?} is said", expect.says));
    }
    if let Some(form) = &expect.form
        && !talk.forms.contains(form)
    {
        missing.push(format!("the form `{form}` is not offered"));
    }
    verdict.wrong_refusal = !missing.is_empty() && talk.gave_up && !expect.refused;
    verdict.missing = missing;
    verdict
}

fn effects(script: &Script, talk: &Talk, verdict: &mut Verdict, missing: &mut Vec<String>) {
    let expected = &script.expect.effects;
    for (at, (tool, args)) in talk.confirmed.iter().enumerate() {
        let wanted = expected.get(at);
        if !wanted.is_some_and(|wanted| is_it(script, wanted, tool, args)) {
            verdict.wrong_effect = true;
            missing.push(format!("wrong effect: {tool} {args}"));
        }
    }
    for wanted in expected.iter().skip(talk.confirmed.len()) {
        missing.push(format!("`{}` was not done", wanted.what));
    }
}

fn is_it(script: &Script, wanted: &Effect, tool: &str, args: &Value) -> bool {
    let tools: &[&str] = match wanted.what.as_str() {
        "cancel" => &["cancel_order"],
        "address" => &["change_order_address"],
        "payment" => &["change_order_payment"],
        "change_items" => &["change_order_items"],
        "return" => &["return_items"],
        "exchange" => &["exchange_items"],
        "default_address" => &["change_default_address"],
        "checkout" => &["checkout"],
        _ => &[],
    };
    let text = |pointer: &str| args.pointer(pointer).and_then(Value::as_str);
    let is = |wanted: &Option<String>, pointer: &str| {
        wanted
            .as_ref()
            .is_none_or(|wanted| text(pointer) == Some(wanted))
    };
    let label = wanted.order.as_deref().unwrap_or_default();
    let order = script.order.iter().position(|order| order.label == label);
    let order_is = order
        .is_none_or(|at| text("/order").is_some_and(|number| number.ends_with(&at.to_string())));
    let line = |variant: &String| World::line_of(script, label, variant);
    let swapped = match (&wanted.from, &wanted.into) {
        (Some(from), Some(into)) => {
            text("/changes/0/line").map(str::to_owned) == line(from)
                && text("/changes/0/variant") == Some(into)
                && args.pointer("/changes/1").is_none()
        }
        _ => true,
    };
    let lines_are = wanted.lines.as_ref().is_none_or(|variants| {
        let mut wanted: Vec<String> = variants.iter().filter_map(line).collect();
        let mut given: Vec<String> = args
            .pointer("/lines")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect();
        wanted.sort();
        given.sort();
        wanted == given
    });
    tools.contains(&tool)
        && order_is
        && swapped
        && lines_are
        && is(&wanted.reason, "/reason")
        && is(&wanted.city, "/address/city")
        && is(&wanted.line1, "/address/line1")
        && is(&wanted.postal_code, "/address/postal_code")
        && is(&wanted.method, "/payment_method")
        && is(&wanted.to, "/refund_to")
        && is(&wanted.shipping, "/shipping_option")
}
