package sqloracle

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// openSQLite returns a new database.
func openSQLite(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "hesop.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// sqliteType returns the usual type of a column in SQLite.
func sqliteType(name string) string {
	v, _ := hesop.Describe(name)
	switch v.Kind {
	case hesop.KindDate:
		return "DATE"
	case hesop.KindInteger:
		return "INTEGER"
	case hesop.KindDecimal:
		return "REAL"
	default:
		return "TEXT"
	}
}

// loadSQLite creates and fills the table, with NULL for empty fields.
func (tab *table) loadSQLite(t testing.TB, db *sql.DB, usual func(string) string) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), tab.definition("ordinal INTEGER PRIMARY KEY", usual))
	require.NoError(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	insert, err := tx.PrepareContext(t.Context(), fmt.Sprintf("INSERT INTO %s VALUES (NULL%s)",
		tab.name(), strings.Repeat(", ?", len(tab.names))))
	require.NoError(t, err)
	values := make([]any, len(tab.names))
	for _, record := range tab.records(t) {
		for i, text := range record {
			if values[i] = text; text == "" {
				values[i] = nil
			}
		}
		_, err := insert.ExecContext(t.Context(), values...)
		require.NoError(t, err)
	}
	require.NoError(t, insert.Close())
	require.NoError(t, tx.Commit())
}

// TestSQLite compares rows in SQLite with the same rows as CSV. SQLite has few types and converts text to the type of
// the column.
func TestSQLite(t *testing.T) {
	matcher := newMatcher(t)
	for _, c := range []struct {
		reason string
		layout hesop.Layout
		types  map[string]string
		usual  func(string) string
	}{
		{
			"types as a careful person would choose them, numeric keys", hesop.UKLLC,
			map[string]string{"attendkey": "INTEGER", "attended": "INTEGER", "sex": "INTEGER", "diag_4_01": "CHAR(6)"},
			sqliteType,
		},
		{
			"careful types in the national layout, with times instead of days", hesop.National,
			map[string]string{"apptdate": "DATETIME", "reqdate": "TEXT", "apptage_calc": "NUMERIC", "firstatt": "NUMERIC"},
			sqliteType,
		},
		{"every column is text, as after an import", hesop.UKLLC, nil, func(string) string { return "TEXT" }},
	} {
		t.Run(c.reason, func(t *testing.T) {
			db := openSQLite(t)
			tab := newTable(t, c.layout, c.types)
			tab.loadSQLite(t, db, c.usual)
			tab.requireSame(t, matcher, db)
		})
	}
}
