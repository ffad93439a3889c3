package cohort

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/programtest"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// BenchmarkRun counts the people of 20,000 appointments, with and without the numbers of the page.
func BenchmarkRun(b *testing.B) {
	const rows = 20_000
	dir := b.TempDir()
	text := programtest.Appointments(b, hesop.UKLLC, rows)
	input, list := filepath.Join(dir, "a.csv"), filepath.Join(dir, "list.csv")
	require.NoError(b, os.WriteFile(input, text, 0o600))
	require.NoError(b, os.WriteFile(list, []byte("icd10\nE10-E14\nI10-I15\n"), 0o600))
	summary, out, people := filepath.Join(dir, "summary.csv"), filepath.Join(dir, "out.csv"), -1
	for _, bb := range []struct {
		name string
		args []string
	}{
		{"people", nil},
		{"summary", []string{"-summary", summary, "-disclosure", "none"}},
		{"once", []string{"-dedupe", "attendkey"}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			args := append([]string{"-icd10", list, "-person", "llc_0000_stud_id", "-o", out}, bb.args...)
			for b.Loop() {
				programtest.Done(b, Run, append(args, input)...)
			}
			written, err := os.ReadFile(out)
			require.NoError(b, err)
			lines := bytes.Count(written, []byte("\n")) - 1
			if people < 0 {
				people = lines
				require.Positive(b, people)
			}
			require.Equal(b, people, lines)
		})
	}
}

// BenchmarkPage writes the page of a run and draws its charts as files.
func BenchmarkPage(b *testing.B) {
	text := programtest.Appointments(b, hesop.UKLLC, 20_000)
	dir := b.TempDir()
	input, list := filepath.Join(dir, "a.csv"), filepath.Join(dir, "list.csv")
	require.NoError(b, os.WriteFile(input, text, 0o600))
	require.NoError(b, os.WriteFile(list, []byte("icd10\nE10-E14\nI10-I15\n"), 0o600))
	opts, err := parseOptions([]string{
		"-icd10", list, "-person", "llc_0000_stud_id", "-format", "html", "-disclosure", "ukllc", input,
	}, program.IO{})
	require.NoError(b, err)
	g := &gathering{opts: opts, limits: limits, now: time.Now()}
	var matcher *match.Matcher
	g.loaded, g.lists, matcher, err = opts.lists.Compile(false)
	require.NoError(b, err)
	g.cohort, err = cohort.New(matcher, opts.cohort()...)
	require.NoError(b, err)
	progress := program.StartProgress(io.Discard, program.Work{}, "auto")
	require.NoError(b, g.scan(b.Context(), progress))
	progress.Stop()
	g.totals = g.cohort.Totals()
	require.NoError(b, g.makeTables(b.Context()))
	for b.Loop() {
		require.NoError(b, g.writePage(io.Discard))
		require.NotEmpty(b, g.charts())
	}
}
