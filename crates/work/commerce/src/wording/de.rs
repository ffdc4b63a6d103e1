//! German.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Diese Bestellung aufgeben".to_owned(),
        Sentence::CancelOrder { number } => format!("Bestellung {number} stornieren"),
        Sentence::SendElsewhere { number } => {
            format!("Bestellung {number} an eine andere Adresse senden")
        }
        Sentence::PayAnotherWay { number } => format!("Bestellung {number} anders bezahlen"),
        Sentence::ChangeItems { number } => format!("Artikel der Bestellung {number} ändern"),
        Sentence::ReturnItems { number } => format!("Artikel der Bestellung {number} zurückgeben"),
        Sentence::ExchangeItems { number } => format!("Artikel der Bestellung {number} umtauschen"),
        Sentence::ChangeDefaultAddress => "Ihre Standardadresse ändern".to_owned(),
        Sentence::NotSent => "Die Bestellung wird nicht versandt".to_owned(),
        Sentence::DeliveredTo { address } => format!("Lieferung an {address}"),
        Sentence::NewDefaultAddress { address } => format!("Neue Standardadresse: {address}"),
        Sentence::ReceiptFor { who } => format!("Bestellung und Beleg für {who}"),
        Sentence::PaidOnPage => {
            "Bezahlt wird auf der Zahlungsseite, die sich danach öffnet".to_owned()
        }
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("Aus {before} wird {after}, je {new_price} statt {old_price}"),
        Sentence::Frozen => {
            "Danach kann die Bestellung weder geändert noch storniert werden".to_owned()
        }
        Sentence::GoesBack { quantity, label } => format!("{quantity} × {label} geht zurück"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("{quantity} × {label} geht zurück, dafür kommt {wanted}"),
        Sentence::OnlyOnce => {
            "Eine Bestellung kann nur einmal zurückgegeben oder umgetauscht werden".to_owned()
        }
        Sentence::Charged { method } => format!("Abbuchung von {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Abbuchung von {method}, sobald die Ware zurück ist")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Erstattung auf {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => format!(
            "Erstattung auf {method}, sobald die Ware zurück ist, {}",
            when(arrives)
        ),
        Sentence::SamePrice => "Der Preis bleibt gleich".to_owned(),
        Sentence::ContainsTax { amount } => format!("Enthält {amount} Steuer"),
        Sentence::Discount { code } => format!("Rabatt {code}"),
        Sentence::Tax => "Steuer".to_owned(),
        Sentence::PriceAgreed => "Vereinbarter Preis für den Umtausch".to_owned(),
        Sentence::Card => "Karte".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Geschenkkarte".to_owned(),
        Sentence::BankTransfer => "Überweisung".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} mit den Endziffern {last4}"),
        Sentence::MethodUsed => "das verwendete Zahlungsmittel".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "sofort",
        Arrives::InDays => "innerhalb von 5 bis 7 Werktagen",
    }
}
