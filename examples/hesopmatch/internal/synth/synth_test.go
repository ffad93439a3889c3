package synth

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

func synth(t *testing.T, args ...string) programtest.Ran {
	t.Helper()
	return programtest.Run(t, "synth", Run, "", args...)
}

// TestGolden compares each layout with its golden file: the same seed and version must write the same bytes. The tests
// of flag read these files too.
func TestGolden(t *testing.T) {
	t.Chdir("../../../..")
	for _, layout := range []string{"ukllc", "national", "otr", "cprd"} {
		got := synth(t, "-rows", "60", "-seed", "1", "-layout", layout, "-missing-diagnosis", "0.5", "-missing-procedure", "0.4")
		require.Equal(t, 0, got.Status, got.Stderr)
		require.Empty(t, got.Stderr)
		programtest.Golden(t, "synth-"+layout+".csv", got.Stdout)
	}
}

// TestOptions requires the output to follow the options.
func TestOptions(t *testing.T) {
	lines := func(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }
	all := synth(t)
	require.Len(t, lines(all.Stdout), 1001)
	require.True(t, strings.HasPrefix(all.Stdout, "llc_0000_stud_id,admincat,"), "UK LLC's layout")
	require.NotEqual(t, all.Stdout, synth(t, "-seed", "2").Stdout)
	require.Len(t, lines(synth(t, "-rows", "0", "-layout", "cprd").Stdout), 1, "the header")
	require.NotContains(t, synth(t, "-missing-diagnosis", "0", "-rows", "200").Stdout, "R69")

	path := filepath.Join(t.TempDir(), "a.csv")
	got := synth(t, "-o", path)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Empty(t, got.Stdout)
	written, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, all.Stdout, string(written))
}

func TestWrongUse(t *testing.T) {
	for _, tt := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"-layout", "parquet"}, 2, "must be one of"},
		{[]string{"-rows", "-1"}, 2, "cannot be negative"},
		{[]string{"-missing-diagnosis", "1.5"}, 2, "must be 0 to 1"},
		{[]string{"-missing-procedure", "NaN"}, 2, "must be 0 to 1"},
		{[]string{"file.csv"}, 2, "-o names the output"},
		{[]string{"-o", filepath.Join("no", "such", "folder")}, 1, "no such"},
	} {
		got := synth(t, tt.args...)
		require.Equal(t, tt.status, got.Status, tt.args)
		require.Contains(t, got.Stderr, tt.says, tt.args)
		require.Empty(t, got.Stdout)
	}
}

// TestInterrupted requires a cancelled run to leave no file.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	err := Run(ctx, []string{"-o", filepath.Join(dir, "a.csv")}, program.IO{Stdout: new(bytes.Buffer), Stderr: new(bytes.Buffer)})
	require.ErrorIs(t, err, context.Canceled)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}
