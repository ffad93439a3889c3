"""The options of the program as keywords. `_` stands for `-`; a final `_` avoids a clash with another name."""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict, Union

from ._errors import UsageError

Path = Union[str, "os.PathLike[str]"]
Paths = Union[Path, Sequence[Path]]
Words = Union[str, Sequence[str]]
Day = Union[str, dt.date]


class _Lists(TypedDict, total=False):
    group: str
    descendants: Literal["auto", "always", "never"]
    headings: Literal["reject", "ignore", "expand"]
    code_column: str
    system_column: str
    exclude_column: str
    exclude_when: str
    header_row: int
    sheet: str
    lenient: bool
    allow_broad: bool
    allow_removals: bool
    warnings: Literal["report", "error"]


class LintOptions(_Lists, total=False):
    """The options of lint."""

    reference: Path


class _Columns(_Lists, total=False):
    fields: Literal["all", "positional", "concat"]
    primary: bool
    raw_width: Literal[4, 6]
    rename: str | Sequence[str] | Mapping[str, str]
    header: Path
    delimiter: str


class _Rows(_Columns, total=False):
    skip_bad_rows: bool
    workers: int
    manifest: Path
    quality: Path


class HitsOptions(_Rows, total=False):
    """The options of hits."""

    columns: Words
    union: bool
    names: Literal["given", "safe"]


class FlagOptions(HitsOptions, total=False):
    """The options of flag."""

    rows: Literal["matched", "all", "people"]
    person: str


class _Filters(TypedDict, total=False):
    person: str
    date: str
    attended: bool
    from_: Day
    to_: Day
    min: int
    dedupe: str
    order_by: str


class PeopleOptions(_Rows, _Filters, total=False):
    """The options of people."""

    with_: Words
    without: Words
    with_before: Words
    without_before: Words
    merge: Paths


class ReleaseOptions(PeopleOptions, total=False):
    """The options of release."""

    bands: str | Sequence[int]
    title: str
    summary: Path
    methods: Path
    svg: Path
    compare_release: Path
    subset_by: Path | Sequence[Path]


class SyntaxOptions(_Columns, _Filters, total=False):
    """The options of syntax."""

    what: Literal["flags", "hits", "people", "counts", "codes"]
    layout: Literal["ukllc", "national", "otr", "cprd"]
    columns_of: Path
    table: str
    keep: Words
    codes: Path
    dots: bool


# Options whose values are joined into one argument.
_JOINED = ("columns", "keep", "bands")


def option(keyword: str) -> str:
    """Return the option for a keyword."""
    return "-" + keyword.rstrip("_").replace("_", "-")


def arguments(function: str, allowed: Any, options: Mapping[str, Any]) -> list[str]:
    """Return the arguments for keywords. None and False mean that the keyword was not given."""
    known = list(allowed.__annotations__)
    args: list[str] = []
    for keyword, value in options.items():
        if keyword not in known:
            near = difflib.get_close_matches(keyword, known, 1)
            hint = f": did you mean {near[0]}?" if near else f": the keywords are {', '.join(sorted(known))}"
            raise TypeError(f"{function}() has no keyword {keyword}{hint}")
        if value is None or value is False:
            continue
        if _is_switch(allowed, keyword):
            if value is not True:
                raise UsageError(f"{keyword} is a switch: True or False")
            args.append(option(keyword))
            continue
        args += [f"{option(keyword)}={text}" for text in _texts(keyword, value)]
    return args


def _is_switch(allowed: Any, keyword: str) -> bool:
    kind = allowed.__annotations__[keyword]
    return getattr(kind, "__forward_arg__", kind) in (bool, "bool")


def _texts(keyword: str, value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{name}={to}" for name, to in value.items()]
    if isinstance(value, (list, tuple)):
        texts = [text for one in value for text in _texts(keyword, one)]
        return [",".join(texts)] if keyword in _JOINED else texts
    if isinstance(value, dt.date):
        return [value.strftime("%Y-%m-%d")]
    if isinstance(value, (str, int, os.PathLike)) and not isinstance(value, bool):
        return [value if isinstance(value, str) else str(value)]
    raise UsageError(f"{keyword}: its value cannot be of type {type(value).__name__}")


def file(path: Path) -> str:
    """Return a path as an argument that does not look like an option."""
    text = os.fspath(path)
    return "./" + text if text.startswith("-") else text
