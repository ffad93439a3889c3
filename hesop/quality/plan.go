package quality

import (
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// plan is where a reader has the columns that a Counter looks at.
type plan struct {
	codes  []codePlan // by number in hesop.Reader.AllCodeFields
	groups []groupPlan
	shorts []shortPlan
	dates  []datePlan

	key, year, specialty          hesop.Column // attendkey, fyear, tretspef
	hasKey, hasYear, hasSpecialty bool
}

// codePlan is a code column.
type codePlan struct {
	column hesop.Column
	system coding.System
	width  int
	joined bool // it is concatenated
	count  int  // of codeCount.columns
}

// groupPlan is the columns of one form and width.
type groupPlan struct {
	system  coding.System
	count   int // of codeCount.columns
	columns int
}

// shortPlan is a column of three characters beside one of more.
type shortPlan struct {
	system      coding.System
	short, full int  // numbers
	joined      bool // they are concatenated
}

// datePlan is a column of dates.
type datePlan struct {
	column hesop.Column
	count  int // of Counter.dates
}

// newPlan makes the plan of a reader, and room for its counts.
func (c *Counter) newPlan(r *hesop.Reader) *plan {
	p := &plan{}
	for column := range r.Columns() {
		if v, ok := column.Variable(); ok && v.Kind == hesop.KindDate {
			p.dates = append(p.dates, datePlan{column, c.date(v.Name)})
		}
	}
	column := func(name string) (hesop.Column, bool) {
		c, err := r.Column(name)
		return c, err == nil
	}
	p.key, p.hasKey = column("attendkey")
	c.keyed = c.keyed || p.hasKey
	p.year, p.hasYear = column("fyear")
	p.specialty, p.hasSpecialty = column("tretspef")
	c.planCodes(p, r)
	return p
}

// planCodes adds the code columns to a plan, in the order of the file.
func (c *Counter) planCodes(p *plan, r *hesop.Reader) {
	var matched, all []hesop.CodeField
	isMatched := make(map[hesop.Column]bool)
	for column, f := range r.CodeFields() {
		matched, isMatched[column] = append(matched, f), true
	}
	for column, f := range r.AllCodeFields() {
		all = append(all, f)
		s := &c.systems[f.System]
		n := s.column(f.Form, f.Width)
		s.columns[n].Matched = s.columns[n].Matched || isMatched[column]
		p.codes = append(p.codes, codePlan{
			column: column, system: f.System, width: f.Width, joined: f.Form == hesop.Concatenated, count: n,
		})
		p.group(f.System, n).columns++
	}
	for _, g := range p.groups {
		columns := &c.systems[g.system].columns[g.count]
		columns.Columns = max(columns.Columns, g.columns)
	}
	for i, short := range all {
		if full := beside(all, &short); full >= 0 {
			p.shorts = append(p.shorts, shortPlan{short.System, i, full, short.Form == hesop.Concatenated})
			c.systems[short.System].shortened = true
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
func (p *plan) group(sys coding.System, count int) *groupPlan {
	for i := range p.groups {
		if p.groups[i].system == sys && p.groups[i].count == count {
			return &p.groups[i]
		}
	}
	p.groups = append(p.groups, groupPlan{system: sys, count: count})
	return &p.groups[len(p.groups)-1]
}
