"""Compares the program's output for Parquet files with its output for the same rows as CSV.

    python check.py FOLDER ROWS SEED

FOLDER contains the program, hesopmatch. The script writes its files there.
"""

import collections
import csv
import io
import itertools
import re
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.compute
import pyarrow.parquet

LAYOUTS = ("ukllc", "national", "otr", "cprd")
CODECS = ("snappy", "zstd", "gzip", "none")
INPUT = "rows"  # the same name in each folder, because the output contains the name
LIST = "code\nE10\nE11\nE119\nI10\nJ45\nF32\nZ01\n"
COMMANDS = (
    ("flag", "-rows", "all", "-quality", "quality.txt"),
    ("flag", "-format", "hits", "-workers", "2"),
    ("flag", "-columns", "attendkey"),
    ("cohort", "-disclosure", "none", "-summary", "summary.txt"),
)


def answers(program, folder, inputs=(INPUT,)):
    """Returns everything that the program writes for an input."""
    written = []
    for command in COMMANDS:
        run = subprocess.run([program, *command, "-icd10", "list=../list.csv", *inputs], cwd=folder, capture_output=True)
        said = [line for line in run.stderr.splitlines() if b": timestamps in UTC are not converted" not in line]
        written += [run.returncode, without_lines(run.stdout), said]
        for name in ("quality.txt", "summary.txt"):
            path = folder / name
            if path.exists():
                written.append(path.read_bytes())
                path.unlink()
    return written


def without_lines(text):
    """Returns hits without the column input_line, because Parquet files have no lines. Returns other output
    unchanged."""
    header, _, _ = text.partition(b"\n")
    names = header.split(b",")
    if b"input_line" not in names:
        return text
    place = names.index(b"input_line")
    lines = csv.reader(io.StringIO(text.decode(), newline=""))
    return [line[:place] + line[place + 1:] for line in lines]


def read(path):
    """Returns the names and columns of a CSV file."""
    with open(path, encoding="utf-8", newline="") as file:
        head = file.readline()
        file.seek(0)
        delimiter = next(c for c in head if c in ",|\t")
        names, *rows = csv.reader(file, delimiter=delimiter)
    return names, list(zip(*rows))


def texts(names, columns, nothing):
    """Returns a table of text, with `nothing` for empty fields. The columns are nullable only if `nothing` is None."""
    arrays = [pyarrow.array([value or nothing for value in column], pyarrow.string()) for column in columns]
    fields = [pyarrow.field(name, pyarrow.string(), nullable=nothing is None) for name in names]
    return pyarrow.table(arrays, schema=pyarrow.schema(fields))


def typed(table, number, day):
    """Returns the table with its whole numbers in the type `number`, and its days in the type `day`."""
    narrow = pyarrow.types.is_timestamp(day) and day.unit == "ns"  # timestamps in nanoseconds begin in 1677
    years = "17|18|19|20" if narrow else "15|16|17|18|19|20"
    for i, name in enumerate(table.column_names):
        values = [value for value in table.column(i).to_pylist() if value]
        kind = None
        if values and all(re.fullmatch("0|[1-9][0-9]{0,6}", value) for value in values):
            kind = number
        elif values and all(re.fullmatch(rf"({years})\d\d-\d\d-\d\d", value) for value in values):
            kind = day
        if kind is not None:
            if pyarrow.types.is_decimal(kind):
                column = pyarrow.array([value and Decimal(value) for value in table.column(i).to_pylist()], kind)
            elif pyarrow.types.is_timestamp(kind):
                column = pyarrow.compute.cast(pyarrow.compute.cast(table.column(i), pyarrow.date32()), kind)
            else:
                column = pyarrow.compute.cast(table.column(i), kind)
            table = table.set_column(i, name, column)
    return table


