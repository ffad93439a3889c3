package flag

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// table describes a file of appointments of one year. Its rows are those that the test has written to the file.
type table struct {
	path  string
	names []string // the column names, in the order and spelling of the file
	rows  []map[string]string
}

// spellings holds the spellings that a column may have in files, by its name in lower case.
var spellings = map[string][]string{
	"patid": {"patid", "PATID", " PatID"}, "diag_4_01": {"diag_4_01", "DIAG_4_01"}, "diag_4_02": {"diag_4_02"},
	"opertn_4_01": {"opertn_4_01", "Opertn_4_01"}, "note": {"note", "NOTE", "\u200bNote "}, "extra": {"extra"}, "late": {"Late", "LATE"},
}

// randomTable writes a file, as text with any delimiter, compressed or not, or as Parquet.
func randomTable(t *testing.T, r *rand.Rand, dir string, number int) table {
	t.Helper()
	all := []string{"patid", "diag_4_01", "diag_4_02", "opertn_4_01", "note", "extra", "late"}
	has := all[:2:2]
	for _, name := range all[2:] {
		if r.IntN(2) == 0 {
			has = append(has, name)
		}
	}
	r.Shuffle(len(has), func(i, j int) { has[i], has[j] = has[j], has[i] })
	kind := r.IntN(4)
	if kind == 0 { // Parquet orders columns by their names
		slices.Sort(has)
	}
	var out table
	for _, name := range has {
		spelled := name
		if kind != 0 {
			spelled = spellings[name][r.IntN(len(spellings[name]))]
		}
		out.names = append(out.names, spelled)
	}
	var lines [][]string
	for range r.IntN(80) {
		row := map[string]string{
			"patid":     []string{"", "NA", "-", "p1", " p1 ", "p2", "P2", "p3", "p4", "p5", "0006", "6", "p7", "p8", "p9"}[r.IntN(15)],
			"diag_4_01": []string{"", "I10X", "I10X", "I10X", "E119"}[r.IntN(5)], "diag_4_02": []string{"", "", "E11X", "K801"}[r.IntN(4)],
			"opertn_4_01": []string{"", "-", "K401", "K401", "W371"}[r.IntN(5)],
			"note":        []string{"", "x", "a,b", "a\"b", "a\nb", "a;b", " = "}[r.IntN(7)], "extra": "e", "late": "",
		}
		var line []string
		for _, name := range has {
			line = append(line, row[name])
		}
		for name := range row {
			if !slices.Contains(has, name) {
				row[name] = ""
			}
		}
		out.rows, lines = append(out.rows, row), append(lines, line)
	}
	if kind == 0 {
		out.path = filepath.Join(dir, fmt.Sprintf("%d.parquet", number))
		writeParquet(t, out.path, out.names, lines...)
		return out
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = []rune{',', ';', '\t', '|'}[r.IntN(4)]
	require.NoError(t, w.Write(out.names))
	require.NoError(t, w.WriteAll(lines))
	out.path = filepath.Join(dir, fmt.Sprintf("%d.csv", number))
	if kind == 1 {
		out.path += ".gz"
		programtest.WriteGzip(t, out.path, b.String())
	} else {
		require.NoError(t, os.WriteFile(out.path, b.Bytes(), 0o600))
	}
	return out
}

// spelled returns the name of a column in the spelling of the first file that has the column.
func spelled(tables []table, name string) string {
	for _, one := range tables {
		for _, written := range one.names {
			if fold(written) == name {
				return written
			}
		}
	}
	return ""
}

// answers returns the answers of the two lists for a row, by comparing its codes.
func answers(row map[string]string, values []string) []string {
	of := func(prefix string, codes ...string) string {
		answer := 0
		for _, code := range codes {
			if code != "" && code != "-" {
				answer = max(answer, 1)
			}
			if strings.HasPrefix(code, prefix) {
				answer = 2
			}
		}
		return values[answer]
	}
	return []string{of("E11", row["diag_4_01"], row["diag_4_02"]), of("W37", row["opertn_4_01"])}
}

// who returns the person of a row, or "" if there is none.
func who(row map[string]string) string {
	name := strings.TrimSpace(row["patid"])
	if name == "NA" || name == "-" {
		return ""
	}
	return name
}

// slowFiles computes the output and the counts of a run over tables, by plain loops.
func slowFiles(tables []table, columns []string, rows string, values []string) (lines [][]string, counts manifestPeople, ofList [2]int64) {
	header := []string{}
	for _, name := range columns {
		header = append(header, spelled(tables, name))
	}
	lines = append(lines, append(header, "diabetes", "hip"))
	matches, everybody := map[string][2]bool{}, map[string]bool{}
	for _, one := range tables {
		for _, row := range one.rows {
			if name := who(row); name != "" {
				everybody[name] = true
				found := answers(row, values)
				before := matches[name]
				matches[name] = [2]bool{before[0] || found[0] == values[2], before[1] || found[1] == values[2]}
			}
		}
	}
	counts.InData = len(everybody)
	for _, of := range matches {
		if of[0] || of[1] {
			counts.Match++
		}
		for i := range of {
			if of[i] {
				ofList[i]++
			}
		}
	}
	for _, one := range tables {
		for _, row := range one.rows {
			found := answers(row, values)
			isMatch := slices.Contains(found, values[2])
			of := matches[who(row)]
			isWritten := rows == "all" || rows == "matched" && isMatch || rows == "people" && who(row) != "" && (of[0] || of[1])
			if who(row) == "" {
				counts.RowsWithoutPerson++
				if isMatch {
					counts.RowsWithoutPersonMatch++
				}
			}
			if !isWritten {
				continue
			}
			counts.RowsWritten++
			if isMatch {
				counts.RowsWrittenMatch++
			}
			var line []string
			for _, name := range columns {
				line = append(line, row[name])
			}
			lines = append(lines, append(line, found...))
		}
	}
	return lines, counts, ofList
}

// TestAgainstSlowFiles compares the output of flag with that of slowFiles, for files with different columns.
func TestAgainstSlowFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("diabetes.csv", []byte("icd10\nE11\n"), 0o600))
	require.NoError(t, os.WriteFile("hip.csv", []byte("opcs4\nW37\n"), 0o600))
	rounds := 150
	if testing.Short() {
		rounds = 40
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 19))
		dir := t.TempDir()
		var tables []table
		var inputs, present []string
		for i := range 1 + r.IntN(4) {
			one := randomTable(t, r, dir, i)
			tables, inputs = append(tables, one), append(inputs, one.path)
			for _, name := range one.names {
				if !slices.Contains(present, fold(name)) {
					present = append(present, fold(name))
				}
			}
		}
		args := []string{"-icd10", "diabetes.csv", "-opcs4", "hip.csv", "-manifest", filepath.Join(dir, "manifest.json")}
		rows := []string{"matched", "all", "people", "people"}[r.IntN(4)]
		args = append(args, "-rows", rows)
		if rows == "people" && r.IntN(3) == 0 {
			args = append(args, "-person", "PATID")
		}
		var columns []string
		switch r.IntN(3) {
		case 0:
			columns = []string{"diag_4_01", "patid"}[r.IntN(2):]
			args = append(args, "-columns", strings.ToUpper(strings.Join(columns, ",")))
		case 1:
			columns = slices.Clone(present)
			r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
			columns = columns[:1+r.IntN(len(columns))]
			args = append(args, "-union", "-columns", strings.Join(columns, ","))
		default:
			columns = present
			args = append(args, "-union")
		}
		values := []string{"", "0", "1"}
		if r.IntN(2) == 0 {
			values = []string{"unknown", "no match", "match"}
			args = append(args, "-values", "words")
		}
		want, counts, ofList := slowFiles(tables, columns, rows, values)
		first := [2]string{}
		for _, workers := range []string{"1", "2", "3", "4"} {
			opts, err := parseOptions(slices.Concat(args, []string{"-workers", workers}, inputs), program.IO{Stderr: os.Stderr})
			require.NoError(t, err)
			opts.inputs.Block = []int{1, 60, 500, 1 << 20}[r.IntN(4)]
			var out, summary bytes.Buffer
			require.NoError(t, opts.run(t.Context(), program.IO{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &summary}), "seed %d", seed)
			got := [2]string{out.String(), summary.String()}
			if first[0] == "" {
				first = got
				lines, err := csv.NewReader(&out).ReadAll()
				require.NoError(t, err)
				require.Equal(t, want, lines, "seed %d: %v", seed, args)
				text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
				require.NoError(t, err)
				var m manifest
				require.NoError(t, json.Unmarshal(text, &m))
				if rows != "people" {
					require.Nil(t, m.People)
				} else {
					require.Equal(t, &counts, m.People, "seed %d", seed)
					got := [2]int64{*m.Lists[0].People, *m.Lists[1].People}
					require.Equal(t, ofList, got, "seed %d", seed)
				}
			}
			require.Equal(t, first, got, "seed %d, %s workers", seed, workers)
		}
	}
}
