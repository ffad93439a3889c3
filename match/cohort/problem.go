package cohort

import (
	"math/bits"
	"slices"

	"hesopmatch/match/cohort/internal/suppress"
)

// builder makes a Release.
type builder struct {
	cohort  *Cohort
	profile Profile
	totals  *Totals

	problem  suppress.Problem
	solution *suppress.Solution

	all      int                    // column of all appointments taken
	coded    [len(systems)]int      // columns of those coded in a system
	byTable  [dimensions][2]bool    // by dimension and system: codes are given in it
	without  [len(systems)]bool     // by system: its codes are not given at all
	matched  []int                  // by list: column of the appointments that match
	people   []int                  // by list: column of the people
	covered  []coverage             // by list: what the data can tell of its codes
	families []coverage             // by list: the categories that it has codes in
	systems  [len(systems)]coverage // all codes of each
	never    []bool                 // by list: the data have no field that could match it
	nobody   []bool                 // by list: nor can anybody be in it
	kin      []*kin                 // by list, nil for those of which nothing more follows
	untold   []withheld             // by list: its matches and people, for lists of both systems that are too many
	unkept   []withheld             // by list: its people, for relations that are too many
	notGiven map[int]withheld       // by column
}

// suppress chooses what is masked.
func (b *builder) suppress() {
	b.problem.Threshold = b.profile.Least
	for _, d := range []Dimension{ByYear, BySpecialty} {
		b.byTable[d] = [2]bool{true, true}
	}
	if !b.profile.Masks() {
		b.showAll()
		return
	}
	if !b.cover(b.cohort.widths) { // the data have values that are longer than their columns say
		b.cover([len(systems)]widths{anyWidth, anyWidth})
	}
	b.findKin()
	for {
		b.problem.Columns, b.problem.Covers, b.problem.Gaps, b.notGiven = nil, nil, nil, make(map[int]withheld)
		b.addAppointments()
		b.addLists()
		b.addKinds()
		b.addPeople()
		b.addCovers()
		b.solution = suppress.Solve(&b.problem)
		if !b.withdrawCodes() {
			return
		}
	}
}

// anyWidth is fields of three to five characters.
const anyWidth widths = 1<<3 - 1

// cover finds the codes of each list that fields of some widths can tell. It is false if a list
// matches that they cannot match.
func (b *builder) cover(seen [len(systems)]widths) (ok bool) {
	b.families, b.covered, b.never, ok = nil, nil, nil, true
	for i := range b.cohort.plan.m.Len() {
		l := b.cohort.plan.m.List(i)
		covered := coverageOf(l)
		b.families = append(b.families, covered.families())
		covered = covered.found(l, seen)
		b.covered = append(b.covered, covered)
		b.never = append(b.never, covered.size() == 0)
		ok = ok && (!b.never[i] || b.totals.Lists[i].Match == 0)
	}
	for s := range b.systems {
		b.systems[s] = wholeSystem(systems[s], bits.OnesCount8(uint8(seen[0]|seen[1])))
	}
	return ok
}

// showAll masks nothing. What hangs together does not matter then.
func (b *builder) showAll() {
	n := b.cohort.plan.m.Len()
	b.never, b.nobody = make([]bool, n), make([]bool, n)
	b.addAppointments()
	for i := range n {
		l := &b.totals.Lists[i]
		b.matched = append(b.matched, b.column(l.Match, func(d Dimension, j int) int64 { return l.By[d][j].Match }))
		b.people = append(b.people, b.column(l.People, func(d Dimension, j int) int64 { return l.By[d][j].People }))
	}
	b.solution = suppress.Unmasked(&b.problem)
}

// column adds a column; of gives its cell of a category.
func (b *builder) column(total int64, of func(d Dimension, i int) int64) int {
	col := suppress.Column{Total: total, Cells: make([][]int64, dimensions)}
	for d := range col.Cells {
		n := len(b.totals.Categories[d])
		if n == 0 {
			continue
		}
		col.Cells[d] = make([]int64, n)
		for i := range n {
			col.Cells[d][i] = of(Dimension(d), i)
		}
	}
	b.problem.Columns = append(b.problem.Columns, col)
	return len(b.problem.Columns) - 1
}

