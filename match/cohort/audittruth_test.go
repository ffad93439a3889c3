package cohort_test

import (
	"fmt"
	"slices"
)

// auditCell is a place of a number in tables: the total, or a category.
type auditCell struct {
	dimension int // -1 for the total
	label     string
}

// auditTruth is what the tables are made from, counted once more.
type auditTruth struct {
	cells      []auditCell
	kinds      map[kind][]int64 // by cell
	people     [][]int64        // by list and cell
	groups     map[uint][]int64 // people by the lists that they are of in a cell, and by cell
	noPerson   int64
	noDate     int64
	memberless []int64 // by list: appointments that make nobody a member
	unlisted   int     // categories that have no row for being empty
}

// truth counts the rows that are taken in.
func (c *auditCase) truth() *auditTruth {
	t := &auditTruth{cells: []auditCell{{-1, ""}}, kinds: make(map[kind][]int64), memberless: make([]int64, len(c.lists))}
	for d, texts := range auditTexts {
		for _, text := range texts {
			cell := auditCell{d, text[1]}
			if c.has(d) && !slices.Contains(t.cells, cell) {
				t.cells = append(t.cells, cell)
			}
		}
	}
	visits := make(map[int][]auditVisit) // by person
	seen := make(map[string]bool)
	taken := make([]int64, len(t.cells))
	for i := range c.rows {
		c.count(t, i, taken, seen, visits)
	}
	t.people, t.groups = make([][]int64, len(c.lists)), make(map[uint][]int64)
	for list := range c.lists {
		t.people[list] = make([]int64, len(t.cells))
	}
	for _, v := range visits {
		c.countPerson(t, v)
	}
	for at := len(t.cells) - 1; at > 0; at-- { // an empty category has no row
		if taken[at] > 0 {
			continue
		}
		t.unlisted++
		t.cells = slices.Delete(t.cells, at, at+1)
		for k := range t.kinds {
			t.kinds[k] = slices.Delete(t.kinds[k], at, at+1)
		}
		for list := range t.people {
			t.people[list] = slices.Delete(t.people[list], at, at+1)
		}
		for g := range t.groups {
			t.groups[g] = slices.Delete(t.groups[g], at, at+1)
		}
	}
	return t
}

type auditVisit struct {
	day   int
	match uint
	cells []int
}

func (c *auditCase) count(t *auditTruth, i int, taken []int64, seen map[string]bool, visits map[int][]auditVisit) {
	r := &c.rows[i]
	if c.attended && r.categories[2] == 1 || c.from && (r.day == 0 || r.day == 4) {
		return
	}
	k := kind{}
	n := [2]int{}
	for _, v := range r.values {
		if sys := auditValues[v].sys; n[sys] < [2]int{3, 2}[sys] {
			k = k.with(valueKind(c.lists, v))
			n[sys]++
		}
	}
	k = k.settled()
	cells := []int{0}
	for d := range auditDimensions {
		if c.has(d) {
			cells = append(cells, slices.Index(t.cells, auditCell{d, auditTexts[d][r.category(d)][1]}))
		}
	}
	for n := range r.people {
		if key := fmt.Sprintf("%d.%d", r.key, n); c.once && r.key > 0 {
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		if t.kinds[k] == nil {
			t.kinds[k] = make([]int64, len(t.cells))
		}
		for _, cell := range cells {
			t.kinds[k][cell]++
			taken[cell]++
		}
		switch {
		case k.match == 0:
			continue
		case r.person < 0:
			t.noPerson++
		case auditDays[r.day] == "":
			t.noDate++
			visits[r.person+n] = append(visits[r.person+n], auditVisit{r.day, k.match, nil})
		default:
			visits[r.person+n] = append(visits[r.person+n], auditVisit{r.day, k.match, cells})
			continue
		}
		for _, list := range listsIn(k.match) {
			t.memberless[list]++
		}
	}
}

// countPerson counts a person in the lists and cells that it is kept in.
func (c *auditCase) countPerson(t *auditTruth, visits []auditVisit) {
	groups := make([]uint, len(t.cells))
	for list := range c.lists {
		for cell := range c.keptIn(list, visits) {
			t.people[list][cell]++
			groups[cell] |= 1 << list
		}
	}
	for cell, g := range groups {
		if g == 0 {
			continue
		}
		if t.groups[g] == nil {
			t.groups[g] = make([]int64, len(t.cells))
		}
		t.groups[g][cell]++
	}
}

// keptIn are the cells of a person, if kept in a list.
func (c *auditCase) keptIn(list int, visits []auditVisit) map[int]bool {
	n := 0
	first := make([]int, len(c.lists))
	for i := range first {
		first[i] = len(auditDays)
	}
	in, ever := make(map[int]bool), uint(0)
	for _, v := range visits {
		ever |= v.match
		if auditDays[v.day] == "" {
			continue
		}
		for _, l := range listsIn(v.match) {
			first[l] = min(first[l], v.day)
		}
		if v.match>>list&1 == 1 {
			n++
			for _, cell := range v.cells {
				in[cell] = true
			}
		}
	}
	if n < c.least {
		return nil
	}
	for _, r := range c.related {
		if r.list != list {
			continue
		}
		has := ever>>r.other&1 == 1
		if has && r.before {
			has = first[r.other] < first[list]
		}
		if has == r.exclude {
			return nil
		}
	}
	return in
}
