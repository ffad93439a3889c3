"""Finds what is wrong with a release, given the data."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from codes import SYSTEMS
from reader import REST, WHOLE, Reader
from release import ABSENT, HIDDEN, SHOWN, Release, parse
from study import Study
from truth import DIMENSIONS, WITH, Fact, Key, Taken, World, status


@dataclass
class Verdict:
    """The faults of a release, how many groups could be shown, and how many are shown."""

    faults: list[str] = field(default_factory=list)
    large: int = 0  # groups with at least as many people as the threshold
    shown: int = 0  # large groups that are shown
    protected: set[tuple[str, str]] = field(default_factory=set)  # pairs of a table and a list that hide a large group


def rounded(n: int, nearest: int) -> int:
    """Rounds to a multiple of `nearest`; halves go up."""
    return (2 * n + nearest) // (2 * nearest) * nearest


def judge(release: Release, facts: dict[Key, Fact], study: Study) -> Verdict:
    """Compares each cell with the truth."""
    v, (least, nearest) = Verdict(), study.options.rule
    printed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, cell in release.cells.items():
        fact = facts.get(key, Fact())
        printed[key[0], key[3]].add(cell.state)
        if cell.state == SHOWN:
            if fact.people < least:
                v.faults.append(f"{key} is shown, but counts only {fact.people} people")
            if cell.number != rounded(fact.number, nearest):
                v.faults.append(f"{key} is {cell.text}, but should be {fact.number}, rounded")
        elif cell.state == HIDDEN:
            if cell.text != f"<{least}":
                v.faults.append(f"{key} is {cell.text}, which is not <{least}")
            if fact.people >= least:
                v.protected.add(key[:2])
        elif cell.state != ABSENT or fact.number:
            v.faults.append(f"{key} is {cell.text}, but the true number is {fact.number}")
    for key, fact in facts.items():
        if (key[0], key[3]) not in printed or fact.people < least or key[3] == "people":
            continue
        v.large += 1
        if key in release.cells and release.cells[key].state == SHOWN:
            v.shown += 1
        elif key not in release.cells:
            v.protected.add(key[:2])
    v.faults += _rows(release)
    return v


def _rows(release: Release) -> list[str]:
    """Finds categories that are listed without a number, and groups that are shown only in part."""
    faults, together, listed = [], defaultdict(set), defaultdict(set)
    for (table, name, group, measure), cell in release.cells.items():
        if measure in ("match", "people") and table != "entries":
            together[table, name, group].add(cell.state)
        listed[table, group].add(cell.state)
    for where, states in together.items():
        if len(states) > 1:
            faults.append(f"{where}: match and people are not hidden together")
    for (table, group), states in listed.items():
        if (table in DIMENSIONS or table.startswith("lists_by_")) and SHOWN not in states:
            faults.append(f"{table} {group} is listed without a number")
    return faults


NUMBER = r"(?<![0-9A-Za-z.])[0-9][0-9-]*(?![0-9A-Za-z])"


def leaked(summary: str, page: str, study: Study, data: Path) -> list[str]:
    """Looks for what no release may contain: checksums, sizes, days, keys, persons, exact totals."""
    raw = data.read_bytes()
    faults = []
    for name in ("sha256", "sha1", "md5", "sha512"):
        if hashlib.new(name, raw).hexdigest() in (summary + page).lower():
            faults.append(f"the {name} of the data is in the release")
    release = parse(summary)
    said = " ".join(text for line in release.about for text in line)
    said = said.replace("SHA-256", "")
    words = set(re.findall(NUMBER, summary + page))
    for what, n in (("bytes", len(raw)), ("rows", len(study.rows))):
        if n > 100 and str(n) in re.findall(NUMBER, said):
            faults.append(f"the number of {what} is in the release")
    if any(r.date in words - {study.options.first, study.options.last} for r in study.rows):
        faults.append("the day of an appointment is in the release")
    if any(r.person in words or (r.key and r.key in words) for r in study.rows):
        faults.append("a person or a key is in the release")
    printed = {cell.text for cell in release.cells.values()}
    told = page.partition('<section id="source"')[0]  # later sections have counts of entries
    for cell in re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", told):
        if re.fullmatch(r"\d[\d,]*", cell) and cell.replace(",", "") not in printed:
            faults.append(f"the page has a number that is not in the summary: {cell}")
            break
    return faults


def told_apart(outputs: Path) -> list[str]:
    """Checks that outputs.json has the same word for every hidden number, whatever the reason."""
    results = json.loads(outputs.read_text())["results"].values()
    words = {" ".join(text.split()) for r in results
             for column in r["outcome"].values() for text in column.values()}
    if len(words - {"ok", ""}) > 1:
        return [f"outputs.json distinguishes hidden numbers: {sorted(words)}"]
    return []


@dataclass
class Measure:
    """The true values of a reader's variables."""

    reader: Reader
    world: World
    facts: dict[Key, Fact]

    def vector(self) -> np.ndarray:
        """Returns the value of each variable of the model."""
        r = self.reader
        numbers: dict[tuple, int] = defaultdict(int)
        persons: dict[tuple, set[str]] = defaultdict(set)
        mine: dict[tuple, set[int]] = defaultdict(set)
        place = {k: i for i, k in enumerate(r.kinds)}
        for t in self.world.taken:
            for s in self._scopes(t):
                numbers["n", place[t.kind], s] += 1
                if t.row.person:
                    for g in self._groups(t, s):
                        persons["q", g, s].add(t.row.person)
                    if t.dated:
                        mine[s, t.row.person] |= {
                            i for i in t.kind.match if t.row.person in self.world.kept[i]}
        for (s, _), lists in mine.items():
            numbers["p", frozenset(lists), s] += 1
        for name, rows in self.world.left.items():
            numbers["left", name] = len(rows)
            persons["q", name, WHOLE] = {x.person for x in rows if x.person}
        for name, who in persons.items():
            numbers[name] = len(who)
        return np.array([self._value(n, numbers) for n in r.model.names], float)

    def _scopes(self, t: Taken) -> list[tuple[str, str]]:
        out = [WHOLE]
        for d, scopes in self.reader.scopes.items():
            s = (d, t.category[d])
            out.append(s if s in scopes else (d, REST))
        return out

    def _groups(self, t: Taken, s: tuple[str, str]) -> list[str]:
        groups = ["all"] + [one if system in t.kind.coded else other
                            for system, one, other in WITH]
        if s == WHOLE:
            groups += [f"{status(t.kind, x.needs, i)} {i}"
                       for i, x in enumerate(self.world.study.lists)]
        return groups

    def _value(self, name: tuple, numbers: dict[tuple, int]) -> int:
        if name[0] in ("entry", "entry people"):
            rows = [t for t in self.world.taken if self._decides(t, name[1])]
            if name[0] == "entry":
                return len(rows)
            return len({t.row.person for t in rows if t.row.person})
        if name[0] == "z":
            return int(any(self.facts.get(k, Fact()).people >= self.reader.least
                           for k in self._meant(name[1:])))
        if name[0] == "y":
            measure = name[2] if name[1][0] != "lists" else name[1][3]
            return int(self.facts.get((*name[1][:3], measure), Fact()).number <= name[3])
        return numbers.get(name, 0)

    def _meant(self, key: Key) -> list[Key]:
        """Returns the keys that a key stands for: several, if its category is REST."""
        if key[2] != REST:
            return [key]
        return [k for k in self.facts if k[:2] == key[:2] and k[3] == key[3]
                and k not in self.reader.release.cells]

    def _decides(self, t: Taken, codes: tuple[tuple[str, str], ...]) -> bool:
        for system, values in zip(SYSTEMS, (t.row.diagnoses, t.row.procedures), strict=True):
            for value in values:
                code = value[:3] if value[3:] == "X" else value
                if (system, code) in codes:
                    return True
        return False
