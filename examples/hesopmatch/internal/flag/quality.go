package flag

import (
	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"
	"hesopmatch/match"
)

// heldCount is what the counts of a block are taken for while they wait for their turn: keys, above all.
const heldCount = 8 << 10

// countQuality makes the workers count the quality of the appointments of a block. Counts that come before their turn
// are merged into one Counter that waits, because a Counter of its own for each block would take more memory.
func (s *scan) countQuality() (match.ScanOption, error) {
	r, waiting := s.in.Reader, new(quality.Counter)
	merge := func() {
		s.quality.Merge(waiting)
		waiting.Reset()
	}
	if err := waiting.Begin(r); err != nil { // the report has its columns also if no rows follow
		return nil, err
	}
	err := s.turn.Do(heldCount, func() error { merge(); return nil })
	return match.Collect(
		func() *quality.Counter {
			c := new(quality.Counter)
			_ = c.Begin(r) // as it did for waiting
			return c
		},
		func(c *quality.Counter, a *hesop.Appointment, _ *match.Result) { c.Add(a) },
		func(c *quality.Counter) error {
			if s.turn.IsNow() {
				err := s.turn.Wait() // what waits is merged first
				s.quality.Merge(c)
				return err
			}
			waiting.Merge(c)
			return s.turn.Do(heldCount, func() error { merge(); return nil })
		},
	), err
}
