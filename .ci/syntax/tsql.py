"""Parses the scripts for SQL Server with two T-SQL grammars, because SQL Server does not run here.

    python tsql.py FOLDER

internal/syntaxcases writes FOLDER. Exits with status 1 if a script does not parse.
"""

import re
import sys
from pathlib import Path

import sqlfluff.core
import sqlglot

CASES, SLOW_CASES = 20, 3  # the numbers of cases for sqlglot, and for sqlfluff, which takes seconds per script


def texts(case):
    """Yields the scripts of a case, each after the statements that create its table of codes."""
    for path in sorted(case.glob("*.sqlserver")):
        if ".codes." not in path.name:
            codes = path.with_name(path.name.replace(".sqlserver", ".codes.sqlserver"))
            before = codes.read_text(encoding="utf-8") if codes.exists() else ""
            yield path.name, before + path.read_text(encoding="utf-8")


def shortened(text):
    """Removes most lines of long tables of constants. The lines are alike, and slow to parse."""
    kept, run = [], 0
    for line in text.splitlines():
        is_row = line.lstrip().startswith("(") and line.endswith(",")
        run = run + 1 if is_row else 0
        if run <= 5:
            kept.append(line)
    return "\n".join(kept) + "\n"


def unbracketed(text):
    """Replaces brackets inside names, because sqlfluff does not parse such names."""
    return re.sub(r"\[((?:[^\]'\n]|\]\])*\]\][^\]'\n]*)\]", lambda name: "[" + re.sub(r"[\[\]]+", "_", name[1]) + "]", text)


def glot_faults(text):
    """Yields a message for each statement that sqlglot does not parse."""
    try:
        statements = sqlglot.parse(text, read="tsql", error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.errors.ParseError as err:
        yield f"sqlglot: {err}"
    else:
        for statement in statements:
            if isinstance(statement, sqlglot.exp.Command):
                yield f"sqlglot does not parse: {statement.sql()[:80]}"


def fluff_faults(text, linter):
    """Yields a message for each error that sqlfluff finds."""
    parsed = linter.parse_string(unbracketed(shortened(text)))
    for violation in parsed.violations:
        yield f"sqlfluff: {violation}"


def main():
    linter = sqlfluff.core.Linter(dialect="tsql")
    parsed, wrong = [0, 0], 0
    for i, case in enumerate(sorted(Path(sys.argv[1]).iterdir())[:CASES]):
        for name, text in texts(case):
            faults = list(glot_faults(text))
            parsed[0] += 1
            if i < SLOW_CASES:
                faults += fluff_faults(text, linter)
                parsed[1] += 1
            wrong += len(faults)
            for fault in faults:
                print(f"{case.name} {name}: {fault}")
    print(f"sqlserver: {parsed[0]} scripts parsed by sqlglot {sqlglot.__version__}, {parsed[1]} by sqlfluff "
          f"{sqlfluff.__version__} ({wrong} faults)")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
