"""Find which hospital outpatient appointments carry a code of which clinical codelist, and why.

Codelists are paths, frames, several of these, or a mapping from names to these. Pass the codelists as `icd10`, `opcs4`
or `codelist` (a list that states its coding system). Appointments are paths, a folder, a pattern, or a frame of pandas,
polars or pyarrow. Options of the program are keywords, with `_` for `-`. A returned frame is of the kind that was
passed; for files, `to` chooses the kind.
"""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, Any

from . import _inputs, _kinds, _options, _program
from ._errors import FrameError, HesopmatchError, HesopmatchWarning, UsageError
from ._results import Notice, Release, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Union

    from typing_extensions import Unpack

    Frame = Any
    Codelist = Union[str, "os.PathLike[str]", Frame]
    Codelists = Union[Codelist, Sequence[Codelist], Mapping[str, Codelist], None]
    Appointments = Union[str, "os.PathLike[str]", Sequence[Union[str, "os.PathLike[str]"]], Frame]
    Kind = Union[_kinds.Kind, None]

__all__ = [
    "FrameError",
    "HesopmatchError",
    "HesopmatchWarning",
    "Notice",
    "Release",
    "Report",
    "UsageError",
    "flag",
    "hits",
    "lint",
    "people",
    "release",
    "syntax",
    "version",
]

_HITS = {
    "row": "int",
    "list": "text",
    "system": "text",
    "position": "int",
    "column": "text",
    "value": "text",
    "entry": "text",
    "entry_file": "text",
    "entry_line": "int",
    "entry_sheet": "text",
    "input_file": "text",
    "input_line": "int",
    "term": "text",
}
_PEOPLE = {"person": "text", "list": "text", "first": "day", "last": "day", "appointments": "int", "dates": "int"}
_ROWS = r"^rows: (\d+),"
_READ = r"^appointments: (\d+) read,"


def version() -> str:
    """Return the version of the program."""
    with _inputs.folder() as where:
        out = where.file("out")
        _program.run(["version", "-json"], out, {})
        with open(out, encoding="utf-8") as file:
            return str(json.load(file)["version"])


def lint(
    codelist: Codelists = None,
    *,
    icd10: Codelists = None,
    opcs4: Codelists = None,
    to: Kind = None,
    **options: Unpack[_options.LintOptions],
) -> Report:
    """Report what each row of codelists means and what is wrong with it.

    If a list cannot be used as it is, there is no exception: the report shows what is wrong.
    """
    args = _options.arguments("lint", _options.LintOptions, options)
    with _inputs.folder() as where:
        lists = _inputs.lists(where, icd10=icd10, opcs4=opcs4, codelist=codelist)
        out = where.file("out.json")
        status, said = _program.run(["lint", "-format", "json", *args, *lists], out, where.names, (0, 1))
        with open(out, encoding="utf-8") as file:
            text = file.read()
        try:
            report = json.loads(text)
        except ValueError:
            raise said.error("lint", status) from None
        return Report(_plain(report, said), to)


def _plain(value: Any, said: _program.Said) -> Any:
    """Return JSON in which the user's names replace the paths of temporary files."""
    if isinstance(value, str):
        return said.plain(value)
    if isinstance(value, list):
        return [_plain(one, said) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one, said) for key, one in value.items()}
    return value


