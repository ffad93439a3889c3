package flag

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestHitsCutLongCells checks that a hit shows only the start of a long cell, and the length of the whole cell.
func TestHitsCutLongCells(t *testing.T) {
	dir := t.TempDir()
	list, data := filepath.Join(dir, "a.csv"), filepath.Join(dir, "data.csv")
	cell := strings.Repeat("E11 ", 100)
	require.NoError(t, os.WriteFile(list, []byte("icd10\n"+cell+"\n"), 0o600))
	require.NoError(t, os.WriteFile(data, []byte("diag_4_01\nE119\n"), 0o600))
	got := runHere(t, "", "-icd10", list, "-format", "hits", data)
	require.Contains(t, got.Stdout, ",E119,"+cell[:200]+" ... [400 bytes],"+list+",2,,"+data+",2,\n")
	require.NotContains(t, got.Stdout, cell[:201])
}
