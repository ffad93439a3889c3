package quality

import (
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// plan is where a reader has the columns that a Counter looks at.
type plan struct {
	codes  []codePlan // by number in hesop.Reader.AllCodeFields
	spans  []codeSpan
	groups []groupPlan
	fields []fieldPlan // in the order of the file

	specialty    hesop.Column // tretspef
	hasSpecialty bool

	// Years are not those of the one date that Add reads, because of how columns were renamed.
	asksYear bool
}

// codePlan is a code column.
type codePlan struct {
	system coding.System
	width  int
	joined bool // it is concatenated
	count  int  // of Counter.columns
	span   int

	// The number of the column beside it that has more characters, and of the one that has three, or -1.
	full, short int
}

// groupPlan is the columns of one form and width.
type groupPlan struct {
	count   int // of Counter.columns
	columns int
}

// fieldPlan is another column.
type fieldPlan struct {
	column hesop.Column
	use    fieldUse
	count  int // of Counter.dates
}

// fieldUse is what a Counter looks at a column for.
type fieldUse uint8

const (
	useKey       fieldUse = iota // attendkey
	useYear                      // fyear
	useSpecialty                 // tretspef
	useDate                      // of any kind but the next
	useAppointed                 // apptdate
)

// newPlan makes the plan of a reader, and room for its counts.
func (c *Counter) newPlan(r *hesop.Reader) *plan {
	p := &plan{}
	named := make(map[hesop.Column][]fieldUse)
	find := func(name string, use fieldUse) (hesop.Column, bool) {
		column, err := r.Column(name)
		if err == nil {
			named[column] = append(named[column], use)
		}
		return column, err == nil
	}
	_, hasKey := find("attendkey", useKey)
	c.keyed = c.keyed || hasKey
	find("fyear", useYear)
	p.specialty, p.hasSpecialty = find("tretspef", useSpecialty)
	appointed, err := r.Column("apptdate")
	p.asksYear = err == nil
	place := make(map[hesop.Column]int)
	for column := range r.Columns() {
		place[column] = len(place)
		for _, use := range named[column] {
			p.fields = append(p.fields, fieldPlan{column: column, use: use})
		}
		if v, ok := column.Variable(); ok && v.Kind == hesop.KindDate {
			use := useDate
			if v.Name == "apptdate" {
				use, p.asksYear = useAppointed, column != appointed
			}
			p.fields = append(p.fields, fieldPlan{column, use, c.date(v.Name)})
		}
	}
	c.planCodes(p, r, place)
	return p
}

// planCodes adds the code columns to a plan, in the order of the file, in which each column has its place.
func (c *Counter) planCodes(p *plan, r *hesop.Reader, place map[hesop.Column]int) {
	var matched, all []hesop.CodeField
	isMatched := make(map[hesop.Column]bool)
	for column, f := range r.CodeFields() {
		matched, isMatched[column] = append(matched, f), true
	}
	for column, f := range r.AllCodeFields() {
		all = append(all, f)
		n := c.column(f.System, f.Form, f.Width)
		c.columns[n].Matched = c.columns[n].Matched || isMatched[column]
		p.codes = append(p.codes, codePlan{
			system: f.System, width: f.Width, joined: f.Form == hesop.Concatenated, count: n,
			span: p.span(f.System, column, place), full: -1, short: -1,
		})
		p.group(n).columns++
	}
	for _, g := range p.groups {
		columns := &c.columns[g.count].Columns
		*columns = max(*columns, g.columns)
	}
	apart := true
	for i, short := range all {
		if full := beside(all, &short); full >= 0 {
			p.codes[i].full, p.codes[full].short = full, i
			apart = apart && p.codes[i].span == p.codes[full].span
			c.systems[short.System].shortened = true
		}
	}
	for i := range p.spans {
		if apart {
			p.spans[i].known = make([]knownText, 1<<knownBits)
		}
	}
	for sys := range c.systems {
		has := func(form hesop.Form) bool {
			return slices.ContainsFunc(matched, func(f hesop.CodeField) bool {
				return f.System == coding.System(sys) && f.Form == form
			})
		}
		c.systems[sys].paired = c.systems[sys].paired || has(hesop.Positional) && has(hesop.Concatenated)
	}
}

// span adds a column to the last span, or begins one.
func (p *plan) span(sys coding.System, column hesop.Column, place map[hesop.Column]int) int {
	last := len(p.spans) - 1
	if last >= 0 && p.spans[last].system == sys && place[column] == place[p.spans[last].last]+1 {
		p.spans[last].last = column
		return last
	}
	p.spans = append(p.spans, codeSpan{first: column, last: column, system: sys})
	return last + 1
}

// beside finds the column that has more characters of the codes of a column of three: one of four before a raw one. It
// returns -1 if there is none.
func beside(all []hesop.CodeField, short *hesop.CodeField) int {
	full := -1
	if short.Width != 3 {
		return full
	}
	for i, f := range all {
		isBeside := f.System == short.System && f.Position == short.Position && f.Width > 3
		if isBeside && (full < 0 || f.Width == 4) {
			full = i
		}
	}
	return full
}

// group finds or makes the group of a count.
func (p *plan) group(count int) *groupPlan {
	for i := range p.groups {
		if p.groups[i].count == count {
			return &p.groups[i]
		}
	}
	p.groups = append(p.groups, groupPlan{count: count})
	return &p.groups[len(p.groups)-1]
}
