package flag

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hesopmatch/examples/hesopmatch/internal/program"

	"github.com/stretchr/testify/require"
)

// visits writes two years of appointments of a few people.
func visits(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"e.csv": "icd10\nE11\n", "i.csv": "icd10\nI10\n",
		"1.csv": "patid,diag_01,n\n007,E119,1\n07,K80,2\n,E11,3\n 007 ,,4\nNULL,K80,5\nx,K80,6\n",
		"2.csv": "diag_01;PatID;n\nI10X;x;7\n;007;8\nK80;y;9\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
}

// TestRowsOfPeople checks that all rows of a person are written if one of these rows, in any file, matches. Identifiers
// are compared as text.
func TestRowsOfPeople(t *testing.T) {
	visits(t)
	got := runHere(t, "", "-icd10", "e.csv", "-icd10", "i.csv", "-rows", "people", "-columns", "n,patid", "1.csv", "2.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Equal(t, "n,patid,e,i\n1,007,1,0\n4, 007 ,,\n6,x,0,0\n7,x,0,1\n8,007,,\n", got.Stdout)
	require.Contains(t, got.Stderr, `
  match  no match  unknown  undecided  people  list
      2         5        2          0       1  e
      1         6        2          0       1  i
people: 4 in the data (column patid), 2 of them match a list
rows written: 5, all rows of the people who match; 2 of the rows match a list
rows without a person: 2, none of them written; 1 of them match a list
`)
	require.Contains(t, got.Stderr, "Identifiers are text: ", "the note appears for standard output too")
	named := runHere(t, "", "-icd10", "e.csv", "-rows", "people", "-person", "n", "-columns", "n", "1.csv", "2.csv")
	require.Equal(t, "n,e\n1,1\n3,1\n", named.Stdout, "the column named by -person: %s", named.Stderr)
}

// TestMoreListsThanAWord checks that people are counted for more than 64 lists.
func TestMoreListsThanAWord(t *testing.T) {
	t.Chdir(t.TempDir())
	var list, data strings.Builder
	list.WriteString("icd10,group\n")
	data.WriteString("patid,diag_01\n")
	for i := range 100 {
		fmt.Fprintf(&list, "K%02d,l%02d\n", i, i)
		fmt.Fprintf(&data, "p%d,K%02d\np%d,Z00\n", i/2, i, i)
	}
	require.NoError(t, os.WriteFile("list.csv", []byte(list.String()), 0o600))
	require.NoError(t, os.WriteFile("data.csv", []byte(data.String()), 0o600))
	got := runHere(t, "", "-codelist", "list.csv", "-group", "group", "-rows", "people", "-columns", "patid", "data.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, "people: 100 in the data (column patid), 50 of them match a list\n")
	require.Contains(t, got.Stderr, "rows written: 150, all rows of the people who match; 100 of the rows match a list\n")
	require.Regexp(t, `\n +1 +199 +0 +0 +1  l99\n`, got.Stderr)
}

func TestWrongUseOfPeople(t *testing.T) {
	visits(t)
	require.NoError(t, os.WriteFile("token.csv", []byte("token_person_id,diag_01\n1,E11\n"), 0o600))
	require.NoError(t, os.WriteFile("both.csv", []byte("token_person_id,patid,diag_01\n1,1,E11\n"), 0o600))
	require.NoError(t, os.WriteFile("none.csv", []byte("name,diag_01\n1,E11\n"), 0o600))
	for _, tt := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"hits", []string{"-format", "hits", "1.csv"}, 2, "-rows people: only rows that match have hits, and the people have other rows too; use -format wide"},
		{"standard input", []string{"-"}, 2, "standard input: -rows people reads the inputs twice, but a stream can be read only once: save it as a file"},
		{"-person without -rows people", []string{"-rows", "all", "-person", "n", "1.csv"}, 2, "-person names the column of the person for -rows people: give both, or neither"},
		{"no person", []string{"none.csv"}, 1, `none.csv: -rows people: no column is known to identify the person; the columns are "name", and 1 more; name it (-person COLUMN)`},
		{"two columns of the person", []string{"both.csv"}, 1, "both.csv: -rows people: more than one column may identify the person: token_person_id, patid; name it (-person COLUMN)"},
		{
			"another column in a later input",
			[]string{"-columns", "diag_01", "1.csv", "token.csv"},
			1,
			"token.csv: the person is in column token_person_id, but in earlier inputs in column patid: their identifiers may differ; " +
				"name one column that all inputs have (-person COLUMN)",
		},
		{"a named column that an input lacks", []string{"-person", "patidd", "1.csv"}, 1, `1.csv: -person: no such column: "patidd"; did you mean "patid"?`},
		{"a bad row", []string{"1.csv", "bad.csv"}, 1, "bad.csv: line 2"},
	} {
		require.NoError(t, os.WriteFile("bad.csv", []byte("patid,diag_01,n\n1,2\n"), 0o600))
		got := runHere(t, "", append([]string{"-icd10", "e.csv", "-rows", "people", "-o", "out.csv"}, tt.args...)...)
		require.Equal(t, tt.status, got.Status, "%s: %s", tt.reason, got.Stderr)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
		require.NoFileExists(t, "out.csv", tt.reason)
	}
}

