package flag

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// nameFile writes a file in a new folder and returns its path.
func nameFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// TestColumnNames flags data whose code columns have names other than those of HES.
func TestColumnNames(t *testing.T) {
	list := nameFile(t, "diabetes.csv", "icd10\nE11\n")
	tests := []struct {
		header, row string
		options     []string
		status      int
		says        []string // standard error
		reason      string
	}{
		{"id,diag_1,diag_2", "1,E119,I10X", nil, 0, []string{"note: ", "data.csv: diag_1 .. diag_2 read as diag_01 .. diag_02\n"}, "positions without a zero"},
		{"id,\uFEFF\u200BDIAG4_01", "1,E119", nil, 0, []string{"DIAG4_01 read as diag_4_01\n"}, "a byte order mark where two files were joined"},
		{
			"id,UNDERLYING_ICD10_S,COD_S_1", "1,I10X,E119",
			[]string{"-rename", "underlying_icd10_s=diag_01", "-rename", "COD_S_#=diag_#+1"},
			0,
			[]string{"UNDERLYING_ICD10_S read as diag_01\n", "COD_S_1 read as diag_02\n"},
			"names from -rename",
		},
		{"id,diag_1,diag_01", "1,E119,E119", nil, 1, []string{`columns "diag_1" and "diag_01" are the same position, diag_01: use -rename NAME= to say that one of them holds no codes`}, "two columns for one position"},
		{"id,diag_01", "1,E119", []string{"-rename", "cause=diag_02"}, 1, []string{`data.csv: line 1, byte offset 0: header cannot be used: no column "cause", which -rename names`}, "a column that does not exist"},
		{"id,diag_01", "1,E119", []string{"-rename", "id=identity"}, 2, []string{`-rename id=identity: the new name is not one that is read`}, "a new name that is never read"},
		{"id,diag_01", "1,E119", []string{"-rename", "id"}, 2, []string{"must be FROM=TO"}, "no new name"},
		{"x,y", "1,E119", []string{"-rename", "x=diag_01", "-rename", "x=diag_02"}, 2, []string{"another -rename names " +
			"that column"}, "two new names for one column"},
		{"x,y", "1,E119", []string{"-rename", "x=diag_01", "-rename", "y=diag_1"}, 2, []string{`another -rename gives that ` +
			`name to "x"`}, "one new name for two columns"},
	}
	for _, tt := range tests {
		data := nameFile(t, "data.csv", tt.header+"\n"+tt.row+"\n")
		got := runHere(t, "", append(append([]string{"-icd10", list, "-rows", "all"}, tt.options...), data)...)
		require.Equal(t, tt.status, got.Status, "%s: %s", tt.reason, got.Stderr)
		for _, text := range tt.says {
			require.Contains(t, got.Stderr, text, tt.reason)
		}
		if tt.status == 0 {
			require.Equal(t, tt.header+",diabetes\n"+tt.row+",1\n", got.Stdout, "%s: names stay unchanged", tt.reason)
		}
	}
}

// TestOwnOutputIsRead flags the output of a run whose list has a name that a code column could have.
func TestOwnOutputIsRead(t *testing.T) {
	list := nameFile(t, "diag.csv", "icd10\nE11\n")
	data := nameFile(t, "data.csv", "id,diag_4_01\n1,E119\n2,I10X\n")
	first := runHere(t, "", "-icd10", list, "-rows", "all", data)
	require.Equal(t, 0, first.Status, first.Stderr)
	require.Equal(t, "id,diag_4_01,diag\n1,E119,1\n2,I10X,0\n", first.Stdout)
	flagged := nameFile(t, "flagged.csv", first.Stdout)

	hits := runHere(t, "", "-icd10", list, "-format", "hits", flagged)
	require.Equal(t, 0, hits.Status, hits.Stderr)
	again := runHere(t, "", "-icd10", "other="+list, flagged)
	require.Equal(t, 1, again.Status)
	require.Contains(t, again.Stderr, `column "diag" is named as code columns are`, "a run without the list cannot know that the column diag holds flags")
	again = runHere(t, "", "-icd10", "other="+list, "-rename", "diag=", flagged)
	require.Equal(t, "id,diag_4_01,diag,other\n1,E119,1,1\n", again.Stdout, again.Stderr)

	named := runHere(t, "", "-icd10", "diag_1="+list, data)
	require.Equal(t, 1, named.Status)
	require.Contains(t, named.Stderr, `list "diag_1" has the name of a column of codes, so its flags would be read as `+
		`codes: give the list another name: NAME=FILE`)
	require.Equal(t, 0, runHere(t, "", "-icd10", "diag_1="+list, "-format", "hits", data).Status, "hits have no columns for lists")
}

// TestWidths flags data whose columns truncate codes, or may do so.
func TestWidths(t *testing.T) {
	list := nameFile(t, "arthritis.csv", "icd10\nM05.10\n")
	raw := nameFile(t, "raw.csv", "id,diag_01\n1,M051\n2,M059\n")
	got := runHere(t, "", "-icd10", list, "-rows", "all", raw)
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "flag: "+raw+": raw columns may be cut: ")
	got = runHere(t, "", "-icd10", list, "-rows", "all", "-raw-width", "4", raw)
	require.Equal(t, "id,diag_01,arthritis\n1,M051,\n2,M059,0\n", got.Stdout, got.Stderr)
	require.Contains(t, got.Stderr, "1 raw of ICD-10, truncated at 4 characters")
	got = runHere(t, "", "-icd10", list, "-rows", "all", "-raw-width", "6", raw)
	require.Equal(t, "id,diag_01,arthritis\n1,M051,0\n2,M059,0\n", got.Stdout, got.Stderr)
	got = runHere(t, "", "-icd10", list, "-raw-width", "5", raw)
	require.Equal(t, 2, got.Status)
	require.Contains(t, got.Stderr, "must be 4 or 6")

	short := nameFile(t, "short.csv", "id,diag_3_01\n1,M05\n2,I10\n3,M05\n")
	got = runHere(t, "", "-icd10", list, short)
	require.Equal(t, 0, got.Status)
	require.Contains(t, got.Stderr, "warning: "+short+": ICD-10 is read from columns of three characters alone (diag_3_01 and its like), which leave longer entries undecided\n")
	require.Contains(t, got.Stderr, "warning: arthritis: 2 appointments undecided, where ICD-10 is read only from columns of three characters\n")
	require.Equal(t, 1, runHere(t, "", "-icd10", list, "-warnings", "error", short).Status)
}

// TestSameColumns checks that columns are the same if their names differ only in case, white space and invisible
// characters.
func TestSameColumns(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	list := write("depression.txt", "F32\n")
	got := runHere(t, "", "-icd10", list, write("a.csv", "id,diag_01\n1,F320\n"),
		write("b.csv", "\u2060ID,diag_01\u200B \n2,F321\n"))
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Equal(t, "id,diag_01,depression\n1,F320,1\n2,F321,1\n", got.Stdout)
}
