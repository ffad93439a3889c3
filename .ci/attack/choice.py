"""Tests what the choice of hidden numbers reveals to a reader who can run the program.

Where the program hides a number to protect another, a reader can try every pair of values for the
two, and keep the pairs for which the program prints the same release. If only one value remains for
a number, the release has revealed that number, although the constraints alone do not reveal it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import combinations, product
from pathlib import Path

from check import rounded
from extremes import CATEGORIES, grouped, pinned_sizes
from release import SHOWN, parse
from study import PROFILES, Row, Study
from truth import SPECIALTY

FIELD = "specialty"
EACH = 60  # appointments in each category, with or without a match
Run = Callable[[str, Study, Path], str]


def told_by_choice(program: str, run: Run) -> Iterator[tuple[str, str]]:
    """Yields the name of each study whose release hides a number to protect another, and what the choice
    of hidden numbers reveals, or "" for nothing."""
    for profile in PROFILES:
        tried = set()
        for what, sizes in pinned_sizes(profile):
            if tuple(sizes) in tried:
                continue
            tried.add(tuple(sizes))
            for order in dict.fromkeys((tuple(sizes), tuple(reversed(sizes)))):
                told = _told(program, run, profile, list(order))
                if told is not None:
                    yield f"{profile} {what}, {order}", told


def _release(program: str, run: Run, profile: str, sizes: list[int]) -> tuple[str, list[bool]]:
    """Returns the release of a study whose categories have these sizes, and for each category, whether
    the release hides it."""
    study = grouped("choice", profile, FIELD, sizes)
    for category, size in zip(CATEGORIES[FIELD], sizes, strict=False):  # fill each category up to EACH
        for _ in range(EACH - size):
            person = f"{720001 + len(study.rows)}"
            study.rows.append(Row(person, diagnoses=("J459",), specialty=category))
    with tempfile.TemporaryDirectory() as name:
        complaint = run(program, study, Path(name))
        if complaint:
            raise RuntimeError(complaint)
        release = parse((Path(name) / "summary.csv").read_text())
    hidden = []
    for category in CATEGORIES[FIELD][:len(sizes)]:
        key = (f"lists_by_treatment_{FIELD}", "a", SPECIALTY[category], "people")
        cell = release.cells.get(key)
        hidden.append(cell is None or cell.state != SHOWN)
    return repr(sorted((k, c.text) for k, c in release.cells.items())), hidden


def _told(program: str, run: Run, profile: str, sizes: list[int]) -> str | None:
    """Returns what a release reveals, "" for nothing, or None if it hides no number to protect another."""
    least, nearest = PROFILES[profile]
    printed, hidden = _release(program, run, profile, sizes)
    places = [i for i, h in enumerate(hidden) if h]
    if not any(sizes[i] >= least for i in places):
        return None
    possible: dict[int, set[int]] = {i: {sizes[i]} for i in places}
    for i, j in combinations(places, 2):
        for a, b in product(range(max(sizes) + 2), repeat=2):
            other = list(sizes)
            other[i], other[j] = a, b
            if (a in possible[i] and b in possible[j]) or other == sizes \
                    or rounded(sum(other), nearest) != rounded(sum(sizes), nearest):
                continue
            if _release(program, run, profile, other)[0] == printed:
                possible[i].add(a)
                possible[j].add(b)
            if all(len(p) > 1 for p in possible.values()):
                return ""
    return "; ".join(f"{CATEGORIES[FIELD][i]} can only be {sizes[i]}"
                     for i in places if len(possible[i]) == 1)
