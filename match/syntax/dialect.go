package syntax

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
)

// Dialect is the language of a script.
type Dialect string

// The dialects.
const (
	SQLServer Dialect = "sqlserver" // Transact-SQL of SQL Server 2016 and later
	Spark     Dialect = "spark"     // Spark SQL 3.3 and later, and that of Databricks
	DuckDB    Dialect = "duckdb"
	Postgres  Dialect = "postgres" // PostgreSQL 12 and later
	SQLite    Dialect = "sqlite"   // SQLite 3.35 and later
	R         Dialect = "r"        // R with data.table 1.14 and later
	Python    Dialect = "python"   // Python with polars 1.0 and later; pandas frames are taken too
	Stata     Dialect = "stata"    // a do-file that sends the SQL of SQL Server by odbc load; no test runs it
)

// Dialects returns all dialects.
func Dialects() []Dialect {
	return []Dialect{SQLServer, Spark, DuckDB, Postgres, SQLite, R, Stata, Python}
}

// What is what a script asks.
type What string

// What can be asked.
const (
	// Flags is a row for each appointment: 1 match, 0 no match or NULL unknown of each list, in a column of its name.
	Flags What = "flags"
	// Hits is a row for each value that a list covers: list, system, position, column, value, entry.
	Hits What = "hits"
	// People is a row for each person and list: person, list, first, last, appointments, dates.
	People What = "people"
	// Counts is a row for each list and financial year: list, year, appointments, match, no_match, unknown, undecided.
	Counts What = "counts"
)

// Whats returns all that can be asked.
func Whats() []What { return []What{Flags, Hits, People, Counts} }

// engine is how a database says each piece of the query.
type engine interface {
	identifier(name string) string
	literal(text string) string
	text(column string) string        // the expression as text
	day(column string) string         // the same of a column of days, as 2019-05-08
	moment(column string) string      // the same of a column of any type, with a time if it has one
	bytewise(text string) string      // a text to sort by, character by character
	trim(text string) string          // without white space around it
	withoutDashes(text string) string // without dashes at its end
	// isCode is a condition: text is a code of the system, in any case.
	isCode(text string, sys coding.System) string
	isLike(text, pattern string) string // a condition: the whole text fits a pattern of # for a digit
	left(text string, n int) string
	lastOf(text string) string             // the last character
	withoutLast(text string) string        // all characters but the last
	slice(text string, from, n int) string // characters from the one numbered from, from 1
	length(text string) string
	join(texts ...string) string
	number(text string) string                         // as a whole number
	rowNumber() string                                 // numbers appointments
	unpivot(q *query) string                           // the step that makes a row of each code column
	split(q *query) string                             // the step that splits concatenated columns
	values(name string, columns, rows []string) string // a step that is a table of constants
	// words has each word of the column t.codes, and what stands behind FROM ... AS t for it.
	words() (word, from string)
	// temporary has the statements that make a table of a query.
	temporary(name, query string, columns, types []string) string
	temporaryName(name string) string
	// computed is what stands behind FROM ... AS v to compute expressions as columns of x, "" to compute them in place.
	computed(expressions []string) string
	// beside is what stands beside the values that are looked up, for which it may add a step, "" for nothing.
	beside(q *query) string
	once() string               // the AS of a step that is computed once
	broadcast() string          // a hint that the table of codes is small
	barrier(step string) string // keeps a step from being written out in those behind it
	keyText(text string) string // a text of at most five characters
	limits() limits
}

// limits are what an engine can hold.
type limits struct {
	name, columns int // bytes of a name, columns of a result; 0 for no limit that matters
}

// standard is what engines have in common.
type standard struct{}

