"""Frames of pandas, with or without pyarrow."""

from __future__ import annotations

import datetime as dt
import decimal
import importlib.util
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._kinds import floating, is_null, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TYPES = {"text": "string", "flag": "boolean", "int": "Int64"}
_DAY = "datetime64[s]"
_HAS_ARROW = importlib.util.find_spec("pyarrow") is not None


def labels(frame: Any) -> list[Any]:
    """Return the names of the columns."""
    return list(frame.columns)


def height(frame: Any) -> int:
    """Return the number of rows."""
    return len(frame)


def values(frame: Any, column: int) -> list[Any]:
    """Return the values of a column."""
    return list(frame.iloc[:, column].tolist())


def _text(value: Any, name: str, number: bool) -> str:
    """Return a value as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        raise unreadable(name, "bool")
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        if number and float(value).is_integer():
            return str(int(value))
        raise floating(name)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == dt.time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal) and value == value.to_integral_value():
        return str(int(value))
    raise unreadable(name, type(value).__name__)


def _texts(series: Any, name: str, number: bool) -> list[str | None]:
    return [None if is_null(value) else _text(value, name, number) for value in series.astype(object)]


def _is_text(series: Any) -> bool:
    if isinstance(series.dtype, pd.StringDtype):
        return True
    return series.dtype == object and pd.api.types.infer_dtype(series, skipna=True) in ("string", "empty")


def _send_arrow(frame: Any, columns: Mapping[int, tuple[str, bool]], row: str, path: str) -> None:
    import pyarrow as pa

    from . import _pyarrow

    made = {}
    for i, (name, number) in columns.items():
        series = frame.iloc[:, i]
        if _is_text(series):
            array = pa.array(series, from_pandas=True)
        elif series.dtype == object:
            array = pa.array(_texts(series, name, number), pa.string())
        else:
            try:
                array = pa.array(series, from_pandas=True)
            except (pa.ArrowException, TypeError, ValueError):
                raise unreadable(name, series.dtype) from None
        made[name] = _pyarrow.sendable(array, name, number)
    _pyarrow.write(made, row, len(frame), path)


def send(frame: Any, columns: Mapping[int, tuple[str, bool]], row: str, path: str) -> None:
    """Write columns and the number of each row to a file."""
    if _HAS_ARROW:
        _send_arrow(frame, columns, row, path)
        return
    made: dict[str, Any] = {}
    for i, (name, number) in columns.items():
        series = frame.iloc[:, i]
        made[name] = series.array if _is_text(series) else _texts(series, name, number)
    made[row] = range(len(frame))
    pd.DataFrame(made).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _typed(column: Any, one: str) -> Any:
    if one == "flag":
        return column == "1"
    if one == "day":
        return pd.to_datetime(column, format="%Y-%m-%d").astype(_DAY)
    return column.astype("Int64") if one == "int" else column


def read(file: str, names: Sequence[str], types: Sequence[str]) -> Any:
    """Read a CSV file."""
    if _HAS_ARROW:
        from . import _pyarrow

        return _from_arrow(_pyarrow.read(file, names, types))
    frame = pd.read_csv(file, names=list(names), header=0, dtype="string", keep_default_na=False, na_values=[""])
    return pd.DataFrame({name: _typed(frame[name], one) for name, one in zip(names, types)})


def _from_arrow(table: Any) -> Any:
    import pyarrow as pa

    of = {
        pa.string(): pd.StringDtype("pyarrow"),
        pa.bool_(): pd.BooleanDtype(),
        pa.int64(): pd.Int64Dtype(),
    }
    frame = table.to_pandas(types_mapper=of.get, date_as_object=False)
    days = [name for name, one in zip(table.schema.names, table.schema.types) if pa.types.is_date(one)]
    return frame.astype(dict.fromkeys(days, _DAY))


def make(columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> Any:
    """Make a frame."""
    return pd.DataFrame(
        {name: pd.array(list(column), dtype=_TYPES[one]) for (name, column), one in zip(columns.items(), types)}
    )


def respell(frame: Any, column: str, names: Mapping[str, str]) -> Any:
    """Replace values of a text column, as `names` maps them."""
    frame[column] = frame[column].replace(dict(names))
    return frame


def rows(answers: Any) -> list[int]:
    """Return the first column."""
    return list(answers.iloc[:, 0].tolist())


def behind(answers: Any) -> Any:
    """Return the columns after the first."""
    return answers.iloc[:, 1:]


def join(frame: Any, rows: list[int] | None, columns: list[int] | None, answers: Any) -> Any:
    """Return the given rows and columns of the frame (None means all), and then the columns of the answers."""
    out = frame if columns is None else frame.iloc[:, columns]
    if rows is not None:
        out = out.iloc[rows]
    answers.index = out.index
    return pd.concat([out, answers], axis=1)


def beside(answers: Any, frame: Any, rows: list[int], columns: list[int]) -> Any:
    """Return the columns of the answers, and then the given columns of the given rows of the frame."""
    return pd.concat([answers, frame.iloc[rows, columns].reset_index(drop=True)], axis=1)
