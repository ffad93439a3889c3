"""Studies in which rounded numbers and their total leave only one value for a hidden number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from check import rounded
from codes import ICD, OPCS, Codelist, Entry
from study import PROFILES, Options, Row, Study

CATEGORIES = {
    "specialty": ["100", "101", "110", "130", "300", "330"],
    "sex": ["1", "2", "Q", ""],
    "age": ["5", "20", "30", "40", "50", "60"],
    "attended": ["5", "6", "3", "2", "4", "7"],
    "date": ["2015-05-08", "2016-05-08", "2017-05-08", "2018-05-08", "2019-05-08", "2020-05-08"],
}
DIABETES = Codelist("a", (Entry(ICD, "E11"),))


def grouped(name: str, profile: str, field: str, sizes: list[int],
            lists: list[Codelist] | None = None) -> Study:
    """Returns a study with categories of these sizes. Each person has one match of list a."""
    rows: list[Row] = []
    for category, size in zip(CATEGORIES[field], sizes, strict=False):
        for _ in range(size):
            row = Row(f"{700001 + len(rows)}", f"{800001 + len(rows)}", diagnoses=("E119",))
            rows.append(replace(row, **{field: category}))
            if field == "date":
                rows[-1].fyear = ""
    return Study(name, rows, lists or [DIABETES], Options(profile=profile))


def pinned_sizes(profile: str) -> Iterator[tuple[str, list[int]]]:
    """Yields sizes of groups that, with the total, leave only one value for a hidden group."""
    least, nearest = PROFILES[profile]
    for top in range(least, least + 2 * nearest):
        for k in range(1, 6):
            for few in (least - 1, 1, 0):
                total = k * top + few
                high = rounded(top, nearest) != rounded(top + 1, nearest)
                low = top == least or rounded(top, nearest) != rounded(top - 1, nearest)
                if high and few and rounded(total, nearest) != rounded(total - 1, nearest):
                    yield f"{k} of {top} and {few}", [top] * k + [few]
                if low and few < 2 and rounded(total, nearest) != rounded(total + 1, nearest):
                    yield f"{k} of {top} and {few}, low", [top] * k + [few]


def all_extremes() -> list[Study]:
    """Returns the constructed studies, always in the same order."""
    out = [grouped("five of 14", "ukllc", "specialty", [14] * 5),
           grouped("four of 14 and 9", "ukllc", "specialty", [14] * 4 + [9])]
    for profile in PROFILES:
        for what, sizes in pinned_sizes(profile):
            for field, categories in CATEGORIES.items():
                if len(sizes) <= len(categories):
                    out.append(grouped(f"{profile} {field} {what}", profile, field, sizes))
                    out.append(_before_others(out[-1], field))
        out += list(_shapes(profile))
    return out


def _before_others(s: Study, field: str) -> Study:
    """Returns the study with other appointments added, enough for every category to be listed."""
    rows = list(s.rows)
    for category in dict.fromkeys(getattr(r, field) for r in s.rows):
        for i in range(23):
            row = Row(f"{710001 + len(rows)}", f"{810001 + len(rows)}", diagnoses=("J459",))
            rows.append(replace(row, **{field: category}, fyear="" if field == "date" else "1920"))
            if i % 2:
                rows[-1].diagnoses = ("R69X",)
    others = Codelist("b", (Entry(ICD, "J45"),))
    return Study(s.name + ", others", rows, [*s.lists, others], s.options)


def _shapes(profile: str) -> Iterator[Study]:
    """Yields studies of other kinds: sums over the entries of nested lists, sums over answers, one
    person with many appointments, and appointments without a person."""
    least, nearest = PROFILES[profile]
    for what, sizes in list(pinned_sizes(profile))[:6]:
        codes = [f"E11{i}" for i in range(len(sizes))]
        entries = [Entry(ICD, c) for c in codes]
        s = grouped(f"{profile} entries {what}", profile, "specialty", [sum(sizes)],
                    [Codelist("a", tuple(entries)), Codelist("b", tuple(entries[:-1])),
                     Codelist("c", tuple(entries[1:]))])
        order = [c for c, size in zip(codes, sizes, strict=True) for _ in range(size)]
        for row, code in zip(s.rows, order, strict=True):
            row.diagnoses = (code,)
        yield s
        parts = [(("E119",), ()), (("I10X",), ()), (("R69X",), ()), (("R69X",), ("A651",))]
        s = grouped(f"{profile} answers {what}", profile, "specialty", [sum(sizes)],
                    [DIABETES, Codelist("b", (Entry(ICD, "E11"), Entry(OPCS, "A65"))),
                     Codelist("c", (Entry(ICD, "I10"),))])
        which = [parts[i % 4] for i, size in enumerate(sizes) for _ in range(size)]
        for row, (diagnoses, procedures) in zip(s.rows, which, strict=True):
            row.diagnoses, row.procedures = diagnoses, procedures
        yield s
    s = grouped(f"{profile} one woman", profile, "specialty", [3 * least, 0, 0, 0, 0, 0])
    s.rows += [Row("999999", f"{900001 + i}", specialty="330", sex="1", age="90",
                   diagnoses=("E119",)) for i in range(12)]
    yield s
    s = grouped(f"{profile} nobody", profile, "specialty", [4 * least, 2 * least])
    for row in s.rows[-2 * least:]:
        row.person = ""
    yield s
