"""Codes and codelists in their simplest form: the longest entry that a code begins with decides."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from functools import cached_property

ICD, OPCS = "ICD-10", "OPCS-4"
SYSTEMS = (ICD, OPCS)


@dataclass(frozen=True)
class Entry:
    """A prefix that includes or excludes codes of one system."""

    system: str
    code: str  # upper case, without a dot
    exclude: bool = False

    @property
    def label(self) -> str:
        """The entry's name in a release."""
        return self.code + "%" if len(self.code) < 4 else self.code


@dataclass(frozen=True)
class Decision:
    """The answer of a codelist for one value."""

    entry: int = -1  # the entry that matches, or -1
    cut: bool = False  # the value may be truncated, and a longer entry could match the full value

    @property
    def match(self) -> bool:
        return self.entry >= 0


@dataclass(frozen=True)
class Codelist:
    """A named list of entries."""

    name: str
    entries: tuple[Entry, ...] = field(default=())

    @cached_property
    def needs(self) -> frozenset[str]:
        """The systems in which the list has inclusions."""
        return frozenset(e.system for e in self.entries if not e.exclude)

    @cached_property
    def finer(self) -> bool:
        """Reports whether some entry is longer than a field of four characters."""
        return any(len(e.code) > 4 for e in self.entries)

    def decide(self, system: str, value: str) -> Decision:
        """Decides a value in a field of four characters."""
        if is_missing(system, value):
            return Decision()
        code = value[:3] if value[3:] == "X" else value
        best, cut = -1, False
        for i, e in enumerate(self.entries):
            if e.system != system:
                continue
            if code.startswith(e.code):
                if best < 0 or self._outranks(e, self.entries[best]):
                    best = i
            elif len(code) == 4 and e.code.startswith(code) and not e.exclude:
                cut = True
        if best >= 0 and self.entries[best].exclude:
            best = -1
        return Decision(best, cut)

    @staticmethod
    def _outranks(one: Entry, other: Entry) -> bool:
        if len(one.code) != len(other.code):
            return len(one.code) > len(other.code)
        return one.exclude and not other.exclude

    def text(self) -> str:
        """Returns the list as the text of a file that the program can read."""
        out = io.StringIO()
        w = csv.writer(out, lineterminator="\n")
        w.writerow(["code", "system", "keep"])
        for e in self.entries:
            w.writerow([e.label, e.system, "exclude" if e.exclude else "include"])
        return out.getvalue()

    @staticmethod
    def parse(name: str, text: str) -> Codelist:
        """Parses the output of `text`."""
        return Codelist(name, tuple(
            Entry(r["system"], r["code"].rstrip("%").replace(".", ""), r["keep"] == "exclude")
            for r in csv.DictReader(io.StringIO(text))))


def is_missing(system: str, value: str) -> bool:
    """Reports whether a value is empty, missing or unrecognised."""
    if not value or value in ("-", "&") or not value[0].isalpha():
        return True
    return value.startswith("R69") if system == ICD else value.startswith("X99")


@dataclass(frozen=True)
class Kind:
    """The answers of all lists for an appointment with some codes."""

    coded: frozenset[str]
    match: frozenset[int]
    cut: frozenset[int]  # lists that do not match, but might match a full value

    def join(self, other: Kind) -> Kind:
        """Returns the kind of an appointment with the codes of both kinds."""
        match = self.match | other.match
        return Kind(self.coded | other.coded, match, (self.cut | other.cut) - match)

    def within(self, other: Kind) -> bool:
        """Reports whether an appointment of the other kind can have a code of this kind."""
        return self.coded <= other.coded and self.match <= other.match


NOTHING = Kind(frozenset(), frozenset(), frozenset())


def kind_of_code(lists: list[Codelist], system: str, value: str) -> Kind:
    """Returns the kind of an appointment with only this code."""
    if is_missing(system, value):
        return NOTHING
    said = [x.decide(system, value) for x in lists]
    match = frozenset(i for i, d in enumerate(said) if d.match)
    cut = frozenset(i for i, d in enumerate(said) if d.cut) - match
    return Kind(frozenset([system]), match, cut)


def codes_that_differ(lists: list[Codelist]) -> list[tuple[str, str]]:
    """Returns a value for each code that the lists distinguish, and one unlisted value in each system."""
    all_codes: list[tuple[str, str]] = []
    for system in SYSTEMS:
        stems = sorted({e.code[:3] for x in lists for e in x.entries if e.system == system})
        for stem in stems:
            all_codes += [(system, stem)] + [(system, stem + d) for d in "0123456789"]
        other = next(s for s in (f"Q{n:02}" for n in range(100)) if s not in stems)
        all_codes.append((system, other))
    return all_codes


def kinds_of(lists: list[Codelist], limit: int = 400) -> list[Kind]:
    """Returns every kind that an appointment can have, with any number of codes."""
    single = {kind_of_code(lists, s, v) for s, v in codes_that_differ(lists)}
    found = {NOTHING}
    edge = [NOTHING]
    while edge:
        kind = edge.pop()
        for one in single:
            joined = kind.join(one)
            if joined not in found:
                found.add(joined)
                edge.append(joined)
                if len(found) > limit:
                    raise ValueError("too many kinds of appointments")
    return sorted(found, key=lambda k: (sorted(k.coded), sorted(k.match), sorted(k.cut)))
