package cohort

// This file decides what a release hides. The package documentation states the rule in words.

// group is some numbers that a release shows or hides together.
type group struct {
	behind   int  // distinct people behind the numbers, counted up to Profile.Least
	never    bool // the data cannot hold it
	isHidden bool
	protects bool // hidden for the sake of another group
}

// cell is one number of a group.
type cell struct {
	*group
	n int64
}

// isShown reports whether a release prints the numbers.
func (g *group) isShown() bool { return !g.isHidden && !g.never }

// sum is a whole and its parts in one table.
type sum struct {
	whole cell
	parts []part

	people  bool // the numbers count people: each hidden one is below Profile.Least
	overlap bool // a person may be in several parts, so the parts add up to the whole or more
	more    bool // the whole has parts that the table does not list because they are empty
}

// part is one part, and the groups to hide with it because they add up to it.
type part struct {
	cell
	with []*group
}

// hide hides groups of fewer than Least people, and then the groups that would give one of them away.
func (b *builder) hide(p Profile) {
	for _, s := range b.sheets {
		for _, r := range s.rows {
			for _, c := range r.cells {
				c.isHidden = c.behind < int(p.Least)
			}
		}
	}
	for again := true; again; {
		again = false
		for i := range b.sums {
			if s := &b.sums[i]; s.pins(p) && s.hideSmallest() {
				again = true
			}
		}
	}
}

// pins reports whether the printed numbers leave a single value for the hidden ones together, or
// for one of them.
func (s *sum) pins(p Profile) bool {
	if !s.whole.isShown() {
		return false
	}
	whole := p.span(p.rounded(s.whole.n))
	rest := whole                         // what is left for the hidden parts
	n, none, protects := 0, s.more, false // a reader may know which hidden parts are zero
	for _, part := range s.parts {
		switch {
		case part.never:
		case part.isHidden && part.n == 0:
			none = true
		case part.isHidden:
			n++
			protects = protects || part.protects
		default:
			has := p.span(p.rounded(part.n))
			rest.low -= has.high
			rest.high -= has.low
		}
	}
	rest.low = max(rest.low, 0)
	if n == 0 && !none {
		return false
	}
	most := rest.high // that one hidden part can be
	switch {
	case s.overlap:
		most = whole.high
	case rest.low == rest.high:
		return true
	}
	if s.people && !protects {
		most = min(most, p.Least-1)
	}
	return n > 0 && most >= 0 && rest.low-int64(n-1)*most >= most
}

// hideSmallest hides the smallest printed part. It reports whether there was one.
func (s *sum) hideSmallest() bool {
	var smallest *part
	for i := range s.parts {
		if part := &s.parts[i]; part.isShown() && (smallest == nil || part.n < smallest.n) {
			smallest = part
		}
	}
	if smallest == nil {
		return false
	}
	for _, g := range append(smallest.with, smallest.group) {
		if g.isShown() {
			g.isHidden, g.protects = true, true
		}
	}
	return true
}
