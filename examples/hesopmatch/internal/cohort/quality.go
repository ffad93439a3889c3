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

// checkQuality finds inputs whose quality cannot be counted, as far as the command line shows them.
func (o *options) checkQuality() error {
	switch {
	case o.quality == "":
		return nil
	case len(o.inputs.Paths) == 0:
		return program.Usage("-quality counts the INPUTs, and there is none: give it to the runs that write the parts")
	case slices.Contains(o.inputs.Paths, "-"):
		return program.Usage("-quality reads each input twice, and standard input (-) can be read once: write it to " +
			"a file and name that, or take flag -quality")
	}
	return nil
}

// countQuality counts the quality of all inputs, by a pass of its own.
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
		return fmt.Errorf("-quality: %d appointments at the first reading, %d at the second: an input has changed; "+
			"run again when it is whole", rows, counted)
	}
	return nil
}

// writeQuality writes the counts.
func (g *gathering) writeQuality(w io.Writer) error {
	return g.quality.Write(w, "cohort", g.opts.inputs.Paths, privateNote)
}
