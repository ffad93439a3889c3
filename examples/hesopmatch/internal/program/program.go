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
	"slices"
	"strings"
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
	signal.Ignore(syscall.SIGPIPE)
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
		fmt.Fprintf(stderr, "%s: note: what reads standard output has ended; the rest was not written\n", name)
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

// Parse parses the options of a command into fs. Help goes to standard error, and the version to
// standard output; the error is then flag.ErrHelp. A mistake is a usage error of one line.
func Parse(fs *flag.FlagSet, args []string, std IO, synopsis string) error {
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	version := fs.Bool("version", false, "write version, revision and build to standard output, and end")
	if err := optionAsValue(fs, args); err != nil {
		return err
	}
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(std.Stderr, "usage: %s\n\n", synopsis)
		fs.SetOutput(std.Stderr)
		fs.PrintDefaults()
		return err
	}
	if err != nil {
		return usageError{unknownOption(fs, err)}
	}
	if *version {
		WriteVersion(std.Stdout, fs.Name())
		return flag.ErrHelp
	}
	if err := emptyValue(fs); err != nil {
		return err
	}
	if slices.Contains(args, "--") {
		return nil
	}
	for _, arg := range fs.Args() {
		if len(arg) > 1 && arg[0] == '-' {
			return Usage("option %s stands behind a file; options go first", arg)
		}
	}
	return nil
}

// emptyValue fails if an option that names a column or a file to write was given an empty name, as
// a variable of a script that is not set gives it.
func emptyValue(fs *flag.FlagSet) (err error) {
	fs.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "person", "dedupe", "order-by", "date", "o", "summary", "manifest", "quality", "header", "release",
			"compare-release":
			if err == nil && strings.TrimSpace(f.Value.String()) == "" {
				err = Usage("-%s: its value is empty; leave the option away, or name what it is to be", f.Name)
			}
		}
	})
	return err
}

// optionAsValue fails if an option has another one where its value belongs: the value was
// forgotten, and what follows would be taken for something else.
func optionAsValue(fs *flag.FlagSet, args []string) error {
	option := func(arg string) *flag.Flag {
		name, ok := strings.CutPrefix(arg, "-")
		if !ok {
			return nil
		}
		return fs.Lookup(strings.TrimPrefix(name, "-"))
	}
	for i := 0; i+1 < len(args) && len(args[i]) > 1 && args[i][0] == '-' && args[i] != "--"; i++ {
		f := option(args[i])
		if f == nil {
			continue // has its value behind =, or is unknown
		}
		if isBool, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && isBool.IsBoolFlag() {
			continue
		}
		i++
		if option(args[i]) != nil {
			value, _ := flag.UnquoteUsage(f)
			return Usage("-%s needs its value (%s), and %s looks like an option; "+
				"a value that begins so is written -%s=%s",
				f.Name, value, args[i], f.Name, args[i])
		}
	}
	return nil
}

// unknownOption adds the nearest option, and all of them, to an error of one that there is
// not.
func unknownOption(fs *flag.FlagSet, err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return err
	}
	var options []string
	fs.VisitAll(func(f *flag.Flag) { options = append(options, f.Name) })
	return fmt.Errorf("no option -%s: %sthere are -%s", Plain(name),
		DidYouMean(strings.TrimLeft(name, "-"), "-", options), strings.Join(options, ", -"))
}

// OneOf is a flag.Value that takes one of a few words.
type OneOf struct {
	Words []string
	Value *string
}

// String returns the word.
func (o OneOf) String() string {
	if o.Value == nil {
		return ""
	}
	return *o.Value
}

// Set takes a word.
func (o OneOf) Set(word string) error {
	for _, w := range o.Words {
		if w == word {
			*o.Value = w
			return nil
		}
	}
	return fmt.Errorf("%smust be one of %q", DidYouMean(word, "", o.Words), o.Words)
}
