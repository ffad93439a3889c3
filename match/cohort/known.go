package cohort

import "slices"

// known is what a reader of a release works out: the least and the greatest that each number can be.
type known struct {
	cells  []*cell
	ties   []tie
	queue  []int // ties that may have news
	queued []bool
	dead   []bool // ties that contradict the rest
	steps  int    // that are left, so that it ends
	wrong  bool   // a number could be nothing any more
	trail  []was
}

// tie is what ties numbers together: sum or most.
type tie interface {
	cells() []*cell
	narrow(k *known) // by what is known of the others
}

// was is what was known of a number before.
type was struct {
	c    *cell
	span span
}

// newKnown works out what each number can be from what is printed and from the ties one by one. Ties that contradict
// the rest do not count: a person may have two sexes.
func newKnown(p Profile, cells []*cell, ties []tie) *known {
	n := len(ties)
	k := &known{cells: cells, ties: ties, queued: make([]bool, n), dead: make([]bool, n), steps: 100 * n}
	for _, c := range cells {
		c.span, c.ties = c.known(p), c.ties[:0]
	}
	for i, t := range ties {
		for _, c := range t.cells() {
			c.ties = append(c.ties, i)
		}
		k.add(i)
	}
	k.work()
	return k
}

func (k *known) add(tie int) {
	if !k.queued[tie] {
		k.queued[tie] = true
		k.queue = append(k.queue, tie)
	}
}

// work narrows until there is no news.
func (k *known) work() {
	for ; len(k.queue) > 0 && k.steps > 0; k.steps-- {
		i := k.queue[0]
		k.queue, k.queued[i] = k.queue[1:], false
		if !k.dead[i] {
			k.ties[i].narrow(k)
		}
	}
}

// within narrows one number.
func (k *known) within(c *cell, low, high int64) {
	s := span{max(c.span.low, low), min(c.span.high, high)}
	switch {
	case s.low > s.high:
		k.wrong = true
	case s != c.span:
		k.trail = append(k.trail, was{c, c.span})
		c.span = s
		for _, i := range c.ties {
			k.add(i)
		}
	}
}

// try supposes of each hidden number of which few values are left that it is the least or the greatest of them. Where
// that contradicts the rest, it is not.
func (k *known) try() {
	for i, t := range k.ties {
		k.wrong = false
		t.narrow(k)
		k.dead[i] = k.wrong
	}
	k.work()
	for again := true; again; {
		again = false
		for _, c := range k.cells {
			for k.tryEnds(c) {
				again = true
			}
		}
	}
}

// tryEnds tries one number. It reports whether a value is ruled out.
func (k *known) tryEnds(c *cell) bool {
	const few = 2
	low, high := c.span.low, c.span.high
	switch {
	case !c.isHidden || low == high || high-low > few:
		return false
	case !k.canBe(c, low):
		k.within(c, low+1, high)
	case !k.canBe(c, high):
		k.within(c, low, high-1)
	default:
		return false
	}
	k.steps = 100 * len(k.ties)
	k.work()
	return true
}

// canBe reports whether a number can have a value.
func (k *known) canBe(c *cell, n int64) bool {
	k.wrong, k.trail, k.steps = false, k.trail[:0], 10*len(k.ties)
	k.within(c, n, n)
	k.work()
	for len(k.trail) > 0 {
		last := k.trail[len(k.trail)-1]
		last.c.span = last.span
		k.trail = k.trail[:len(k.trail)-1]
	}
	for _, i := range k.queue {
		k.queued[i] = false
	}
	k.queue = k.queue[:0]
	return !k.wrong
}

// most says that some numbers, added up and taken times over, come to others at most.
type most struct {
	times      int64
	less, more []*cell
}

func (m *most) cells() []*cell { return slices.Concat(m.less, m.more) }

func (m *most) narrow(k *known) {
	var less, more span // together
	for _, c := range m.less {
		less.low += c.span.low
	}
	for _, c := range m.more {
		more.high += c.span.high
	}
	for _, c := range m.less {
		k.within(c, 0, more.high/m.times-less.low+c.span.low)
	}
	for _, c := range m.more {
		k.within(c, m.times*less.low-more.high+c.span.high, far)
	}
}

func (s *sum) cells() []*cell {
	cells := []*cell{s.whole}
	for _, part := range s.parts {
		cells = append(cells, part.cell)
	}
	return cells
}

func (s *sum) narrow(k *known) {
	var all span // the parts together
	greatest := int64(0)
	for _, part := range s.parts {
		all.low += part.span.low
		all.high += part.span.high
		greatest = max(greatest, part.span.low)
	}
	whole := s.whole.span
	if s.overlap {
		all.low = greatest
	}
	k.within(s.whole, all.low, all.high)
	for _, part := range s.parts {
		room := whole.high
		if !s.overlap {
			room -= all.low - part.span.low
		}
		k.within(part.cell, whole.low-(all.high-part.span.high), room)
	}
}
