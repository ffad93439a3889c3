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

// value is a value in a column and the text that the reader returns.
type value struct {
	kind    string // type of the column, as the database has it
	literal string // in SQL
	text    string
	reason  string
}

// requireValues requires a query to return one row with the texts of the values. Its columns
// are the values in their order and a code column.
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

// TestPostgresValues reads values that matching does not show.
func TestPostgresValues(t *testing.T) {
	db := postgres.Open(t)
	values := []value{
		{"timestamp", "'2019-06-03 09:30:00'", "2019-06-03 09:30:00", "a time of the day stays"},
		{"timestamp", "'2019-06-03 09:30:00.25'", "2019-06-03 09:30:00.25", "all of it"},
		{"timestamp", "'2019-06-03 00:00:00'", "2019-06-03", "midnight says nothing"},
		{"timestamp", "timestamptz '2019-06-03 00:00+01' AT TIME ZONE 'Europe/London'", "2019-06-03", "midnight in England, whatever the zone of the program"},
		{"date", "'1800-01-01'", "1800-01-01", "a day that stands for a missing one"},
		{"numeric", "18446744073709551615", "18446744073709551615", "an identifier of 20 digits, some of which a float would lose"},
		{"numeric(20)", "10000000000000000001", "10000000000000000001", "the same"},
		{"varchar(20)", "'18446744073709551615'", "18446744073709551615", "the same as text"},
		{"bigint", "9223372036854775807", "9223372036854775807", "the largest"},
		{"text", "'007'", "007", "no number"},
		{"numeric", "45.120", "45.120", "as many places as it has"},
		{"double precision", "45.123", "45.123", "no more places than it has"},
		{"real", "45.123", "45.12300109863281", "the driver makes a longer float of it; the README warns"},
		{"boolean", "true", "1", "a flag as files have it"},
		{"char(6)", "'E119'", "E119  ", "padding stays"},
		{"uuid", "'00000000-0000-4000-8000-000000000001'", "00000000-0000-4000-8000-000000000001", "an identifier"},
		{"json", `'{"a": 1}'`, `{"a": 1}`, "text in all but name"},
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

// TestSQLiteValues does the same for a database in which each value has its own type, and the
// type of the column is only a preference.
func TestSQLiteValues(t *testing.T) {
	db := openSQLite(t)
	values := []value{
		{"DATETIME", "'2019-06-03 09:30:00'", "2019-06-03 09:30:00", "a time of the day stays"},
		{"DATETIME", "'2019-06-03 00:00:00'", "2019-06-03", "midnight says nothing"},
		{"TEXT", "'2019-06-03 00:00:00'", "2019-06-03 00:00:00", "text stands as it is"},
		{"DATE", "'20190603'", "20190603", "stored as a number, and a date all the same"},
		{"DATE", "'03/06/2019'", "03/06/2019", "days first"},
		{"DATE", "'1800-01-01'", "1800-01-01", "a day that stands for a missing one"},
		{"TEXT", "'18446744073709551615'", "18446744073709551615", "an identifier of 20 digits"},
		{"INTEGER", "'9223372036854775807'", "9223372036854775807", "the largest that a number can be"},
		{"TEXT", "'007'", "007", "no number"},
		{"REAL", "45.123", "45.123", "no more places than it has"},
		{"REAL", "54", "54", "none"},
		{"BOOLEAN", "TRUE", "1", "a flag as files have it"},
		{"BLOB", "x'45313139'", "E119", "bytes stand as they are"},
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

// TestNull requires a row of NULL to be an appointment with every answer unknown.
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
