"""The disguises of disguised.py, and which kind of data wears which.

A disguise takes a value, a language and a source of chance. It answers with what the value looks
like, and with what stands before and behind it and is no part of it.
"""
import base64
import re

ZERO_WIDTH_SPACE, WORD_JOINER, SOFT_HYPHEN = "\u200b", "\u2060", "\u00ad"
NON_JOINER, MARK_LEFT, BYTE_ORDER = "\u200c", "\u200e", "\ufeff"
OVERRIDE, ISOLATE, POP, POP_ISOLATE = "\u202e", "\u2066", "\u202c", "\u2069"
EMBED = "\u202a"


def plain(inner):
    return inner, "", ""


# --- How a number is written -----------------------------------------------------------------

def is_digits(value):
    return value.isdigit()


def groups(value, size=4):
    return [value[at:at + size] for at in range(0, len(value), size)]


def between(mark, size=4):
    """Groups with something between; a value with groups of its own keeps those."""
    def disguise(value, language, source):
        if not is_digits(value) and not value.isalnum():
            return plain(re.sub(r"[ -]", lambda _: mark, value))
        return plain(mark.join(groups(value, size)))
    return disguise


def odd_groups(value, language, source):
    cuts, at = [], 0
    while at < len(value):
        size = source.randint(1, 5)
        cuts.append(value[at:at + size])
        at += size
    return plain(" ".join(cuts))


def mixed_marks(value, language, source):
    marks = [" ", "-", ".", "  ", " - "]
    out = value[0]
    for character in value[1:]:
        out += (source.choice(marks) if source.random() < 0.35 else "") + character
    return plain(out)


def each(mark):
    """Something between any two characters."""
    return lambda value, language, source: plain(mark.join(value))


def digits_from(zero):
    def disguise(value, language, source):
        return plain("".join(chr(zero + int(c)) if c.isascii() and c.isdigit() else c for c in value))
    return disguise


def full_width(value, language, source):
    return plain("".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value))


def full_width_digits(value, language, source):
    return digits_from(0xFF10)(value, language, source)


def keycaps(value, language, source):
    return plain("".join(c + "\ufe0f\u20e3" if c.isdigit() else c for c in value))


def circled(value, language, source):
    return plain("".join("\u24ea" if c == "0" else chr(0x245F + int(c)) if c.isdigit() else c for c in value))


def mixed_scripts(value, language, source):
    zeros = [0x30, 0xFF10, 0x660, 0x966, 0x6F0]
    return plain("".join(chr(source.choice(zeros) + int(c)) if c.isdigit() else c for c in value))


def letters_for_digits(value, language, source):
    return plain(value.replace("0", "O").replace("1", "l"))


# --- What nobody sees ------------------------------------------------------------------------

def tags_between(value, language, source):
    return plain("".join(c + chr(0xE0000 + ord("x")) for c in value[:-1]) + value[-1])


def all_tags(value, language, source):
    return plain("".join(chr(0xE0000 + ord(c)) for c in value))


def scattered(value, language, source):
    hidden = [ZERO_WIDTH_SPACE, WORD_JOINER, SOFT_HYPHEN, NON_JOINER, BYTE_ORDER]
    out = value[0]
    for character in value[1:]:
        out += (source.choice(hidden) if source.random() < 0.5 else "") + character
    return plain(out)


def variation_selectors(value, language, source):
    return plain("\ufe0e".join(value))


def left_marks(value, language, source):
    return plain(MARK_LEFT.join(groups(value, 4)))


def isolates(value, language, source):
    middle = len(value) // 2
    return plain(value[:middle] + ISOLATE + value[middle:] + POP_ISOLATE)


def embedded(value, language, source):
    return value, EMBED, POP


def override_pieces(value, language, source):
    """Controls that change the direction, around every group, in the order they are read."""
    return plain("".join(EMBED + part + POP for part in groups(value, 4)))


# --- Spelled out -----------------------------------------------------------------------------

WORDS = {
    "en": "zero one two three four five six seven eight nine",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
}


def word(digit, language):
    return WORDS[language].split()[int(digit)]


def spelled(value, language, source):
    out = []
    for character in value:
        if character.isdigit():
            out.append(word(character, language))
        elif character == "+":
            out.append({"en": "plus", "de": "plus", "es": "más", "fr": "plus"}[language])
        elif character.isalpha():
            out.append(character)
    return plain(" ".join(out))


def spelled_with_commas(value, language, source):
    inner, _, _ = spelled(value, language, source)
    return plain(", ".join(inner.split()))