// within says that a column is part of another and of all that contain that.
func (b *builder) within(inner int, outer suppress.Within) {
	b.addWithin(inner, outer)
	for _, w := range b.problem.Columns[outer.Column].Within {
		var somewhere bool
		if w.Of, somewhere = w.Of.And(outer.Of); somewhere {
			w.Counts, w.Times = w.Counts && outer.Counts, max(1, w.Times)*max(1, outer.Times)
			b.addWithin(inner, w)
		}
	}
}

// addWithin says so of two columns. What is known of them is kept in its strongest form.
func (b *builder) addWithin(inner int, w suppress.Within) {
	in := &b.problem.Columns[inner]
	if w.Column == inner || !b.isWithin(inner, w) {
		return
	}
	for i := range in.Within {
		if known := &in.Within[i]; known.Column == w.Column && known.Of == w.Of {
			known.Counts, known.Times = known.Counts || w.Counts, max(known.Times, w.Times)
			return
		}
	}
	in.Within = append(in.Within, w)
}

// isWithin reports whether the numbers are as they must be for one column to be part of
// another.
func (b *builder) isWithin(inner int, w suppress.Within) bool {
	in, out := &b.problem.Columns[inner], &b.problem.Columns[w.Column]
	if w.Of != suppress.Cells && in.Total*max(1, w.Times) > out.Total {
		return false
	}
	for d := range in.Cells {
		for i := range in.Cells[d] {
			if w.Of != suppress.Totals && out.Cells[d] != nil && in.Cells[d][i] > out.Cells[d][i] {
				return false
			}
		}
	}
	return true
}

// addAppointments adds the appointments taken, and those with a code of each system. Where
// these are given they are enough, as are the others, to be told.
func (b *builder) addAppointments() {
	t := b.totals
	b.all = b.column(t.Account.Taken, func(d Dimension, i int) int64 { return t.Categories[d][i].Taken })
	b.problem.Columns[b.all].Base = true
	for s := range systems {
		n := t.Coded.of(s)
		c := b.column(n, func(d Dimension, i int) int64 { return t.Categories[d][i].Coded.of(s) })
		b.within(c, suppress.Within{Column: b.all, Counts: true})
		col := &b.problem.Columns[c]
		col.Base = true
		col.Hidden = b.profile.Masks() && (b.without[s] || n < b.profile.Least*int64(b.cohort.plan.least) || t.Account.Taken-n < b.profile.Least || b.isNearlyAll(s, n))
		col.HiddenIn = make([]bool, dimensions)
		for d := range col.HiddenIn {
			col.HiddenIn[d] = !b.byTable[d][s]
		}
		b.coded[s] = c
	}
}

// gives reports whether the codes of a system are told, at all.
func (b *builder) gives(s int) bool { return !b.problem.Columns[b.coded[s]].Hidden }

// isNearlyAll reports whether of the appointments that are coded in a system nearly all
// match a list. To tell the number of those coded would then take that of the list. It also
// keeps readers from concluding, where the number is not given, that nearly all
// appointments are coded.
func (b *builder) isNearlyAll(s int, coded int64) bool {
	both := b.totals.Coded.Diagnosis + b.totals.Coded.Procedure
	for i := range b.totals.Lists {
		n := b.totals.Lists[i].Match
		switch {
		case n < b.profile.Least:
		case b.isFoundIn(i, s) && coded-n < b.profile.Least:
			return true
		case b.system(i) < 0 && (both-n)/2 < b.profile.Least: // those coded in both that do not match are no more
			return true
		case b.system(i) < 0 && b.restOf(i, s, coded) < b.profile.Least:
			return true
		}
	}
	return false
}

