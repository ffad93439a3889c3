package cohort

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAcroLoadsTheRelease checks that the acro package reads a release and finds each change to it.
func TestAcroLoadsTheRelease(t *testing.T) {
	python := os.Getenv("HESOPMATCH_ACRO_PYTHON")
	if python == "" {
		t.Skip("HESOPMATCH_ACRO_PYTHON does not name a Python with the acro package; .ci/acro/install.sh installs one")
	}
	check := func(dir string) (string, error) {
		script := filepath.Join("..", "..", "..", "..", ".ci", "acro", "check.py")
		out, err := exec.CommandContext(t.Context(), python, script, dir).CombinedOutput()
		return string(out), err
	}
	dir := written(t)
	said, err := check(dir)
	require.NoError(t, err, said)
	require.Equal(t, "acro 1.0.2 read 6 results, 9 files\n", said)

	for _, test := range []struct{ reason, file, old, new, want string }{
		{"a file was changed", "lists.csv", "120", "130", "lists.csv: the checksum is"},
		{"another number is hidden", "lists.csv", "120", "<10", "lists: <10 is in cells [[0, 0], [1, 0]"},
		{"a hidden number is shown", "lists.csv", "<10,<10", "<10,7", "lists: <10 is in cells [[1, 0]], but the record"},
		{"the long table shows a hidden number", "tables.csv", "people,<10", "people,7", "tables: <10 is in cells"},
		{"another version of the format", "results.json", `"version": "1.0.2"`, `"version": "1.0.1"`, "acro fails: ValueError"},
		{"a result without its file", "results.json", `"empty.csv"`, `"other.csv"`, "described files do not exist"},
		{"a failed outcome", "results.json", `"third": "ok"`, `"third": "threshold; "`, "lists: the outcome names cells"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			copied := t.TempDir()
			require.NoError(t, os.CopyFS(copied, os.DirFS(dir)))
			text := strings.Replace(read(t, copied, test.file), test.old, test.new, 1)
			changed := []string{test.file}
			if test.file == resultsFile {
				changed = append(changed, outputsFile)
			}
			for _, name := range changed {
				require.NotEqual(t, text, read(t, copied, name))
				require.NoError(t, os.WriteFile(filepath.Join(copied, name), []byte(text), 0o600))
				if test.reason != "a file was changed" {
					stated := filepath.Join(copied, "checksums", name+".txt")
					require.NoError(t, os.WriteFile(stated, sum([]byte(text)), 0o600))
				}
			}
			said, err := check(copied)
			require.Error(t, err)
			require.Contains(t, said, test.want)
			require.Equal(t, 1, strings.Count(said, "\n"), said)
		})
	}
}

// TestAcroLoadsTheProgramsRelease checks that the acro package reads a release that the program wrote.
func TestAcroLoadsTheProgramsRelease(t *testing.T) {
	python := os.Getenv("HESOPMATCH_ACRO_PYTHON")
	if python == "" {
		t.Skip("HESOPMATCH_ACRO_PYTHON does not name a Python with the acro package; .ci/acro/install.sh installs one")
	}
	t.Chdir("../../../..")
	data := synthetic(t, 3217)
	dir := released(t, data, "-compare-release", released(t, data), "-attended", "-min", "2")
	out, err := exec.CommandContext(t.Context(), python, filepath.Join(".ci", "acro", "check.py"), dir).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, "acro 1.0.2 read 16 results, 19 files\n", string(out))
}
