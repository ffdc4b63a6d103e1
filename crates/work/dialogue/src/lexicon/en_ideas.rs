//! What words of English stand for: ideas, subjects of rules, and names in catalogues of other languages.

use crate::cues::Cue;

/// The ideas that words stand for.
pub(super) const CUES: &[(Cue, &[&str])] = &[
    (
        Cue::Cancel,
        &[
            "=cancel|=cancels|cancelled|canceled|cancelling|canceling|cancellation|=cansel|=scrap|annul|revoke",
            "call . off",
            "calling . off",
        ],
    ),
    (
        Cue::Back,
        &[
            "return|returning|returns|refund",
            "send|sending|sent|go|goes|going|take|give|post|ship|bring .. back",
        ],
    ),
    (
        Cue::Exchange,
        &[
            "exchange|exchanging|=swop|swap|swapping|trade|replace|replacing|switch",
            "in place of",
            "have|get|want|like|need .. instead",
        ],
    ),
    (
        Cue::Change,
        &[
            "change|changing|alter|amend|modify|update|edit|switch|adjust|redirect|reroute|move|swap|correct|fix",
        ],
    ),
    (
        Cue::Wrong,
        &[
            "wrong|incorrect|mistake|mistakenly|mistyped|typo",
            "mixed up",
            "should|shoud|supposed . have . been|be",
            "silly me",
            "oops|whoops",
            "picked|chose|clicked|ordered|selected|went .. need|needed|meant|wanted|should",
            "not the",
        ],
    ),
    (
        Cue::Rather,
        &[
            "instead|rather|actually",
            "ought to be",
            "in place of",
            "not . but",
            "should . be",
            "make it|them|that",
        ],
    ),
    (
        Cue::Make,
        &["make|turn =it|=them|that|those|mine . the|a|an|into"],
    ),
    (
        Cue::Order,
        &["order|orders|oder|ordr|orderd|purchase|booking"],
    ),
    (
        Cue::Parcel,
        &["parcel|parcels|package|packet|delivery|shipment|deliveries|consignment"],
    ),
    (
        Cue::Send,
        &[
            "send|sent|deliver|delivered|delivering|ship|shipped|shipping|post|posted|go|goes|going|bring|come",
        ],
    ),
    (
        Cue::Place,
        &[
            "address|adress|addres|postcode|place|house|home|office|work|flat",
            "to . hamburg|berlin|munich|cologne|my|our",
        ],
    ),
    (
        Cue::Pay,
        &["pay|paid|paying|payment|bill|billed|charge|charged|charging|settle|cover"],
    ),
    (
        Cue::Method,
        &[
            "paypal|visa|mastercard|amex|card|giftcard|voucher",
            "gift card",
            "bank transfer",
        ],
    ),
    (
        Cue::Underway,
        &[
            "on . way",
            "despatched|dispatched|shipped|arrived|arrive|arriving|underway|transit",
            "turned up",
            "get|got here",
            "left . warehouse|you",
            "out for delivery",
            "=packed",
        ],
    ),
    (
        Cue::Where,
        &[
            "where|wheres|whereabouts",
            "what . happened . to",
            "track|trace",
        ],
    ),
    (Cue::When, &["when|whens|how long till|until|before"]),
    (
        Cue::Late,
        &[
            "late|delayed|overdue|missing|lost|waiting",
            "still . nothing|not|no|waiting|havent|hasnt|isnt|arent|wasnt|aint",
            "isnt|arent|aint . here|there|come|yet",
            "meant|supposed . to . be|arrive|come",
            "not . arrived|here|come|yet",
            "never . arrived|came|turned",
        ],
    ),
    (Cue::Mine, &["my|mine|our|ours"]),
    (Cue::Cart, &["cart|basket|bag|trolley|kart|baskit"]),
    (
        Cue::Show,
        &[
            "show|see|view|whats|what|look|open|display|list|check",
            "how much",
            "in . so far",
        ],
    ),
    (
        Cue::Take,
        &[
            "add|ad|put|pop|stick|chuck|throw|drop|place|grab|take|get|want|need|like|gimme|bung|toss|for",
        ],
    ),
    (
        Cue::Remove,
        &["remove|delete|out|empty|clear|without|rid|lose|drop"],
    ),
    (
        Cue::Till,
        &[
            "till|checkout|chekout",
            "check out",
            "lets|let . pay|order|buy",
            "ready to . pay|order|buy",
            "pay . now|please|up|for",
            "done . pay|order",
            "time to pay",
        ],
    ),
    (
        Cue::Finish,
        &[
            "place|placing|make|finalise|finalize|complete|submit|confirm|finish|put|want|like|now|do . the|my|an|this|teh|through . order",
            "order em|them|it|this|that|those|these|everything|all",
            "buy em|them|it . now",
        ],
    ),
    (Cue::Code, &["code|voucher|coupon|promo|discount"]),
    (
        Cue::Size,
        &[
            "size|colour|color|scent|shade|s|m|l|xl|small|medium|large|bigger|smaller|larger|red|blue|green|white|black|grey|natural|cm",
        ],
    ),
    (
        Cue::Look,
        &["look|check|checking|pull|find|see|show|tell|know|update|news|status|happening|list"],
    ),
    (
        Cue::Talk,
        &[
            "talk|speak|chat|deal|put|transfer|connect|get|need|want|rather|prefer|reach|someone|ring|call|hand",
        ],
    ),
    (
        Cue::Person,
        &[
            "human|person|agent|colleague|colleagues|representative|staff|manager|operator|adviser|advisor|supervisor",
            "real|actual|proper . human|person|someone|being",
            "customer service|support|care",
        ],
    ),
];

