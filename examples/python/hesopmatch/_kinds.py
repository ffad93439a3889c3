"""The kinds of frame, and the functions that each kind provides."""

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

# Columns with small numbers, which floating point represents exactly. All other columns that the program reads hold
# identifiers, codes or days.
NUMBERS = frozenset(("attended", "apptage", "apptage_calc", "fyear", "sex", "tretspef"))

ROW = "hesopmatch_row"


class Frames(Protocol):
    """The functions for one kind of frame. They identify columns by index, because names may be of any type."""

    def labels(self, frame: Any) -> list[Any]:
        """Return the names of the columns."""

    def height(self, frame: Any) -> int:
        """Return the number of rows."""

    def values(self, frame: Any, column: int) -> list[Any]:
        """Return the values of a column as Python objects."""

    def send(self, frame: Any, columns: Mapping[int, tuple[str, bool]], row: str, path: str) -> None:
        """Write columns and the number of each row to a file.

        `columns` maps the index of a column to a pair: its name, and whether it may hold small numbers.
        """

    def read(self, file: str, names: Sequence[str], types: Sequence[str]) -> Any:
        """Read a CSV file, ignoring its header. The type of each column is text, flag, int or day."""

    def make(self, columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> Any:
        """Make a frame from columns."""

    def respell(self, frame: Any, column: str, names: Mapping[str, str]) -> Any:
        """Replace values of a text column, as `names` maps them."""

    def rows(self, answers: Any) -> list[int]:
        """Return the first column, which is of type int and has no null."""

    def behind(self, answers: Any) -> Any:
        """Return the columns after the first."""

    def join(self, frame: Any, rows: list[int] | None, columns: list[int] | None, answers: Any) -> Any:
        """Return the given rows and columns of the frame (None means all), and then the columns of the answers."""

    def beside(self, answers: Any, frame: Any, rows: list[int], columns: list[int]) -> Any:
        """Return the columns of the answers, and then the given columns of the given rows of the frame."""


def module(kind: Kind) -> Frames:
    """Return the functions for a kind."""
    frames: Frames = importlib.import_module(f"{__package__}._{kind}")
    return frames


def kind_of(value: object) -> Kind | None:
    """Return the kind of a frame, or None for any other value."""
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
    """Fail if `to` names a kind other than that of the frame."""
    if to and kind and to != kind:
        raise UsageError(f"to={to!r} is for files: a frame of {kind} is returned as {kind}")


def choose(to: Kind | None) -> Kind:
    """Return the requested kind, or the first that is installed."""
    if to is not None:
        if to not in KINDS:
            raise UsageError(f"to={to!r}: must be one of {', '.join(KINDS)}")
        if importlib.util.find_spec(to) is None:
            raise HesopmatchError(f"to={to!r}: is not installed: pip install {to}")
        return to
    for kind in KINDS:
        if importlib.util.find_spec(kind) is not None:
            return kind
    raise HesopmatchError(
        "a frame needs pandas, polars or pyarrow, but none of them is installed: pip install 'hesopmatch[pandas]'"
    )


def is_null(value: object) -> bool:
    """Report whether a value means null: None, NaN, NaT or pandas.NA."""
    if value is None:
        return True
    if isinstance(value, str):
        return False
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA is neither true nor false
        return True


def floating(name: str) -> FrameError:
    """Return the error for a float column."""
    return FrameError(
        f"column {name} is floating point, which loses digits and leading zeros of identifiers and codes: read it as "
        "text (pandas.read_csv(FILE, dtype=str), polars.read_csv(FILE, infer_schema=False))"
    )


def unreadable(name: str, what: object) -> FrameError:
    """Return the error for a column of a type that the package cannot send."""
    return FrameError(f"column {name} is of type {what}, but must be text, whole numbers or days: convert it first")


def names_of(labels: Sequence[Any]) -> list[str]:
    """Return the names of columns as text. Fail for duplicates."""
    names = [str(label) for label in labels]
    if not names:
        raise FrameError("the frame has no columns")
    seen: Collection[str] = set()
    for label, name in zip(labels, names):
        if isinstance(label, tuple):
            raise FrameError("the columns of the frame have several levels: give each column one name first")
        if name in seen:
            raise FrameError(f"two columns of the frame are named {name}: rename one")
        seen = {*seen, name}
    return names
