"""Ordinary shop messages out of templates. The same seed makes the same messages."""

import random
import re

import shop_templates as of


def filled(text, language, rng):
    def slot(found):
        words = of.SLOTS.get(language, {}).get(found.group(1)) or of.SLOTS["en"][found.group(1)]
        return rng.choice(words)

    return re.sub(r"\{(\w+)\}", slot, text)


def typed(text, rng):
    """As people type: sometimes small, sometimes loud, sometimes with a slip."""
    chance = rng.random()
    if chance < 0.12:
        return text.lower()
    if chance < 0.15:
        return text.upper()
    if chance < 0.25 and len(text) > 8:
        at = rng.randrange(1, len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if chance < 0.30:
        return text.rstrip(".?!")
    return text


def messages(split, number, seed):
    templates = {"train": of.TRAIN, "validation": of.VALIDATION, "test": of.TEST}[split]
    lines = {language: [line for line in text.split("\n") if line] for language, text in templates.items()}
    rng = random.Random(seed)
    made = []
    while len(made) < number:
        language = rng.choices(list(lines), [4, 2, 1.5, 1.5, 1.2, 1, 1, 1])[0]
        sentences = [filled(rng.choice(lines[language]), language, rng) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))]
        opening = rng.choice(of.OPENINGS[language])
        closing = filled(rng.choice(of.CLOSINGS[language]), language, rng)
        made.append((language, typed(opening + rng.choice([" ", " ", "\n"]).join(sentences) + closing, rng)))
    return made
