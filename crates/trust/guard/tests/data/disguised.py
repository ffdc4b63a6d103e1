#!/usr/bin/env python3
"""Makes disguised.jsonl: personal data written so that a plain pattern misses it.

Frames (whole sentences, below) times values (published test numbers, invented people) times
disguises (disguises.py). Seeded, so the same file comes out every time. The span is what must be
masked: the value as it stands in the disguise, with what was put between its characters, without
mark-up around the whole of it.

usage: disguised.py            write disguised.jsonl
       disguised.py --check    fail if disguised.jsonl is not what this makes
"""
import collections
import json
import pathlib
import random
import sys

import disguises as d
import values

HERE = pathlib.Path(__file__).parent
SEED = 20261127

FRAMES = {
    ("CREDIT_CARD", "en"): [
        "my card is {}, please charge the rest to it",
        "Hi, the number you asked for: {}",
        "Could you use {} instead? The old one is blocked.",
        "{} exp 09/29",
        "I typed {} at the checkout and it said declined, why?",
        "pay with {} thx",
        "The refund should go back on {} please, not on the gift card.",
        "ok so it's {}. did you get that?",
        "Order 100045821 was paid with {} on the 4th.",
        "visa: {}",
    ],
    ("CREDIT_CARD", "de"): [
        "Meine Kartennummer ist {}, bitte buchen Sie davon ab.",
        "Nehmen Sie bitte die hier: {}",
        "Ich habe {} eingegeben und es kam nur ein Fehler.",
        "karte {} gültig bis 08/28",
    ],
    ("CREDIT_CARD", "es"): [
        "Mi tarjeta es {}, cóbrame ahí la diferencia.",
        "He puesto {} y no me deja pagar",
        "apunta: {}",
    ],
    ("CREDIT_CARD", "fr"): [
        "Ma carte : {}, vous pouvez débiter.",
        "J'ai saisi {} et le paiement est refusé",
    ],
    ("CARD_SECURITY_CODE", "en"): [
        "card 4111 1111 1111 1111, 09/29, cvc {}",
        "the three digits on the back are {}",
        "My CVV is {}, does that help?",
        "security code: {}",
    ],
    ("CARD_SECURITY_CODE", "de"): [
        "Die Prüfziffer auf der Karte ist {}",
        "Kartenprüfnummer {} steht hinten drauf",
        "cvc lautet {}",
    ],
    ("CARD_SECURITY_CODE", "es"): [
        "El código de seguridad de la tarjeta es {}",
        "cvv {}",
    ],
    ("PHONE_NUMBER", "en"): [
        "call me on {} after six",
        "My number's {}, text is better.",
        "Phone: {}",
        "If the driver gets lost he can ring {}.",
        "whatsapp {} pls",
    ],
    ("PHONE_NUMBER", "de"): [
        "Rufen Sie mich bitte unter {} an.",
        "Tel. {}, ab 17 Uhr",
        "meine handynummer {} falls was ist",
    ],
    ("PHONE_NUMBER", "es"): ["Mi móvil es {}, llamadme por la tarde.", "Teléfono {}"],
    ("PHONE_NUMBER", "fr"): ["Appelez-moi au {} s'il vous plaît.", "mon tel {}"],
    ("EMAIL_ADDRESS", "en"): [
        "write to {} please",
        "My email is {}, the old one bounces.",
        "Send the label to {} and I'll print it at work.",
        "{} is where I want the receipt",
        "account under {}, can't log in",
    ],
    ("EMAIL_ADDRESS", "de"): [
        "Schicken Sie die Rechnung an {} bitte.",
        "Meine Mailadresse: {}",
        "ihr erreicht mich unter {}",
    ],
    ("EMAIL_ADDRESS", "es"): ["Mi correo es {}, gracias.", "mandadlo a {}"],
    ("EMAIL_ADDRESS", "fr"): ["Mon adresse mail : {}", "Écrivez-moi à {} merci"],
    ("IBAN_CODE", "en"): [
        "Please refund to my account {}.",
        "IBAN {}",
        "my bank details are {}, name as on the order",
    ],
    ("IBAN_CODE", "de"): [
        "Bitte überweisen Sie auf {}.",
        "IBAN: {}",
        "das Konto ist {}, danke",
    ],
    ("IBAN_CODE", "es"): ["Haced el reembolso en {}", "mi cuenta es {}"],
    ("IBAN_CODE", "fr"): ["Virement sur {} svp"],
    ("US_SSN", "en"): [
        "for the financing form my social is {}",
        "SSN {}",
        "They also asked for my social security number, {}.",
    ],
    ("IP_ADDRESS", "en"): [
        "The firewall blocks me, my IP is {}",
        "I'm connecting from {} and get error 403",
    ],
    ("IP_ADDRESS", "de"): ["Meine IP-Adresse ist {}, bitte entsperren."],
    ("URL", "en"): [
        "I saw it cheaper at {}",
        "My profile is {} if you want to see the room",
        "is {} really your shop?",
    ],
    ("URL", "de"): ["Das Angebot steht auf {}, stimmt das?"],
    ("PERSON", "en"): [
        "My name is {} and I want to return a lamp.",
        "the parcel is for {}",
        "Please put {} on the label",
        "Regards, {}",
    ],
    ("PERSON", "de"): [
        "Ich heiße {} und warte auf mein Paket.",
        "Bitte an {} schicken",
        "Viele Grüße, {}",
    ],
    ("PERSON", "es"): ["Me llamo {} y quiero cambiar la talla."],
    ("PERSON", "fr"): ["Je m'appelle {}, j'ai une question sur ma commande."],
}

