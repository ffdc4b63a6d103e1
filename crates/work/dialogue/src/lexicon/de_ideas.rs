//! What words of German stand for: ideas, subjects of rules, and names in catalogues of other languages.

use crate::cues::Cue;

/// The ideas that words stand for.
pub(super) const CUES: &[(Cue, &[&str])] = &[
    (
        Cue::Cancel,
        &[
            "storn*|abbestell*|widerruf*",
            "ruckgangig",
            "bestellung|auftrag|kauf .. abbrechen|zuruckziehen|auflosen|canceln|cancelln",
            "cancel*",
        ],
    ),
    (
        Cue::Back,
        &[
            "zuruck|zuruckgeben|zuruckschicken|zurucksenden|retour*|ruckgabe|rucksendung|retoure|zuruckzugeben|zuruckzuschicken",
        ],
    ),
    (
        Cue::Exchange,
        &[
            "tausch*|umtausch*|austausch*|ersetzen|eintausch*",
            "statt|anstelle|anstatt",
            "lieber",
        ],
    ),
    (
        Cue::Change,
        &[
            "andern|aendern|andert|geandert|wechseln|wechsel|umstellen|umbuchen|umleiten|anpassen|korrigier*|berichtigen|aktualisieren|andere|anderen|tausch*",
        ],
    ),
    (
        Cue::Wrong,
        &[
            "falsch|falsche|falschen|falscher|falsches|irrtum|versehen|verklickt|vertippt|vertan|verwechselt",
            "sollte|sollten|hatte .. sein",
            "stimmt nicht",
            "nicht richtig|die",
        ],
    ),
    (
        Cue::Rather,
        &[
            "statt|anstatt|anstelle|lieber|sondern|stattdessen|doch",
            "schoner|besser . als|ware|waer",
        ],
    ),
    (
        Cue::Make,
        &[
            "mach*|macht .. daraus|draus|lieber",
            "mach*|macht . es|sie|das . in|zu",
        ],
    ),
    (
        Cue::Order,
        &["bestellung|bestelung|bestellungen|auftrag|bestellte|bestelltes|kauf"],
    ),
    (
        Cue::Parcel,
        &["paket|pakete|packchen|lieferung|sendung|ware|zustellung|sachen"],
    ),
    (
        Cue::Send,
        &[
            "schick*|send*|liefer*|zustell*|geschickt|geliefert|gesendet|bringen|gehen|geht|soll|hin",
        ],
    ),
    (
        Cue::Place,
        &[
            "adresse|lieferadresse|anschrift|adrese|buro|arbeit|hause|nachbarn|wohnung",
            "nach|in|an hamburg|berlin|munchen|koln|mein|meine|meinen|unser",
        ],
    ),
    (
        Cue::Pay,
        &["bezahl*|zahl*|abbuch*|abgebucht|belast*|abrechn*|begleich*|laufen|zahlung*|verrechn*"],
    ),
    (
        Cue::Method,
        &[
            "paypal|visa|mastercard|kreditkarte|karte|geschenkkarte|gutschein|gutscheinkarte|uberweisung",
        ],
    ),
    (
        Cue::Underway,
        &[
            "ist|sind|schon|geht|ging|war . raus",
            "unterwegs|verschickt|=versandt|versendet|losgeschickt|abgeschickt|rausgegangen|zugestellt",
            "auf dem weg",
            "aufm|ufm|am weg",
            "angekommen|ankommt|ankommen|eingetroffen",
            "schon . da|fertig|gepackt",
        ],
    ),
    (
        Cue::Where,
        &["wo|wohin", "verbleib|verbleibt|steckt|bleibt|bleiben"],
    ),
    (Cue::When, &["wann|bis wann|wie lange"]),
    (
        Cue::Late,
        &[
            "verspat*|uberfallig|verloren|vermisse",
            "warte . auf|schon|seit|noch|immer",
            "immer noch|nicht|nichts",
            "noch . nicht|nichts|immer|kein|keine",
            "nicht . da|gekommen|angekommen|erhalten",
            "langst|seit . tagen|wochen|woche",
        ],
    ),
    (
        Cue::Mine,
        &["mein|meine|meinen|meiner|meines|meinem|unser|unsere|unseren"],
    ),
    (
        Cue::Cart,
        &["warenkorb|korb|einkaufswagen|wagen|einkaufskorb|tute|warnkorb"],
    ),
    (
        Cue::Show,
        &[
            "zeig*|sehen|ansehen|anschauen|was|anzeigen|wieviel|drin|liegt",
            "wie viel",
        ],
    ),
    (
        Cue::Take,
        &[
            "leg*|pack*|tu|tue|tun|steck*|nimm|nehm*|nehme|gib|gern|gerne|mochte|will|hatte|hatt|brauche|rein|hinein|dazu|bitte|ein|eine|einen|zwei|drei",
        ],
    ),
    (
        Cue::Remove,
        &["raus|heraus|weg|entfern*|losch*|leer*|ohne|streich*"],
    ),
    (
        Cue::Till,
        &[
            "kasse|kase|kassa|bezahlen|checkout",
            "jetz|jetzt . zahlen|bestellen|kaufen",
        ],
    ),
    (
        Cue::Finish,
        &[
            "verbindlich bestellen",
            "bestell|bestelle|bestellen . das|es|alles|so|jetzt|bitte|verbindlich",
            "das|alles|so|jetzt|nun|dann . bestellen|kaufen|abschicken",
            "abschicken|abschliessen|aufgeben|absenden . bestellung",
            "bestellung . abschicken|abschliessen|aufgeben|absenden",
        ],
    ),
    (
        Cue::Code,
        &["code|gutscheincode|rabatt|rabattcode|gutschein|coupon|aktionscode"],
    ),
    (
        Cue::Size,
        &[
            "grosse|groesse|farbe|fabre|duft|variante|s|m|l|xl|klein|gross|=kleiner|grosser|rot|blau|grun|weiss|schwarz|grau|natur|cm",
        ],
    ),
    (
        Cue::Look,
        &[
            "schau*|sieh|sehen|nachsehen|nachschauen|prufen|gucken|wissen|sagen|zeig*|stand|status|los",
        ],
    ),
    (
        Cue::Talk,
        &[
            "sprech*|red*|verbind*|durchstell*|weiterleit*|chatten|telefonier*|will|mochte|brauche|lieber|holen|rufen|kontakt*|schreiben",
        ],
    ),
    (
        Cue::Person,
        &[
            "mensch|menschen|person|mitarbeiter|mitarbeiterin|kollege|kollegen|kollegin|berater|chef|kundendienst|kundenservice|ansprechpartner",
            "jemand|jemandem|jemanden . echten|echtem|richtigen|aus|vom",
            "echte|echten|richtige|richtigen . menschen|person|mensch",
        ],
    ),
];

