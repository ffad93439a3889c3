package syntax

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFitted(t *testing.T) {
	long := strings.Repeat("x", 70)
	for _, tt := range []struct {
		reason     string
		dialect    Dialect
		text, want string
	}{
		{"short lines stay", SQLite, "SELECT 1\nFROM a;\n", "SELECT 1\nFROM a;\n"},
		{"behind a comma", SQLite, "  SELECT " + long + ", " + long + "\n", "  SELECT " + long + ",\n    " + long + "\n"},
		{"before a word", SQLite, long + " AND " + long + " = 1", long + "\n  AND " + long + " = 1"},
		{
			"outside brackets", SQLite, "f(" + long + ", 1) AND f(" + long + ", 2)",
			"f(" + long + ", 1)\n  AND f(" + long + ", 2)",
		},
		{"not within a text", SQLite, "'" + long + ", " + long + "'", "'" + long + ", " + long + "'"},
		{"... that has a quote", SQLite, "'" + long + "'' , " + long + "'", "'" + long + "'' , " + long + "'"},
		{"... or a line end", SQLite, "'" + long + "\n" + long + " " + long + "'", "'" + long + "\n" + long + " " + long + "'"},
		{"not within a name", SQLServer, "[" + long + "]] , " + long + "]", "[" + long + "]] , " + long + "]"},
		{"... of Spark", Spark, "`" + long + " , " + long + "`", "`" + long + " , " + long + "`"},
		{"... that is quoted", Postgres, `"` + long + " ' , " + long + `"`, `"` + long + " ' , " + long + `"`},
		{"a backslash of Spark", Spark, `'` + long + `\' , ` + long + `'`, `'` + long + `\' , ` + long + `'`},
		{"brackets that are none of a name", DuckDB, "[" + long + ", " + long + "]", "[" + long + ",\n  " + long + "]"},
		{"not a comment, which may have a quote", SQLite, "-- it's " + long + long + "\nSELECT 1", "-- it's " + long + long + "\nSELECT 1"},
		{"a long name by itself", SQLite, "SELECT " + long + long + ", 1", "SELECT " + long + long + ",\n  1"},
	} {
		require.Equal(t, tt.want, fitted(tt.text, tt.dialect), tt.reason)
	}
}
