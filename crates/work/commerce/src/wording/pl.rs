//! Polish.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Złóż to zamówienie".to_owned(),
        Sentence::CancelOrder { number } => format!("Anuluj zamówienie {number}"),
        Sentence::SendElsewhere { number } => format!("Wyślij zamówienie {number} na inny adres"),
        Sentence::PayAnotherWay { number } => {
            format!("Zapłać za zamówienie {number} w inny sposób")
        }
        Sentence::ChangeItems { number } => format!("Zmień produkty w zamówieniu {number}"),
        Sentence::ReturnItems { number } => format!("Zwróć produkty z zamówienia {number}"),
        Sentence::ExchangeItems { number } => format!("Wymień produkty z zamówienia {number}"),
        Sentence::ChangeDefaultAddress => "Zmień swój domyślny adres".to_owned(),
        Sentence::NotSent => "Zamówienie nie zostanie wysłane".to_owned(),
        Sentence::DeliveredTo { address } => format!("Dostawa na adres: {address}"),
        Sentence::NewDefaultAddress { address } => format!("Nowy domyślny adres: {address}"),
        Sentence::ReceiptFor { who } => format!("Zamówienie i rachunek: {who}"),
        Sentence::PaidOnPage => {
            "Płatność odbywa się na stronie płatności, która otworzy się w następnym kroku"
                .to_owned()
        }
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("Zamiast {before} będzie {after}, {new_price} zamiast {old_price} za sztukę"),
        Sentence::Frozen => "Potem zamówienia nie można już ani zmienić, ani anulować".to_owned(),
        Sentence::GoesBack { quantity, label } => format!("Zwrot: {quantity} × {label}"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("Zwrot: {quantity} × {label}, w zamian: {wanted}"),
        Sentence::OnlyOnce => "Zamówienie można zwrócić lub wymienić tylko raz".to_owned(),
        Sentence::Charged { method } => format!("Obciążenie: {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Obciążenie: {method}, gdy produkty do nas wrócą")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Zwrot pieniędzy: {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => format!(
            "Zwrot pieniędzy: {method}, gdy produkty do nas wrócą, {}",
            when(arrives)
        ),
        Sentence::SamePrice => "Cena pozostaje bez zmian".to_owned(),
        Sentence::ContainsTax { amount } => format!("W tym {amount} podatku"),
        Sentence::Discount { code } => format!("Rabat {code}"),
        Sentence::Tax => "Podatek".to_owned(),
        Sentence::PriceAgreed => "Cena uzgodniona przy wymianie".to_owned(),
        Sentence::Card => "Karta".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Karta podarunkowa".to_owned(),
        Sentence::BankTransfer => "Przelew bankowy".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} z końcówką {last4}"),
        Sentence::MethodUsed => "użyta metoda płatności".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "od razu",
        Arrives::InDays => "w ciągu 5–7 dni roboczych",
    }
}
