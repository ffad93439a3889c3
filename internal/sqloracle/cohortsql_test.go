package sqloracle

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// This file gathers people in SQL, as a researcher without a matcher would.

// cohortSQL is a database with the appointments.
type cohortSQL struct {
	db     *sql.DB
	strpos string          // the SQL function that finds a string in another
	slow   bool            // too slow to count categories for every question
	made   map[string]bool // the tables of answers made so far
}

func (s *cohortSQL) exec(t *testing.T, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		_, err := s.db.ExecContext(t.Context(), statement)
		require.NoError(t, err, statement)
	}
}

// analyse makes the database collect statistics on a table. Without statistics, the database chooses slow plans.
func (s *cohortSQL) analyse(t *testing.T, table string) {
	t.Helper()
	s.exec(t, "ANALYZE "+table) //nolint:misspell // SQL's spelling
}

// query returns the rows of a query as text, with NULL as "".
func (s *cohortSQL) query(t *testing.T, query string) (found [][]string) {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), query)
	require.NoError(t, err, query)
	defer func() { require.NoError(t, rows.Close()) }()
	columns, err := rows.Columns()
	require.NoError(t, err)
	for rows.Next() {
		texts, pointers := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range texts {
			pointers[i] = &texts[i]
		}
		require.NoError(t, rows.Scan(pointers...))
		record := make([]string, len(columns))
		for i, text := range texts {
			record[i] = text.String
		}
		found = append(found, record)
	}
	require.NoError(t, rows.Err())
	return found
}

func number(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	require.NoError(t, err)
	return n
}

// loadCohortSQLite creates and fills the table in SQLite.
func (tab *table) loadCohortSQLite(t *testing.T, db *sql.DB) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), tab.definition("ordinal INTEGER PRIMARY KEY", sqliteType))
	require.NoError(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	const together = 20
	insert, err := tx.PrepareContext(t.Context(), fmt.Sprintf("INSERT INTO %s VALUES %s", tab.name(),
		strings.Repeat(", (NULL"+strings.Repeat(", ?", len(tab.names))+")", together)[2:]))
	require.NoError(t, err)
	var values []any
	for i, record := range tab.fields(t) {
		for _, text := range record {
			if text == "" {
				values = append(values, nil)
			} else {
				values = append(values, text)
			}
		}
		if i%together == together-1 {
			_, err := insert.ExecContext(t.Context(), values...)
			require.NoError(t, err)
			values = values[:0]
		}
	}
	require.Empty(t, values)
	require.NoError(t, insert.Close())
	require.NoError(t, tx.Commit())
}

// unpivot creates a table with a row for each value of a positional column, and for each value within a concatenated
// column.
func (s *cohortSQL) unpivot(t *testing.T, tab *table) {
	t.Helper()
	var selects []string
	for _, name := range tab.names {
		system := "ICD-10"
		if strings.HasPrefix(name, "opertn") {
			system = "OPCS-4"
		}
		position, err := strconv.Atoi(name[strings.LastIndex(name, "_")+1:])
		switch {
		case !strings.HasPrefix(name, "diag_4_") && !strings.HasPrefix(name, "opertn_4_"):
		case err == nil:
			selects = append(selects, fmt.Sprintf(
				"SELECT ordinal, '%s' AS system, 'positional' AS source, %d AS position, upper(trim(CAST(%s AS text))) AS value FROM %s WHERE %[3]s IS NOT NULL",
				system, position, name, tab.name(),
			))
		default:
			selects = append(selects, fmt.Sprintf(
				"SELECT ordinal, '%s', 'concatenated', position, upper(trim(slot)) FROM %s_slot WHERE position > 0", system, name,
			))
		}
	}
	slots := make([]string, 2)
	for i, name := range []string{"diag_4_concat", "opertn_4_concat"} {
		slots[i] = fmt.Sprintf(`%s_slot(ordinal, position, slot, rest) AS (
			SELECT ordinal, 0, '', %[1]s || ',' FROM %s WHERE %[1]s IS NOT NULL
			UNION ALL SELECT ordinal, position + 1, substr(rest, 1, %[3]s(rest, ',') - 1), substr(rest, %[3]s(rest, ',') + 1) FROM %[1]s_slot WHERE rest <> '')`,
			name, tab.name(), s.strpos)
	}
	digit := func(position int) string { return fmt.Sprintf("substr(value, %d, 1) BETWEEN '0' AND '9'", position) }
	s.exec(t, "CREATE TABLE code AS WITH RECURSIVE "+strings.Join(slots, ", ")+", every AS ("+strings.Join(selects, " UNION ALL ")+`)
		SELECT ordinal, system, source, position, value,
			CASE WHEN length(value) = 3 THEN value || 'X' ELSE value END AS filled,
			CASE
			WHEN value IN ('-', '&') OR system = 'ICD-10' AND value LIKE 'R69%' OR system = 'OPCS-4' AND value LIKE 'X99%' THEN 'missing'
			WHEN substr(value, 1, 1) BETWEEN 'A' AND 'Z' AND NOT (system = 'OPCS-4' AND value LIKE 'I%') AND `+digit(2)+` AND `+digit(3)+`
				AND (length(value) = 3 OR length(value) = 4 AND (`+digit(4)+` OR value LIKE '%X')) THEN 'code'
			ELSE 'unrecognised' END AS class
		FROM every WHERE value <> ''`,
		"CREATE INDEX code_ordinal ON code (ordinal)")
	s.analyse(t, "code")
}

