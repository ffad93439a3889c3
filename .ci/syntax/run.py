"""Holds what engines answer to the scripts of package match/syntax against what the library answers.

    python run.py FOLDER ENGINE...

FOLDER is what internal/syntaxcases writes. Prints how many answers of each engine and question were compared, and
ends with 1 if one differs.
"""

import collections
import csv
import sys
from pathlib import Path

import engines

WHATS = ("flags", "hits", "people", "counts")
csv.field_size_limit(1 << 30)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def text(value):
    """Returns a value of a result as the library's file has it."""
    return "" if value is None else str(value)


def answers(what, header, rows):
    """Counts the answers of a result: one for each appointment and list, or for each row."""
    if what != "flags":
        return len(rows)
    return len(rows) * (len(header) - 1)


def differences(want, got):
    """Returns the rows that only one side has, as often as it has more of them."""
    want, got = collections.Counter(map(tuple, want)), collections.Counter(map(tuple, got))
    return list((want - got).elements()), list((got - want).elements())


def check(folder, engine, what):
    """Asks one question of one case. Returns how many answers it has and how many differ."""
    want = read(folder / f"{what}.csv")
    names, rows = engine.ask((folder / f"{what}.{engine.name}").read_text(encoding="utf-8"))
    got = [tuple(map(text, row)) for row in rows]
    if list(names) != want[0]:
        print(f"{folder.name} {engine.name} {what}: columns {names}, not {want[0]}")
        return answers(what, want[0], got), max(1, len(got))
    missing, extra = differences(want[1:], got)
    if missing or extra:
        print(f"{folder.name} {engine.name} {what}: {len(missing)} rows missing, {len(extra)} too many")
        for side, row in [("-", r) for r in missing[:3]] + [("+", r) for r in extra[:3]]:
            print("   ", side, row)
    return answers(what, want[0], want[1:]), max(len(missing), len(extra))


def main():
    folder, chosen = Path(sys.argv[1]), sys.argv[2:]
    counts, wrong = collections.Counter(), collections.Counter()
    for name in chosen:
        engine = engines.ENGINES[name]()
        for case in sorted(folder.iterdir()):
            table = read(case / "rows.csv")
            # A database has NULL, or an empty text, where a file has nothing.
            nothing = "" if int(case.name[-4:]) % 3 == 0 else None
            engine.load(table[0], [[value or nothing for value in row] for row in table[1:]])
            for what in WHATS:
                n, bad = check(case, engine, what)
                counts[name, what] += n
                wrong[name, what] += bad
        print(name, engine.version(), ", ".join(f"{w} {counts[name, w]} ({wrong[name, w]} wrong)" for w in WHATS), flush=True)
        engine.close()
    sys.exit(1 if wrong.total() else 0)


main()
