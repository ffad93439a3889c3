package sqloracle

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/syntax"

	"github.com/stretchr/testify/require"
)

// small holds a few appointments for a table in a database. The first column is their key.
type small struct {
	name    string
	columns []string
	rows    [][]string // "NULL" stands for NULL
}

// create creates and fills the table, and drops it when the test ends. All columns of the table are text.
func (s *small) create(t *testing.T, db *sql.DB) {
	t.Helper()
	quoted := `"` + strings.ReplaceAll(s.name, `"`, `""`) + `"`
	_, err := db.ExecContext(t.Context(), fmt.Sprintf("CREATE TABLE %s (%s text)", quoted, strings.Join(s.columns, " text, ")))
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := db.Exec("DROP TABLE " + quoted)
		require.NoError(t, err)
	})
	for _, row := range s.rows {
		require.Len(t, row, len(s.columns))
		values := strings.ReplaceAll("'"+strings.Join(row, "', '")+"'", "'NULL'", "NULL")
		_, err := db.ExecContext(t.Context(), fmt.Sprintf("INSERT INTO %s VALUES (%s)", quoted, values))
		require.NoError(t, err)
	}
}

// asked runs a query. It returns a map from the value in the first column of each row to the values in its other
// columns. It fails the test if a value occurs twice in the first column.
func asked(t *testing.T, db queryer, query string) map[string]string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err, query)
	defer func() { require.NoError(t, rows.Close()) }()
	columns, err := rows.Columns()
	require.NoError(t, err)
	all := make(map[string]string)
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		targets := make([]any, len(values))
		for i := range values {
			targets[i] = &values[i]
		}
		require.NoError(t, rows.Scan(targets...))
		var words []string
		for _, v := range values[1:] {
			if !v.Valid {
				v.String = "NULL"
			}
			words = append(words, v.String)
		}
		require.NotContains(t, all, values[0].String, "a key occurs twice")
		all[values[0].String] = strings.Join(words, " ")
	}
	require.NoError(t, rows.Err())
	return all
}

// queryer is a database or a connection to it.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// listsOf compiles codelists of diagnoses, each written as "NAME: E11 -E113", where a hyphen marks an exclusion.
func listsOf(t *testing.T, texts ...string) *match.Matcher {
	t.Helper()
	var lists []*codelist.List
	for _, text := range texts {
		name, codes, _ := strings.Cut(text, ": ")
		var file strings.Builder
		file.WriteString("code,exclude\n")
		for code := range strings.FieldsSeq(codes) {
			bare, isExclusion := strings.CutPrefix(code, "-")
			fmt.Fprintf(&file, "%s,%d\n", bare, map[bool]int{true: 1}[isExclusion])
		}
		list, err := codelist.Parse(name, strings.NewReader(file.String()), codelist.CodingSystem(coding.ICD10), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err)
		lists = append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(t, err)
	return m
}

// scripts returns a query, and the statements that create the table of codes for it. The statements are "" if the query
// contains the codes.
func scripts(t *testing.T, m *match.Matcher, s *small, d syntax.Dialect, opts ...syntax.Option) (codes, query string) {
	t.Helper()
	r, err := syntax.Columns(s.columns, hesop.RawWidth(6))
	require.NoError(t, err)
	script, err := syntax.New(m, r, d, append([]syntax.Option{syntax.Table(s.name), syntax.Keep(s.columns[0])}, opts...)...)
	require.NoError(t, err)
	var b strings.Builder
	_, err = script.WriteTo(&b)
	require.NoError(t, err)
	query = b.String()
	b.Reset()
	if _, err := script.WriteCodesTo(&b); err == nil {
		codes = b.String()
	}
	return codes, query
}

// dialectOf returns the dialect of a database.
func dialectOf(d database) syntax.Dialect {
	return map[string]syntax.Dialect{"sqlite": syntax.SQLite, "postgres": syntax.Postgres}[d.name]
}

// TestStepsHideNoTable requires right answers from a table that has the same name as a step of the script, or as an
// alias in a step.
func TestStepsHideNoTable(t *testing.T) {
	m := listsOf(t, "diabetes: E11")
	s := small{columns: []string{"k", "apptdate", "diag_01", "diag_4_01", "diag_4_concat"}, rows: [][]string{
		{"a", "2019-05-08", "E119", "E119", "E119,I10X"}, {"b", "2019-05-08", "NULL", "I10X", "NULL"},
	}}
	names := map[string]bool{"v": true, "c": true, "l": true, "f": true, "s": true, "CODES": true, "codes_step": true}
	step := regexp.MustCompile(`(?m)^(?:WITH )?([a-z_]+) AS \($`)
	asks := []syntax.Option{syntax.From(hesop.Date{Year: 2019, Month: 4, Day: 1}), syntax.Once("k"), syntax.OrderBy("apptdate")}
	for _, what := range []syntax.What{syntax.Flags, syntax.Hits} {
		s.name = "hesop"
		_, query := scripts(t, m, &s, syntax.SQLite, append(asks, syntax.Ask(what))...)
		for _, found := range step.FindAllStringSubmatch(query, -1) {
			names[found[1]] = true
		}
	}
	require.Greater(t, len(names), 20)
	for _, d := range databases() {
		db := d.open(t)
		for name := range names {
			t.Run(d.name+"/"+name, func(t *testing.T) {
				s.name = name
				s.create(t, db)
				_, query := scripts(t, m, &s, dialectOf(d), asks...)
				require.Equal(t, map[string]string{"a": "1", "b": "0"}, asked(t, db, query))
				_, query = scripts(t, m, &s, dialectOf(d), append(asks, syntax.Ask(syntax.Hits))...)
				require.Equal(t, map[string]string{"a": "diabetes ICD-10 1 diag_01 E119 E11"}, asked(t, db, query))

				conn, err := db.Conn(t.Context())
				require.NoError(t, err)
				defer func() { require.NoError(t, conn.Close()) }()
				codes, query := scripts(t, m, &s, dialectOf(d), append(asks, syntax.PlaceCodes(syntax.Separate))...)
				_, err = conn.ExecContext(t.Context(), codes)
				require.NoError(t, err)
				require.Equal(t, map[string]string{"a": "1", "b": "0"}, asked(t, conn, query))
				for _, table := range regexp.MustCompile(`CREATE TEMPORARY TABLE (\w+)`).FindAllStringSubmatch(codes, -1) {
					_, err = conn.ExecContext(t.Context(), "DROP TABLE "+table[1])
					require.NoError(t, err)
				}
			})
		}
	}
}
