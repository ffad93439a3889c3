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
		{"after a comma", SQLite, "  SELECT " + long + ", " + long + "\n", "  SELECT " + long + ",\n    " + long + "\n"},
		{"before a word", SQLite, long + " AND " + long + " = 1", long + "\n  AND " + long + " = 1"},
		{
			"outside brackets", SQLite, "f(" + long + ", 1) AND f(" + long + ", 2)",
			"f(" + long + ", 1)\n  AND f(" + long + ", 2)",
		},
		{"not within a literal", SQLite, "'" + long + ", " + long + "'", "'" + long + ", " + long + "'"},
		{
			"not within a literal with a quote in it", SQLite, "'" + long + "'' , " + long + "'",
			"'" + long + "'' , " + long + "'",
		},
		{
			"not within a literal with a line end in it", SQLite, "'" + long + "\n" + long + " " + long + "'",
			"'" + long + "\n" + long + " " + long + "'",
		},
		{"not within a name", SQLServer, "[" + long + "]] , " + long + "]", "[" + long + "]] , " + long + "]"},
		{"not within a name in Spark", Spark, "`" + long + " , " + long + "`", "`" + long + " , " + long + "`"},
		{
			"not within a name with a quote in it", Postgres, `"` + long + " ' , " + long + `"`,
			`"` + long + " ' , " + long + `"`,
		},
		{"an escaped quote in Spark", Spark, `'` + long + `\' , ` + long + `'`, `'` + long + `\' , ` + long + `'`},
		{"brackets that quote no name", DuckDB, "[" + long + ", " + long + "]", "[" + long + ",\n  " + long + "]"},
		{"not within a comment, which may contain a quote", SQLite, "-- it's " + long + long + "\nSELECT 1", "-- it's " + long + long + "\nSELECT 1"},
		{"a name longer than a line", SQLite, "SELECT " + long + long + ", 1", "SELECT " + long + long + ",\n  1"},
	} {
		require.Equal(t, tt.want, fitted(tt.text, tt.dialect), tt.reason)
	}
}