// onWrite calls a function before its first write.
type onWrite struct{ call func() }

func (w *onWrite) Write(p []byte) (int, error) {
	if w.call != nil {
		w.call()
		w.call = nil
	}
	return len(p), nil
}

// TestInputsThatChange checks that a file that changed before the second pass is refused, however it changed.
func TestInputsThatChange(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = "patid,diag_01\n1,E11\n"
	for reason, change := range map[string]func() error{
		"more rows": func() error { return os.WriteFile("2.csv", []byte(text+"2,E11\n"), 0o600) },
		"another modification time": func() error {
			return os.Chtimes("2.csv", time.Time{}, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
		},
		"another file": func() error {
			return os.Rename("other.csv", "2.csv")
		},
		"no file": func() error { return os.Remove("2.csv") },
	} {
		old := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)
		for name, text := range map[string]string{"e.csv": "icd10\nE11\n", "1.csv": text + strings.Repeat("1,E11\n", 100_000), "2.csv": text, "other.csv": text} {
			require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
			require.NoError(t, os.Chtimes(name, old, old))
		}
		opts, err := parseOptions([]string{"-icd10", "e.csv", "-rows", "people", "-workers", "1", "1.csv", "2.csv"}, program.IO{})
		require.NoError(t, err)
		var summary bytes.Buffer
		err = opts.run(t.Context(), program.IO{Stdout: &onWrite{func() { require.NoError(t, change()) }}, Stderr: &summary})
		require.ErrorContains(t, err, "2.csv: the data changed while they were read: the file is not the one that the first pass of "+
			"-rows people read; read a copy that nothing writes to", reason)
		require.Empty(t, summary.String(), reason)
	}
}

// TestColumnThatComesUp checks that a run with -union refuses a column that appeared after the run began, because the
// values of that column would be lost.
func TestColumnThatComesUp(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = "patid,diag_01\n1,E11\n"
	for name, text := range map[string]string{"e.csv": "icd10\nE11\n", "1.csv": text + strings.Repeat("1,E11\n", 100_000), "2.csv": text} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	opts, err := parseOptions([]string{"-icd10", "e.csv", "-union", "-workers", "1", "1.csv", "2.csv"}, program.IO{})
	require.NoError(t, err)
	change := func() { require.NoError(t, os.WriteFile("2.csv", []byte("patid,new,diag_01\n1,,E11\n"), 0o600)) }
	err = opts.run(t.Context(), program.IO{Stdout: &onWrite{change}, Stderr: new(bytes.Buffer)})
	require.ErrorContains(t, err, "2.csv: a column has appeared since the run began: read a copy that nothing writes to")
}

// TestRoundedPeople checks the warning that rows of several people may share one rounded identifier.
func TestRoundedPeople(t *testing.T) {
	visits(t)
	require.NoError(t, os.WriteFile("rounded.csv", []byte("patid,diag_01\n1.23457E+11,E11\n1.23457E+11,I10\n9.1E+11,I10\n"), 0o600))
	got := runHere(t, "", "-icd10", "e.csv", "-rows", "people", "rounded.csv")
	require.Contains(t, got.Stderr, "warning: of the rows written, 2 have an identifier that a spreadsheet has rounded")
	failed := runHere(t, "", "-icd10", "e.csv", "-rows", "people", "-warnings", "error", "-o", "out.csv", "rounded.csv")
	require.Equal(t, 1, failed.Status)
	require.NoFileExists(t, "out.csv")
}

// TestPeopleWithSkippedRows checks that both passes skip rows that cannot be read, and that the summary counts them
// once.
func TestPeopleWithSkippedRows(t *testing.T) {
	visits(t)
	path := filepath.Join(t.TempDir(), "bad.csv")
	require.NoError(t, os.WriteFile(path, []byte("patid,diag_01\n1,E11\n2\n1,\n\n"), 0o600))
	got := runHere(t, "", "-icd10", "e.csv", "-rows", "people", "-skip-bad-rows", path)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Equal(t, "patid,diag_01,e\n1,E11,1\n1,,\n", got.Stdout)
	require.Contains(t, got.Stderr, "rows: 3, of them coded: 1\n")
	require.Equal(t, 1, strings.Count(got.Stderr, "skipped rows in"), got.Stderr)
}

// TestIdentifiersAreText checks that the note on identifiers appears once, for output with identifiers that other
// programs read.
func TestIdentifiersAreText(t *testing.T) {
	visits(t)
	for _, tt := range []struct {
		reason string
		args   []string
		times  int
	}{
		{"flags in a file", []string{"-o", "flags.csv", "1.csv"}, 1},
		{"flags on standard output", []string{"1.csv"}, 0},
		{"hits, without columns of the input", []string{"-format", "hits", "-o", "flags.csv", "1.csv"}, 0},
		{"hits, with an input column", []string{"-format", "hits", "-columns", "patid", "-o", "flags.csv", "1.csv"}, 1},
	} {
		got := runHere(t, "", append([]string{"-icd10", "e.csv"}, tt.args...)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		require.Equal(t, tt.times, strings.Count(got.Stderr, `read.csv("flags.csv", colClasses = "character", na.strings = "")`), tt.reason)
		require.True(t, strings.HasSuffix(got.Stderr, releaseNote+"\n"), "the release note stays the last line")
	}
}
