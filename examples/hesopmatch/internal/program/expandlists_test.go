package program

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExpandLists requires patterns and folders to become codelists named after their files, and a note to list the
// files that are read and those that are not.
func TestExpandLists(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, folder := range []string{"icd10/old", "icd10/odd.csv", "empty"} {
		require.NoError(t, os.MkdirAll(folder, 0o700))
	}
	for _, name := range []string{
		"icd10/b.CSV", "icd10/a.xlsx", "icd10/c.json", "icd10/.hidden.csv", "icd10/~$a.xlsx", "icd10/README.md",
		"icd10/old/d.csv", "list[1].csv", "list1.csv", "empty/notes.md", "a=b.csv", "a=list1.csv",
	} {
		require.NoError(t, os.WriteFile(name, nil, 0o600))
	}
	in := func(folder, name string) string { return filepath.Join(folder, name) }
	for _, test := range []struct {
		reason, arg string
		want        []string // NAME=PATH
		note        string
	}{
		{"a file", "list1.csv", []string{"list1=list1.csv"}, ""},
		{"a missing file stays, and fails when it is opened", "none.csv", []string{"none=none.csv"}, ""},
		{"the name of a file takes precedence over the pattern", "list[1].csv", []string{"list[1]=list[1].csv"}, ""},
		{"a file with = in its name", "a=b.csv", []string{"a=b=a=b.csv"}, ""},
		{"NAME= takes precedence if both files exist", "a=list1.csv", []string{"a=list1.csv"}, ""},
		{
			"a pattern that also matches folders", "icd10/[co]*",
			[]string{"c=" + in("icd10", "c.json")},
			"note: icd10/[co]*: 1 codelist: " + in("icd10", "c.json") + "; not read: " + in("icd10", "odd.csv") +
				string(filepath.Separator) + ", " + in("icd10", "old") + string(filepath.Separator) + "\n",
		},
		{"a pattern", "list?.csv", []string{"list1=list1.csv"}, "note: list?.csv: 1 codelist: list1.csv\n"},
		{"a named pattern of one file", "x=list?.csv", []string{"x=list1.csv"}, "note: list?.csv: 1 codelist: list1.csv\n"},
		{
			"a folder, without hidden files, subfolders and other files", "icd10",
			[]string{"a=" + in("icd10", "a.xlsx"), "b=" + in("icd10", "b.CSV"), "c=" + in("icd10", "c.json")},
			"note: icd10: 3 codelists: " + in("icd10", "a.xlsx") + ", " + in("icd10", "b.CSV") + ", " + in("icd10", "c.json") +
				"; not read: " + in("icd10", "README.md") + ", " + in("icd10", "odd.csv") + string(filepath.Separator) + ", " +
				in("icd10", "old") + string(filepath.Separator) + "\n",
		},
		{"a pattern over folders", "icd10/*/*.csv", []string{"d=" + in("icd10/old", "d.csv")}, "note: icd10/*/*.csv: 1 codelist: " + in("icd10/old", "d.csv") + "\n"},
	} {
		var lists Lists
		require.NoError(t, lists.add(test.arg, 0, "-icd10"), test.reason)
		var notices Notices
		require.NoError(t, lists.Expand(&notices), test.reason)
		var got []string
		for _, f := range lists.Files() {
			got = append(got, f.Name+"="+filepath.Clean(f.Path))
			require.Equal(t, "-icd10", f.option, test.reason)
		}
		require.Equal(t, test.want, got, test.reason)
		var b strings.Builder
		notices.Write(&b)
		require.Equal(t, filepath.FromSlash(test.note), filepath.FromSlash(b.String()), test.reason)
	}
}

func TestExpandListsRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.MkdirAll("empty", 0o700))
	for _, name := range []string{"a.csv", "b.csv", "empty/notes.md"} {
		require.NoError(t, os.WriteFile(name, nil, 0o600))
	}
	for arg, says := range map[string]string{
		"*.txt":    "codelist *.txt (-icd10): no such file, and no file matches the pattern",
		"[":        "codelist [ (-icd10): no such file, and not a valid pattern: syntax error in pattern",
		"empty":    "codelist empty (-icd10): is a folder without codelists (.csv, .txt, .tsv, .tab, .json, .xlsx, .xlsm, .xltx, .xltm)",
		"**/*.csv": "codelist **/*.csv (-icd10): ** does not match nested folders; write a pattern for each level",
		"e*": "codelist e* (-icd10): the pattern matches only folders: empty" + string(filepath.Separator) +
			"; name each folder, or the files in it",
		"x=*.csv": "codelist x=*.csv: NAME= names one list, but *.csv stands for 2: leave the name out, and each is named after its file",
	} {
		var lists Lists
		require.NoError(t, lists.add(arg, 0, "-icd10"))
		require.EqualError(t, lists.Expand(&Notices{}), says)
	}
}
