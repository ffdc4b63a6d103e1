//! English.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Place this order".to_owned(),
        Sentence::CancelOrder { number } => format!("Cancel order {number}"),
        Sentence::SendElsewhere { number } => format!("Send order {number} to another address"),
        Sentence::PayAnotherWay { number } => format!("Pay order {number} another way"),
        Sentence::ChangeItems { number } => format!("Change items of order {number}"),
        Sentence::ReturnItems { number } => format!("Return items of order {number}"),
        Sentence::ExchangeItems { number } => format!("Exchange items of order {number}"),
        Sentence::ChangeDefaultAddress => "Change your default address".to_owned(),
        Sentence::NotSent => "The order will not be sent".to_owned(),
        Sentence::DeliveredTo { address } => format!("Delivered to {address}"),
        Sentence::NewDefaultAddress { address } => format!("New default address: {address}"),
        Sentence::ReceiptFor { who } => format!("Order and receipt for {who}"),
        Sentence::PaidOnPage => "Paid on the payment page that opens next".to_owned(),
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("{before} becomes {after}, {new_price} instead of {old_price} each"),
        Sentence::Frozen => "After this the order can be neither changed nor cancelled".to_owned(),
        Sentence::GoesBack { quantity, label } => format!("{quantity} × {label} goes back"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("{quantity} × {label} goes back for {wanted}"),
        Sentence::OnlyOnce => "An order can be returned or exchanged only once".to_owned(),
        Sentence::Charged { method } => format!("Charged to {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Charged to {method}, once the goods are back")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Refunded to {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => {
            format!(
                "Refunded to {method}, once the goods are back, {}",
                when(arrives)
            )
        }
        Sentence::SamePrice => "The price is the same".to_owned(),
        Sentence::ContainsTax { amount } => format!("Contains {amount} tax"),
        Sentence::Discount { code } => format!("Discount {code}"),
        Sentence::Tax => "Tax".to_owned(),
        Sentence::PriceAgreed => "Price agreed for the exchange".to_owned(),
        Sentence::Card => "Card".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Gift card".to_owned(),
        Sentence::BankTransfer => "Bank transfer".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} ending in {last4}"),
        Sentence::MethodUsed => "the means of payment used".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "at once",
        Arrives::InDays => "within 5 to 7 business days",
    }
}
