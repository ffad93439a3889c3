// Package program contains what the commands of hesopmatch share: how they start and end, the table of options,
// codelists and inputs, files that are written whole or not at all, and progress on a terminal.
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

// Command runs a command with its arguments.
type Command func(ctx context.Context, args []string, std IO) error

// IO holds the streams that a command reads from and writes to.
type IO struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// usageError is a mistake that is evident from the command line alone.
type usageError struct{ error }

// Usage returns an error for a mistake that is evident from the command line alone. The program then exits with status
// 2.
func Usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// patience is the time that an interrupted command has to end by itself.
const patience = time.Second

// Main runs a command and ends the process with status 0 if the command succeeded, 1 if it failed, or 2 if it was
// called wrongly. Messages begin with name, usually the name of the command.
//
// An interrupt, or a terminal that closes, cancels the context. If the command does not return within a second, because
// it waits for input, Main removes its unfinished files and ends the process. If a program such as head closes the pipe
// of standard output, the status is 0.
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

// Exit writes the message for the error of a command and returns its exit status.
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

// stdoutLeft reports whether an error means that standard output is a pipe whose reader has closed it.
func stdoutLeft(err error) bool {
	e, ok := errors.AsType[*fs.PathError](err)
	return ok && e.Path == os.Stdout.Name() && errors.Is(e.Err, syscall.EPIPE)
}