def spelled_with_dashes(value, language, source):
    inner, _, _ = spelled(value, language, source)
    return plain("-".join(inner.split()))


def spelled_loudly(value, language, source):
    inner, _, _ = spelled(value, language, source)
    return plain(inner.upper())


def half_spelled(value, language, source):
    return plain(" ".join(word(c, language) if at % 3 == 0 and c.isdigit() else c
                          for at, c in enumerate(c for c in value if c.isalnum())))


def spoken(value, language, source):
    """As people say it: `oh` for zero, `zwo` for two."""
    inner, _, _ = spelled(value, language, source)
    swap = {"en": ("zero", "oh"), "de": ("zwei", "zwo"), "es": ("cero", "cero"), "fr": ("zéro", "zéro")}
    return plain(inner.replace(*swap[language]))


def doubles(value, language, source):
    """`double one`, `triple one`, `quadruple one`; English alone."""
    digits, out, at = [c for c in value if c.isdigit()], [], 0
    while at < len(digits):
        run = 1
        while run < 4 and at + run < len(digits) and digits[at + run] == digits[at]:
            run += 1
        name = {1: "", 2: "double ", 3: "triple ", 4: "quadruple "}[run]
        out.append(name + word(digits[at], "en"))
        at += run
    return plain(" ".join(out))


TENS_EN = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
TEENS_EN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS_DE = "_ _ zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
TEENS_DE = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
TENS_ES = "_ _ veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
TEENS_ES = "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve".split()
TWENTIES_ES = ("veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis "
               "veintisiete veintiocho veintinueve").split()


def pair(tens, ones, language):
    if tens == 0:
        return word(0, language) + " " + word(ones, language)
    if language == "en":
        return TEENS_EN[ones] if tens == 1 else TENS_EN[tens] + ("-" + word(ones, "en") if ones else "")
    if language == "de":
        if tens == 1:
            return TEENS_DE[ones]
        one = "ein" if ones == 1 else word(ones, "de")
        return one + "und" + TENS_DE[tens] if ones else TENS_DE[tens]
    if tens == 1:
        return TEENS_ES[ones]
    if tens == 2:
        return TWENTIES_ES[ones]
    return TENS_ES[tens] + (" y " + word(ones, "es") if ones else "")


def in_pairs(value, language, source):
    digits = [int(c) for c in value if c.isdigit()]
    out = [word(digits.pop(0), language)] if len(digits) % 2 else []
    for at in range(0, len(digits), 2):
        out.append(pair(digits[at], digits[at + 1], language))
    return plain(" ".join(out))


# --- Mark-up and encodings -------------------------------------------------------------------

def wrapped(before, after):
    return lambda value, language, source: (value, before, after)


def joined(mark, size=4):
    """Every group wrapped in mark-up of its own: `**4111** **1111**`."""
    def disguise(value, language, source):
        parts = groups(value, size) if is_digits(value) else re.split(r"(?<=[ .@-])", value)
        inner = (mark + " " + mark).join(parts) if is_digits(value) else (mark + mark).join(parts)
        return inner, mark, mark
    return disguise


def bold_letters(value, language, source):
    """Half of it bold, in the middle of a word."""
    middle = len(value) // 2
    return plain(value[:middle - 2] + "**" + value[middle - 2:middle + 1] + "**" + value[middle + 1:])


def html_tags(value, language, source):
    return "</b><b>".join(groups(value, 4)), "<b>", "</b>"


def spans_of_html(value, language, source):
    return "<i></i>".join(groups(value, 3)), "", ""


def link_text(value, language, source):
    return value, "[", "](https://shop.example.com/)"


def link_target(value, language, source):
    compact = re.sub(r"[ ()]", "", value)
    return compact, "[here](https://shop.example.com/?v=", ")"


def entities(value, language, source):
    return plain("".join(f"&#{ord(c)};" for c in value))


def entities_hex(value, language, source):
    return plain("".join(f"&#x{ord(c):x};" for c in value))


def entities_some(value, language, source):
    return plain("".join(f"&#{ord(c)};" if source.random() < 0.4 or at == 1 else c
                         for at, c in enumerate(value)))


def named_entities(value, language, source):
    names = {"@": "&commat;", ".": "&period;", "-": "&hyphen;", "_": "&lowbar;", "/": "&sol;", ":": "&colon;"}
    return plain("".join(names.get(c, c) for c in value))


def percent(value, language, source):
    return plain("".join(f"%{ord(c):02X}" for c in value))


