package flag

import (
	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"
	"hesopmatch/match"
)

// counted is a Counter of some appointments of an input that follow each other.
type counted struct {
	*quality.Counter

	of *hesop.Reader
}

// Reset makes it a Counter of nothing.
func (c *counted) Reset() {
	c.Counter = new(quality.Counter)
	_ = c.Begin(c.of) // which fails for wrong arguments alone
}

// heldCount is what a Counter that waits counts as. It takes four times that: but for it, what -quality takes is the
// keys of all rows.
const heldCount = 8 << 10

// countedAll is the Counter of all inputs.
type countedAll struct{ *quality.Counter }

// Reset does nothing: one worker adds each appointment once, and in order.
func (countedAll) Reset() {}

// countQuality makes the workers count the quality of the appointments.
func (s *scan) countQuality() (match.ScanOption, error) {
	r := s.in.Reader
	if s.workers == 1 && s.turn.IsNow() {
		return match.Collect(
			func() countedAll { return countedAll{s.quality} },
			func(c countedAll, a *hesop.Appointment, _ *match.Result) { c.Add(a) },
			func(countedAll) error { return nil },
		), s.quality.Begin(r)
	}
	fresh := func() *counted {
		c := &counted{of: r}
		c.Reset()
		return c
	}
	empty := fresh().Counter // the report has its columns also if no rows follow
	err := s.turn.Do(heldCount, func() error { s.quality.Merge(empty); return nil })
	return match.Collect(fresh,
		func(c *counted, a *hesop.Appointment, _ *match.Result) { c.Add(a) },
		func(c *counted) error {
			counter := c.Counter
			if !s.turn.IsNow() {
				c.Reset() // which makes another one
			}
			return s.turn.Do(heldCount, func() error { s.quality.Merge(counter); return nil })
		},
	), err
}
