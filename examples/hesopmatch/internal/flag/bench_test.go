package flag

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"
	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// BenchmarkRun flags 20,000 appointments in the usual ways.
func BenchmarkRun(b *testing.B) {
	const rows = 20_000
	dir := b.TempDir()
	text := programtest.Appointments(b, hesop.UKLLC, rows)
	plain := filepath.Join(dir, "all.csv")
	require.NoError(b, os.WriteFile(plain, text, 0o600))
	lines := bytes.SplitAfter(text, []byte("\n"))
	first := filepath.Join(dir, "first.csv.gz")
	firstBytes := compress(b, first, lines[:rows/2+1]...)
	second := filepath.Join(dir, "second.csv.gz")
	secondBytes := compress(b, second, append(lines[:1:1], lines[rows/2+1:]...)...)
	list := filepath.Join(dir, "list.csv")
	require.NoError(b, os.WriteFile(list, []byte("icd10\nE10-E14\nI10-I15\n"), 0o600))

	out, matched := filepath.Join(dir, "out.csv"), -1
	for _, bb := range []struct {
		name  string
		args  []string
		bytes int
	}{
		{"matched rows", []string{plain}, len(text)},
		{"all rows", []string{"-rows", "all", plain}, len(text)},
		{"hits", []string{"-format", "hits", plain}, len(text)},
		{"quality", []string{"-quality", filepath.Join(dir, "quality.json"), plain}, len(text)},
		{"half, gz", []string{first}, firstBytes},
		{"two halves, gz", []string{first, second}, firstBytes + secondBytes},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(bb.bytes))
			for b.Loop() {
				programtest.Done(b, Run, append([]string{"-icd10", list, "-o", out}, bb.args...)...)
			}
			written, err := os.ReadFile(out)
			require.NoError(b, err)
			lines := bytes.Count(written, []byte("\n")) - 1
			switch {
			case bb.name == "all rows":
				require.Equal(b, rows, lines)
			case bb.name == "hits", bb.bytes == firstBytes:
				require.Positive(b, lines)
			case matched < 0:
				matched = lines
				require.Positive(b, matched)
			default:
				require.Equal(b, matched, lines)
			}
		})
	}
}

// compress writes lines to a compressed file and returns the size of the lines in bytes before compression.
func compress(b *testing.B, path string, lines ...[]byte) int {
	b.Helper()
	text := bytes.Join(lines, nil)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(text)
	require.NoError(b, err)
	require.NoError(b, w.Close())
	require.NoError(b, os.WriteFile(path, packed.Bytes(), 0o600))
	return len(text)
}
