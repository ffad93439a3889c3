package cohort_test

import (
	"fmt"
	"slices"

	"hesopmatch/match/cohort/internal/simplex"
)

// addSums says what cells come to, by dimension.
func (a *auditReader) addSums() {
	columns := [][]int{a.taken, a.coded[0], a.coded[1]}
	columns = append(columns, a.match...)
	columns = append(columns, a.kindOf...)
	for _, col := range columns {
		for _, terms := range a.byDimension(col) {
			a.p.Sum(0, 0, terms...)
		}
	}
	for _, col := range a.people {
		for _, terms := range a.byDimension(col) {
			a.p.Sum(0, simplex.Inf, terms...)
			for _, cell := range terms[1:] {
				a.atMost(cell.Variable, col[0])
			}
		}
	}
}

// byDimension is the cells of each dimension and, first, the total taken from them.
func (a *auditReader) byDimension(col []int) (all [][]simplex.Term) {
	for d := range auditDimensions {
		terms := []simplex.Term{minus(col[0])}
		for at, cell := range a.cells {
			if cell.dimension == d {
				terms = append(terms, plus(col[at]))
			}
		}
		if len(terms) > 1 {
			all = append(all, terms)
		}
	}
	return all
}

// addLists says what holds of each list.
func (a *auditReader) addLists() {
	for s := range a.coded {
		a.difference("appointments - "+auditCoded[s], a.taken, a.coded[s])
	}
	for i, l := range a.lists {
		a.difference(fmt.Sprintf("appointments - match %d", i), a.taken, a.match[i])
		for at := range a.cells {
			a.atMost(a.people[i][at], a.match[i][at])
			if l.needs() == 3 {
				a.atMost(a.match[i][at], a.coded[0][at], a.coded[1][at])
			}
		}
		noMatch, uncoded, cut := a.rest[i][0], a.rest[i][1], a.rest[i][2]
		a.p.Sum(0, 0, plus(a.match[i][0]), plus(noMatch), plus(uncoded), plus(cut), minus(a.taken[0]))
		for s := range a.coded {
			switch {
			case l.needs() == 1<<s:
				a.difference(fmt.Sprintf("%s - match %d", auditCoded[s], i), a.coded[s], a.match[i])
				a.p.Sum(0, 0, plus(uncoded), plus(a.coded[s][0]), minus(a.taken[0]))
			case l.needs() == 3:
				a.p.Sum(0, simplex.Inf, plus(a.coded[s][0]), minus(noMatch), minus(cut))
			}
		}
		for j, other := range a.lists {
			if i != j && l.atoms().within(other.atoms()) { // no match of the other is none of this, or is cut
				a.atMost(a.rest[j][0], noMatch, cut)
			}
		}
		a.p.Sum(0, simplex.Inf, plus(a.match[i][0]), minus(a.lost[i]), simplex.Term{Variable: a.people[i][0], Times: -float64(a.least)})
		a.atMost(a.lost[i], a.nobody[0], a.nobody[1])
		all := true
		for _, other := range a.lists {
			all = all && other.found().within(l.found())
		}
		if all {
			a.p.Sum(0, 0, plus(a.lost[i]), minus(a.nobody[0]), minus(a.nobody[1]))
		}
	}
	a.p.Sum(0, simplex.Inf, append([]simplex.Term{minus(a.nobody[0]), minus(a.nobody[1])}, pluses(a.lost)...)...)
}

func pluses(all []int) (terms []simplex.Term) {
	for _, v := range all {
		terms = append(terms, plus(v))
	}
	return terms
}

// addPairs says what holds of lists that are part of others, or make up others.
func (a *auditReader) addPairs() {
	for i, inner := range a.lists {
		for j, outer := range a.lists {
			if i == j || !inner.found().within(outer.found()) {
				continue
			}
			a.p.Sum(0, simplex.Inf, plus(a.lost[j]), minus(a.lost[i]))
			if inner.found() == outer.found() {
				a.equal(a.match[j], a.match[i])
				continue
			}
			a.difference(fmt.Sprintf("match %d - match %d", j, i), a.match[j], a.match[i])
			for k := range i {
				if k == j || a.lists[k].found() == outer.found() || !a.lists[k].found().within(outer.found()) || a.lists[k].found()|inner.found() != outer.found() {
					continue
				}
				for at, cell := range a.cells {
					a.derived(fmt.Sprintf("match both %d and %d, that make up %d, %d %s", k, i, j, cell.dimension, cell.label),
						plus(a.match[i][at]), plus(a.match[k][at]), minus(a.match[j][at]))
					if a.least == 1 && !a.isRelated(i) && !a.isRelated(j) && !a.isRelated(k) {
						a.derived(fmt.Sprintf("people of both %d and %d, that make up %d, %d %s", k, i, j, cell.dimension, cell.label),
							plus(a.people[i][at]), plus(a.people[k][at]), minus(a.people[j][at]))
					}
				}
			}
		}
	}
}