def ways(shift, *choices):
    """Yields every combination of all choices but the last two. Each combination is completed with one pair of values
    of the last two; the pairs take turns."""
    pairs = list(itertools.product(*choices[-2:]))
    for i, way in enumerate(itertools.product(*choices[:-2])):
        yield *way, *pairs[(i + i // len(pairs) + shift) % len(pairs)]


def by_arrow(names, columns, path, shift):
    """Writes files with pyarrow, each in place of the previous one. Yields the writer and the options of each file."""
    for codec, dictionary, version, parts, nothing in ways(
        shift, CODECS, (True, False), ("1.0", "2.0"), (1, 8), (None, "")
    ):
        table = texts(names, columns, nothing)
        pyarrow.parquet.write_table(
            table, path, compression=codec, use_dictionary=dictionary, data_page_version=version,
            row_group_size=max(1, -(-table.num_rows // parts)), data_page_size=1 << 20 if parts == 1 else 2000,
            write_page_checksum=parts == 8,
        )
        yield "pyarrow", f"{codec} {'dictionary' if dictionary else 'plain'} v{version} {parts} {nothing!r}"
    table = texts(names, columns, None)
    for i, (number, day, old) in enumerate((
        (pyarrow.int64(), pyarrow.date32(), False), (pyarrow.int32(), pyarrow.timestamp("ms"), False),
        (pyarrow.uint64(), pyarrow.timestamp("us"), False), (pyarrow.float64(), pyarrow.timestamp("ns"), False),
        (pyarrow.float32(), pyarrow.timestamp("ns"), True), (pyarrow.decimal128(30, 0), pyarrow.date32(), False),
        (pyarrow.decimal128(9, 0), pyarrow.date32(), False),
    )):
        kinds = typed(table, number, day)
        encodings = {}
        for field in kinds.schema:
            if pyarrow.types.is_string(field.type):
                encodings[field.name] = ("PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY")[(i + shift) % 3]
            elif pyarrow.types.is_floating(field.type):
                encodings[field.name] = ("PLAIN", "BYTE_STREAM_SPLIT")[shift % 2]
            elif pyarrow.types.is_integer(field.type) or pyarrow.types.is_date32(field.type):
                encodings[field.name] = ("PLAIN", "DELTA_BINARY_PACKED")[shift % 2]
        pyarrow.parquet.write_table(
            kinds, path, use_dictionary=False, column_encoding=encodings, compression=("lz4", "brotli")[i % 2],
            use_deprecated_int96_timestamps=old,
        )
        yield "pyarrow", f"{number} {day} {set(encodings.values())}"


def by_duckdb(names, columns, path, shift):
    """Writes files with DuckDB, each in place of the previous one. Yields the writer and the options of each file."""
    with duckdb.connect() as db:
        db.execute("SET threads = 1")
        for nothing in (None, ""):
            db.register(f"rows{nothing}", texts(names, columns, nothing))
        for codec, dictionary, version, size, nothing in ways(
            shift, ("snappy", "zstd", "gzip", "uncompressed"), (True, False), ("V1", "V2"), (1 << 20, 2048), (None, "")
        ):
            limit = "" if dictionary else ", DICTIONARY_SIZE_LIMIT 1"
            db.execute(
                f"COPY (SELECT * FROM rows{nothing}) TO '{path}' (FORMAT parquet, COMPRESSION {codec}, "
                f"PARQUET_VERSION {version}, ROW_GROUP_SIZE {size}{limit})"
            )
            yield "duckdb", f"{codec} {dictionary} {version} {size} {nothing!r}"


def by_spark(spark, names, columns, path, shift):
    """Writes files with Spark, each in place of the previous one. Yields the writer and the options of each file. Spark
    writes a folder, which holds one part and a file that marks the folder as complete."""
    source, target = path.parent / "source.parquet", path.parent / "target"
    pyarrow.parquet.write_table(texts(names, columns, None), source)
    rows = spark.read.parquet(str(source)).coalesce(1)
    for i, codec in enumerate(CODECS):
        version = ("v1", "v2")[(i + shift) % 2]
        writer = rows.write.mode("overwrite").option("compression", codec).option("parquet.writer.version", version)
        writer = writer.option("parquet.enable.dictionary", "false" if (i + shift) % 4 == 3 else "true")
        if (i + shift // 2) % 2 == 1:
            writer = writer.option("parquet.block.size", 1 << 16).option("parquet.page.size", 4096)
        writer.parquet(str(target))
        shutil.copy(next(target.glob("part-*.parquet")), path)
        yield "spark", f"{codec} {version}"
    source.unlink()
    shutil.rmtree(target)


def session():
    """Returns a Spark session that logs little."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("parquet").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "1g")
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def check(work, layout, rows, seed, spark):
    """Compares the files of every writer. Returns two counts for each writer: the files, and those that differ."""
    program = work / "hesopmatch"
    folder = work / layout
    text, table = folder / "text", folder / "table"
    text.mkdir(parents=True)
    table.mkdir()
    (folder / "list.csv").write_text(LIST)
    subprocess.run(
        [program, "synth", "-rows", str(rows), "-layout", layout, "-seed", str(seed), "-o", text / INPUT], check=True
    )
    want = answers(program, text)
    assert any(want[1].splitlines()[1:]) and want[0] == 0, want[2]
    names, columns = read(text / INPUT)
    path, shift = table / INPUT, LAYOUTS.index(layout)
    seen, wrong = collections.Counter(), collections.Counter()
    for writer, way in itertools.chain(
        by_arrow(names, columns, path, shift),
        by_duckdb(names, columns, path, shift),
        by_spark(spark, names, columns, path, shift),
    ):
        got = answers(program, table)
        seen[writer] += 1
        if got != want:
            wrong[writer] += 1
            print(f"{layout} {writer} {way}: differs", file=sys.stderr)
            for one, other in zip(want, got):
                if one != other:
                    print("   ", str(one)[:300], "\n   ", str(other)[:300], file=sys.stderr)
                    break
    return seen, wrong


def main():
    work, rows, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    began = time.monotonic()
    spark = session()
    bad = 0
    for layout in LAYOUTS:
        seen, wrong = check(work, layout, rows, seed, spark)
        bad += wrong.total()
        said = ", ".join(f"{n} files of {writer} ({wrong[writer]} differ)" for writer, n in seen.items())
        print(f"{layout}: {said}, {time.monotonic() - began:.0f} s", flush=True)
    spark.stop()
    sys.exit(1 if bad else 0)


main()
