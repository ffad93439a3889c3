"""Engines that run scripts of package match/syntax. Each loads rows into a table named appointments, as text."""

import ast
import contextlib
import csv
import json
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import server

def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def table(names, kind):
    return f"CREATE TABLE appointments ({', '.join(f'{quoted(n)} {kind}' for n in names)})"


def statements(codes):
    """Splits a text that creates a table of codes into statements. Each statement ends with a semicolon at the end of
    a line."""
    return [part for part in re.split(r"(?<=;)\n(?=DROP|CREATE|INSERT|\Z)", codes) if part.strip()]


def nodes(plan):
    """Yields the nodes of a query plan, which is a JSON tree."""
    if isinstance(plan, list):
        for one in plan:
            yield from nodes(one)
    elif isinstance(plan, dict):
        yield plan
        for one in plan.values():
            yield from nodes(one)


class Connected:
    """An engine that scripts reach through Python's database interface."""

    def load(self, names, rows):
        self.db.execute("DROP TABLE IF EXISTS appointments")
        self.db.execute(table(names, "TEXT"))
        self.fill(names, rows)

    def ask(self, script, codes=""):
        """Runs a script after the statements that create its table of codes. Returns the resulting columns and rows."""
        for statement in statements(codes):
            self.db.execute(statement)
        cursor = self.db.execute(script)
        return [d[0] for d in cursor.description], cursor.fetchall()

    def close(self):
        self.db.close()


class SQLite(Connected):
    name = "sqlite"

    def __init__(self):
        self.db = sqlite3.connect(":memory:")

    def fill(self, names, rows):
        self.db.executemany(f"INSERT INTO appointments VALUES ({', '.join('?' * len(names))})", rows)

    def fault(self, script, what):
        plan = "\n".join(row[3] for row in self.db.execute("EXPLAIN QUERY PLAN " + script))
        few = re.search(r"MATERIALIZE codes\n.*\nSCAN (?:CONSTANT ROW|(\d+) CONSTANT ROWS)", plan)
        if few and int(few[1] or 1) < 40:
            return ""  # so few codes need no index
        by = r"\((column2=\? AND column3=\? AND column4=\?|system=\? AND cut=\? AND code=\?)"
        return "" if re.search("SEARCH .*INDEX " + by, plan) else "no index is searched:\n" + plan

    def version(self):
        return sqlite3.sqlite_version


class DuckDB(Connected):
    name = "duckdb"

    def __init__(self):
        import duckdb
        import pyarrow

        self.module, self.arrow = duckdb, pyarrow
        self.db = duckdb.connect()

    def fill(self, names, rows):
        texts = self.arrow.table([self.arrow.array(column, self.arrow.string()) for column in zip(*rows)], names=names)
        self.db.register("loaded", texts)
        self.db.execute("INSERT INTO appointments SELECT * FROM loaded")
        self.db.unregister("loaded")

    def fault(self, script, what):
        plan = self.db.execute("EXPLAIN (FORMAT json) " + script).fetchall()[0][1]
        for node in nodes(json.loads(plan)):
            by = node.get("extra_info", {}).get("Conditions", "") if "JOIN" in node.get("name", "") else ""
            if all(f"{column} = {column}" in by for column in ("system", "cut", "code")):
                return ""
        return "no join compares codes by equality:\n" + plan

    def version(self):
        return self.module.__version__


class SQLServer(DuckDB):
    """Stands in for SQL Server, which does not run here: DuckDB runs a translation of the scripts."""

    name = "sqlserver"
    fault = None

    def __init__(self):
        import transpiled

        super().__init__()
        self.translation = transpiled
        for macro in transpiled.MACROS:
            self.db.execute(macro)

    def ask(self, script, codes=""):
        for statement in self.translation.to_duckdb(codes + script):
            cursor = self.db.execute(statement)
        return [d[0] for d in cursor.description], cursor.fetchall()

    def version(self):
        return self.translation.version()


