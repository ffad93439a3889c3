"""Runs the README's blocks in order, and compares the result of its example with the program's output."""

from __future__ import annotations

import contextlib
import csv
import glob
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from conftest import FLAGS, ROOT

from hesopmatch import _program

WHEEL = os.environ.get("HESOPMATCH_TEST_WHEEL", "")
README = ROOT / "examples/python/README.md"


def blocks():
    return re.findall(r"^```(\w+)\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(not WHEEL, reason="run by .ci/python/run")
def test_readme(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "testdata/codelists", tmp_path / "codelists")
    shutil.copy(WHEEL, tmp_path)
    monkeypatch.chdir(tmp_path)
    path = os.pathsep.join((str(pathlib.Path(sys.executable).parent), os.environ["PATH"]))
    names: dict = {}
    said, ran = "", 0
    for language, code in blocks():
        if language == "text":
            assert said == code
        elif language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(code, str(README), "exec"), names)
            said = out.getvalue()
        else:
            assert language == "sh"
            subprocess.run(
                ["bash", "-e", "-c", code], check=True, env={**os.environ, "PATH": path}, capture_output=True
            )
        ran += 1
    assert ran >= 6
    compare(names["flags"])


def compare(flags):
    """Compares the result of the example with the output of the program, cell by cell."""
    args = ["flag", "-icd10", "codelists/depression.csv", "-rows", "all", "-o", "want.csv", "appointments.csv"]
    subprocess.run([_program.path(), *args], check=True, capture_output=True)
    with open("want.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert list(flags.columns) == header
    assert len(flags) == len(rows) == 100_000
    for i, name in enumerate(header):
        want = [row[i] or None for row in rows]
        if name == "depression":
            want = [FLAGS[value] for value in want]
            assert set(want) == {True, False, None}
        got = flags[name]
        assert [None if null else value for value, null in zip(got.tolist(), got.isna())] == want, name


def test_readme_is_short():
    assert len(README.read_text().splitlines()) <= 120
    assert not glob.glob(str(ROOT / "examples/python/*.csv"))
