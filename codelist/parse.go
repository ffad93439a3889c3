package codelist

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Parse reads a codelist from text (CSV, TSV, JSON or one code a line) or, with the option Workbooks, from a workbook.
// It finds the columns by their headers; see the package documentation for the rules.
//
// By default Parse fails if any row is rejected, with a *RejectedError that contains all rejected rows. With
// AllowRejected these rows stay in the report. Parse fails with a *FileError if the file cannot be read as a codelist
// at all, or has no entry.
//
// Time and memory are linear in the size of the file. A million rows take about a second. In addition to the text,
// Parse uses 270 bytes a row while it runs. The finished list uses half of that. A workbook takes about fifteen times
// as long and three times as much memory.
func Parse(name string, r io.Reader, opts ...Option) (*List, error) {
	o := newOptions(name, opts)
	doc, err := readDocument(r, o)
	if err != nil {
		return nil, err
	}
	budget := o.limits.Entries
	l, err := doc.list(group{name, doc.rows}, o, &budget)
	if err != nil {
		return nil, err
	}
	if err := check([]*List{l}, o); err != nil {
		return nil, err
	}
	return l, nil
}

// ParseGroups reads one list for each value of a column, from the rows with that value; see Parse. The value is the
// name of the list. Rows with a blank value, or with the text "(blank)" itself, form the list "(blank)". Lists come in
// the order in which their values first appear. ParseGroups resolves coverage and finds duplicates within each list.
//
// A value makes no list if Parse would ignore all its rows, because they have no code or another coding system. Notes
// under a table, for example, make no list. The result rest is the report of the rows that are in no list. Every row of
// the file is in the report of one list or in rest. A file without the column is an error.
func ParseGroups(name string, r io.Reader, column string, opts ...Option) (lists []*List, rest Report, err error) {
	o := newOptions(name, opts)
	if column == "" {
		return nil, Report{}, &FileError{
			File: o.file, Err: ErrOption,
			Detail: "the column of ParseGroups has no name; Parse reads a file as one list",
		}
	}
	o.groupColumn = column
	doc, err := readDocument(r, o)
	if err != nil {
		return nil, Report{}, err
	}
	groups, left := split(doc.groups())
	budget := o.limits.Entries
	for _, g := range groups {
		l, err := doc.list(g, o, &budget)
		if err != nil {
			return nil, Report{}, err
		}
		lists = append(lists, l)
	}
	if err := check(lists, o); err != nil {
		return nil, Report{}, err
	}
	rest = doc.report
	rest.rows = left
	for i := range left {
		rest.outcomes = append(rest.outcomes, outcome{row: int32(i), entry: -1, verdict: left[i].verdict})
	}
	if len(lists) == 0 && !o.allowEmpty {
		return nil, rest, &FileError{File: o.file, Err: ErrNoEntry, Detail: rest.counts()}
	}
	return lists, rest, nil
}

// check returns an error if the lists of one file have rejected rows, or if one of the lists has no entry, unless the
// options allow that.
func check(lists []*List, o *options) error {
	reports := make([]Report, len(lists))
	for i, l := range lists {
		reports[i] = l.report
	}
	if err := checkRejected(reports, o); err != nil {
		return err
	}
	for _, l := range lists {
		if len(l.entries) == 0 && !o.allowEmpty {
			detail := l.report.counts()
			if o.groupColumn != "" {
				detail = fmt.Sprintf("group %q: %s", l.name, detail)
			}
			return &FileError{File: o.file, Err: ErrNoEntry, Detail: detail}
		}
	}
	return nil
}

// checkRejected returns the rejected rows of all reports, in file order, as one error, unless the options allow
// rejected rows.
func checkRejected(reports []Report, o *options) error {
	if o.allowRejected {
		return nil
	}
	e := &RejectedError{File: o.file}
	for _, r := range reports {
		if r.Count(Rejected) == 0 {
			continue
		}
		for out := range r.Outcomes() {
			if out.Verdict == Rejected {
				e.Rows = append(e.Rows, out)
			}
		}
	}
	if len(e.Rows) == 0 {
		return nil
	}
	slices.SortStableFunc(e.Rows, func(a, b Outcome) int { return cmp.Compare(a.Row, b.Row) })
	return e
}

// counts returns how many rows were not used, and what to do about it.
func (r Report) counts() string {
	rejected, ignored := r.Count(Rejected), r.Count(Ignored)
	settle := "look at the rejected rows: without AllowRejected the error names each"
	switch {
	case rejected+ignored == 0:
		settle = "there are no rows below the header; check whether the file was saved completely"
	case rejected == 0:
		settle = "the rows belong to another coding system or have no code; check the stated system (CodingSystem) " +
			"and the column of the codes (CodeColumn)"
	}
	return fmt.Sprintf("%d rows rejected, %d ignored; %s", rejected, ignored, settle)
}