# Sentences that no generator would think of. `{TYPE:text}` as in ordinary.source.txt.
BY_HAND = [
    ("words between", "en", "first half is {CREDIT_CARD:4111 1111 and then 1111 1111}, got it?"),
    ("words between", "en", "{CREDIT_CARD:4242 4242, next bit 4242 4242}"),
    ("words between", "de", "also {CREDIT_CARD:5555 5555 und weiter 5555 4444} reicht das"),
    ("words between", "es", "es la {CREDIT_CARD:4012 8888 y luego 8888 1881}"),
    ("numbers spelled out", "en", "it's {CREDIT_CARD:4 one 1 one, 1 1 1 one, eleven eleven, 1111}"),
    ("numbers spelled out", "en", "visa {CREDIT_CARD:forty-two forty-two forty-two forty-two forty-two forty-two forty-two forty-two}"),
    ("numbers spelled out", "en", "{CREDIT_CARD:four, two, four, two; four, two, four, two; four, two, four, two; four, two, four, two} - that one"),
    ("numbers spelled out", "de", "Karte {CREDIT_CARD:zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig}"),
    ("numbers spelled out", "es", "{CREDIT_CARD:cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos}"),
    ("numbers spelled out", "en", "{CREDIT_CARD:5 triple five, quadruple 5, 5555, triple four 4}"),
    ("letters for digits", "en", "the number is {CREDIT_CARD:4lll llll llll llll} with small Ls because the filter ate it"),
    ("letters for digits", "en", "{CREDIT_CARD:51O5 1O51 O51O 51OO} (O is zero)"),
    ("letters for digits", "en", "{CREDIT_CARD:6O11 OOO9 9O13 9424} discover"),
    ("lines", "en", "card:\n{CREDIT_CARD:4111\n1111\n1111\n1111}\nexp 01/30"),
    ("lines", "de", "Karte\n{CREDIT_CARD:5555 5555\n5555 4444}\nDanke"),
    ("quoted lines", "en", "> you wrote: number?\n> {CREDIT_CARD:4111 1111\n> 1111 1111}"),
    ("table", "en", "| a | b | c | d |\n| {CREDIT_CARD:4242 | 4242 | 4242 | 4242} |"),
    ("list", "en", "- {CREDIT_CARD:4111\n- 1111\n- 1111\n- 1111}"),
    ("HTML tags", "en", "<td>{CREDIT_CARD:4012</td><td>8888</td><td>8888</td><td>1881}</td>"),
    ("HTML tags", "en", "it is {CREDIT_CARD:4111<!-- x -->1111<!-- y -->11111111}"),
    ("JSON", "en", 'from the error page: ["{CREDIT_CARD:4111","1111","1111","1111}"]'),
    ("separators", "en", "{CREDIT_CARD:4111/1111/1111/1111} 10-28"),
    ("separators", "en", "{CREDIT_CARD:4111*1111*1111*1111}"),
    ("separators", "en", "{CREDIT_CARD:4111...1111...1111...1111}"),
    ("separators", "en", "{CREDIT_CARD:(4111) (1111) (1111) (1111)}"),
    ("separators", "en", "{CREDIT_CARD:4111 - 1111 - 1111 - 1111}"),
    ("separators", "en", "{CREDIT_CARD:37 82 82 24 63 10 00 5} amex"),
    ("separators", "de", "{CREDIT_CARD:5555·5555·5555·4444} Mastercard"),
    ("separators", "en", "{CREDIT_CARD:4111~1111~1111~1111} dont tell anyone"),
    ("separators", "en", "mc {CREDIT_CARD:5,1,0,5,1,0,5,1,0,5,1,0,5,1,0,0}"),
    ("separators", "en", "{CREDIT_CARD:41-11-11-11-11-11-11-11}"),
    ("glued", "en", "visa{CREDIT_CARD:4111111111111111}exp0929"),
    ("glued", "en", "cardno={CREDIT_CARD:5555555555554444}&exp=0929"),
    ("glued", "de", "Kartennr.{CREDIT_CARD:4012888888881881}gültig09/29"),
    ("numbers spelled out", "en", "cvc is {CARD_SECURITY_CODE:one two three}"),
    ("numbers spelled out", "en", "security code on the back of my visa: {CARD_SECURITY_CODE:seven thirty-seven}"),
    ("numbers spelled out", "de", "Prüfnummer der Karte: {CARD_SECURITY_CODE:eins zwo drei}"),
    ("numbers spelled out", "es", "el cvv es {CARD_SECURITY_CODE:cuatro cinco seis}"),
    ("spaced label", "en", "c v v {CARD_SECURITY_CODE:9 8 7}"),
    ("spaced label", "en", "C.V.C. = {CARD_SECURITY_CODE:4-5-6}"),
    ("spaced label", "en", "the card's c-v-v is {CARD_SECURITY_CODE:321}"),
    ("at and dot", "en", "that is {EMAIL_ADDRESS:anna dot berg at example dot com}"),
    ("at and dot", "en", "{EMAIL_ADDRESS:j.okoro (a) example.org}"),
    ("at and dot", "en", "{EMAIL_ADDRESS:tamsin.roe<at>example<dot>net}"),
    ("at and dot", "en", "{EMAIL_ADDRESS:kofi_m _at_ example _dot_ com}"),
    ("at and dot", "en", "{EMAIL_ADDRESS:lena underscore voss at example dot com} no capitals"),
    ("at and dot", "en", "one word, {EMAIL_ADDRESS:rufus minus t at example dot co dot uk}"),
    ("at and dot", "en", "{EMAIL_ADDRESS:h.petrova AT example DOT org}"),
    ("at and dot", "de", "{EMAIL_ADDRESS:jonas punkt wetter at example punkt de}, alles klein"),
    ("at and dot", "de", "{EMAIL_ADDRESS:thea-lind (ät) example (punkt) org}"),
    ("at and dot", "de", "{EMAIL_ADDRESS:kurt unterstrich ahlers Klammeraffe example Punkt com}"),
    ("at and dot", "de", "erreichbar: {EMAIL_ADDRESS:m.sommer[ät]example[pkt]net}"),
    ("at and dot", "es", "{EMAIL_ADDRESS:lucia punto ferrandiz arroba example punto com}"),
    ("at and dot", "es", "{EMAIL_ADDRESS:mvidal guion bajo rios (arroba) example.org}"),
    ("at and dot", "fr", "{EMAIL_ADDRESS:elodie point marchand arobase example point fr}"),
    ("at and dot", "fr", "{EMAIL_ADDRESS:hugo.perrot [arobase] example [point] com}"),
    ("at and dot", "fr", "{EMAIL_ADDRESS:manon tiret dufour arrobase example point org}"),
    ("at and dot", "it", "{EMAIL_ADDRESS:giulia punto santi chiocciola example punto it}"),
    ("at and dot", "nl", "{EMAIL_ADDRESS:sanne punt dijk apenstaartje example punt nl}"),
    ("at and dot", "pl", "{EMAIL_ADDRESS:hanna kropka wilk małpa example kropka pl}"),
    ("spaces", "en", "{EMAIL_ADDRESS:anna.berg @ example . com}"),
    ("spaces", "en", "{EMAIL_ADDRESS:a n n a @ e x a m p l e . c o m}"),
    ("numbers spelled out", "en", "my number: {PHONE_NUMBER:oh double seven double oh nine double oh one four two}"),
    ("numbers spelled out", "en", "phone: {PHONE_NUMBER:five five five, oh one two three, area code 212}"),
    ("numbers spelled out", "de", "{PHONE_NUMBER:null drei null zwo drei eins zwo fünf vier acht zwo}, am besten abends anrufen"),
    ("numbers spelled out", "es", "llamadme al {PHONE_NUMBER:seis uno dos tres cuatro cinco seis siete ocho}"),
    ("numbers spelled out", "es", "mi móvil: {PHONE_NUMBER:seis doce, treinta y cuatro, cincuenta y seis, setenta y ocho}"),
    ("numbers spelled out", "fr", "appelez au {PHONE_NUMBER:zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre}"),
    ("separators", "en", "{PHONE_NUMBER:0.7.7.0.0.9.0.0.1.4.2} call me"),
    ("separators", "en", "call {PHONE_NUMBER:(0) 7 7 0 0 / 900 / 142}"),
    ("separators", "de", "tel {PHONE_NUMBER:0_3_0 2_3_1_2_5 4_8_2}"),
    ("letters for digits", "en", "call me on {PHONE_NUMBER:O77OO 9OO142}"),
    ("emoji", "en", "📞 {PHONE_NUMBER:0️⃣7️⃣7️⃣0️⃣0️⃣ 9️⃣0️⃣0️⃣1️⃣4️⃣2️⃣}"),
    ("Markdown", "en", "[ring me](tel:{PHONE_NUMBER:+447700900142})"),
    ("Markdown", "en", "[write](mailto:{EMAIL_ADDRESS:anna.berg@example.com})"),
    ("Markdown", "en", "![x](https://example.com/?c={CREDIT_CARD:4111111111111111})"),
    ("Markdown", "en", "```\n{CREDIT_CARD:4111 1111 1111 1111}\n```"),
    ("Markdown", "en", "~~{CREDIT_CARD:5555555555554444}~~ sorry, forget that"),
    ("Markdown", "en", "name: **{PERSON:An**na B**erg}**"),
    ("Markdown", "en", "iban `{IBAN_CODE:GB29 NWBK 6016 1331 9268 19}`"),
    ("lower case", "en", "iban {IBAN_CODE:gb29nwbk60161331926819}"),
    ("lower case", "de", "iban {IBAN_CODE:de89 3704 0044 0532 0130 00}"),
    ("numbers spelled out", "de", "IBAN {IBAN_CODE:D E acht neun drei sieben null vier null null vier vier null fünf drei zwo null eins drei null null null}"),
    ("numbers spelled out", "en", "my social is {US_SSN:five three six, two two, eight seven four one}"),
    ("spaces", "en", "social security {US_SSN:5 3 6 2 2 8 7 4 1}"),
    ("at and dot", "en", "my ip {IP_ADDRESS:192 dot 0 dot 2 dot 17}"),
    ("brackets", "en", "ip is {IP_ADDRESS:198[.]51[.]100[.]23}"),
    ("brackets", "en", "{URL:hxxps://cheap-lamps[.]example[.]com/deal}"),
    ("brackets", "en", "look at {URL:cheap-lamps(dot)example(dot)com}"),
    ("at and dot", "en", "it's on {URL:www dot cheap-lamps dot com slash deal}"),
    ("at and dot", "de", "siehe {URL:www punkt lampen-billig punkt de}"),
]


