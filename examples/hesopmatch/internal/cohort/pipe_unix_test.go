//go:build unix

package cohort

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// TestSideBySideOfAPipe checks that a pipe is read once, even next to another input.
func TestSideBySideOfAPipe(t *testing.T) {
	t.Chdir("../../../..")
	data, err := os.ReadFile("testdata/appointments.csv")
	require.NoError(t, err)
	dir := t.TempDir()
	other := filepath.Join(dir, "other.csv.gz")
	programtest.WriteGzip(t, other, string(data))
	header, rows, _ := strings.Cut(string(data), "\n")
	const times = 2000 // more than a pipe holds
	n := times * strings.Count(rows, "\n")
	for i := range 3 {
		pipe := filepath.Join(dir, fmt.Sprint("pipe", i))
		require.NoError(t, syscall.Mkfifo(pipe, 0o600))
		written := make(chan error, 1)
		go func() { written <- os.WriteFile(pipe, []byte(header+"\n"+strings.Repeat(rows, times)), 0o600) }()
		ran := runHere(t, "", with("-workers", "3", pipe, other)...)
		require.Zero(t, ran.Status, ran.Stderr)
		require.NoError(t, <-written)
		require.Contains(t, ran.Stderr, fmt.Sprintf("%d read", n+n/times))
	}
}
