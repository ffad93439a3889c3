package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// newWays prepares a small workload, but none of the ways.
func newWays(t *testing.T, args ...string) *ways {
	t.Helper()
	dir := t.TempDir()
	opts, err := parseOptions(append([]string{"-ways", "-rows", "2000", "-rounds", "1", "-dir", dir}, args...), os.Stderr)
	require.NoError(t, err)
	opts.sizes = smallSizes()
	w := &ways{opts: opts, note: func(string, ...any) {}, dir: dir}
	if testing.Short() {
		t.Skip("builds the program")
	}
	require.NoError(t, w.prepareWorkload(t.Context()))
	return w
}

// TestWays measures every way on few rows. It includes Parquet if HESOPMATCH_BENCH_PYTHON names a Python interpreter
// with the packages duckdb and pyarrow.
func TestWays(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir, python := t.TempDir(), os.Getenv("HESOPMATCH_BENCH_PYTHON")
	status, stdout, stderr := runSmall(t, "-ways", "-rows", "2000", "-rounds", "1", "-dir", dir, "-python", python)
	require.Zero(t, status, stderr)
	requireEmpty(t, dir)
	require.Equal(t, python != "", strings.Contains(stdout, "pyarrow "), stdout)
	require.Equal(t, python == "", strings.Contains(stdout, "| not measured | "), stdout)
	lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
	for _, row := range lines[4:] {
		require.Equal(t, 5, strings.Count(row, "|"), row)
		require.NotContains(t, row, "NaN")
		require.NotContains(t, row, "Inf")
		require.NotContains(t, row, "|  |", "an empty cell")
	}
	for _, way := range []string{
		"`flag -rows all` to a file, against matched rows only", "`flag -quality`", "`cohort -summary -disclosure none`",
		"`cohort -summary -disclosure ukllc -format html`", "two .gz files", "one .gz file", "W as Parquet",
		"a request of five codes", "`Fingerprint` of 20 lists of 10 rows", "an .xlsx of 200 rows", "386 against amd64",
	} {
		require.Contains(t, stdout, "\n| "+way)
	}
}

// TestWrongWay requires a measure to fail if the program writes a wrong output, with one worker and with two.
func TestWrongWay(t *testing.T) {
	w := newWays(t)
	require.NoError(t, w.prepareCounts(t.Context()))
	for _, way := range []struct {
		name    string
		prepare func(context.Context) error
	}{
		{"flag", w.prepareFlag}, {"cohort", w.prepareCohort}, {"gzip", w.prepareGzip}, // cohort reads what flag wrote
	} {
		require.NoError(t, way.prepare(t.Context()), way.name)
		right := w.few.want
		w.few.want.lists = append([]int64{}, right.lists...)
		w.few.want.lists[1]++
		require.ErrorContains(t, way.prepare(t.Context()), "wrong result", way.name)
		w.few.want = right
	}
	flagged := w.flagged(&w.few.want)
	m, err := w.measure(t.Context(), "flag", "flag", []string{"-o", flagged.path, w.load.path}, flagged)
	require.NoError(t, err)
	require.NoError(t, m.round(t.Context()))
	flagged.sum[0]++
	require.ErrorContains(t, m.round(t.Context()), "differs from what one worker wrote")
	w.load.bytes++
	require.ErrorContains(t, w.copying().round(t.Context()), "wrong result")
	w.load.bytes--
	halves, err := w.halve(t.Context())
	require.NoError(t, err)
	require.Equal(t, w.load.rows, halves[0].want.rows+halves[1].want.rows)
	require.NoError(t, halves[0].decompressing().round(t.Context()))
	halves[0].bytes--
	require.ErrorContains(t, halves[0].decompressing().round(t.Context()), "wrong result")
}

