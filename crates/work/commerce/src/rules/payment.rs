//! Paying a pending order with another method.

use super::{Judged, her_method, money, must_be_open, unchanged};
use crate::{
    change::What,
    model::{Customer, OrderState},
    refusal::{Code, Refusal},
};

/// Charges all that is held to another method of the shopper and refunds the old one. Only when one
/// method has paid.
pub fn change_payment(customer: &Customer, state: &OrderState, own_id: &str) -> Judged {
    must_be_open(state)?;
    let method = her_method(customer, own_id)?;
    let held = state.held_by_method();
    let paid = match held.as_slice() {
        [paid] => paid,
        [] => {
            return Err(Refusal::new(
                Code::MethodNotAllowed,
                "nothing has been paid for this order yet: choose the means of payment on the payment page",
            ));
        }
        _ => {
            return Err(Refusal::new(
                Code::MethodNotAllowed,
                "several means of payment have paid this order: that cannot be changed any more",
            ));
        }
    };
    if paid.method == Some(method.id) {
        return Err(Refusal::new(
            Code::SameMethod,
            "this order was paid with that means of payment: name another",
        ));
    }
    let (mut change, mut order) = unchanged(What::ChangePayment, state);
    // What is held, which may be less than it has paid: a part may have gone back to another.
    order.movements = vec![money::charge(method, state.held())?];
    order.movements.extend(money::refund_all(state, customer));
    change.order = Some(order);
    Ok(change)
}
