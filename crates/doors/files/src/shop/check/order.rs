//! What an order must keep to by itself.

use commerce::document::{
    Address, Adjustment, AdjustmentKind, DiscountKind, Exchange, Line, Order, OrderStatus, Payment,
    PaymentKind, Reduction, Return, Servicing,
};
use terms::LARGEST_AMOUNT;

use super::{
    Refusal,
    value::{self, At, Unique},
};

pub(super) fn order(order: &Order) -> Result<(), Refusal> {
    let Order {
        id,
        customer,
        placed_at,
        status,
        servicing,
        cancel_reason,
        shipping_address,
        lines,
        adjustments,
        fulfilments,
        payments,
        returned,
        exchange,
    } = order;
    value::id(id).at("id")?;
    value::id(customer).at("customer")?;
    value::optional(placed_at.as_deref(), value::moment).at("placed_at")?;
    value::optional(cancel_reason.as_deref(), value::cancel_reason).at("cancel_reason")?;
    let cancelled = *status == OrderStatus::Cancelled;
    value::demand(
        cancelled || cancel_reason.is_none(),
        "only with the status `cancelled`",
    )
    .at("cancel_reason")?;
    address(shipping_address).map_err(|refusal| refusal.inside("shipping_address"))?;
    let known = self::lines(lines)?;
    for (index, adjustment) in adjustments.iter().enumerate() {
        let at = |field| move || format!("adjustments[{index}].{field}");
        value::title(&adjustment.title).at(at("title"))?;
        value::signed_amount(adjustment.amount).at(at("amount"))?;
        reckoned(adjustment).map_err(|refusal| refusal.inside(&format!("adjustments[{index}]")))?;
    }
    let total = adjustments
        .iter()
        .map(|adjustment| i128::from(adjustment.amount));
    let total = total.sum::<i128>() + worth(lines);
    value::demand(
        total <= i128::from(LARGEST_AMOUNT),
        "come to more than 9007199254740991 with the lines",
    )
    .at("adjustments")?;
    let mut ids = Unique::default();
    for (index, fulfilment) in fulfilments.iter().enumerate() {
        let at = |field| move || format!("fulfilments[{index}].{field}");
        value::id(&fulfilment.id).at(at("id"))?;
        ids.add(&fulfilment.id).at(at("id"))?;
        for (number, tracking) in fulfilment.tracking.iter().enumerate() {
            value::title(tracking).at(|| format!("fulfilments[{index}].tracking[{number}]"))?;
        }
        for (number, line) in fulfilment.lines.iter().enumerate() {
            a_line(&known, line).at(|| format!("fulfilments[{index}].lines[{number}]"))?;
        }
    }
    self::payments(payments)?;
    serviced(*servicing, returned.as_ref(), exchange.as_ref())?;
    if let Some(returned) = returned {
        self::returned(returned, &known)?;
    }
    if let Some(exchange) = exchange {
        exchanged(exchange, &known)?;
    }
    Ok(())
}

/// How it was reckoned fits what it is.
fn reckoned(adjustment: &Adjustment) -> Result<(), Refusal> {
    if let Some(Reduction { kind, value: given }) = adjustment.discount {
        value::demand(
            adjustment.kind == AdjustmentKind::Discount,
            "only with the kind `discount`",
        )
        .at("discount")?;
        match kind {
            DiscountKind::Percentage => value::percentage(given).at("discount.value")?,
            DiscountKind::Fixed => value::amount(given).at("discount.value")?,
        }
    }
    if let Some(rate) = adjustment.rate {
        value::demand(
            adjustment.kind == AdjustmentKind::Tax,
            "only with the kind `tax`",
        )
        .at("rate")?;
        value::tax_rate(rate).at("rate")?;
    }
    Ok(())
}

pub(super) fn address(address: &Address) -> Result<(), Refusal> {
    let Address {
        line1,
        line2,
        city,
        region,
        postal_code,
        country,
    } = address;
    value::title(line1).at("line1")?;
    value::optional(line2.as_deref(), value::title).at("line2")?;
    value::title(city).at("city")?;
    value::optional(region.as_deref(), value::title).at("region")?;
    value::title(postal_code).at("postal_code")?;
    value::country(country).at("country")
}