// TestWrongOutput runs the checks on right outputs, and on outputs with a single fault.
func TestWrongOutput(t *testing.T) {
	g, err := newGroup("a", fewLists()[:2])
	require.NoError(t, err)
	g.want = tally{rows: 30, matched: 3, lists: []int64{2, 11}}
	const heading = "table,list,group,measure,value\nlists,diabetes,,match,"
	flagged := filepath.Join(t.TempDir(), "flagged.csv")
	require.NoError(t, os.WriteFile(flagged, []byte("apptdate,a,b\n2019-01-01,1,0\n,1,1\n2019-01-02,,1\n1800-01-01,1,1\n"), 0o600))
	dated, err := datedMatches(flagged, 2)
	require.NoError(t, err)
	require.Equal(t, []int64{1, 1}, dated, "the second row and the last have no date")
	for _, tt := range []struct {
		text  string
		check func(path string) error
		right bool
		why   string
	}{
		{"x,a,b\n1,1,0\n2,1,\n3,,1\n", func(path string) error { return checkFlags(path, &tally{rows: 9, matched: 3, lists: []int64{2, 1}}, 3) }, true, "three rows match"},
		{"x,a,b\n1,1,0\n2,1,\n3,,0\n", func(path string) error { return checkFlags(path, &tally{rows: 9, matched: 3, lists: []int64{2, 1}}, 3) }, false, "the third row does not match"},
		{"x,a,b\n1,1,0\n2,1,\n", func(path string) error { return checkFlags(path, &tally{rows: 9, matched: 3, lists: []int64{2, 1}}, 3) }, false, "a row is missing"},
		{`{"rows": 30}`, func(path string) error { return checkQuality(path, 30) }, true, "all rows"},
		{`{"rows": 29}`, func(path string) error { return checkQuality(path, 30) }, false, "one row fewer"},
		{"person,list,first,last,appointments,dates\n1,diabetes,,,2,1\n2,hypertension,,,10,1\n3,hypertension,,,1,1\n", func(path string) error { return checkPeople(path, g, g.want.lists) }, true, "all matches"},
		{"person,list,first,last,appointments,dates\n1,diabetes,,,2,1\n2,hypertension,,,10,1\n", func(path string) error { return checkPeople(path, g, g.want.lists) }, false, "a person is missing"},
		{heading + "2\nlists,hypertension,,match,11\n", func(path string) error { return checkSummary(path, g, false) }, true, "exact"},
		{heading + "2\nlists,hypertension,,match,10\n", func(path string) error { return checkSummary(path, g, false) }, false, "rounded without -disclosure"},
		{heading + "<10\nlists,hypertension,,match,10\n", func(path string) error { return checkSummary(path, g, true) }, true, "suppressed and rounded"},
		{heading + "<10\nlists,hypertension,,match,20\n", func(path string) error { return checkSummary(path, g, true) }, false, "rounded to the wrong ten"},
		{heading + "<10\n", func(path string) error { return checkSummary(path, g, true) }, false, "a list is missing"},
	} {
		path := filepath.Join(t.TempDir(), "output")
		require.NoError(t, os.WriteFile(path, []byte(tt.text), 0o600))
		if err := tt.check(path); tt.right {
			require.NoError(t, err, tt.why)
		} else {
			require.ErrorContains(t, err, "wrong result", tt.why)
		}
	}
}

// TestWrongInMemory requires the measures in memory to fail if their expected results are wrong.
func TestWrongInMemory(t *testing.T) {
	g, err := newGroup("a", fewLists())
	require.NoError(t, err)
	m := requesting(g, 10)
	require.NoError(t, m.round(t.Context()))
	require.Zero(t, m.allocated)
	g.lists = g.lists[1:] // no longer the lists of the Matcher
	require.ErrorContains(t, requesting(g, 10).round(t.Context()), "wrong result")

	f := &fingerprints{texts: manyLists(3, 30)}
	first, again := &measure{run: f.first}, &measure{run: f.again}
	require.NoError(t, first.round(t.Context()))
	require.NoError(t, again.round(t.Context()))
	f.known[1] = f.known[0]
	require.ErrorContains(t, again.round(t.Context()), "wrong result")
	twice := &fingerprints{texts: append(manyLists(2, 20), manyLists(2, 20)...)}
	require.ErrorContains(t, (&measure{run: twice.first}).round(t.Context()), "wrong result")

	rows, dir := longList(50), t.TempDir()
	long, short := filepath.Join(dir, "long.xlsx"), filepath.Join(dir, "short.xlsx")
	require.NoError(t, writeWorkbook(long, rows))
	require.NoError(t, writeWorkbook(short, rows[:50]))
	want := &parsed{entries: 50}
	require.NoError(t, want.parsing(long).round(t.Context()))
	require.ErrorContains(t, want.parsing(short).round(t.Context()), "wrong result")
	want.fingerprint = "another"
	require.ErrorContains(t, want.parsing(long).round(t.Context()), "wrong result")
}