// restOf is how many appointments coded in a system can be left by a list of both systems,
// if others tell what it matches in the other one.
func (b *builder) restOf(list, s int, coded int64) int64 {
	least := coded
	other := union(b.covered[list])
	for i, word := range b.systems[s] {
		other[i] &^= word
	}
	sum, all := int64(0), make(coverage, len(other))
	for j := range b.covered {
		if j == list || !b.covered[j].overlaps(other) {
			continue
		}
		n := b.totals.Lists[j].Match
		if other.within(b.covered[j]) {
			least = min(least, coded+n-b.totals.Lists[list].Match)
		}
		sum, all = sum+n, union(all, b.covered[j])
	}
	if sum > 0 && other.within(all) {
		least = min(least, coded+sum-b.totals.Lists[list].Match)
	}
	return least
}

// of is the count of systems[s].
func (c Coded) of(s int) int64 {
	if s == 0 {
		return c.Diagnosis
	}
	return c.Procedure
}

// addLists adds what matches each list. Lists of the same codes share a column.
func (b *builder) addLists() {
	n := b.cohort.plan.m.Len()
	b.matched = make([]int, n)
	for i := range n {
		l := &b.totals.Lists[i]
		same := slices.IndexFunc(b.covered[:i], b.covered[i].equal)
		if same >= 0 && isSame(l, &b.totals.Lists[same], func(c *Counts) int64 { return c.Match }) {
			b.matched[i] = b.matched[same]
			continue
		}
		b.matched[i] = b.column(l.Match, func(d Dimension, j int) int64 { return l.By[d][j].Match })
		b.problem.Columns[b.matched[i]].Hidden = b.never[i]
		b.withhold(b.matched[i], b.untold[i])
	}
	for _, outer := range b.bySize() {
		if b.never[outer] { // no list has part of it
			continue
		}
		b.withinBase(outer)
		for i := range n {
			if !b.never[i] && b.matched[i] != b.matched[outer] && b.covered[i].within(b.covered[outer]) {
				b.within(b.matched[i], suppress.Within{Column: b.matched[outer], Counts: true})
			}
		}
	}
}

// isSame reports whether lists have the same numbers.
func isSame(a, b *ListTotals, of func(*Counts) int64) bool {
	same := of(&a.Counts) == of(&b.Counts)
	for d := range a.By {
		for i := range a.By[d] {
			same = same && of(&a.By[d][i]) == of(&b.By[d][i])
		}
	}
	return same
}

// bySize are the lists, the largest first, so that what contains a list is settled before it.
func (b *builder) bySize() []int {
	order := make([]int, len(b.covered))
	size := make([]int, len(b.covered))
	for i := range order {
		order[i], size[i] = i, b.covered[i].size()
	}
	slices.SortStableFunc(order, func(i, j int) int { return size[j] - size[i] })
	return order
}

// withinBase says that what matches a list is coded, if it is of one system, and taken.
func (b *builder) withinBase(list int) {
	for s, c := range b.coded {
		if b.isFoundIn(list, s) {
			b.within(b.matched[list], suppress.Within{Column: c, Counts: true})
		}
	}
	b.within(b.matched[list], suppress.Within{Column: b.all, Counts: true})
}

// isFoundIn reports whether all that the data can match of a list is of a system.
func (b *builder) isFoundIn(list, s int) bool {
	return !b.never[list] && b.covered[list].within(b.systems[s])
}

// system is that of a list as a place in systems, -1 if it is of both.
func (b *builder) system(list int) int {
	switch b.cohort.plan.needs[list] {
	case 1:
		return 0
	case 2:
		return 1
	default:
		return -1
	}
}

// withdrawCodes takes the codes of a system out of a table in which all of them are masked,
// and out of all if their total is: they tell nothing, and mask what others could show.
func (b *builder) withdrawCodes() (more bool) {
	for s, c := range b.coded {
		if b.solution.Totals[c] {
			if b.gives(s) && !b.solution.Totals[b.all] {
				b.without[s], more = true, true
			}
			continue
		}
		for d := range b.byTable {
			cells := b.solution.Cells[c][d]
			if b.byTable[d][s] && len(cells) > 0 && !slices.Contains(cells, false) {
				b.byTable[d][s], more = false, true
			}
		}
	}
	return more
}
