package hesop

import (
	"database/sql"
	"database/sql/driver"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkFromRows reads rows of a query with as many columns as UK LLC's view HESOP has, most of them NULL.
func BenchmarkFromRows(b *testing.B) {
	t := &table{columns: UKLLC.Names(), endless: true}
	for range 100 {
		row := make([]driver.Value, len(t.columns))
		for i, name := range t.columns {
			switch name {
			case "diag_4_01", "diag_4_concat":
				row[i] = "R69X"
			case "attendkey":
				row[i] = int64(123456789)
			case "apptdate", "tretspef", "sex", "fyear":
				row[i] = []byte("2019-04-01")
			}
		}
		t.rows = append(t.rows, row)
	}
	db := sql.OpenDB(t)
	defer func() { require.NoError(b, db.Close()) }()
	rows, err := db.QueryContext(b.Context(), "")
	require.NoError(b, err)
	defer func() { require.NoError(b, rows.Close()) }()
	r, err := FromRows(rows)
	require.NoError(b, err)
	for b.Loop() {
		a, err := r.next()
		if err != nil || len(a.Codes().slots) != 1 {
			b.Fatal("a code is missing", err)
		}
	}
}
