package cohort

import "slices"

// This file decides what a release hides. The package documentation states the rule in words.

// group is some numbers that a release shows or hides together.
type group struct {
	behind   int64 // distinct people behind the numbers, counted up to Profile.Least
	never    bool  // the data cannot hold it
	latent   bool  // no table has it
	isHidden bool
	protects bool     // it may be hidden for the sake of another group
	within   []*group // hidden with it: they add up to it
}

// isShown reports whether a release prints the numbers.
func (g *group) isShown() bool { return !g.isHidden && !g.never && !g.latent }

// cell is one number of a group.
type cell struct {
	*group
	n        int64
	isPeople bool
	isBehind bool // people of whom no table has the number, behind one that is printed
	span     span // what a reader of the release knows of it
	ties     []*tie
}

// far is more than any number, and a million of them have a sum.
const far = 1 << 42

// known returns what a cell tells by itself.
func (c *cell) known(p Profile) span {
	switch {
	case c.isShown() && c.isBehind:
		return span{p.Least, far}
	case c.isShown():
		return p.span(p.rounded(c.n))
	case c.never:
		return span{}
	case c.isPeople && !c.protects && !c.latent:
		return span{0, p.Least - 1}
	}
	return span{0, far}
}

// isPinned reports whether a reader knows a hidden number. Under a rule of few people two values that are left count as
// one: what lists have in common can rule out the other.
func (c *cell) isPinned(p Profile) bool {
	least := int64(1)
	if p.Least < 8 {
		least = 2
	}
	return !c.isShown() && !c.never && !c.latent && c.span.high-c.span.low < least
}

// sum is a whole and its parts.
type sum struct {
	whole *cell
	parts []*cell
	with  [][]*group // by part, as far as there are any: the groups to hide with it because they add up to it

	// Of a sum over the categories of a table:
	taken    [][len(codings)]*cell // by part: all appointments of the category; a part behind them is the rest
	unlisted *cell                 // what the categories come to that no table lists

	// overlap is true for people who may be in several parts: each part is the whole at most, and the parts add up to
	// the whole or more.
	overlap bool
}

// listed returns a sum or, of one over the categories of a table, that of what is listed with what is not, and that of
// the latter.
func (s *sum) listed() []sum {
	listed, not := sum{whole: s.whole, overlap: s.overlap}, sum{whole: s.unlisted, overlap: s.overlap}
	for i, part := range s.parts {
		to := &not
		if s.unlisted == nil || i < len(s.taken) && s.taken[i][0].isShown() {
			to = &listed
		}
		to.parts = append(to.parts, part)
		if i < len(s.with) {
			to.with = append(to.with, s.with[i])
		}
	}
	if len(not.parts) == 0 {
		return []sum{listed}
	}
	listed.parts = append(listed.parts, s.unlisted)
	return []sum{listed, not}
}

// listed returns all sums, of the categories as they are listed now.
func (b *builder) listed() (all []sum) {
	for _, s := range slices.Concat(b.sums, b.tables) {
		all = append(all, s.listed()...)
	}
	return all
}

// hide hides the groups of fewer than Least people and the entries of hidden lists. Where what is printed gives a
// hidden number away, it hides the other parts of that sum as well: to hide only the smallest would tell that it is
// the smallest.
func (b *builder) hide(p Profile) {
	for _, c := range b.cells {
		if c.behind < p.Least {
			c.isHidden = true
			hideAll(c.within)
		}
	}
	for _, s := range b.listed() { // those that give a number away by themselves
		t := s.tie()
		cells := slices.Concat(t.bounds[0].less, t.bounds[0].more)
		for newKnown(p, cells, t); s.pins(p) && s.hide(); newKnown(p, cells, t) {
			continue
		}
	}
	for again := true; again; {
		sums := b.listed()
		ties := slices.Clone(b.ties)
		for _, s := range sums {
			ties = append(ties, s.tie())
		}
		newKnown(p, b.cells, ties...).try(b.cells)
		again = slices.ContainsFunc(sums, func(s sum) bool { return s.pins(p) && s.hide() })
	}
}

// pins reports whether a reader knows a hidden part, or what all hidden parts come to.
func (s *sum) pins(p Profile) bool {
	together, rest := span{}, s.whole.span // by the hidden parts, and by what the others leave
	for _, part := range s.parts {
		switch {
		case part.isPinned(p):
			return true
		case part.isShown() || part.latent:
			rest = span{rest.low - part.span.high, rest.high - part.span.low}
		default:
			together = span{together.low + part.span.low, together.high + part.span.high}
		}
	}
	return !s.overlap && together.high > 0 && max(together.low, rest.low) == min(together.high, rest.high)
}

// hide hides all parts. It reports whether some were shown.
func (s *sum) hide() (some bool) {
	for i, part := range s.parts {
		if part.latent || part.never {
			continue
		}
		some = some || part.isShown()
		hideAll([]*group{part.group})
		if i < len(s.with) {
			hideAll(s.with[i])
		}
	}
	return some
}

// hideAll hides groups for the sake of others, and what is within them. Which had to be hidden is not known then.
func hideAll(groups []*group) {
	for _, g := range groups {
		g.isHidden, g.protects = true, true
		hideAll(g.within)
	}
}
