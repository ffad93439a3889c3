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
	within map[company]*cells
}

// countCompanies counts the companies that there are. Most were tried; of one that was not there
// is now a person.
func (k *kin) countCompanies(c *Cohort) {
	t := &Totals{Lists: make([]ListTotals, c.plan.m.Len())}
	counter := c.newCounter(t)
	k.companies = companies{make(map[company]int64), make(map[company]*cells)}
	add := func(in company) *cells {
		if k.within[in] == nil {
			k.within[in] = newCells(t)
		}
		return k.within[in]
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
		bind(k.trial.always, kept)
		for _, i := range g.events {
			e := &c.in().events[i]
			if e.day == (hesop.Date{}) {
				continue
			}
			lists := companyOf(k.lists, c.in().findings.sets[e.findings])
			counter.slotsOf(e.row, func(s int) { in[s] |= lists & kept })
		}
		for s, company := range in {
			if in[s] = 0; s == whole || company == 0 {
				continue
			}
			d := counter.kept[s].dimension
			add(company)[d][places[s]]++
			bind(k.trial.alwaysWithin, company)
		}
	}
}

// cells are counts by dimension and category of Totals.
type cells [dimensions][]int64

func newCells(t *Totals) *cells {
	c := new(cells)
	for d := range c {
		c[d] = make([]int64, len(t.Categories[d]))
	}
	return c
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
		b.addCompaniesOf(k, slices.Sorted(maps.Keys(k.whole)), func(c company) suppress.Column {
			return suppress.Column{Total: k.whole[c], Of: suppress.Totals, Cells: make([][]int64, dimensions)}
		})
		b.addCompaniesOf(k, slices.Sorted(maps.Keys(k.within)), func(c company) suppress.Column {
			return suppress.Column{Of: suppress.Cells, Cells: b.cellsOf(k.within[c], k.peopleFit)}
		})
	}
}

// addCompaniesOf adds a column of each company, of people that no table has.
func (b *builder) addCompaniesOf(k *kin, all []company, of func(c company) suppress.Column) {
	first := len(b.problem.Columns)
	for _, c := range all {
		col := of(c)
		col.People, col.Hidden = true, true
		b.problem.Columns = append(b.problem.Columns, col)
	}
	b.addMade(k, b.people, first, len(all), func(part, place int) bool { return all[part].has(place) })
}

// addMade says which of some columns, from the first one on, those of lists are made of.
func (b *builder) addMade(k *kin, wholes []int, first, parts int, has func(part, place int) bool) {
	done := make(map[int]bool)
	for place, list := range k.lists {
		cover := suppress.Cover{Whole: wholes[list], Parted: suppress.Exactly}
		for part := range parts {
			if has(part, place) {
				cover.Parts = append(cover.Parts, first+part)
			}
		}
		if len(cover.Parts) > 0 && !done[cover.Whole] {
			done[cover.Whole] = true
			b.problem.Covers = append(b.problem.Covers, cover)
		}
	}
}

// cellsOf are the cells of the dimensions that there are tables of, and in which they fit.
func (b *builder) cellsOf(all *cells, fits [dimensions]bool) [][]int64 {
	of := make([][]int64, dimensions)
	for d := range of {
		if fits[d] && len(b.totals.Categories[d]) > 0 {
			of[d] = all[d]
		}
	}
	return of
}
