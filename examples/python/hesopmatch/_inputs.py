"""Passes codelists and appointments to the program: files as they are, and frames as temporary files."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from . import _kinds, _options, _program
from ._errors import HesopmatchError, UsageError

APPOINTMENTS = "appointments"

_BREAKS = re.compile(r"\r\n|\r|\n")

# Options that need a file of appointments. A frame has only a temporary file, which is removed after the run.
_OF_FILES = ("header", "delimiter", "manifest", "quality", "merge")


class Folder:
    """A private folder of one run, and the user's names for the files in it."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="hesopmatch-")
        self.names: dict[str, str] = {}
        self.count = 0

    def file(self, name: str) -> str:
        """Return the path for a file in the folder."""
        return os.path.join(self.path, name)

    def named(self, name: str) -> str:
        """Return a unique path for something that the user calls `name`. A release shows only that name."""
        self.count += 1
        folder = self.file(str(self.count))
        os.mkdir(folder, 0o700)
        path = os.path.join(folder, re.sub(r"[^\w.-]|^\.", "_", name)[:60])
        self.names[path] = name
        return path


@contextlib.contextmanager
def folder() -> Iterator[Folder]:
    """Make a folder that only this user can read, and remove it at the end, even after an error."""
    made = Folder()
    try:
        yield made
    finally:
        shutil.rmtree(made.path, ignore_errors=True)


def lists(where: Folder, **named: Any) -> list[str]:
    """Return the arguments for the codelists: for each list, an option and its value."""
    args: list[str] = []
    for option, value in named.items():
        if value is None:
            continue
        one = isinstance(value, (str, os.PathLike)) or _kinds.kind_of(value)
        pairs: list[tuple[str | None, Any]]
        if isinstance(value, Mapping):
            pairs = list(value.items())
        elif one:
            pairs = [(None, value)]
        elif isinstance(value, Sequence):
            pairs = [(None, item) for item in value]
        else:
            raise _no_list(option, value)
        for name, item in pairs:
            args += ["-" + option, _list(where, option, name, item, len(pairs) > 1)]
    return args


def _no_list(option: str, value: Any) -> UsageError:
    return UsageError(
        f"{option}: a codelist cannot be of type {type(value).__name__}: give a path, a frame, a list of these, or "
        "{NAME: path or frame}"
    )


def _list(where: Folder, option: str, name: str | None, value: Any, several: bool) -> str:
    kind = _kinds.kind_of(value)
    if name is not None and (not isinstance(name, str) or not name or "=" in name):
        raise UsageError(f"{option}: {name!r} cannot be the name of a list: a name is text without =")
    if kind is None:
        if not isinstance(value, (str, os.PathLike)):
            raise _no_list(option, value)
        path = _options.file(value)
        if name is None and "=" in path:
            name = PurePath(path).stem.replace("=", "_")
        return path if name is None else f"{name}={path}"
    if name is None and several:
        raise UsageError(f"{option}: several frames need names: {option}={{'NAME': frame, ...}}")
    name = name or option
    frames = _kinds.module(kind)
    path = where.named(name)
    header = _kinds.names_of(frames.labels(value))
    columns = [[_cell(cell) for cell in frames.values(value, i)] for i in range(len(header))]
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(zip(*columns))
    return f"{name}={path}"


