//! What a member must keep to that needs no other member to tell: bounds, forms, and that its parts
//! agree with each other.
//!
//! Pure. No reason repeats a value: it may be somebody's.

mod order;
#[cfg(test)]
mod tests;
pub mod value;

use commerce::document::{
    Customer, Discount, DiscountKind, Element, Faq, MethodKind, PaymentMethod, Policy, Product,
    Promotion, SavedAddress, ShippingOption, Tax, Variant,
};

use super::error::Refusal;
use value::{At, Unique};

/// Checks one member by itself.
pub fn element(element: &Element) -> Result<(), Refusal> {
    match element {
        Element::Product(product) => self::product(product),
        Element::Discount(discount) => self::discount(discount),
        Element::Promotion(promotion) => self::promotion(promotion),
        Element::Shipping(option) => shipping(option),
        Element::Policy(policy) => self::policy(policy),
        Element::Faq(faq) => self::faq(faq),
        Element::Customer(customer) => self::customer(customer),
        Element::Order(order) => order::order(order),
    }
}

/// Checks how tax is reckoned.
pub fn tax(tax: Tax) -> Result<(), Refusal> {
    value::tax_rate(tax.rate).at("rate")
}

fn product(product: &Product) -> Result<(), Refusal> {
    let Product {
        id,
        title,
        description,
        category,
        image_url,
        options,
        variants,
    } = product;
    value::id(id).at("id")?;
    value::title(title).at("title")?;
    value::optional(description.as_deref(), value::text).at("description")?;
    value::optional(category.as_deref(), value::title).at("category")?;
    value::optional(image_url.as_deref(), value::web_address).at("image_url")?;
    let mut names = Unique::default();
    for (index, name) in options.iter().enumerate() {
        let path = || format!("options[{index}]");
        value::id(name).at(path)?;
        names.add(name).at(path)?;
    }
    let mut ids = Unique::default();
    for (index, one) in variants.iter().enumerate() {
        let checked = variant(one, &names);
        let checked = checked.and_then(|()| ids.add(&one.id).at("id"));
        checked.map_err(|refusal| refusal.inside(&format!("variants[{index}]")))?;
    }
    Ok(())
}

fn variant(variant: &Variant, names: &Unique<'_>) -> Result<(), Refusal> {
    let Variant {
        id,
        sku,
        title,
        options,
        price,
        available: _,
        stock,
    } = variant;
    value::id(id).at("id")?;
    value::optional(sku.as_deref(), value::title).at("sku")?;
    value::optional(title.as_deref(), value::title).at("title")?;
    for (_, chosen) in &options.0 {
        value::title(chosen).at("options")?;
    }
    // The reader takes no name twice.
    let known = options.0.iter().all(|(name, _)| names.has(name));
    let exactly = known && options.0.len() == names.len();
    value::demand(exactly, "expected exactly the product's options").at("options")?;
    value::amount(*price).at("price")?;
    value::optional(stock.as_ref(), |stock| value::amount(*stock)).at("stock")
}

fn discount(discount: &Discount) -> Result<(), Refusal> {
    let Discount {
        code,
        kind,
        value: given,
        description,
    } = discount;
    value::id(code).at("code")?;
    match kind {
        DiscountKind::Percentage => value::percentage(*given).at("value")?,
        DiscountKind::Fixed => value::amount(*given).at("value")?,
    }
    value::optional(description.as_deref(), value::text).at("description")
}

fn promotion(promotion: &Promotion) -> Result<(), Refusal> {
    let Promotion {
        id,
        kind: _,
        min_subtotal,
        products,
        description,
    } = promotion;
    value::id(id).at("id")?;
    value::optional(min_subtotal.as_ref(), |least| value::amount(*least)).at("min_subtotal")?;
    for (index, product) in products.iter().flatten().enumerate() {
        value::id(product).at(|| format!("products[{index}]"))?;
    }
    value::optional(description.as_deref(), value::text).at("description")
}

fn shipping(option: &ShippingOption) -> Result<(), Refusal> {
    let ShippingOption {
        id,
        title,
        price,
        country,
        level,
    } = option;
    value::id(id).at("id")?;
    value::title(title).at("title")?;
    value::amount(*price).at("price")?;
    value::optional(country.as_deref(), value::country_code).at("country")?;
    value::id(level).at("level")
}

fn policy(policy: &Policy) -> Result<(), Refusal> {
    let Policy { id, title, text } = policy;
    value::id(id).at("id")?;
    value::title(title).at("title")?;
    value::text(text).at("text")
}

fn faq(faq: &Faq) -> Result<(), Refusal> {
    let Faq {
        id,
        question,
        answer,
    } = faq;
    value::id(id).at("id")?;
    value::text(question).at("question")?;
    value::text(answer).at("answer")
}

fn customer(customer: &Customer) -> Result<(), Refusal> {
    let Customer {
        id,
        email,
        given_name,
        family_name,
        phone,
        addresses,
        payment_methods,
    } = customer;
    value::id(id).at("id")?;
    value::email(email).at("email")?;
    value::title(given_name).at("given_name")?;
    value::title(family_name).at("family_name")?;
    value::optional(phone.as_deref(), value::title).at("phone")?;
    let mut ids = Unique::default();
    for (index, one) in addresses.iter().enumerate() {
        let checked = saved_address(one).and_then(|()| ids.add(&one.id).at("id"));
        checked.map_err(|refusal| refusal.inside(&format!("addresses[{index}]")))?;
    }
    let mut ids = Unique::default();
    for (index, one) in payment_methods.iter().enumerate() {
        let checked = payment_method(one).and_then(|()| ids.add(&one.id).at("id"));
        checked.map_err(|refusal| refusal.inside(&format!("payment_methods[{index}]")))?;
    }
    Ok(())
}

fn saved_address(saved: &SavedAddress) -> Result<(), Refusal> {
    value::id(&saved.id).at("id")?;
    order::address(&saved.address())
}

fn payment_method(method: &PaymentMethod) -> Result<(), Refusal> {
    let PaymentMethod {
        id,
        kind,
        brand,
        last4,
        balance,
        once: _,
    } = method;
    value::id(id).at("id")?;
    value::optional(brand.as_deref(), value::title).at("brand")?;
    value::optional(last4.as_deref(), value::last_digits).at("last4")?;
    match (kind, balance) {
        (MethodKind::GiftCard, Some(balance)) => value::amount(*balance).at("balance"),
        (MethodKind::GiftCard, None) => Err("is missing: a gift card has one").at("balance"),
        (_, Some(_)) => Err("only gift cards have one").at("balance"),
        (_, None) => Ok(()),
    }
}
