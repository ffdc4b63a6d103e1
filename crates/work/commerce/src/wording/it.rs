//! Italian.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Invia questo ordine".to_owned(),
        Sentence::CancelOrder { number } => format!("Annulla l’ordine {number}"),
        Sentence::SendElsewhere { number } => {
            format!("Spedisci l’ordine {number} a un altro indirizzo")
        }
        Sentence::PayAnotherWay { number } => format!("Paga l’ordine {number} in un altro modo"),
        Sentence::ChangeItems { number } => format!("Cambia articoli dell’ordine {number}"),
        Sentence::ReturnItems { number } => format!("Restituisci articoli dell’ordine {number}"),
        Sentence::ExchangeItems { number } => format!("Sostituisci articoli dell’ordine {number}"),
        Sentence::ChangeDefaultAddress => "Cambia il tuo indirizzo predefinito".to_owned(),
        Sentence::NotSent => "L’ordine non verrà spedito".to_owned(),
        Sentence::DeliveredTo { address } => format!("Consegna a {address}"),
        Sentence::NewDefaultAddress { address } => {
            format!("Nuovo indirizzo predefinito: {address}")
        }
        Sentence::ReceiptFor { who } => format!("Ordine e ricevuta per {who}"),
        Sentence::PaidOnPage => {
            "Si paga sulla pagina di pagamento che si apre subito dopo".to_owned()
        }
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("{before} diventa {after}, {new_price} invece di {old_price} al pezzo"),
        Sentence::Frozen => {
            "Dopo di che l’ordine non può più essere né modificato né annullato".to_owned()
        }
        Sentence::GoesBack { quantity, label } => format!("{quantity} × {label} torna indietro"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("{quantity} × {label} torna indietro in cambio di {wanted}"),
        Sentence::OnlyOnce => "Un ordine può essere reso o sostituito una sola volta".to_owned(),
        Sentence::Charged { method } => format!("Addebito su {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Addebito su {method}, quando gli articoli saranno tornati")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Rimborso su {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => format!(
            "Rimborso su {method}, quando gli articoli saranno tornati, {}",
            when(arrives)
        ),
        Sentence::SamePrice => "Il prezzo è lo stesso".to_owned(),
        Sentence::ContainsTax { amount } => format!("Comprende {amount} di imposte"),
        Sentence::Discount { code } => format!("Sconto {code}"),
        Sentence::Tax => "Imposte".to_owned(),
        Sentence::PriceAgreed => "Prezzo concordato per la sostituzione".to_owned(),
        Sentence::Card => "Carta".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Buono regalo".to_owned(),
        Sentence::BankTransfer => "Bonifico bancario".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} che termina con {last4}"),
        Sentence::MethodUsed => "il mezzo di pagamento usato".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "subito",
        Arrives::InDays => "entro 5–7 giorni lavorativi",
    }
}
