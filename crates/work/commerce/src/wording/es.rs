//! Spanish.

use super::{Arrives, Sentence};

pub(super) fn say(sentence: Sentence<'_>) -> String {
    match sentence {
        Sentence::PlaceOrder => "Hacer este pedido".to_owned(),
        Sentence::CancelOrder { number } => format!("Cancelar el pedido {number}"),
        Sentence::SendElsewhere { number } => format!("Enviar el pedido {number} a otra dirección"),
        Sentence::PayAnotherWay { number } => format!("Pagar el pedido {number} de otra forma"),
        Sentence::ChangeItems { number } => format!("Cambiar artículos del pedido {number}"),
        Sentence::ReturnItems { number } => format!("Devolver artículos del pedido {number}"),
        Sentence::ExchangeItems { number } => format!("Canjear artículos del pedido {number}"),
        Sentence::ChangeDefaultAddress => "Cambiar tu dirección predeterminada".to_owned(),
        Sentence::NotSent => "El pedido no se enviará".to_owned(),
        Sentence::DeliveredTo { address } => format!("Se entrega en {address}"),
        Sentence::NewDefaultAddress { address } => {
            format!("Nueva dirección predeterminada: {address}")
        }
        Sentence::ReceiptFor { who } => format!("Pedido y recibo a nombre de {who}"),
        Sentence::PaidOnPage => {
            "Se paga en la página de pago que se abre a continuación".to_owned()
        }
        Sentence::Becomes {
            before,
            after,
            new_price,
            old_price,
        } => format!("{before} pasa a ser {after}, {new_price} en lugar de {old_price} por unidad"),
        Sentence::Frozen => "Después, el pedido ya no se puede cambiar ni cancelar".to_owned(),
        Sentence::GoesBack { quantity, label } => format!("{quantity} × {label} se devuelve"),
        Sentence::GoesBackFor {
            quantity,
            label,
            wanted,
        } => format!("{quantity} × {label} se devuelve a cambio de {wanted}"),
        Sentence::OnlyOnce => "Un pedido solo se puede devolver o canjear una vez".to_owned(),
        Sentence::Charged { method } => format!("Se cobra a {method}"),
        Sentence::ChargedWhenBack { method } => {
            format!("Se cobra a {method}, cuando los artículos hayan vuelto")
        }
        Sentence::Refunded { method, arrives } => {
            format!("Se reembolsa a {method}, {}", when(arrives))
        }
        Sentence::RefundedWhenBack { method, arrives } => format!(
            "Se reembolsa a {method}, cuando los artículos hayan vuelto, {}",
            when(arrives)
        ),
        Sentence::SamePrice => "El precio es el mismo".to_owned(),
        Sentence::ContainsTax { amount } => format!("Incluye {amount} de impuestos"),
        Sentence::Discount { code } => format!("Descuento {code}"),
        Sentence::Tax => "Impuestos".to_owned(),
        Sentence::PriceAgreed => "Precio acordado para el canje".to_owned(),
        Sentence::Card => "Tarjeta".to_owned(),
        Sentence::PayPal => "PayPal".to_owned(),
        Sentence::GiftCard => "Tarjeta regalo".to_owned(),
        Sentence::BankTransfer => "Transferencia bancaria".to_owned(),
        Sentence::EndingIn { name, last4 } => format!("{name} terminada en {last4}"),
        Sentence::MethodUsed => "el medio de pago utilizado".to_owned(),
    }
}

const fn when(arrives: Arrives) -> &'static str {
    match arrives {
        Arrives::AtOnce => "al momento",
        Arrives::InDays => "en 5 a 7 días laborables",
    }
}