fn worth(lines: &[Line]) -> i128 {
    let totals = lines
        .iter()
        .map(|line| i128::from(line.quantity) * i128::from(line.unit_price));
    totals.sum()
}

fn lines(lines: &[Line]) -> Result<Unique<'_>, Refusal> {
    let mut ids = Unique::default();
    for (index, line) in lines.iter().enumerate() {
        let at = |field| move || format!("lines[{index}].{field}");
        let Line {
            id,
            product,
            variant,
            title,
            options,
            quantity,
            unit_price,
        } = line;
        value::id(id).at(at("id"))?;
        ids.add(id).at(at("id"))?;
        value::id(product).at(at("product"))?;
        value::id(variant).at(at("variant"))?;
        value::title(title).at(at("title"))?;
        for (name, chosen) in &options.0 {
            value::id(name).at(at("options"))?;
            value::title(chosen).at(at("options"))?;
        }
        value::quantity(*quantity).at(at("quantity"))?;
        value::amount(*unit_price).at(at("unit_price"))?;
    }
    let fits = worth(lines) <= i128::from(LARGEST_AMOUNT);
    value::demand(fits, "come to more than 9007199254740991").at("lines")?;
    Ok(ids)
}

fn a_line(known: &Unique<'_>, line: &str) -> Result<(), value::Reason> {
    value::demand(known.has(line), "names no line of this order")
}

/// What was paid and given back. Nothing is given back that was not paid.
fn payments(payments: &[Payment]) -> Result<(), Refusal> {
    let mut ids = Unique::default();
    let (mut paid, mut refunded): (i128, i128) = (0, 0);
    for (index, payment) in payments.iter().enumerate() {
        let at = |field| move || format!("payments[{index}].{field}");
        value::id(&payment.id).at(at("id"))?;
        ids.add(&payment.id).at(at("id"))?;
        value::id(&payment.method).at(at("method"))?;
        value::amount(payment.amount).at(at("amount"))?;
        match payment.kind {
            PaymentKind::Payment => paid += i128::from(payment.amount),
            PaymentKind::Refund => refunded += i128::from(payment.amount),
        }
    }
    let fits = paid <= i128::from(LARGEST_AMOUNT);
    value::demand(fits, "come to more than 9007199254740991").at("payments")?;
    value::demand(refunded <= paid, "more is refunded than was paid").at("payments")
}

/// A request and what it asks for stand together.
fn serviced(
    servicing: Option<Servicing>,
    returned: Option<&Return>,
    exchange: Option<&Exchange>,
) -> Result<(), Refusal> {
    let is = |wanted| servicing == Some(wanted);
    value::demand(
        is(Servicing::ReturnRequested) == returned.is_some(),
        "stands if and only if `servicing` is `return_requested`",
    )
    .at("return")?;
    value::demand(
        is(Servicing::ExchangeRequested) == exchange.is_some(),
        "stands if and only if `servicing` is `exchange_requested`",
    )
    .at("exchange")
}

fn returned(returned: &Return, known: &Unique<'_>) -> Result<(), Refusal> {
    let mut once = Unique::default();
    for (index, line) in returned.lines.iter().enumerate() {
        let at = || format!("return.lines[{index}]");
        a_line(known, line).at(at)?;
        once.add(line).at(at)?;
    }
    value::id(&returned.refund_to).at("return.refund_to")
}

fn exchanged(exchange: &Exchange, known: &Unique<'_>) -> Result<(), Refusal> {
    let mut once = Unique::default();
    for (index, change) in exchange.changes.iter().enumerate() {
        let at = |field| move || format!("exchange.changes[{index}].{field}");
        a_line(known, &change.line).at(at("line"))?;
        once.add(&change.line).at(at("line"))?;
        value::id(&change.variant).at(at("variant"))?;
    }
    value::id(&exchange.payment_method).at("exchange.payment_method")?;
    value::signed_amount(exchange.difference).at("exchange.difference")
}
