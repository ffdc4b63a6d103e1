//! No deed comes from a sentence that did not ask for it, none is done by half, and what is wanted in other
//! words is found.

use guard::gate::{Block, Pseudonyms};

use super::{Talk, goods::bought, redacted, sources};
use crate::{
    Deed, Destination, FoundLine, FoundMethod, FoundOrder, FoundProfile, Intent, LookUp, Numbers,
    OrderStatus, State, Step, ToolResult, step,
    understand::{Act, meaning},
    written_address,
};
use terms::Locale;

fn line(id: &str, product: &str, title: &str, options: &str) -> FoundLine {
    let redacted = |text: &str| redacted(text, &mut Pseudonyms::default());
    FoundLine {
        id: id.to_owned(),
        product: product.to_owned(),
        variant: format!("{product}-one"),
        title: redacted(title),
        options: redacted(options),
        quantity: 1,
    }
}

/// A delivered order of a throw, a mug and two kinds of blanket.
fn delivered() -> FoundOrder {
    FoundOrder {
        lines: vec![
            line("L1", "lambswool-throw", "Lambswool throw", "undyed"),
            line("L2", "stoneware-mug", "Stoneware mug", "moss"),
            line("L3", "waffle-blanket", "Waffle cotton blanket", "sage"),
        ],
        status: OrderStatus::Delivered,
        may_return: true,
        paid_with: vec!["card".to_owned()],
        ..bought("A-1001", "lambswool-throw")
    }
}

fn pending(id: &str, product: &str, title: &str, hours_ago: i64) -> FoundOrder {
    FoundOrder {
        lines: vec![line("L1", product, title, "")],
        status: OrderStatus::Pending,
        hours_ago: Some(hours_ago),
        may_cancel: true,
        may_change: true,
        paid_with: vec!["card".to_owned()],
        ..bought(id, product)
    }
}

fn profile() -> FoundProfile {
    let method = |id: &str, label: &str| FoundMethod {
        id: id.to_owned(),
        label: redacted(label, &mut Pseudonyms::default()),
        is_gift_card: false,
        once: false,
    };
    FoundProfile {
        methods: vec![
            method("card", "Visa ending in 4242"),
            method("paypal", "PayPal"),
        ],
        addresses: Vec::new(),
        cancel_reasons: vec![
            "no_longer_needed".to_owned(),
            "ordered_by_mistake".to_owned(),
        ],
        shipping: Vec::new(),
    }
}

/// What the message proposes, with these orders.
fn proposed(text: &str, orders: &dyn Fn() -> Vec<FoundOrder>) -> Vec<Deed> {
    let talk = Talk::new();
    let mut pseudonyms = Pseudonyms::default();
    let message = redacted(text, &mut pseudonyms);
    let mut results = Vec::new();
    let mut deeds = Vec::new();
    loop {
        match step(State::new(&Locale::default()), &message, &results).1 {
            Step::Reply(_) => return deeds,
            Step::Call(Intent::Propose(deed)) => {
                deeds.push(deed);
                results.push(ToolResult::Proposed(Ok(())));
            }
            Step::Call(Intent::Orders { number }) => {
                let mut found = orders();
                found.retain(|order| number.as_ref().is_none_or(|number| order.id == *number));
                results.push(ToolResult::Orders(Some(found)));
            }
            Step::Call(Intent::Profile { .. }) => {
                results.push(ToolResult::Profile(Some(profile())));
            }
            Step::Call(Intent::LookUp(LookUp::Product { id })) => {
                let found = talk.catalogue.product(&id, &mut pseudonyms);
                results.push(ToolResult::Products(found));
            }
            Step::Call(Intent::LookUp(LookUp::Products(wanted))) => {
                let found = talk.catalogue.found(&wanted, &mut pseudonyms);
                results.push(ToolResult::Products(found));
            }
            Step::Call(_) => results.push(ToolResult::Policies(Vec::new())),
        }
    }
}

