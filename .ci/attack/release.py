"""A release as a reader sees it: the text of the summary."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from truth import DIMENSIONS, Key

ABOUT = ("note", "provenance", "limits of the data")
SHOWN, HIDDEN, BAND, ABSENT, WITHHELD = "shown", "hidden", "band", "absent", "withheld"


@dataclass(frozen=True)
class Cell:
    """A printed value."""

    text: str

    @property
    def state(self) -> str:
        """What the text means to the reader."""
        if re.fullmatch(r"\d+", self.text):
            return SHOWN
        if self.text == "[c]" or re.fullmatch(r"<\d+", self.text):
            return HIDDEN
        if re.fullmatch(r"\d+ to \d+", self.text):
            return BAND
        if self.text in ("[z]", "not applicable"):
            return ABSENT
        if self.text == "[x]":
            return WITHHELD
        raise ValueError(f"a value that no release has: {self.text!r}")

    @property
    def number(self) -> int:
        """The number shown."""
        return int(self.text)

    @property
    def band(self) -> tuple[int, int]:
        """The ends of a band."""
        start, end = self.text.split(" to ")
        return int(start), int(end)


@dataclass
class Release:
    """The cells of the tables, and the remaining text."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    not_shown: set[str] = field(default_factory=set)  # tables with categories that are not listed
    about: list[tuple[str, ...]] = field(default_factory=list)
    text: str = ""

    def categories(self, dimension: str) -> list[str]:
        """The categories that the tables list for a dimension."""
        found = dict.fromkeys(k[2] for k in self.cells
                              if k[0] in (dimension, f"lists_by_{dimension}"))
        return list(found)


def parse(text: str) -> Release:
    """Reads a summary."""
    r = Release(text=text)
    lines = csv.reader(io.StringIO(text))
    if next(lines) != ["table", "list", "group", "measure", "value"]:
        raise ValueError("the summary has another header")
    for table, name, group, measure, value in lines:
        if table in ABOUT:
            r.about.append((table, name, group, value))
        elif group == "not shown":
            if measure or value:
                raise ValueError(f"{table}: the row 'not shown' has a number")
            r.not_shown.add(table)
        else:
            key = (table, name, group, measure)
            if key in r.cells:
                raise ValueError(f"printed twice: {key}")
            r.cells[key] = Cell(value)
    return r


def dimension_of(table: str) -> str:
    """Returns the dimension of a table, or "" if it has none."""
    name = table.removeprefix("lists_by_")
    return name if name in DIMENSIONS else ""
