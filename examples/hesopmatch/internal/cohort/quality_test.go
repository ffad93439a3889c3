package cohort

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/flag"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// TestQuality checks that the commands cohort and flag count the quality of inputs in the same way, whichever
// appointments cohort takes in.
func TestQuality(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	paths := filesOf(t, 3, 2000, 3)
	text, err := os.ReadFile(paths[0])
	require.NoError(t, err)
	paths[0] = filepath.Join(dir, "y.csv.gz")
	programtest.WriteGzip(t, paths[0], string(text))
	written := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		_, counts, _ := strings.Cut(string(text), `"version"`)
		counts, _, found := strings.Cut(counts, `"note"`)
		require.True(t, found)
		return counts
	}
	ran := programtest.Run(t, "flag", flag.Run, "", with(append([]string{"-quality", filepath.Join(dir, "flag.json")},
		paths...)...)...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	for _, args := range [][]string{
		nil,
		{"-workers", "1"},
		{"-attended", "-dedupe", "attendkey", "-from", "2015-04-01"},
		{"-part", filepath.Join(dir, "part")},
		{"-disclosure", "ukllc", "-release", filepath.Join(dir, "release")},
	} {
		ran := runHere(t, "", with(append(append(args, "-quality", filepath.Join(dir, "cohort.json")), paths...)...)...)
		require.Equal(t, 0, ran.Status, ran.Stderr)
		require.Equal(t, written("flag.json"), written("cohort.json"), args)
	}
	text, err = os.ReadFile(filepath.Join(dir, "cohort.json"))
	require.NoError(t, err)
	require.Contains(t, string(text), `"program": "cohort"`)
	require.Contains(t, string(text), "not fit to leave the environment")
}

func TestQualityMisuse(t *testing.T) {
	t.Chdir("../../../..")
	const input = "testdata/appointments.csv"
	dir := t.TempDir()
	path, part := filepath.Join(dir, "quality.json"), filepath.Join(dir, "part")
	bad := filepath.Join(dir, "bad.csv")
	require.NoError(t, os.WriteFile(bad, []byte("pseudo_hesid,apptdate,diag_4_01\n1,2019-05-01,F321\n1\n"), 0o600))
	ran := runHere(t, "", with("-part", part, input)...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	for _, tt := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"an input that can be read only once", []string{"-"}, 2, "-quality reads each input twice, but standard input (-) can be read only once"},
		{"no input whose quality could be counted", []string{"-merge", part}, 2, "-quality describes the INPUTs, and there are none"},
		{"not a regular file", []string{os.DevNull}, 1, os.DevNull + ": is not a regular file, and -quality reads each input twice"},
		{"a run that fails", []string{bad}, 1, "line 3"},
		{"one name for two outputs", []string{"-o", path, input}, 2, "-o and -quality both name it"},
	} {
		ran := runHere(t, "", with(append([]string{"-quality", path}, tt.args...)...)...)
		require.Equal(t, tt.status, ran.Status, tt.reason)
		require.Contains(t, ran.Stderr, tt.says, tt.reason)
		require.NoFileExists(t, path, tt.reason)
	}
	ran = runHere(t, "", with("-quality", "-", input)...)
	require.Equal(t, 2, ran.Status)
	require.Contains(t, ran.Stderr, "only -o takes - for standard output")

	ran = runHere(t, "", with("-quality", path, "-skip-bad-rows", bad)...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), `"rows": 1,`, "a skipped row does not count")
}
