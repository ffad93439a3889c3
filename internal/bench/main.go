// Bench measures the speed and memory of the library on this machine, compares them with their targets, and writes a
// Markdown table to standard output.
//
//	bench [-ways [-python PYTHON]] [-rows N] [-rounds N] [-file FILE] [-dir DIR]
//
// The workload W is a file of synthetic appointments in UK LLC's layout. Bench matches it with two groups of lists: (a)
// a few and (b) many. Measures that are compared take turns within one run, so that other work on the machine disturbs
// them alike. Every measure checks its result, and the program fails if a result is wrong.
//
// Run it once in each build:
//
//	go run ./internal/bench
//	GOEXPERIMENT=simd go run ./internal/bench
//
// With -ways, Bench measures the program instead of the library. It compares the ways in which people use the program,
// each with a simpler way. If PYTHON has the packages duckdb and pyarrow, Bench also compares the time to match Parquet
// files with the time of DuckDB. The script .ci/bench installs both packages:
//
//	.ci/bench ways
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run runs the program and returns its exit status: 0 on success, 1 on failure, 2 if the command line is wrong.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parseOptions(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v (-h shows the options)\n", err)
		return 2
	}
	return exit(stderr, report(ctx, opts, stdout, stderr))
}

// exit writes the error of a run, if any, and returns the exit status.
func exit(stderr io.Writer, err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "bench: interrupted")
	default:
		fmt.Fprintf(stderr, "bench: %v\n", err)
	}
	return 1
}
