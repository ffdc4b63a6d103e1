//! The planner's sentences in English.

use super::{Service, Texts};
use crate::{
    found::{OrderStatus, Refused},
    state::DeedKind,
};

pub(super) const TEXTS: Texts = Texts {
    greeting: "Hello! I'm this shop's AI assistant. I find things for you, take your order and follow, change or return it, and answer questions about delivery and the rest. You can ask for a person at any time.",
    greeting_again: "Hello again! What would you like to know?",
    how_are_you: "Thanks for asking! I'm an AI, so every day is a good day. What can I do for you?",
    thanks: "You're welcome! If anything else comes up, just ask.",
    goodbye: "Goodbye, and thank you for stopping by!",
    identity: "I'm an AI assistant, not a person. I answer from this shop's own pages and do what you ask of its orders, each step confirmed by you. If you'd rather talk to a person, I can ask one to join.",
    capabilities: "I'm an AI assistant. I can answer questions from this shop's policies and frequently asked questions, such as delivery, returns, payment and warranty, and I always show where an answer comes from. I find things in the shop, compare them and put them into your cart. Once you have confirmed your e-mail address I tell where your orders stand, and cancel, change, return or exchange them with you: you confirm each step on a card. I can also ask a person to join.",
    small_talk: "I'm better at shop questions than at small talk, being an AI. Ask me about delivery, returns, payment or our products' care and warranty.",
    no_words: "I couldn't read a question in that. Tell me in a few words what you need, for example:",
    go_on: "Happy to help. What would you like to know?",
    declined: "All right, no person then. Is there anything else you'd like to know?",
    person_asked: "I've asked a person from our team to join. You can keep writing here; they will see the whole conversation.",
    person_asked_before: "A person from our team has already been asked to join and will answer here. You can keep writing in the meantime.",
    sorry: "I'm sorry about the trouble.",
    offer: "Shall I ask a person from our team to join?",
    found: "Here is what we say about this:",
    maybe: "I'm not certain this answers your question, but it comes closest:",
    unknown: "I don't know the answer to that: I found nothing about it in this shop's policies and questions. You could put it in other words, or I can ask a person.",
    unknown_again: "I still can't find an answer to that, and I'd rather not guess. A person from our team can help better.",
    products: "Here is what I found in the shop:",
    no_products: "I found nothing like that in the shop. Perhaps other words help: a material, a colour, what it is for.",
    which_products: "What are you looking for? Tell me what it is called, and a price if you like.",
    orders_unproved: "To look into your orders I need to know that it is you. Please confirm your e-mail address: I take it up from there.",
    no_orders: "There is no order under your e-mail address yet.",
    no_such_order: "I find no order of that number under your e-mail address. Please check it.",
    orders: "Here is where your latest orders stand:",
    order_is: |status, paid| match status {
        OrderStatus::Pending if !paid => "This order waits for its payment.",
        OrderStatus::Pending => "This order is paid and waits to be packed.",
        OrderStatus::Processed => "This order is being packed.",
        OrderStatus::Shipped => "This order is on its way.",
        OrderStatus::Delivered => "This order was delivered.",
        OrderStatus::Cancelled => "This order was cancelled.",
    },
    cannot: "I can't {} in this chat yet, and I found nothing in this shop's policies that settles it. A person from our team can help you with that.",
    services: |service| match service {
        Service::OrderStatus => "look into orders",
        Service::Refund => "make or look up refunds",
        Service::Account => "open or change accounts",
        Service::Payment => "see or change payments",
        _ => "do that",
    },
    topics: |service| match service {
        Service::OrderStatus => "track parcel",
        Service::Cancel => "cancel order",
        Service::Address | Service::Items => "change order",
        Service::Return => "return",
        Service::Exchange => "exchange",
        Service::Refund => "refund",
        Service::Payment | Service::PaymentMethod => "payment",
        Service::Discount => "discount code",
        _ => "",
    },
    accept: ("Yes, ask a person", "Yes, please ask a person"),
    decline: ("No, thanks", "No, thanks"),
    ask_person: ("Ask a person", "I'd like to talk to a person"),
    starters: &[
        "How long does delivery take?",
        "How do I return something?",
        "Which payment methods can I use?",
    ],
    products_like: "Nothing is exactly that, but these come close:",
    not_in: "{} does not come in {}.",
    in_stock_at: "Yes, {} is in stock. It costs {}.",
    sold_out_at: "{} is sold out at the moment. It costs {}.",
    costs: "{} costs {} and is in stock.",
    sold_out: "{} is sold out at the moment.",
    there_is: "There is: {}.",
    from: "from {}",
    compared: "Side by side: {}.",
    compare_what: "Which products shall I compare? Name two, or let me show some first.",
    no_cards: "Please keep card details out of the chat. What you wrote of a card was taken out before anybody could read it, and nothing was charged. You pay on the payment page, after you have confirmed an order.",
    recommended: "These might suit:",
    recommended_from_orders: "You bought {}. These are of the same kind, and you have none of them yet:",
    nothing_from_orders: "I found nothing that goes with what you bought.",
    may_look_at_orders: "If you like, I look at what you bought here. I do it for this one answer and keep nothing of it.",
    look_at_orders: (
        "Look at what I bought",
        "Recommend something that goes with what I bought",
    ),
    add_it: ("Add to cart", "Add it to my cart"),
    check_out: ("Check out", "I'd like to check out"),
    add_what: "What shall I put into your cart? Tell me what it is called.",
    which_one: "Which one do you mean?",
    which_value: "{}: which {} would you like?",
    added: "{} × {} is in your cart now.",
    not_so_many: "There are not that many left of {}. A smaller number may work.",
    too_many: "That is more than can be ordered here at once.",
    did_not_work: "That did not work just now. Please try again in a moment.",
    cart_empty: "Your cart is empty.",
    cart_is: "This is in your cart, {} without delivery:",
    cart_not_there: "Something in your cart cannot be had any more. Please have a look:",
    remove_which: "What shall I take out of your cart?",
    remove_it: "Remove {} from my cart",
    removed: "It is taken out of your cart.",
    how_many_of_what: "How many would you like, and of what? This is in your cart:",
    amount_changed: "I have changed the number:",
    which_code: "What is the code? Write it just as it is printed.",
    discount_applied: "The code {} is applied to your cart:",
    discount_invalid: "The code {} is not valid here. Please check its spelling.",
    checkout_form: "To order I need to know who buys and where it goes. Please fill in this form; you pay on the payment page afterwards.",
    which_shipping: "How shall it be delivered?",
    checkout_proposed: "Here is your order, exactly as it would be placed. Nothing is ordered before you confirm the card; then you pay on the payment page.",
    too_many_unpaid: "Several orders of yours wait for their payment already. Please pay or cancel one of them first.",
    starts: |service| match service {
        Service::Cancel => Some(("Cancel an order", "I want to cancel my order")),
        Service::Return => Some(("Start a return", "I want to return something from my order")),
        Service::Exchange => Some((
            "Start an exchange",
            "I want to exchange something from my order",
        )),
        Service::Address => Some((
            "Change an address",
            "I want to change the delivery address of my order",
        )),
        Service::PaymentMethod => {
            Some(("Change the payment", "I want to pay my order another way"))
        }
        Service::Items => Some(("Change an item", "I want to change an item of my order")),
        Service::Discount => Some(("I have a code", "I have a discount code")),
        Service::Refund => Some(("Start a return", "I want to return something from my order")),
        _ => None,
    },
    can_start: "I can do that with you right here.",
    says_of_it: "This is what our catalogue says about it:",
    all_it_says: "I find nothing more exact than what our catalogue says about it:",
    says_nothing: "Our catalogue says nothing more about it.",
    next_steps: |may_change, may_return| match (may_change, may_return) {
        (true, _) => &[
            (
                "Change the address",
                "Change the delivery address of this order",
            ),
            ("Change an item", "Change an item of this order"),
            ("Cancel it", "Cancel this order"),
        ],
        (_, true) => &[
            (
                "Return something",
                "I want to return something from this order",
            ),
            (
                "Exchange something",
                "I want to exchange something from this order",
            ),
        ],
        _ => &[],
    },
    still_open: "Back to your order: please answer my question above, or say “never mind”.",
    still_open_cart: "Back to your cart: which one shall it be? Or say “never mind”.",
    card_waits: "The card above still waits for you: nothing is done before you confirm it.",
    dropped: "All right, I leave everything as it is.",
    confirm_yourself: "Please press the button on the card: I cannot confirm anything for you, and what is written here confirms nothing.",
    not_understood: "I did not quite get that.",
    does_not_fit: |kind, status, serviced| match (kind, status) {
        (DeedKind::Return | DeedKind::Exchange, OrderStatus::Delivered) => {
            "A return or an exchange was asked for with this order already; an order has one of them, once."
        }
        (DeedKind::Return | DeedKind::Exchange, OrderStatus::Cancelled) => {
            "This order was cancelled, so nothing of it can be sent back."
        }
        (DeedKind::Return, OrderStatus::Pending) => {
            "This order has not been sent yet, so there is nothing to return. It can be cancelled or changed instead."
        }
        (DeedKind::Return | DeedKind::Exchange, _) => {
            "A return or an exchange can be asked for once the order is delivered. This one is not there yet."
        }
        (_, OrderStatus::Pending) if serviced => {
            "The items of this order were changed once already: after that it can be neither changed nor cancelled."
        }
        (DeedKind::Cancel, OrderStatus::Cancelled) => "This order is cancelled already.",
        (DeedKind::Cancel, OrderStatus::Delivered) => {
            "This order was delivered, so it cannot be cancelled any more. You can return it instead."
        }
        (DeedKind::Cancel, _) => {
            "This order has left our desk already, so it cannot be cancelled any more. Once it is delivered you can return it."
        }
        _ => "Only orders that are still pending can be changed, and this one is not any more.",
    },
    refused: |refused| match refused {
        Refused::NotPending => {
            "Only orders that are still pending can be changed, and this one is not any more."
        }
        Refused::NotDelivered => "That can be asked for once the order is delivered.",
        Refused::AlreadyChanged => {
            "This order was changed once already, and that is as often as it can be."
        }
        Refused::Unavailable | Refused::OutOfStock => "That cannot be had at the moment.",
        Refused::SameItem => "That is what is in your order already.",
        Refused::SameMethod => {
            "Your order is paid that way already. Which other means of payment shall it be?"
        }
        Refused::MethodNotAllowed => {
            "That means of payment cannot be used for this. Which other one shall it be?"
        }
        Refused::GiftCardTooSmall => {
            "There is not enough left on the gift card for this. Which other means of payment shall it be?"
        }
        Refused::OverLimit => "That is more than can be done here at once.",
        Refused::DiscountInvalid => "That code is not valid here.",
        Refused::NeedsLevel | Refused::EmptyList | Refused::Withheld | Refused::Other => {
            "That cannot be done here. A person from our team can have a look."
        }
    },
    which_order: "Which order do you mean?",
    proposed: "This is exactly what would happen. Nothing is done before you confirm the card.",
    which_reason: "May I ask why?",
    reason: |reason| match reason {
        "no_longer_needed" => Some("No longer needed"),
        "ordered_by_mistake" => Some("Ordered by mistake"),
        _ => None,
    },
    which_address: "Where shall it go? Choose one of your addresses, write one here, or fill in the form.",
    which_method: "Which means of payment shall it be?",
    no_other_method: "There is no other means of payment in your account that could be used.",
    which_lines: "Which of these?",
    all_of_it: ("All of it", "All of it"),
    which_variant: "{}: which one would you like instead?",
    no_other_kind: "There is no other kind of {} at the moment.",
    misfit: "I'm sorry that it is not right. Shall it be exchanged, or go back?",
    too_much_at_once: "That was more than I can answer at once: please tell me the rest again.",
    not_in_yet: "Not in your cart yet: “{}”. Tell me again once this one is settled.",
    cannot_add: "I cannot put anything more into an order that was placed. You can order it by itself: shall I look for it?",
};
