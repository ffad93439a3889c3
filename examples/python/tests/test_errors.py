"""Failures are exceptions, problems are warnings, and no file is left behind."""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import warnings

import pytest
from conftest import frame

import hesopmatch as hm
from hesopmatch import _program

DEPRESSION = "codelists/depression.csv"


def test_wrong_use():
    with pytest.raises(
        hm.UsageError, match=r"^flag: no codelist: name one with -icd10, -opcs4 or -codelist$"
    ) as caught:
        hm.flag("appointments.csv", to="polars")
    assert isinstance(caught.value, ValueError)
    with pytest.raises(hm.UsageError, match=r"^cohort: -min 0: must be 1 or more$"):
        hm.people("appointments.csv", icd10=DEPRESSION, min=0, to="polars")
    with pytest.raises(hm.UsageError, match=r"to='excel': must be one of pandas, polars, pyarrow"):
        hm.flag("appointments.csv", icd10=DEPRESSION, to="excel")


def test_a_list_with_faults(kind):
    with pytest.raises(hm.HesopmatchError) as caught:
        hm.flag("appointments.csv", icd10="codelists/faulty.csv")
    assert not isinstance(caught.value, hm.UsageError)
    assert str(caught.value).startswith("flag: codelists/faulty.csv: 7 rejected rows (-lenient goes on without them):")
    assert 'line 6, column 1: "F": prefix of fewer than three characters' in str(caught.value)
    with pytest.raises(hm.HesopmatchError) as caught:
        hm.flag("appointments.csv", icd10={"my list": frame(kind, {"code": ["F32", "E1(0|1)"]})})
    assert str(caught.value).startswith("flag: my list: 1 rejected row")


def test_warnings_point_at_the_call(kind):
    given = {"icd10": {"x": frame(kind, {"code": ["F32", "R69X"]})}, "quiet": True, "to": kind}
    for appointments in ("appointments.csv", frame(kind, {"diag_01": ["F32", "I10"]})):
        with pytest.warns(hm.HesopmatchWarning, match=r"^x: line 3: R69X stands for missing values") as caught:
            hm.flag(appointments, **given)
        assert [warning.filename for warning in caught] == [__file__]
    with pytest.raises(hm.HesopmatchError, match="there are warnings, and -warnings error makes them fail"):
        hm.flag("appointments.csv", warnings="error", **given)


def test_warnings_of_columns_that_are_not_sent(kind, capfd):
    given = frame(kind, {"diag_01": ["F32"], "dia_02": ["F33"]})
    with pytest.warns(hm.HesopmatchWarning, match=r'^appointments: column "dia_02" is not read; its name is close to'):
        hm.flag(given, icd10=DEPRESSION, quiet=True)


def test_the_account(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        hm.flag(frame("polars", {"diag_01": ["F321"]}), icd10=DEPRESSION, rows="all")
        said = capfd.readouterr()
        assert said.out == ""
        assert said.err.startswith("note: depression: 4 of 5 entries never matched: F32, F322, F33, F341\nrows: 1, ")
        assert "code fields read in appointments: 1 raw of ICD-10" in said.err
        assert "hesopmatch-" not in said.err
        assert "\n  R: " not in said.err
        hm.flag("appointments.csv", icd10=DEPRESSION, quiet=True, to="polars", rows="people")
        assert capfd.readouterr().err == ""
        hm.flag("appointments.csv", icd10=DEPRESSION, to="polars", rows="people")
        said = capfd.readouterr().err
        assert "rows: 24, " in said
        assert "Identifiers are text" not in said
        assert "read.csv" not in said
        assert "not fit to leave" in said


PROBLEM = "install the wheel of"


@pytest.mark.parametrize("fault", ["absent", "not a program", "may not run"])
def test_a_program_that_does_not_start(fault, tmp_path, monkeypatch):
    shutil.copytree(pathlib.Path(hm.__file__).parent, tmp_path / "hesopmatch")
    program = tmp_path / "hesopmatch" / pathlib.Path(_program.path()).name
    if fault == "absent":
        program.unlink()
    elif fault == "not a program":
        program.write_bytes(b"\x7fELF no")
    else:
        program.chmod(0o644)
    for code in ("import hesopmatch; hesopmatch.version()", "from hesopmatch._program import main; main()"):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8")
        assert done.returncode == 1
        assert "install the wheel of" in done.stderr.splitlines()[-1]
        assert "main" not in code or len(done.stderr.splitlines()) == 1


def test_a_program_that_is_killed(monkeypatch):
    class Killed(subprocess.Popen):
        def wait(self, timeout=None):
            super().wait(timeout)
            return -9

    monkeypatch.setattr(subprocess, "Popen", Killed)
    with pytest.raises(hm.HesopmatchError, match="the program ended with -9: note: "):
        hm.flag("appointments.csv", icd10=DEPRESSION, to="polars")


@pytest.mark.skipif(os.name == "nt", reason="needs named pipes")
@pytest.mark.parametrize("of", ["a file", "a frame"])
def test_an_interrupt_ends_the_program(of, tmp_path):
    """The program waits for a pipe without a writer. Only Python gets the interrupt, as in a notebook."""
    os.mkfifo(tmp_path / "pipe")
    lists = "pl.DataFrame({'code': ['F32']})" if of == "a frame" else repr(DEPRESSION)
    code = "import hesopmatch as hm, polars as pl\nprint('ready', flush=True)\n"
    code += f"hm.flag({str(tmp_path / 'pipe')!r}, icd10={lists}, to='polars')"
    made = tmp_path / "made"
    made.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(made)},
        start_new_session=True,
    )
    assert child.stdout.readline() == "ready\n"
    end = None
    while end is None and child.poll() is None:
        with contextlib.suppress(OSError):  # until the program has opened the other end
            end = os.open(tmp_path / "pipe", os.O_WRONLY | os.O_NONBLOCK)
    assert child.poll() is None
    assert len(list(made.iterdir())) == 1
    os.kill(child.pid, signal.SIGINT)
    _, said = child.communicate()
    assert end is not None, said
    with pytest.raises(BrokenPipeError):  # the pipe has no reader any more
        os.write(end, b"x")
    os.close(end)
    assert said.endswith("KeyboardInterrupt\n"), said
    assert list(made.iterdir()) == []


def test_the_folder_is_private(monkeypatch):
    seen = []
    run = _program.run

    def look(args, out, names, *more):
        seen.append(pathlib.Path(out or next(iter(names))).parent.stat().st_mode & 0o777)
        return run(args, out, names, *more)

    monkeypatch.setattr(_program, "run", look)
    hm.flag(frame("polars", {"diag_01": ["F32"]}), icd10=DEPRESSION, quiet=True)
    assert seen == [0o700] * 2


def test_rows_that_are_lost(monkeypatch):
    """The program must have read as many rows as the frame has."""
    given = frame("polars", {"diag_01": ["F32", "I10"]})
    run = _program.run

    def lose(*args):
        status, said = run(*args)
        said.account = [line.replace("rows: 2", "rows: 1") for line in said.account]
        return status, said

    monkeypatch.setattr(_program, "run", lose)
    with pytest.raises(hm.HesopmatchError, match="the frame has 2 rows, but the program read 1"):
        hm.flag(given, icd10=DEPRESSION, quiet=True)
