//! Families of words that shops are asked with, and what policies call the same, in the language that the
//! search in policies knows best. A word by itself says little; two families together say what is asked.

pub(super) const ENGLISH: &[(&str, &[&str])] = &[
    (
        "delivery",
        &[
            "ship|ships|shipped|shipping|deliver*|post|posted|postage|send|sending|dispatch*|despatch*|courier|leave|leaves|warehouse",
            "go|goes|going|get|gets|be out",
        ],
    ),
    (
        "delivery",
        &["abroad|overseas|international*|worldwide|country|countries|europe|=eu|island|islands"],
    ),
    (
        "orders placed before working day leave same day",
        &[
            "same day",
            "=cutoff|=deadline|=noon|=midday",
            "what time|hour",
            "=today|tonight",
            "till|until|by when",
        ],
    ),
    (
        "days",
        &[
            "how long|soon|fast|quick|quickly|many days",
            "=when|weeks|days",
        ],
    ),
    (
        "valid",
        &[
            "expire|expires|expired|expiry|expiring|valid|validity",
            "run|runs out",
            "still good",
            "good for|until|till",
            "use . by",
        ],
    ),
    (
        "gift cards",
        &["gift . card|cards|voucher|vouchers", "giftcard|giftcards"],
    ),
    (
        "cost",
        &[
            "how much",
            "cost|costs|price|prices|fee|fees|charge|free|pricey|expensive",
        ],
    ),
    (
        "payment accept",
        &[
            "pay|paying|payment|invoice|klarna|paypal|instalments|installments|later|visa|amex|transfer",
        ],
    ),
    (
        "return",
        &[
            "return|returns|returning",
            "send|give|bring|take .. back",
            "not like|want",
        ],
    ),
    ("refund", &["refund|refunds|refunded", "money . back"]),
    ("cancel", &["cancel|cancelling|cancellation"]),
    (
        "damaged",
        &["broken|damaged|faulty|cracked|smashed|chipped|defect*"],
    ),
    ("warranty", &["warranty|guarantee|guaranteed"]),
    ("wash", &["wash|washed|washing|washable|clean|laundry|iron"]),
    (
        "assembled",
        &[
            "assemble|assembly|assembled|screws|built|build",
            "put . together",
        ],
    ),
    ("wrap gift", &["wrap|wrapped|wrapping"]),
    (
        "collect store",
        &[
            "pickup",
            "pick . up",
            "collect . it|order|them|myself|in|from|store|shop",
        ],
    ),
    ("account", &["account|register|registration|signup|guest"]),
    ("old furniture", &["old . sofa|bed|furniture|mattress"]),
    ("samples", &["sample|samples|swatch|swatches"]),
    ("customs duties", &["customs|duty|duties|import"]),
];

pub(super) const GERMAN: &[(&str, &[&str])] = &[
    (
        "delivery",
        &[
            "liefer*|versand*|verschick*|versend*|schick*|zustell*|rausgeht|rausgehen|=raus|porto|=post|ankommt|ankommen",
        ],
    ),
    (
        "delivery",
        &["ausland|ausserhalb|international*|europa|weltweit"],
    ),
    (
        "orders placed before working day leave same day",
        &[
            "=heut|heute . noch|raus*",
            "selben|gleichen tag",
            "wieviel|viel|welcher|welche uhr|uhrzeit",
            "bis wann",
        ],
    ),
    (
        "days",
        &[
            "wie lange|lang|schnell|viele tage",
            "=wann|dauert|dauer|tage|wochen",
        ],
    ),
    (
        "valid",
        &[
            "ablauf*|abgelaufen|ablaufen|verfall*|gultig*|=laufen|lauft .. ab",
            "noch gut|einlosen",
        ],
    ),
    (
        "gift cards",
        &["geschenkkarte|geschenkkarten|gutschein|gutscheine|geschenkgutschein"],
    ),
    (
        "cost",
        &["kostet|kosten|preis|preise|teuer|gebuhr*|kostenlos|gratis|umsonst"],
    ),
    (
        "payment accept",
        &[
            "bezahl*|zahlen|zahlung*|rechnungskauf|raten|ratenzahlung|klarna|paypal|vorkasse|lastschrift|uberweisung|nachnahme",
            "auf|per rechnung",
        ],
    ),
    (
        "return",
        &["zuruckgeb*|zuruckschick*|zurucksend*|retour*|ruckgabe|umtausch*"],
    ),
    ("refund", &["erstatt*|ruckerstatt*", "geld . zuruck|wieder"]),
    ("cancel", &["stornier*|storno|widerruf*"]),
    (
        "damaged",
        &["kaputt|beschadigt|defekt|zerbrochen|gebrochen|kratzer"],
    ),
    ("warranty", &["garantie*|gewahrleistung*"]),
    ("wash", &["wasch*|gewaschen|reinig*|bugeln"]),
    (
        "assembled",
        &[
            "zusammenschraub*|zusammenbau*|aufbau*|aufgebaut|montier*|montage|zusammengebaut|schrauben",
        ],
    ),
    (
        "wrap gift",
        &["einpack*|verpack*|geschenkpapier|geschenkverpackung"],
    ),
    ("collect store", &["abhol*|selbstabhol*"]),
    ("account", &["konto|kundenkonto|registrier*|anmeld*|=gast"]),
    ("samples", &["muster|stoffmuster|stoffprobe*|holzmuster"]),
    ("customs duties", &["zoll|zollgebuhren|einfuhr*"]),
    ("furniture", &["mobel|tisch*|stuhl*|regal*|bett|schrank"]),
];
