"""Frames of polars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from ._kinds import floating, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TYPES = {"text": pl.String, "flag": pl.Boolean, "int": pl.Int64, "day": pl.Date}


def labels(frame: Any) -> list[Any]:
    """Return the names of the columns."""
    return list(frame.columns)


def height(frame: Any) -> int:
    """Return the number of rows."""
    return int(frame.height)


def values(frame: Any, column: int) -> list[Any]:
    """Return the values of a column."""
    return list(frame.to_series(column).to_list())


def _sendable(series: Any, name: str, number: bool) -> Any:
    kind = series.dtype
    if kind == pl.String:
        return series
    if kind.is_float():
        series = series.fill_nan(None)
    if series.null_count() == len(series):
        return pl.Series(name, [None], pl.String).new_from_index(0, len(series))
    if kind in (pl.Categorical, pl.Enum, pl.UInt64, pl.Int128):  # Parquet lacks some of these
        return series.cast(pl.String)
    if kind.is_integer():
        return series
    if kind.is_float():
        if not number or not (series == series.round()).all():
            raise floating(name)
        return series.cast(pl.Int64)
    if kind == pl.Date:
        return series.dt.to_string("%Y-%m-%d")
    if kind == pl.Datetime:
        wall = series.dt.replace_time_zone(None)
        whole = (wall.dt.truncate("1d") == wall).all()
        return wall.dt.to_string("%Y-%m-%d" if whole else "%Y-%m-%d %H:%M:%S")
    if isinstance(kind, pl.Decimal) and kind.scale == 0:
        return series.cast(pl.String)
    raise unreadable(name, kind)


def send(frame: Any, columns: Mapping[int, tuple[str, bool]], row: str, path: str) -> None:
    """Write columns and the number of each row to a file."""
    made = [_sendable(frame.to_series(i), name, number).alias(name) for i, (name, number) in columns.items()]
    made.append(pl.int_range(frame.height, dtype=pl.Int64, eager=True).alias(row))
    pl.DataFrame(made).write_parquet(path, compression="snappy", statistics=False)


def read(file: str, names: Sequence[str], types: Sequence[str]) -> Any:
    """Read a CSV file."""
    frame = pl.read_csv(file, new_columns=list(names), infer_schema=False)
    casts = {
        "flag": lambda column: column == "1",
        "int": lambda column: column.cast(pl.Int64),
        "day": lambda column: column.str.to_date("%Y-%m-%d"),
    }
    return frame.with_columns(casts[one](pl.col(name)) for name, one in zip(names, types) if one != "text")


def make(columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> Any:
    """Make a frame."""
    return pl.DataFrame(dict(columns), schema={name: _TYPES[one] for name, one in zip(columns, types)})


def respell(frame: Any, column: str, names: Mapping[str, str]) -> Any:
    """Replace values of a text column, as `names` maps them."""
    return frame.with_columns(pl.col(column).replace(dict(names)))


def rows(answers: Any) -> list[int]:
    """Return the first column."""
    return list(answers.to_series(0).to_list())


def behind(answers: Any) -> Any:
    """Return the columns after the first."""
    return answers.drop(answers.columns[0])


def _chosen(frame: Any, rows: list[int] | None, columns: list[int] | None) -> Any:
    if columns is not None:
        frame = frame.select([frame.columns[i] for i in columns])
    return frame if rows is None else frame[rows]


def join(frame: Any, rows: list[int] | None, columns: list[int] | None, answers: Any) -> Any:
    """Return the given rows and columns of the frame (None means all), and then the columns of the answers."""
    return _chosen(frame, rows, columns).hstack(answers.get_columns())


def beside(answers: Any, frame: Any, rows: list[int], columns: list[int]) -> Any:
    """Return the columns of the answers, and then the given columns of the given rows of the frame."""
    return answers.hstack(_chosen(frame, rows, columns).get_columns())
