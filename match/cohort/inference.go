package cohort

import "slices"

// inference computes what a reader of a release can infer: the smallest and the largest possible value of each number.
type inference struct {
	ties  []*tie
	queue []*tie // the ties that may narrow a number further
	steps int    // remaining steps, which bound the running time
	wrong bool   // no value is possible for some number
	trail []was  // the earlier ranges of changed cells, so that canBe can undo its changes
}

// tie is a set of bounds that are used or ignored together. They are ignored if they contradict the other ties.
type tie struct {
	bounds           []bound // the first bound contains every cell of the other bounds
	isQueued, isDead bool
}

// bound states that times × sum(less) ≤ sum(more), where sum adds up the numbers of the cells.
type bound struct {
	times      int64
	less, more []*cell
}

// was records the earlier range of a cell, so that a change can be undone.
type was struct {
	c    *cell
	span span
}

// tie returns the bounds of a sum.
func (s *sum) tie() *tie {
	whole := []*cell{s.whole}
	t := &tie{bounds: []bound{{1, whole, s.parts}, {1, s.parts, whole}}}
	for i := 0; s.overlap && i < len(s.parts); i++ {
		t.bounds = append(t.bounds[:i+1], bound{1, s.parts[i : i+1], whole})
	}
	return t
}

// newInference works out the range of each number from the printed numbers and the ties, one tie at a time. It ignores
// ties that contradict the other ties: a person may be recorded with two sexes, for example.
func newInference(p Profile, cells []*cell, ties ...*tie) *inference {
	k := &inference{ties: ties, steps: 100 * len(ties)}
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

func (k *inference) add(t *tie) {
	if !t.isQueued {
		t.isQueued = true
		k.queue = append(k.queue, t)
	}
}

// work narrows ranges until nothing changes or no steps are left.
func (k *inference) work() {
	for ; len(k.queue) > 0 && k.steps > 0; k.steps-- {
		t := k.queue[0]
		k.queue, t.isQueued = k.queue[1:], false
		if !t.isDead {
			k.narrow(t)
		}
	}
}

// narrow narrows the range of each number of a tie, using the ranges of the other numbers of the tie.
func (k *inference) narrow(t *tie) {
	for _, b := range t.bounds {
		var less, more int64 // the least sum of b.less, the largest sum of b.more
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

// within narrows the range of one number to the values from low to high.
func (k *inference) within(c *cell, low, high int64) {
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

// try tests the smallest and the largest value of each hidden number that has two or three values left. It rules out a
// value that contradicts the other numbers.
func (k *inference) try(cells []*cell) {
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

// tryEnds tests the smallest and the largest value of one number. It reports whether it ruled out a value.
func (k *inference) tryEnds(c *cell) bool {
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

// canBe reports whether a number can have the value n.
func (k *inference) canBe(c *cell, n int64) bool {
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
