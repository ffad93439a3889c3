package cohort

import (
	"context"
	"fmt"
)

// Release is the tables of a cohort as a Profile lets them out. Everything in it is fit to
// leave, if the profile is the rule of the place; without a profile nothing is.
type Release struct {
	Profile Profile
	Tables  []Table
	Notes   []string // sentences that say what the numbers are, what was left out, and why
}

// Table is a table of numbers.
type Table struct {
	Name     string   // for programs: "lists", "lists_by_financial_year"
	Title    string   // for people
	Group    string   // what Row.Group is, "" if nothing
	Measures []string // what the numbers of each row are, for programs
	Headings []string // the same, for people
	Rows     []Row
}

// Row is a row of a Table.
type Row struct {
	List    int // number of the list, -1 for a row of all appointments
	Group   string
	Numbers []Number // by Table.Measures
}

// Row returns the numbers of the row of a list, -1 for all appointments, and a group.
func (t *Table) Row(list int, group string) ([]Number, bool) {
	for _, r := range t.Rows {
		if r.List == list && r.Group == group {
			return r.Numbers, true
		}
	}
	return nil, false
}

// Table returns a table by its name.
func (r *Release) Table(name string) (*Table, bool) {
	for i := range r.Tables {
		if r.Tables[i].Name == name {
			return &r.Tables[i], true
		}
	}
	return nil, false
}

// Release makes the tables of what is in the cohort. A Cohort made without WithTotals
// has only those of lists as a whole.
//
// To mask takes some 100 KB for each list, and time: some seconds for twenty lists, ten and more where
// lists have codes in common crosswise, as A with B, B with C, and A with C. Of lists that hang together in more than 3,000 numbers of a table, more
// is masked than need be, so that it ends.
//
// All tables of a Release are masked together: what is masked in one cannot be worked out
// from the others, as package documentation says in detail. Two releases of the same data, by
// other options or lists, are not: they can be subtracted from each other.
//
// Release fails with ErrOption if p is no rule, as the zero Profile is, with ErrIncomplete
// if a Scan failed, and with the cause of ctx when it is cancelled, which it looks at
// between its steps.
func (c *Cohort) Release(ctx context.Context, p Profile) (*Release, error) {
	c.mustBeMade()
	if ctx == nil {
		return nil, fmt.Errorf("%w: the Context of Release is nil", ErrOption)
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOption, err)
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	b := &builder{cohort: c, profile: p, totals: c.Totals()}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	b.suppress()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	r := &Release{Profile: p}
	r.Tables = append(r.Tables, b.rows(), b.status())
	for d := range Dimension(dimensions) {
		if len(b.totals.Categories[d]) > 0 {
			r.Tables = append(r.Tables, b.taken(d), b.lists(d))
		}
	}
	if c.plan.totals {
		r.Tables = append(r.Tables, b.entries())
	}
	r.Notes = b.notes()
	return r, nil
}
