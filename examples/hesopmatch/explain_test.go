package main

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExplainParquet compares the output of explain for a Parquet file with that for the same rows as text, including
// columns that are not read.
func TestExplainParquet(t *testing.T) {
	title := regexp.MustCompile(`(?s)(Row [0-9]+) \(.*?\)\n=+\n`) // names the file and its line or row
	for _, layout := range []string{"ukllc", "national", "otr", "cprd"} {
		dir := t.TempDir()
		text, table := filepath.Join(dir, "rows.csv"), filepath.Join(dir, "rows.parquet")
		ran := hesopmatch(t, "synth", "-rows", "300", "-layout", layout, "-seed", "7", "-missing-diagnosis", "0.2", "-o", text)
		require.Zero(t, ran.Status, ran.Stderr)
		toParquet(t, text, table)
		for _, choice := range [][]string{
			{"-row", "1,2,3,4,5,6,7,8,9,120,299"},
			{"-where", "attendkey=0", "-raw-width", "6"},
			{"-where", "DIAG_3_01=I10", "-raw-width", "6"},
			{"-where", "diag_01=I10X", "-raw-width", "6"},
		} {
			args := append([]string{"explain", "-icd10", "diabetes=" + diabetesList(t)}, choice...)
			want, got := hesopmatch(t, append(args, text)...), hesopmatch(t, append(args, table)...)
			require.Equal(t, want.Status, got.Status, got.Stderr)
			require.Equal(t, title.ReplaceAllString(want.Stdout, "$1\n"), title.ReplaceAllString(got.Stdout, "$1\n"), choice)
			if choice[0] == "-row" {
				require.Contains(t, got.Stdout, "\nRow 299 (", layout)
			}
		}
	}
}
