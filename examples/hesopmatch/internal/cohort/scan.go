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

// checkInputs finds what is wrong with the inputs before any is read. It returns the bytes that are to be read, 0 if
// that is not known.
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
			return 0, fmt.Errorf("%s: is no regular file, and -quality reads each input twice: write it to a file and "+
				"name that", program.Plain(path))
		}
	}
	return 2 * size, nil
}

// scan takes in the appointments of all inputs. One that is read before its turn has a part of the cohort, which takes
// as much memory as a cohort of that input alone until it is merged.
func (g *gathering) scan(ctx context.Context, progress *program.Progress) error {
	first := sync.OnceValue(func() string { return g.personOf(g.opts.inputs.Paths[0]) })
	return g.opts.inputs.SideBySide(ctx, g.opts.manifest != "",
		func(ctx context.Context, i, _ int, turn *program.Turn) error {
			path := g.opts.inputs.Paths[i]
			// A column of the person that differs from the first one's is an error of the later input.
			if !turn.IsNow() && g.opts.Person == "" && g.personOf(path) != first() {
				if err := turn.Wait(); err != nil {
					return err
				}
			}
			return g.scanInput(ctx, path, progress, turn)
		})
}

// personOf returns the column of the person that a file has, "" if that is not known.
func (g *gathering) personOf(path string) string {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	in, err := g.opts.inputs.Open(path, nil, nil, nil, program.NotCodes(g.lists))
	if err != nil {
		return ""
	}
	defer func() { _ = in.Close() }() // the file was only read
	person, err := in.Reader.Person()
	if err != nil {
		return ""
	}
	return person.Name()
}

// scanInput takes in the appointments of an input. What changes g waits for its turn.
func (g *gathering) scanInput(
	ctx context.Context, path string, progress *program.Progress, turn *program.Turn,
) error {
	var sum hash.Hash
	var sums io.Writer
	if g.opts.manifest != "" {
		sum = sha256.New()
		sums = sum
	}
	if len(g.parts) > 0 { // an input that a part has brought is an error of Scan, and Merge would panic
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
		g.opts.notices.Note("%s: %s passed over", program.Name(path), program.Count(int(n), "blank line"))
	}
	one := input{
		path: path, rows: in.Reader.Rows(), fields: program.DescribeFields(in.Reader),
		columns: describeColumns(in.Reader),
		person:  g.opts.Person, skipped: in.Skipped,
	}
	if one.person == "" {
		person, err := in.Reader.Person()
		if err != nil {
			return err // which the scan would have failed with
		}
		one.person = person.Name()
	}
	if sum != nil {
		others, _ := g.opts.needs(in.Whole) // all are there, as the scan has shown
		if one.read, err = g.opts.inputs.ColumnsRead(in, others, program.NotCodes(g.lists)); err != nil {
			return err
		}
		one.sum = hex.EncodeToString(sum.Sum(nil))
	}
	g.inputs = append(g.inputs, one)
	return nil
}

// located adds the file to an error of columns.
func (g *gathering) located(path string, err error) error {
	if errors.Is(err, cohort.ErrPart) {
		return fmt.Errorf("%s: is an input of a part too (-merge), and each appointment would count twice: leave one "+
			"of them out", program.Name(path))
	}
	if errors.Is(err, cohort.ErrPerson) || errors.Is(err, hesop.ErrColumn) {
		return fmt.Errorf("%s: %w", program.Name(path), err)
	}
	return err
}
