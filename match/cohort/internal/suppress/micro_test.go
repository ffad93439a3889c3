package suppress_test

import (
	"math/rand/v2"
	"slices"

	"hesopmatch/match/cohort/internal/suppress"
)

// micro is data that a problem is made of, so that its numbers agree with each other:
// people with appointments, each in a category of every table and with some atoms, which
// are sets of codes that no list tells apart.
type micro struct {
	threshold int64
	sizes     []int // categories by table
	lists     []atoms
	coded     bool // a column of appointments with any code, which is not in the last table
	kinds     bool // columns of appointments that match the same lists
	least     int64
	people    []profile
}

// atoms is a set of them, by bit.
type atoms uint16

func (a atoms) within(b atoms) bool { return a&^b == 0 }

// profile is how many people have the same appointments.
type profile struct {
	people int64
	visits []visit
}

type visit struct {
	categories []int
	atoms      atoms
	coded      bool
}

// column makes a column of what a visit counts, by people or by appointments.
func (m *micro) column(counts func(v *visit) bool, people bool) suppress.Column {
	col := suppress.Column{People: people}
	for _, size := range m.sizes {
		col.Cells = append(col.Cells, make([]int64, size))
	}
	for i := range m.people {
		m.count(&col, &m.people[i], counts)
	}
	return col
}

func (m *micro) count(col *suppress.Column, p *profile, counts func(v *visit) bool) {
	total := int64(0)
	cells := make([][]int64, len(m.sizes))
	for t, size := range m.sizes {
		cells[t] = make([]int64, size)
	}
	for i := range p.visits {
		if !counts(&p.visits[i]) {
			continue
		}
		total++
		for t, y := range p.visits[i].categories {
			cells[t][y]++
		}
	}
	if col.People && total < m.least {
		return
	}
	times := func(n int64) int64 {
		if col.People {
			n = min(n, 1)
		}
		return n * p.people
	}
	col.Total += times(total)
	for t := range cells {
		for y, n := range cells[t] {
			col.Cells[t][y] += times(n)
		}
	}
}

// problem is the columns of the data: all, coded, the matches and the people of each list.
func (m *micro) problem() *suppress.Problem {
	p := &suppress.Problem{Threshold: m.threshold, Columns: []suppress.Column{m.column(func(*visit) bool { return true }, false)}}
	base := []suppress.Within{{Column: 0, Counts: true}}
	if m.coded {
		coded := m.column(func(v *visit) bool { return v.coded }, false)
		coded.Within = slices.Clone(base)
		if last := len(coded.Cells) - 1; last > 0 {
			coded.Cells[last] = nil
		}
		base = append(base, suppress.Within{Column: 1, Counts: true})
		p.Columns = append(p.Columns, coded)
	}
	first := len(p.Columns)
	for _, people := range []bool{false, true} {
		for i, list := range m.lists {
			col := m.column(func(v *visit) bool { return v.atoms&list != 0 }, people)
			at := len(p.Columns) - i
			if people {
				col.Within = append(col.Within, suppress.Within{Column: first + i, Times: m.least})
			} else {
				col.Within = slices.Clone(base)
			}
			for j, other := range m.lists {
				if j == i || !list.within(other) || list == other && j > i {
					continue
				}
				col.Within = append(col.Within, suppress.Within{Column: at + j, Counts: true})
			}
			if people {
				col.Within = append(col.Within, m.outer(first, i)...)
			}
			p.Columns = append(p.Columns, col)
		}
	}
	m.addCovers(p, first)
	if m.kinds {
		m.addKinds(p, first)
	}
	return p
}

