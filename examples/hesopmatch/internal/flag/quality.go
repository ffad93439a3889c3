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

// countQuality makes the workers count the quality of the appointments.
func (s *scan) countQuality() (match.ScanOption, error) {
	r := s.in.Reader
	all := new(quality.Counter)
	if err := all.Begin(r); err != nil {
		return nil, err
	}
	if err := s.turn.Do(0, func() error { s.quality.Merge(all); return nil }); err != nil { // the columns, if no rows follow
		return nil, err
	}
	fresh := func() *counted {
		c := &counted{of: r}
		c.Reset()
		return c
	}
	return match.Collect(fresh, func(c *counted, a *hesop.Appointment, _ *match.Result) { c.Add(a) },
		func(c *counted) error {
			counter := c.Counter
			if !s.turn.IsNow() {
				c.Reset() // which makes another one
			}
			return s.turn.Do(heldCount, func() error { s.quality.Merge(counter); return nil })
		}), nil
}
