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
	Spark     Dialect = "spark"     // Spark SQL 3.3 and later, including Databricks
	DuckDB    Dialect = "duckdb"
	Postgres  Dialect = "postgres" // PostgreSQL 12 and later
	SQLite    Dialect = "sqlite"   // SQLite 3.35 and later
	R         Dialect = "r"        // R with data.table 1.14 and later
	Python    Dialect = "python"   // Python with polars 1.0 and later; the script also accepts pandas frames
	Stata     Dialect = "stata"    // a do-file that sends SQL Server's SQL through odbc load; no test runs it
)

// Dialects returns all dialects.
func Dialects() []Dialect {
	return []Dialect{SQLServer, Spark, DuckDB, Postgres, SQLite, R, Stata, Python}
}

// A What is a question that a script can ask.
type What string

// The questions.
const (
	// Flags returns a row for each appointment, with a column named after each list. The column holds 1 for match, 0
	// for no match and NULL for unknown.
	Flags What = "flags"
	// Hits returns a row for each value that a list covers, with the columns list, system, position, column, value and
	// entry.
	Hits What = "hits"
	// People returns a row for each person and list, with the columns person, list, first, last, appointments and
	// dates.
	People What = "people"
	// Counts returns a row for each list and financial year, with the columns list, year, appointments, match,
	// no_match, unknown and undecided.
	Counts What = "counts"
)

// Whats returns all questions.
func Whats() []What { return []What{Flags, Hits, People, Counts} }

// engine writes each piece of the query in the SQL of one database.
type engine interface {
	identifier(name string) string
	literal(text string) string
	text(column string) string        // the column cast to text
	day(column string) string         // a column of dates cast to text, as 2019-05-08
	moment(column string) string      // a column of any type cast to text, with its time if it has one
	bytewise(text string) string      // the text as a sort key that compares character by character
	trim(text string) string          // without surrounding white space
	withoutDashes(text string) string // without trailing dashes
	// isCode returns the condition that the whole text is a code of the system, in upper or lower case.
	isCode(text string, sys coding.System) string
	isLike(text, pattern string) string // the condition that the whole text fits a pattern in which # is a digit
	left(text string, n int) string
	lastOf(text string) string             // the last character
	withoutLast(text string) string        // all characters but the last
	slice(text string, from, n int) string // n characters, starting at position from, counted from 1
	length(text string) string
	join(texts ...string) string
	number(text string) string                         // cast to a whole number
	rowNumber() string                                 // the expression that numbers the appointments
	unpivot(q *query) string                           // the step that turns each code column into a row
	split(q *query) string                             // the step that splits concatenated columns
	values(name string, columns, rows []string) string // a query that returns a table of constants
	// words returns the expression for each word of the column t.codes, and the clause that must follow FROM ... AS t.
	words() (word, from string)
	// temporary returns the statements that create a temporary table from a query.
	temporary(name, query string, columns, types []string) string
	temporaryName(name string) string
	// computed returns the clause after FROM ... AS v that computes expressions as columns of x. It returns "" if the
	// engine computes the expressions in place.
	computed(expressions []string) string
	// beside returns the clause that joins further tables to the values before the lookup, or "". It may add a step.
	beside(q *query) string
	once() string               // the AS of a step that the engine must compute once
	broadcast() string          // a hint that the table of codes is small
	barrier(step string) string // keeps the engine from inlining a step into later ones
	keyText(text string) string // cast to a text of at most five characters
	limits() limits
}

// limits holds the maximum sizes that an engine supports.
type limits struct {
	name, columns int // bytes of a name, columns of a result; 0 for no relevant limit
}

// standard holds the SQL that several engines share.
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

// unpivot joins each appointment to a table of its code columns.
func (standard) unpivot(q *query) string {
	var rows [][]string
	for i := range q.fields {
		rows = append(rows, q.fieldRow(i))
	}
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nLEFT JOIN LATERAL (VALUES\n%s\n"+
		") AS f(system, form, position, cuts, field, value) ON f.value <> ''",
		wrapped(q.carried("f.system", "f.form", "f.position", "f.cuts", "f.field", "f.value")), q.last, listed(rows))
}

// listed writes each row of constants on its own line.
func listed(rows [][]string) string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = "  (" + strings.Join(row, ", ") + ")"
	}
	return strings.Join(lines, ",\n")
}

func (standard) temporary(name, query string, _, _ []string) string {
	return fmt.Sprintf("CREATE TEMPORARY TABLE %s AS\n%s;\n", name, query)
}

// values returns a query of VALUES, with as many rows on each line as fit.
func (standard) values(name string, columns, rows []string) string {
	return fmt.Sprintf("SELECT * FROM (VALUES\n%s\n) AS %s(%s)", packed(rows), name, strings.Join(columns, ", "))
}

// width is the maximum length of a line of a script, in bytes.
const width = 120

// packed joins rows of constants by commas and fills lines with them.
func packed(rows []string) string {
	var b strings.Builder
	line := 0
	for i, row := range rows {
		switch {
		case i == 0:
			b.WriteString("  ")
			line = 2
		case line+len(row)+3 > width-6: // the text of a step is indented later
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

// patterns returns the grammar of a system as patterns for engines that have character classes but no regular
// expressions.
func patterns(sys coding.System) []string {
	if sys == coding.ICD10 {
		return []string{
			"[A-Za-z][0-9][0-9]", "[A-Za-z][0-9][0-9][0-9Xx]", "[A-Za-z][0-9][0-9][0-9Xx][0-9]",
		}
	}
	return []string{"[A-HJ-Za-hj-z][0-9][0-9]", "[A-HJ-Za-hj-z][0-9][0-9][0-9Xx]"}
}

// expression returns the grammar of a system as a regular expression without anchors.
func expression(sys coding.System) string {
	if sys == coding.ICD10 {
		return "[A-Za-z][0-9]{2}([0-9Xx][0-9]?)?"
	}
	return "[A-HJ-Za-hj-z][0-9]{2}[0-9Xx]?"
}

// digits writes a pattern of isLike with a character class for each #. The result is also a regular expression.
func digits(pattern string) string { return strings.ReplaceAll(pattern, "#", "[0-9]") }

// anyOf joins conditions with OR.
func anyOf(conditions []string) string {
	if len(conditions) == 1 {
		return conditions[0]
	}
	return "(" + strings.Join(conditions, "\n      OR ") + ")"
}
