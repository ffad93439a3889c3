"""Parses the scripts for SQL Server by two grammars of T-SQL: no server of it runs here.

    python tsql.py FOLDER

FOLDER is what internal/syntaxcases writes. Ends with 1 if a script does not parse.
"""

import sys
from pathlib import Path

import sqlfluff.core
import sqlglot

CASES = 20  # that are parsed: sqlfluff takes seconds for each


def texts(case):
    """Yields the scripts of a case, each behind the statements that make its table of codes."""
    for path in sorted(case.glob("*.sqlserver")):
        if ".codes." not in path.name:
            codes = path.with_name(path.name.replace(".sqlserver", ".codes.sqlserver"))
            before = codes.read_text(encoding="utf-8") if codes.exists() else ""
            yield path.name, before + path.read_text(encoding="utf-8")


def shortened(text):
    """Leaves out most lines of long tables of constants, which are all alike and slow to parse."""
    kept, run = [], 0
    for line in text.splitlines():
        is_row = line.lstrip().startswith("(") and line.endswith(",")
        run = run + 1 if is_row else 0
        if run <= 5:
            kept.append(line)
    return "\n".join(kept) + "\n"


def faults(text, linter):
    """Yields what the grammars do not parse."""
    try:
        statements = sqlglot.parse(text, read="tsql", error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.errors.ParseError as err:
        yield f"sqlglot: {err}"
    else:
        for statement in statements:
            if isinstance(statement, sqlglot.exp.Command):
                yield f"sqlglot takes as it is: {statement.sql()[:80]}"
    parsed = linter.parse_string(shortened(text).replace("]]", "_"))  # it knows no bracket in a name
    for violation in parsed.violations:
        yield f"sqlfluff: {violation}"
    if parsed.tree is not None:
        for segment in parsed.tree.recursive_crawl("unparsable"):
            yield f"sqlfluff does not parse: {segment.raw[:80]}"


def main():
    linter = sqlfluff.core.Linter(dialect="tsql")
    parsed = wrong = 0
    for case in sorted(Path(sys.argv[1]).iterdir())[:CASES]:
        for name, text in texts(case):
            parsed += 1
            for fault in faults(text, linter):
                wrong += 1
                print(f"{case.name} {name}: {fault}")
    print(f"sqlserver: sqlglot {sqlglot.__version__} and sqlfluff {sqlfluff.__version__} parse {parsed} scripts ({wrong} faults)")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