/// What shops are asked about, with the words that policies call it by.
pub(super) const SUBJECTS: &[(&str, &[&str])] = &[
    (
        "delivery",
        &[
            "where do|does|can . you . ship|deliver|even",
            "how much|long|fast|quick .. shipping|delivery|postage|deliver|ship",
            "shipping|delivery|postage cost|costs|fee|fees|price|time|times|options|charge|free",
            "do|does|can|will you|u|ya|yous|yall . ship|deliver|send|post .. to",
            "free shipping|delivery|postage",
            "ship|deliver . abroad|international*|overseas|to . switzerland|austria|france|uk|island*",
            "cost|price .. of . shipping|delivery|postage",
        ],
    ),
    (
        "warranty",
        &[
            "warranty|guarantee|guaranty",
            "broken|faulty|defective|damaged|cracked|crack|broke|ripped|torn . after|when|already|arrived",
            "came|arrived|is|was|were|are . in . pieces|bits|shards",
            "arrived|came . broken|damaged|faulty|cracked|defective",
        ],
    ),
    (
        "opening hours",
        &[
            "opening hours|times",
            "when . you . open|close",
            "are you open",
            "open . on . saturday*|sunday*|weekend*|today|monday*|holiday*",
            "hours . store|shop",
            "until|till|from what time|when",
            "what time|hours .. someone|somebody|anyone|you|team . there|around|answer|online|available",
        ],
    ),
    ("password", &["password|passwort"]),
    (
        "account order",
        &[
            "need|have|without|create|make . account . to|before",
            "order . without|as . account|guest",
        ],
    ),
    ("engrave ring", &["engrav*"]),
    ("nickel", &["nickel*"]),
    (
        "wrap gift",
        &[
            "gift wrap|wrapping|wrapped",
            "wrap . it|them|this|as|my|the",
            "wrapped . as|up|in",
            "wrapping",
        ],
    ),
    ("invoice", &["invoice*", "receipt*"]),
    (
        "payment",
        &[
            "do|can|does . you . take|accept",
            "which|what . means|ways|kinds|types . payment|paying",
            "which|what . payment . methods|options",
            "how can i pay",
            "pay|payment . by|with|via|in . invoice|klarna|paypal|cash|instal*|rates|apple|google|crypto|bitcoin|cheque",
            "do you . accept|take",
        ],
    ),
    (
        "refunds",
        &[
            "how long|when .. refund*|money",
            "refund* . take|takes|arrive|time",
        ],
    ),
    ("dishwasher", &["dishwasher|dishwaser|microwave|oven"]),
    (
        "wash",
        &[
            "wash|washed|washing|washable|clean|cleaning|tumble",
            "machine wash*",
        ],
    ),
    ("assembled", &["assembl*|flatpack|flat pack|screws"]),
    ("track order", &["how . do|can . track"]),
    (
        "price drops",
        &[
            "price match",
            "price . drop*|lower|falls|fell",
            "full price .. reduced|cheaper|sale|discounted",
            "get|refund|pay|give .. difference",
        ],
    ),
    ("customs duties", &["customs|duty|duties|import tax*"]),
    (
        "which size choose",
        &[
            "which|what size . should|do|to|is",
            "size guide|chart|table",
            "true to size",
            "sizing",
        ],
    ),
    (
        "gift cards",
        &[
            "gift card|cards .. good|valid|last|lasts|expire*",
            "how long|many .. gift . card|cards",
            "balance . gift|on|card",
            "how much . left . gift|card|on",
            "gift card . balance|valid|expire*",
        ],
    ),
    (
        "pick up store",
        &[
            "pick up . in|from|at|my|it|order",
            "pickup|collect . in|from|at|my|it|order",
        ],
    ),
    ("samples", &["sample*|swatch*"]),
    ("newsletter", &["newsletter*|mailing list|unsubscribe"]),
    (
        "contact",
        &[
            "phone|telephone . number",
            "contact . you|details|us",
            "how . reach|contact|call . you",
            "email . address . your|you",
        ],
    ),
    (
        "privacy",
        &["privacy|gdpr|my data|personal data|data protection"],
    ),
    (
        "sustainability",
        &["sustainab*|organic|ethical*|ecological*|environment*|vegan"],
    ),
    (
        "businesses hotels",
        &[
            "special|business|trade prices|rates|terms . business*|compan*|hotel*",
            "b2b|businesses|trade account|bulk|wholesale|hotel*|company|companies|business",
        ],
    ),
    (
        "delivery late lost",
        &[
            "if|when|suppose a|an|my|the . parcel|package|order|delivery|shipment . gets|get|is|goes|got|was . lost|missing|stolen|damaged|late",
            "hypothetically",
        ],
    ),
    (
        "garden winter",
        &[
            "come|stay|bring|leave|left|be|stand|survive .. winter",
            "over|outside|outdoors . winter",
        ],
    ),
    (
        "cancelling",
        &["until when .. cancel|change", "how long .. cancel|change"],
    ),
    (
        "back in stock",
        &["back in stock", "restock*", "when .. available|stock again"],
    ),
    (
        "old furniture",
        &[
            "take away . old|furniture",
            "old furniture|sofa|mattress",
            "dispos*",
        ],
    ),
    (
        "try mattress",
        &["try . mattress|bed", "mattress . trial|try|test"],
    ),
];

