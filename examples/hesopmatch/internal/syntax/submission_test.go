package syntax

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// TestSubmission requires the output to be the original file with rows added at its end. The output must contain the
// same lists when it is read again.
func TestSubmission(t *testing.T) {
	t.Chdir("../../../..")
	fingerprint := regexp.MustCompile("fingerprint: [0-9a-f]{64}")
	for _, tt := range []struct {
		name, option, path string
		args               []string
		says               string
	}{
		{
			"depression.csv", "-icd10", "testdata/codelists/depression.csv", nil,
			"testdata/codelists/depression.csv: 15 rows added: 15 codes have 17 texts, 2 present already\n",
		},
		{
			"dots.csv", "-opcs4", "testdata/cases/joints.csv",
			[]string{"-dots"},
			"warning: testdata/cases/joints.csv: 1 category not added in the form without filler (W41)",
		},
		{
			"groups.csv", "-codelist", "testdata/codelists/conditions.csv",
			[]string{"-group", "concept_name"},
			"testdata/codelists/conditions.csv: 7 rows added: ",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "list.csv")
			args := append([]string{"-dialect", "submission", tt.option, tt.path}, tt.args...)
			got := runHere(t, append(args, "-o", path)...)
			require.Equal(t, 0, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.says)
			written, err := os.ReadFile(path)
			require.NoError(t, err)
			source, err := os.ReadFile(tt.path)
			require.NoError(t, err)
			require.Equal(t, string(source), string(written[:len(source)]), "the original text does not change")
			programtest.Golden(t, "syntax-submission-"+tt.name, string(written))

			args[3] = path
			again := runHere(t, args...)
			require.Equal(t, 0, again.Status, again.Stderr)
			require.Contains(t, again.Stderr, path+": 0 rows added: ")
			require.Equal(t, string(written), again.Stdout, "no row is missing any more")
			require.Equal(t, fingerprint.FindAllString(got.Stderr, -1), fingerprint.FindAllString(again.Stderr, -1))
		})
	}
	got := runHere(t, "-dialect", "submission", "-icd10", "testdata/codelists/dep*.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	got = runHere(t, "-dialect", "submission", "-icd10", "testdata/codelists/d*.csv")
	require.Equal(t, 2, got.Status)
	require.Contains(t, got.Stderr, "-dialect submission writes the file of one codelist, but 2 are named")
	got = runHere(t, "-dialect", "submission", "-icd10", "testdata/codelists/depression.csv", "-layout", "ukllc", "-what", "hits")
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, "note: -dialect submission ignores -layout, -what\n")
}
