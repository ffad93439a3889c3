package quality

import (
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// plan lists the columns of a reader that a Counter looks at.
type plan struct {
	codes  []codePlan // by index in hesop.Reader.AllCodeFields
	spans  []codeSpan
	groups []groupPlan
	fields []fieldPlan // in file order

	specialty    hesop.Column // tretspef
	hasSpecialty bool

	// asksYear is true if Add must ask the appointment for its year. This happens if renamed columns keep Add from
	// reading the date that decides the year.
	asksYear bool
}

// codePlan is a code column.
type codePlan struct {
	system coding.System
	width  int
	joined bool // concatenated
	count  int  // index of Counter.columns
	span   int

	// The indexes of the longer column and of the three-character column for the same code; -1 for none.
	full, short int
}

// groupPlan describes the columns of one form and width.
type groupPlan struct {
	count   int // index of Counter.columns
	columns int
}

// fieldPlan describes a column that is not a code column.
type fieldPlan struct {
	column hesop.Column
	use    fieldUse
	count  int // index of Counter.dates
}

// fieldUse is what a Counter uses a column for.
type fieldUse uint8

const (
	useKey       fieldUse = iota // attendkey
	useYear                      // fyear
	useSpecialty                 // tretspef
	useDate                      // a column of dates other than apptdate
	useAppointed                 // apptdate
)

// newPlan returns the plan for a reader, and adds the columns of the reader to the counts of c.
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
	order := make(map[hesop.Column]int)
	for column := range r.Columns() {
		order[column] = len(order)
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
	c.planCodes(p, r, order)
	return p
}

// planCodes adds the code columns to a plan, in file order. order maps each column to its index in the file.
func (c *Counter) planCodes(p *plan, r *hesop.Reader, order map[hesop.Column]int) {
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
			span: p.span(f.System, column, order), full: -1, short: -1,
		})
		p.group(n).columns++
	}
	for _, g := range p.groups {
		columns := &c.columns[g.count].Columns
		*columns = max(*columns, g.columns)
	}
	sameSpan := true
	for i, short := range all {
		if full := longerColumn(all, &short); full >= 0 {
			p.codes[i].full, p.codes[full].short = full, i
			sameSpan = sameSpan && p.codes[i].span == p.codes[full].span
			c.systems[short.System].shortened = true
		}
	}
	for i := range p.spans {
		if sameSpan {
			p.spans[i].cache = make([]cachedSpan, 1<<cacheBits)
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

// span adds a column to the last span if that span has the same system and ends just before the column. Otherwise it
// begins a new span. It returns the index of the span.
func (p *plan) span(sys coding.System, column hesop.Column, order map[hesop.Column]int) int {
	last := len(p.spans) - 1
	if last >= 0 && p.spans[last].system == sys && order[column] == order[p.spans[last].last]+1 {
		p.spans[last].last = column
		return last
	}
	p.spans = append(p.spans, codeSpan{first: column, last: column, system: sys})
	return last + 1
}

// longerColumn returns the index of a longer column for the codes of a three-character column. It prefers a column of
// four characters to a raw one, and returns -1 if there is neither.
func longerColumn(all []hesop.CodeField, short *hesop.CodeField) int {
	full := -1
	if short.Width != 3 {
		return full
	}
	for i, f := range all {
		isLonger := f.System == short.System && f.Position == short.Position && f.Width > 3
		if isLonger && (full < 0 || f.Width == 4) {
			full = i
		}
	}
	return full
}

// group returns the groupPlan for an index of Counter.columns. It adds the groupPlan if there is none yet.
func (p *plan) group(count int) *groupPlan {
	for i := range p.groups {
		if p.groups[i].count == count {
			return &p.groups[i]
		}
	}
	p.groups = append(p.groups, groupPlan{count: count})
	return &p.groups[len(p.groups)-1]
}
