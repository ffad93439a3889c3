"""Checks that the programs in match/syntax/testdata/programs give the same answers for other column types as for text.

    python kinds.py PROGRAMS
"""

import ast
import datetime
import sys
import warnings
from pathlib import Path

import pandas
import polars as pl

warnings.simplefilter("error")

DAYS = [datetime.date(2018, 5, 1), datetime.date(2018, 4, 30), datetime.date(2018, 5, 2), None]
DAY = pl.Series([*DAYS, datetime.date(2018, 6, 1), datetime.date(2018, 7, 1)])
TEXT = pl.DataFrame({
    "attendkey": ["100000", "100000", "3000000000", None, "", "7"],
    "pseudo_hesid": ["100000", "100000", "2", "2", "", "100000"],
    "apptdate": DAY.cast(pl.String),
    "attended": ["5", "6", "5", "5", "5", "6"],
    "fyear": ["1819", "1819", "1819", "1718", "304", "1819"],
    "diag_01": pl.Series([None] * 6, dtype=pl.String),
    "diag_4_01": ["E119", "M051", "E11", "e11-", None, "I119"],
    "diag_4_02": pl.Series([None] * 6, dtype=pl.String),
    "diag_4_concat": ["E119,\u00a0E110", "M051", "E11", "", "I10X,,E11", "R69X"],
    "opertn_4_01": ["K401"] * 6,
})


def number(name, dtype):
    return TEXT.with_columns(pl.col(name).cast(dtype, strict=False))


def tables():
    time = DAY.cast(pl.Datetime("us")) + datetime.timedelta(minutes=30)
    compact = DAY.dt.strftime("%Y%m%d")
    days = {
        "date": DAY,
        "datetime": time,
        "datetime with a zone": time.dt.replace_time_zone("Europe/London"),
        "whole day": compact.cast(pl.Int64),
        "float day": compact.cast(pl.Float64),
        "slashes": DAY.dt.strftime("%d/%m/%Y").cast(pl.Categorical),
    }
    for kind, day in days.items():
        yield kind, TEXT.with_columns(apptdate=day)
    yield "float key", number("attendkey", pl.Float64)
    yield "whole key", number("attendkey", pl.Int64)
    yield "float person", number("pseudo_hesid", pl.Float64)
    yield "small attended", number("attended", pl.Int8)
    yield "float year", number("fyear", pl.Float64)
    yield "nothing", TEXT.with_columns(diag_01=pl.Series([None] * 6, dtype=pl.Null))
    yield "not a number", number("attendkey", pl.Float64).with_columns(pl.col("attendkey").fill_null(float("nan")))


def ask(script, frame):
    tree = ast.parse(script)
    last = ast.Expression(tree.body.pop().value)
    names = {"hesop": frame}
    exec(compile(tree, "script", "exec"), names)
    answer = eval(compile(last, "script", "eval"), names)
    answer = pl.from_pandas(answer) if isinstance(answer, pandas.DataFrame) else answer
    return answer.drop("attendkey", "pseudo_hesid", strict=False).rows()


def main():
    kinds = 0
    for what in ("flags", "hits", "people", "counts"):
        script = (Path(sys.argv[1]) / f"{what}.python").read_text(encoding="utf-8")
        want = ask(script, TEXT)
        assert want, what
        for kind, table in tables():
            # The script for people compares days as text, and days with slashes sort in another order.
            if kind == "slashes" and what == "people":
                continue
            for frame in (table, table.lazy(), table.to_pandas()):
                kinds += 1
                got = ask(script, frame)
                assert got == want, (what, kind, type(frame), want, got)
    print(f"python: {kinds} answers are the same whatever the type of a column")


main()