// TestWrongAnswer reads right and wrong answers such as DuckDB could give.
func TestWrongAnswer(t *testing.T) {
	g, err := newGroup("a", fewLists()[:2])
	require.NoError(t, err)
	found, err := regexTally([][]any{{30.0, 2.0, "11"}}, g)
	require.NoError(t, err)
	require.Equal(t, tally{rows: 30, lists: []int64{2, 11}}, found)
	found, err = scriptTally([][]any{{"diabetes", "2019-20", 20.0, 1.0}, {"diabetes", nil, 10.0, 1.0}, {"hypertension", nil, 30.0, 11.0}}, g)
	require.NoError(t, err)
	require.Equal(t, tally{rows: 30, lists: []int64{2, 11}}, found)
	for _, wrong := range [][][]any{nil, {{30.0, 2.0}}, {{30.0, 2.0, true}}} {
		_, err = regexTally(wrong, g)
		require.ErrorContains(t, err, "wrong result")
	}
	for _, wrong := range [][]any{{"diabetes"}, {"another", nil, 1.0, 1.0}, {"diabetes", nil, nil, 1.0}} {
		_, err = scriptTally([][]any{wrong}, g)
		require.ErrorContains(t, err, "wrong result")
	}
	require.Equal(t, "SELECT count(*), count(*) FILTER (WHERE regexp_matches(d, '(^|,)(N18|N19|Z940)') OR "+
		"regexp_matches(p, '(^|,)(M01|X403)')) FROM (SELECT concat_ws(',', diag_4_01, diag_4_concat) AS d, "+
		"concat_ws(',', opertn_4_01) AS p FROM W)",
		regexQuery([]string{"attendkey", "diag_3_01", "diag_4_01", "diag_4_concat", "opertn_4_01"}, fewLists()[4:]))
}

// TestPeer requires an error that states the reason if a Python interpreter cannot answer.
func TestPeer(t *testing.T) {
	_, err := startPeer(t.Context(), filepath.Join("no", "such", "python"))
	require.ErrorContains(t, err, "no such")
	python := os.Getenv("HESOPMATCH_BENCH_PYTHON")
	if python == "" {
		t.Skip("HESOPMATCH_BENCH_PYTHON is not set")
	}
	p, err := startPeer(t.Context(), python)
	require.NoError(t, err)
	_, err = p.ask(t.Context(), map[string]any{"do": "ask", "file": "no such file", "threads": 1, "query": "SELECT 1"})
	require.ErrorContains(t, err, "IOException")
	require.NoError(t, p.close())
	w := newWays(t, "-python", python)
	require.NoError(t, w.writeParquet(t.Context()))
	defer func() { require.NoError(t, w.peer.close()) }()
	require.NoError(t, w.prepareCounts(t.Context()))
	w.few.want.lists[0]++
	require.NoError(t, w.prepareParquet(t.Context()))
	for _, m := range w.measures {
		require.ErrorContains(t, m.round(t.Context()), "wrong result", m.name)
	}
}

func TestBenchmarkTimes(t *testing.T) {
	const output = "goos: linux\nBenchmarkRelease/80_nested-2 \t 3\t 1500000 ns/op\nBenchmarkRelease/80_nested-2 \t 3\t 1700000.5 ns/op\nBenchmarkRelease/8_crossing \t 9\t 20 ns/op\nPASS\n"
	require.Equal(t, map[string]samples{"80_nested": {1500000, 1700000.5}, "8_crossing": {20}}, benchmarkTimes(output))
}
