package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestShortColumns counts the appointments that columns of three characters leave unknown.
func TestShortColumns(t *testing.T) {
	t.Chdir("../..")
	const says = "appointments unknown, where ICD-10 is read from columns of three characters alone"
	for _, tt := range []struct {
		header, rows string
		args         []string
		want         string // "" if nothing is said
		reason       string
	}{
		{"diag_3_01", "1,2019-05-08,F32\n2,2019-05-09,F32\n3,2019-05-09,E11\n", nil, "warning: depression: 2 " + says, "two may have the code"},
		{"diag_3_01", "1,2019-05-08,E11\n", nil, "", "none may"},
		{"diag_4_01", "1,2019-05-08,F32\n", nil, "", "columns that do not cut it"},
		{"diag_3_01", "1,2019-05-08,F32\n", []string{"-format", "html", "-disclosure", "ukllc"}, "", "numbers are masked"},
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
