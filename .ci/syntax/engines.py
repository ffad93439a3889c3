"""Engines that run scripts of package match/syntax. Each loads rows as a table appointments of texts."""

import sqlite3


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


ENGINES = {engine.name: engine for engine in (SQLite, DuckDB)}
