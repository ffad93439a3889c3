// Package programtest runs speed in tests.
package programtest

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"hesopmatch/examples/speed/internal/program"
)

// Ran is what a run of the program ended with.
type Ran struct {
	Stdout, Stderr string
	Status         int
}

// Run runs the program with arguments and standard input.
func Run(
	t *testing.T, name string, run func(context.Context, []string, program.IO) error, stdin string, args ...string,
) Ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err := run(t.Context(), args, program.IO{Stdin: strings.NewReader(stdin), Stdout: &stdout, Stderr: &stderr})
	status := program.Exit(name, &stderr, err)
	return Ran{stdout.String(), stderr.String(), status}
}
