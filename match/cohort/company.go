package cohort

import (
	"maps"
	"slices"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort/internal/suppress"
)

// companies are the people of kin by what they are kept in together: in all, and within each
// category.
type companies struct {
	whole  map[company]int64
	within map[company]*[dimensions][]int64
}

// countCompanies counts the companies that there are. Most were tried; of one that was not there
// is now a person.
func (k *kin) countCompanies(c *Cohort) {
	t := &Totals{Lists: make([]ListTotals, c.plan.m.Len())}
	counter := c.newCounter(t)
	k.companies = companies{make(map[company]int64), make(map[company]*[dimensions][]int64)}
	add := func(in company) *[dimensions][]int64 {
		cells := k.within[in]
		if cells == nil {
			cells = new([dimensions][]int64)
			for d := range cells {
				cells[d] = make([]int64, len(t.Categories[d]))
			}
			k.within[in] = cells
		}
		return cells
	}
	for _, c := range k.trial.whole {
		k.whole[c] = 0
	}
	for _, c := range k.trial.within {
		add(c)
	}
	places := counter.places()
	in := make([]company, len(counter.kept))
	for g := range c.groups() {
		kept := company(0)
		for i := range g.members {
			if place := k.place(g.members[i].List); place >= 0 {
				kept |= 1 << place
			}
		}
		if kept == 0 {
			continue
		}
		k.whole[kept]++
		k.trial.anybody |= kept
		k.trial.keep(&k.trial.whole, k.trial.always, kept)
		for _, i := range g.events {
			e := &c.events[i]
			if e.day == (hesop.Date{}) {
				continue
			}
			lists := companyOf(k.lists, c.findings.sets[e.findings])
			counter.slotsOf(e.row, func(s int) { in[s] |= lists & kept })
		}
		for s, company := range in {
			if in[s] = 0; s == whole || company == 0 {
				continue
			}
			d := counter.kept[s].dimension
			add(company)[d][places[s]]++
			k.trial.keep(&k.trial.within, k.trial.alwaysWithin, company)
		}
	}
}

// places are the places of slots in Totals.Categories.
func (k *counter) places() []int {
	var next [dimensions]int
	places := make([]int, len(k.kept))
	for s := range k.kept {
		if d := k.kept[s].dimension; s != whole {
			places[s] = next[d]
			next[d]++
		}
	}
	return places
}

// addCompanies says that people are kept in lists together as their relations allow it.
func (b *builder) addCompanies() {
	for list, k := range b.kin {
		if k == nil || k.trial == nil || k.lists[0] != list {
			continue
		}
		columns := make(map[company]int)
		for _, c := range slices.Sorted(maps.Keys(k.whole)) {
			columns[c] = b.addCompany(suppress.Column{Total: k.whole[c], Of: suppress.Totals, Cells: make([][]int64, dimensions)})
		}
		b.addParts(k, columns)
		clear(columns)
		for _, c := range slices.Sorted(maps.Keys(k.within)) {
			columns[c] = b.addCompany(suppress.Column{Of: suppress.Cells, Cells: b.cellsOf(k.within[c], k.peopleFit)})
		}
		b.addParts(k, columns)
	}
}

// cellsOf are the cells of the dimensions that there are tables of, and in which they fit.
func (b *builder) cellsOf(cells *[dimensions][]int64, fits [dimensions]bool) [][]int64 {
	of := make([][]int64, dimensions)
	for d := range of {
		if fits[d] && len(b.totals.Categories[d]) > 0 {
			of[d] = cells[d]
		}
	}
	return of
}

// addCompany adds a column of people that no table has.
func (b *builder) addCompany(c suppress.Column) int {
	c.People, c.Hidden = true, true
	b.problem.Columns = append(b.problem.Columns, c)
	return len(b.problem.Columns) - 1
}

// addParts says which companies the people of lists are made of.
func (b *builder) addParts(k *kin, columns map[company]int) {
	done := make(map[int]bool)
	for place, list := range k.lists {
		cover := suppress.Cover{Whole: b.people[list], Parted: suppress.Exactly}
		for _, c := range slices.Sorted(maps.Keys(columns)) {
			if c.has(place) {
				cover.Parts = append(cover.Parts, columns[c])
			}
		}
		if len(cover.Parts) > 0 && !b.nobody[list] && !done[cover.Whole] {
			done[cover.Whole] = true
			b.problem.Covers = append(b.problem.Covers, cover)
		}
	}
}
