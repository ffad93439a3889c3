"""Counts, from the rows, every number that a release may print, and the people behind it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from codes import ICD, NOTHING, OPCS, SYSTEMS, Kind, is_missing, kind_of_code
from study import Row, Study

DIMENSIONS = ("financial_year", "treatment_specialty", "attended", "sex", "age")
# The number of categories of each dimension. A table need not list all of them.
SCALE = {"financial_year": 101, "treatment_specialty": 250, "attended": 10, "sex": 5, "age": 10}
ATTENDED = {"0": "in the future", "2": "cancelled by the patient", "3": "did not attend",
            "4": "cancelled by the hospital", "5": "seen", "6": "arrived late, seen",
            "7": "arrived late, not seen", "9": "not known", "": "not stated"}
SEX = {"1": "1 Male", "2": "2 Female", "Q": "not a value of the set"}
SPECIALTY = {"100": "100 General Surgery Service", "101": "101 Urology Service",
             "110": "110 Trauma and Orthopaedic Service", "130": "130 Ophthalmology Service",
             "300": "300 General Internal Medicine Service", "330": "330 Dermatology Service",
             "ZZZ": "not a value of the set"}
BANDS = (18, 25, 35, 45, 55, 65, 75, 85)
UNKNOWN = "not known"

Key = tuple[str, str, str, str]  # table, list, group, measure


@dataclass
class Fact:
    """A number, and how many people with an identifier it counts."""

    number: int = 0
    people: int = 0


@dataclass
class Taken:
    """An appointment that passes the filters."""

    row: Row
    kind: Kind
    category: dict[str, str]
    dated: bool
    entries: set[tuple[int, int]]  # list and entry of each match


@dataclass
class World:
    """The truth: the appointments that pass the filters, the others, and the people of each list."""

    study: Study
    taken: list[Taken] = field(default_factory=list)
    left: dict[str, list[Row]] = field(default_factory=dict)
    kept: list[set[str]] = field(default_factory=list)


def is_dated(text: str) -> bool:
    """Reports whether a text is a valid date."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and not text.startswith("1800")


def look(study: Study) -> World:
    """Applies the filters and the lists to the rows."""
    o, w, seen = study.options, World(study), set()
    reasons = []
    if o.attended:
        reasons.append("the patient was not seen")
    if o.first or o.last:
        reasons += ["no date", "the date is not understood", "before or after the days asked for"]
    if o.dedupe:
        reasons.append("attendkey came before")
    w.left = {f"left out: {reason}": [] for reason in reasons}
    for row in study.rows:
        reason = _reason(row, study)
        if not reason and o.dedupe and row.key:
            if row.key in seen:
                reason = "attendkey came before"
            seen.add(row.key)
        if reason:
            w.left[f"left out: {reason}"].append(row)
        else:
            w.taken.append(_take(row, study))
    for i in range(len(study.lists)):
        times: dict[str, int] = defaultdict(int)
        for t in w.taken:
            if t.dated and t.row.person and i in t.kind.match:
                times[t.row.person] += 1
        w.kept.append({p for p, n in times.items() if n >= o.least})
    return w


def _reason(row: Row, study: Study) -> str:
    o = study.options
    if o.attended and row.attended not in ("5", "6"):
        return "the patient was not seen"
    if not o.first and not o.last:
        return ""
    if not row.date or row.date.startswith("1800"):
        return "no date"
    if not is_dated(row.date):
        return "the date is not understood"
    if (o.first and row.date < o.first) or (o.last and row.date > o.last):
        return "before or after the days asked for"
    return ""


def _take(row: Row, study: Study) -> Taken:
    kind, entries = NOTHING, set()
    for system, values in zip(SYSTEMS, (row.diagnoses, row.procedures), strict=True):
        for value in values:
            if is_missing(system, value):
                continue
            kind = kind.join(kind_of_code(study.lists, system, value))
            for i, x in enumerate(study.lists):
                decided = x.decide(system, value)
                if decided.match:
                    entries.add((i, decided.entry))
    return Taken(row, kind, _categories(row), is_dated(row.date), entries)


def _categories(row: Row) -> dict[str, str]:
    year = UNKNOWN
    if is_dated(row.date):
        y, m = int(row.date[:4]), int(row.date[5:7])
        start = y if m > 3 else y - 1
        year = f"{start}-{(start + 1) % 100:02}"
    elif row.fyear:
        year = f"20{row.fyear[:2]}-{row.fyear[2:]}"
    return {"financial_year": year, "treatment_specialty": SPECIALTY.get(row.specialty, UNKNOWN),
            "attended": ATTENDED[row.attended], "sex": SEX.get(row.sex, UNKNOWN),
            "age": band(row.age)}


def band(age: str) -> str:
    """The band of an age in years."""
    if not age:
        return UNKNOWN
    years = 0 if age.startswith("700") else int(age)
    if years >= BANDS[-1]:
        return f"{BANDS[-1]} and over"
    start = max((b for b in BANDS if b <= years), default=0)
    return f"{start} to {min(b for b in BANDS if b > years) - 1}"


def status(kind: Kind, needs: frozenset[str], list_number: int) -> str:
    """Returns the answer of a list for an appointment, as a release names it."""
    if list_number in kind.match:
        return "match"
    if not needs <= kind.coded:
        return "unknown_not_coded"
    return "unknown_cut_short" if list_number in kind.cut else "no_match"


WITH = ((ICD, "with_diagnosis", "without_diagnosis"),
        (OPCS, "with_procedure", "without_procedure"))


def facts(world: World) -> dict[Key, Fact]:
    """Counts everything. A number that is not in the result is zero and counts no people."""
    rows: dict[Key, int] = defaultdict(int)
    behind: dict[Key, set[str]] = defaultdict(set)

    def add(key: Key, person: str) -> None:
        rows[key] += 1
        if person:
            behind[key].add(person)

    for reason, left in world.left.items():
        for row in left:
            add(("appointments", "", reason, "appointments"), row.person)
    for t in world.taken:
        p = t.row.person
        add(("appointments", "", "taken in", "appointments"), p)
        for d, c in t.category.items():
            add((d, "", c, "appointments"), p)
            for system, with_code, without in WITH:
                add((d, "", c, with_code if system in t.kind.coded else without), p)
        for i, x in enumerate(world.study.lists):
            answer = status(t.kind, x.needs, i)
            add(("lists", x.name, "", answer), p)
            if answer == "match":
                for d, c in t.category.items():
                    add((f"lists_by_{d}", x.name, c, "match"), p)
        for i, e in t.entries:
            x = world.study.lists[i]
            add(("entries", x.name, x.entries[e].label, "match"), p)
    out = {k: Fact(n, len(behind[k])) for k, n in rows.items()}
    _add_people(world, out)
    return out


def _add_people(world: World, out: dict[Key, Fact]) -> None:
    """Adds the people of each list. They are also the people whom the matches of the list count."""
    for i, x in enumerate(world.study.lists):
        people: dict[tuple[str, str], set[str]] = defaultdict(set)
        for t in world.taken:
            if i in t.kind.match and t.dated and t.row.person in world.kept[i]:
                people["lists", ""].add(t.row.person)
                for d, c in t.category.items():
                    people[f"lists_by_{d}", c].add(t.row.person)
        for key in [k for k in out if k[1] == x.name and k[3] == "match" and k[0] != "entries"]:
            n = len(people[key[0], key[2]])
            out[key].people = n
            out[key[0], x.name, key[2], "people"] = Fact(n, n)