// describe creates a table of the appointments and their categories.
func (s *cohortSQL) describe(t *testing.T, tab *table) {
	t.Helper()
	yearIn := func(text string) string { return "CAST(substr(" + text + ", 1, 4) AS integer)" }
	coded := func(system string) string {
		return "CASE WHEN ordinal IN (SELECT ordinal FROM code WHERE class = 'code' AND system = '" + system + "') THEN 1 ELSE 0 END"
	}
	s.exec(t, `CREATE TABLE appointment AS
		WITH plain AS (SELECT ordinal, nullif(trim(llc_0000_stud_id), '') AS person, nullif(trim(CAST(attendkey AS text)), '') AS attendkey,
			CASE WHEN CAST(apptdate AS text) NOT IN ('1800-01-01', '1801-01-01') THEN CAST(apptdate AS text) END AS day,
			trim(CAST(attended AS text)) AS attended, trim(tretspef) AS tretspef, trim(CAST(sex AS text)) AS sex, apptage, fyear FROM `+tab.name()+`),
		begun AS (SELECT plain.*, CASE
			WHEN day IS NOT NULL THEN `+yearIn("day")+` - CASE WHEN substr(day, 6, 2) < '04' THEN 1 ELSE 0 END
			WHEN fyear >= '89' THEN 1900 + CAST(substr(fyear, 1, 2) AS integer)
			WHEN fyear IS NOT NULL THEN 2000 + CAST(substr(fyear, 1, 2) AS integer) END AS year FROM plain)
		SELECT ordinal, person, attendkey, day, CAST('' AS text) AS everything, `+coded("ICD-10")+` AS diagnosed, `+coded("OPCS-4")+` AS treated,
			CASE WHEN attended IN ('5', '6') THEN 1 ELSE 0 END AS seen,
			coalesce(CAST(year AS text) || '-' || substr(CAST(year + 1 AS text), 3, 2), 'not known') AS year,
			CASE WHEN tretspef = '9Z9' THEN 'not a value of the set' WHEN tretspef <> '&' THEN tretspef ELSE 'not known' END AS specialty,
			CASE attended WHEN '0' THEN 'in the future' WHEN '2' THEN 'cancelled by the patient' WHEN '3' THEN 'did not attend'
				WHEN '4' THEN 'cancelled by the hospital' WHEN '5' THEN 'seen' WHEN '6' THEN 'arrived late, seen' WHEN '7' THEN 'arrived late, not seen'
				WHEN '9' THEN 'not known' WHEN '8' THEN 'not a value of the set' ELSE 'not stated' END AS attended,
			CASE WHEN sex IN ('1', '2', '9') THEN sex WHEN sex = '7' THEN 'not a value of the set' ELSE 'not known' END AS sex,
			CASE WHEN apptage BETWEEN 7001 AND 7007 OR apptage < 18 THEN '0 to 17' WHEN apptage < 25 THEN '18 to 24' WHEN apptage < 35 THEN '25 to 34'
				WHEN apptage < 45 THEN '35 to 44' WHEN apptage < 55 THEN '45 to 54' WHEN apptage < 65 THEN '55 to 64' WHEN apptage < 75 THEN '65 to 74'
				WHEN apptage < 85 THEN '75 to 84' WHEN apptage <= 120 THEN '85 and over' ELSE 'not known' END AS age
		FROM begun`,
		"CREATE UNIQUE INDEX appointment_ordinal ON appointment (ordinal)")
	s.analyse(t, "appointment")
}

// answer creates a table with the answer of each list for each appointment. The table has no row where the answer is
// unknown because the appointment is not coded in a system of the list. If primary is true, only codes in the first
// position match.
func (s *cohortSQL) answer(t *testing.T, primary bool) (table string) {
	t.Helper()
	table, positions := "answer", "1 = 1"
	if primary {
		table, positions = "answer_primary", "position = 1"
	}
	if s.made[table] {
		return table
	}
	s.made[table] = true
	s.exec(t, "CREATE TABLE "+table+" (ordinal integer, list integer, answer text, PRIMARY KEY (ordinal, list))")
	for i, l := range sqlLists {
		var conditions, needs []string
		if l.diagnosis != "" {
			conditions, needs = append(conditions, "system = 'ICD-10' AND ("+l.diagnosis+")"), append(needs, "diagnosed = 1")
		}
		if l.procedure != "" {
			conditions, needs = append(conditions, "system = 'OPCS-4' AND ("+l.procedure+")"), append(needs, "treated = 1")
		}
		s.exec(t, fmt.Sprintf("INSERT INTO %s SELECT DISTINCT ordinal, %d, 'match' FROM code WHERE class = 'code' AND %s AND (%s)",
			table, i, positions, strings.Join(conditions, " OR ")))
		none := func(of string) string {
			return fmt.Sprintf("NOT EXISTS (SELECT 1 FROM %s AS other WHERE other.ordinal = %s.ordinal AND other.list = %d)", table, of, i)
		}
		if l.truncated != "" { // a truncated code makes the appointment coded in the system of the list
			s.exec(t, fmt.Sprintf("INSERT INTO %s SELECT DISTINCT ordinal, %d, 'truncated' FROM code WHERE class = 'code' AND %s AND system = 'ICD-10' AND (%s) AND %s",
				table, i, positions, l.truncated, none("code")))
		}
		s.exec(t, fmt.Sprintf("INSERT INTO %s SELECT ordinal, %d, 'no match' FROM appointment WHERE %s AND %s",
			table, i, strings.Join(needs, " AND "), none("appointment")))
	}
	s.analyse(t, table)
	return table
}
