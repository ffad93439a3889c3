package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

// toParquet writes a file of synthetic appointments as Parquet, with its rows in the same order. Parquet sorts columns
// by name, so toParquet also rewrites the text with its columns in that order.
func toParquet(t *testing.T, text, table string) {
	t.Helper()
	data, err := os.ReadFile(text)
	require.NoError(t, err)
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = rune(data[strings.IndexAny(string(data), ",|\t")])
	r.LazyQuotes = r.Comma != ','
	rows, err := r.ReadAll()
	require.NoError(t, err)
	order := make([]int, len(rows[0]))
	group := parquet.Group{}
	for i, name := range rows[0] {
		order[i] = i
		group[name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(rows[0][a], rows[0][b]) })

	var sorted bytes.Buffer
	again := csv.NewWriter(&sorted)
	again.Comma = r.Comma
	var out bytes.Buffer
	w := parquet.NewWriter(&out, parquet.NewSchema("rows", group), parquet.Compression(&parquet.Snappy),
		parquet.MaxRowsPerRowGroup(100))
	for n, row := range rows {
		texts, values := make([]string, len(order)), make(parquet.Row, len(order))
		for i, from := range order {
			texts[i], values[i] = row[from], parquet.NullValue().Level(0, 0, i)
			if row[from] != "" {
				values[i] = parquet.ByteArrayValue([]byte(row[from])).Level(0, 1, i)
			}
		}
		require.NoError(t, again.Write(texts))
		if n > 0 {
			_, err := w.WriteRows([]parquet.Row{values})
			require.NoError(t, err)
		}
	}
	again.Flush()
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(text, sorted.Bytes(), 0o600))
	require.NoError(t, os.WriteFile(table, out.Bytes(), 0o600))
}

// diabetesList writes a list that many synthetic appointments match.
func diabetesList(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "diabetes.csv")
	require.NoError(t, os.WriteFile(path, []byte("code\nE10\nE11\nE119\nI10\nJ45\n"), 0o600))
	return path
}

// inputLine matches the line number in the column input_line of a hit. Rows of a Parquet file have no line numbers.
var inputLine = regexp.MustCompile(`(?m)(/rows\.(?:csv|parquet),)[0-9]+`)

// TestParquetAsText compares the outputs for a Parquet file with those for the same rows as text.
func TestParquetAsText(t *testing.T) {
	for _, layout := range []string{"ukllc", "national", "otr", "cprd"} {
		t.Run(layout, func(t *testing.T) {
			dir := t.TempDir()
			text, table := filepath.Join(dir, "rows.csv"), filepath.Join(dir, "rows.parquet")
			ran := hesopmatch(t, "synth", "-rows", "350", "-layout", layout, "-seed", "7", "-o", text)
			require.Zero(t, ran.Status, ran.Stderr)
			toParquet(t, text, table)
			for name, args := range map[string][]string{
				"flags":   {"flag", "-rows", "all"},
				"matched": {"flag", "-workers", "2"},
				"hits":    {"flag", "-format", "hits"},
				"columns": {"flag", "-columns", "attendkey,fyear", "-rows", "all"},
				"none":    {"flag", "-columns", "attendkey,nothing"},
				"quality": {"flag", "-quality", filepath.Join(dir, "quality")},
				"cohort":  {"cohort", "-disclosure", "none", "-summary", filepath.Join(dir, "summary")},
			} {
				args = append(args, "-icd10", "diabetes="+diabetesList(t))
				want := ranAndWritten(t, args, text)
				got := ranAndWritten(t, args, table)
				if name == "hits" {
					want, got = inputLine.ReplaceAllString(want, "$1"), inputLine.ReplaceAllString(got, "$1")
				}
				require.Equal(t, strings.ReplaceAll(want, "rows.csv", "rows.parquet"), got, name)
				require.Contains(t, want, "\n", name)
			}
		})
	}
}

// ranAndWritten runs a command on an input and returns everything that the command wrote.
func ranAndWritten(t *testing.T, args []string, input string) string {
	t.Helper()
	ran := hesopmatch(t, append(slices.Clone(args), input)...)
	written := fmt.Sprintf("%d\n%s%s", ran.Status, ran.Stdout, ran.Stderr) // otr has no date column, so cohort fails
	var files strings.Builder
	for _, name := range []string{"quality", "summary"} {
		path := filepath.Join(filepath.Dir(input), name)
		if data, err := os.ReadFile(path); err == nil {
			files.Write(data)
			require.NoError(t, os.Remove(path))
		}
	}
	return written + files.String()
}

// TestParquetInputs requires Parquet to be recognised by its content, and options for text to be refused.
func TestParquetInputs(t *testing.T) {
	dir := t.TempDir()
	text, table := filepath.Join(dir, "text", "rows.csv"), filepath.Join(dir, "tables", "rows.parquet")
	for _, path := range []string{text, table, filepath.Join(dir, "delta", "_delta_log", "x")} {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	}
	require.Zero(t, hesopmatch(t, "synth", "-rows", "50", "-o", text).Status)
	toParquet(t, text, table)
	data, err := os.ReadFile(table)
	require.NoError(t, err)
	write := func(path string, data []byte) string {
		path = filepath.Join(dir, path)
		require.NoError(t, os.WriteFile(path, data, 0o600))
		return path
	}
	write("tables/_metadata.parquet", []byte("PAR1"))
	write("delta/a.parquet", data)
	cut := write("cut.parquet", data[:len(data)/2])
	other := write("named.csv", data)
	list := []string{"-icd10", "diabetes=" + diabetesList(t)}
	flag := func(args ...string) programtest.Ran {
		return hesopmatch(t, append(append([]string{"flag"}, list...), args...)...)
	}
	want := flag(text)
	require.Zero(t, want.Status, want.Stderr)
	for _, path := range []string{table, other, filepath.Join(dir, "tables"), filepath.Join(dir, "tables", "r*.parquet")} {
		got := flag(path)
		require.Equal(t, want.Stdout, got.Stdout, got.Stderr)
	}

	for name, test := range map[string]struct {
		args []string
		says string
	}{
		"a delimiter":      {[]string{"-delimiter", ",", table}, "rows.parquet: option cannot be used: -delimiter and -header are for text"},
		"names":            {[]string{"-header", text, table}, "-delimiter and -header are for text"},
		"a truncated file": {[]string{cut}, "cut.parquet: the Parquet file is damaged: it does not end as a Parquet file does"},
		"Delta":            {[]string{filepath.Join(dir, "delta")}, "it is a table in Delta format"},
	} {
		got := flag(test.args...)
		require.Equal(t, 1, got.Status, name)
		require.Contains(t, got.Stderr, test.says, name)
		require.Empty(t, got.Stdout, name)
	}

	name, run, rest := choose(append(append([]string{"flag"}, list...), "-"))
	streamed := programtest.Run(t, name, run, string(data), rest...)
	require.Equal(t, 1, streamed.Status)
	require.Contains(t, streamed.Stderr, "standard input: file is not delimited text: a Parquet file cannot be read from "+
		"standard input, because its index is at its end: name the file")

	columns := hesopmatch(t, append([]string{"syntax", "-dialect", "duckdb", "-columns-of", table}, list...)...)
	require.Zero(t, columns.Status, columns.Stderr)
	require.Contains(t, columns.Stdout, "diag_4_01")
}
