package program

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTellIdentifiers requires lines that can be copied, with FILE instead of a name that would break them.
func TestTellIdentifiers(t *testing.T) {
	for _, tt := range []struct{ path, name, reason string }{
		{"out/my flags.csv", "out/my flags.csv", "a file"},
		{"", "FILE", "standard output"},
		{"-", "FILE", "standard output, as a hyphen"},
		{`a"b.csv`, "FILE", "a quote"},
		{"it's.csv", "FILE", "another quote"},
		{"a$b.csv", "FILE", "a macro of Stata"},
		{"a\x1bb.csv", "FILE", "a control character"},
	} {
		var b strings.Builder
		TellIdentifiers(&b, tt.path)
		require.Contains(t, b.String(), "  R:      read.csv(\""+tt.name+"\", colClasses = \"character\", na.strings = \"\")\n", tt.reason)
		require.Contains(t, b.String(), "  Stata:  import delimited \""+tt.name+"\", varnames(1) stringcols(_all)\n", tt.reason)
		require.Contains(t, b.String(), "read_csv('"+tt.name+"', all_varchar = true)\n", tt.reason)
		require.Equal(t, 5, strings.Count(b.String(), "\n"), tt.reason)
	}
}
