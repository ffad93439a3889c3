"""Runs the program that the wheel contains."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

from ._errors import HesopmatchError, HesopmatchWarning, UsageError
from ._progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PROGRESS = "progress: "
_WARNING = "warning: "
# The start of the program's advice on how other programs should read its output. Users of frames need no such advice.
_OF_FILES = "Identifiers are text: "


def path() -> str:
    """Return the path of the program."""
    program = Path(__file__).parent / ("hesopmatch.exe" if os.name == "nt" else "hesopmatch")
    if not program.is_file():
        raise HesopmatchError(
            f"{program}: no such file, but hesopmatch needs it: install the wheel of your system, not the source"
        )
    return str(program)


def _cannot_start(program: str, err: OSError) -> HesopmatchError:
    reason = err.strerror or str(err)
    return HesopmatchError(
        f"{program}: cannot be started ({reason}): install the wheel of this system and processor, in a folder "
        "where programs may run"
    )


class Said:
    """What a run wrote to standard error, as warnings and other lines. The user's names replace temporary paths."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.warnings: list[str] = []
        self.account: list[str] = []

    def plain(self, text: str) -> str:
        """Return a text of the program, with the user's names instead of the paths of temporary files."""
        for made in sorted(self.names, key=len, reverse=True):
            text = text.replace(made, self.names[made])
        return text

    def read(self, stderr: Iterable[str], progress: Progress) -> None:
        """Sort the lines into progress, warnings and others as they arrive."""
        passing = False
        for line in stderr:
            if line.startswith(_PROGRESS):
                progress.show(line[len(_PROGRESS) :].rstrip())
                continue
            passing = line.startswith(_OF_FILES) or (passing and line.startswith("  "))
            if passing:
                continue
            if line.startswith(_WARNING):
                self.warnings.append(self.plain(line[len(_WARNING) :].rstrip("\n")))
            else:
                self.account.append(self.plain(line))

    def add(self, before: Said) -> None:
        """Add the notices about the user's frames from an earlier run, which saw the names of all their columns."""
        about = [line for line in before.account if line.startswith("note: ") and line[6:].startswith(self.known)]
        self.account = [line for line in about if line not in self.account] + self.account
        warned = [text for text in before.warnings if text.startswith(self.known) and text not in self.warnings]
        self.warnings = warned + self.warnings

    @property
    def known(self) -> tuple[str, ...]:
        """The prefixes of notices about the user's frames."""
        return tuple(f"{name}: " for name in self.names.values())

    def tell(self, quiet: bool) -> None:
        """Issue warnings as Python warnings, and write all other lines to standard error."""
        for text in self.warnings:
            warnings.warn(text, HesopmatchWarning, stacklevel=_depth())
        if not quiet:
            sys.stderr.write("".join(self.account))

    def error(self, command: str, status: int) -> HesopmatchError:
        """Return the exception for a failed run."""
        first = next((i for i, line in enumerate(self.account) if line.startswith(f"{command}: ")), None)
        text = "".join(self.account[first:]).strip()
        if first is None:
            text = f"the program ended with {status}: {text or 'it wrote no message'}"
        if status == 2:
            return UsageError(text.replace(" (-h explains)", ""))
        return HesopmatchError(text)


def _depth() -> int:
    """Return the stack level of the code that called this package."""
    depth, frame = 1, sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__package__") == __package__:
        depth, frame = depth + 1, frame.f_back
    return depth


def run(
    args: Sequence[str], out: str | None, names: Mapping[str, str], fine: tuple[int, ...] = (0,)
) -> tuple[int, Said]:
    """Run a command. Its standard output goes to the new file `out`, or is discarded if `out` is None.

    When this function returns or raises, even for an interrupt, the program has ended.
    """
    program = path()
    stdout: IO[bytes] | int = open(out, "wb") if out else subprocess.DEVNULL  # noqa: SIM115
    said, progress = Said(names), Progress()
    try:
        try:
            child = subprocess.Popen(
                [program, *args],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as err:
            raise _cannot_start(program, err) from None
        assert child.stderr is not None
        try:
            said.read(child.stderr, progress)
            status = child.wait()
        except BaseException:
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            raise
        finally:
            child.stderr.close()
            progress.clear()
    finally:
        if not isinstance(stdout, int):
            stdout.close()
    if status not in fine:
        raise said.error(args[0], status)
    return status, said


def main() -> NoReturn:
    """Run the program with the arguments of the command line, in place of this process where that is possible."""
    try:
        program = path()
        if os.name != "nt":
            os.execv(program, ["hesopmatch", *sys.argv[1:]])
        child = subprocess.Popen([program, *sys.argv[1:]])
    except HesopmatchError as err:
        sys.exit(f"hesopmatch: {err}")
    except OSError as err:
        sys.exit(f"hesopmatch: {_cannot_start(program, err)}")
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            continue  # the interrupt also reaches the program; wait until it ends
