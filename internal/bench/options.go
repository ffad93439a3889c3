package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

const synopsis = "bench [-ways [-python PYTHON]] [-rows N] [-rounds N] [-file FILE] [-dir DIR]"

// leastRows is the smallest number of rows that the program accepts. It is enough for each group of lists to match some
// rows, and for a tenth of the rows to be measured.
const leastRows = 1000

// options holds the parsed command line.
type options struct {
	args   []string // as given
	rows   int
	rounds int
	file   string
	dir    string
	ways   bool
	python string

	sizes
}

// sizes holds the sizes that no option changes. Tests use smaller ones.
type sizes struct {
	lists, entries     int    // the number of lists of group (b), and of all their entries
	huge, hugeEntries  int    // lists that are only compiled, and the entries of each
	passes             int    // passes over the values or rows of a small measure, in each round
	goCommand, program string // the command that builds hesopmatch, and the package of hesopmatch

	// For -ways only.
	fingerprintLists, fingerprintRows int  // lists whose fingerprints are measured, and the rows of each
	workbookRows                      int  // rows of the codelist that is also a workbook
	goBenchmarks                      bool // whether benchmarks of other packages run
}

func fullSizes() sizes {
	return sizes{
		lists: 300, entries: 10_000, huge: 1000, hugeEntries: 1000,
		passes: 200, goCommand: "go", program: "hesopmatch/examples/hesopmatch",
		fingerprintLists: 500, fingerprintRows: 400, workbookRows: 100_000, goBenchmarks: true,
	}
}

// parseOptions parses the command line. Help goes to stderr.
func parseOptions(args []string, stderr io.Writer) (*options, error) {
	o := &options{args: args, sizes: fullSizes()}
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.IntVar(&o.rows, "rows", 1_000_000, "`N` appointments in the workload")
	fs.IntVar(&o.rounds, "rounds", 5, "`N` rounds of measuring everything; the table has the medians")
	fs.StringVar(&o.file, "file", "", "`FILE` of N rows, written by synth -layout ukllc, to use as the workload")
	fs.StringVar(&o.dir, "dir", "", "`DIR` for a folder of temporary files (default: the system's)")
	fs.BoolVar(&o.ways, "ways", false, "measure the ways people use the program, not the library")
	fs.StringVar(&o.python, "python", "", "`PYTHON` with duckdb and pyarrow, for the Parquet rows of -ways")
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stderr, "usage: %s\n\n", synopsis)
		fs.SetOutput(stderr)
		fs.PrintDefaults()
	}
	if err != nil {
		return nil, err
	}
	switch {
	case fs.NArg() > 0:
		return nil, fmt.Errorf("%q: arguments are not accepted; -file names a workload", fs.Arg(0))
	case o.rows < leastRows:
		return nil, fmt.Errorf("-rows %d: must be at least %d", o.rows, leastRows)
	case o.python != "" && !o.ways:
		return nil, errors.New("-python needs -ways")
	case o.rounds < 1:
		return nil, fmt.Errorf("-rounds %d: must be at least 1", o.rounds)
	}
	return o, nil
}
