// Package program holds what the commands of hesopmatch share: how they start and end, the options
// that name codelists, files that are whole or absent, and progress on a terminal.
package program

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Command is what a command does with its arguments.
type Command func(ctx context.Context, args []string, std IO) error

// IO is what a command reads from and writes to.
type IO struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// usageError is a mistake that the command line alone shows.
type usageError struct{ error }

// Usage returns the error of a mistake that the command line alone shows, for which
// the program ends with 2.
func Usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// patience is how long an interrupted command may take to end by itself.
const patience = time.Second

// Main runs a command and ends the process: 0 when it is done, 1 when it failed, 2 when it was called
// wrongly. Messages begin with its name.
//
// An interrupt, or a terminal that closes, cancels the context. A command that does not end then, because
// it waits for input, is ended, and the files that it was writing are removed. A command whose standard
// output is a pipe that head or its like has closed is done: it ends with 0.
func Main(name string, run Command, args []string) {
	ignoreClosedPipe()
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, args, IO{os.Stdin, os.Stdout, NewMessages(os.Stderr)}) }()
	select {
	case err := <-ended:
		os.Exit(Exit(name, os.Stderr, err))
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		os.Exit(Exit(name, os.Stderr, err))
	case <-time.After(patience):
		partials.removeAll()
		os.Exit(Exit(name, os.Stderr, context.Cause(ctx)))
	}
}

// Exit reports what a command ended with and returns its exit status.
func Exit(name string, stderr io.Writer, err error) int {
	stderr = NewMessages(raw(stderr))
	var usage usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case stdoutLeft(err):
		fmt.Fprintf(stderr, "%s: note: the reader of standard output has closed it; the rest was not written\n", name)
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "%s: %v (-h explains)\n", name, err)
		return 2
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(stderr, "%s: interrupted\n", name)
		return 1
	default:
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return 1
	}
}

// stdoutLeft reports whether an error is of writing to a pipe as standard output that nobody
// reads from any more.
func stdoutLeft(err error) bool {
	e, ok := errors.AsType[*fs.PathError](err)
	return ok && e.Path == os.Stdout.Name() && errors.Is(e.Err, syscall.EPIPE)
}
