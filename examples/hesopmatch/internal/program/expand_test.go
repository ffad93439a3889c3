package program

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExpand requires Expand to replace patterns and folders by files, with a note. A file with the name of a pattern
// takes precedence over the pattern.
func TestExpand(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.MkdirAll("data/sub.csv", 0o700))
	require.NoError(t, os.MkdirAll("empty", 0o700))
	for _, name := range []string{
		"y1.csv", "y2.csv", ".y3.csv", "list[1].csv", "list1.csv",
		"data/b.CSV", "data/a.txt", "data/c.csv.gz", "data/d.tsv", "data/.hidden.csv", "data/notes.md", "data/e.csv.0000.partial",
	} {
		require.NoError(t, os.WriteFile(name, nil, 0o600))
	}
	for _, test := range []struct {
		reason string
		path   string
		want   []string
		note   string
	}{
		{"a file", "y1.csv", []string{"y1.csv"}, ""},
		{"standard input", "-", []string{"-"}, ""},
		{"a pattern, without hidden files", "*y?.csv", []string{"y1.csv", "y2.csv"}, "note: *y?.csv: 2 files: y1.csv, y2.csv\n"},
		{"a pattern of hidden files", ".y*", []string{".y3.csv"}, "note: .y*: 1 file: .y3.csv\n"},
		{"a name that is also a pattern", "list[1].csv", []string{"list[1].csv"}, ""},
		{"a pattern that matches one name only", "list[12].csv", []string{"list1.csv"}, "note: list[12].csv: 1 file: list1.csv\n"},
		{
			"a folder", "data/",
			[]string{filepath.Join("data", "a.txt"), filepath.Join("data", "b.CSV"), filepath.Join("data", "c.csv.gz"), filepath.Join("data", "d.tsv")},
			"note: data/: 4 files: " + filepath.Join("data", "a.txt") + ", ",
		},
		{"a missing file", "none.csv", []string{"none.csv"}, ""},
	} {
		t.Run(test.reason, func(t *testing.T) {
			if runtime.GOOS == "windows" && strings.ContainsAny(test.path, "[") {
				t.Skip("patterns differ on Windows")
			}
			var notices Notices
			in := Inputs{Paths: []string{test.path}}
			require.NoError(t, in.Expand(&notices))
			require.Equal(t, test.want, in.Paths)
			var b strings.Builder
			notices.Write(&b)
			require.True(t, strings.HasPrefix(b.String(), test.note), b.String())
			require.Equal(t, test.note == "", b.Len() == 0)
		})
	}
	for path, want := range map[string]string{
		"z*.csv": "z*.csv: no such file, and no file matches the pattern",
		"empty":  "empty: is a folder without data files",
		"a[.csv": "a[.csv: no such file, and not a valid pattern",
	} {
		in := Inputs{Paths: []string{path}}
		require.ErrorContains(t, in.Expand(new(Notices)), want)
	}
}
