"""Check that the acro package reads a release, and can write it again.

usage: check.py DIR
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import acro
import numpy as np
import pandas as pd
from acro.record import Record, Records, load_records
from acro.table_utils import get_analysis_summary
from acro.version import __version__

# Matches the keys of the records that acro adds when it writes.
ADDED = re.compile("DONT_RELEASE$")


class Unreadable(Exception):
    """A fault of a release."""


def require(holds: object, problem: str) -> None:
    """Raise Unreadable, with a message that states the problem, unless the condition is true."""
    if not holds:
        raise Unreadable(problem)


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Change to a folder, because acro looks in the current folder for files that are not tables."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def check_files(folder: Path, account: dict[str, Any]) -> int:
    """Compare the files with their checksums and return the number of files."""
    present = {path.name for path in folder.iterdir() if path.is_file()}
    sums = {path.name.removesuffix(".txt") for path in (folder / "checksums").iterdir()}
    require(present == sums, f"files and checksums differ: {sorted(present ^ sums)}")
    for name in sorted(present):
        # SACRO's viewer expects a checksum without a line ending.
        stated = (folder / "checksums" / f"{name}.txt").read_text(encoding="ascii")
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        require(stated == digest, f"{name}: the checksum is {digest}, but the file states {stated!r}")
    described = [file["name"] for result in account["results"].values() for file in result["files"]]
    require(len(set(described)) == len(described), "a file belongs to two results")
    rest = {"outputs.json", "results.json", "config.json"}
    require(
        present == set(described) | rest,
        f"described files do not exist, or files are not described: "
        f"{sorted(present ^ (set(described) | rest))}",
    )
    return len(present)


def hidden_cells(table: pd.DataFrame, sign: str) -> list[list[int]]:
    """Return the positions of the cells that hold the sign. Columns count from the second: the first has names."""
    return np.argwhere(table.iloc[:, 1:].astype(str).to_numpy() == sign).tolist()


def check_table(folder: Path, key: str, record: Record, name: str) -> int:
    """Compare the hidden cells of a table with their description and return the number of hidden cells."""
    require(len(record.output) == 1, f"{key}: must have exactly one table")
    loaded = record.output[0]
    require(isinstance(loaded, pd.DataFrame), f"{key}: acro does not read a table")
    # By default, pandas reads names such as NA as missing values; here they are text.
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    require(loaded.shape == table.shape, f"{key}: acro reads a table of another shape")
    sign = f"<{record.properties['threshold']}"
    cells = hidden_cells(table, sign)
    stated = record.sdc["cells"]["threshold"]
    require(cells == stated, f"{key}: {sign} is in cells {cells}, but the record states {stated}")
    require(cells == hidden_cells(loaded, sign), f"{key}: acro reads {sign} in other cells")
    others = [check for check in record.sdc["cells"] if check != "threshold"]
    require(not any(record.sdc["cells"][check] for check in others), f"{key}: other checks failed")
    status, summary = get_analysis_summary(record.sdc)
    if cells:
        counted = f"{status}; threshold: {len(cells)} cells suppressed"
        require(status == record.status, f"{key}: acro finds {status}, not {record.status}")
        require(summary.startswith(counted), f"{key}: acro finds {summary!r}, not {counted!r}")
    if record.outcome.empty:
        return len(cells)
    outcome = record.outcome
    require(outcome.shape == (table.shape[0], table.shape[1] - 1), f"{key}: the outcome has different cells")
    require(list(outcome.columns) == list(table.columns[1:]), f"{key}: the outcome has different measures")
    require(list(outcome.index) == list(table.iloc[:, 0]), f"{key}: the outcome has different rows")
    failed = np.argwhere(outcome.to_numpy() != "ok").tolist()
    require(failed == cells, f"{key}: the outcome names cells {failed}, not {cells}")
    return len(cells)


def check_record(key: str, record: Record) -> None:
    """Check the fields that every result has."""
    require(record.uid == key, f"{key}: its uid is {record.uid}")
    require(record.status in ("pass", "review", "fail"), f"{key}: its status is {record.status}")
    require(record.exception or record.status == "pass", f"{key}: no exception is requested")
    require(record.comments, f"{key}: no comments")
    require(datetime.fromisoformat(record.timestamp).tzinfo, f"{key}: its time has no zone")


def rewrite(folder: Path, into: Path, kind: str) -> Records:
    """Write the records to a folder, as an output checker's session does."""
    session = acro.ACRO(suppress=True)
    session.results = load_records(str(folder))
    with inside(folder):
        written = session.finalise(str(into), kind, interactive=True)
    require(written is not None, f"acro does not write the records as {kind}")
    return session.results


def check_rewritten(folder: Path, records: Records) -> None:
    """Write the records with acro, read them again and compare."""
    with tempfile.TemporaryDirectory() as temp:
        fresh = Path(temp) / "json"
        rewrite(folder, fresh, "json")
        again = load_records(str(fresh)).results
        keys = [key for key in again if not ADDED.search(key)]
        require(keys == list(records.results), f"acro writes different results: {keys}")
        for key, record in records.results.items():
            for field in ("status", "summary", "sdc", "exception", "comments", "command"):
                before, after = getattr(record, field), getattr(again[key], field)
                require(before == after, f"{key}: acro writes a different {field}")
        rewrite(folder, Path(temp) / "xlsx", "xlsx")
        require((Path(temp) / "xlsx" / "results.xlsx").exists(), "acro writes no spreadsheet")


def check(folder: Path) -> str:
    """Check a release and return a summary of what acro read."""
    require((folder / "results.json").exists(), f"{folder}: no results.json")
    outputs, results = ((folder / name).read_bytes() for name in ("outputs.json", "results.json"))
    require(outputs == results, "outputs.json and results.json differ")
    require(outputs.isascii(), "outputs.json is not ASCII, but the viewer does not set an encoding")
    account = json.loads(outputs)
    files = check_files(folder, account)
    records = load_records(str(folder))
    hidden = {}
    for key, record in records.results.items():
        check_record(key, record)
        if record.output_type == "table":
            name = account["results"][key]["files"][0]["name"]
            hidden[key] = check_table(folder, key, record, name)
    total = hidden.pop("tables", 0)
    hidden.pop("compared", 0)  # this table repeats numbers of the other tables
    require(
        total == sum(hidden.values()),
        f"tables.csv has {total} hidden cells, but the separate tables have {sum(hidden.values())}",
    )
    check_rewritten(folder, records)
    return f"acro {__version__} read {len(records.results)} results, {files} files"


def main(args: list[str]) -> int:
    """Check the release that the command line names."""
    if len(args) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    logging.disable(logging.ERROR)  # acro logs each step
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            line = check(Path(args[0]).resolve())
    except Unreadable as problem:
        print(f"check.py: {problem}", file=sys.stderr)
        return 1
    except Exception as problem:  # any exception from acro or pandas is a fault of the release
        print(f"check.py: acro fails: {type(problem).__name__}: {problem}", file=sys.stderr)
        return 1
    print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