def national_id_rows():
    frames = {
        "de": ["Meine Steuer-ID ist {}.", "Steueridentifikationsnummer {}"],
        "es": ["Mi DNI es {}", "DNI {} para la factura"],
        "es-nie": ["Mi NIE es {}"],
        "it": ["Il mio codice fiscale è {}", "codice fiscale: {}"],
        "fr": ["Mon numéro de sécurité sociale : {}"],
        "nl": ["Mijn BSN is {}"],
        "pl": ["Mój PESEL to {}"],
        "be": ["Mijn rijksregisternummer is {}"],
        "pt": ["O meu NIF é {}"],
        "uk": ["My national insurance number is {}"],
        "br": ["Meu CPF é {}"],
        "in": ["my Aadhaar number is {}"],
        "ca": ["My SIN is {}"],
    }
    language = {"es-nie": "es", "be": "nl", "uk": "en", "br": "pt", "in": "en", "ca": "en"}
    for country, value in values.NATIONAL_IDS:
        for frame in frames[country]:
            yield language.get(country, country), frame, value


def frame_in(frame, surface, kind, language, name):
    before, after = frame.split("{}")
    inner, outer_before, outer_after = surface
    text = before + outer_before + inner + outer_after + after
    start = len(before) + len(outer_before)
    return {
        "text": text,
        "language": language,
        "disguise": name,
        "spans": [[start, start + len(inner), kind]],
    }