def percent_some(value, language, source):
    return plain("".join(f"%{ord(c):02x}" if not c.isalnum() or at % 3 == 0 else c
                         for at, c in enumerate(value)))


def base_64(value, language, source):
    return plain(base64.b64encode(value.encode()).decode())


def base_64_for_addresses(value, language, source):
    return plain(base64.urlsafe_b64encode(value.encode()).decode().rstrip("="))


def base_64_of_sentence(value, language, source):
    """The whole sentence is encoded; all of it has to go."""
    return plain(base64.b64encode(f"the number is {value}, thanks".encode()).decode())


# --- Look-alikes -----------------------------------------------------------------------------

CYRILLIC = str.maketrans("aeopcxyiBEKMHOPCTXAj", "аеорсхуіВЕКМНОРСТХАј")
GREEK = str.maketrans("oABEZHIKMNOPTYXv", "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧν")


def cyrillic(value, language, source):
    return plain(value.translate(CYRILLIC))


def greek(value, language, source):
    return plain(value.translate(GREEK))


def mathematical(value, language, source):
    def bold(c):
        if "a" <= c <= "z":
            return chr(0x1D41A + ord(c) - 97)
        if "A" <= c <= "Z":
            return chr(0x1D400 + ord(c) - 65)
        if c.isdigit():
            return chr(0x1D7CE + int(c))
        return c
    return plain("".join(bold(c) for c in value))


# --- Addresses said aloud --------------------------------------------------------------------

SAID = {
    "en": [(" at ", " dot "), (" (at) ", " (dot) "), ("[at]", "[dot]"), (" AT ", " DOT "),
           ("(a)", "."), (" at ", "."), ("{at}", "{dot}"), (" -at- ", " -dot- ")],
    "de": [(" at ", " punkt "), ("(ät)", "(punkt)"), (" ät ", " Punkt "), ("[at]", "[punkt]"),
           (" Klammeraffe ", " Punkt "), ("(at)", ".")],
    "es": [(" arroba ", " punto "), ("(arroba)", "(punto)"), ("[arroba]", "."), ("(a)", ".")],
    "fr": [(" arobase ", " point "), ("[arobase]", "[point]"), ("(arobase)", "."), (" at ", " point ")],
}


def said(which):
    def disguise(value, language, source):
        at, dot = SAID[language][which % len(SAID[language])]
        return plain(value.replace("@", at).replace(".", dot))
    return disguise


def spaced_at(value, language, source):
    return plain(value.replace("@", " @ ").replace(".", " . "))


def wide_at(value, language, source):
    return plain(value.replace("@", "\uff20").replace(".", "\uff0e"))


def ideographic_stop(value, language, source):
    return plain(value.replace(".", "\u3002"))


def brackets(value, language, source):
    return plain(value.replace("https://", "hxxps://").replace("http://", "hxxp://").replace(".", "[.]"))


def round_brackets(value, language, source):
    return plain(value.replace("https://", "").replace("http://", "").replace(".", "(dot)"))


def said_dots(value, language, source):
    dot = {"en": " dot ", "de": " punkt "}[language]
    return plain(value.replace("https://", "").replace("http://", "").replace(".", dot))


ALL = ("en", "de", "es", "fr")
SOME = ("en", "de", "es")
EN = ("en",)

HIDDEN = [
    ("zero-width space", each(ZERO_WIDTH_SPACE), ("en", "de")),
    ("word joiner", each(WORD_JOINER), EN),
    ("soft hyphen", each(SOFT_HYPHEN), ("en", "es")),
    ("hidden characters, scattered", scattered, ("en", "de")),
    ("tag characters between", tags_between, EN),
    ("bidirectional isolates", isolates, EN),
    ("bidirectional embedding", embedded, ("en", "de")),
]
NUMBERS = [
    ("full-width digits", full_width_digits, ("en", "de", "es")),
    ("Arabic-Indic digits", digits_from(0x660), ("en", "fr")),
    ("Persian digits", digits_from(0x6F0), EN),
    ("Devanagari digits", digits_from(0x966), ("en", "de")),
    ("Bengali digits", digits_from(0x9E6), EN),
    ("mathematical digits", mathematical, EN),
    ("digits of several scripts", mixed_scripts, EN),
    ("keycaps", keycaps, EN),
]
MARKED = [
    ("Markdown bold", wrapped("**", "**"), ("en", "de")),
    ("Markdown code", wrapped("`", "`"), EN),
    ("Markdown, link text", link_text, EN),
    ("Markdown, link target", link_target, EN),
    ("HTML entities, decimal", entities, ("en", "de")),
    ("HTML entities, hexadecimal", entities_hex, EN),
    ("HTML entities, some", entities_some, ("en", "es")),
    ("percent-encoding", percent, ("en", "de")),
    ("base64", base_64, ("en", "de")),
]

