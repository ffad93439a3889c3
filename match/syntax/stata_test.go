package syntax_test

import (
	"slices"
	"strings"
	"testing"

	"hesopmatch/match/syntax"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// stataSQL returns the SQL that a do-file sends.
func stataSQL(t *testing.T, script string) string {
	t.Helper()
	var sql strings.Builder
	for line := range strings.Lines(script) {
		part, isPart := strings.CutPrefix(line, "local sql `\"`sql'")
		if !isPart {
			continue
		}
		part, isWhole := strings.CutSuffix(part, "\"'\n")
		require.True(t, isWhole, line)
		require.NotContains(t, part, `"`, "a double quote would end the string in Stata")
		require.False(t, strings.ContainsAny(part, "`$\\"), "Stata would expand this part: %s", line)
		sql.WriteString(part)
	}
	return sql.String()
}

// TestStataSendsSQLServer requires the query of a do-file to equal the script for SQL Server, except for white space
// and comments.
func TestStataSendsSQLServer(t *testing.T) {
	m := programMatcher(t, "diabetes", "O'Brien's list -- na\u00efve", strings.Repeat("two  spaces ", 10))
	for _, what := range syntax.Whats() {
		t.Run(string(what), func(t *testing.T) {
			script, err := programScript(m, syntax.Stata, syntax.Ask(what))
			require.NoError(t, err)
			got := strings.ReplaceAll(stataSQL(t, script), "' + CHAR(34) + '", `"`)
			require.Contains(t, got, strings.Repeat("two  spaces ", 10)[:119])
			server, err := programScript(m, syntax.SQLServer, syntax.Ask(what))
			require.NoError(t, err)
			lines := slices.DeleteFunc(slices.Collect(strings.Lines(server)), func(line string) bool {
				return strings.HasPrefix(line, "--")
			})
			want := strings.Fields(strings.TrimSuffix(strings.Join(lines, ""), ";\n"))
			if diff := cmp.Diff(want, strings.Fields(got)); diff != "" {
				t.Errorf("-SQL Server +Stata:\n%s", diff)
			}
		})
	}
}

func TestStataNames(t *testing.T) {
	m := programMatcher(t, "diabetes", "a /* b", "using")
	script, err := programScript(m, syntax.Stata, syntax.Keep("attendkey"))
	require.NoError(t, err)
	require.Contains(t, script, `* List 2 "a / * b"`, "/* would start a comment")
	require.NotContains(t, script, "word 2 of", "a label is not needed: diabetes can name a variable")
	require.Contains(t, script, "local name : word 3 of `all'\nlabel variable `name' `\"a /* b\"'\n")
	require.Contains(t, script, "local name : word 4 of `all'\nlabel variable `name' `\"using\"'\n", "a reserved word of Stata")
}
