package syntax

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// question is what a script asks, whatever its dialect.
type question struct {
	options
	m       *match.Matcher
	dialect Dialect
	lists   []list
	fields  []field // the code columns that the script reads
	codes   []Code  // the rows of the table of codes that some value can join

	seen string // the column that shows whether the patient was seen, "" without the option Attended
	year string // the column fyear, "" if the table has none

	isPrimary bool
	isMissing bool // a list has entries in the category that means missing
	isCut     bool // some rows are open or undecided
	pairs     bool // the script pairs the values of positional and concatenated columns
	raw       bool // raw values replace positional and concatenated ones

	divided map[string]bool // set by narrow: the subcategories that some list divides, nil for none
}

// list is one list of the question.
type list struct {
	name  string
	needs []coding.System // systems in which the list has inclusions
	open  bool            // some of its rows are open
	cut   bool            // some of its rows are open or undecided
}

// field is a code column.
type field struct {
	name string // as it is spelled in the table
	hesop.CodeField
	cuts int // the length to which the column may have truncated a value, 0 if it truncates none
}

// Columns returns a Reader without rows, which describes the columns of a table to New. The options are those of
// package hesop: Rename, ReadFields and RawWidth apply to the table as they do to a file.
func Columns(names []string, opts ...hesop.Option) (*hesop.Reader, error) {
	return hesop.FromSource(names, nothing{}, opts...)
}

type nothing struct{}

func (nothing) Next(*hesop.Row) error { return io.EOF }

// newQuestion finds the columns that a question needs, and the rows that it needs in the table of codes.
func newQuestion(m *match.Matcher, r *hesop.Reader, d Dialect, o *options) (*question, error) {
	q := &question{options: *o, m: m, dialect: d, isPrimary: m.IsPrimary()}
	for column, f := range r.CodeFields() {
		q.fields = append(q.fields, newField(column, f))
	}
	if err := q.findColumns(r); err != nil {
		return nil, err
	}
	if err := q.checkNames(); err != nil {
		return nil, err
	}
	q.findCodes()
	q.findForms()
	return q, q.checkRawWidth(r)
}

// checkNames refuses a result that would have two columns with the same name. It ignores case, as most databases do.
func (q *question) checkNames() error {
	seen := make(map[string]string) // from a name in lower case to what it names
	claim := func(name, what string) error {
		key := strings.ToLower(name)
		if other, isTwice := seen[key]; isTwice {
			return fmt.Errorf("%w: %s and %s would be columns with the same name, %.80q: rename a list, or Keep "+
				"other columns",
				ErrExpress, other, what, name)
		}
		seen[key] = what
		return nil
	}
	for _, name := range q.keep {
		if err := claim(name, "a column that Keep names"); err != nil {
			return err
		}
	}
	if q.what == Hits {
		for _, name := range hitColumns {
			if err := claim(name, "a column of hits"); err != nil {
				return err
			}
		}
	}
	for i := range q.m.Len() {
		if q.what != Flags {
			break
		}
		if err := claim(q.m.List(i).Name(), fmt.Sprintf("list %d", i+1)); err != nil {
			return err
		}
	}
	return nil
}

func newField(column hesop.Column, f hesop.CodeField) field {
	cuts := 0
	if f.Width == 3 || f.Width == 4 && f.System == coding.ICD10 {
		cuts = f.Width
	}
	return field{column.Name(), f, cuts}
}

// findColumns finds the columns that options name, and the default column where an option is absent.
func (q *question) findColumns(r *hesop.Reader) error {
	var first error
	find := func(name, what string) string {
		column, err := r.Column(name)
		if err != nil && first == nil {
			first = fmt.Errorf("%s: %w", what, err)
		}
		return column.Name()
	}
	switch {
	case q.person != "":
		q.person = find(q.person, "the column that PersonColumn names")
	case q.what == People:
		column, err := r.Person()
		if err != nil {
			first = fmt.Errorf("%w; PersonColumn names one", err)
		}
		q.person = column.Name()
	}
	if q.from != (hesop.Date{}) || q.to != (hesop.Date{}) || q.what == People || q.what == Counts {
		q.date = find(q.date, "the day of the appointment, which DateColumn names")
	} else {
		q.date = ""
	}
	if q.attended {
		q.seen = find("attended", "whether the patient was seen, which Attended asks for")
	}
	if column, err := r.Column("fyear"); err == nil && q.what == Counts {
		q.year = column.Name()
	}
	if q.key != "" {
		q.key = find(q.key, "the key of an appointment, which Once names")
		q.order = find(q.order, "the column that OrderBy names")
	}
	for i, name := range q.keep {
		q.keep[i] = find(name, "a column that Keep names")
	}
	if !q.keeps {
		q.keep = defaultKeep(r, q.person)
	}
	if q.what == People || q.what == Counts {
		if q.keeps {
			return fmt.Errorf("%w: Keep is for Flags and Hits: a row of %s is not an appointment", ErrOption, q.what)
		}
		q.keep = nil
	}
	return first
}