class Postgres(Connected):
    name = "postgres"

    def __init__(self):
        import psycopg

        self.server = server.Server()
        self.db = psycopg.connect(self.server.address(), autocommit=True)
        self.db.execute("SET jit = off")  # compiling takes seconds, and running milliseconds

    def fill(self, names, rows):
        with self.db.cursor() as cursor:
            with cursor.copy("COPY appointments FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        # Have the server plan its queries for as many rows as a study has. For a few rows, it may look up codes one by one.
        self.db.execute("ANALYZE appointments")
        self.db.execute("UPDATE pg_class SET reltuples = 2000000 * relpages WHERE relname = 'appointments'")

    def fault(self, script, what):
        # For a few codes, the server may choose to compare all pairs of rows. Forbid this, to see
        # whether it can compare codes by equality.
        self.db.execute("SET enable_nestloop = off")
        plan = self.db.execute("EXPLAIN (FORMAT json) " + script).fetchone()[0]
        self.db.execute("RESET enable_nestloop")
        for node in nodes(plan):
            by = node.get("Hash Cond", "") + node.get("Merge Cond", "")
            if by.count(" = ") >= 3 and "code" in by:
                return ""
        return "no join compares codes by equality:\n" + json.dumps(plan, indent=1)

    def version(self):
        return self.db.execute("SHOW server_version").fetchone()[0].split()[0]

    def close(self):
        super().close()
        self.server.stop()


class Spark:
    """Spark, which reads Parquet. Every second table uses ANSI mode, where a failed cast is an error, not NULL."""

    name = "spark"

    def __init__(self):
        import pyarrow
        import pyarrow.parquet
        import pyspark.sql

        self.arrow = pyarrow
        self.folder = server.Folder()
        self.count = 0
        settings = {
            "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.ui.showConsoleProgress": "false",
            "spark.sql.warehouse.dir": self.folder.path, "spark.driver.memory": "2g",
            "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
        }
        builder = pyspark.sql.SparkSession.builder.master("local[2]")
        for key, value in settings.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def load(self, names, rows):
        texts = self.arrow.table([self.arrow.array(column, self.arrow.string()) for column in zip(*rows)], names=names)
        self.count += 1
        self.session.conf.set("spark.sql.ansi.enabled", self.count % 2 == 0)
        path = Path(self.folder.path) / f"rows-{self.count}.parquet"
        self.arrow.parquet.write_table(texts, path, row_group_size=max(1, len(rows) // 3))
        self.session.read.parquet(str(path)).createOrReplaceTempView("appointments")

    def ask(self, script, codes=""):
        if codes:
            self.session.sql(codes)
        result = self.session.sql(script)
        return result.columns, [tuple(row) for row in result.collect()]

    def fault(self, script, what):
        """Returns what is wrong with a plan. Spark must broadcast the codes, must not join all pairs of rows, and must
        number the appointments only once."""
        plan = self.session.sql("EXPLAIN FORMATTED " + script).collect()[0][0]
        faults = []
        if not re.search(r"BroadcastHashJoin\nLeft keys \[3\]", plan):
            faults.append("no BroadcastHashJoin by system, cut and code")
        loops = len(re.findall(r"\) \w*NestedLoopJoin\n|\) CartesianProduct\n|\) SortMergeJoin\n", plan))
        if loops > (1 if what == "counts" else 0):  # the script for counts creates a row for each year and list
            faults.append(f"{loops} joins of all pairs of rows")
        if plan.count("monotonically_increasing_id()") > 1:
            faults.append("the plan numbers the appointments more than once")
        return "\n".join(faults + [plan]) if faults else ""

    def version(self):
        return self.session.version

    def close(self):
        self.session.stop()
        self.folder.remove()


class R:
    """Runs scripts in one process of ask.R. The tables are, in turn, a data.table, a data.frame of factors and a
    data.frame of text."""

    name = "r"
    package = "data.table"

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.process = subprocess.Popen(
            ["Rscript", "--vanilla", str(Path(__file__).with_name("ask.R"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )
        self.loads, self.versions = 0, self.say("version", self.package)

    def say(self, *words):
        """Sends a command and returns the answer, which is one line."""
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().rstrip("\n")
        if not answer.startswith("ok"):
            raise RuntimeError(f"R: {answer or 'has ended'}")
        return answer[3:]

    def load(self, names, rows):
        empty = any(value == "" for row in rows for value in row)
        (self.path / "names").write_text("".join(f"x{name}\n" for name in names), encoding="utf-8")
        with open(self.path / "rows", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
        kind = ("data.table", "factors", "data.frame")[self.loads % 3]
        self.loads += 1
        self.say("load", str(self.path), "" if empty else "NA", kind)

    def ask(self, script, codes=""):
        (self.path / "script").write_text(script, encoding="utf-8")
        self.say("ask", str(self.path))
        return self.result()

    def result(self):
        with open(self.path / "result", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        return rows[0], rows[1:]

    def version(self):
        return self.versions

    def close(self):
        self.process.communicate()
        self.folder.cleanup()


class RSQLite(R):
    """Runs the scripts for SQLite from R, with DBI and RSQLite."""

    name = "sqlite"
    package = "RSQLite"

    def load(self, names, rows):
        self.file = self.path / f"{self.loads}.db"
        self.loads += 1
        with contextlib.closing(sqlite3.connect(self.file)) as db:
            db.execute(table(names, "TEXT"))
            db.executemany(f"INSERT INTO appointments VALUES ({', '.join('?' * len(names))})", rows)
            db.commit()

    def ask(self, script, codes=""):
        for path in self.path.iterdir():
            if path.name.isdigit():
                path.unlink()
        for number, statement in enumerate(statements(codes), 1):
            (self.path / str(number)).write_text(statement, encoding="utf-8")
        (self.path / "script").write_text(script, encoding="utf-8")
        self.say("query", str(self.file), str(self.path))
        return self.result()


class Python:
    """Runs Python scripts. Every second table is a pandas DataFrame, and every fourth is a polars LazyFrame."""

    name = "python"

    def __init__(self):
        import pandas
        import polars

        self.polars, self.pandas = polars, pandas
        self.loads = 0

    def load(self, names, rows):
        columns = [list(column) for column in zip(*rows)] or [[] for _ in names]
        if self.loads % 2:
            kind = object if self.loads % 4 == 1 else "string"
            self.frame = self.pandas.DataFrame(dict(zip(names, columns)), dtype=kind)
        else:
            self.frame = self.polars.DataFrame(dict(zip(names, columns)), schema={n: self.polars.String for n in names})
            if self.loads % 4 == 2:
                self.frame = self.frame.lazy()
        self.loads += 1

    def ask(self, script, codes=""):
        tree = ast.parse(script)
        last = ast.Expression(tree.body.pop().value)
        names = {"appointments": self.frame}
        exec(compile(tree, "script", "exec"), names)
        result = eval(compile(last, "script", "eval"), names)
        if isinstance(self.frame, self.pandas.DataFrame):
            # With the type object, whole numbers do not become floats.
            rows = result.astype(object).where(result.notna(), None).itertuples(index=False, name=None)
            return list(result.columns), list(rows)
        return result.columns, result.rows()

    def version(self):
        return f"polars {self.polars.__version__} pandas {self.pandas.__version__}"

    def close(self):
        pass


ENGINES = {engine.name: engine for engine in (SQLite, DuckDB, Postgres, Spark, SQLServer, R, Python)}
ENGINES["rsqlite"] = RSQLite
