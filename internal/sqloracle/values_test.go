package sqloracle

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// value is a value in a column, and the text that the reader returns for it.
type value struct {
	kind    string // the type of the column
	literal string // in SQL
	text    string
	reason  string
}

// requireValues requires a query to return one row with the texts of the values. The query must select the values in
// order, and a code column.
func requireValues(t *testing.T, db *sql.DB, query string, values []value) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	reader, err := hesop.FromRows(rows)
	require.NoError(t, err)
	read := 0
	for a, err := range reader.All() {
		require.NoError(t, err)
		for i, v := range values {
			column, err := reader.Column(fmt.Sprintf("v%d", i))
			require.NoError(t, err)
			require.Equal(t, v.text, string(a.Text(column)), "%s %s: %s", v.kind, v.literal, v.reason)
		}
		read++
	}
	require.Equal(t, 1, read)
}

// TestPostgresValues reads values of types that the tests of matching do not use.
func TestPostgresValues(t *testing.T) {
	db := postgres.Open(t)
	values := []value{
		{"timestamp", "'2019-06-03 09:30:00'", "2019-06-03 09:30:00", "the time of day is kept"},
		{"timestamp", "'2019-06-03 09:30:00.25'", "2019-06-03 09:30:00.25", "fractions of a second are kept"},
		{"timestamp", "'2019-06-03 00:00:00'", "2019-06-03", "midnight is dropped"},
		{"timestamp", "timestamptz '2019-06-03 00:00+01' AT TIME ZONE 'Europe/London'", "2019-06-03", "midnight in England, whatever the time zone of the program"},
		{"date", "'1800-01-01'", "1800-01-01", "a day that means a missing date"},
		{"numeric", "18446744073709551615", "18446744073709551615", "an identifier of 20 digits, too long for a float"},
		{"numeric(20)", "10000000000000000001", "10000000000000000001", "another identifier of 20 digits"},
		{"varchar(20)", "'18446744073709551615'", "18446744073709551615", "the same identifier as text"},
		{"bigint", "9223372036854775807", "9223372036854775807", "the largest integer"},
		{"text", "'007'", "007", "leading zeros are kept"},
		{"numeric", "45.120", "45.120", "decimal places are kept"},
		{"double precision", "45.123", "45.123", "no decimal places are added"},
		{"real", "45.123", "45.12300109863281", "the driver widens a real to a longer float, as the README warns"},
		{"boolean", "true", "1", "a boolean is read as a flag, as in files"},
		{"char(6)", "'E119'", "E119  ", "padding is kept"},
		{"uuid", "'00000000-0000-4000-8000-000000000001'", "00000000-0000-4000-8000-000000000001", "an identifier"},
		{"json", `'{"a": 1}'`, `{"a": 1}`, "JSON is text"},
	}
	for _, kind := range []string{"date", "timestamp", "integer", "numeric", "double precision", "char(4)", "text", "boolean", "bytea"} {
		values = append(values, value{kind, "NULL", "", "NULL is empty"})
	}
	columns := []string{"CAST(NULL AS char(4)) AS diag_4_01"}
	for i, v := range values {
		columns = append(columns, fmt.Sprintf("CAST(%s AS %s) AS v%d", v.literal, v.kind, i))
	}
	requireValues(t, db, "SELECT "+strings.Join(columns, ", "), values)
}

// TestSQLiteValues reads values of many types in SQLite, where each value has its own type and a column's type is only
// a preference.
func TestSQLiteValues(t *testing.T) {
	db := openSQLite(t)
	values := []value{
		{"DATETIME", "'2019-06-03 09:30:00'", "2019-06-03 09:30:00", "the time of day is kept"},
		{"DATETIME", "'2019-06-03 00:00:00'", "2019-06-03", "midnight is dropped"},
		{"TEXT", "'2019-06-03 00:00:00'", "2019-06-03 00:00:00", "text is unchanged"},
		{"DATE", "'20190603'", "20190603", "stored as a number, but still a date"},
		{"DATE", "'03/06/2019'", "03/06/2019", "a date that starts with the day is unchanged"},
		{"DATE", "'1800-01-01'", "1800-01-01", "a day that means a missing date"},
		{"TEXT", "'18446744073709551615'", "18446744073709551615", "an identifier of 20 digits"},
		{"INTEGER", "'9223372036854775807'", "9223372036854775807", "the largest integer"},
		{"TEXT", "'007'", "007", "leading zeros are kept"},
		{"REAL", "45.123", "45.123", "no decimal places are added"},
		{"REAL", "54", "54", "a whole number has no decimal places"},
		{"BOOLEAN", "TRUE", "1", "a boolean is read as a flag, as in files"},
		{"BLOB", "x'45313139'", "E119", "bytes are unchanged"},
	}
	for _, kind := range []string{"DATE", "DATETIME", "INTEGER", "REAL", "TEXT", "BOOLEAN", "BLOB"} {
		values = append(values, value{kind, "NULL", "", "NULL is empty"})
	}
	var columns, literals []string
	for i, v := range values {
		columns = append(columns, fmt.Sprintf("v%d %s", i, v.kind))
		literals = append(literals, v.literal)
	}
	_, err := db.ExecContext(t.Context(), fmt.Sprintf("CREATE TABLE sample (%s); INSERT INTO sample VALUES (%s)",
		strings.Join(columns, ", "), strings.Join(literals, ", ")))
	require.NoError(t, err)
	requireValues(t, db, "SELECT sample.*, NULL AS diag_4_01 FROM sample", values)
}

// TestNull requires a row of NULLs to be an appointment for which every answer is unknown.
func TestNull(t *testing.T) {
	const query = "SELECT NULL AS attendkey, NULL AS apptdate, NULL AS attended, NULL AS diag_4_01, NULL AS opertn_4_concat"
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			matcher := newMatcher(t)
			totals, err := countQuery(t, matcher, d.open(t), query)
			require.NoError(t, err)
			require.EqualValues(t, 1, totals.Rows)
			require.Zero(t, totals.Coded)
			require.Zero(t, totals.Unrecognised)
			for i := range matcher.Len() {
				require.Equal(t, match.Counts{Unknown: 1}, totals.Counts(i))
			}
		})
	}
}
