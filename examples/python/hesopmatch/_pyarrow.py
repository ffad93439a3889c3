"""Tables of pyarrow."""

from __future__ import annotations

import array
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from ._kinds import floating, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# For pyarrow, a row must end in the block where it begins or in the next one. The program accepts rows up to 1 MiB.
_BLOCK = 1 << 21
_TYPES = {"text": pa.string(), "flag": pa.bool_(), "int": pa.int64(), "day": pa.date32()}


def labels(frame: Any) -> list[Any]:
    """Return the names of the columns."""
    return list(frame.schema.names)


def height(frame: Any) -> int:
    """Return the number of rows."""
    return int(frame.num_rows)


def values(frame: Any, column: int) -> list[Any]:
    """Return the values of a column."""
    return list(frame.column(column).to_pylist())


def sendable(values: Any, name: str, number: bool) -> Any:
    """Return an array as text or whole numbers that Parquet can store without loss."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        if pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type):
            return values
        return sendable(values.cast(kind.value_type), name, number)
    if values.null_count == len(values):
        return pa.nulls(len(values), pa.string())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return values
    if pa.types.is_uint64(kind):
        return values.cast(pa.string())
    if pa.types.is_integer(kind):
        return values
    if pa.types.is_floating(kind):
        known = pc.if_else(pc.is_nan(values), pa.scalar(None, kind), values)
        if known.null_count == len(values):
            return pa.nulls(len(values), pa.string())
        if not number:
            raise floating(name)
        try:
            return known.cast(pa.int64())
        except pa.ArrowInvalid:
            raise floating(name) from None
    if pa.types.is_date(kind):
        return values.cast(pa.date32()).cast(pa.string())
    if pa.types.is_timestamp(kind):
        try:
            wall = pc.local_timestamp(values) if kind.tz else values
        except pa.ArrowInvalid:  # this system has no data for the zone
            raise unreadable(name, kind) from None
        days = wall.cast(pa.date32(), safe=False)
        if pc.all(pc.equal(days.cast(wall.type), wall)).as_py():
            return days.cast(pa.string())
        return pc.floor_temporal(wall, unit="second").cast(pa.timestamp("s"), safe=False).cast(pa.string())
    if pa.types.is_decimal(kind) and kind.scale == 0:
        return values.cast(pa.string())
    if str(kind) == "string_view":
        return values.cast(pa.large_string())
    raise unreadable(name, kind)


def write(columns: Mapping[str, Any], row: str, count: int, path: str) -> None:
    """Write columns and the number of each row to a file."""
    numbers = pa.Array.from_buffers(pa.int64(), count, [None, pa.py_buffer(array.array("q", range(count)))])
    table = pa.table({**columns, row: numbers})
    pq.write_table(table, path, write_statistics=False, use_dictionary=list(columns))


def send(frame: Any, columns: Mapping[int, tuple[str, bool]], row: str, path: str) -> None:
    """Write columns and the number of each row to a file."""
    made = {name: sendable(frame.column(i), name, number) for i, (name, number) in columns.items()}
    write(made, row, height(frame), path)


def read(file: str, names: Sequence[str], types: Sequence[str]) -> Any:
    """Read a CSV file."""
    return pcsv.read_csv(
        file,
        pcsv.ReadOptions(column_names=list(names), skip_rows_after_names=1, block_size=_BLOCK),
        pcsv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        pcsv.ConvertOptions(
            column_types={name: _TYPES[one] for name, one in zip(names, types)},
            null_values=[""],
            true_values=["1"],
            false_values=["0"],
            strings_can_be_null=True,
        ),
    )


def make(columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> Any:
    """Make a table."""
    return pa.table({name: pa.array(column, _TYPES[one]) for (name, column), one in zip(columns.items(), types)})


def respell(frame: Any, column: str, names: Mapping[str, str]) -> Any:
    """Replace values of a text column, as `names` maps them."""
    at = frame.schema.get_field_index(column)
    spelt = [names.get(value, value) for value in frame.column(at).to_pylist()]
    return frame.set_column(at, column, pa.array(spelt, pa.string()))


def rows(answers: Any) -> list[int]:
    """Return the first column."""
    return list(answers.column(0).to_pylist())


def behind(answers: Any) -> Any:
    """Return the columns after the first."""
    return answers.select(range(1, answers.num_columns))


def _chosen(frame: Any, rows: list[int] | None, columns: list[int] | None) -> Any:
    table = pa.Table.from_batches([frame]) if isinstance(frame, pa.RecordBatch) else frame
    if columns is not None:
        table = table.select(columns)
    return table if rows is None else table.take(pa.array(rows, pa.int64()))


def join(frame: Any, rows: list[int] | None, columns: list[int] | None, answers: Any) -> Any:
    """Return the given rows and columns of the frame (None means all), and then the columns of the answers."""
    table = _chosen(frame, rows, columns)
    for field, column in zip(answers.schema, answers.columns):
        table = table.append_column(field, column)
    return table


def beside(answers: Any, frame: Any, rows: list[int], columns: list[int]) -> Any:
    """Return the columns of the answers, and then the given columns of the given rows of the frame."""
    return join(answers, None, None, _chosen(frame, rows, columns))
