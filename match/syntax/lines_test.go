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
		{
			"a break after a comma", SQLite, "  SELECT " + long + ", " + long + "\n",
			"  SELECT " + long + ",\n    " + long + "\n",
		},
		{"a break before AND", SQLite, long + " AND " + long + " = 1", long + "\n  AND " + long + " = 1"},
		{
			"a break outside brackets", SQLite, "f(" + long + ", 1) AND f(" + long + ", 2)",
			"f(" + long + ", 1)\n  AND f(" + long + ", 2)",
		},
		{"no break within a literal", SQLite, "'" + long + ", " + long + "'", "'" + long + ", " + long + "'"},
		{
			"no break within a literal that contains a quote", SQLite, "'" + long + "'' , " + long + "'",
			"'" + long + "'' , " + long + "'",
		},
		{
			"no break within a literal that contains a line end", SQLite, "'" + long + "\n" + long + " " + long + "'",
			"'" + long + "\n" + long + " " + long + "'",
		},
		{"no break within a name", SQLServer, "[" + long + "]] , " + long + "]", "[" + long + "]] , " + long + "]"},
		{"no break within a name in Spark", Spark, "`" + long + " , " + long + "`", "`" + long + " , " + long + "`"},
		{
			"no break within a name that contains a quote", Postgres, `"` + long + " ' , " + long + `"`,
			`"` + long + " ' , " + long + `"`,
		},
		{
			"no break within a literal of Spark that contains an escaped quote", Spark, `'` + long + `\' , ` + long + `'`,
			`'` + long + `\' , ` + long + `'`,
		},
		{
			"a break within brackets that quote no name", DuckDB, "[" + long + ", " + long + "]",
			"[" + long + ",\n  " + long + "]",
		},
		{"no break within a comment, which may contain a quote", SQLite, "-- it's " + long + long + "\nSELECT 1", "-- it's " + long + long + "\nSELECT 1"},
		{
			"a break after a name longer than a line", SQLite, "SELECT " + long + long + ", 1",
			"SELECT " + long + long + ",\n  1",
		},
	} {
		require.Equal(t, tt.want, fitted(tt.text, tt.dialect), tt.reason)
	}
}
