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

// BenchmarkCodeColumns reads the code columns of a table in SQLite. It measures the driver alone, which returns bytes,
// and then matching with one worker and with two.
func BenchmarkCodeColumns(b *testing.B) {
	tab := newTable(b, hesop.UKLLC, nil)
	db := openSQLite(b)
	tab.loadSQLite(b, db, sqliteType)
	var names []string
	for name := range hesop.CodeColumns(hesop.UKLLC) {
		names = append(names, name)
	}
	query := fmt.Sprintf("SELECT %s FROM %s", strings.Join(names, ", "), tab.name())
	m := newMatcher(b)
	rows := func() *sql.Rows {
		found, err := db.QueryContext(b.Context(), query)
		require.NoError(b, err)
		return found
	}
	b.Run("bytes", func(b *testing.B) {
		cells, dest := make([]sql.RawBytes, len(names)), make([]any, len(names))
		for i := range cells {
			dest[i] = &cells[i]
		}
		for b.Loop() {
			found, n := rows(), 0
			for found.Next() {
				require.NoError(b, found.Scan(dest...))
				n++
			}
			require.NoError(b, found.Err())
			require.NoError(b, found.Close())
			require.Equal(b, tableRows, n)
		}
	})
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint("workers ", workers), func(b *testing.B) {
			for b.Loop() {
				found := rows()
				reader, err := hesop.FromRows(found)
				require.NoError(b, err)
				totals, err := match.Scan(b.Context(), m, reader, nil, match.Workers(workers))
				require.NoError(b, err)
				require.NoError(b, found.Close())
				require.EqualValues(b, tableRows, totals.Rows)
			}
		})
	}
}
