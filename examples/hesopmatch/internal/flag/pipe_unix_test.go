//go:build unix

package flag

import (
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPipesAreOpenedOnce checks that a pipe is neither opened before its turn nor read twice.
func TestPipesAreOpenedOnce(t *testing.T) {
	visits(t)
	require.NoError(t, syscall.Mkfifo("pipe", 0o600))
	for says, args := range map[string][]string{
		"pipe: -union needs the columns of all inputs before it reads one": {"-union", "1.csv", "pipe"},
		"pipe: -rows people reads the inputs twice":                        {"-rows", "people", "pipe"},
	} {
		got := runHere(t, "", append([]string{"-icd10", "e.csv"}, args...)...)
		require.Equal(t, 1, got.Status)
		require.Contains(t, got.Stderr, says)
	}
}
