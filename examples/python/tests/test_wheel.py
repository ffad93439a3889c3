"""Tests the wheel in separate environments. .ci/python/run gives the paths of the wheel and of a Python."""

from __future__ import annotations

import hashlib
import os
import pathlib
import re
import stat
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT

import hesopmatch

WHEEL = os.environ.get("HESOPMATCH_TEST_WHEEL", "")
BARE = os.environ.get("HESOPMATCH_TEST_BARE", "")  # the Python of an environment that has only the wheel
pytestmark = pytest.mark.skipif(not WHEEL, reason="run by .ci/python/run")


def bare(code, cwd=None):
    return subprocess.run([BARE, "-W", "error", "-c", code], capture_output=True, encoding="utf-8", cwd=cwd)


def test_the_wheel_is_what_is_tested():
    assert pathlib.Path(hesopmatch.__file__).is_relative_to(sys.prefix)


def test_what_is_in_the_wheel():
    version = re.search(
        r'^const Version = "(.*)"$', (ROOT / "examples/hesopmatch/internal/program/version.go").read_text(), re.M
    )[1]
    with zipfile.ZipFile(WHEEL) as wheel:
        modes = {info.filename: info.external_attr >> 16 for info in wheel.infolist()}
        about = wheel.read(f"hesopmatch-{version}.dist-info/METADATA").decode()
        tags = wheel.read(f"hesopmatch-{version}.dist-info/WHEEL").decode()
        assert wheel.read(f"hesopmatch-{version}.dist-info/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    program = next(name for name in modes if name in ("hesopmatch/hesopmatch", "hesopmatch/hesopmatch.exe"))
    assert stat.S_IMODE(modes[program]) == 0o755
    assert "hesopmatch/py.typed" in modes
    assert not [name for name in modes if "test" in name or "pycache" in name]
    assert "Requires-Dist" not in about.replace("; extra ==", "\0").split("\0")[0] or "extra ==" in about
    assert not re.search(r"^Requires-Dist: (?!.*extra ==)", about, re.M)
    assert "License-Expression: MIT" in about
    assert "Root-Is-Purelib: false" in tags


def test_another_build_is_the_same_bytes(tmp_path):
    """.ci/wheel packs a given program with its licences, and two builds give the same bytes."""
    program = tmp_path / "program"
    program.write_bytes(b"a program")
    licences = tmp_path / "LICENCES.txt"
    licences.write_text("of others")
    for target, tag in (
        ("linux/amd64", "manylinux_2_17_x86_64.musllinux_1_1_x86_64"),
        ("windows/arm64", "win_arm64"),
        ("darwin/arm64", "macosx_12_0_arm64"),
    ):
        sums = set()
        for again in ("1", "2"):
            script = [str(ROOT / ".ci/wheel"), str(tmp_path / again), target, str(program), str(licences)]
            made = pathlib.Path(
                subprocess.run(script, capture_output=True, encoding="utf-8", check=True).stdout.strip()
            )
            assert made.name.endswith(f"-py3-none-{tag}.whl")
            sums.add(hashlib.sha256(made.read_bytes()).hexdigest())
            os.utime(program, (0, 0))
        assert len(sums) == 1, target
        with zipfile.ZipFile(made) as wheel:
            ending = ".exe" if target.startswith("windows") else ""
            assert wheel.read(f"hesopmatch/hesopmatch{ending}") == b"a program"
            other = next(name for name in wheel.namelist() if name.endswith("licenses/THIRD-PARTY-LICENCES.txt"))
            assert wheel.read(other) == b"of others"


def test_without_a_library_of_frames(testdata):
    done = bare("import pandas")
    assert "ModuleNotFoundError" in done.stderr
    done = bare(
        "import hesopmatch as hm\n"
        "print(hm.version(), hm.lint('codelists/depression.csv').fit)\n"
        "print(len(hm.syntax('spark', icd10='codelists/depression.csv', layout='cprd', quiet=True)) > 1000)\n"
        "for f in (hm.flag, hm.hits, hm.people):\n"
        "    try:\n        f('appointments.csv', icd10='codelists/depression.csv')\n"
        "    except hm.HesopmatchError as err:\n        print(err)\n",
        testdata,
    )
    assert done.stderr == ""
    sentence = (
        "a frame needs pandas, polars or pyarrow, but none of them is installed: pip install 'hesopmatch[pandas]'"
    )
    assert done.stdout.splitlines()[1:] == ["True", *[sentence] * 3]
    assert done.stdout.splitlines()[0].endswith(" True")


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("hm.flag('a.csv', icd10={'x': 'x.csv'}, rows='all', min_rows=1)", "Unexpected keyword argument"),
        ("hm.flag('a.csv', icd10={'x': 'x.csv'}, rows='some')", "incompatible type"),
        ("hm.people('a.csv', icd10=['x.csv'], with_=['a'], from_='2019-04-01', min=2)", ""),
        ("hm.lint('x.csv').rows.anything", ""),
    ],
)
def test_types_of_callers(code, complaint, tmp_path):
    text = f"import hesopmatch as hm\n\nresult = {code}\n"
    args = ["--strict", "--cache-dir", str(tmp_path), "-c", text]
    done = subprocess.run([sys.executable, "-m", "mypy", *args], capture_output=True, encoding="utf-8")
    assert done.returncode == bool(complaint), done.stdout
    assert complaint in done.stdout


def test_the_command(testdata):
    """The command of the wheel has the output and exit status of the program."""
    command = str(pathlib.Path(BARE).parent / "hesopmatch")
    done = subprocess.run([command, "lint", "codelists/faulty.csv"], capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "rejected" in done.stdout
    assert subprocess.run([command], capture_output=True).returncode == 2


def test_without_pyarrow():
    """All tests of frames pass without pyarrow."""
    here = str(pathlib.Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-x", f"{here}/test_frames.py", f"{here}/test_functions.py"],
        env={**os.environ, "HESOPMATCH_TEST_NO_PYARROW": "1"},
        cwd=ROOT / "examples/python",
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d+ passed", done.stdout) or "..." in done.stdout
