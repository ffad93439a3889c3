package match

import (
	"context"

	"hesopmatch/hesop"
	"hesopmatch/internal/seam"
)

// scanner is a scan by several workers: what they do with each block, and what is done
// with the blocks in order.
type scanner struct {
	ctx    context.Context // of the one Scan
	m      *Matcher
	only   func(*hesop.Appointment, *Result) bool
	fn     func(*hesop.Appointment, *Result) error
	totals *Totals
}

// blockResult is what was found in a block: its totals, and the results of the
// appointments that were kept for fn.
type blockResult struct {
	totals *Totals
	res    *Result
	kept   []keptResult
	lists  []uint32 // of the results that are kept, one behind the other
}

// keptResult is a Result: the systems it is coded in and where its lists end in
// blockResult.lists, which begin where those of the one before it end.
type keptResult struct {
	coded                    codedIn
	matched, undecided, open int
}

// work matches the appointments of a block. It may be given one for the second time.
func (s *scanner) work(b seam.Block[*hesop.Appointment]) {
	r, ok := (*b.State()).(*blockResult)
	if !ok {
		r = &blockResult{totals: s.m.NewTotals(), res: s.m.NewResult()}
		*b.State() = r
	}
	r.totals.reset()
	r.kept, r.lists = r.kept[:0], r.lists[:0]
	for a := range b.All() {
		codes := a.Codes()
		s.m.Match(codes, r.res)
		r.totals.Add(codes, r.res)
		if s.only == nil || s.only(a, r.res) {
			b.Keep()
			r.keep()
		}
	}
}

// keep keeps the result at hand.
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

// take calls fn for the appointments that were kept.
func (s *scanner) take(b seam.Block[*hesop.Appointment]) error {
	r := (*b.State()).(*blockResult)
	n, start, last := 0, 0, int64(0) // last is the row that fn was called for
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
			s.addUpTo(b, a.Row())
			return err
		}
	}
	s.totals.Merge(r.totals)
	return nil
}

// addUpTo adds the appointments of a block up to a row to the totals: those that come
// behind it are not part of a scan that ends there.
func (s *scanner) addUpTo(b seam.Block[*hesop.Appointment], row int64) {
	res := s.m.NewResult()
	for a := range b.All() {
		if a.Row() > row {
			return
		}
		s.m.Match(a.Codes(), res)
		s.totals.Add(a.Codes(), res)
	}
}
