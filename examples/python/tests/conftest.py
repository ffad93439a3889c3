from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

if os.environ.get("HESOPMATCH_TEST_NO_PYARROW"):
    sys.modules["pyarrow"] = None  # as if it were not installed

import hesopmatch as hm
from hesopmatch import _program

ROOT = Path(__file__).resolve().parents[3]
KINDS = ["pandas", "polars"] + ["pyarrow"] * (not os.environ.get("HESOPMATCH_TEST_NO_PYARROW"))


@pytest.fixture(autouse=True)
def testdata(monkeypatch, tmp_path_factory):
    """Run in the folder testdata, with a temporary folder that must be empty afterwards."""
    made = tmp_path_factory.mktemp("made")
    monkeypatch.setattr("tempfile.tempdir", str(made))
    monkeypatch.chdir(ROOT / "testdata")
    yield ROOT / "testdata"
    assert list(made.iterdir()) == []


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


def frame(kind, columns, types=None):
    """Make a frame of the given kind from columns of values."""
    if kind == "pandas":
        import pandas as pd

        return pd.DataFrame(columns)
    if kind == "polars":
        import polars as pl

        return pl.DataFrame(columns)
    import pyarrow as pa

    return pa.table(columns)


def columns(result):
    """Return the columns of any frame as lists, with None for null."""
    if type(result).__module__.startswith("pandas"):
        return {
            name: [None if hm._kinds.is_null(value) else value for value in result.iloc[:, i].tolist()]
            for i, name in enumerate(result.columns)
        }
    if type(result).__module__.startswith("polars"):
        return result.to_dict(as_series=False)
    return result.to_pydict()


def program(*args):
    """Run the program itself, and return its output as rows of fields."""
    import csv

    done = subprocess.run([_program.path(), *args], capture_output=True, encoding="utf-8", check=True)
    return list(csv.reader(done.stdout.splitlines()))


def by_name(table):
    """Return the columns of a table by name, with None for an empty field."""
    return {name: [row[i] or None for row in table[1:]] for i, name in enumerate(table[0])}


FLAGS = {"1": True, "0": False, None: None}
