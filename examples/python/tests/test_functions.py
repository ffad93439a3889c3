"""The functions return the program's own results, for files and for frames."""

from __future__ import annotations

import csv
import datetime as dt
import pathlib

import pytest
from conftest import FLAGS, by_name, columns, frame, program

import hesopmatch as hm

DEPRESSION = "codelists/depression.csv"
LISTS = ["-icd10", DEPRESSION, "-opcs4", "codelists/joints.csv"]
NAMED = {"icd10": DEPRESSION, "opcs4": "codelists/joints.csv"}


def flagged(*args):
    want = by_name(program("flag", *LISTS, *args, "appointments.csv"))
    return {name: [FLAGS[v] for v in c] if name in ("depression", "joints") else c for name, c in want.items()}


def appointments(kind):
    return frame(kind, by_name(program("flag", *LISTS, "-rows", "all", "appointments.csv")))


def without_flags(kind):
    table = by_name(program("flag", *LISTS, "-rows", "all", "appointments.csv"))
    return frame(kind, {name: column for name, column in table.items() if name not in ("depression", "joints")})


@pytest.mark.parametrize("rows", ["matched", "all", "people"])
def test_flag_of_a_file(kind, rows):
    got = hm.flag("appointments.csv", **NAMED, rows=rows, to=kind, quiet=True)
    assert type(got).__module__.startswith(kind)
    assert columns(got) == flagged("-rows", rows)


@pytest.mark.parametrize("rows", ["matched", "all", "people"])
def test_flag_of_a_frame(kind, rows):
    got = hm.flag(without_flags(kind), **NAMED, rows=rows, quiet=True)
    assert type(got).__module__.startswith(kind)
    assert columns(got) == flagged("-rows", rows)


@pytest.mark.parametrize("chosen", ["NOTE,ATTENDKEY", ["note", "ATTENDKEY"]])
def test_columns(kind, chosen):
    want = flagged("-columns", "NOTE,ATTENDKEY")
    assert columns(hm.flag("appointments.csv", **NAMED, columns=chosen, to=kind, quiet=True)) == want
    assert columns(hm.flag(without_flags(kind), **NAMED, columns=chosen, quiet=True)) == want


def test_types(kind):
    got = hm.flag(without_flags(kind), **NAMED, rows="all", quiet=True)
    assert str(got.schema.field("joints").type if kind == "pyarrow" else got["joints"].dtype).lower().startswith("bool")
    people = hm.people("appointments.csv", **NAMED, to=kind, quiet=True)
    if kind == "pandas":
        assert [str(t) for t in people.dtypes[2:]] == ["datetime64[s]", "datetime64[s]", "Int64", "Int64"]
        assert got["DIAG_4_01"].dtype == without_flags(kind)["DIAG_4_01"].dtype
        assert str(hm.flag("appointments.csv", **NAMED, quiet=True, to=kind)["NOTE"].dtype) == "string"


@pytest.mark.parametrize("chosen", [None, ["NOTE", "ATTENDKEY"]])
def test_hits(kind, chosen):
    more = ["-columns", "NOTE,ATTENDKEY"] if chosen else []
    want = by_name(program("flag", *LISTS, *more, "-format", "hits", "appointments.csv"))
    for name in ("row", "position", "entry_line", "input_line"):
        want[name] = [int(value) if value else None for value in want[name]]
    assert columns(hm.hits("appointments.csv", **NAMED, columns=chosen, to=kind, quiet=True)) == want
    # Hits of a frame have the input_file "appointments", and no input_line.
    want |= {"input_file": ["appointments"] * len(want["row"])}
    got = columns(hm.hits(without_flags(kind), **NAMED, columns=chosen, quiet=True))
    assert set(got.pop("input_line")) <= {None, *want.pop("input_line")}
    assert got == want


def test_people(kind):
    filters = ["-attended", "-from", "2019-04-01", "-dedupe", "attendkey"]
    want = by_name(program("cohort", *LISTS, *filters, "appointments.csv"))
    for name in ("first", "last"):
        want[name] = [dt.date.fromisoformat(day) if day else None for day in want[name]]
    for name in ("appointments", "dates"):
        want[name] = [int(n) for n in want[name]]
    assert len(want["person"]) > 1
    for given in ("appointments.csv", without_flags(kind)):
        got = hm.people(
            given, **NAMED, attended=True, from_=dt.date(2019, 4, 1), dedupe="attendkey", to=kind, quiet=True
        )
        got = columns(got)
        for name in ("first", "last"):
            got[name] = [day.date() if isinstance(day, dt.datetime) else day for day in got[name]]
        assert got == want


def test_people_of_parts(tmp_path):
    program("cohort", *LISTS, "-part", str(tmp_path / "part"), "appointments.csv")
    want = hm.people("appointments.csv", **NAMED, to="polars", quiet=True)
    assert hm.people(None, merge=tmp_path / "part", **NAMED, to="polars", quiet=True).equals(want)


