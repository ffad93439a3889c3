package cohort

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// TestSideBySide checks that inputs that are read concurrently give the same output, byte for byte, as inputs that are
// read in turn. They also give the same error: the error of the first input that fails.
func TestSideBySide(t *testing.T) {
	t.Chdir("../../../..")
	data, err := os.ReadFile("testdata/appointments.csv")
	require.NoError(t, err)
	lines := strings.SplitAfter(string(data), "\n")
	header, rows := lines[0], lines[1:len(lines)-1]
	dir := t.TempDir()
	var inputs []string
	const parts = 7
	for i := range parts {
		name := filepath.Join(dir, fmt.Sprintf("y%d.csv", i))
		text := header + strings.Join(rows[i*len(rows)/parts:(i+1)*len(rows)/parts], "")
		if i == 3 {
			require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		} else {
			name += ".gz"
			programtest.WriteGzip(t, name, text)
		}
		inputs = append(inputs, name)
	}
	const person = "PSEUDO_HESID"
	other := filepath.Join(dir, "other.csv.gz")
	programtest.WriteGzip(t, other, strings.Replace(header, person, "patid", 1)+rows[0])
	none := filepath.Join(dir, "none.csv.gz")
	programtest.WriteGzip(t, none, "a,b\n1,2\n")

	for _, tt := range []struct {
		args   []string
		inputs []string
		fails  string
		reason string
	}{
		{nil, inputs, "", "the column of the person is found"},
		{[]string{"-person", person, "-dedupe", "attendkey"}, slices.Concat(inputs[4:], inputs[:4]), "", "the first of each key is taken"},
		{[]string{"-manifest", filepath.Join(dir, "manifest.json")}, inputs, "", "every input is read through a hash"},
		{nil, []string{inputs[0], other, none}, "their identifiers may differ", "the error of the second input, not of the third"},
		{nil, []string{other, inputs[0]}, "their identifiers may differ", "the later input reports the error"},
		{nil, []string{none, other, inputs[0]}, none, "the error of the first input"},
	} {
		var want string
		for _, workers := range []int{1, 2, 5} {
			summary := filepath.Join(dir, "summary.csv")
			args := append([]string{"-workers", strconv.Itoa(workers), "-summary", summary, "-disclosure", "none"}, tt.args...)
			ran := runHere(t, "", with(append(args, tt.inputs...)...)...)
			got := fmt.Sprint(ran.Status, ran.Stdout, ran.Stderr)
			if tt.fails == "" {
				require.Zero(t, ran.Status, ran.Stderr)
				text, err := os.ReadFile(summary)
				require.NoError(t, err)
				got += strings.ReplaceAll(string(text), fmt.Sprintf("-workers %d", workers), "-workers")
			} else {
				require.Contains(t, ran.Stderr, tt.fails, tt.reason)
			}
			if workers == 1 {
				want = got
			}
			require.Equal(t, want, got, tt.reason)
		}
	}
}
