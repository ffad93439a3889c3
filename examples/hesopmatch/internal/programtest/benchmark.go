package programtest

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"

	"github.com/stretchr/testify/require"
)

// Appointments returns synthetic appointments as CSV text.
func Appointments(t testing.TB, layout hesop.Layout, rows int) []byte {
	t.Helper()
	g, err := hesoptest.New(11, hesoptest.People(max(1, rows/40)))
	require.NoError(t, err)
	var text bytes.Buffer
	w := hesoptest.NewWriter(&text, layout)
	for row := range g.Rows(rows) {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	return text.Bytes()
}

// Done runs a command that must succeed, and discards its output.
func Done(t testing.TB, run program.Command, args ...string) {
	t.Helper()
	err := run(t.Context(), args, program.IO{
		Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: program.NewMessages(io.Discard),
	})
	require.NoError(t, err)
}