def _cell(value: Any) -> str:
    if _kinds.is_null(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _BREAKS.sub(" ", str(value))  # each row must be one line, because hits give its line number


def paths(appointments: Any) -> list[str]:
    """Return the arguments that name files of appointments."""
    if isinstance(appointments, (str, os.PathLike)):
        return [_options.file(appointments)]
    if isinstance(appointments, Sequence) and all(isinstance(one, (str, os.PathLike)) for one in appointments):
        return [_options.file(one) for one in appointments]
    if isinstance(appointments, Sequence) and any(_kinds.kind_of(one) for one in appointments):
        raise UsageError("appointments: one frame at a time: concatenate them first")
    raise UsageError(
        f"appointments cannot be of type {type(appointments).__name__}: give a path, a list of paths, a folder, a "
        "pattern, or a frame of pandas, polars or pyarrow"
    )


def list_names(where: Folder, codelists: Sequence[str], options: Mapping[str, Any]) -> list[str]:
    """Return the names of the lists in the output. A run without appointments finds these names."""
    keep = {*_options.LintOptions.__annotations__, "names"} - {"reference", "warnings"}
    args = _options.arguments("flag", _options.FlagOptions, {k: v for k, v in options.items() if k in keep})
    header = where.file("none.csv")
    with open(header, "w", encoding="utf-8") as out:
        out.write("diag_01,opertn_01\n")
    manifest = _manifest(where, "flag", [*codelists, *args], header)[0]
    return [str(one["name_in_output"]) for one in manifest["lists"]]


def _manifest(where: Folder, command: str, args: list[str], header: str) -> tuple[dict[str, Any], _program.Said]:
    path = where.file("manifest.json")
    _, said = _program.run([command, *args, "-manifest", path, header], None, where.names)
    with open(path, encoding="utf-8") as file:
        manifest: dict[str, Any] = json.load(file)
    os.remove(path)
    return manifest, said


class Sent:
    """A frame of appointments, written to a file that the program can read."""

    def __init__(
        self, where: Folder, frame: Any, kind: _kinds.Kind, command: str, args: list[str], options: Mapping[str, Any]
    ) -> None:
        for keyword in _OF_FILES:
            if options.get(keyword) is not None:
                raise UsageError(
                    f"{keyword} is for files of appointments, not for a frame: write the frame to a file and give "
                    "its path"
                )
        self.where, self.frame, self.kind = where, frame, kind
        self.frames = _kinds.module(kind)
        self.names = _kinds.names_of(self.frames.labels(frame))
        if self.names[0].startswith("\ufeff"):  # a byte order mark, which the program ignores in files
            self.names[0] = self.names[0][1:]
        self.height = self.frames.height(frame)

        header = where.named(APPOINTMENTS)
        with open(header, "w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerow(self.names)
        manifest, self.before = _manifest(where, command, [*args, "-delimiter", ","], header)
        self.lists = [str(one.get("name_in_output", one["name"])) for one in manifest["lists"]]
        read = set(manifest["inputs"][0]["columns_read"])
        numbers = _kinds.NUMBERS - {str(options.get(one)).casefold() for one in ("person", "dedupe", "order_by")}
        columns = {i: (name, name.casefold() in numbers) for i, name in enumerate(self.names) if name in read}

        if len(columns) < len(read):
            lost = ", ".join(sorted(read - set(self.names)))
            raise HesopmatchError(f"the program reads columns that the frame lacks: {lost}: please report this bug")

        self.row = _kinds.ROW
        while self.row.casefold() in {name.casefold() for name in [*self.names, *self.lists]}:
            self.row += "_"
        self.path = where.named(APPOINTMENTS)
        self.frames.send(frame, columns, self.row, self.path)

    def check(self, said: _program.Said, pattern: str) -> None:
        """Fail unless the program read as many rows as the frame has."""
        found = re.search(pattern, "".join(said.account), re.MULTILINE)
        if not found or int(found[1]) != self.height:
            read = found[1] if found else "an unknown number"
            raise HesopmatchError(
                f"the frame has {self.height} rows, but the program read {read}: please report this bug"
            )

    def indexes(self, columns: Any) -> list[int] | None:
        """Return the indexes of the columns that the user chose, or None for all."""
        if columns is None:
            return None
        chosen = columns.split(",") if isinstance(columns, str) else list(columns)
        indexes = []
        for name in map(str, chosen):
            if name not in self.names:
                folded = [i for i, one in enumerate(self.names) if one.casefold() == name.strip().casefold()]
                if len(folded) != 1:
                    raise UsageError(f"columns: no column {name}: the columns are {', '.join(self.names)}")
                indexes += folded
            else:
                indexes.append(self.names.index(name))
        return indexes
