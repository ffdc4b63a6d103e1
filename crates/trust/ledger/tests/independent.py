#!/usr/bin/env python3
"""Verifies an exported log with nothing but the Python standard library.

    independent.py DIRECTORY VERIFIER-KEY [WITNESSED-CHECKPOINT ...]

Written from the public documents alone, so that it shares neither code nor mistakes with Parlour:

    https://c2sp.org/signed-note        the note, its signature lines, the verifier key
    https://c2sp.org/tlog-checkpoint    origin, size, root
    https://c2sp.org/tlog-tiles         paths, tiles, entry bundles
    RFC 6962 section 2.1                the Merkle tree
    RFC 8032 section 5.1.7              Ed25519 verification

Beyond these, one thing is Parlour's: `checkpoints/sizes` lists the sizes of all checkpoints,
smallest first and the newest included, and `checkpoints/<size>` is each of them.

Exit code 0 and one line on success, 1 and the reason otherwise.
"""

import base64
import binascii
import hashlib
import os
import struct
import sys


class Bad(Exception):
    """The log is not what its key signed."""


# --- Ed25519 (RFC 8032 section 5.1) ---------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if x & 1 != sign else x


def decompress(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(a, b):
    one = (a[1] - a[0]) * (b[1] - b[0]) % P
    two = (a[1] + a[0]) * (b[1] + b[0]) % P
    three = 2 * a[3] * b[3] * D % P
    four = 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def equal(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def ed25519_verifies(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(digest, "little") % L
    return equal(multiply(s, BASE), add(r, multiply(h, a)))


# --- Notes and checkpoints ------------------------------------------------------------------------


def b64(text):
    try:
        decoded = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Bad(f"not base64: {text!r}") from error
    if base64.b64encode(decoded).decode() != text:
        raise Bad(f"not canonical base64: {text!r}")
    return decoded


class VerifierKey:
    def __init__(self, text):
        self.name, key_id, key = text.split("+", 2)
        key = b64(key)
        self.id = hashlib.sha256(self.name.encode() + b"\n" + key).digest()[:4]
        if self.id.hex() != key_id:
            raise Bad("the verifier key's id is not that of its bytes")
        if key[0] != 1 or len(key) != 33:
            raise Bad("the verifier key is not an Ed25519 key")
        self.public = key[1:]


def open_note(note, key):
    """The text of a note that the key signed."""
    note = note.decode("utf-8")
    if any(letter < " " and letter != "\n" for letter in note):
        raise Bad("a note has a control character")
    at = note.rfind("\n\n")
    if at < 0 or not note.endswith("\n"):
        raise Bad("a note is malformed")
    text, verified = note[: at + 1], False
    for line in note[at + 2 : -1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise Bad("a signature line is malformed")
        signature = b64(parts[2])
        if parts[1] != key.name or signature[:4] != key.id:
            continue
        if not ed25519_verifies(key.public, text.encode(), signature[4:]):
            raise Bad("a signature does not fit")
        verified = True
    if not verified:
        raise Bad("a note is not signed by the key")
    return text


def open_checkpoint(note, key):
    lines = open_note(note, key).split("\n")
    if len(lines) < 4 or lines[-1] != "":
        raise Bad("a checkpoint is malformed")
    origin, size, root = lines[0], lines[1], b64(lines[2])
    if origin != key.name:
        raise Bad(f"a checkpoint is of the log {origin!r}")
    if not size.isdecimal() or str(int(size)) != size or len(root) != 32:
        raise Bad("a checkpoint is malformed")
    return int(size), root


# --- The tree -------------------------------------------------------------------------------------


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Complete subtrees as (height, hash), largest first."""

    def __init__(self):
        self.size, self.stack = 0, []

    def append(self, hash_):
        self.size += 1
        height = 0
        while self.stack and self.stack[-1][0] == height:
            hash_ = node_hash(self.stack.pop()[1], hash_)
            height += 1
        self.stack.append((height, hash_))

    def root(self):
        if not self.stack:
            return hashlib.sha256(b"").digest()
        root = self.stack[-1][1]
        for _, left in reversed(self.stack[:-1]):
            root = node_hash(left, root)
        return root


def path_of(directory, kind, number, width):
    digits = str(number)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    parts = ["x" + group for group in groups[:-1]] + [groups[-1]]
    if width < 256:
        parts[-1] += ".p"
        parts.append(str(width))
    return os.path.join(directory, "tile", kind, *parts)


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Bad(f"cannot read {path}: {error.strerror}") from error


def entries_of(bundle, width):
    entries, at = [], 0
    while at < len(bundle):
        if at + 2 > len(bundle):
            raise Bad("an entry bundle is cut off")
        (length,) = struct.unpack_from(">H", bundle, at)
        at += 2
        if at + length > len(bundle):
            raise Bad("an entry bundle is cut off")
        entries.append(bundle[at : at + length])
        at += length
    if len(entries) != width:
        raise Bad("an entry bundle has another number of entries")
    return entries


def verify(directory, key, witnessed):
    size, root = open_checkpoint(read(os.path.join(directory, "checkpoint")), key)
    heads = [(size, root)]
    for line in read(os.path.join(directory, "checkpoints", "sizes")).decode().split():
        head = open_checkpoint(read(os.path.join(directory, "checkpoints", line)), key)
        if head[0] != int(line):
            raise Bad(f"the checkpoint of size {line} says {head[0]}")
        heads.append(head)
    if heads[-1][0] != size:
        raise Bad("the list of sizes does not end with the newest")
    for path in witnessed:
        heads.append(open_checkpoint(read(path), key))
    for head_size, _ in heads:
        if head_size > size:
            raise Bad(f"{head_size} entries were signed but the log ends after {size}")
    heads.sort()

    def check(tree):
        while heads and heads[0][0] == tree.size:
            if heads[0][1] != tree.root():
                raise Bad(f"the entries do not give the signed root of size {tree.size}")
            heads.pop(0)

    tree, level = Tree(), []
    check(tree)
    for number in range((size + 255) // 256):
        width = min(256, size - number * 256)
        bundle = read(path_of(directory, "entries", number, width))
        for entry in entries_of(bundle, width):
            level.append(leaf_hash(entry))
            tree.append(level[-1])
            check(tree)
    if heads:
        raise Bad("a checkpoint was not reached")

    # Every tile, level by level: the hashes it must have follow from the level below.
    height = 0
    while level:
        above = []
        for number in range((len(level) + 255) // 256):
            hashes = level[number * 256 : (number + 1) * 256]
            tile = read(path_of(directory, str(height), number, len(hashes)))
            if tile != b"".join(hashes):
                raise Bad(f"tile {number} of level {height} is not the hashes of what is below it")
            if len(hashes) == 256:
                subtree = Tree()
                for hash_ in hashes:
                    subtree.append(hash_)
                above.append(subtree.root())
        level, height = above, height + 1
    return size, root


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        size, root = verify(arguments[0], VerifierKey(arguments[1]), arguments[2:])
    except (Bad, ValueError) as error:
        print(f"NOT VERIFIED: {error}")
        return 1
    print(f"verified {size} entries, root {base64.b64encode(root).decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
