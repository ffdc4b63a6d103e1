#!/usr/bin/env python3
"""Makes shop_numbers.jsonl: ten thousand order, tracking and article numbers in sentences.

None of them may be masked as a card or as a telephone number. Three in five stand behind a word that
says what they are; the others stand in a sentence that does so, or alone.

`"card_like": true` stands where the digits, or whole groups of them, by chance pass as a card number
(12 to 19 digits, Luhn, an issuer's prefix). One without a label cannot be told from a card, and there
the card wins: a count that leaves those out is said beside the count that does not.

usage: shop_numbers.py            write shop_numbers.jsonl
       shop_numbers.py --check    fail if shop_numbers.jsonl is not what this makes
"""
import collections
import json
import pathlib
import random
import re
import sys

import number_formats as formats
from shop_sentences import ALONE, SENTENCES
from values import luhn

HERE = pathlib.Path(__file__).parent
SEED = 20261129
WANTED = 10_000
KINDS = {"ORDER_NUMBER": formats.ORDERS, "TRACKING_NUMBER": formats.TRACKS, "ARTICLE_NUMBER": formats.ARTICLES}
LANGUAGES = ["en"] * 4 + ["de"] * 3 + ["fr"] * 2 + ["es"] * 2 + ["it"] * 2 + ["pt", "nl", "pl"]
# First and last prefix of an issuer's range, and the lengths it uses.
ISSUERS = [
    ("4", "4", {13, 16, 19}), ("51", "55", {16}), ("2221", "2720", {16}), ("34", "34", {15}), ("37", "37", {15}),
    ("300", "305", {14, 16, 17, 18, 19}), ("3095", "3095", {14}), ("36", "36", {14, 16, 17, 18, 19}),
    ("38", "39", {14, 16, 17, 18, 19}), ("3528", "3589", {16, 17, 18, 19}), ("35", "35", {16}), ("2131", "2131", {15}),
    ("1800", "1800", {15}), ("6011", "6011", {16, 17, 18, 19}), ("644", "659", {16, 17, 18, 19}),
    ("62", "62", {16, 17, 18, 19}), ("81", "82", {16, 17, 18, 19}), ("60", "69", {16}),
    ("50", "50", set(range(12, 20))), ("56", "58", set(range(12, 20))), ("6304", "6304", set(range(12, 20))),
    ("6390", "6390", set(range(12, 20))), ("67", "67", set(range(12, 20))), ("0604", "0604", set(range(12, 20))),
    ("2200", "2205", {16, 17, 18, 19}), ("9792", "9792", {16}), ("8600", "8600", {16}), ("9860", "9860", {16}),
]


def could_be_card(digits):
    issued = any(low <= digits[:len(low)] <= high and len(digits) in lengths for low, high, lengths in ISSUERS)
    return issued and luhn(digits)


def card_like(number):
    """Whether the digits, or whole groups of them side by side, could stand on a card."""
    groups = re.findall(r"\w+", number)
    runs = [groups[first:last + 1] for first in range(len(groups)) for last in range(first, len(groups))]
    return any(could_be_card("".join(run)) for run in runs if all(group.isdigit() for group in run))


def rows():
    source, seen = random.Random(SEED), set()
    while len(seen) < WANTED:
        kind = source.choice(list(KINDS))
        maker = source.choice(KINDS[kind])
        number = maker(source)
        if maker in formats.GROUPED and source.random() < 0.3:
            number = formats.GROUPED[maker](number)
        language = source.choice(LANGUAGES)
        chance = source.random()
        labelled = chance < 0.6
        if labelled:
            frame = source.choice(SENTENCES[kind][language]["label"])
        elif chance < 0.92:
            frame = source.choice(SENTENCES[kind][language]["no label"])
        else:
            frame = source.choice(ALONE)
        if any(word in frame and maker not in known for word, known in formats.NAMED.items()):
            continue
        if source.random() < 0.3:
            frame = frame.lower()
        before, after = frame.split("{}")
        if number.startswith("#") and before.endswith("#"):
            before = before[:-1]
        text = before + number + after
        if text in seen:
            continue
        seen.add(text)
        row = {"text": text, "number": [len(before), len(before) + len(number)], "kind": kind,
               "language": language, "label": labelled}
        if card_like(number):
            row["card_like"] = True
        yield row


def main():
    made = list(rows())
    body = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in made)
    target = HERE / "shop_numbers.jsonl"
    if "--check" in sys.argv[1:]:
        if target.read_text("utf-8") != body:
            raise SystemExit("shop_numbers.jsonl is not what shop_numbers.py makes")
    else:
        target.write_text(body, "utf-8")
    print(len(made), dict(collections.Counter(row["kind"] for row in made)))
    print("like a card:", sum("card_like" in row for row in made),
          "of these without a label:", sum("card_like" in row and not row["label"] for row in made))


if __name__ == "__main__":
    main()
