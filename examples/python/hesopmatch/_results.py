"""The results of lint and release."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from . import _kinds

_ROWS = {
    "file": "text",
    "list": "text",
    "sheet": "text",
    "line": "int",
    "column": "int",
    "raw": "text",
    "system": "text",
    "code": "text",
    "coverage": "text",
    "term": "text",
    "group": "text",
    "verdict": "text",
    "reason": "text",
    "notes": "text",
    "unknown": "text",
    "advice": "text",
}


class Notice(NamedTuple):
    """A sentence about a list, at the level error, warning or note."""

    level: str
    text: str


class Report:
    """The report of lint on codelists. `json` holds the whole report."""

    def __init__(self, report: dict[str, Any], to: _kinds.Kind | None) -> None:
        self.json = report
        self._to = to

    @property
    def fit(self) -> bool:
        """Whether every list can be used as it is."""
        return all(file["fit"] for file in self.json["files"])

    @property
    def notices(self) -> list[Notice]:
        """The notices about the files. The reason why a file was refused is a notice at the level error."""
        found = []
        for file in self.json["files"]:
            if file.get("refused"):
                found.append(Notice("error", file["refused"]))
            found += [Notice(one["level"], one["text"]) for one in file.get("notices", [])]
        return found

    @property
    def lists(self) -> list[dict[str, Any]]:
        """The lists of the files, with their names, fingerprints and counts."""
        return [{"file": file["file"], **one} for file in self.json["files"] for one in file["lists"]]

    @cached_property
    def rows(self) -> Any:
        """A frame with a row for each row of the files, with its verdict."""
        frames = _kinds.module(_kinds.choose(self._to))
        columns: dict[str, list[Any]] = {name: [] for name in _ROWS}
        for file in self.json["files"]:
            for row in file["rows"]:
                row = {**row, "file": file["file"], "notes": "; ".join(row.get("notes", [])) or None}
                for name, column in columns.items():
                    column.append(row.get(name))
        return frames.make(columns, list(_ROWS.values()))

    def __repr__(self) -> str:
        names = ", ".join(one["name"] for one in self.lists)
        return f"Report({'fit' if self.fit else 'not fit'}: {names})"


class Release:
    """A folder with a page and tables that may leave the environment."""

    def __init__(self, folder: str, to: _kinds.Kind | None) -> None:
        self.folder = Path(folder)
        self._to = to

    @cached_property
    def tables(self) -> dict[str, Any]:
        """The tables by name. All values are text; a suppressed number is a text such as <10."""
        frames = _kinds.module(_kinds.choose(self._to))
        found = {}
        for path in sorted(self.folder.glob("*.csv")):
            with open(path, encoding="utf-8", newline="") as file:
                names = next(csv.reader(file))
            found[path.stem] = frames.read(str(path), names, ["text"] * len(names))
        return found

    def __repr__(self) -> str:
        return f"Release({str(self.folder)!r})"
