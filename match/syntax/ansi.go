package syntax

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
)

type postgres struct{ standard }

func (postgres) trim(text string) string { return `BTRIM(` + text + `, E' \t\u00a0')` }

func (postgres) bytewise(text string) string { return text + ` COLLATE "C"` }

func (postgres) isCode(text string, sys coding.System) string {
	return fmt.Sprintf("%s ~ '^%s$'", text, expression(sys))
}

func (postgres) isLike(text, pattern string) string {
	return fmt.Sprintf("%s ~ '^%s$'", text, digits(pattern))
}

func (postgres) split(q *query) string {
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nCROSS JOIN LATERAL unnest(CASE WHEN v.form = 'concatenated'\n"+
		"  THEN string_to_array(v.value, ',') ELSE ARRAY[v.value] END) WITH ORDINALITY AS s(value, slot)",
		wrapped(q.carried("v.system", "v.form", slotPosition, "v.cuts", "v.field", "s.value")), q.last)
}

// slotPosition is the expression for the position of a value. In a concatenated column, the position is s.slot, counted
// from 1.
const slotPosition = "CASE WHEN v.form = 'concatenated' THEN s.slot ELSE v.position END AS position"

// barrier makes PostgreSQL compute a step once. Without it, PostgreSQL would copy the expressions into each later step.
func (postgres) barrier(string) string { return "\nOFFSET 0" }

func (s postgres) temporary(name, query string, columns, types []string) string {
	return "DROP TABLE IF EXISTS pg_temp." + name + ";\n" + s.standard.temporary(name, query, columns, types)
}

func (postgres) words() (word, from string) {
	return "w.code", "CROSS JOIN LATERAL unnest(string_to_array(t.codes, ' ')) AS w(code)"
}

// once keeps PostgreSQL from joining values to groups of codes before it has split the groups into rows.
func (postgres) once() string { return " AS MATERIALIZED (" } //nolint:misspell // SQL spells it so

func (postgres) limits() limits { return limits{name: 63, columns: 1600} }

type duckDB struct{ standard }

func (duckDB) trim(text string) string { return "TRIM(" + text + ", ' ' || chr(9) || chr(160))" }

func (duckDB) isCode(text string, sys coding.System) string {
	return fmt.Sprintf("regexp_full_match(%s, '%s')", text, expression(sys))
}

func (duckDB) isLike(text, pattern string) string {
	return fmt.Sprintf("regexp_full_match(%s, '%s')", text, digits(pattern))
}

func (duckDB) split(q *query) string {
	position := strings.Replace(slotPosition, "s.slot", "v.slot", 1)
	return fmt.Sprintf("SELECT %s\n"+
		"FROM (SELECT v.*, unnest(v.slots) AS slot_value, generate_subscripts(v.slots, 1) AS slot\n"+
		"  FROM (SELECT v.*, CASE WHEN v.form = 'concatenated' THEN string_split(v.value, ',') "+
		"ELSE [v.value] END AS slots\n"+
		"  FROM %s AS v) AS v) AS v",
		wrapped(q.carried("v.system", "v.form", position, "v.cuts", "v.field", "v.slot_value AS value")), q.last)
}

func (duckDB) temporary(name, query string, _, _ []string) string {
	return fmt.Sprintf("CREATE OR REPLACE TEMPORARY TABLE %s AS\n%s;\n", name, query)
}

func (duckDB) words() (word, from string) { return "unnest(string_split(t.codes, ' ')) AS code", "" }

type sqlite struct{ standard }

func (sqlite) trim(text string) string { return "TRIM(" + text + ", ' ' || char(9, 160))" }

func (sqlite) left(text string, n int) string { return fmt.Sprintf("SUBSTR(%s, 1, %d)", text, n) }

func (sqlite) lastOf(text string) string { return "SUBSTR(" + text + ", -1)" }

func (sqlite) withoutLast(text string) string {
	return "SUBSTR(" + text + ", 1, LENGTH(" + text + ") - 1)"
}

func (sqlite) isCode(text string, sys coding.System) string {
	var conditions []string
	for _, p := range patterns(sys) {
		conditions = append(conditions, fmt.Sprintf("%s GLOB '%s'", text, p))
	}
	return anyOf(conditions)
}

func (sqlite) isLike(text, pattern string) string {
	return fmt.Sprintf("%s GLOB '%s'", text, digits(pattern))
}

// unpivot joins the properties of each column from a second table, by the number that json_each gives to the column.
func (sqlite) unpivot(q *query) string {
	values, rows := make([]string, len(q.fields)), make([]string, len(q.fields))
	for i := range values {
		r := q.fieldRow(i)
		values[i], rows[i] = r[5], fmt.Sprintf("(%d, %s)", i, strings.Join(r[:5], ", "))
	}
	columns := []string{"number", "system", "form", "position", "cuts", "field"}
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nLEFT JOIN json_each(json_array(\n  %s\n)) AS j ON j.value <> ''\n"+
		"LEFT JOIN (\n  %s\n) AS f ON f.number = j.key",
		wrapped(q.carried("f.system", "f.form", "f.position", "f.cuts", "f.field", "j.value AS value")), q.last,
		wrapped(values), strings.ReplaceAll(q.values("f", columns, rows), "\n", "\n  "))
}

func (sqlite) split(q *query) string {
	position := strings.Replace(slotPosition, "s.slot", "s.key + 1", 1)
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nCROSS JOIN json_each(CASE WHEN v.form = 'concatenated'\n"+
		"  THEN '[' || REPLACE(json_quote(v.value), ',', '\",\"') || ']' ELSE json_array(v.value) END) AS s",
		wrapped(q.carried("v.system", "v.form", position, "v.cuts", "v.field", "s.value AS value")), q.last)
}

// values names the columns of VALUES in an outer SELECT, because SQLite calls them column1, column2 and so on.
func (sqlite) values(_ string, columns, rows []string) string {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = fmt.Sprintf("column%d AS %s", i+1, column)
	}
	return fmt.Sprintf("SELECT %s\nFROM (VALUES\n%s\n)", wrapped(names), packed(rows))
}

func (s sqlite) temporary(name, query string, columns, types []string) string {
	return "DROP TABLE IF EXISTS temp." + name + ";\n" + s.standard.temporary(name, query, columns, types)
}

// once materialises the table of codes. SQLite then builds an index for it, which it does not do for the rows of
// json_each.
func (sqlite) once() string { return " AS MATERIALIZED (" } //nolint:misspell // SQL spells it so

func (sqlite) words() (word, from string) {
	return "w.value AS code", `CROSS JOIN json_each('["' || REPLACE(t.codes, ' ', '","') || '"]') AS w`
}

// barrier makes SQLite compute the most used steps once. SQLite would otherwise copy a step wherever it is used. Each
// barrier lowers SQLite's estimate of the number of rows, so there are only three.
func (sqlite) barrier(step string) string {
	switch step {
	case "texts", "code_texts", "keys":
		return "\nLIMIT -1"
	default:
		return ""
	}
}

// beside makes SQLite look codes up by an index. SQLite would not build an index for the few rows that it expects after
// window functions.
func (sqlite) beside(q *query) string {
	many := q.named("one_of_many")
	q.push("One row. SQLite expects many, and so builds an index of the table of codes.", "one_of_many",
		fmt.Sprintf("SELECT 1 AS n\nUNION ALL\nSELECT n + 1 FROM %s WHERE n < 1", many))
	return fmt.Sprintf("\nCROSS JOIN %s AS one_a\nCROSS JOIN %[1]s AS one_b", many)
}

func (sqlite) limits() limits { return limits{columns: 2000} }
