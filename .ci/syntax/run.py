"""Runs the scripts of package match/syntax in engines and compares the answers with those of the library.

    python run.py FOLDER ENGINE...

internal/syntaxcases writes FOLDER. Prints how many answers it compared for each engine and question. Exits with
status 1 if an answer differs, or if an engine does not look up codes by equality.
"""

import collections
import contextlib
import csv
import sys
import time
from pathlib import Path

import engines

WHATS = ("flags", "hits", "people", "counts")
PLANS = 12  # the number of cases whose query plans are checked
csv.field_size_limit(1 << 30)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def text(value):
    """Returns a value of a result in the form in which the library writes it to a file."""
    return "" if value is None else str(value)


def script(folder, name):
    """Returns a script, or "" if there is none."""
    path = folder / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def answers(what, header, rows):
    """Counts the answers in a result: in flags, one for each appointment and list; otherwise, one for each row."""
    if what != "flags":
        return len(rows)
    return len(rows) * (len(header) - 1)


def differences(want, got):
    """Returns the rows that are only in `want`, and the rows that are only in `got`. Repeated rows count separately."""
    want, got = collections.Counter(map(tuple, want)), collections.Counter(map(tuple, got))
    return list((want - got).elements()), list((got - want).elements())


def check(folder, engine, what):
    """Asks one question about one case. Returns the number of answers and how many differ."""
    want = read(folder / f"{what}.csv")
    names, rows = engine.ask(script(folder, f"{what}.{engine.name}"), script(folder, f"{what}.codes.{engine.name}"))
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


def check_plan(folder, engine, what):
    """Returns 1 if the engine does not look up codes by equality, otherwise 0."""
    fault = engine.fault(script(folder, f"{what}.{engine.name}"), what)
    if fault:
        print(f"{folder.name} {engine.name} {what}: {fault}")
    return 1 if fault else 0


def run(name, cases):
    """Asks an engine all questions about all cases. Returns the number of answers that differ."""
    began = time.monotonic()
    with contextlib.closing(engines.ENGINES[name]()) as engine:
        return ask(engine, cases, began)


def ask(engine, cases, began):
    counts, wrong, rows = collections.Counter(), collections.Counter(), 0
    for i, case in enumerate(cases):
        table = read(case / "rows.csv")
        # Every third case has empty strings for the empty fields of the file; the others have NULL.
        nothing = "" if i % 3 == 0 else None
        engine.load(table[0], [[value or nothing for value in row] for row in table[1:]])
        rows += len(table) - 1
        for what in WHATS:
            n, bad = check(case, engine, what)
            counts[what] += n
            wrong[what] += bad
            if i < PLANS and getattr(engine, "fault", None):
                wrong["plans"] += check_plan(case, engine, what)
    summary = ", ".join(f"{what} {counts[what]} ({wrong[what]} wrong)" for what in WHATS)
    seconds = time.monotonic() - began
    print(f"{engine.name} {engine.version()}: {rows} appointments, {summary}, {seconds:.0f} s", flush=True)
    return wrong.total()


def main():
    cases = sorted(Path(sys.argv[1]).iterdir())
    sys.exit(1 if sum([run(name, cases) for name in sys.argv[2:]]) else 0)


main()
