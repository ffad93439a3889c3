package cohort

import "slices"

// known is what a reader of a release works out: the least and the greatest that each number can be.
type known struct {
	ties  []*tie
	queue []*tie // that may have news
	steps int    // that are left, so that it ends
	wrong bool   // a number could be nothing any more
	trail []was
}

// tie is bounds that hold together. If they contradict what else is known, none of them counts.
type tie struct {
	bounds           []bound // each is of numbers of the first one
	isQueued, isDead bool
}

// bound says that some numbers, added up and taken times over, come to others at most.
type bound struct {
	times      int64
	less, more []*cell
}

// was is what was known of a number before.
type was struct {
	c    *cell
	span span
}

// tie says what a sum does.
func (s *sum) tie() *tie {
	whole := []*cell{s.whole}
	t := &tie{bounds: []bound{{1, whole, s.parts}, {1, s.parts, whole}}}
	for i := 0; s.overlap && i < len(s.parts); i++ {
		t.bounds = append(t.bounds[:i+1], bound{1, s.parts[i : i+1], whole})
	}
	return t
}

// newKnown works out what each number can be from what is printed and from the ties one by one. Ties that contradict
// the rest do not count: a person may have two sexes.
func newKnown(p Profile, cells []*cell, ties ...*tie) *known {
	k := &known{ties: ties, steps: 100 * len(ties)}
	for _, c := range cells {
		c.span, c.ties = c.known(p), c.ties[:0]
	}
	for _, t := range ties {
		t.isQueued, t.isDead = false, false
		for _, cells := range [...][]*cell{t.bounds[0].less, t.bounds[0].more} {
			for _, c := range cells {
				c.ties = append(c.ties, t)
			}
		}
		k.add(t)
	}
	k.work()
	return k
}

func (k *known) add(t *tie) {
	if !t.isQueued {
		t.isQueued = true
		k.queue = append(k.queue, t)
	}
}

// work narrows until there is no news.
func (k *known) work() {
	for ; len(k.queue) > 0 && k.steps > 0; k.steps-- {
		t := k.queue[0]
		k.queue, t.isQueued = k.queue[1:], false
		if !t.isDead {
			k.narrow(t)
		}
	}
}

// narrow narrows each number of a tie by what is known of the others.
func (k *known) narrow(t *tie) {
	for _, b := range t.bounds {
		var less, more int64 // together, at least and at most
		for _, c := range b.less {
			less += c.span.low
		}
		for _, c := range b.more {
			more += c.span.high
		}
		for _, c := range b.less {
			k.within(c, 0, more/b.times-less+c.span.low)
		}
		for _, c := range b.more {
			k.within(c, b.times*less-more+c.span.high, far)
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
		for _, t := range c.ties {
			k.add(t)
		}
	}
}

// try supposes of each hidden number of which few values are left that it is the least or the greatest of them. Where
// that contradicts the rest, it is not.
func (k *known) try(cells []*cell) {
	for _, t := range k.ties {
		k.wrong = false
		k.narrow(t)
		t.isDead = k.wrong
	}
	k.work()
	for again := true; again; {
		again = false
		for _, c := range cells {
			again = k.tryEnds(c) || again
		}
	}
}

// tryEnds tries one number. It reports whether a value is ruled out.
func (k *known) tryEnds(c *cell) bool {
	low, high := c.span.low, c.span.high
	switch {
	case !c.isHidden || low == high || high-low > 2:
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
	for _, last := range slices.Backward(k.trail) {
		last.c.span = last.span
	}
	for _, t := range k.queue {
		t.isQueued = false
	}
	k.queue = k.queue[:0]
	return !k.wrong
}