PLAN = {
    "CREDIT_CARD": [
        ("spaces", between(" "), SOME), ("double spaces", between("  "), EN), ("dots", between("."), ALL),
        ("dashes", between("-"), ALL), ("en dashes", between("\u2013"), EN), ("underscores", between("_"), EN),
        ("no-break spaces", between("\u00a0"), EN), ("thin spaces", between("\u2009"), EN),
        ("commas", between(", "), EN), ("slashes", between("/"), EN), ("lines", between("\n"), ("en", "de")),
        ("a space after every digit", each(" "), ("en", "de", "fr")), ("a dash after every digit", each("-"), EN),
        ("a dot after every digit", each("."), ("en", "es")), ("pairs", between(" ", 2), ("en", "fr")),
        ("threes", between("-", 3), EN), ("odd groups", odd_groups, ("en", "de", "es")),
        ("mixed separators", mixed_marks, ("en", "de", "fr")), ("circled digits", circled, EN),
        ("letters for digits", letters_for_digits, EN), *NUMBERS, *HIDDEN,
        ("wholly in tag characters", all_tags, EN), ("variation selectors", variation_selectors, EN),
        ("left-to-right marks", left_marks, EN), ("embedded groups", override_pieces, EN),
        ("numbers spelled out", spelled, ("en", "de", "es", "en", "de", "es")),
        ("numbers spelled out, commas", spelled_with_commas, SOME),
        ("numbers spelled out, dashes", spelled_with_dashes, EN),
        ("numbers spelled out, capitals", spelled_loudly, EN),
        ("numbers half spelled out", half_spelled, SOME), ("as spoken", spoken, ("en", "de")),
        ("doubles and triples", doubles, ("en", "en")), ("numbers spelled out in pairs", in_pairs, SOME),
        ("Markdown, every group bold", joined("**"), EN), ("Markdown, every group code", joined("`"), EN),
        ("HTML tags", html_tags, EN), ("HTML tags, empty", spans_of_html, EN), *MARKED,
        ("base64 of a sentence", base_64_of_sentence, EN), ("base64, unpadded", base_64_for_addresses, EN),
    ],
    "CARD_SECURITY_CODE": [
        ("spaces", each(" "), SOME), ("dashes", each("-"), EN), ("dots", each("."), ("de",)),
        ("full-width digits", full_width_digits, SOME), ("Arabic-Indic digits", digits_from(0x660), EN),
        ("Devanagari digits", digits_from(0x966), ("de",)), ("zero-width space", each(ZERO_WIDTH_SPACE), SOME),
        ("numbers spelled out", spelled, ("en", "de", "es", "en", "de", "es")),
        ("numbers spelled out, commas", spelled_with_commas, ("en", "de")), ("keycaps", keycaps, EN),
        ("Markdown bold", wrapped("**", "**"), ("en", "es")), ("Markdown code", wrapped("`", "`"), EN),
        ("HTML entities, decimal", entities, ("en", "de")), ("percent-encoding", percent, EN),
        ("tag characters between", tags_between, EN), ("bidirectional embedding", embedded, EN),
    ],
    "PHONE_NUMBER": [
        ("dots", between("."), ALL), ("underscores", between("_"), EN), ("a space after every digit", each(" "), ("en",)),
        ("mixed separators", mixed_marks, ("en", "de")), *NUMBERS, *HIDDEN,
        ("numbers spelled out", spelled, ("en", "de", "es", "en", "de", "es")), ("as spoken", spoken, ("en", "de")),
        ("doubles and triples", doubles, EN), ("numbers half spelled out", half_spelled, ("en", "de")), *MARKED,
    ],
    "EMAIL_ADDRESS": [
        *[("at and dot", said(which), ALL) for which in range(6)],
        ("at and dot", said(6), EN), ("at and dot", said(7), EN),
        ("spaces around at and dot", spaced_at, ("en", "de", "fr")), ("full-width at and dot", wide_at, ("en", "de")),
        ("full-width", full_width, EN), ("ideographic full stop", ideographic_stop, EN),
        ("Cyrillic letters", cyrillic, ("en", "de", "es", "fr")), ("Greek letters", greek, EN),
        ("mathematical letters", mathematical, EN), ("named entities", named_entities, ("en", "de")),
        ("bold in the middle", bold_letters, EN), ("percent-encoding, some", percent_some, ("en", "de")), *HIDDEN, *MARKED,
        ("base64, unpadded", base_64_for_addresses, EN),
    ],
    "IBAN_CODE": [
        ("spaces", between(" "), SOME), ("dots", between("."), ("en", "de")), ("dashes", between("-"), ("en", "fr")),
        ("a space after every digit", each(" "), ("en", "de")), ("odd groups", odd_groups, ("en", "de")),
        ("lower case", lambda v, l, s: plain(" ".join(groups(v.lower()))), ("en", "de", "es")),
        ("full-width", full_width, ("en", "de")), ("full-width digits", full_width_digits, EN),
        ("Arabic-Indic digits", digits_from(0x660), EN), ("Devanagari digits", digits_from(0x966), ("de",)),
        ("Cyrillic letters", cyrillic, ("en", "de", "es")), ("Greek letters", greek, EN), *HIDDEN, *MARKED,
        ("numbers spelled out", spelled, ("en", "de", "es")),
    ],
    "US_SSN": [
        ("spaces", between(" "), EN), ("dots", between("."), EN), ("en dashes", between("\u2013"), EN),
        ("full-width digits", full_width_digits, EN), ("Arabic-Indic digits", digits_from(0x660), EN),
        ("zero-width space", each(ZERO_WIDTH_SPACE), EN), ("tag characters between", tags_between, EN),
        ("numbers spelled out", spelled, EN), ("as spoken", spoken, EN), ("HTML entities, decimal", entities, EN),
        ("percent-encoding", percent, EN), ("base64", base_64, EN), ("Markdown bold", wrapped("**", "**"), EN),
        ("a space after every digit", lambda v, l, s: plain(" ".join(v.replace("-", ""))), EN),
    ],
    "IP_ADDRESS": [
        ("brackets", brackets, ("en", "de")), ("said dots", said_dots, ("en", "de")),
        ("full-width digits", full_width_digits, ("en", "de")), ("full-width", full_width, EN),
        ("zero-width space", each(ZERO_WIDTH_SPACE), EN), ("HTML entities, decimal", entities, EN),
        ("percent-encoding", percent, EN), ("Markdown bold", wrapped("**", "**"), EN),
        ("Devanagari digits", digits_from(0x966), EN), ("base64", base_64, EN),
    ],
    "URL": [
        ("brackets", brackets, ("en", "de")), ("round brackets", round_brackets, EN), ("said dots", said_dots, ("en", "de")),
        ("full-width", full_width, EN), ("ideographic full stop", ideographic_stop, EN),
        ("zero-width space", scattered, EN), ("named entities", named_entities, EN),
        ("Cyrillic letters", cyrillic, EN), ("Markdown code", wrapped("`", "`"), EN), ("percent-encoding, some", percent_some, EN),
        ("base64", base_64, EN),
    ],
    "PERSON": [
        ("zero-width space", each(ZERO_WIDTH_SPACE), ALL), ("hidden characters, scattered", scattered, ALL),
        ("soft hyphen", each(SOFT_HYPHEN), ("en", "de")), ("word joiner", each(WORD_JOINER), ("en", "fr")),
        ("tag characters between", tags_between, ("en", "de")), ("bidirectional embedding", embedded, ("en", "de")),
        ("Cyrillic letters", cyrillic, ("en", "de")), ("full-width", full_width, ("en", "es")),
        ("mathematical letters", mathematical, EN), ("a space after every letter", each(" "), EN),
        ("Markdown bold", wrapped("**", "**"), ("en", "de", "fr")), ("bold in the middle", bold_letters, EN),
        ("HTML entities, decimal", entities, ("en", "es")), ("percent-encoding", percent, EN),
        ("base64", base_64, EN),
    ],
}

def spread(value, language, source):
    """In the groups people write, with a mark that they do not."""
    return plain(source.choice([".", " - ", "_", "/"]).join(groups(value, 3)))


FOR_NATIONAL_IDS = [
    ("a space after every digit", each(" ")), ("full-width digits", full_width_digits),
    ("zero-width space", each(ZERO_WIDTH_SPACE)), ("mixed separators", spread),
    ("HTML entities, decimal", entities), ("Arabic-Indic digits", digits_from(0x660)),
    ("Markdown bold", wrapped("**", "**")), ("hidden characters, scattered", scattered),
    ("odd groups", odd_groups), ("percent-encoding", percent), ("base64", base_64),
]
