package syntax

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
)

// sqlServer is Transact-SQL. Texts have a binary collation from the first step on. Classes of letters and the equality
// of texts therefore do not depend on the collation of the database.
type sqlServer struct{ standard }

const binary = "Latin1_General_BIN2"

func (sqlServer) identifier(name string) string {
	return "[" + strings.ReplaceAll(name, "]", "]]") + "]"
}

// literal keeps line ends and $( out of literals. Tools treat a line that reads GO as the end of a batch, and sqlcmd
// expands its variables, written $(NAME).
func (sqlServer) literal(text string) string {
	quoted := "'" + unbroken.Replace(text) + "'"
	if isASCII(text) {
		return quoted
	}
	return "N" + quoted
}

var unbroken = strings.NewReplacer("'", "''", "\n", "' + NCHAR(10) + N'", "\r", "' + NCHAR(13) + N'", "$(", "$' + N'(")

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (sqlServer) text(column string) string {
	return "CAST(" + column + " AS nvarchar(4000)) COLLATE " + binary
}

// day writes a date in ISO form and leaves text unchanged.
func (sqlServer) day(column string) string {
	return "CONVERT(nvarchar(40), " + column + ", 23) COLLATE " + binary
}

func (sqlServer) moment(column string) string {
	return "CONVERT(nvarchar(4000), " + column + ", 126) COLLATE " + binary
}

// trim finds the first and last characters that are not white space. SQL Server 2016 has no TRIM for a set of
// characters.
func (sqlServer) trim(text string) string {
	const filled = "'%[^ ' + NCHAR(9) + NCHAR(160) + ']%'"
	return fmt.Sprintf("CASE WHEN PATINDEX(%[2]s, %[1]s) > 0\n"+
		"    THEN SUBSTRING(%[1]s, PATINDEX(%[2]s, %[1]s),\n      %[3]s + 2\n"+
		"      - PATINDEX(%[2]s, %[1]s)\n      - PATINDEX(%[2]s, REVERSE(%[1]s))) ELSE '' END",
		text, filled, sqlServer{}.length(text))
}

func (s sqlServer) withoutDashes(text string) string {
	return fmt.Sprintf("LEFT(%[1]s, %[2]s + 1 - PATINDEX('%%[^-]%%', REVERSE(%[1]s)))", text, s.length(text))
}

func (sqlServer) isCode(text string, sys coding.System) string {
	var conditions []string
	for _, p := range patterns(sys) {
		conditions = append(conditions, fmt.Sprintf("%s LIKE '%s'", text, p))
	}
	return anyOf(conditions)
}

func (sqlServer) isLike(text, pattern string) string {
	return fmt.Sprintf("%s LIKE '%s'", text, digits(pattern))
}

func (s sqlServer) withoutLast(text string) string {
	return "LEFT(" + text + ", " + s.length(text) + " - 1)"
}

func (sqlServer) slice(text string, from, n int) string {
	return fmt.Sprintf("SUBSTRING(%s, %d, %d)", text, from, n)
}

// length counts trailing spaces, which LEN does not.
func (sqlServer) length(text string) string { return "DATALENGTH(" + text + ") / 2" }

func (sqlServer) keyText(text string) string { return "CAST(" + text + " AS nvarchar(5))" }

func (sqlServer) join(texts ...string) string { return strings.Join(texts, " + ") }

func (sqlServer) rowNumber() string { return "ROW_NUMBER() OVER (ORDER BY (SELECT NULL))" }

func (sqlServer) unpivot(q *query) string {
	var rows [][]string
	for i := range q.fields {
		rows = append(rows, q.fieldRow(i))
	}
	columns := q.carried(collated("f", "system"), collated("f", "form"), "f.position", "f.cuts",
		collated("f", "field"), "f.value")
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nOUTER APPLY (SELECT * FROM (VALUES\n%s\n"+
		") AS x(system, form, position, cuts, field, value) WHERE x.value <> '') AS f",
		wrapped(columns), q.last, listed(rows))
}

// collated gives a column of constants the collation of the steps. The column would otherwise have the collation of the
// database, and SQL Server refuses to compare texts of different collations.
func collated(table, column string) string {
	return fmt.Sprintf("%s.%s COLLATE %s AS %[2]s", table, column, binary)
}

// split reads a concatenated column as a JSON array, which keeps the order. STRING_SPLIT does not guarantee the order.
func (sqlServer) split(q *query) string {
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nCROSS APPLY (\n"+
		"  SELECT v.position, v.value WHERE v.form IS NULL OR v.form <> 'concatenated'\n"+
		"  UNION ALL SELECT CAST(j.[key] AS int) + 1, CAST(j.[value] AS nvarchar(4000)) COLLATE %s\n"+
		"  FROM OPENJSON(CASE WHEN v.form = 'concatenated'\n"+
		"    THEN '[\"' + REPLACE(STRING_ESCAPE(v.value, 'json'), ',', '\",\"') + '\"]' ELSE '[]' END) AS j\n) AS s",
		wrapped(q.carried("v.system", "v.form", "s.position", "v.cuts", "v.field", "s.value")), q.last, binary)
}

func (s sqlServer) temporaryName(name string) string { return "#" + name }

// temporary turns row counts off, because clients mistake them for results.
func (s sqlServer) temporary(name, query string, columns, types []string) string {
	declared := make([]string, len(columns))
	for i, column := range columns {
		kind := types[i]
		switch {
		case column == "entry":
			kind = "nvarchar(4000) COLLATE " + binary
		case kind == "text":
			kind = "nvarchar(20) COLLATE " + binary
		}
		declared[i] = column + " " + kind
	}
	return fmt.Sprintf("SET NOCOUNT ON;\nDROP TABLE IF EXISTS #%[1]s;\nCREATE TABLE #%[1]s (%[2]s);\n"+
		"INSERT INTO #%[1]s (%[3]s)\n%[4]s;\n",
		name, strings.Join(declared, ", "), strings.Join(columns, ", "), query)
}

func (sqlServer) words() (word, from string) {
	return "CAST(w.value AS nvarchar(5)) COLLATE " + binary + " AS code", "CROSS APPLY STRING_SPLIT(t.codes, ' ') AS w"
}

// values gives texts the collation of the steps.
func (sqlServer) values(name string, columns, rows []string) string {
	selected := make([]string, len(columns))
	for i, column := range columns {
		selected[i] = name + "." + column
		switch column {
		case "list", "cut":
		default:
			selected[i] = collated(name, column)
		}
	}
	return fmt.Sprintf("SELECT %s\nFROM (VALUES\n%s\n) AS %s(%s)", wrapped(selected), packed(rows), name,
		strings.Join(columns, ", "))
}

func (sqlServer) limits() limits { return limits{name: 128, columns: 4096} }
