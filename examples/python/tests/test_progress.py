"""The progress of a run shows on a terminal and in a notebook, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import hesopmatch as hm
from hesopmatch import _program, _progress

LIST = "codelists/depression.csv"

# The writer of the pipe waits until a line of progress has been shown, so the run is long enough on any machine.
SLOW = f"""
import os, sys, tempfile, threading
import hesopmatch as hm
from hesopmatch import _progress

shown = threading.Event()
show = _progress.Progress.show
def noted(self, text):
    show(self, text)
    shown.set()
_progress.Progress.show = noted

pipe = os.path.join(tempfile.mkdtemp(), "pipe")
os.mkfifo(pipe)
def write():
    with open(pipe, "w") as out:
        out.write("diag_01\\n")
        out.flush()
        shown.wait(60)
        out.write("F321\\n")
thread = threading.Thread(target=write)
thread.start()
frame = hm.flag(pipe, icd10={LIST!r}, to="polars", quiet=True)
thread.join()
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs named pipes")


def test_on_no_terminal():
    done = subprocess.run([sys.executable, "-c", SLOW + "print(frame)"], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "F321" in done.stdout
    assert done.stderr == ""


def test_on_a_terminal():
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen([sys.executable, "-c", SLOW], stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL)
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # on Linux, this means that the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    assert child.wait() == 0, said
    lines = said.decode().split("\r")
    assert lines[0] == ""
    assert lines[1].startswith("0 rows, 0 MB, ")
    assert lines[-1] == ""
    assert lines[-2].strip() == ""  # the line is erased at the end


def test_in_a_notebook():
    nbclient = pytest.importorskip("nbclient")
    import nbformat

    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell(SLOW),
        nbformat.v4.new_code_cell("frame['depression'].to_list()"),
        nbformat.v4.new_code_cell("hm.flag('no.csv', icd10={'x': 'no.csv'})"),
    ]
    nbclient.NotebookClient(book, kernel_name="python3", allow_errors=True, timeout=120).execute()
    slow, value, error = ([dict(output) for output in cell.outputs] for cell in book.cells)
    assert {one["output_type"] for one in slow} == {"stream"}, slow
    text = "".join(one["text"] for one in slow)
    assert "\r0 rows, 0 MB, " in text
    assert text.endswith("\r")
    assert value[0]["data"]["text/plain"] == "[True]"
    assert error[-1]["ename"] == "HesopmatchError"
    assert error[-1]["evalue"].startswith("flag: codelist no.csv")


def test_an_interrupt_of_a_notebook_is_an_exception(monkeypatch):
    """A kernel receives an interrupt in its main thread, while that thread reads lines."""

    def interrupt(self, text):
        raise KeyboardInterrupt

    ended = []
    wait = subprocess.Popen.wait
    monkeypatch.setattr(_progress.Progress, "show", interrupt)
    monkeypatch.setattr(subprocess.Popen, "wait", lambda self, *args: ended.append(wait(self, *args)) or ended[-1])
    monkeypatch.setattr(_program, "_PROGRESS", "rows: ")  # treats an ordinary line as progress
    with pytest.raises(KeyboardInterrupt):
        hm.flag("appointments.csv", icd10=LIST, to="polars")
    assert ended
