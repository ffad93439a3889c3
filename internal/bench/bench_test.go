package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// runSmall runs the program with small sizes.
func runSmall(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, problems strings.Builder
	opts, err := parseOptions(args, &problems)
	require.NoError(t, err)
	opts.sizes = smallSizes()
	status = exit(&problems, report(t.Context(), opts, &out, &problems))
	return status, out.String(), problems.String()
}

func smallSizes() sizes {
	s := fullSizes()
	s.lists, s.entries, s.huge, s.hugeEntries, s.passes = 30, 1000, 20, 50, 2
	s.fingerprintLists, s.fingerprintRows, s.workbookRows, s.goBenchmarks = 20, 10, 200, false
	if testing.Short() {
		s.goCommand = "no-such-command" // do not build the program
	}
	return s
}

func requireEmpty(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left, "the temporary folder is removed")
}

// TestTable runs every measure on few rows. The times mean nothing then, but the counts must be right.
func TestTable(t *testing.T) {
	dir := t.TempDir()
	status, stdout, stderr := runSmall(t, "-rows", "2000", "-rounds", "1", "-dir", dir)
	require.Zero(t, status, stderr)
	requireEmpty(t, dir)
	require.Empty(t, stderr)
	lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
	for _, part := range []string{time.Now().Format("2006-"), buildName() + " build", "2000 rows", "medians of 1 round", "go run ./internal/bench -rows 2000"} {
		require.Contains(t, lines[0], part)
	}
	require.Equal(t, []string{"", "| measure | target | measured | timings |", "| --- | --- | --- | --- |"}, lines[1:4])
	rows := lines[4:]
	for _, measure := range []string{
		"W(a), one worker, against `encoding/csv` and a map",
		"W(a), one worker, against reading W and discarding it",
		"two workers against one, W(a)",
		"W(b) against W(a)",
		"time per row, all of W(a) against its first tenth",
		"matching a typical appointment in memory",
		"matching a heavy appointment in memory",
		"one look-up of a code, lists of (a)",
		"one look-up of a code, lists of (b)",
		"compiling 1000 entries",
		"compiling 20 lists of 50 entries",
		"allocations per row, Reader.All and Codes",
		"allocations per row, Reader and Match",
		"allocations per row, Scan, one worker",
		"allocations per row, Scan, two workers",
		"resident memory of `flag`, W(a)",
	} {
		found := 0
		for _, row := range rows {
			if strings.HasPrefix(row, "| "+measure) {
				found++
			}
		}
		require.Positive(t, found, measure)
	}
	for _, row := range rows {
		require.Equal(t, 5, strings.Count(row, "|"), row)
		require.NotContains(t, row, "NaN")
		require.NotContains(t, row, "Inf")
		require.NotContains(t, row, "|  |", "an empty cell")
		if knowsResident && strings.Contains(row, "resident") {
			require.Equal(t, testing.Short(), strings.Contains(row, "not measured"), row)
		}
	}
}

// TestBaseline compares the baseline with counts made by hand.
func TestBaseline(t *testing.T) {
	g, err := newGroup("a", fewLists())
	require.NoError(t, err)
	require.Len(t, g.lists, 5)
	require.Equal(t, 26, g.entries)
	require.NoError(t, g.expand(t.Context()))
	const text = "diag_3_01,diag_4_01,diag_4_02,diag_4_concat,opertn_4_01,opertn_4_concat\n" +
		"E11,E119,,E119,-,-\n" + // E119 counts once, although it is in two columns
		"E11,E11X,I10X,\"E11X,I10X\",X403,X403\n" + // three lists
		"E11,,,,,\n" + // only in the column of three-character codes, which is not read
		",R69X,,\"R69X,E10\",K401,\n" + // only in the concatenated column
		",K401,X403,,E119,E119\n" // codes in columns of the other system
	got, err := g.expansion.count(t.Context(), strings.NewReader(text))
	require.NoError(t, err)
	require.Equal(t, tally{rows: 5, matched: 3, lists: []int64{3, 1, 0, 1, 1}}, got)
}

