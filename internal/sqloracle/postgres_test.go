package sqloracle

import (
	"bytes"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"hesopmatch/hesop"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
)

// postgresType returns the usual type of a column in PostgreSQL.
func postgresType(name string) string {
	v, _ := hesop.Describe(name)
	switch {
	case v.Kind == hesop.KindDate:
		return "date"
	case v.Kind == hesop.KindInteger:
		return "integer"
	case v.Kind == hesop.KindDecimal:
		return "numeric"
	case strings.HasPrefix(name, "opertn_4_") && !strings.HasSuffix(name, "concat"):
		return "char(4)"
	default:
		return "text"
	}
}

// loadPostgres creates and fills the table, and drops it when the test ends. The server parses the CSV itself, and
// reads an empty field without quotes as NULL.
func (tab *table) loadPostgres(t *testing.T, db *sql.DB) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), tab.definition("ordinal bigint GENERATED ALWAYS AS IDENTITY", postgresType))
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := db.Exec("DROP TABLE " + tab.name())
		require.NoError(t, err)
	})
	conn, err := db.Conn(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	load := fmt.Sprintf(`COPY %s ("%s") FROM STDIN (FORMAT csv, HEADER)`, tab.name(), strings.Join(tab.names, `", "`))
	require.NoError(t, conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().PgConn().CopyFrom(t.Context(), bytes.NewReader(tab.text), load)
		return err
	}))
}

// TestPostgres compares rows in columns of many types, some of them padded, with the same rows as CSV.
func TestPostgres(t *testing.T) {
	db := postgres.Open(t)
	matcher := newMatcher(t)
	for _, c := range []struct {
		reason string
		layout hesop.Layout
		types  map[string]string
	}{
		{"keys that are numbers, codes padded beyond their width", hesop.UKLLC, map[string]string{
			"attendkey": "bigint", "attended": "smallint", "sex": "smallint", "firstatt": "char(1)", "tretspef": "char(5)",
			"diag_4_01": "char(6)", "diag_4_02": "varchar(4)", "diag_4_concat": "char(80)", "apptage_calc": "double precision",
		}},
		{"keys that are text, times instead of days", hesop.National, map[string]string{
			"attendkey": "varchar(20)", "attended": "char(3)", "sex": "numeric(3)", "tretspef": "varchar(3)",
			"diag_4_01": "char(6)", "apptdate": "timestamp", "apptage_calc": "numeric(6,3)", "apptage": "bigint",
		}},
	} {
		t.Run(c.reason, func(t *testing.T) {
			tab := newTable(t, c.layout, c.types)
			tab.loadPostgres(t, db)
			got := tab.requireSame(t, matcher, db)
			require.Positive(t, got.padded, "some values that matched have trailing spaces")
		})
	}
}
