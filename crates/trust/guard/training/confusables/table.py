"""Writes src/confusables/table.txt: which characters look like ASCII letters and digits.

The source is Unicode's confusables.txt (Unicode licence V3, https://www.unicode.org/license.txt,
https://www.unicode.org/Public/security/latest/confusables.txt). Kept is what stands outside ASCII and
whose prototype, put into lower case and without its marks, consists of ASCII letters and digits only; added are
the letters and digits that are ASCII ones with marks, circles or another style. One line each prototype:
the prototype, a space, and the characters that look like it. Prototypes that the table itself confuses
(a small L for the digit one) stay letters here; the look-alikes inside ASCII are the program's own.

    python3 table.py confusables.txt > ../../src/confusables/table.txt
"""

import sys
import unicodedata


def rows(path):
    with open(path, encoding="utf-8-sig") as lines:
        for line in lines:
            parts = [part.strip() for part in line.split("#")[0].split(";")]
            if len(parts) < 2 or " " in parts[0]:
                continue
            target = "".join(chr(int(code, 16)) for code in parts[1].split())
            yield chr(int(parts[0], 16)), target


def main():
    groups = {}
    for source, target in rows(sys.argv[1]):
        plain = "".join(c for c in unicodedata.normalize("NFD", target) if not unicodedata.combining(c)).lower()
        if source.isascii() or not plain or not plain.isascii() or not plain.isalnum() or len(plain) > 3:
            continue
        groups.setdefault(plain, set()).add(source)
    known = set().union(*groups.values())
    for code in range(0x80, 0x20000):
        character = chr(code)
        parts = unicodedata.normalize("NFKD", character)
        plain = "".join(c for c in parts if not unicodedata.combining(c)).lower()
        if character not in known and len(plain) == 1 and plain.isascii() and plain.isalnum():
            groups.setdefault(plain, set()).add(character)
    for target in sorted(groups):
        print(target, "".join(sorted(groups[target])))


main()
