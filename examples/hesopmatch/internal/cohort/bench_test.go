package cohort

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"
	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// BenchmarkRun counts the people of 20,000 appointments, and what the page has.
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
