package flag

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

// withoutLines returns hits without the columns input_file and input_line. It returns other output unchanged.
func withoutLines(t *testing.T, text string) string {
	t.Helper()
	if !strings.HasPrefix(text, strings.Join(hitColumns[:], ",")) {
		return text
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	var b strings.Builder
	for _, line := range lines {
		fmt.Fprintln(&b, slices.Delete(line, 10, 12))
	}
	return b.String()
}

// writeParquet writes a table of texts as Parquet. The columns of the file are in the order of their names.
func writeParquet(t *testing.T, path string, names []string, lines ...[]string) {
	t.Helper()
	group := parquet.Group{}
	for _, name := range names {
		group[name] = parquet.String()
	}
	var b bytes.Buffer
	w := parquet.NewWriter(&b, parquet.NewSchema("rows", group), parquet.MaxRowsPerRowGroup(10))
	sorted := slices.Sorted(slices.Values(names))
	for _, line := range lines {
		row := make(parquet.Row, len(names))
		for i, name := range names {
			at := slices.Index(sorted, name)
			row[at] = parquet.ByteArrayValue([]byte(line[i])).Level(0, 0, at)
		}
		_, err := w.WriteRows([]parquet.Row{row})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
}

// TestHitsTellTheirPlace checks that a hit has the file and line of its row, the term of its entry, and the columns of
// -columns.
func TestHitsTellTheirPlace(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("data", 0o700))
	write := func(path, text string) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	write("list.csv", "icd10,term\nE11,\"Diabetes, type 2\"\nI10,\n")
	write("data/a.csv", "Key,diag_4_01,diag_4_02,note\n1,E119,I10X,\"two\nlines\"\n2,E112,,\n")
	write("data/b.tsv", "NOTE\tdiag_4_01\tkey\tmore\n=1\tI10X\t3\tx\n")
	write("data/c,d.csv", "1\n")
	require.NoError(t, os.Remove("data/c,d.csv"))
	writeParquet(t, "data/c,d.parquet", []string{"note", "diag_4_01", "key"}, []string{"n", "E110", "4"})
	const header = "row,list,system,position,column,value,entry,entry_file,entry_line,entry_sheet,input_file,input_line,term"
	slash := func(name string) string { return filepath.Join("data", name) }
	tests := []struct {
		reason string
		args   []string
		want   string
	}{
		{
			"a row of several lines, one row with two hits, a tab as delimiter, and Parquet, which has no lines",
			[]string{"-columns", "note,KEY", "data"},
			header + ",note,Key\n" +
				"1,list,ICD-10,1,diag_4_01,E119,E11,list.csv,2,," + slash("a.csv") + ",2,\"Diabetes, type 2\",\"two\nlines\",1\n" +
				"1,list,ICD-10,2,diag_4_02,I10X,I10,list.csv,3,," + slash("a.csv") + ",2,,\"two\nlines\",1\n" +
				"2,list,ICD-10,1,diag_4_01,E112,E11,list.csv,2,," + slash("a.csv") + ",4,\"Diabetes, type 2\",,2\n" +
				"3,list,ICD-10,1,diag_4_01,I10X,I10,list.csv,3,," + slash("b.tsv") + ",2,,=1,3\n" +
				"4,list,ICD-10,1,diag_4_01,E110,E11,list.csv,2,,\"" + slash("c,d.parquet") + "\",,\"Diabetes, type 2\",n,4\n",
		},
		{
			"inputs found by patterns, with different columns beside the codes, without -columns",
			[]string{"data/b*", "data/[c]*"},
			header + "\n1,list,ICD-10,1,diag_4_01,I10X,I10,list.csv,3,," + slash("b.tsv") + ",2,\n" +
				"2,list,ICD-10,1,diag_4_01,E110,E11,list.csv,2,,\"" + slash("c,d.parquet") + "\",,\"Diabetes, type 2\"\n",
		},
		{
			"standard input, and a code column that -columns calls by another name",
			[]string{"-columns", "diag_01", "-"},
			header + ",Diag_1\n1,list,ICD-10,1,Diag_1,E11,E11,list.csv,2,,-,3,\"Diabetes, type 2\",E11\n",
		},
	}
	for _, tt := range tests {
		for _, workers := range []string{"1", "3"} {
			got := runHere(t, "Diag_1,x\n\nE11,y\n", append([]string{"-icd10", "list.csv", "-format", "hits", "-workers", workers}, tt.args...)...)
			require.Equal(t, 0, got.Status, "%s: %s", tt.reason, got.Stderr)
			require.Equal(t, tt.want, got.Stdout, "%s, %s workers", tt.reason, workers)
		}
	}
}

// TestWrongColumnsOfHits checks columns that an input lacks, and columns that hits already have.
func TestWrongColumnsOfHits(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"list.csv": "icd10\nE11\n", "a.csv": "key,diag_01,term\n1,E11,x\n", "b.csv": "id,diag_01,note\n1,E11,\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	for _, tt := range []struct {
		reason string
		args   []string
		says   string
	}{
		{"a column of the first input that the second lacks", []string{"-columns", "key", "a.csv", "b.csv"}, `b.csv: -columns: no such column: "key"; `},
		{"a column that is misspelt", []string{"-columns", "notes", "b.csv"}, `b.csv: -columns: no such column: "notes"; did you mean "note"? the columns are "id", "note"`},
		{
			"a column of hits",
			[]string{"-columns", "TERM", "a.csv"},
			`a.csv: column "term" is also the name of a column of hits: leave it out of -columns, or write it with -format wide`,
		},
	} {
		got := runHere(t, "", append([]string{"-icd10", "list.csv", "-format", "hits"}, tt.args...)...)
		require.Equal(t, 1, got.Status, tt.reason)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
		require.Empty(t, got.Stdout, tt.reason)
	}
}

// TestHitsOfBlocks checks that the line numbers of rows are right for any number of workers and any size of blocks.
func TestHitsOfBlocks(t *testing.T) {
	dir := t.TempDir()
	list, data := filepath.Join(dir, "list.csv"), filepath.Join(dir, "data.csv")
	require.NoError(t, os.WriteFile(list, []byte("icd10\nE11\n"), 0o600))
	var text, want strings.Builder
	text.WriteString("note,diag_01\n")
	want.WriteString(strings.Join(hitColumns[:], ",") + "\n")
	for line, row := 2, 1; row < 300; row++ {
		note := []string{"x", "\"a\nb\"", "\"a\n\n\nb\""}[row%3]
		code := []string{"E11", "I10"}[row/7%2]
		fmt.Fprintf(&text, "%s,%s\n", note, code)
		if code == "E11" {
			fmt.Fprintf(&want, "%d,list,ICD-10,1,diag_01,E11,E11,%s,2,,%s,%d,\n", row, list, data, line)
		}
		line += 1 + strings.Count(note, "\n")
		if row%11 == 0 {
			text.WriteString("\n")
			line++
		}
	}
	require.NoError(t, os.WriteFile(data, []byte(text.String()), 0o600))
	for _, workers := range []string{"1", "2", "4"} {
		for _, block := range []int{1, 40, 333, 1 << 20} {
			opts, err := parseOptions([]string{"-icd10", list, "-format", "hits", "-workers", workers, data}, program.IO{Stderr: os.Stderr})
			require.NoError(t, err)
			opts.inputs.Block = block
			var out, summary bytes.Buffer
			require.NoError(t, opts.run(t.Context(), program.IO{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &summary}))
			require.Equal(t, want.String(), out.String(), "%s workers, blocks of %d", workers, block)
		}
	}
}
