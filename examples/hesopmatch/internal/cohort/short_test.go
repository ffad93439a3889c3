package cohort

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestShortColumns counts the appointments that columns of three characters leave unknown.
func TestShortColumns(t *testing.T) {
	t.Chdir("../../../..")
	const says = "appointments unknown, where ICD-10 is read only from columns of three characters"
	for _, tt := range []struct {
		header, rows string
		args         []string
		want         string // "" for no warning
		reason       string
	}{
		{
			"diag_3_01", "1,2019-05-08,F32\n2,2019-05-09,F32\n3,2019-05-09,E11\n", nil, "warning: depression: 2 " + says,
			"two appointments may have the code",
		},
		{"diag_3_01", "1,2019-05-08,E11\n", nil, "", "no appointment can have the code"},
		{"diag_4_01", "1,2019-05-08,F32\n", nil, "", "columns that do not truncate the code"},
	} {
		got := runHere(t, "patid,apptdate,"+tt.header+"\n"+tt.rows, with(append(tt.args, "-")...)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		if tt.want == "" {
			require.NotContains(t, got.Stderr, "unknown, where", tt.reason)
			continue
		}
		require.Contains(t, got.Stderr, tt.want, tt.reason)
	}
}

// TestCohortWarns checks the warnings of skipped rows, rounded identifiers and lists without columns. With the option
// -warnings error, each of these warnings makes the run fail.
func TestCohortWarns(t *testing.T) {
	t.Chdir("../../../..")
	const good, bad = "patid,apptdate,diag_4_01\n1,2019-05-08,F329\n", "2,2019-05-09\n"
	opcs := filepath.Join(t.TempDir(), "ops.txt")
	require.NoError(t, os.WriteFile(opcs, []byte("K40\n"), 0o600))
	for _, tt := range []struct {
		stdin  string
		args   []string
		want   string
		reason string
	}{
		{good + bad, with("-skip-bad-rows", "-"), "warning: standard input: 1 row skipped", "a row too short"},
		{good + "1.23457E+11,2019-05-09,F321\n1.23457E+11,2019-05-09,F321\n", with("-"), "warning: 2 appointments have an " +
			"identifier that a spreadsheet has rounded (form 9.99999E+99)", "a rounded identifier of a person"},
		{
			"patid,attendkey,apptdate,diag_4_01\n1,1.2E+18,2019-05-09,E11\n2,12E45,2019-05-09,E11\n",
			with("-dedupe", "attendkey", "-"), "warning: 1 appointment has an identifier that", "a rounded key",
		},
		{
			good,
			[]string{"-opcs4", opcs, "-"},
			`warning: ops: no OPCS-4 field is read, so the answer is never "no match"`,
			"no columns of procedures",
		},
	} {
		got := runHere(t, tt.stdin, tt.args...)
		require.Equal(t, 0, got.Status, got.Stderr)
		require.Contains(t, got.Stderr, tt.want, tt.reason)
		got = runHere(t, tt.stdin, append([]string{"-warnings", "error"}, tt.args...)...)
		require.Equal(t, 1, got.Status, tt.reason)
		require.Empty(t, got.Stdout, tt.reason)
	}
}
