package cohort

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Release holds the tables of a cohort under a Profile. Everything in it may leave the environment, provided that the
// Profile is the environment's rule.
type Release struct {
	Tables []Table
	Notes  []string // sentences that explain the numbers and what is suppressed
}

// Table is a table of numbers.
type Table struct {
	Name     string   // for programs: "lists", "lists_by_financial_year"
	Title    string   // for people
	Group    string   // heading of Row.Group, "" if the rows have no group
	Measures []string // names of the numbers of each row, for programs
	Headings []string // headings of the same numbers, for people
	Rows     []Row
	NotShown bool // some categories are not listed: none of their numbers is shown, or they have no appointment
}

// Row is a row of a Table.
type Row struct {
	List    int // number of the list, -1 for a row of all appointments
	Group   string
	Numbers []Number // in the order of Table.Measures
}

// Table returns the table with the given name, and whether it exists.
func (r *Release) Table(name string) (*Table, bool) {
	for i := range r.Tables {
		if r.Tables[i].Name == name {
			return &r.Tables[i], true
		}
	}
	return nil, false
}

// Release makes the tables of the cohort under a Profile: see the package documentation for the rule. A table has no
// row for a category without an appointment, not even a suppressed one. Release makes one pass over the appointments
// that match.
//
// Release fails with ErrOption if p is not a valid rule or New was called without WithTotals, with ErrIncomplete if a
// Scan failed, and with the cause of ctx when it is cancelled.
func (c *Cohort) Release(ctx context.Context, p Profile) (*Release, error) {
	if ctx == nil {
		return nil, fmt.Errorf("%w: the Context of Release is nil", ErrOption)
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOption, err)
	}
	b, err := newBuilder(c, p)
	if err != nil {
		return nil, err
	}
	b.hide(p)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return &Release{b.print(p), append(p.notes(), c.plan.notes()...)}, nil
}

// Exact returns the tables of Release with nothing suppressed and nothing rounded. They must not leave the environment.
// Exact fails with ErrOption if New was called without WithTotals, and with ErrIncomplete if a Scan failed.
func (c *Cohort) Exact() (tables []Table, notes []string, err error) {
	exact := Profile{Nearest: 1}
	b, err := newBuilder(c, exact)
	if err != nil {
		return nil, nil, err
	}
	return b.print(exact), append([]string{exactNote}, c.plan.notes()...), nil
}

const exactNote = "Nothing is hidden or rounded here: these numbers are not fit to leave the environment."

// notes returns the notes that explain the profile.
func (p Profile) notes() []string {
	return []string{
		fmt.Sprintf("%v means fewer than %s people, zero included, or, rarely, a larger group that is hidden "+
			"because its number would reveal another hidden one.", Number{p.Least, hidden}, inWords(p.Least)),
		fmt.Sprintf("Every number is rounded to the nearest %d, so the parts of a table may not add up to "+
			"their total.", p.Nearest),
	}
}

// inWords returns a number up to ten in words, and a larger number in digits.
func inWords(n int64) string {
	if words := strings.Fields("no one two three four five six seven eight nine ten"); n < int64(len(words)) {
		return words[n]
	}
	return strconv.FormatInt(n, 10)
}

// notes returns the notes that explain what is counted.
func (p *plan) notes() []string {
	notes := []string{
		NotThere + ": the data have no field from which this could be counted.",
		"Match: the appointment has a code of the list. No match: it has a code in every coding system of the list, " +
			"and no code of the list. Unknown: it lacks a code in one of these systems, or a truncated code " +
			"may or may not belong to an entry. Unknown is not the absence of a condition.",
		"Appointments are counted with or without a person and a date. People are those with an identifier and a " +
			"dated appointment. A person is counted once in each year, specialty and age, so these numbers do not " +
			"add up to the people of the list.",
		"An appointment can be counted for several entries of a list, so the entries do not add up to its matches.",
	}
	if p.least > 1 {
		notes = append(notes, fmt.Sprintf("People are those with %d or more appointments of the list. Its "+
			"appointments are all that match, including those of other people. Where these people are too few, both "+
			"are hidden.",
			p.least))
	}
	for _, r := range p.related {
		notes = append(notes, r.describe(p))
	}
	return notes
}

// people returns the heading of the column of people, which depends on AtLeast.
func (p *plan) people() string {
	if p.least > 1 {
		return fmt.Sprintf("people with %d or more", p.least)
	}
	return "people"
}
