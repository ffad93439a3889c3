package main

import (
	"flag"

	"hesopmatch/examples/speed/internal/program"
)

const synopsis = "speed [-rows N] [-rounds N] [-file FILE] [-dir DIR]"

// leastRows are few, but enough for all lists together to match some, and for a tenth of them to
// be measured.
const leastRows = 1000

// options are the command line.
type options struct {
	args   []string // as given
	rows   int
	rounds int
	file   string
	dir    string

	sizes
}

// sizes are what no option changes. Tests have smaller ones.
type sizes struct {
	lists, entries     int    // of (b), in all
	huge, hugeEntries  int    // lists that are only compiled, and the entries of each
	passes             int    // over the values or rows of a small measure, in a round
	goCommand, program string // what builds hesopmatch, and its package
}

func fullSizes() sizes {
	return sizes{
		lists: 300, entries: 10_000, huge: 1000, hugeEntries: 1000,
		passes: 200, goCommand: "go", program: "hesopmatch/examples/hesopmatch",
	}
}

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{args: args, sizes: fullSizes()}
	fs := flag.NewFlagSet("speed", flag.ContinueOnError)
	fs.IntVar(&o.rows, "rows", 1_000_000, "`N` appointments of the workload")
	fs.IntVar(&o.rounds, "rounds", 5, "`N` times that everything is measured; the table has the medians")
	fs.StringVar(&o.file, "file", "", "`FILE` that synth -layout ukllc has written, of N rows, instead of a new one")
	fs.StringVar(&o.dir, "dir", "", "`DIR` in which a folder is made for as long as the program runs (default: that of temporary files)")
	if err := program.Parse(fs, args, std, synopsis); err != nil {
		return nil, err
	}
	switch {
	case fs.NArg() > 0:
		return nil, program.Usage("%q: no argument is taken; -file names a workload", fs.Arg(0))
	case o.rows < leastRows:
		return nil, program.Usage("-rows %d: must be %d at least", o.rows, leastRows)
	case o.rounds < 1:
		return nil, program.Usage("-rounds %d: must be 1 at least", o.rounds)
	}
	return o, nil
}
