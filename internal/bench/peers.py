"""Serves internal/bench: writes appointments as Parquet files, and runs queries on them in DuckDB.

Reads one JSON object per line from standard input, and writes one JSON object in answer to standard output.
"""

import json
import os
import sys
import time

import duckdb
import pyarrow
import pyarrow.csv
import pyarrow.parquet


def versions(_):
    return {"versions": f"DuckDB {duckdb.__version__}, pyarrow {pyarrow.__version__}"}


def write(request):
    """Writes a CSV file as Parquet with all columns as text, and returns the number of row groups."""
    rows, groups = request["rows"], request["groups"]
    size = -(-rows // groups)
    {"DuckDB": write_duckdb, "pyarrow": write_pyarrow}[request["by"]](request, size)
    return {"groups": pyarrow.parquet.ParquetFile(request["file"]).metadata.num_row_groups}


def write_duckdb(request, size):
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{request['csv']}', all_varchar=true, header=true)) TO '{request['file']}' "
            f"(FORMAT parquet, COMPRESSION {request['compression']}, ROW_GROUP_SIZE {size})"
        )


def write_pyarrow(request, size):
    with open(request["csv"], encoding="utf-8") as file:
        names = file.readline().rstrip("\n").split(",")
    options = pyarrow.csv.ConvertOptions(
        column_types={name: pyarrow.string() for name in names}, strings_can_be_null=True
    )
    table = pyarrow.csv.read_csv(request["csv"], convert_options=options)
    pyarrow.parquet.write_table(table, request["file"], compression=request["compression"], row_group_size=size)
    del table
    pyarrow.default_memory_pool().release_unused()


def ask(request):
    """Runs a query on the view W, and returns its rows and the nanoseconds that it took."""
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {request['threads']}")
        connection.execute(f"CREATE VIEW W AS SELECT * FROM read_parquet('{request['file']}')")
        start = time.perf_counter_ns()
        rows = connection.execute(request["query"]).fetchall()
        return {"ns": time.perf_counter_ns() - start, "rows": rows}


# Keep standard output for answers only: DuckDB draws its progress bar there, so send that to standard error.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"versions": versions, "write": write, "ask": ask}[request["do"]](request)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer, default=str), file=answers, flush=True)
