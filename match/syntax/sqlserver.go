package syntax

import (
	"fmt"
	"strings"
)

// sqlServer is Transact-SQL. Texts have a binary collation from the first step on, so that nothing depends on that of
// the database: classes of letters, and which texts are equal.
type sqlServer struct{ standard }

const binary = "Latin1_General_BIN2"

func (sqlServer) identifier(name string) string {
	return "[" + strings.ReplaceAll(name, "]", "]]") + "]"
}

func (sqlServer) literal(text string) string {
	quoted := "'" + strings.ReplaceAll(text, "'", "''") + "'"
	if isASCII(text) {
		return quoted
	}
	return "N" + quoted
}

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

// day gives a date its ISO form; text passes as it is.
func (sqlServer) day(column string) string {
	return "CONVERT(nvarchar(40), " + column + ", 23) COLLATE " + binary
}

func (sqlServer) trim(text string) string {
	return "LTRIM(RTRIM(REPLACE(REPLACE(" + text + ", CHAR(9), ' '), NCHAR(160), ' ')))"
}

func (sqlServer) withoutDashes(text string) string {
	return "LEFT(" + text + ", LEN(" + text + ") + 1 - PATINDEX('%[^-]%', REVERSE(" + text + ")))"
}

func (sqlServer) isCode(text, system string) string {
	var conditions []string
	for _, p := range patterns(system) {
		conditions = append(conditions, fmt.Sprintf("%s LIKE '%s'", text, p))
	}
	return anyOf(conditions)
}

func (sqlServer) isLike(text, pattern string) string {
	return fmt.Sprintf("%s LIKE '%s'", text, digits(pattern))
}

func (sqlServer) withoutLast(text string) string { return "LEFT(" + text + ", LEN(" + text + ") - 1)" }

func (sqlServer) slice(text string, from, n int) string {
	return fmt.Sprintf("SUBSTRING(%s, %d, %d)", text, from, n)
}

func (sqlServer) length(text string) string { return "LEN(" + text + ")" }

func (sqlServer) join(texts ...string) string { return strings.Join(texts, " + ") }

func (sqlServer) rowNumber() string { return "ROW_NUMBER() OVER (ORDER BY (SELECT NULL))" }

func (sqlServer) unpivot(q *query) string {
	var rows [][]string
	for i := range q.fields {
		rows = append(rows, q.fieldRow(i))
	}
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nOUTER APPLY (SELECT * FROM (VALUES\n%s\n"+
		") AS x(system, form, position, cuts, field, value) WHERE x.value <> '') AS f",
		wrapped(q.carried("f.system", "f.form", "f.position", "f.cuts", "f.field", "f.value")), q.last, listed(rows))
}

// slots reads a concatenated column as a JSON array, which keeps the order: STRING_SPLIT does not promise it.
func (sqlServer) split(q *query) string {
	return fmt.Sprintf("SELECT %s\nFROM %s AS v\nCROSS APPLY (\n  SELECT v.position, v.value WHERE v.form IS NULL OR v.form <> 'concatenated'\n"+
		"  UNION ALL SELECT CAST(j.[key] AS int) + 1, j.[value] COLLATE %s\n"+
		"  FROM OPENJSON(CASE WHEN v.form = 'concatenated'\n    THEN '[\"' + REPLACE(STRING_ESCAPE(v.value, 'json'), ',', '\",\"') + '\"]' ELSE '[]' END) AS j\n) AS s",
		wrapped(q.carried("v.system", "v.form", "s.position", "v.cuts", "v.field", "s.value")), q.last, binary)
}

func (s sqlServer) temporaryName(name string) string { return "#" + name }

func (s sqlServer) temporary(name string, columns, types, rows []string) string {
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
	return fmt.Sprintf("CREATE TABLE #%s (%s);\nINSERT INTO #%s (%s)\n%s;\n", name, strings.Join(declared, ", "), name,
		strings.Join(columns, ", "), s.values("c", columns, rows))
}

// values has texts in the collation of the steps.
func (sqlServer) values(name string, columns, rows []string) string {
	selected := make([]string, len(columns))
	for i, column := range columns {
		selected[i] = name + "." + column
		switch column {
		case "list", "cut":
		default:
			selected[i] = fmt.Sprintf("%s.%s COLLATE %s AS %[2]s", name, column, binary)
		}
	}
	return fmt.Sprintf("SELECT %s\nFROM (VALUES\n%s\n) AS %s(%s)", wrapped(selected), packed(rows), name,
		strings.Join(columns, ", "))
}

func (sqlServer) limits() limits { return limits{name: 128, columns: 4096} }
