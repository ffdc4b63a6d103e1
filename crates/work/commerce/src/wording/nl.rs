//! Dutch.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Deze bestelling plaatsen".to_owned(),
        Sentence::CancelOrder { number } => format!("Bestelling {number} annuleren"),
        Sentence::SendElsewhere { number } => {
            format!("Bestelling {number} naar een ander adres sturen")
        }
        Sentence::PayAnotherWay { number } => format!("Bestelling {number} anders betalen"),
        Sentence::ChangeItems { number } => format!("Artikelen van bestelling {number} wijzigen"),
        Sentence::ReturnItems { number } => {
            format!("Artikelen van bestelling {number} retourneren")
        }
        Sentence::ExchangeItems { number } => format!("Artikelen van bestelling {number} ruilen"),
        Sentence::ChangeDefaultAddress => "Je standaardadres wijzigen".to_owned(),
        Sentence::NotSent => "De bestelling wordt niet verzonden".to_owned(),
        Sentence::DeliveredTo { address } => format!("Bezorgd op {address}"),
        Sentence::NewDefaultAddress { address } => format!("Nieuw standaardadres: {address}"),
        Sentence::ReceiptFor { who } => format!("Bestelling en bon voor {who}"),
        Sentence::PaidOnPage => "Je betaalt op de betaalpagina die hierna opent".to_owned(),
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("{before} wordt {after}, {new_price} in plaats van {old_price} per stuk"),
        Sentence::Frozen => {
            "Hierna kan de bestelling niet meer worden gewijzigd of geannuleerd".to_owned()
        }
        Sentence::GoesBack { quantity, label } => format!("{quantity} × {label} gaat terug"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("{quantity} × {label} gaat terug in ruil voor {wanted}"),
        Sentence::OnlyOnce => {
            "Een bestelling kan maar één keer worden geretourneerd of geruild".to_owned()
        }
        Sentence::Charged { method } => format!("Afgeschreven van {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Afgeschreven van {method}, zodra de artikelen terug zijn")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Terugbetaald op {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => format!(
            "Terugbetaald op {method}, zodra de artikelen terug zijn, {}",
            when(arrives)
        ),
        Sentence::SamePrice => "De prijs blijft gelijk".to_owned(),
        Sentence::ContainsTax { amount } => format!("Inclusief {amount} belasting"),
        Sentence::Discount { code } => format!("Korting {code}"),
        Sentence::Tax => "Belasting".to_owned(),
        Sentence::PriceAgreed => "Afgesproken prijs voor de ruil".to_owned(),
        Sentence::Card => "Kaart".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Cadeaukaart".to_owned(),
        Sentence::BankTransfer => "Overschrijving".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} eindigend op {last4}"),
        Sentence::MethodUsed => "de gebruikte betaalmethode".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "direct",
        Arrives::InDays => "binnen 5 tot 7 werkdagen",
    }
}