/// Words of the language, and how catalogues in other languages call the same.
pub(super) const GLOSSARY: &[(&str, &str)] = &[
    ("tee", "shirt"),
    ("couch", "sofa"),
    ("settee", "sofa"),
    ("cup", "mug"),
    ("cups", "mug"),
    ("carpet", "rug"),
    ("rug", "rug"),
    ("normal", "standard"),
    ("regular", "standard"),
    ("jumper", "cardigan"),
    ("sweater", "cardigan"),
    ("pjs", "pyjamas"),
    ("pajamas", "pyjamas"),
    ("robe", "bathrobe"),
    ("comforter", "duvet"),
    ("hat", "beanie"),
    ("blanket", "throw blanket"),
    ("light", "lamp light"),
    ("lights", "lamp lights"),
    ("drapes", "curtain"),
    ("hoodie", "cardigan"),
    ("gray", "grey"),
    ("dish", "plate dish"),
    ("glasses", "tumblers"),
    ("flatware", "cutlery"),
    ("silverware", "cutlery"),
    ("voucher", "gift card"),
    ("visa", "visa"),
    ("golden", "gold"),
    ("striped", "stripe"),
    ("checked", "check"),
    ("covers", "cover"),
    ("pans", "casserole"),
    ("pot", "pot casserole"),
    ("bread", "bread"),
    ("keeper", "bin"),
];
