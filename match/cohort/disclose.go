package cohort

import "slices"

// This file decides which numbers a release suppresses. The code calls a suppressed number hidden. The package
// documentation states the rule in words.

// group is a set of numbers that a release shows or hides together.
type group struct {
	behind   int64 // the number of distinct people behind the numbers, counted up to Profile.Least
	never    bool  // the data cannot hold the numbers
	latent   bool  // no table contains the numbers
	isHidden bool
	protects bool     // the group is hidden to protect another group, whether or not it has enough people itself
	within   []*group // the groups that count parts of this group: if this group is hidden, they are hidden too
}

// isShown reports whether a release prints the numbers.
func (g *group) isShown() bool { return !g.isHidden && !g.never && !g.latent }

// cell is one number of a group.
type cell struct {
	*group
	n        int64
	isPeople bool
	isBehind bool // the cell stands for the people behind the appointments of an entry, and is in no table
	span     span // the range that a reader of the release can infer
	ties     []*tie
}

// far is larger than any number, but small enough that a sum of a million of them does not overflow.
const far = 1 << 42

// known returns the range that a reader can infer from the cell alone.
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

// isPinned reports whether the number is hidden but a reader can infer it. If Least is below 8, a reader is assumed to
// infer a number from two remaining values, because codes that lists have in common can rule out one of the two.
func (c *cell) isPinned(p Profile) bool {
	least := int64(1)
	if p.Least < 8 {
		least = 2
	}
	return !c.isShown() && !c.never && !c.latent && c.span.high-c.span.low < least
}

// sum states that some cells, its parts, add up to another cell, the whole.
type sum struct {
	whole *cell
	parts []*cell
	with  [][]*group // by part: the groups of its category, which are hidden with the part; may be shorter than parts

	// Only for a sum over the categories of a table:
	taken    [][len(codings)]*cell // by part: all appointments of its category; not for the part of empty categories
	unlisted *cell                 // the sum of the categories that no table lists

	// overlap is true if the cells count people who may be in several parts. Then no part exceeds the whole, and the
	// parts add up to the whole or more.
	overlap bool
}

// listed returns the sum itself, or splits a sum over the categories of a table into two sums. The parts of the first
// sum are the listed categories, and one number for all unlisted categories. The parts of the second sum are the
// unlisted categories, which add up to that number.
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

// listed returns all sums, split by which categories the tables list at this moment.
func (b *builder) listed() (all []sum) {
	for _, s := range slices.Concat(b.sums, b.tables) {
		all = append(all, s.listed()...)
	}
	return all
}

// hide hides the groups of fewer than Least people, and the categories and entries of hidden lists. If the printed
// numbers reveal a hidden number, hide also hides all other parts of the sum that contains it. Hiding only the smallest
// part would reveal that it is the smallest.
func (b *builder) hide(p Profile) {
	for _, c := range b.cells {
		if c.behind < p.Least {
			c.isHidden = true
			hideAll(c.within)
		}
	}
	for _, s := range b.listed() { // first, every sum that reveals a number on its own
		t := s.tie()
		cells := slices.Concat(t.bounds[0].less, t.bounds[0].more)
		for newInference(p, cells, t); s.pins(p) && s.hide(); newInference(p, cells, t) {
			continue
		}
	}
	for again := true; again; {
		sums := b.listed()
		ties := slices.Clone(b.ties)
		for _, s := range sums {
			ties = append(ties, s.tie())
		}
		newInference(p, b.cells, ties...).try(b.cells)
		again = slices.ContainsFunc(sums, func(s sum) bool { return s.pins(p) && s.hide() })
	}
}

// pins reports whether a reader can infer a hidden part, or the sum of all hidden parts.
func (s *sum) pins(p Profile) bool {
	// Both variables are ranges of the total of the hidden parts: "together" is the sum of the ranges of these parts,
	// and "rest" is what the other parts leave of the whole.
	together, rest := span{}, s.whole.span
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

// hide hides all parts. It reports whether any part was shown before.
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

// hideAll hides groups, and the groups within them, to protect other groups. Afterwards a reader cannot infer which of
// the hidden groups had to be hidden.
func hideAll(groups []*group) {
	for _, g := range groups {
		g.isHidden, g.protects = true, true
		hideAll(g.within)
	}
}