func (standard) identifier(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func (standard) literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func (standard) text(column string) string { return "CAST(" + column + " AS text)" }

func (s standard) day(column string) string { return s.text(column) }

func (s standard) moment(column string) string { return s.text(column) }

func (standard) bytewise(text string) string { return text }

func (standard) withoutDashes(text string) string { return "RTRIM(" + text + ", '-')" }

func (standard) left(text string, n int) string { return fmt.Sprintf("LEFT(%s, %d)", text, n) }

func (standard) lastOf(text string) string { return "RIGHT(" + text + ", 1)" }

func (standard) withoutLast(text string) string {
	return "LEFT(" + text + ", LENGTH(" + text + ") - 1)"
}

func (standard) slice(text string, from, n int) string {
	return fmt.Sprintf("SUBSTR(%s, %d, %d)", text, from, n)
}

func (standard) length(text string) string { return "LENGTH(" + text + ")" }

func (standard) join(texts ...string) string { return strings.Join(texts, " || ") }

func (standard) number(text string) string { return "CAST(" + text + " AS integer)" }

func (standard) rowNumber() string { return "ROW_NUMBER() OVER ()" }

func (standard) temporaryName(name string) string { return name }

func (standard) computed([]string) string { return "" }

func (standard) beside(*query) string { return "" }

func (standard) once() string { return " AS (" }

func (standard) broadcast() string { return "" }

func (standard) barrier(string) string { return "" }

func (standard) keyText(text string) string { return text }

func (standard) limits() limits { return limits{} }

// unpivot joins the columns of each appointment as a table.
func (standard) unpivot(q *query) string {
	var rows [][]string
	for i := range q.fields {
		rows = append(rows, q.fieldRow(i))
	}
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nLEFT JOIN LATERAL (VALUES\n%s\n"+
		") AS f(system, form, position, cuts, field, value) ON f.value <> ''",
		wrapped(q.carried("f.system", "f.form", "f.position", "f.cuts", "f.field", "f.value")), q.last, listed(rows))
}

// listed puts rows in a line each.
func listed(rows [][]string) string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = "  (" + strings.Join(row, ", ") + ")"
	}
	return strings.Join(lines, ",\n")
}

// temporary makes a temporary table.
func (standard) temporary(name, query string, _, _ []string) string {
	return fmt.Sprintf("CREATE TEMPORARY TABLE %s AS\n%s;\n", name, query)
}

// values is a step of VALUES, with as many rows in a line as fit.
func (standard) values(name string, columns, rows []string) string {
	return fmt.Sprintf("SELECT * FROM (VALUES\n%s\n) AS %s(%s)", packed(rows), name, strings.Join(columns, ", "))
}

// width is the most bytes of a line.
const width = 120

// packed puts rows of constants in lines, joined by commas.
func packed(rows []string) string {
	var b strings.Builder
	line := 0
	for i, row := range rows {
		switch {
		case i == 0:
			b.WriteString("  ")
			line = 2
		case line+len(row)+3 > width-6: // steps stand further in
			b.WriteString(",\n  ")
			line = 2
		default:
			b.WriteString(", ")
			line += 2
		}
		b.WriteString(row)
		line += len(row)
	}
	return b.String()
}

// patterns are the forms of a code, of the grammar of a system, in engines that have classes and no regular
// expressions.
func patterns(sys coding.System) []string {
	if sys == coding.ICD10 {
		return []string{
			"[A-Za-z][0-9][0-9]", "[A-Za-z][0-9][0-9][0-9Xx]", "[A-Za-z][0-9][0-9][0-9Xx][0-9]",
		}
	}
	return []string{"[A-HJ-Za-hj-z][0-9][0-9]", "[A-HJ-Za-hj-z][0-9][0-9][0-9Xx]"}
}

// expression is the grammar of a system as a regular expression of the whole text.
func expression(sys coding.System) string {
	if sys == coding.ICD10 {
		return "[A-Za-z][0-9]{2}([0-9Xx][0-9]?)?"
	}
	return "[A-HJ-Za-hj-z][0-9]{2}[0-9Xx]?"
}

// digits is a pattern of isLike with classes in place of #, which is also a regular expression.
func digits(pattern string) string { return strings.ReplaceAll(pattern, "#", "[0-9]") }

// anyOf joins conditions.
func anyOf(conditions []string) string {
	if len(conditions) == 1 {
		return conditions[0]
	}
	return "(" + strings.Join(conditions, "\n      OR ") + ")"
}
