package cohort

// What is hidden, and why that is enough, is one rule; the package documentation has it in words.

// group is the numbers of a cell of a table that are shown or hidden together.
type group struct {
	behind   int  // distinct people behind them, up to as many as are needed
	never    bool // the data cannot have it
	isHidden bool
	protects bool // it is hidden so that another one cannot be worked out
}

// cell is one number of a group.
type cell struct {
	*group
	n int64
}

// isShown reports whether a number is printed.
func (g *group) isShown() bool { return !g.isHidden && !g.never }

// sum says that numbers which a table prints make up a whole that is printed too.
type sum struct {
	whole cell
	parts []part

	// people says that the numbers are of people: each hidden one is below Profile.Least.
	people bool
	// overlap says that one person may be in several parts, so that they add up to the whole or more.
	overlap bool
	// more says that there are parts of which no number is printed, for nothing is of them.
	more bool
}

// part is a number of a sum, and the groups that tell it if they stay: they are hidden with it.
type part struct {
	cell
	with []*group
}

// hide hides the groups of too few people, and then those that would tell what one of these is.
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
			if s := &b.sums[i]; s.tells(p) && s.hideSmallest() {
				again = true
			}
		}
	}
}

// tells reports whether what is printed leaves a single value for what is hidden: for all of it
// together, or for one number of it.
func (s *sum) tells(p Profile) bool {
	if !s.whole.isShown() {
		return false
	}
	whole := p.span(p.rounded(s.whole.n))
	rest := whole                         // what the hidden parts come to
	n, none, protects := 0, s.more, false // a reader may know which hidden ones are zero
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
	most := rest.high // of one of them
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

// hideSmallest hides the smallest part that is printed. It reports whether there was one.
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
