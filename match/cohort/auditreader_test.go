package cohort_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"hesopmatch/match/cohort"
	"hesopmatch/match/cohort/internal/simplex"
)

// auditReader is whoever has a release as text, knows which codes are part of which, and
// what the tables count: a linear program of all that agrees with it.
type auditReader struct {
	*auditCase
	*auditTruth
	release *cohort.Release
	p       simplex.Program

	taken         []int    // by cell
	coded         [2][]int // by system and cell
	match         [][]int  // by list and cell
	people        [][]int  // likewise
	rest          [][3]int // by list: no match, not coded, cut short
	entry         [][]int  // by list and place
	nobody        [2]int   // match, but of no person, without a date
	lost          []int    // by list: match and make nobody a member
	kindAt        []kind   // those that have variables
	kindOf        [][]int  // by kind and cell
	claims        []auditClaim
	masked        map[int]bool // variables that are masked
	groups        *auditGroups // nil if they are not known
	shown, hidden int
	wrong         []string // what is shown and must not be
}

// auditClaim is a number that must not be known to be small, nor, if it is masked, to be large.
type auditClaim struct {
	name     string
	variable int
	truth    int64
	both     bool
}

type auditLeak struct {
	name      string
	truth     int64
	low, high float64
}

func (l auditLeak) String() string {
	return fmt.Sprintf("%s = %d in [%g, %g]", l.name, l.truth, l.low, l.high)
}

// newAuditReader makes a reader, who looks at lists one by one and in pairs, or, thorough,
// at all that an appointment can match at once.
func newAuditReader(c *auditCase, r *cohort.Release, thorough bool) *auditReader {
	a := &auditReader{auditCase: c, auditTruth: c.truth(), release: r, masked: make(map[int]bool), groups: groupsOf(c)}
	a.addVariables()
	var groupOf [][]int
	if thorough && a.groups != nil && len(a.groups.within)*len(a.cells) <= 300 {
		groupOf = a.groupVariables()
	}
	if thorough {
		for _, k := range kindsOf(c.lists, 120/len(a.cells)) {
			var at []int
			for cell := range a.cells {
				at = append(at, a.p.Variable(0, simplex.Inf, float64(a.ofKind(k, cell))))
			}
			a.kindAt, a.kindOf = append(a.kindAt, k), append(a.kindOf, at)
		}
	}
	a.addSums()
	a.addLists()
	a.addPairs()
	a.addPeople()
	a.addEntries()
	a.addKinds()
	a.addGroups(groupOf)
	a.addCounted()
	return a
}

func (a *auditReader) ofKind(k kind, cell int) int64 {
	if n := a.kinds[k]; n != nil {
		return n[cell]
	}
	return 0
}

// count is how many appointments of a cell are of some kinds.
func (a *auditReader) count(cell int, of func(k kind) bool) (n int64) {
	for k, counts := range a.kinds {
		if of(k) {
			n += counts[cell]
		}
	}
	return n
}

// text is a number as a table has it, "" if there is none.
func (a *auditReader) text(table string, list int, group, measure string) string {
	t, ok := a.release.Table(table)
	if !ok {
		return ""
	}
	for i, m := range t.Measures {
		if m != measure {
			continue
		}
		if numbers, ok := t.Row(list, group); ok {
			return numbers[i].String()
		}
	}
	return ""
}

// number makes a variable of what is said of a number.
func (a *auditReader) number(name, text string, truth int64) int {
	return a.numberOf(name, text, truth, false)
}

// numberOf is the same of one that may be certain, whatever the data are.
func (a *auditReader) numberOf(name, text string, truth int64, certain bool) int {
	lower, upper := 0.0, simplex.Inf
	claim := auditClaim{name: name, truth: truth}
	least := a.release.Profile.Least
	switch from, to, band := strings.Cut(text, " to "); {
	case text == "" || text == cohort.NotGiven:
	case text == cohort.Masked:
		if claim.both = true; strings.HasPrefix(name, "entry ") {
			upper = 99 // as the notes say, for thresholds up to 10
		}
	case text == cohort.NotThere:
		upper = 0
	case band:
		lower, upper = decimal(from), decimal(to)
	default:
		lower, upper = decimal(text), decimal(text)
		if lower < float64(least) {
			a.wrong = append(a.wrong, name+" is shown as "+text)
		}
		if a.release.Profile.Nearest > 1 {
			lower, upper = max(float64(least), lower-2), upper+2
		}
	}
	if t := float64(truth); t < lower || t > upper {
		a.wrong = append(a.wrong, fmt.Sprintf("%s is %d and given as %s", name, truth, text))
		lower, upper = min(lower, t), max(upper, t)
	}
	claim.variable = a.p.Variable(lower, upper, float64(truth))
	a.masked[claim.variable] = claim.both
	if text == cohort.Masked {
		a.hidden++
	} else if text != "" && text != cohort.NotGiven && text != cohort.NotThere {
		a.shown++
	}
	if text != cohort.NotThere && !certain {
		a.claims = append(a.claims, claim)
	}
	return claim.variable
}

func decimal(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return n
}

var auditCoded = [2]string{"with_diagnosis", "with_procedure"}