def flag(
    appointments: Appointments,
    *,
    icd10: Codelists = None,
    opcs4: Codelists = None,
    codelist: Codelists = None,
    to: Kind = None,
    quiet: bool = False,
    **options: Unpack[_options.FlagOptions],
) -> Frame:
    """Return appointments with a column for each list: True, False, or null for unknown, which does not mean False.

    With `rows="matched"`, the default, these are the appointments that match; with "all", every appointment; with
    "people", every appointment of each person who matches in any.

    A frame keeps its own columns and their types. All columns of files are text.
    """
    kind = _kinds.kind_of(appointments)
    _kinds.check(to, kind)
    args = _options.arguments("flag", _options.FlagOptions, _sayable(options, kind))
    with _inputs.folder() as where:
        lists = _inputs.lists(where, icd10=icd10, opcs4=opcs4, codelist=codelist)
        out = where.file("out.csv")
        if kind is None:
            kind = _kinds.choose(to)
            paths = _inputs.paths(appointments)
            names = _inputs.list_names(where, lists, options)
            _, said = _program.run(["flag", "-progress", "lines", *lists, *args, *paths], out, where.names)
            header = _header(out)
            types = ["text"] * (len(header) - len(names)) + ["flag"] * len(names)
            frame = _read(kind, out, header, types)
            said.tell(quiet)
            return frame
        sent = _inputs.Sent(where, appointments, kind, "flag", [*lists, *args], options)
        columns = sent.indexes(options.get("columns"))
        args = _options.arguments("flag", _options.FlagOptions, {**options, "columns": None, "union": None})
        run = ["flag", "-progress", "lines", *lists, *args, "-columns", sent.row, sent.path]
        _, said = _program.run(run, out, where.names)
        sent.check(said, _ROWS)
        header = _header(out)
        answers = _read(kind, out, header, ["int"] + ["flag"] * (len(header) - 1))
        rows = sent.frames.rows(answers)
        whole = options.get("rows") == "all"
        if rows != sorted(set(rows)) or (whole and len(rows) != sent.height):
            raise HesopmatchError("rows of the frame came back in a different order or number: please report this bug")
        frame = sent.frames.join(appointments, None if whole else rows, columns, sent.frames.behind(answers))
        said.add(sent.before)
        said.tell(quiet)
        return frame


def hits(
    appointments: Appointments,
    *,
    icd10: Codelists = None,
    opcs4: Codelists = None,
    codelist: Codelists = None,
    to: Kind = None,
    quiet: bool = False,
    **options: Unpack[_options.HitsOptions],
) -> Frame:
    """Return a row for each value that matched: its location, and the entry that decided.

    The column `row` is the number of the appointment, from 1. The keyword `columns` adds columns of the appointments.
    """
    kind = _kinds.kind_of(appointments)
    _kinds.check(to, kind)
    args = ["-format", "hits", *_options.arguments("hits", _options.HitsOptions, _sayable(options, kind))]
    types = list(_HITS.values())
    with _inputs.folder() as where:
        lists = _inputs.lists(where, icd10=icd10, opcs4=opcs4, codelist=codelist)
        out = where.file("out.csv")
        run = ["flag", "-progress", "lines", *lists]
        if kind is None:
            kind = _kinds.choose(to)
            _, said = _program.run([*run, *args, *_inputs.paths(appointments)], out, where.names)
            header = _header(out)
            frame = _read(kind, out, header, types + ["text"] * (len(header) - len(types)))
            said.tell(quiet)
            return _respelt(kind, frame, where.names)
        sent = _inputs.Sent(where, appointments, kind, "flag", [*lists, *args], options)
        columns = sent.indexes(options.get("columns"))
        kept: dict[str, Any] = {**options, "columns": None, "union": None}
        args = ["-format", "hits", *_options.arguments("hits", _options.HitsOptions, kept)]
        _, said = _program.run([*run, *args, sent.path], out, where.names)
        sent.check(said, _ROWS)
        frame = _respelt(kind, _read(kind, out, list(_HITS), types), where.names)
        if columns is not None:
            rows = [row - 1 for row in sent.frames.rows(frame)]
            frame = sent.frames.beside(frame, appointments, rows, columns)
        said.add(sent.before)
        said.tell(quiet)
        return frame


def people(
    appointments: Appointments,
    *,
    icd10: Codelists = None,
    opcs4: Codelists = None,
    codelist: Codelists = None,
    to: Kind = None,
    quiet: bool = False,
    **options: Unpack[_options.PeopleOptions],
) -> Frame:
    """Return a row for each person and list: first and last day, number of appointments, and number of dates."""
    kind = _kinds.kind_of(appointments)
    _kinds.check(to, kind)
    args = _options.arguments("people", _options.PeopleOptions, options)
    with _inputs.folder() as where:
        lists = _inputs.lists(where, icd10=icd10, opcs4=opcs4, codelist=codelist)
        out = where.file("out.csv")
        sent, paths = _sent(where, appointments, kind, [*lists, *args], options)
        kind = kind or _kinds.choose(to)
        _, said = _program.run(["cohort", "-progress", "lines", *lists, *args, *paths], out, where.names)
        frame = _read(kind, out, list(_PEOPLE), list(_PEOPLE.values()))
        _told(sent, said, quiet)
        return frame