// equal says that columns are alike.
func (a *auditReader) equal(one, other []int) {
	for at := range one {
		a.p.Sum(0, 0, plus(one[at]), minus(other[at]))
	}
}

func (a *auditReader) isRelated(list int) bool {
	return slices.ContainsFunc(a.related, func(r auditRelation) bool { return r.list == list })
}

// isAlone reports whether a cell is the only one of its dimension.
func (a *auditReader) isAlone(at int) bool {
	for i, cell := range a.cells {
		if i != at && cell.dimension == a.cells[at].dimension {
			return false
		}
	}
	return true
}

// addPeople says whose people are part of whose.
func (a *auditReader) addPeople() {
	for i := range a.lists {
		for j, outer := range a.lists {
			if i == j || a.groups != nil && a.groups.isEmpty(i) || outer.found() == 0 { // nobody
				continue
			}
			name := fmt.Sprintf("people %d - people %d", j, i)
			all, cells := a.isPart(i, j)
			back, cellsBack := a.isPart(j, i)
			end := len(a.cells)
			if !cells {
				end = 1
			}
			switch one, other := a.people[i][:end], a.people[j][:end]; {
			case !all:
			case back && (cellsBack || !cells):
				a.equal(other, one)
			case back:
				a.equal(other[:1], one[:1])
				for at := 1; at < end; at++ {
					if a.isAlone(at) { // all of both are of this category
						continue
					}
					a.derived(fmt.Sprintf("%s, %d %s", name, a.cells[at].dimension, a.cells[at].label), plus(other[at]), minus(one[at]))
				}
			default:
				a.difference(name, other, one)
			}
		}
		for _, r := range a.related {
			if r.list != i || r.exclude {
				continue
			}
			a.atMost(a.people[i][0], a.match[r.other][0])
			if r.before && a.least == 1 && !a.isRelated(r.other) && a.lists[r.other].found() != 0 && a.lists[i].found() != 0 {
				a.addFirst(i, r.other)
			}
		}
	}
}

// addFirst says that who had an earlier appointment in the first year or age had it there.
func (a *auditReader) addFirst(list, other int) {
	for _, d := range []int{0, 4} {
		for _, text := range auditTexts[d] {
			at := slices.Index(a.cells, auditCell{d, text[1]})
			if at < 0 || text[1] == "not known" {
				continue
			}
			if !a.isAlone(at) {
				a.derived(fmt.Sprintf("people %d - people %d, with, %s", other, list, text[1]), plus(a.people[other][at]), minus(a.people[list][at]))
			}
			break
		}
	}
}

// addEntries says what holds of entries, which decide some of the codes of their list.
func (a *auditReader) addEntries() {
	type decided struct {
		atoms    atomSet
		variable int
	}
	var all []decided
	for i, l := range a.lists {
		for place, e := range l.entries {
			all = append(all, decided{l.decides(e), a.entry[i][place]})
		}
		a.atMost(a.match[i][0], a.entry[i]...)
	}
	for i, e := range all {
		for j, l := range a.lists {
			if e.atoms.within(l.found()) {
				a.atMost(e.variable, a.match[j][0])
			}
			if l.found().within(e.atoms) {
				a.atMost(a.match[j][0], e.variable)
			}
		}
		for j, o := range all {
			if i != j && e.atoms.within(o.atoms) {
				a.atMost(e.variable, o.variable)
			}
		}
	}
}

// addKinds says that everything is a sum of kinds of appointments.
func (a *auditReader) addKinds() {
	if a.kindOf == nil {
		return
	}
	sum := func(v, cell int, of func(k kind) bool) {
		terms := []simplex.Term{minus(v)}
		for i, k := range a.kindAt {
			if of(k) {
				terms = append(terms, plus(a.kindOf[i][cell]))
			}
		}
		a.p.Sum(0, 0, terms...)
	}
	for cell := range a.cells {
		sum(a.taken[cell], cell, func(kind) bool { return true })
		for s := range a.coded {
			sum(a.coded[s][cell], cell, func(k kind) bool { return k.coded>>s&1 == 1 })
		}
		for i := range a.lists {
			sum(a.match[i][cell], cell, func(k kind) bool { return k.match>>i&1 == 1 })
		}
	}
	place := 0
	for i, l := range a.lists {
		for j := range a.rest[i] {
			sum(a.rest[i][j], 0, func(k kind) bool { return k.answer(i, l.needs()) == j })
		}
		for _, v := range a.entry[i] {
			at := place
			sum(v, 0, func(k kind) bool { return k.entries>>at&1 == 1 })
			place++
		}
	}
}
