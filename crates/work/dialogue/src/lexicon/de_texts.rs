//! The planner's sentences in German.

use super::{Service, Texts};
use crate::{
    found::{OrderStatus, Refused},
    state::DeedKind,
};

pub(super) const TEXTS: Texts = Texts {
    greeting: "Hallo! Ich bin der KI-Assistent dieses Shops. Ich finde Dinge für Sie, nehme Bestellungen auf, verfolge, ändere und retourniere sie und beantworte Fragen zu Lieferung und allem anderen. Sie können jederzeit einen Menschen verlangen.",
    greeting_again: "Hallo noch einmal! Was möchten Sie wissen?",
    how_are_you: "Danke der Nachfrage! Ich bin eine KI, da ist jeder Tag ein guter Tag. Was kann ich für Sie tun?",
    thanks: "Gern geschehen! Wenn noch etwas ist, fragen Sie einfach.",
    goodbye: "Auf Wiedersehen und danke für Ihren Besuch!",
    identity: "Ich bin ein KI-Assistent, kein Mensch. Ich antworte aus den eigenen Seiten dieses Shops und erledige, was Sie zu Bestellungen wünschen; jeden Schritt bestätigen Sie. Wenn Sie lieber mit einem Menschen sprechen, frage ich einen.",
    capabilities: "Ich bin ein KI-Assistent. Ich beantworte Fragen aus den Regeln und häufigen Fragen dieses Shops, etwa zu Lieferung, Rückgabe, Zahlung und Garantie, und zeige immer, woher die Antwort kommt. Ich finde Dinge im Shop, vergleiche sie und lege sie in Ihren Warenkorb. Wenn Sie Ihre E-Mail-Adresse bestätigt haben, sage ich Ihnen, wie es um Ihre Bestellungen steht, und storniere, ändere, retourniere oder tausche mit Ihnen: Jeden Schritt bestätigen Sie auf einer Karte. Ich kann auch einen Menschen dazuholen.",
    small_talk: "Mit Fragen zum Shop kenne ich mich als KI besser aus als mit Plaudereien. Fragen Sie mich zu Lieferung, Rückgabe, Zahlung oder Garantie.",
    no_words: "Darin konnte ich keine Frage erkennen. Schreiben Sie in ein paar Worten, was Sie brauchen, zum Beispiel:",
    go_on: "Gern. Was möchten Sie wissen?",
    declined: "In Ordnung, dann ohne einen Menschen. Möchten Sie sonst noch etwas wissen?",
    person_asked: "Ich habe einen Menschen aus unserem Team dazugebeten. Sie können hier weiterschreiben; das ganze Gespräch ist dort zu sehen.",
    person_asked_before: "Ein Mensch aus unserem Team ist schon dazugebeten und antwortet hier. Sie können inzwischen weiterschreiben.",
    sorry: "Die Umstände tun mir leid.",
    offer: "Soll ich einen Menschen aus unserem Team dazubitten?",
    found: "Dazu steht bei uns:",
    maybe: "Ich bin nicht sicher, ob das Ihre Frage beantwortet, aber es kommt ihr am nächsten:",
    unknown: "Das weiß ich nicht: Ich habe in den Regeln und Fragen dieses Shops nichts dazu gefunden. Fragen Sie gern mit anderen Worten, oder ich bitte einen Menschen dazu.",
    unknown_again: "Ich finde dazu noch immer keine Antwort und möchte nicht raten. Ein Mensch aus unserem Team kann besser helfen.",
    products: "Das habe ich im Shop gefunden:",
    no_products: "Dazu habe ich im Shop nichts gefunden. Vielleicht helfen andere Worte: ein Material, eine Farbe, wofür es sein soll.",
    which_products: "Was suchen Sie? Sagen Sie mir, wie es heißt, und gern auch einen Preis.",
    orders_unproved: "Um in Ihre Bestellungen zu sehen, muss ich wissen, dass Sie es sind. Bitte bestätigen Sie Ihre E-Mail-Adresse: Dann geht es hier weiter.",
    no_orders: "Unter Ihrer E-Mail-Adresse gibt es noch keine Bestellung.",
    no_such_order: "Unter Ihrer E-Mail-Adresse finde ich keine Bestellung mit dieser Nummer. Bitte prüfen Sie sie.",
    orders: "So steht es um Ihre letzten Bestellungen:",
    order_is: |status, paid| match status {
        OrderStatus::Pending if !paid => "Diese Bestellung wartet auf ihre Bezahlung.",
        OrderStatus::Pending => "Diese Bestellung ist bezahlt und wird bald gepackt.",
        OrderStatus::Processed => "Diese Bestellung wird gerade gepackt.",
        OrderStatus::Shipped => "Diese Bestellung ist unterwegs.",
        OrderStatus::Delivered => "Diese Bestellung wurde zugestellt.",
        OrderStatus::Cancelled => "Diese Bestellung wurde storniert.",
    },
    cannot: "Ich kann in diesem Chat noch nicht {}, und in den Regeln dieses Shops fand ich nichts, was weiterhilft. Ein Mensch aus unserem Team kann das.",
    services: |service| match service {
        Service::OrderStatus => "in Bestellungen nachsehen",
        Service::Refund => "Erstattungen auslösen oder nachsehen",
        Service::Account => "Konten einsehen oder ändern",
        Service::Payment => "Zahlungen einsehen oder ändern",
        _ => "das erledigen",
    },
    topics: |service| match service {
        Service::OrderStatus => "Paket verfolgen",
        Service::Cancel => "Bestellung stornieren",
        Service::Address | Service::Items => "Bestellung ändern",
        Service::Return => "Rückgabe",
        Service::Exchange => "Umtausch",
        Service::Refund => "Erstattung",
        Service::Payment | Service::PaymentMethod => "Zahlung",
        Service::Discount => "Rabattcode",
        _ => "",
    },
    accept: ("Ja, bitte", "Ja, bitte einen Menschen dazubitten"),
    decline: ("Nein, danke", "Nein, danke"),
    ask_person: (
        "Einen Menschen fragen",
        "Ich möchte mit einem Menschen sprechen",
    ),
    starters: &[
        "Wie lange dauert die Lieferung?",
        "Wie gebe ich etwas zurück?",
        "Welche Zahlungsarten gibt es?",
    ],
    products_like: "Genau das gibt es nicht, aber das kommt ihm nahe:",
    not_in: "{} gibt es nicht in {}.",
    in_stock_at: "Ja, {} ist auf Lager und kostet {}.",
    sold_out_at: "{} ist zurzeit ausverkauft und kostet {}.",
    costs: "{} kostet {} und ist auf Lager.",
    sold_out: "{} ist zurzeit ausverkauft.",
    there_is: "Vorrätig ist: {}.",
    from: "ab {}",
    compared: "Nebeneinander: {}.",
    compare_what: "Was soll ich vergleichen? Nennen Sie zwei Dinge, oder lassen Sie sich zuerst welche zeigen.",
    no_cards: "Bitte schreiben Sie keine Kartendaten in den Chat. Was Sie von einer Karte geschrieben haben, wurde entfernt, bevor es jemand lesen konnte, und nichts wurde abgebucht. Bezahlt wird auf der Zahlungsseite, nachdem Sie eine Bestellung bestätigt haben.",
    recommended: "Das könnte passen:",
    recommended_from_orders: "Sie haben {} gekauft. Das ist von derselben Art, und Sie haben es noch nicht:",
    nothing_from_orders: "Ich habe nichts gefunden, das zu Ihren Einkäufen passt.",
    may_look_at_orders: "Wenn Sie möchten, sehe ich nach, was Sie hier gekauft haben. Das geschieht nur für diese eine Antwort, und nichts davon wird behalten.",
    look_at_orders: (
        "Meine Einkäufe ansehen",
        "Empfehlen Sie mir etwas, das zu dem passt, was ich gekauft habe",
    ),
    add_it: ("In den Warenkorb", "In den Warenkorb damit"),
    check_out: ("Zur Kasse", "Ich möchte zur Kasse gehen"),
    add_what: "Was soll ich in Ihren Warenkorb legen? Sagen Sie mir, wie es heißt.",
    which_one: "Welches meinen Sie?",
    which_value: "{}: welche Ausführung ({}) möchten Sie?",
    added: "{} × {} liegt jetzt in Ihrem Warenkorb.",
    not_so_many: "So viel ist von {} nicht mehr da. Vielleicht geht eine kleinere Zahl.",
    too_many: "Das ist mehr, als hier auf einmal bestellt werden kann.",
    did_not_work: "Das hat gerade nicht geklappt. Bitte versuchen Sie es gleich noch einmal.",
    cart_empty: "Ihr Warenkorb ist leer.",
    cart_is: "Das liegt in Ihrem Warenkorb, {} ohne Lieferung:",
    cart_not_there: "Etwas in Ihrem Warenkorb ist nicht mehr zu haben. Bitte sehen Sie nach:",
    remove_which: "Was soll ich aus Ihrem Warenkorb nehmen?",
    remove_it: "Nimm {} aus meinem Warenkorb heraus",
    removed: "Es ist aus Ihrem Warenkorb genommen.",
    how_many_of_what: "Wie viele möchten Sie, und wovon? Das liegt in Ihrem Warenkorb:",
    amount_changed: "Die Anzahl ist geändert:",
    which_code: "Wie lautet der Code? Schreiben Sie ihn so, wie er gedruckt ist.",
    discount_applied: "Der Code {} ist auf Ihren Warenkorb angewendet:",
    discount_invalid: "Der Code {} ist hier nicht gültig. Bitte prüfen Sie die Schreibweise.",
    checkout_form: "Zum Bestellen muss ich wissen, wer kauft und wohin es geht. Bitte füllen Sie dieses Formular aus; bezahlt wird danach auf der Zahlungsseite.",
    which_shipping: "Wie soll geliefert werden?",
    checkout_proposed: "So würde Ihre Bestellung genau aussehen. Bestellt ist erst, wenn Sie die Karte bestätigen; dann bezahlen Sie auf der Zahlungsseite.",
    too_many_unpaid: "Mehrere Ihrer Bestellungen warten schon auf ihre Bezahlung. Bitte bezahlen oder stornieren Sie zuerst eine davon.",
    starts: |service| match service {
        Service::Cancel => Some((
            "Bestellung stornieren",
            "Ich möchte meine Bestellung stornieren",
        )),
        Service::Return => Some((
            "Etwas zurückgeben",
            "Ich möchte etwas aus meiner Bestellung zurückgeben",
        )),
        Service::Exchange => Some((
            "Etwas umtauschen",
            "Ich möchte etwas aus meiner Bestellung umtauschen",
        )),
        Service::Address => Some((
            "Adresse ändern",
            "Ich möchte die Lieferadresse meiner Bestellung ändern",
        )),
        Service::PaymentMethod => Some((
            "Zahlung ändern",
            "Ich möchte meine Bestellung anders bezahlen",
        )),
        Service::Items => Some((
            "Artikel ändern",
            "Ich möchte einen Artikel meiner Bestellung ändern",
        )),
        Service::Discount => Some(("Ich habe einen Code", "Ich habe einen Rabattcode")),
        Service::Refund => Some((
            "Etwas zurückgeben",
            "Ich möchte etwas aus meiner Bestellung zurückgeben",
        )),
        _ => None,
    },
    can_start: "Das können wir gleich hier erledigen.",
    says_of_it: "Das steht dazu in unserem Katalog:",
    all_it_says: "Genauer als das, was in unserem Katalog steht, weiß ich es nicht:",
    says_nothing: "Mehr steht dazu nicht in unserem Katalog.",
    next_steps: |may_change, may_return| match (may_change, may_return) {
        (true, _) => &[
            (
                "Adresse ändern",
                "Ich möchte die Lieferadresse dieser Bestellung ändern",
            ),
            (
                "Artikel ändern",
                "Ich möchte einen Artikel dieser Bestellung ändern",
            ),
            ("Stornieren", "Ich möchte diese Bestellung stornieren"),
        ],
        (_, true) => &[
            (
                "Etwas zurückgeben",
                "Ich möchte etwas aus dieser Bestellung zurückgeben",
            ),
            (
                "Etwas umtauschen",
                "Ich möchte etwas aus dieser Bestellung umtauschen",
            ),
        ],
        _ => &[],
    },
    still_open: "Zurück zu Ihrer Bestellung: Bitte beantworten Sie meine Frage von eben, oder sagen Sie „vergessen Sie es“.",
    still_open_cart: "Zurück zu Ihrem Warenkorb: Welches soll es sein? Oder sagen Sie „vergessen Sie es“.",
    card_waits: "Die Karte oben wartet noch auf Sie: Es geschieht nichts, bevor Sie sie bestätigen.",
    dropped: "In Ordnung, es bleibt alles, wie es ist.",
    confirm_yourself: "Bitte drücken Sie den Knopf auf der Karte: Ich kann nichts für Sie bestätigen, und was hier geschrieben wird, bestätigt nichts.",
    not_understood: "Das habe ich nicht ganz verstanden.",
    does_not_fit: |kind, status, serviced| match (kind, status) {
        (DeedKind::Return | DeedKind::Exchange, OrderStatus::Delivered) => {
            "Für diese Bestellung wurde schon eine Rückgabe oder ein Umtausch gewünscht; das geht je Bestellung einmal."
        }
        (DeedKind::Return | DeedKind::Exchange, OrderStatus::Cancelled) => {
            "Diese Bestellung wurde storniert, davon kann nichts zurückgegeben werden."
        }
        (DeedKind::Return, OrderStatus::Pending) => {
            "Diese Bestellung ist noch nicht verschickt, es gibt also nichts zurückzugeben. Sie kann stattdessen storniert oder geändert werden."
        }
        (DeedKind::Return | DeedKind::Exchange, _) => {
            "Rückgabe und Umtausch gehen, sobald die Bestellung zugestellt ist. Diese ist noch nicht da."
        }
        (_, OrderStatus::Pending) if serviced => {
            "Die Artikel dieser Bestellung wurden schon einmal geändert: Danach kann sie weder geändert noch storniert werden."
        }
        (DeedKind::Cancel, OrderStatus::Cancelled) => "Diese Bestellung ist schon storniert.",
        (DeedKind::Cancel, OrderStatus::Delivered) => {
            "Diese Bestellung wurde zugestellt und kann nicht mehr storniert werden. Sie können sie stattdessen zurückgeben."
        }
        (DeedKind::Cancel, _) => {
            "Diese Bestellung ist schon bearbeitet und kann nicht mehr storniert werden. Sobald sie zugestellt ist, können Sie sie zurückgeben."
        }
        _ => "Nur offene Bestellungen können geändert werden, und diese ist es nicht mehr.",
    },
    refused: |refused| match refused {
        Refused::NotPending => {
            "Nur offene Bestellungen können geändert werden, und diese ist es nicht mehr."
        }
        Refused::NotDelivered => "Das geht, sobald die Bestellung zugestellt ist.",
        Refused::AlreadyChanged => {
            "Diese Bestellung wurde schon einmal geändert, öfter geht es nicht."
        }
        Refused::Unavailable | Refused::OutOfStock => "Das ist zurzeit nicht zu haben.",
        Refused::SameItem => "Genau das ist schon in Ihrer Bestellung.",
        Refused::SameMethod => {
            "So ist Ihre Bestellung schon bezahlt. Welches andere Zahlungsmittel soll es sein?"
        }
        Refused::MethodNotAllowed => {
            "Dieses Zahlungsmittel geht dafür nicht. Welches andere soll es sein?"
        }
        Refused::GiftCardTooSmall => {
            "Auf der Geschenkkarte ist dafür nicht genug. Welches andere Zahlungsmittel soll es sein?"
        }
        Refused::OverLimit => "Das ist mehr, als hier auf einmal geht.",
        Refused::DiscountInvalid => "Dieser Code gilt hier nicht.",
        Refused::NeedsLevel | Refused::EmptyList | Refused::Withheld | Refused::Other => {
            "Das geht hier nicht. Ein Mensch aus unserem Team kann nachsehen."
        }
    },
    which_order: "Welche Bestellung meinen Sie?",
    proposed: "Genau das würde geschehen. Es geschieht nichts, bevor Sie die Karte bestätigen.",
    which_reason: "Darf ich fragen, warum?",
    reason: |reason| match reason {
        "no_longer_needed" => Some("Nicht mehr benötigt"),
        "ordered_by_mistake" => Some("Versehentlich bestellt"),
        _ => None,
    },
    which_address: "Wohin soll es gehen? Wählen Sie eine Ihrer Adressen, schreiben Sie eine hierher, oder füllen Sie das Formular aus.",
    which_method: "Welches Zahlungsmittel soll es sein?",
    no_other_method: "In Ihrem Konto gibt es kein anderes Zahlungsmittel, das dafür ginge.",
    which_lines: "Was davon?",
    all_of_it: ("Alles", "Alles"),
    which_variant: "{}: Welches möchten Sie stattdessen?",
    no_other_kind: "Von {} gibt es zurzeit nichts anderes.",
    misfit: "Schade, dass es nicht passt. Möchten Sie es umtauschen oder zurückgeben?",
    too_much_at_once: "Das war mehr, als ich auf einmal beantworten kann: Bitte sagen Sie mir den Rest noch einmal.",
    not_in_yet: "Noch nicht im Warenkorb: „{}“. Sagen Sie es mir noch einmal, wenn das hier geklärt ist.",
    cannot_add: "In eine aufgegebene Bestellung kann ich nichts mehr dazulegen. Sie können es aber extra bestellen: Soll ich danach suchen?",
};
