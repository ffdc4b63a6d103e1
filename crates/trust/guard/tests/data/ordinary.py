#!/usr/bin/env python3
"""Makes ordinary.jsonl from ordinary.source.txt, and checks every label.

The source has one message a line below a heading `== language`. A label is `{TYPE:text}`; the
mark-up is taken away and its place becomes a span in code points, end exclusive. Lines that begin
with `#` are remarks.

usage: ordinary.py            write ordinary.jsonl
       ordinary.py --check    fail if ordinary.jsonl is not what the source says
"""
import collections
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
TYPES = {
    "PERSON", "STREET_ADDRESS", "LOCATION", "ORGANIZATION", "EMAIL_ADDRESS", "PHONE_NUMBER",
    "IBAN_CODE", "DATE_TIME", "AGE", "TITLE", "NRP", "URL", "IP_ADDRESS", "NATIONAL_ID",
    "BANK_ACCOUNT",
}
LABEL = re.compile(r"\{([A-Z_]+):([^{}]+)\}")


def parse(line):
    """The plain text of a marked-up line, and its spans."""
    text, spans, at = "", [], 0
    for found in LABEL.finditer(line):
        text += line[at:found.start()]
        kind, inner = found.groups()
        if kind not in TYPES:
            raise SystemExit(f"unknown type `{kind}` in `{line}`")
        if inner != inner.strip():
            raise SystemExit(f"label with space at its edge in `{line}`")
        spans.append([len(text), len(text) + len(inner), kind])
        text += inner
        at = found.end()
    text += line[at:]
    if "{" in text or "}" in text:
        raise SystemExit(f"mark-up left over in `{line}`")
    return text, spans


def rows():
    language, seen, counts = None, set(), collections.Counter()
    for line in (HERE / "ordinary.source.txt").read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("== "):
            language = line[3:].strip()
            continue
        text, spans = parse(line)
        if text in seen:
            raise SystemExit(f"twice: `{text}`")
        seen.add(text)
        # Labels that were meant but differ from what they show would be found here and nowhere else.
        wanted = [inner for _, inner in LABEL.findall(line)]
        assert [text[start:end] for start, end, _ in spans] == wanted, line
        counts[language] += 1
        # The one half is for tuning; the other is looked at when all is done.
        half = "open" if counts[language] % 2 else "kept_back"
        yield {"text": text, "language": language, "set": half, "spans": spans}


def main():
    made = list(rows())
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    target = HERE / "ordinary.jsonl"
    if "--check" in sys.argv[1:]:
        if target.read_text("utf-8") != body:
            raise SystemExit("ordinary.jsonl is not what ordinary.source.txt says")
    else:
        target.write_text(body, "utf-8")
    personal = {"PERSON", "STREET_ADDRESS", "EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN_CODE", "DATE_TIME",
                "IP_ADDRESS", "NATIONAL_ID", "BANK_ACCOUNT"}
    print(len(made), dict(collections.Counter(row["language"] for row in made)))
    print(dict(collections.Counter(span[2] for row in made for span in row["spans"])))
    print("with personal data:", sum(any(s[2] in personal for s in row["spans"]) for row in made))


if __name__ == "__main__":
    main()
