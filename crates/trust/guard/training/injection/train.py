"""Trains the weights of the injection model and measures them.

    python3 train.py OUT ../../src/injection/weights.bin [--choose]

OUT is the folder of `collect.py`, with the features that
`PARLOUR_INJECTION_TEXTS=OUT/texts.jsonl cargo test -p parlour-guard features_for_training -- --ignored` wrote.
Logistic regression over binary features, each row of unit length; of a long text every piece is a row in
training, and the surest piece is its score. Weights are rounded to one byte.
"""

import json
import sys

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

BUCKETS = 1 << 17
# `INJECTION_THRESHOLD` of the program.
THRESHOLD = 0.85


def main():
    folder, target = sys.argv[1], sys.argv[2]
    about = [json.loads(line) for line in open(f"{folder}/rows.jsonl")]
    indices, starts, owner, points = [], [0], [], []
    for number, line in enumerate(open(f"{folder}/texts.jsonl.features")):
        pieces, rules = line.rstrip("\n").split("\t")
        points.append([int(point) for point in rules.split()])
        for piece in pieces.split(";"):
            found = [int(bucket) for bucket in piece.split()]
            indices.extend(found)
            starts.append(len(indices))
            owner.append(number)
    assert len(points) == len(about)
    owner = numpy.array(owner)
    lengths = numpy.diff(starts)
    data = numpy.repeat(1 / numpy.sqrt(numpy.maximum(lengths, 1)), lengths)
    matrix = csr_matrix((data, indices, starts), shape=(len(owner), BUCKETS))
    label = numpy.array([row["label"] for row in about])
    part = numpy.array([row["part"] for row in about])
    source = numpy.array([row["source"] for row in about])
    shop = numpy.char.startswith(source, "shop/")

    # All the pieces of a text weigh as much as one; ordinary shop messages weigh more.
    weight = 1 / numpy.bincount(owner)[owner]
    weight *= numpy.where(shop[owner], 2.0, 1.0)
    # Settings and the threshold are chosen with "train" alone, looking at validation; the weights that are kept have
    # learned from both. Nothing learns from "test".
    learned = ("train",) if "--choose" in sys.argv else ("train", "validation")
    rows = numpy.isin(part[owner], learned)
    model = LogisticRegression(C=6.0, solver="liblinear", max_iter=300, random_state=1)
    model.fit(matrix[rows], label[owner][rows], sample_weight=weight[rows])

    # logit = bias + sum(weight) / sqrt(number): one byte a weight, scale and bias in 256ths.
    values = model.coef_[0]
    step = numpy.quantile(numpy.abs(values[values != 0]), 0.9995) / 127
    rounded = numpy.clip(numpy.round(values / step), -127, 127).astype(numpy.int8)
    scale = int(round(step * 256 * 256))
    bias = int(round(model.intercept_[0] * 256))
    with open(target, "wb") as out:
        out.write(numpy.array([bias, scale], dtype="<i4").tobytes())
        out.write(rounded.tobytes())

    logits = bias / 256 + (matrix @ rounded.astype(float)) * scale / 65536
    best = numpy.full(len(about), -99.0)
    numpy.maximum.at(best, owner, logits)
    chance = 1 / (1 + numpy.exp(-best))
    left = numpy.array([numpy.prod([1 - point / 1000 for point in found]) for found in points])
    both = 1 - (1 - chance) * left

    print("texts", {name: int((part == name).sum()) for name in ("train", "validation", "test")})
    print("scale", scale, "bias", bias, "not zero", int((rounded != 0).sum()))
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9):
        told = []
        for name in ("validation", "test"):
            told.append(f"{name}: shop flagged {100 * (both[shop & (part == name)] >= threshold).mean():.3f} %")
            attack = (label == 1) & (part == name)
            told.append(f"caught {100 * (both[attack] >= threshold).mean():.1f} %")
        print(threshold, "; ".join(told))
    test = part == "test"
    for name, score in (("model", chance), ("rules and model", both)):
        print(name, "AUC test", round(roc_auc_score(label[test], score[test]), 4))
        print(name, "AUC test without shop", round(roc_auc_score(label[test & ~shop], score[test & ~shop]), 4))
        mask = test & (shop | (label == 1))
        print(name, "AUC attacks against shop messages", round(roc_auc_score(label[mask], score[mask]), 4))
    for name in sorted(set(source[test])):
        here = test & (source == name)
        flagged = both[here] >= THRESHOLD
        attacks = label[here] == 1
        print(f"{name:36} ordinary {int((flagged & ~attacks).sum())} of {int((~attacks).sum())};", f"attacks {int((flagged & attacks).sum())} of {int(attacks.sum())}")
    texts = [json.loads(line) for line in open(f"{folder}/texts.jsonl")]
    for index in numpy.flatnonzero(test & shop & (both >= 0.6)):
        print(round(float(both[index]), 2), round(float(chance[index]), 2), repr(texts[index][:160]))
    missed = numpy.flatnonzero(test & (label == 1) & (both < THRESHOLD))
    for index in numpy.random.default_rng(1).choice(missed, min(40, len(missed)), replace=False):
        print("missed", source[index], round(float(both[index]), 2), repr(texts[index][:140]))


main()