def test_release(kind, tmp_path):
    program("cohort", *LISTS, "-disclosure", "ukllc", "-release", str(tmp_path / "want"), "appointments.csv")
    for i, given in enumerate(["appointments.csv", without_flags(kind)]):
        got = hm.release(given, tmp_path / str(i), **NAMED, disclosure="ukllc", to=kind, quiet=True)
        assert got.folder == tmp_path / str(i)
        assert sorted(got.tables) == sorted(path.stem for path in (tmp_path / "want").glob("*.csv"))
        for name, table in got.tables.items():
            with open(tmp_path / "want" / f"{name}.csv", newline="") as file:
                want = by_name(list(csv.reader(file)))
            if i and name == "tables":
                want["value"] = ["appointments" if v == "appointments.csv" else v for v in want["value"]]
            assert columns(table) == want, name
        for path in got.folder.rglob("*"):
            assert not path.is_file() or b"hesopmatch-" not in path.read_bytes().replace(b"hesopmatch-svg", b""), path


def test_lint(kind):
    report = hm.lint(DEPRESSION, to=kind)
    assert report.fit
    assert [one["name"] for one in report.lists] == ["depression"]
    assert columns(report.rows)["code"] == ["F32", "F321", "F322", "F33", "F341"]
    assert columns(report.rows)["line"] == [2, 3, 4, 5, 6]
    notes = columns(report.rows)["notes"]
    assert notes[0] == "by policy auto, also listed: F321, F322"
    assert notes[1:] == [None] * 4
    assert report.json["version"] == hm.version()


def test_lint_of_a_list_that_is_not_fit():
    report = hm.lint(icd10="codelists/faulty.csv")
    assert not report.fit
    assert report.notices[0] == (
        "error",
        "codelists/faulty.csv: 7 rows rejected and not used, first line 3, column 1: not a code",
    )
    assert not hm.lint("no.csv").fit
    assert "no such file" in hm.lint("no.csv").notices[0].text


def test_syntax():
    want = program("syntax", "-icd10", DEPRESSION, "-dialect", "spark", "-layout", "cprd")
    got = hm.syntax("spark", icd10=DEPRESSION, layout="cprd", quiet=True)
    assert "depression" in got
    assert len(got.splitlines()) == len(want)


@pytest.mark.parametrize(
    ("lists", "names"),
    [
        ({"icd10": DEPRESSION}, ["depression"]),
        ({"icd10": pathlib.Path(DEPRESSION)}, ["depression"]),
        ({"icd10": {"sad": DEPRESSION}}, ["sad"]),
        ({"icd10": [DEPRESSION, "codelists/diabetes-2.csv"]}, ["depression", "diabetes-2"]),
        ({"codelist": "codelists/conditions.csv", "group": "Concept Name"}, ["Depression"]),
        ({"codelist": {"a, b": DEPRESSION}, "names": "safe"}, ["a__b"]),
    ],
)
@pytest.mark.filterwarnings("ignore:.*R69X")
def test_names_of_lists(lists, names):
    for given in ("appointments.csv", without_flags("polars")):
        got = hm.flag(given, **lists, columns="NOTE", to="polars", quiet=True)
        assert got.columns[1 : 1 + len(names)] == names


def test_a_frame_as_a_codelist(kind):
    codes = frame(kind, {"code": ["F32", "F33"], "term": ["one", None], "number": [1, 2]})
    for lists, name in (({"icd10": codes}, "icd10"), ({"icd10": {"a/b": codes}}, "a/b")):
        hits = columns(hm.hits("appointments.csv", **lists, to=kind, quiet=True))
        assert set(hits["list"]) == {name}
        assert set(hits["entry_file"]) == {name}
        assert set(hits["entry_line"]) == {2, 3}
        assert hm.lint(**lists).json["files"][0]["file"] == name


def test_several_files_a_folder_and_a_pattern(tmp_path):
    text = pathlib.Path("appointments.csv").read_text()
    for name in ("-a.csv", "b=1.csv"):
        (tmp_path / name).write_text(text.replace("names", name))  # the files must differ: a copy would be refused
    one = len(hm.flag("appointments.csv", **NAMED, to="polars", quiet=True))
    for given in (tmp_path, str(tmp_path / "*.csv"), [tmp_path / "-a.csv", tmp_path / "b=1.csv"]):
        assert len(hm.flag(given, **NAMED, to="polars", quiet=True)) == 2 * one


def test_names_that_look_like_options(tmp_path, monkeypatch):
    (tmp_path / "-lenient").write_text(pathlib.Path("appointments.csv").read_text())
    (tmp_path / "x=y.csv").write_text(pathlib.Path(DEPRESSION).read_text())
    monkeypatch.chdir(tmp_path)
    assert "x_y" in hm.flag("-lenient", icd10="x=y.csv", to="polars", quiet=True).columns
