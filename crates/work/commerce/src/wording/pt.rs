//! Portuguese.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Fazer esta encomenda".to_owned(),
        Sentence::CancelOrder { number } => format!("Cancelar a encomenda {number}"),
        Sentence::SendElsewhere { number } => {
            format!("Enviar a encomenda {number} para outra morada")
        }
        Sentence::PayAnotherWay { number } => format!("Pagar a encomenda {number} de outra forma"),
        Sentence::ChangeItems { number } => format!("Alterar artigos da encomenda {number}"),
        Sentence::ReturnItems { number } => format!("Devolver artigos da encomenda {number}"),
        Sentence::ExchangeItems { number } => format!("Trocar artigos da encomenda {number}"),
        Sentence::ChangeDefaultAddress => "Alterar a sua morada predefinida".to_owned(),
        Sentence::NotSent => "A encomenda não será enviada".to_owned(),
        Sentence::DeliveredTo { address } => format!("Entrega em {address}"),
        Sentence::NewDefaultAddress { address } => format!("Nova morada predefinida: {address}"),
        Sentence::ReceiptFor { who } => format!("Encomenda e recibo em nome de {who}"),
        Sentence::PaidOnPage => {
            "O pagamento é feito na página de pagamento que se abre a seguir".to_owned()
        }
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("{before} passa a {after}, {new_price} em vez de {old_price} por unidade"),
        Sentence::Frozen => {
            "Depois disto, a encomenda já não pode ser alterada nem cancelada".to_owned()
        }
        Sentence::GoesBack { quantity, label } => format!("{quantity} × {label} é devolvido"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("{quantity} × {label} é devolvido em troca de {wanted}"),
        Sentence::OnlyOnce => "Uma encomenda só pode ser devolvida ou trocada uma vez".to_owned(),
        Sentence::Charged { method } => format!("Cobrado a {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Cobrado a {method}, quando os artigos tiverem chegado")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Reembolsado para {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => format!(
            "Reembolsado para {method}, quando os artigos tiverem chegado, {}",
            when(arrives)
        ),
        Sentence::SamePrice => "O preço é o mesmo".to_owned(),
        Sentence::ContainsTax { amount } => format!("Inclui {amount} de impostos"),
        Sentence::Discount { code } => format!("Desconto {code}"),
        Sentence::Tax => "Impostos".to_owned(),
        Sentence::PriceAgreed => "Preço acordado para a troca".to_owned(),
        Sentence::Card => "Cartão".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Cartão-presente".to_owned(),
        Sentence::BankTransfer => "Transferência bancária".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} terminado em {last4}"),
        Sentence::MethodUsed => "o meio de pagamento usado".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "de imediato",
        Arrives::InDays => "em 5 a 7 dias úteis",
    }
}