def by_hand():
    for name, language, marked in BY_HAND:
        at = marked.index("{")
        kind, inner = marked[at + 1:marked.rindex("}")].split(":", 1)
        text = marked[:at] + inner + marked[marked.rindex("}") + 1:]
        yield {"text": text, "language": language, "disguise": name,
               "spans": [[at, at + len(inner), kind]]}


def rows():
    source = random.Random(SEED)
    yield from by_hand()
    for kind, per_disguise in d.PLAN.items():
        frames = {language: list(found) for (k, language), found in FRAMES.items() if k == kind}
        turn = collections.Counter()
        for name, disguise, languages in per_disguise:
            for language in languages:
                if language not in frames:
                    continue
                frame = frames[language][turn[language] % len(frames[language])]
                turn[language] += 1
                value = values.pick(kind, source)
                surface = disguise(value, language, source)
                yield frame_in(frame, surface, kind, language, name)
    for at, (language, frame, value) in enumerate(national_id_rows()):
        for step in range(2):
            name, disguise = d.FOR_NATIONAL_IDS[(at * 2 + step) % len(d.FOR_NATIONAL_IDS)]
            yield frame_in(frame, disguise(value, language, source), "NATIONAL_ID", language, name)


def main():
    seen, made, halves = set(), [], random.Random(SEED + 1)
    for row in rows():
        if row["text"] not in seen:
            seen.add(row["text"])
            # Half is for tuning; the other half is looked at when all is done.
            row["set"] = halves.choice(["open", "kept_back"])
            made.append(row)
    body = "".join(json.dumps(row, ensure_ascii=True) + "\n" for row in made)
    target = HERE / "disguised.jsonl"
    if "--check" in sys.argv[1:]:
        if target.read_text("utf-8") != body:
            raise SystemExit("disguised.jsonl is not what disguised.py makes")
    else:
        target.write_text(body, "utf-8")
    print(len(made), dict(collections.Counter(row["spans"][0][2] for row in made)))
    print(dict(collections.Counter(row["disguise"] for row in made)))


if __name__ == "__main__":
    main()