fn lines_sent_back(text: &str) -> Option<Vec<String>> {
    match proposed(text, &|| vec![delivered()]).as_slice() {
        [Deed::Return { lines, .. }] => {
            let mut lines = lines.clone();
            lines.sort();
            Some(lines)
        }
        [] => None,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn what_is_named_goes_back_whole_or_is_asked_about() {
    for text in [
        "Aus A-1001 gehen die Wolldecke und die Waffeldecke zurück. Die Tasse ist super, die bleibt hier",
        "I want to send back the throw and the waffle blanket from A-1001. the mug I keep",
    ] {
        assert_eq!(lines_sent_back(text).unwrap(), ["L1", "L3"], "{text}");
    }
    let kept = "the mug from A-1001 goes back, I keep everything else";
    assert_eq!(lines_sent_back(kept).unwrap(), ["L2"]);
    // Two of them are called so: she says which.
    let either = "I want to return the wool blanket from A-1001";
    assert!(lines_sent_back(either).is_none_or(|lines| lines.len() == 1));
}

#[test]
fn what_is_told_proposes_nothing() {
    for text in [
        "the throw is a bit too small but I think I'll keep it",
        "die Decke ist etwas zu klein, aber ich behalte sie",
        "the throw is too small",
        "ich hab mich beim letzten mal mit der rückgabe schwergetan",
        "I bought two linen shirts from you last year and they are lovely",
    ] {
        assert!(lines_sent_back(text).is_none(), "{text}");
    }
}

#[test]
fn an_order_is_meant_by_when_it_was_placed() {
    let orders = || {
        vec![
            pending("A-2", "ring-dish", "Stoneware ring dish", 1),
            pending("A-1", "oak-wall-shelf", "Oak wall shelf", 26),
        ]
    };
    for (text, number) in [
        (
            "cancel what I ordered yesterday, I don't need it. the one from today stays",
            "A-1",
        ),
        (
            "storniert die bestellung von gestern, brauch ich nicht mehr. die von heute passt",
            "A-1",
        ),
        (
            "please cancel today's order, I don't need it any more",
            "A-2",
        ),
    ] {
        match proposed(text, &orders).as_slice() {
            [Deed::Cancel { order, .. }] => assert_eq!(order, number, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn each_deed_takes_the_order_of_its_own_clause() {
    let orders = || {
        vec![
            pending("A-1002", "ring-dish", "Stoneware ring dish", 1),
            pending("A-1001", "oak-wall-shelf", "Oak wall shelf", 26),
        ]
    };
    let text = "where is A-1001? and please cancel A-1002, i dont need it";
    match proposed(text, &orders).as_slice() {
        [Deed::Cancel { order, .. }] => assert_eq!(order, "A-1002"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn money_between_two_means_of_payment_is_no_return() {
    let text = "book it from paypal and give it back on my card";
    let deeds = proposed(text, &|| {
        vec![pending("A-1", "ring-dish", "Stoneware ring dish", 1)]
    });
    assert!(
        deeds
            .iter()
            .all(|deed| matches!(deed, Deed::ChangePayment { .. })),
        "{deeds:?}"
    );
}

fn cart_after(said: &[&str]) -> Vec<(String, i64)> {
    let mut talk = Talk::new();
    for text in said {
        talk.say(text);
    }
    let mut lying = talk.catalogue.lying().to_vec();
    lying.sort();
    lying
}

#[test]
fn the_cart_holds_what_was_asked_for() {
    for (said, cart) in [
        (
            &[
                "put the pepper mill and the ring dish into my cart",
                "on second thoughts skip the ring dish",
            ][..],
            &[("alder-pepper-mill-one", 1)][..],
        ),
        (
            &[
                "die pfeffermühle und die glaskaraffe in den warenkorb",
                "die karaffe brauch ich doch nicht",
            ],
            &[("alder-pepper-mill-one", 1)],
        ),
        (
            &[
                "add seagrass basket, medium",
                "medium's too small for the logs. swap it for the large",
            ],
            &[("seagrass-basket-large", 1)],
        ),
        (
            &["one seagrass basket in small and two in large into my cart"],
            &[("seagrass-basket-large", 2), ("seagrass-basket-small", 1)],
        ),
        (
            &["zwei vorratsgläser mit 2 litern und eines mit 0,5 liter in den warenkorb"],
            &[
                ("glass-storage-jars-0-5-l", 1),
                ("glass-storage-jars-2-l", 2),
            ],
        ),
        (
            &["1 bread bin, the dark one not the cream, into my cart"],
            &[("bread-bin-slate", 1)],
        ),
        (
            &[
                "olivenölseife, 3 mal in den warenkorb",
                "da sind ja drei stück in der packung, dann reicht mir eine",
            ],
            &[("olive-oil-soap-one", 1)],
        ),
        // What is a code's, or only asked or told, moves nothing.
        (
            &[
                "pepper mill into the cart",
                "my code is WELCOME10, can you take it off the total",
            ],
            &[("alder-pepper-mill-one", 1)],
        ),
        (
            &["packt ihr geschenke ein und was kostet die kleine bienenwachskerze"],
            &[],
        ),
        (
            &["meine mutter hat zwei pfeffermühlen bei euch gekauft"],
            &[],
        ),
    ] {
        let cart: Vec<(String, i64)> = cart
            .iter()
            .map(|(id, count)| ((*id).to_owned(), *count))
            .collect();
        assert_eq!(cart_after(said), cart, "{said:?}");
    }
}

fn shown(text: &str) -> Vec<String> {
    let reply = Talk::new().say(text);
    let mut shown = Vec::new();
    for block in reply.blocks() {
        match block {
            Block::Products { products } => {
                shown.extend(products.iter().map(|card| card.id.clone()));
            }
            Block::Product { product } => shown.push(product.card.id.clone()),
            Block::Comparison { products } => {
                shown.extend(products.iter().map(|sheet| sheet.card.id.clone()));
            }
            _ => {}
        }
    }
    shown
}

#[test]
fn goods_are_found_by_what_they_are_for() {
    for (text, product) in [
        ("need something to keep bread fresh", "bread-bin"),
        (
            "hab immer so kalte füße auf dem parkett... hausschuhe in 42 da?",
            "felt-slippers",
        ),
        (
            "Eine Kerze, die nach Meersalz duftet, bitte keine aus Bienenwachs",
            "scented-soy-candle",
        ),
    ] {
        let shown = shown(text);
        assert!(shown.iter().any(|id| id == product), "{text}: {shown:?}");
    }
}

#[test]
fn what_is_not_wanted_is_not_shown() {
    for (text, wanted, refused) in [
        (
            "Looking for a rug. Please nothing in jute",
            "wool-rug",
            "jute-rug",
        ),
        (
            "teppich gesucht, aber bloß keine jute",
            "wool-rug",
            "jute-rug",
        ),
        (
            "ohrringe aber keine creolen",
            "pearl-stud-earrings",
            "gold-hoop-earrings",
        ),
    ] {
        let shown = shown(text);
        assert!(shown.iter().any(|id| id == wanted), "{text}: {shown:?}");
        assert!(shown.iter().all(|id| id != refused), "{text}: {shown:?}");
    }
}

#[test]
fn the_cheapest_comes_first_and_alternatives_stand_side_by_side() {
    assert_eq!(
        shown("Cheapest lamp you've got? Student budget")
            .first()
            .unwrap(),
        "paper-pendant-lamp"
    );
    assert_eq!(
        shown("was ist eure günstigste lampe?").first().unwrap(),
        "paper-pendant-lamp"
    );
    for text in [
        "silver or gold earrings, show me both",
        "zeigt mir ohrringe, die silbernen und auch die goldenen",
    ] {
        let shown = shown(text);
        assert!(
            shown.iter().any(|id| id == "silver-leaf-earrings")
                && shown.iter().any(|id| id == "gold-hoop-earrings"),
            "{text}: {shown:?}"
        );
    }
    let compared = shown("was nehm ich besser, den juteteppich oder die badematte aus baumwolle?");
    assert!(
        compared.contains(&"jute-rug".to_owned())
            && compared.contains(&"cotton-bath-mat".to_owned())
    );
}

#[test]
fn rules_are_found_in_other_words() {
    for (text, source) in [
        ("do yous ship to Ireland at all?", "delivery"),
        (
            "bis wieviel uhr muss ich bestelln damits heut noch rausgeht",
            "delivery",
        ),
        ("geht bei euch auch kauf auf rechnung?", "payment"),
        ("how long are gift vouchers good for", "gift-cards"),
        (
            "kommt der tisch fertig oder muss ich schrauben?",
            "assembly",
        ),
    ] {
        let reply = Talk::new().say(text);
        assert_eq!(sources(&reply), [source], "{text}: {}", reply.plain_text());
    }
}

#[test]
fn each_of_two_questions_is_answered_or_said_to_be_left() {
    let reply = Talk::new().say("do you do gift wrapping and how much is the small beeswax candle");
    assert_eq!(sources(&reply), ["gift-wrapping"]);
    assert!(
        reply.plain_text().contains("14.00"),
        "{}",
        reply.plain_text()
    );
    let four = "Where is my order? When are you open on saturdays? Is the ring free of nickel? How do I return something?";
    let meaning = meaning(&State::default(), four);
    assert!(
        meaning.too_many && meaning.wishes.len() == 3,
        "{:?}",
        meaning.wishes
    );
}

#[test]
fn a_misfit_is_asked_about_and_becomes_an_exchange_where_a_kind_is_wanted() {
    let act = |text| meaning(&State::default(), text).wishes[0].act;
    assert_eq!(act("the shirt is too tight"), Act::Misfit);
    assert_eq!(
        act("gloves r too tight. got the m, need l"),
        act("exchange my gloves")
    );
}

#[test]
fn a_person_is_not_asked_for_by_who_needs_none() {
    for text in [
        "i don't need an agent, just tell me when the shop closes",
        "Nein danke, ich brauche keinen Mitarbeiter. Wann habt ihr samstags offen?",
    ] {
        let mut talk = Talk::new();
        talk.say(text);
        assert_eq!(talk.person_asked, 0, "{text}");
    }
}

#[test]
fn an_address_that_was_taken_out_is_handed_on_as_it_was_told() {
    let said = "send order 10023 to [ADDRESS_1], please";
    let told = meaning(&State::new(&Locale::default()), said).address;
    assert_eq!(told, Some(Destination::Told(said.to_owned())));
    // What else was taken out is no address.
    let told = meaning(
        &State::new(&Locale::default()),
        "send it to [PERSON_1], 10115 Berlin",
    );
    assert!(told.address.is_none());
    let written = written_address("please send it to Gartenweg 5, 10115 Berlin, thanks");
    let written = written.unwrap();
    assert_eq!(
        [written.line1, written.postal_code, written.city],
        ["Gartenweg 5", "10115", "Berlin"]
    );
    assert_eq!(written_address("send it to [ADDRESS_1], please"), None);
}

#[test]
fn numbers_of_an_address_are_corrected_wherever_it_is_kept() {
    let written = written_address("Gartenweg 5, 10115 Berlin").unwrap();
    let numbers = |house: Option<&str>, code: Option<&str>| Numbers {
        house: house.map(str::to_owned),
        postal_code: code.map(str::to_owned),
    };
    let corrected = written.clone().corrected(&numbers(Some("55"), None));
    assert_eq!(corrected.line1, "Gartenweg 55");
    assert_eq!(corrected.postal_code, "10115");
    let corrected = written.corrected(&numbers(None, Some("10117")));
    assert_eq!(corrected.line1, "Gartenweg 5");
    assert_eq!(corrected.postal_code, "10117");
    // What is kept of a conversation reads back, and what was kept before reads as ever.
    let kept = Destination::Corrected {
        words: "to [ADDRESS_1]".to_owned(),
        numbers: numbers(Some("55"), None),
    };
    let text = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<Destination>(&text).unwrap(), kept);
    let before: Destination = serde_json::from_str(r#"{"told":"to [ADDRESS_1]"}"#).unwrap();
    assert_eq!(before, Destination::Told("to [ADDRESS_1]".to_owned()));
}

/// What the guard took out is no code of a discount, no article, and no wish to take anything out.
#[test]
fn marks_of_the_guard_are_no_words() {
    let plain = meaning(&State::default(), "here is the otp:");
    for marked in [
        "here is the otp: [code removed]",
        "here is the otp: [password removed]",
        "here is the otp: [key removed]",
    ] {
        let marked = meaning(&State::default(), marked);
        let acts = |meaning: &crate::understand::Meaning| {
            let wishes = meaning.wishes.iter();
            wishes.map(|wish| wish.act).collect::<Vec<_>>()
        };
        assert_eq!(acts(&marked), acts(&plain));
        assert_eq!(marked.code, plain.code);
    }
}