// TestLists requires manyLists to draw the given numbers of lists and entries, from both systems.
func TestLists(t *testing.T) {
	g, err := newGroup("b", manyLists(300, 10_000))
	require.NoError(t, err)
	require.Len(t, g.lists, 300)
	require.Equal(t, 10_000, g.entries)
	systems := make(map[coding.System]int)
	for _, l := range g.lists {
		for _, e := range l.All() {
			systems[e.Prefix.System()]++
		}
	}
	require.Greater(t, systems[coding.ICD10], 3000)
	require.Greater(t, systems[coding.OPCS4], 3000)
}

// TestSynth requires the workload to have the rows that the command synth writes. It also requires the option -file to
// accept a file that synth wrote.
func TestSynth(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	dir := t.TempDir()
	written, own := filepath.Join(dir, "synth.csv"), filepath.Join(dir, "own.csv")
	out, err := exec.CommandContext(t.Context(), "go", "run", "../../examples/hesopmatch", "synth",
		"-rows", "2000", "-layout", "ukllc", "-o", written).CombinedOutput()
	require.NoError(t, err, string(out))
	require.NoError(t, writeRows(t.Context(), own, 2000))
	want, err := os.ReadFile(written)
	require.NoError(t, err)
	got, err := os.ReadFile(own)
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, got), "synth and this program write the same rows")

	w, err := newWorkload(t.Context(), written, 2000, dir)
	require.NoError(t, err)
	require.Equal(t, written, w.path)
	require.Equal(t, int64(len(want)), w.bytes)
	lines := bytes.SplitAfterN(want, []byte("\n"), 202)
	tenth, err := os.ReadFile(w.tenth)
	require.NoError(t, err)
	require.Equal(t, string(bytes.Join(lines[:201], nil)), string(tenth), "the header and 200 rows")

	status, _, stderr := runSmall(t, "-rows", "1000", "-file", written)
	require.Equal(t, 1, status)
	require.Contains(t, stderr, "2000 rows, not 1000 (-rows)")
}

func TestWrongUse(t *testing.T) {
	for _, tt := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"-h"}, 0, "usage: bench"},
		{[]string{"-rows", "999"}, 2, "must be at least 1000"},
		{[]string{"-rounds", "0"}, 2, "must be at least 1"},
		{[]string{"-python", "python3"}, 2, "-python needs -ways"},
		{[]string{"file.csv"}, 2, "-file names a workload"},
		{[]string{"-nosuch"}, 2, "-nosuch"},
		{[]string{"-file", filepath.Join("no", "such", "file")}, 1, "no such"},
		{[]string{"-dir", filepath.Join("no", "such", "folder")}, 1, "no such"},
	} {
		var stdout, stderr strings.Builder
		require.Equal(t, tt.status, run(t.Context(), tt.args, &stdout, &stderr), tt.args)
		require.Contains(t, stderr.String(), tt.says, tt.args)
		require.Empty(t, stdout.String())
	}
}

// TestInterrupted requires a cancelled run to leave no folder.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	for _, after := range []time.Duration{0, 50 * time.Millisecond, 300 * time.Millisecond} {
		ctx, cancel := context.WithTimeoutCause(t.Context(), after, context.Canceled)
		for _, ways := range []bool{false, true} {
			opts, err := parseOptions([]string{"-rows", "200000", "-dir", dir}, io.Discard)
			require.NoError(t, err)
			opts.sizes, opts.ways = smallSizes(), ways
			require.ErrorIs(t, report(ctx, opts, io.Discard, io.Discard), context.Canceled)
			requireEmpty(t, dir)
		}
		cancel()
	}
}

func TestOnce(t *testing.T) {
	ran := 0.0
	m := &measure{once: true, run: func(context.Context) (float64, error) { ran++; return ran, nil }}
	require.NoError(t, takeTurns(t.Context(), 3, []*measure{m}, func(string, ...any) {}))
	require.Equal(t, samples{1}, m.times)
}

func TestMedian(t *testing.T) {
	require.InDelta(t, 2, samples{3, 1, 2}.median(), 0)
	require.InDelta(t, 2.5, samples{3, 1, 2, 9}.median(), 0)
	require.InDelta(t, 3, samples{6, 8, 3}.over(samples{2, 4, 1}).median(), 0)
}