// defaultKeep returns the columns of the key and of the person, where the table has them.
func defaultKeep(r *hesop.Reader, person string) []string {
	var keep []string
	if column, err := r.Column("attendkey"); err == nil {
		keep = append(keep, column.Name())
	}
	column, err := r.Person()
	if person != "" {
		column, err = r.Column(person)
	}
	if err == nil && (len(keep) == 0 || keep[0] != column.Name()) {
		keep = append(keep, column.Name())
	}
	return keep
}

// findCodes builds the table of codes and records which features the query needs for its rows.
func (q *question) findCodes() {
	for i := range q.m.Len() {
		l := list{name: q.m.List(i).Name()}
		for _, sys := range coding.Systems() {
			if q.m.List(i).Includes(sys) {
				l.needs = append(l.needs, sys)
			}
		}
		q.lists = append(q.lists, l)
	}
	cuts := make(map[[2]int]bool) // pairs of system and cut that occur in the fields
	for _, f := range q.fields {
		cuts[[2]int{int(f.System), 0}] = true
		cuts[[2]int{int(f.System), f.cuts}] = true
	}
	for c := range Codes(q.m) {
		if !cuts[[2]int{int(c.System), c.Cut}] || c.State == Excluded || c.State == Undecided && q.what != Counts {
			// The query does not need this row, but findForms must know whether an undecided row exists.
			q.isCut = q.isCut || c.State == Undecided && cuts[[2]int{int(c.System), c.Cut}]
			continue
		}
		q.codes = append(q.codes, c)
		l := &q.lists[c.List]
		l.open = l.open || c.State == Open
		l.cut = l.cut || c.State == Open || c.State == Undecided
		q.isCut = q.isCut || l.cut
		q.isMissing = q.isMissing || strings.HasPrefix(c.Code, c.System.Missing().String())
	}
}

// findForms decides between which field forms the query must compare values. A positional and a concatenated value of
// the same code form a pair, in which the positional value answers for both. Pairing changes the hits, and which code
// is in the first position. Pairing also matters if only one value of a pair may be truncated.
func (q *question) findForms() {
	for _, sys := range coding.Systems() {
		var has [3]bool
		for _, f := range q.fields {
			if f.System == sys {
				has[f.Form] = true
			}
		}
		q.raw = q.raw || has[hesop.Raw] && (has[hesop.Positional] || has[hesop.Concatenated])
		q.pairs = q.pairs || has[hesop.Positional] && has[hesop.Concatenated] &&
			(q.what == Hits || q.isPrimary || q.isCut)
	}
}

// checkRawWidth refuses columns of raw diagnoses without RawWidth if a list depends on whether they were truncated.
func (q *question) checkRawWidth(r *hesop.Reader) error {
	raw := slices.IndexFunc(q.fields, func(f field) bool { return f.Form == hesop.Raw && f.System == coding.ICD10 })
	if raw < 0 || r.StatesRawWidth() {
		return nil
	}
	for c := range Codes(q.m) {
		if c.System == coding.ICD10 && c.Cut == 4 && (c.State == Open || c.State == Undecided) {
			return fmt.Errorf("%w: %w: list %q has an entry that is longer than %s, and a script cannot see whether "+
				"column %s was truncated to four characters: RawWidth(6) reads its values as whole, RawWidth(4) "+
				"as truncated",
				ErrExpress, hesop.ErrRawWidth, q.lists[c.List].name, c.Code, q.fields[raw].name)
		}
	}
	return nil
}

// hasSlots reports whether some column is concatenated.
func (q *question) hasSlots() bool {
	return slices.ContainsFunc(q.fields, func(f field) bool { return f.Form == hesop.Concatenated })
}

// check refuses a result that an engine cannot hold.
func (q *question) check(l limits) error {
	columns := map[What]int{Flags: 3 + len(q.keep) + 2*len(q.lists), Counts: 2 + 4*len(q.lists)}[q.what] // of one step
	if l.columns > 0 && columns > l.columns {
		return fmt.Errorf("%w: %d lists make steps of up to %d columns, and %s holds %d: ask fewer at a time",
			ErrExpress, len(q.lists), columns, q.dialect, l.columns)
	}
	if q.what != Flags {
		return nil
	}
	for _, list := range q.lists {
		if l.name > 0 && len(list.name) > l.name {
			return fmt.Errorf("%w: the list %.80q has a name of %d bytes, and %s truncates the name of a column to "+
				"%d: give it a shorter one", ErrExpress, list.name, len(list.name), q.dialect, l.name)
		}
		if strings.ContainsFunc(list.name, func(r rune) bool { return r < ' ' }) {
			return fmt.Errorf("%w: the list %.80q has a line end or the like in its name, which would become the "+
				"name of a column: give it another name", ErrExpress, list.name)
		}
	}
	return nil
}
