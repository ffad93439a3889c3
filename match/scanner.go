package match

import (
	"context"

	"hesopmatch/hesop"
	"hesopmatch/internal/seam"
)

// scanner runs a scan. The method scanAlone does everything in one goroutine. With several workers, blocks are matched
// by the method work and then handled in order by the method take.
type scanner struct {
	scanOptions

	ctx    context.Context // the Context of this call of Scan
	m      *Matcher
	fn     func(*hesop.Appointment, *Result) error
	totals *Totals
}

// scanAlone reads, matches and calls fn in one goroutine.
func (s *scanner) scanAlone(r *hesop.Reader) error {
	const (
		often = 64   // rows between checks of ctx, in addition to the check before each call of fn
		most  = 4096 // maximum number of rows added to one value of Collect
	)
	res, values := s.m.NewResult(), s.newCollectors()
	n, held, start := 0, 0, int64(0) // rows read, rows in values, and the offset of the first row in values
	for a, err := range r.All() {
		if err != nil && s.ctx.Err() != nil {
			return context.Cause(s.ctx) // err may be an error of the source that wraps this cause
		}
		if err != nil {
			return values.takeLast(err)
		}
		if held == most || a.Offset()-start >= int64(s.block) {
			if err := values.take(); err != nil {
				return err
			}
			values.reset()
			held, start = 0, a.Offset()
		}
		codes := a.Codes()
		s.m.Match(codes, res)
		isGiven := s.only == nil || s.only(a, res)
		if n++; (isGiven || n%often == 0) && s.ctx.Err() != nil {
			return context.Cause(s.ctx)
		}
		s.totals.Add(codes, res)
		values.add(a, res)
		held++
		if isGiven {
			if err := s.fn(a, res); err != nil {
				return values.takeLast(err)
			}
		}
	}
	return values.take()
}

// blockResult is the outcome of a block: its totals, the values of Collect, and the results of the appointments kept
// for fn.
type blockResult struct {
	totals *Totals
	values collectors
	res    *Result
	kept   []keptResult
	lists  []uint32 // the lists of the kept results, one result after another
}

// keptResult is a compact Result. It holds the systems in which the appointment is coded, and the ends of its lists in
// blockResult.lists. The lists of a result begin where those of the previous result end.
type keptResult struct {
	coded                    codedIn
	matched, undecided, open int
}

// work matches the appointments of a block. It may be called twice for one block.
func (s *scanner) work(b seam.Block[*hesop.Appointment]) {
	r, ok := (*b.State()).(*blockResult)
	if !ok {
		r = &blockResult{totals: s.m.NewTotals(), values: s.newCollectors(), res: s.m.NewResult()}
		*b.State() = r
	}
	r.totals.reset()
	r.values.reset()
	r.kept, r.lists = r.kept[:0], r.lists[:0]
	for a := range b.All() {
		codes := a.Codes()
		s.m.Match(codes, r.res)
		r.totals.Add(codes, r.res)
		r.values.add(a, r.res)
		if s.only == nil || s.only(a, r.res) {
			b.Keep()
			r.keep()
		}
	}
}

// keep appends the current result to the kept results.
func (r *blockResult) keep() {
	k := keptResult{coded: r.res.coded}
	r.lists = append(r.lists, r.res.matched.lists...)
	k.matched = len(r.lists)
	r.lists = append(r.lists, r.res.undecided.lists...)
	k.undecided = len(r.lists)
	r.lists = append(r.lists, r.res.open.lists...)
	k.open = len(r.lists)
	r.kept = append(r.kept, k)
}

// take calls fn for each kept appointment, and then calls the function take of each option Collect with what that
// option gathered from the block.
func (s *scanner) take(b seam.Block[*hesop.Appointment]) error {
	r := (*b.State()).(*blockResult)
	n, start, last := 0, 0, int64(0) // last is the last row passed to fn
	for a := range b.Kept() {
		k := &r.kept[n]
		r.res.m, r.res.codes, r.res.row, r.res.coded = s.m, nil, a.Row(), k.coded
		r.res.matched.lists = append(r.res.matched.lists[:0], r.lists[start:k.matched]...)
		r.res.undecided.lists = append(r.res.undecided.lists[:0], r.lists[k.matched:k.undecided]...)
		r.res.open.lists = append(r.res.open.lists[:0], r.lists[k.undecided:k.open]...)
		n, start = n+1, k.open
		if s.ctx.Err() != nil {
			s.addUpTo(b, last)
			return context.Cause(s.ctx)
		}
		last = a.Row()
		if err := s.fn(a, r.res); err != nil {
			s.addUpTo(b, last)
			return r.values.takeLast(err)
		}
	}
	s.totals.Merge(r.totals)
	return r.values.take()
}

// addUpTo adds the appointments of a block, up to and including the given row, to the totals. It rebuilds the values
// from only these appointments, because later ones are not part of a scan that ends at that row.
func (s *scanner) addUpTo(b seam.Block[*hesop.Appointment], row int64) {
	res, values := s.m.NewResult(), (*b.State()).(*blockResult).values
	values.reset()
	for a := range b.All() {
		if a.Row() > row {
			return
		}
		s.m.Match(a.Codes(), res)
		s.totals.Add(a.Codes(), res)
		values.add(a, res)
	}
}
