// Package programtest runs commands of hesopmatch in tests and compares their output with golden files.
package programtest

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden outputs")

// Ran is the result of running a command.
type Ran struct {
	Stdout, Stderr string
	Status         int
}

// Run runs a command with arguments and standard input.
func Run(t *testing.T, name string, run program.Command, stdin string, args ...string) Ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err := run(t.Context(), args, program.IO{
		Stdin: strings.NewReader(stdin), Stdout: &stdout, Stderr: program.NewMessages(&stderr),
	})
	status := program.Exit(name, &stderr, err)
	return Ran{stdout.String(), stderr.String(), status}
}

// Golden requires an output to equal its golden file. Call it in the root of the repository.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test with -update writes the golden file")
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// WriteGzip writes a compressed file.
func WriteGzip(t *testing.T, path, text string) {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
}
