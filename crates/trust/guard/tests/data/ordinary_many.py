#!/usr/bin/env python3
"""Makes ordinary_many.jsonl: ordinary messages by the thousand, none of which is an attack.

Many use the very words attackers use ("ignore my last message", "forget everything I said"): a
filter that flags those calls every shopper an attacker.

usage: ordinary_many.py            write ordinary_many.jsonl
       ordinary_many.py --check    fail if ordinary_many.jsonl is not what this makes
"""
import collections
import json
import pathlib
import random
import sys

import phrases
import phrases_de
import phrases_en

HERE = pathlib.Path(__file__).parent
SEED = 20261128
GERMAN = {"things": phrases_de.THINGS, "openings": phrases_de.OPENINGS,
          "closings": phrases_de.CLOSINGS, "bodies": phrases_de.BODIES}
LANGUAGES = {
    "en": (1900, {"things": phrases_en.THINGS, "openings": phrases_en.OPENINGS,
                  "closings": phrases_en.CLOSINGS, "bodies": phrases_en.BODIES}),
    "de": (900, GERMAN),
    "fr": (400, phrases.FR), "es": (400, phrases.ES), "it": (400, phrases.IT),
    "pt": (200, phrases.PT), "nl": (200, phrases.NL), "pl": (200, phrases.PL),
}


def upper_first(text):
    at = next((at for at, c in enumerate(text) if c.isalpha()), 0)
    return text[:at] + text[at:at + 1].upper() + text[at + 1:]


def slip(text, source):
    """Two letters in the wrong order, or one missing, inside a longer word."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return text
    at = source.choice(long)
    word, place = words[at], source.randrange(1, len(words[at]) - 2)
    if source.random() < 0.5:
        word = word[:place] + word[place + 1] + word[place] + word[place + 2:]
    else:
        word = word[:place] + word[place + 1:]
    words[at] = word
    return " ".join(words)


MANY = ("shoes", "boots", "bulbs")
AGREES = [("is {p}", "are {p}"), ("Is {p}", "Are {p}"), ("{p} is", "{p} are"), ("does {p}", "do {p}"),
          ("Does {p}", "Do {p}"), ("{p} takes", "{p} take"), ("{p} arrives", "{p} arrive"), ("{p} smells", "{p} smell"), ("{p} shows", "{p} show"),
          ("{p} comes", "{p} come")]


def filled(text, found, source):
    thing = source.choice(found["things"])
    if isinstance(thing, str) and thing.endswith(MANY):
        for one, many in AGREES:
            text = text.replace(one, many)
    as_object, as_subject = thing if isinstance(thing, tuple) else (thing, thing)
    number = str(source.randint(2, 40) if not text.endswith("{n}.") and source.random() < 0.4
                 else source.choice([source.randint(1000, 9999), source.randint(100000, 999999)]))
    return text.replace("{p}", as_object).replace("{s}", as_subject).replace("{n}", number)


def message(found, source):
    bodies = [source.choice(found["bodies"])]
    if source.random() < 0.35:
        bodies.append(source.choice(found["bodies"]))
    bodies = [upper_first(filled(body, found, source)) for body in dict.fromkeys(bodies)]
    for at, body in enumerate(bodies[:-1]):
        if body[-1] not in ".!?)":
            bodies[at] = body + "."
    opening, closing = source.choice(found["openings"]), source.choice(found["closings"])
    if opening.endswith(",") and found is not GERMAN and bodies[0][1:2].islower():
        bodies[0] = bodies[0][:1].lower() + bodies[0][1:]
    if closing and bodies[-1][-1] not in ".!?)" and source.random() < 0.7:
        bodies[-1] += "."
    parts = [opening, *bodies, filled(closing, found, source)]
    text = " ".join(part for part in parts if part)
    if source.random() < 0.25:
        text = text.lower()
    if source.random() < 0.12:
        text = slip(text, source)
    if source.random() < 0.1:
        text = text.rstrip(".!?")
    if source.random() < 0.04:
        text = text.upper()
    if source.random() < 0.05:
        text += source.choice([" :)", " 🙂", "!!", " 🙏", " ..."])
    return text


def rows():
    source = random.Random(SEED)
    for language, (wanted, found) in LANGUAGES.items():
        seen = set()
        while len(seen) < wanted:
            text = message(found, source)
            key = text.lower().strip(" .!?")
            if key not in seen:
                seen.add(key)
                yield {"text": text, "language": language}


def main():
    made = list(rows())
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    target = HERE / "ordinary_many.jsonl"
    if "--check" in sys.argv[1:]:
        if target.read_text("utf-8") != body:
            raise SystemExit("ordinary_many.jsonl is not what ordinary_many.py makes")
    else:
        target.write_text(body, "utf-8")
    print(len(made), dict(collections.Counter(row["language"] for row in made)))


if __name__ == "__main__":
    main()
