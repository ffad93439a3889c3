package cohort

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match"
)

// checkQuality refuses inputs whose quality cannot be counted, if the command line alone shows this.
func (o *options) checkQuality() error {
	switch {
	case o.quality == "":
		return nil
	case len(o.inputs.Paths) == 0:
		return program.Usage("-quality describes the INPUTs, and there are none: give it to the runs that write the " +
			"parts")
	case slices.Contains(o.inputs.Paths, "-"):
		return program.Usage("-quality reads each input twice, but standard input (-) can be read only once: save it " +
			"as a file and name that, or use flag -quality")
	}
	return nil
}

// countQuality counts the quality of all inputs in a separate pass.
func (g *gathering) countQuality(ctx context.Context, progress *program.Progress) error {
	if g.opts.quality == "" {
		return nil
	}
	g.quality = new(program.Quality)
	inputs := g.opts.inputs
	inputs.Needs = nil // quality looks at all columns
	err := inputs.SideBySide(ctx, false, func(ctx context.Context, i, workers int, turn *program.Turn) error {
		in, err := inputs.Open(inputs.Paths[i], g.stdin, progress, nil, program.NotCodes(g.lists))
		if err != nil {
			return err
		}
		count, err := g.quality.Count(in.Reader, turn)
		if err == nil {
			opts := []match.ScanOption{match.Workers(workers), count}
			if inputs.Block > 0 {
				opts = append(opts, match.BlockSize(inputs.Block))
			}
			_, err = match.Scan(ctx, g.cohort.Matcher(), in.Reader, nil, opts...)
		}
		if err := errors.Join(err, in.Close()); err != nil {
			return program.FlagError(err, program.Name(inputs.Paths[i]))
		}
		return nil
	})
	if err != nil {
		return err
	}
	var rows int64
	for _, in := range g.inputs {
		rows += in.rows - in.skipped.Count
	}
	if counted := g.quality.Rows(); counted != rows {
		return fmt.Errorf("-quality: the first pass read %d appointments, the second %d: an input has changed; run "+
			"again when it is complete", rows, counted)
	}
	return nil
}

// writeQuality writes the quality counts.
func (g *gathering) writeQuality(w io.Writer) error {
	return g.quality.Write(w, "cohort", g.opts.inputs.Paths, privateNote)
}
