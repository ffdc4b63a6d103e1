#!/usr/bin/env python3
"""Fails if one of the sets is not what its script makes, or if a line is not what README.md says."""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
SETS = ["ordinary", "disguised", "ordinary_many", "shop_numbers"]
LEAST = {"ordinary": 700, "disguised": 400, "ordinary_many": 4000, "shop_numbers": 10000}


def main():
    for name in SETS:
        made = subprocess.run([sys.executable, HERE / f"{name}.py", "--check"], capture_output=True, text=True)
        if made.returncode != 0:
            raise SystemExit(made.stderr)
        lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
        if len(lines) < LEAST[name]:
            raise SystemExit(f"{name}.jsonl has {len(lines)} lines, fewer than {LEAST[name]}")
        texts = set()
        for at, line in enumerate(lines, 1):
            row = json.loads(line)
            where = f"{name}.jsonl, line {at}"
            if row["text"] in texts:
                raise SystemExit(f"{where}: twice")
            texts.add(row["text"])
            spans = [span[:2] for span in row.get("spans", [])]
            if "number" in row:
                spans.append(row["number"])
            last = 0
            for start, end in sorted(spans):
                inner = row["text"][start:end]
                if not last <= start < end <= len(row["text"]) or inner != inner.strip():
                    raise SystemExit(f"{where}: no span at {start}..{end}")
                last = end
        print(f"{name}: {len(lines)} lines hold")


if __name__ == "__main__":
    main()
