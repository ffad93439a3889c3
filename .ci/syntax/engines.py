"""Engines that run scripts of package match/syntax. Each loads rows as a table appointments of texts."""

import ast
import csv
import sqlite3
import subprocess
import tempfile
from pathlib import Path


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class SQLite:
    name = "sqlite"

    def __init__(self):
        self.db = sqlite3.connect(":memory:")

    def load(self, names, rows):
        self.db.execute("DROP TABLE IF EXISTS appointments")
        self.db.execute(f"CREATE TABLE appointments ({', '.join(quoted(n) + ' TEXT' for n in names)})")
        self.db.executemany(f"INSERT INTO appointments VALUES ({', '.join('?' * len(names))})", rows)

    def ask(self, script, what):
        cursor = self.db.execute(script)
        return [d[0] for d in cursor.description], cursor.fetchall()

    def version(self):
        return sqlite3.sqlite_version

    def close(self):
        self.db.close()


class DuckDB:
    name = "duckdb"

    def __init__(self):
        import duckdb

        self.module = duckdb
        self.db = duckdb.connect()

    def load(self, names, rows):
        self.db.execute("DROP TABLE IF EXISTS appointments")
        self.db.execute(f"CREATE TABLE appointments ({', '.join(quoted(n) + ' VARCHAR' for n in names)})")
        self.db.executemany(f"INSERT INTO appointments VALUES ({', '.join('?' * len(names))})", rows)

    def ask(self, script, what):
        cursor = self.db.execute(script)
        return [d[0] for d in cursor.description], cursor.fetchall()

    def version(self):
        return self.module.__version__

    def close(self):
        self.db.close()


class R:
    """Runs scripts in one process of ask.R. Every third table has factors, every third is a data.frame."""

    name = "r"

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.process = subprocess.Popen(
            ["Rscript", "--vanilla", str(Path(__file__).with_name("ask.R"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )
        self.loads, self.versions = 0, self.say("version")

    def say(self, *words):
        """Sends a command and returns the answer, which is in one line."""
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

    def ask(self, script, what):
        (self.path / "script").write_text(script, encoding="utf-8")
        self.say("ask", str(self.path))
        with open(self.path / "result", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        return rows[0], rows[1:]

    def version(self):
        return self.versions

    def close(self):
        self.process.communicate()
        self.folder.cleanup()


class Python:
    """Runs scripts on polars: every second table is a pandas frame, every fourth a LazyFrame."""

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

    def ask(self, script, what):
        tree = ast.parse(script)
        last = ast.Expression(tree.body.pop().value)
        names = {"appointments": self.frame}
        exec(compile(tree, "script", "exec"), names)
        result = eval(compile(last, "script", "eval"), names)
        if isinstance(self.frame, self.pandas.DataFrame):
            # Object keeps whole numbers whole.
            rows = result.astype(object).where(result.notna(), None).itertuples(index=False, name=None)
            return list(result.columns), list(rows)
        return result.columns, result.rows()

    def version(self):
        return f"polars {self.polars.__version__} pandas {self.pandas.__version__}"

    def close(self):
        pass


ENGINES = {engine.name: engine for engine in (SQLite, DuckDB, R, Python)}
