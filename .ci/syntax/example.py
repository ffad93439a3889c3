"""Runs examples/spark on cases as a user would, and compares its flags with the library's.

    python example.py FOLDER

internal/syntaxcases writes FOLDER.
"""

import collections
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow
import pyarrow.parquet

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "spark" / "run_flags.py"
csv.field_size_limit(1 << 30)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def script(case):
    """Returns the script for Spark. If it has statements that create a table of codes, they come first."""
    codes = case / "flags.codes.spark"
    before = codes.read_text(encoding="utf-8") if codes.exists() else ""
    return before + (case / "flags.spark").read_text(encoding="utf-8")


def check(case, folder):
    """Runs the example on a case. Returns how many rows of flags differ, and how many rows there are."""
    names, *rows = read(case / "rows.csv")
    columns = [pyarrow.array([value or None for value in column], pyarrow.string()) for column in zip(*rows)]
    pyarrow.parquet.write_table(pyarrow.table(columns, names=names), folder / "rows.parquet")
    (folder / "flags.sql").write_text(script(case), encoding="utf-8")
    command = [sys.executable, EXAMPLE, folder / "rows.parquet", folder / "flags.sql", folder / "flags", "appointments"]
    subprocess.run(command, check=True)
    got = pyarrow.parquet.read_table(folder / "flags").to_pylist()
    header, *want = read(case / "flags.csv")
    texts = [tuple("" if row[name] is None else str(row[name]) for name in header) for row in got]
    difference = collections.Counter(map(tuple, want))
    difference.subtract(texts)
    return sum(abs(n) for n in difference.values()), len(want)


def main():
    cases = sorted(Path(sys.argv[1]).iterdir())
    apart = [case for case in cases if (case / "flags.codes.spark").exists()]
    wrong = 0
    for case in cases[:1] + apart[:1]:
        with tempfile.TemporaryDirectory() as folder:
            bad, rows = check(case, Path(folder))
        print(f"examples/spark: {case.name}, {rows} appointments ({bad} wrong)")
        wrong += bad
    sys.exit(1 if wrong else 0)


main()