// addVariables makes a variable of each number that there is.
func (a *auditReader) addVariables() {
	n := len(a.lists)
	a.match, a.people, a.rest, a.entry = make([][]int, n), make([][]int, n), make([][3]int, n), make([][]int, n)
	for at, cell := range a.cells {
		name, group := "all", "taken in"
		table, byList, measure := "appointments", "lists", "appointments"
		label := ""
		if cell.dimension >= 0 {
			table = auditNames[cell.dimension]
			byList, group, label = "lists_by_"+table, cell.label, cell.label
			name = table + " " + label
		}
		a.taken = append(a.taken, a.number("taken in, "+name, a.text(table, -1, group, measure), a.count(at, func(kind) bool { return true })))
		for s, m := range auditCoded {
			text := ""
			if cell.dimension >= 0 {
				text = a.text(table, -1, group, m)
			}
			a.coded[s] = append(a.coded[s], a.number(m+", "+name, text, a.count(at, func(k kind) bool { return k.coded>>s&1 == 1 })))
		}
		for i := range a.lists {
			a.match[i] = append(a.match[i], a.number(fmt.Sprintf("match %d, %s", i, name), a.text(byList, i, label, "match"),
				a.count(at, func(k kind) bool { return k.match>>i&1 == 1 })))
			a.people[i] = append(a.people[i], a.numberOf(fmt.Sprintf("people %d, %s", i, name), a.text(byList, i, label, "people"),
				a.auditTruth.people[i][at], a.groups != nil && a.groups.isEmpty(i)))
		}
	}
	place := 0
	for i, l := range a.lists {
		for j, m := range []string{"no_match", "unknown_not_coded", "unknown_cut_short"} {
			a.rest[i][j] = a.number(fmt.Sprintf("%s %d", m, i), a.text("lists", i, "", m), a.count(0, func(k kind) bool { return k.answer(i, l.needs()) == j }))
		}
		for _, e := range l.entries {
			a.entry[i] = append(a.entry[i], a.number(fmt.Sprintf("entry %s of %d", auditEntries[e].name, i), a.text("entries", i, auditEntries[e].name, "match"),
				a.count(0, func(k kind) bool { return k.entries>>place&1 == 1 })))
			place++
		}
		a.lost = append(a.lost, a.p.Variable(0, simplex.Inf, float64(a.memberless[i])))
	}
	a.nobody[0] = a.number("of no person", a.text("appointments", -1, "match a list, but are of no person", "appointments"), a.noPerson)
	a.nobody[1] = a.number("of no date", a.text("appointments", -1, "match a list, but have no date", "appointments"), a.noDate)
}

// answer is the place in auditReader.rest of the answer of a list, -1 for a match.
func (k kind) answer(list int, needs uint) int {
	switch {
	case k.match>>list&1 == 1:
		return -1
	case needs&^k.coded != 0:
		return 1
	case k.open>>list&1 == 1:
		return 2
	default:
		return 0
	}
}

func plus(v int) simplex.Term  { return simplex.Term{Variable: v, Times: 1} }
func minus(v int) simplex.Term { return simplex.Term{Variable: v, Times: -1} }

// atMost says that a number is no more than some others together.
func (a *auditReader) atMost(v int, others ...int) {
	terms := []simplex.Term{minus(v)}
	for _, o := range others {
		terms = append(terms, plus(o))
	}
	a.p.Sum(0, simplex.Inf, terms...)
}

// derived is a count that no table has.
func (a *auditReader) derived(name string, terms ...simplex.Term) {
	truth := 0.0
	for _, t := range terms {
		truth += t.Times * a.p.At(t.Variable)
	}
	a.claims = append(a.claims, auditClaim{name, a.p.Sum(0, simplex.Inf, terms...), int64(truth), false})
}

// difference is that of two numbers of each cell, and of those masked of a dimension.
func (a *auditReader) difference(name string, outer, inner []int) {
	sums := make(map[int][]simplex.Term)
	for at, cell := range a.cells[:len(inner)] {
		a.derived(fmt.Sprintf("%s, %d %s", name, cell.dimension, cell.label), plus(outer[at]), minus(inner[at]))
		if a.masked[inner[at]] && cell.dimension >= 0 {
			sums[cell.dimension] = append(sums[cell.dimension], plus(outer[at]), minus(inner[at]))
		}
	}
	for d := range auditDimensions {
		if len(sums[d]) > 2 {
			a.derived(fmt.Sprintf("%s, masked cells of %s", name, auditNames[d]), sums[d]...)
		}
	}
}

// leaks are the claims that do not hold, in none of some programs.
func (a *auditReader) leaks(programs ...*simplex.Program) (leaks []auditLeak) {
	least := float64(a.release.Profile.Least)
	for _, c := range a.claims {
		small := float64(c.truth) < least
		if !small && !c.both {
			continue
		}
		low, high := math.Inf(1), math.Inf(-1)
		for _, p := range programs {
			if high < least {
				high = max(high, p.Max(c.variable, least))
			}
			if low > least-1 {
				low = min(low, p.Min(c.variable, least-1))
			}
		}
		if small && high < least-0.02 || c.both && low > least-1+0.02 {
			leaks = append(leaks, auditLeak{c.name, c.truth, math.Round(1e2*low) / 1e2, math.Round(1e2*high) / 1e2})
		}
	}
	return leaks
}
