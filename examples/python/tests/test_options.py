"""Every option of the program is a keyword, or is missing for a reason."""

from __future__ import annotations

import datetime as dt
import re
import subprocess

import pytest

import hesopmatch as hm
from hesopmatch import _options, _program

LEFT_OUT = {
    "icd10": "an argument of its own",
    "opcs4": "an argument of its own",
    "codelist": "an argument of its own",
    "o": "the functions return the output",
    "config": "in Python, keep options in a dict and pass **options",
    "version": "is a function",
    "progress": "is always lines; the package decides whether to show them",
    "format": "each format is a function",
    "values": "flags are True and False",
    "diff": "has a result of a different form: run hesopmatch lint -diff",
    "disclosure": "an argument of its own",
    "release": "an argument of its own",
    "part": "is for a run that returns no people: run hesopmatch cohort -part",
    "dialect": "an argument of its own",
}
FUNCTIONS = {
    "lint": [_options.LintOptions],
    "flag": [_options.FlagOptions, _options.HitsOptions],
    "cohort": [_options.PeopleOptions, _options.ReleaseOptions],
    "syntax": [_options.SyntaxOptions],
}


def options_of(command):
    said = subprocess.run([_program.path(), "help", command], capture_output=True, encoding="utf-8", check=True)
    return set(re.findall(r"^  -([a-z0-9-]+)", said.stdout, re.MULTILINE))


@pytest.mark.parametrize("command", list(FUNCTIONS))
def test_every_option_is_a_keyword(command):
    have = options_of(command)
    assert len(have) > 10
    keywords = {_options.option(name)[1:] for one in FUNCTIONS[command] for name in one.__annotations__}
    assert keywords == have - set(LEFT_OUT)


def test_what_is_left_out_is_there():
    assert set(LEFT_OUT) <= set().union(*(options_of(command) for command in FUNCTIONS))


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ({"lenient": True}, ["-lenient"]),
        ({"lenient": False, "sheet": None}, []),
        ({"from_": dt.date(2019, 4, 1)}, ["-from=2019-04-01"]),
        ({"to_": dt.datetime(2019, 4, 1, 12)}, ["-to=2019-04-01"]),
        ({"min": 2}, ["-min=2"]),
        ({"with_": ["a", "b"]}, ["-with=a", "-with=b"]),
        ({"bands": [0, 18]}, ["-bands=0,18"]),
        ({"rename": {"cause": "diag_01", "x": ""}}, ["-rename=cause=diag_01", "-rename=x="]),
    ],
)
def test_values(given, want):
    assert _options.arguments("release", _options.ReleaseOptions, given) == want


def test_keywords_that_are_none():
    with pytest.raises(TypeError, match=r"flag\(\) has no keyword row: did you mean rows\?"):
        hm.flag("appointments.csv", icd10="codelists/depression.csv", row="all")
    with pytest.raises(TypeError, match=r"lint\(\) has no keyword xyz: the keywords are allow_broad, "):
        hm.lint("codelists/depression.csv", xyz=1)
    with pytest.raises(hm.UsageError, match="sheet: its value cannot be of type dict_values"):
        hm.lint("codelists/depression.csv", sheet={}.values())


def test_names():
    assert sorted(hm.__all__) == hm.__all__ or len(set(hm.__all__)) == len(hm.__all__)
    assert {"lint", "flag", "hits", "people", "syntax", "release", "version"} <= set(hm.__all__)


@pytest.mark.parametrize("keyword", ["quality", "manifest", "header"])
def test_a_file_is_no_switch(keyword, tmp_path):
    """If True were accepted, the first file of appointments would become the option's value, and be overwritten."""
    years = [tmp_path / "y1.csv", tmp_path / "y2.csv"]
    for year in years:
        year.write_text("diag_01,opertn_01\nF321,-\n")
    with pytest.raises(hm.UsageError, match=f"{keyword}: its value cannot be of type bool"):
        hm.flag(years, icd10="codelists/depression.csv", quiet=True, **{keyword: True})
    assert years[0].read_text() == "diag_01,opertn_01\nF321,-\n"


def test_a_switch_is_true_or_false():
    with pytest.raises(hm.UsageError, match="lenient is a switch: True or False"):
        hm.lint(icd10="codelists/depression.csv", lenient="yes")
