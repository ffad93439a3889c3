"""Translates scripts for SQL Server, which does not run here, into SQL for DuckDB. sqlglot does most of the work."""

import functools
import re

import duckdb
import sqlglot
from sqlglot import exp

MACROS = (
    "CREATE MACRO first_fit(class, t) AS CASE WHEN regexp_matches(t, class) "
    "THEN length(regexp_replace(t, '(?s)' || class || '.*$', '')) + 1 ELSE 0 END",
    "CREATE MACRO slots(t) AS string_split(t, ',')",
    "CREATE MACRO words(t) AS string_split(t, ' ')",
    "CREATE MACRO slot_keys(t) AS range(len(string_split(t, ',')))",
)


def operands(node):
    if isinstance(node, (exp.Add, exp.DPipe)):
        return operands(node.this) + operands(node.expression)
    return [node]


def inner(node):
    """Translates a part of a node that is being replaced."""
    return node.copy().transform(translated)


def translated(node):
    """Translates a node of T-SQL, where + joins text, LIKE has character classes, and PATINDEX looks for one class."""
    if isinstance(node, exp.Add) and any(part.is_string for part in operands(node)):
        return functools.reduce(lambda x, y: exp.DPipe(this=x, expression=y), map(inner, operands(node)))
    if isinstance(node, exp.Like):
        return exp.Anonymous(this="regexp_full_match", expressions=[inner(node.this), inner(node.expression)])
    if isinstance(node, exp.Anonymous) and node.name.upper() == "PATINDEX":
        kind = "[^-]" if len(operands(node.expressions[0])) == 1 else "[^ \t\u00a0]"
        return exp.Anonymous(this="first_fit", expressions=[exp.Literal.string(kind), inner(node.expressions[1])])
    return node


def to_duckdb(text):
    text = text.replace("SET NOCOUNT ON;\n", "").replace("#codes", "codes").replace(" COLLATE Latin1_General_BIN2", "")
    text = re.sub(r"DATALENGTH\(((?:[^()]|\([^()]*\))*)\) / 2", r"LEN(\1)", text)
    text = re.sub(r"CONVERT\(nvarchar\([0-9]+\), (.*), (?:23|126)\)", r"\1", text)
    text = text.replace("STRING_SPLIT(t.codes, ' ') AS w", "(SELECT UNNEST(WORDS(t.codes)) AS [value]) AS w")
    text = re.sub(r"FROM OPENJSON\(CASE.*?END\) AS j", "FROM (SELECT UNNEST(SLOTS(v.value)) AS [value], "
                  "UNNEST(SLOT_KEYS(v.value)) AS [key] WHERE v.form = 'concatenated') AS j", text, flags=re.DOTALL)
    for tree in sqlglot.parse(text, read="tsql"):
        if tree is not None:
            out = tree.transform(translated).sql("duckdb", comments=False)
            out = re.sub(r"(<> ''\) AS f|AS j\) AS s|\) AS w)(?! ON)", r"\1 ON TRUE", out)
            yield out


def version():
    return f"as DuckDB {duckdb.__version__} by sqlglot {sqlglot.__version__}"
