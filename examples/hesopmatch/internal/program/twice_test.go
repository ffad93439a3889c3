package program

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInputsTwice(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	long := "diag_4_01\n" + strings.Repeat("E119\n", 50_000)
	for name, text := range map[string]string{
		"a.csv": "diag_4_01\nE119\n", "copy.csv": "diag_4_01\nE119\n", "other.csv": "diag_4_01\nE118\n",
		"empty.csv": "", "empty2.csv": "", "long.csv": long, "long2.csv": long, "long3.csv": long[:len(long)-2] + "8\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	require.NoError(t, os.Symlink("a.csv", "link.csv"))
	require.NoError(t, os.Link("a.csv", "hard.csv"))
	for _, tt := range []struct {
		paths  []string
		says   string
		reason string
	}{
		{[]string{"a.csv", "other.csv", "long.csv"}, "", "three files"},
		{[]string{"a.csv", "other.csv", "a.csv"}, "a.csv: the same file as the input a.csv", "by its path"},
		{[]string{"a.csv", filepath.Join(dir, ".", "a.csv")}, "the same file as the input a.csv", "by another spelling"},
		{[]string{"a.csv", "link.csv"}, "link.csv: the same file as the input a.csv", "by a link"},
		{[]string{"hard.csv", "a.csv"}, "a.csv: the same file as the input hard.csv", "by a second name"},
		{[]string{"a.csv", "other.csv", "copy.csv"}, "copy.csv: a copy of the input a.csv, byte for byte", "a copy"},
		{[]string{"long.csv", "long3.csv"}, "", "only the last row differs"},
		{[]string{"long3.csv", "long.csv", "long2.csv"}, "long2.csv: a copy of the input long.csv", "a long copy"},
		{[]string{"empty.csv", "empty2.csv"}, "", "empty files, which are another error"},
	} {
		in := Inputs{Paths: tt.paths}
		_, regular, err := in.Stat()
		if tt.says == "" {
			require.NoError(t, err, tt.reason)
			require.Equal(t, tt.paths, regular)
			continue
		}
		require.ErrorContains(t, err, tt.says, tt.reason)
		require.ErrorContains(t, err, "each appointment would count twice")
	}
}
