package flag

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// yearly writes files whose columns change from year to year.
func yearly(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"list.csv": "icd10\nE11\n",
		"2003.csv": "id,diag_01,note\n1,E119,\"a,b\"\n2,I10,\n",
		"2004.txt": "NOTE|extra| \u200bDIAG_01|ID\nn|x|E11|3\n",
		"2006.csv": "id,diag_01,note,extra\n5,E112,c,y\n",
		"same.csv": "a,A,diag_01\n1,2,E11\n", "gap.csv": "id,,diag_01\n1,,E11\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	programtest.WriteGzip(t, "2005.csv.gz", "diag_1;opertn_4_01;id\nE11;W37;4\n")
	writeParquet(t, "2007.parquet", []string{"id", "diag_01", "later"}, []string{"6", "E11", "z"})
}

var years = []string{"2003.csv", "2004.txt", "2005.csv.gz", "2006.csv", "2007.parquet"}

func TestInputsWithOtherColumns(t *testing.T) {
	yearly(t)
	tests := []struct {
		reason string
		args   []string
		want   string
		says   string
	}{
		{
			"all columns of any input, in the order in which they first appear",
			append([]string{"-union"}, years...),
			"id,diag_01,note,extra,diag_1,opertn_4_01,later,list\n" +
				"1,E119,\"a,b\",,,,,1\n3,E11,n,x,,,,1\n4,,,,E11,W37,,1\n5,E112,c,y,,,,1\n6,E11,,,,,z,1\n",
			"note: 2003.csv lacks 4 columns, left empty in its rows (-union): extra, diag_1, opertn_4_01, later\n" +
				"note: 2004.txt lacks 3 columns, left empty in its rows (-union): diag_1, opertn_4_01, later\n" +
				"note: 2005.csv.gz lacks 4 columns, left empty in its rows (-union): diag_01, note, extra, later\n",
		},
		{
			"named columns that each input has, in any order, and code columns by any name",
			append([]string{"-columns", "DIAG_01,id"}, years...),
			"diag_01,id,list\nE119,1,1\nE11,3,1\nE11,4,1\nE112,5,1\nE11,6,1\n", "",
		},
		{
			"named columns that not every input has",
			append([]string{"-union", "-columns", "later,id,NOTE"}, years...),
			"later,id,note,list\n,1,\"a,b\",1\n,3,n,1\n,4,,1\n,5,c,1\nz,6,,1\n",
			"note: 2005.csv.gz lacks 2 columns, left empty in its rows (-union): later, note\n",
		},
		{
			"hits with named columns that not every input has",
			append([]string{"-union", "-format", "hits", "-columns", "later,id"}, years[3:]...),
			strings.Join(hitColumns[:], ",") + ",later,id\n1,list,ICD-10,1,diag_01,E112,E11,list.csv,2,,2006.csv,2,,,5\n" +
				"2,list,ICD-10,1,diag_01,E11,E11,list.csv,2,,2007.parquet,,,z,6\n",
			"note: 2006.csv lacks 1 column, left empty in its rows (-union): later\n",
		},
		{"inputs with the same columns in another order", []string{"-union", "2006.csv", "2004.txt"}, "id,diag_01,note,extra,list\n5,E112,c,y,1\n3,E11,n,x,1\n", ""},
		{"standard input alone", []string{"-union", "-"}, "x,diag_01,list\n9,E11,1\n", ""},
	}
	for _, tt := range tests {
		for _, workers := range []string{"1", "3"} {
			got := runHere(t, "x,diag_01\n9,E11\n", append([]string{"-icd10", "list.csv", "-workers", workers}, tt.args...)...)
			require.Equal(t, 0, got.Status, "%s: %s", tt.reason, got.Stderr)
			require.Equal(t, tt.want, got.Stdout, tt.reason)
			require.Contains(t, got.Stderr, tt.says, tt.reason)
			require.Equal(t, strings.Contains(tt.want, "diag_1,"), strings.Contains(got.Stderr, "note: 2005.csv.gz calls diag_1 what an earlier "+
				"input calls diag_01: the output has both columns (-union); -columns diag_01 reads them as one\n"), tt.reason)
			require.Equal(t, tt.says != "", strings.Contains(got.Stderr, "lacks"), "%s: %s", tt.reason, got.Stderr)
		}
	}
}

func TestWrongColumnsOfInputs(t *testing.T) {
	yearly(t)
	tests := []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"inputs with different columns, if all columns are written", []string{"2003.csv", "2004.txt"}, 1, "2004.txt: 4 columns, but 2003.csv has 3: inputs must have " +
			"the same columns in the same order if all columns are written: name the columns to write (-columns), or write every column that any input has (-union)"},
		{"a named column that an input lacks", []string{"-columns", "notes", "2003.csv"}, 1, `2003.csv: -columns: no such column: "notes"; did you mean "note"?`},
		{"a named column that a later input lacks", []string{"-columns", "note", "2003.csv", "2005.csv.gz"}, 1, `2005.csv.gz: -columns: no such column: "note"; the columns are "id"`},
		{
			"a named column that no input has",
			[]string{"-union", "-columns", "later,nore", "2003.csv", "2007.parquet"},
			1,
			`2003.csv: -columns: no such column: "nore"; did you mean "note"? the columns are "id", "note", and 1 more; no other input has it`,
		},
		{"standard input with other inputs", []string{"-union", "2003.csv", "-"}, 2, "standard input: -union needs the columns of all inputs before it " +
			"reads one, but a stream can be opened only once: save it as a file, or make it the only input"},
		{"hits without -columns", []string{"-union", "-format", "hits", "2003.csv"}, 2, "-union: hits have no columns of the input without -columns"},
		{"two columns with the same name", []string{"-union", "2003.csv", "same.csv"}, 1, "same.csv: line 1, byte offset 0: header cannot be used: columns 1 and 2 are both called"},
		{"a column without a name", []string{"-union", "2003.csv", "gap.csv"}, 1, "gap.csv: column 2 has no name, and -union finds columns by name"},
		{"a column of a later input with the name of a list", []string{"-icd10", "extra=list.csv", "-union", "2003.csv", "2006.csv"}, 1, `2006.csv: column "extra" is also the name of a list`},
	}
	for _, tt := range tests {
		got := runHere(t, "", append([]string{"-icd10", "list.csv"}, tt.args...)...)
		require.Equal(t, tt.status, got.Status, "%s: %s", tt.reason, got.Stderr)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
		require.Empty(t, got.Stdout, tt.reason)
	}
}

// TestAbsentColumnsAreBounded checks that notes on absent columns name only a few columns, and no column whose name may
// be personal data.
func TestAbsentColumnsAreBounded(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("list.csv", []byte("icd10\nE11\n"), 0o600))
	args := []string{"-icd10", "list.csv", "-union"}
	for i := range 14 {
		name := fmt.Sprintf("%02d.csv", i)
		text := fmt.Sprintf("diag_01,c%d,d%d\nE11,%d,\n", i, i, i)
		if i == 0 {
			text = "diag_01,y20190102\nE11,\n"
		}
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		args = append(args, name)
	}
	got := runHere(t, "", args...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, "note: 00.csv lacks 26 columns, left empty in its rows (-union): c1, d1, c2, d2, c3, and 21 more\n")
	require.Contains(t, got.Stderr, "note: 01.csv lacks 25 columns, left empty in its rows (-union): (not shown), c2, ")
	require.Equal(t, 10, strings.Count(got.Stderr, " lacks "))
	require.Contains(t, got.Stderr, "note: 4 more inputs lack columns, left empty in their rows (-union)\n")
}