/// What shops are asked about, with the words that policies call it by.
pub(super) const SUBJECTS: &[(&str, &[&str])] = &[
    (
        "delivery",
        &[
            "versandkosten|lieferkosten|versandkostenfrei|portokosten|porto|lieferzeit|lieferzeiten|lieferdauer|versandarten",
            "was|wieviel|viel|teuer|lange|schnell .. versand|lieferung|versant|versenden|liefern|versendung",
            "versand|lieferung .. kostet|kosten|dauert|dauern|kostenlos|gratis",
            "liefert|versendet|liefern|versenden|verschickt|schickt . ihr|sie .. nach|ins|in",
            "kostenlos*|gratis . versand|lieferung|liefern",
        ],
    ),
    (
        "warranty",
        &[
            "garantie*|gewahrleistung|garantiezeit",
            "in . scherben|stucken|einzelteilen",
            "=scherben|zersprungen|abgebrochen",
            "kaputt|defekt|beschadigt|gerissen|=riss|=bruch|zerbrochen|=mangel",
        ],
    ),
    (
        "opening hours",
        &[
            "offnungszeit*",
            "wann .. offen|geoffnet|offfen|auf|zu|ofen",
            "habt|haben|hat . ihr|sie .. offen|geoffnet|offfen",
            "samstag*|sonntag*|feiertag* . offen|geoffnet|auf|offfen",
            "bis|ab|um wann|wie|welche .. uhr|uhrzeit .. antwort*|erreichbar|jemand|da|besetzt",
            "wann .. jemand . da|erreichbar|besetzt",
        ],
    ),
    ("password", &["passwort|kennwort|password"]),
    (
        "account order",
        &[
            "konto|kundenkonto|account . notig|brauche|brauch|anlegen|erstellen|noetig",
            "ohne . konto|kundenkonto|registrierung|anmeldung",
            "als gast",
        ],
    ),
    ("engrave ring", &["gravier*|gravur*"]),
    ("nickel", &["nickel*"]),
    (
        "wrap gift",
        &[
            "pack*|packt|wickel*|schlag* .. ein$",
            "pack*|packt|wickel* .. ein und|als",
            "einpack*|einpaken|verpack*|geschenkverpackung|geschenkpapier|einwickeln",
            "als geschenk . ein|verpackt|einpacken",
        ],
    ),
    (
        "payment",
        &[
            "welche .. zahlungsarten|zahlungsmethoden|zahlungsmittel|bezahlmoglichkeiten",
            "wie kann ich . bezahlen|zahlen",
            "auf|per|mit rechnung|raten|klarna|lastschrift|vorkasse|nachnahme . zahlen|bezahlen|bestellen",
            "kann . man|ich . mit|per|auf . bezahlen|zahlen",
            "ratenzahlung|klarna|vorkasse|rechnungskauf",
            "auf|per rechnung|raten|nachnahme|lastschrift",
        ],
    ),
    ("invoice", &["rechnung*|quittung*|beleg"]),
    (
        "refunds",
        &[
            "wie lange|wann .. erstatt*|ruckerstattung|rueckerstatung|ruckerstatung|geld|gutschrift",
            "ruckerstattung|rueckerstatung|erstattung .. dauert|dauern|lange",
        ],
    ),
    (
        "dishwasher",
        &["spulmaschine*|geschirrspuler|mikrowelle*|backofen|spulmaschienen*"],
    ),
    (
        "wash",
        &[
            "=waschen|gewaschen|waschbar|waschmaschine|waschgang|waschanleitung|handwasche|reinig*|pflege*|putzen|bugeln|trockner",
        ],
    ),
    (
        "assembled",
        &["aufbau*|aufgebaut|montage|montier*|zusammenbau*|zusammengebaut|zusammenschraub*"],
    ),
    ("track order", &["wie .. verfolgen|nachverfolgen|tracken"]),
    (
        "price drops",
        &[
            "preisgarantie|tiefpreis*|bestpreis*",
            "preis . gesunken|sinkt|gefallen",
            "gunstiger|billiger|reduziert . geworden",
            "differenz .. zuruck|erstatt*",
        ],
    ),
    ("customs duties", &["zoll|zollgebuhren|einfuhr*"]),
    (
        "which size choose",
        &[
            "welche grosse . soll|brauche|nehme|passt|ist",
            "grossentabelle|grossenberatung",
            "fallt|fallen . gross|klein|aus",
        ],
    ),
    (
        "gift card",
        &[
            "guthaben . geschenkkarte|gutschein|karte|noch",
            "wie viel|wieviel .. geschenkkarte|gutschein|guthaben",
        ],
    ),
    ("pick up store", &["abholen|abholung|selbstabhol*"]),
    (
        "samples",
        &["muster*|stoffmuster|stoffprobe*|holzprobe*|probe"],
    ),
    ("newsletter", &["newsletter*"]),
    (
        "contact",
        &["telefon*|rufnummer|hotline|kontakt*|erreiche*"],
    ),
    (
        "privacy",
        &["datenschutz*|dsgvo|personliche daten|meine daten"],
    ),
    (
        "sustainability",
        &["nachhaltig*|umwelt*|okologisch*|fair|vegan"],
    ),
    (
        "businesses",
        &[
            "pension|gastehaus|restaurant . betreib*|fuhr*",
            "firmenkunde*|geschaftskunde*|grosshandel|hotel|firma|gewerblich*",
        ],
    ),
    (
        "returns",
        &[
            "wie lange|wann .. zuruckgeben|zuruckschicken|zurucksenden|ruckgabe|retour*",
            "ruckgaberecht|ruckgabefrist|widerrufsfrist|widerrufsrecht|umtauschrecht|ruckgabebedingungen",
        ],
    ),
    (
        "cancelling",
        &["bis wann .. storn*|andern", "wie lange .. storn*|andern"],
    ),
    (
        "back in stock",
        &["wieder . da|vorratig|lieferbar|erhaltlich|verfugbar|rein"],
    ),
    (
        "old furniture",
        &[
            "alte|alten|altes . mobel|sofa|matratze . mit|entsorg*|abhol*|nehmen",
            "nehmen|nimmt|nehmt .. alte|alten|altes .. mit",
            "entsorg*|altmobel*",
        ],
    ),
    (
        "try mattress",
        &[
            "matratze . probe*|testen|ausprobieren|probieren",
            "probeschlaf*|probeliegen",
        ],
    ),
];
