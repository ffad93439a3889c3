package cohort

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
	"sync"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match/cohort"
)

// checkInputs refuses inputs that the run cannot read, before it reads any. It returns the number of bytes to read, or
// 0 if that is not known.
func (o *options) checkInputs() (size int64, err error) {
	size, regular, err := o.inputs.Stat()
	if err != nil {
		return 0, err
	}
	for _, path := range regular {
		if err := checkInput(path); err != nil {
			return 0, err
		}
	}
	if o.quality == "" {
		return size, nil
	}
	for _, path := range o.inputs.Paths {
		if !slices.Contains(regular, path) {
			return 0, fmt.Errorf("%s: is not a regular file, and -quality reads each input twice: save it as a file "+
				"and name that", program.Plain(path))
		}
	}
	return 2 * size, nil
}

// scan adds the appointments of all inputs to the cohort, in the order of the inputs. An input that is read before its
// turn gets its own part of the cohort. Until the part is merged, it takes as much memory as a cohort of that input
// alone.
func (g *gathering) scan(ctx context.Context, progress *program.Progress) error {
	first := sync.OnceValue(func() string { return g.personOf(g.opts.inputs.Paths[0]) })
	return g.opts.inputs.SideBySide(ctx, g.opts.manifest != "",
		func(ctx context.Context, i, _ int, turn *program.Turn) error {
			path := g.opts.inputs.Paths[i]
			// If the column of the person has another name here than in the first input, wait until it is this
			// input's turn, so that this input reports the error.
			if !turn.IsNow() && g.opts.Person == "" && g.personOf(path) != first() {
				if err := turn.Wait(); err != nil {
					return err
				}
			}
			return g.scanInput(ctx, path, progress, turn)
		})
}

// personOf returns the name of the column of the person in a file, or "" if that column cannot be found.
func (g *gathering) personOf(path string) string {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	in, err := g.opts.inputs.Open(path, nil, nil, nil, program.NotCodes(g.lists))
	if err != nil {
		return ""
	}
	defer func() { _ = in.Close() }() // the file is only read
	person, err := in.Reader.Person()
	if err != nil {
		return ""
	}
	return person.Name()
}

// scanInput adds the appointments of one input. It waits for the input's turn before it changes g.
func (g *gathering) scanInput(
	ctx context.Context, path string, progress *program.Progress, turn *program.Turn,
) error {
	var sum hash.Hash
	var sums io.Writer
	if g.opts.manifest != "" {
		sum = sha256.New()
		sums = sum
	}
	if len(g.parts) > 0 { // Scan reports an input that a part contains; Merge would panic
		if err := turn.Wait(); err != nil {
			return err
		}
	}
	in, err := g.opts.inputs.Open(path, g.stdin, progress, sums, program.NotCodes(g.lists))
	if err != nil {
		return err
	}
	into := g.cohort
	if !turn.IsNow() {
		into = into.Part()
	}
	err = into.Scan(ctx, in.Reader)
	if err = errors.Join(err, in.Close()); err != nil {
		return g.located(path, program.FlagError(err, program.Name(path)))
	}
	progress.Rows.Add(in.Reader.Rows())
	if err := turn.Wait(); err != nil {
		return err
	}
	if into != g.cohort {
		g.cohort.Merge(into)
	}
	g.addFields(in.Reader)
	g.warnSkipped(path, in.Skipped.Count)
	g.opts.notices.Add(in.Notices()...)
	if n := in.Reader.Blank(); n > 0 {
		g.opts.notices.Note("%s: %s ignored", program.Name(path), program.Count(int(n), "blank line"))
	}
	one := input{
		path: path, rows: in.Reader.Rows(), fields: program.DescribeFields(in.Reader),
		columns: describeColumns(in.Reader),
		person:  g.opts.Person, skipped: in.Skipped,
	}
	if one.person == "" {
		person, err := in.Reader.Person()
		if err != nil {
			return err // the scan would have failed with the same error
		}
		one.person = person.Name()
	}
	if sum != nil {
		others, _ := g.opts.needs(in.Whole) // cannot fail: the scan has found all these columns
		if one.read, err = g.opts.inputs.ColumnsRead(in, others, program.NotCodes(g.lists)); err != nil {
			return err
		}
		one.sum = hex.EncodeToString(sum.Sum(nil))
	}
	g.inputs = append(g.inputs, one)
	return nil
}

// located adds the name of the file to an error about columns.
func (g *gathering) located(path string, err error) error {
	if errors.Is(err, cohort.ErrPart) {
		return fmt.Errorf("%s: is also an input of a part (-merge), so each appointment would count twice: leave one "+
			"of them out", program.Name(path))
	}
	if errors.Is(err, cohort.ErrPerson) || errors.Is(err, hesop.ErrColumn) {
		return fmt.Errorf("%s: %w", program.Name(path), err)
	}
	return err
}
