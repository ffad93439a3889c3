package syntax

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
)

type spark struct{ standard }

func (spark) identifier(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// literal escapes with backslashes. Spark reads literals this way unless spark.sql.parser.escapedStringLiterals is set.
func (spark) literal(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`).Replace(text) + "'"
}

func (spark) text(column string) string { return "CAST(" + column + " AS string)" }

func (s spark) day(column string) string { return s.text(column) }

func (s spark) moment(column string) string { return s.text(column) }

func (spark) trim(text string) string {
	return "TRIM(BOTH concat(' ', char(9), char(160)) FROM " + text + ")"
}

func (spark) withoutDashes(text string) string { return "TRIM(TRAILING '-' FROM " + text + ")" }

// isCode ends its expression with (?!.), because $ also matches before a line end.
func (spark) isCode(text string, sys coding.System) string {
	return fmt.Sprintf("%s RLIKE '(?s)^%s(?!.)'", text, expression(sys))
}

func (spark) isLike(text, pattern string) string {
	return fmt.Sprintf("%s RLIKE '(?s)^%s(?!.)'", text, digits(pattern))
}

func (spark) rowNumber() string { return "monotonically_increasing_id()" }

func (spark) unpivot(q *query) string {
	rows := make([]string, len(q.fields))
	for i := range rows {
		r := q.fieldRow(i)
		r[5] += " AS value"
		rows[i] = "    struct(" + strings.Join(r, ", ") + ")"
	}
	columns := q.carried("f.f.col1 AS system", "f.f.col2 AS form", "f.f.col3 AS position", "f.f.col4 AS cuts",
		"f.f.col5 AS field", "f.f.value AS value")
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nLATERAL VIEW OUTER explode(filter(array(\n%s\n"+
		"  ), x -> x.value <> '')) f AS f",
		wrapped(columns), q.last, strings.Join(rows, ",\n"))
}

// computed computes expressions in a lateral view of one row. Spark copies the expressions of a subquery wherever their
// values are used, so the steps would otherwise grow beyond what Spark can compile.
func (spark) computed(expressions []string) string {
	return "\nLATERAL VIEW OUTER inline(array(struct(\n    " + strings.Join(expressions, ",\n    ") + "\n  ))) x"
}

func (spark) split(q *query) string {
	position := strings.Replace(slotPosition, "s.slot", "s.slot + 1", 1)
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nLATERAL VIEW OUTER posexplode(CASE WHEN v.form = 'concatenated'\n"+
		"  THEN split(v.value, ',') ELSE array(v.value) END) s AS slot, slot_value",
		wrapped(q.carried("v.system", "v.form", position, "v.cuts", "v.field", "s.slot_value AS value")), q.last)
}

func (spark) temporary(name, query string, _, _ []string) string {
	return fmt.Sprintf("CREATE OR REPLACE TEMPORARY VIEW %s AS\n%s;\n", name, query)
}

func (spark) words() (word, from string) {
	return "w.code", "LATERAL VIEW explode(split(t.codes, ' ')) w AS code"
}

func (spark) broadcast() string { return " /*+ BROADCAST(c) */\n " }
