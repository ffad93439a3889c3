// Package program starts and ends speed, and writes its words. It is the little that speed needs
// of the package of that name which the commands of hesopmatch share.
package program

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"
	"unicode"
)

// IO is what the program reads from and writes to.
type IO struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// usageError is a mistake that the command line alone shows.
type usageError struct{ error }

// Usage returns the error of a mistake that the command line alone shows.
func Usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// patience is how long an interrupted program may take to end by itself.
const patience = time.Second

// Main runs the program with the arguments of the process and ends the process.
func Main(name string, run func(ctx context.Context, args []string, std IO) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, os.Args[1:], IO{os.Stdin, os.Stdout, os.Stderr}) }()
	select {
	case err := <-ended:
		os.Exit(Exit(name, os.Stderr, err))
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		os.Exit(Exit(name, os.Stderr, err))
	case <-time.After(patience):
		os.Exit(Exit(name, os.Stderr, context.Cause(ctx)))
	}
}

// Exit reports what the program ended with and returns its exit status.
func Exit(name string, stderr io.Writer, err error) int {
	var usage usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "%s: %v (-h explains)\n", name, err)
		return 2
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(stderr, "%s: interrupted\n", name)
	default:
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
	}
	return 1
}

// Parse parses the options into fs. Help goes to standard error; the error is then flag.ErrHelp.
func Parse(fs *flag.FlagSet, args []string, std IO, synopsis string) error {
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(std.Stderr, "usage: %s\n\n", synopsis)
		fs.SetOutput(std.Stderr)
		fs.PrintDefaults()
		return err
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}

// IsTerminal reports whether a person sees at once what is written.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Plain returns a text without what would break its line, or steer a terminal.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// Count returns a number with its noun.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// People returns how many people share a number of synthetic appointments, as in synth.
func People(rows int) int { return max(1, rows/40, min(rows, 20)) }
