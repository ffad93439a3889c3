package cohort

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReleaseFails checks that a release that fails writes no file and changes no existing file or folder.
func TestReleaseFails(t *testing.T) {
	tables := testTables()
	bad := func(change func(t *releaseTable)) []releaseTable {
		all := testTables()
		change(&all[0])
		return all
	}
	unruled := testInfo
	unruled.Nearest = 0
	for _, test := range []struct {
		reason  string
		before  func(t *testing.T, path string)
		dir     string
		tables  []releaseTable
		summary string
		info    releaseInfo
		want    string
	}{
		{reason: "a folder with this name exists", before: func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.Mkdir(path, 0o700))
		}, want: "out: already exists, and this must be a new folder: name another"},
		{reason: "a file with this name exists", before: func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
		}, want: "out: already exists"},
		{reason: "a folder with this name exists, and the path ends in a slash", before: func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.Mkdir(path, 0o700))
		}, dir: "out/", want: "out: already exists"},
		{reason: "a link with this name exists, but leads nowhere", before: func(t *testing.T, path string) {
			t.Helper()
			if runtime.GOOS == "windows" {
				t.Skip("links need a privilege on Windows")
			}
			require.NoError(t, os.Symlink("none", path))
		}, want: "out: already exists"},
		{
			reason: "in a folder that does not exist", dir: "none/out",
			want: "the folder to write it to does not exist",
		},
		{
			reason: "a number that should be hidden", tables: bad(func(t *releaseTable) { t.Rows[1].Values[1] = "7" }),
			want: "-release: table lists, row 2, people: a hidden number must print <10, and a shown one must not",
		},
		{
			reason: "a hidden number that is not marked as hidden", tables: bad(func(t *releaseTable) { t.Rows[1].Hidden[0] = false }),
			want: "-release: table lists, row 2, match: a hidden number",
		},
		{
			reason: "a row with more values than measures", tables: bad(func(t *releaseTable) { t.Measures = t.Measures[:1] }),
			want: "-release: table lists, row 1: 2 values and 2 marks for 1 measures",
		},
		{
			reason: "two tables with one name", tables: bad(func(t *releaseTable) { t.Name = "entries" }),
			want: "-release: two tables are called entries",
		},
		{
			reason: "a table with the name of the summary", tables: bad(func(t *releaseTable) { t.Name = "tables" }),
			want: "-release: two tables are called tables",
		},
		{reason: "no rule", info: unruled, want: "-release: nothing is hidden or rounded without a profile"},
		{reason: "a summary that is not CSV", summary: "a,b\n\"", want: "-release: the summary is not CSV"},
		{reason: "no summary", summary: "\n", want: "-release: the summary has no columns"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			before := []string{}
			if test.before != nil {
				test.before(t, "out")
				before = []string{"out"}
			}
			if test.dir == "" {
				test.dir = "out"
			}
			if test.tables == nil {
				test.tables = tables
			}
			if test.summary == "" {
				test.summary = string(testSummary(tables))
			}
			if test.info.Least == 0 {
				test.info = testInfo
			}
			err := writeOutputs(test.dir, test.tables, nil, []byte(test.summary), test.info, func() error { return nil })
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, err.Error(), "\n", "one error")
			require.Equal(t, before, namesIn(t, root))
			if info, err := os.Stat("out"); err == nil && info.IsDir() {
				require.Empty(t, namesIn(t, "out"))
			}
		})
	}
}

// TestCutOffRelease checks that writeOutputs removes its folder if it cannot write one of the files.
func TestCutOffRelease(t *testing.T) {
	root := t.TempDir()
	tables := testTables()
	tables[2].Name = strings.Repeat("n", 300) // longer than file systems allow
	err := writeOutputs(filepath.Join(root, "out"), tables, nil, testSummary(tables), testInfo,
		func() error { return nil })
	require.ErrorContains(t, err, "-release ")
	require.Empty(t, namesIn(t, root))
}