// addKinds adds the appointments that match the same lists, of which the lists are made: as
// totals, of which nothing is known, and as cells, of which no more is said than that their
// totals are what they are.
func (m *micro) addKinds(p *suppress.Problem, first int) {
	var kinds []uint
	add := func(of atoms) {
		kind := uint(0)
		for i, list := range m.lists {
			if of&list != 0 {
				kind |= 1 << i
			}
		}
		if kind != 0 && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	for some := range atoms(1 << 5) {
		add(some)
	}
	for _, of := range []suppress.Scope{suppress.Totals, suppress.Cells} {
		at := len(p.Columns)
		for _, kind := range kinds {
			col := m.column(func(v *visit) bool {
				matched := uint(0)
				for i, list := range m.lists {
					if v.atoms&list != 0 {
						matched |= 1 << i
					}
				}
				return matched == kind
			}, false)
			col.Of, col.Hidden = of, of == suppress.Totals
			for t := range col.Cells {
				col.HiddenIn = append(col.HiddenIn, true)
				if of == suppress.Totals {
					col.Cells[t] = nil
				}
			}
			p.Columns = append(p.Columns, col)
		}
		all := suppress.Cover{Whole: 0, Parted: suppress.Room}
		for i := range kinds {
			all.Parts = append(all.Parts, at+i)
		}
		for list := range m.lists {
			cover := suppress.Cover{Whole: first + list, Parted: suppress.Exactly}
			for i, kind := range kinds {
				if kind>>list&1 == 1 {
					cover.Parts = append(cover.Parts, at+i)
				}
			}
			if len(cover.Parts) > 0 {
				p.Covers = append(p.Covers, cover)
			}
		}
		if len(kinds) > 0 {
			p.Covers = append(p.Covers, all)
		}
	}
}

// outer are the columns that people are within because their matches are.
func (m *micro) outer(first, list int) (all []suppress.Within) {
	for c := range first {
		all = append(all, suppress.Within{Column: c})
	}
	for j, other := range m.lists {
		if j != list && m.lists[list].within(other) {
			all = append(all, suppress.Within{Column: first + j})
		}
	}
	return all
}

// addCovers adds the lists that two or three others make up or are more than.
func (m *micro) addCovers(p *suppress.Problem, first int) {
	n := len(m.lists)
	for whole, list := range m.lists {
		for set := range uint(1) << n {
			cover := suppress.Cover{Whole: first + whole, Counts: true}
			union := atoms(0)
			needed := true
			for i, part := range m.lists {
				if set>>i&1 == 1 {
					needed = needed && !list.within(part) && part&list != 0
					cover.Counts = cover.Counts && part.within(list)
					union |= part
					cover.Parts = append(cover.Parts, first+i)
				}
			}
			if !needed || len(cover.Parts) < 2 || len(cover.Parts) > 3 || !list.within(union) {
				continue
			}
			p.Covers = append(p.Covers, cover)
			if m.least == 1 {
				people := suppress.Cover{Whole: cover.Whole + n, Counts: cover.Counts}
				for _, c := range cover.Parts {
					people.Parts = append(people.Parts, c+n)
				}
				p.Covers = append(p.Covers, people)
			}
		}
	}
}

// drawMicro draws data. Many of its numbers are around the threshold.
func drawMicro(r *rand.Rand, threshold int64) *micro {
	m := &micro{threshold: threshold, coded: r.IntN(3) > 0, kinds: r.IntN(2) == 0, least: 1}
	if r.IntN(4) == 0 {
		m.least = int64(2 + r.IntN(2))
	}
	for range 1 + r.IntN(3) {
		m.sizes = append(m.sizes, 1+r.IntN(5))
	}
	all := 1 + r.IntN(5)
	m.lists = drawLists(r, all)
	for range 1 + r.IntN(25) {
		m.people = append(m.people, m.drawProfile(r, all))
	}
	return m
}

// drawLists draws sets of atoms, of which many are nested or are unions.
func drawLists(r *rand.Rand, all int) []atoms {
	full := atoms(1)<<all - 1
	lists := []atoms{atoms(r.IntN(int(full))) + 1}
	for range r.IntN(5) {
		one, other := lists[r.IntN(len(lists))], lists[r.IntN(len(lists))]
		random := atoms(r.IntN(int(full))) + 1
		next := random
		switch r.IntN(5) {
		case 0:
			next = one & random
		case 1:
			next = one | random
		case 2:
			next = one | other
		case 3:
			next = one &^ random
		}
		if next != 0 && !slices.Contains(lists, next) {
			lists = append(lists, next)
		}
	}
	return lists
}

func (m *micro) drawProfile(r *rand.Rand, all int) profile {
	p := profile{people: int64(r.IntN(int(3 * m.threshold)))}
	switch r.IntN(6) {
	case 0:
		p.people = int64(r.IntN(3))
	case 1:
		p.people = int64(r.IntN(int(100 * m.threshold)))
	}
	visits := 1
	for visits < 4 && r.IntN(3) == 0 {
		visits++
	}
	for range visits {
		var v visit
		for _, size := range m.sizes {
			v.categories = append(v.categories, r.IntN(size))
		}
		for range r.IntN(4) {
			v.atoms |= 1 << r.IntN(all)
		}
		v.coded = v.atoms != 0 || r.IntN(2) == 0
		p.visits = append(p.visits, v)
	}
	return p
}
