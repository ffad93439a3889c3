// Package synth is the command synth. It writes synthetic outpatient appointments, which belong to no real people, in
// the layouts of HES Outpatients.
//
//	hesopmatch synth [-rows N] [-seed S] [-layout ukllc|national|otr|cprd]
//	    [-missing-diagnosis 0.94] [-missing-procedure 0.72] [-o FILE]
package synth

import (
	"context"
	"errors"
	"io"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
)

// options holds the command line.
type options struct {
	rows                               int
	seed                               uint64
	layout                             hesop.Layout
	missingDiagnosis, missingProcedure float64
	output                             string
}

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{}
	var layout string
	fs := program.NewFlags("synth")
	fs.Int("rows", &o.rows)
	fs.Uint64("seed", &o.seed)
	fs.Word("layout", &layout)
	fs.Float("missing-diagnosis", &o.missingDiagnosis)
	fs.Float("missing-procedure", &o.missingProcedure)
	fs.Text("o", &o.output)
	if err := fs.Parse(args, std); err != nil {
		return nil, err
	}
	for _, l := range []hesop.Layout{hesop.UKLLC, hesop.National, hesop.UKLLCOther, hesop.CPRD} {
		if l.String() == layout {
			o.layout = l
		}
	}
	switch isShare := func(x float64) bool { return x >= 0 && x <= 1 }; {
	case !isShare(o.missingDiagnosis):
		return nil, program.Usage("-missing-diagnosis %v: must be 0 to 1", o.missingDiagnosis)
	case !isShare(o.missingProcedure):
		return nil, program.Usage("-missing-procedure %v: must be 0 to 1", o.missingProcedure)
	case len(fs.Args()) > 0:
		return nil, program.Usage("%q: synth takes no arguments; -o names the output", fs.Args()[0])
	case o.rows < 0:
		return nil, program.Usage("-rows %d: cannot be negative", o.rows)
	}
	return o, nil
}

// Run runs the command with its arguments.
func Run(ctx context.Context, args []string, std program.IO) (err error) {
	opts, err := parseOptions(args, std)
	if err != nil {
		return err
	}
	generator, err := hesoptest.New(opts.seed,
		hesoptest.People(program.People(opts.rows)),
		hesoptest.MissingDiagnosis(opts.missingDiagnosis),
		hesoptest.MissingProcedure(opts.missingProcedure))
	if err != nil {
		return err
	}
	program.RemoveLeft(std.Stderr, opts.output)
	out, err := program.CreateOutput(opts.output, std.Stdout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	progress := program.StartProgress(std.Stderr, program.Work{Rows: int64(opts.rows)}, "auto")
	err = write(ctx, opts, generator, io.MultiWriter(out, countingWriter{progress}), progress)
	progress.Stop()
	if err != nil {
		return err
	}
	return out.Commit()
}

// write writes the rows, and checks ctx every 1,024 rows.
func write(
	ctx context.Context, opts *options, g *hesoptest.Generator, out io.Writer, progress *program.Progress,
) error {
	const often = 1024
	w := hesoptest.NewWriter(out, opts.layout)
	for done := 0; done < opts.rows; done += often {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		n := min(often, opts.rows-done)
		for row := range g.Rows(n) {
			if err := w.Write(row); err != nil {
				return err
			}
		}
		progress.Rows.Add(int64(n))
	}
	return w.Flush()
}

// countingWriter counts the bytes that are written.
type countingWriter struct{ progress *program.Progress }

func (c countingWriter) Write(p []byte) (int, error) {
	c.progress.Bytes.Add(int64(len(p)))
	return len(p), nil
}
