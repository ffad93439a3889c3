package flag

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// scanInputs flags the appointments of all inputs. A scan may start before the turn of its input, but waits for that
// turn before it changes f.
func (f *flagging) scanInputs(ctx context.Context) error {
	return f.opts.inputs.SideBySide(ctx, f.opts.manifest != "",
		func(ctx context.Context, i, workers int, turn *program.Turn) error {
			if err := f.checkUnchanged(i); err != nil {
				return err
			}
			in, err := f.open(f.opts.inputs.Paths[i], f.opts.manifest != "")
			if err != nil {
				return err
			}
			s := &scan{flagging: f, in: in, isFirst: i == 0, workers: workers, turn: turn}
			if err := errors.Join(s.run(ctx), in.Close()); err != nil {
				return err
			}
			return f.checkUnchanged(i)
		})
}

// scan flags the appointments of one input.
type scan struct {
	*flagging

	in      *input
	isFirst bool
	workers int
	turn    *program.Turn

	lines  lineMaker
	starts []rowStart // if hits are written: where each appointment with hits in the current batch starts
}

func (s *scan) run(ctx context.Context) error {
	r := s.in.Reader
	if err := s.begin(); err != nil {
		return err
	}
	opts := []match.ScanOption{
		match.Workers(s.workers), match.Collect(func() *batch { return new(batch) }, s.add, s.take),
	}
	if s.opts.inputs.Block > 0 {
		opts = append(opts, match.BlockSize(s.opts.inputs.Block))
	}
	if s.quality != nil {
		count, err := s.quality.Count(r, s.turn)
		if err != nil {
			return err
		}
		opts = append(opts, count)
	}
	var number func(*hesop.Appointment, *match.Result) error
	if s.lines.numbered() {
		opts = append(opts, match.MatchedOnly())
		number = func(a *hesop.Appointment, _ *match.Result) error {
			s.starts = append(s.starts, rowStart{a.Row(), a.Line()})
			return nil
		}
	}
	totals, err := match.Scan(ctx, s.matcher, r, number, opts...)
	if err == nil {
		err = s.turn.Wait()
	}
	if err != nil {
		return program.FlagError(err, program.Name(s.in.Path), s.opts.output)
	}
	return s.finish(totals)
}

// begin finds the columns that are written. For the first input it writes the header.
func (s *scan) begin() error {
	r, path := s.in.Reader, s.in.Path
	if slices.Contains(s.streams, path) {
		if err := s.learnStream(s.in.Whole, path); err != nil {
			return err
		}
	}
	if err := s.check(s.in.Whole, path); err != nil {
		return err
	}
	var err error
	if s.in.columns, err = s.chooseColumns(r, path); err != nil {
		return err
	}
	if s.people != nil {
		if s.in.person, err = s.opts.personColumn(r); err != nil {
			return fmt.Errorf("%s: %w", program.Name(path), err)
		}
	}
	s.lines = s.flagging.lines.of(s.in)
	if !s.isFirst {
		return nil
	}
	names := s.in.columns.names(r)
	if s.union != nil {
		names = s.union.names
	}
	_, err = s.out.Write(s.lines.header(names))
	return err
}

func (s *scan) add(b *batch, a *hesop.Appointment, res *match.Result) {
	b.rows++
	first := len(b.hits)
	if res.AnyMatch() {
		b.hits = s.matcher.AppendHits(b.hits, a.Codes())
	}
	b.addUnrecognised(a.Codes())
	s.lines.add(b, a, res, b.hits[first:])
}

// take writes a batch once the turn of its input has come.
func (s *scan) take(b *batch) error {
	s.progress.Rows.Add(b.rows)
	starts := s.starts
	s.starts = s.starts[:0]
	if !s.turn.IsNow() {
		b, starts = b.clone(), slices.Clone(starts)
	}
	return s.turn.Do(b.size(), func() error { return s.write(b, starts) })
}

// write writes the lines of a batch and adds what was found in it.
func (s *scan) write(b *batch, starts []rowStart) error {
	s.findings.add(b)
	if s.people != nil {
		s.people.rows.add(&b.counts)
	}
	text := b.text
	if s.lines.numbered() {
		text = b.numberLines(s.rows, starts)
	}
	if len(text) > s.out.Available() { // so that a long text is not copied
		if err := s.out.Flush(); err != nil {
			return err
		}
	}
	_, err := s.out.Write(text)
	return err
}

// finish adds what the run reports about the input.
func (s *scan) finish(totals *match.Totals) (err error) {
	r := s.in.Reader
	if s.opts.manifest != "" {
		if s.in.read, err = s.columnsRead(s.in.Input); err != nil {
			return err
		}
	}
	s.totals.Merge(totals)
	s.opts.notices.Add(s.in.Notices()...)
	s.in.finish(totals)
	s.rows += r.Rows()
	s.inputs = append(s.inputs, *s.in)
	return nil
}
