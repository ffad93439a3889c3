"""Which kinds of frame there are, and what each one can do."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ._errors import FrameError, HesopmatchError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Kind = Literal["pandas", "polars", "pyarrow"]
KINDS: tuple[Kind, ...] = ("pandas", "polars", "pyarrow")

# Columns that hold small numbers, which floating point holds too. All others are identifiers, codes and days.
NUMBERS = frozenset(("attended", "apptage", "apptage_calc", "fyear", "sex", "tretspef"))

ROW = "hesopmatch_row"


class Frames(Protocol):
    """What a kind of frame can do. Columns are named by their place, because names may be of any type."""

    def labels(self, frame: Any) -> list[Any]:
        """Return the names of the columns."""

    def height(self, frame: Any) -> int:
        """Return the number of rows."""

    def values(self, frame: Any, column: int) -> list[Any]:
        """Return the values of a column, as Python has them."""

    def send(self, frame: Any, columns: Mapping[int, tuple[str, bool]], row: str, path: str) -> None:
        """Write columns, by their names and whether they may be numbers, with the number of each row to a file."""

    def read(self, file: str, names: Sequence[str], types: Sequence[str]) -> Any:
        """Read a CSV file with a header, which is not used, of columns of type text, flag, int or day."""

    def make(self, columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> Any:
        """Make a frame of columns."""

    def respell(self, frame: Any, column: str, names: Mapping[str, str]) -> Any:
        """Replace values of a text column."""

    def rows(self, answers: Any) -> list[int]:
        """Return the first column, which is of type int without a null."""

    def behind(self, answers: Any) -> Any:
        """Return the columns behind the first."""

    def join(self, frame: Any, rows: list[int] | None, columns: list[int] | None, answers: Any) -> Any:
        """Return rows of the frame, None for all, with the columns of the answers behind."""

    def beside(self, answers: Any, frame: Any, rows: list[int], columns: list[int]) -> Any:
        """Return the answers with columns of rows of the frame behind."""


def module(kind: Kind) -> Frames:
    """Return the functions for a kind."""
    frames: Frames = importlib.import_module(f"{__package__}._{kind}")
    return frames


def kind_of(value: object) -> Kind | None:
    """Return the kind of a frame, None for what is none."""
    pandas, polars, pyarrow = (sys.modules.get(kind) for kind in KINDS)
    if pandas and isinstance(value, pandas.DataFrame):
        return "pandas"
    if polars and isinstance(value, polars.LazyFrame):
        raise UsageError("a LazyFrame has no rows yet: collect() it first")
    if polars and isinstance(value, polars.DataFrame):
        return "polars"
    if pyarrow and isinstance(value, (pyarrow.Table, pyarrow.RecordBatch)):
        return "pyarrow"
    return None


def check(to: Kind | None, kind: Kind | None) -> None:
    """Fail if a frame is to come back as another kind."""
    if to and kind and to != kind:
        raise UsageError(f"to={to!r} is for files: a frame of {kind} comes back as one")


def choose(to: Kind | None) -> Kind:
    """Return the kind that is asked for, or the first that is installed."""
    if to is not None:
        if to not in KINDS:
            raise UsageError(f"to={to!r}: is one of {', '.join(KINDS)}")
        if importlib.util.find_spec(to) is None:
            raise HesopmatchError(f"to={to!r}: is not installed: pip install {to}")
        return to
    for kind in KINDS:
        if importlib.util.find_spec(kind) is not None:
            return kind
    raise HesopmatchError(
        "a frame needs pandas, polars or pyarrow, and none of them is installed: pip install 'hesopmatch[pandas]'"
    )


def is_null(value: object) -> bool:
    """Report whether a value stands for none: None, NaN, NaT and pandas.NA."""
    if value is None:
        return True
    if isinstance(value, str):
        return False
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA is neither
        return True


def floating(name: str) -> FrameError:
    """Return what is wrong with a float column."""
    return FrameError(
        f"column {name} is floating point, in which identifiers and codes lose digits and leading zeros: read it as "
        "text (pandas.read_csv(FILE, dtype=str), polars.read_csv(FILE, infer_schema=False))"
    )


def unreadable(name: str, what: object) -> FrameError:
    """Return what is wrong with a column of another type."""
    return FrameError(f"column {name} is of type {what}, and is read as text, whole numbers or days: convert it first")


def names_of(labels: Sequence[Any]) -> list[str]:
    """Return the names of columns as text, each one once."""
    names = [str(label) for label in labels]
    if not names:
        raise FrameError("the frame has no columns")
    seen: Collection[str] = set()
    for label, name in zip(labels, names):
        if isinstance(label, tuple):
            raise FrameError("the columns of the frame have several levels: give each one name first")
        if name in seen:
            raise FrameError(f"two columns of the frame are named {name}: rename one")
        seen = {*seen, name}
    return names