def release(
    appointments: Appointments,
    folder: str | os.PathLike[str],
    *,
    disclosure: str,
    icd10: Codelists = None,
    opcs4: Codelists = None,
    codelist: Codelists = None,
    to: Kind = None,
    quiet: bool = False,
    **options: Unpack[_options.ReleaseOptions],
) -> Release:
    """Create a folder with a page and tables that may leave the environment under the rule that `disclosure` names."""
    kind = _kinds.kind_of(appointments)
    _kinds.check(to, kind)
    args = _options.arguments("release", _options.ReleaseOptions, options)
    args += ["-disclosure", disclosure]
    beside = ("summary", "methods", "svg", "compare_release")
    with _inputs.folder() as where:
        lists = _inputs.lists(where, icd10=icd10, opcs4=opcs4, codelist=codelist)
        trial = _options.arguments(
            "release", _options.ReleaseOptions, {k: v for k, v in options.items() if k not in beside}
        )
        trial = [*lists, *trial, "-disclosure", disclosure, "-release", where.file("trial")]
        sent, paths = _sent(where, appointments, kind, trial, options)
        run = ["cohort", "-progress", "lines", *lists, *args, "-release", _options.file(folder), *paths]
        _, said = _program.run(run, None, where.names)
        _told(sent, said, quiet)
        return Release(os.fspath(folder), kind or to)


def syntax(
    dialect: str,
    *,
    icd10: Codelists = None,
    opcs4: Codelists = None,
    codelist: Codelists = None,
    quiet: bool = False,
    **options: Unpack[_options.SyntaxOptions],
) -> str:
    """Return a script to run where the data are, in SQL, R, Stata or Python."""
    args = _options.arguments("syntax", _options.SyntaxOptions, options)
    with _inputs.folder() as where:
        lists = _inputs.lists(where, icd10=icd10, opcs4=opcs4, codelist=codelist)
        out = where.file("out")
        _, said = _program.run(["syntax", "-dialect", dialect, *args, *lists], out, where.names)
        said.tell(quiet)
        with open(out, encoding="utf-8", newline="") as file:
            return said.plain(file.read())


def _sayable(options: Mapping[str, Any], kind: _kinds.Kind | None) -> Mapping[str, Any]:
    """Return the options. Leave out `columns` if a column name contains a comma, which -columns cannot express."""
    columns = options.get("columns")
    if kind and columns and not isinstance(columns, str) and any("," in str(name) for name in columns):
        return {**options, "columns": None}
    return options


def _header(path: str) -> list[str]:
    """Return the column names of the program's output."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return next(csv.reader(file))


def _read(kind: _kinds.Kind, path: str, names: Sequence[str], types: Sequence[str]) -> Any:
    """Return the program's output as a frame."""
    try:
        return _kinds.module(kind).read(path, names, types)
    except Exception:
        with open(path, "rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    line.decode()
                except UnicodeDecodeError:
                    raise HesopmatchError(
                        f"line {number} of the result is not UTF-8: save the appointments as UTF-8, or leave the "
                        "column out (columns=)"
                    ) from None
        raise


def _sent(
    where: _inputs.Folder, appointments: Any, kind: _kinds.Kind | None, args: list[str], options: Mapping[str, Any]
) -> tuple[_inputs.Sent | None, list[str]]:
    """Return the frame that was sent (None for files) and the arguments that name the appointments."""
    if kind is None:
        merged = options.get("merge") is not None
        return None, [] if appointments is None and merged else _inputs.paths(appointments)
    sent = _inputs.Sent(where, appointments, kind, "cohort", args, options)
    return sent, [sent.path]


def _told(sent: _inputs.Sent | None, said: _program.Said, quiet: bool) -> None:
    if sent is not None:
        sent.check(said, _READ)
        said.add(sent.before)
    said.tell(quiet)


def _respelt(kind: _kinds.Kind, frame: Any, names: Mapping[str, str]) -> Any:
    """Replace the temporary paths in the file columns of hits with the user's names."""
    for column in ("entry_file", "input_file") if names else ():
        frame = _kinds.module(kind).respell(frame, column, names)
    return frame
