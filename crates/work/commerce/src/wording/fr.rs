//! French.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Passer cette commande".to_owned(),
        Sentence::CancelOrder { number } => format!("Annuler la commande {number}"),
        Sentence::SendElsewhere { number } => {
            format!("Envoyer la commande {number} à une autre adresse")
        }
        Sentence::PayAnotherWay { number } => format!("Payer la commande {number} autrement"),
        Sentence::ChangeItems { number } => {
            format!("Modifier des articles de la commande {number}")
        }
        Sentence::ReturnItems { number } => {
            format!("Retourner des articles de la commande {number}")
        }
        Sentence::ExchangeItems { number } => {
            format!("Échanger des articles de la commande {number}")
        }
        Sentence::ChangeDefaultAddress => "Modifier votre adresse par défaut".to_owned(),
        Sentence::NotSent => "La commande ne sera pas expédiée".to_owned(),
        Sentence::DeliveredTo { address } => format!("Livraison à {address}"),
        Sentence::NewDefaultAddress { address } => {
            format!("Nouvelle adresse par défaut : {address}")
        }
        Sentence::ReceiptFor { who } => format!("Commande et reçu au nom de {who}"),
        Sentence::PaidOnPage => {
            "Le paiement se fait sur la page de paiement qui s’ouvre ensuite".to_owned()
        }
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("{before} devient {after}, {new_price} au lieu de {old_price} l’unité"),
        Sentence::Frozen => {
            "Ensuite, la commande ne peut plus être ni modifiée ni annulée".to_owned()
        }
        Sentence::GoesBack { quantity, label } => format!("{quantity} × {label} : retour"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("{quantity} × {label} : retour, échangé contre {wanted}"),
        Sentence::OnlyOnce => {
            "Une commande ne peut être retournée ou échangée qu’une seule fois".to_owned()
        }
        Sentence::Charged { method } => format!("Débité sur {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Débité sur {method}, une fois les articles revenus")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Remboursé sur {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => format!(
            "Remboursé sur {method}, une fois les articles revenus, {}",
            when(arrives)
        ),
        Sentence::SamePrice => "Le prix est le même".to_owned(),
        Sentence::ContainsTax { amount } => format!("Dont {amount} de taxes"),
        Sentence::Discount { code } => format!("Remise {code}"),
        Sentence::Tax => "Taxes".to_owned(),
        Sentence::PriceAgreed => "Prix convenu pour l’échange".to_owned(),
        Sentence::Card => "Carte".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Carte cadeau".to_owned(),
        Sentence::BankTransfer => "Virement bancaire".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} se terminant par {last4}"),
        Sentence::MethodUsed => "le moyen de paiement utilisé".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "immédiatement",
        Arrives::InDays => "sous 5 à 7 jours ouvrés",
    }
}
