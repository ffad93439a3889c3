package codelist

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Parse reads a codelist from text: CSV, TSV or one code a line, or, with the
// option Workbooks, from a workbook. Its columns are found by their headers; see
// the package documentation for the rules.
//
// By default any row that is rejected fails the parse with a *RejectedError that
// holds all of them; with AllowRejected they stay in the report. A file that cannot be
// read as a codelist at all, or that leaves no entry, fails with a *FileError.
// Time and memory are linear in the size of the file: a million rows take about a
// second, 270 bytes each beside the text while they are parsed and half of that
// afterwards. A workbook takes some fifteen times as long and three times as much.
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

// ParseGroups reads one list for each value of a column from one file, with the
// rows that have that value; see Parse. A list is called as its value, the one of
// blank values "(blank)" (which as a value is the same), and lists stand in the order in which their values first
// appear. What a category covers and what is a duplicate is judged within a list.
//
// A value whose rows are all of other coding systems, or without a code, makes no
// list: rest is the report of those rows. Every row of the file is in the report
// of one list or in rest. A file without the column fails.
func ParseGroups(name string, r io.Reader, column string, opts ...Option) (lists []*List, rest Report, err error) {
	o := newOptions(name, opts)
	if column == "" {
		return nil, Report{}, &FileError{File: o.file, Err: ErrOption, Detail: "the column of ParseGroups has no name; Parse reads a file as one list"}
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

// check fails lists of one file that have rejected rows, if they need not be
// lenient, or no entry.
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

// checkRejected fails with the rejected rows of reports, in file order, unless they
// are tolerated.
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

// counts tells how many rows are not used, and what can be done about that.
func (r Report) counts() string {
	rejected, ignored := r.Count(Rejected), r.Count(Ignored)
	settle := "look at the rejected rows: without AllowRejected the error names each"
	switch {
	case rejected+ignored == 0:
		settle = "nothing stands below the header; look whether the file was saved whole"
	case rejected == 0:
		settle = "the rows are of another coding system or have no code; check the stated system (CodingSystem) " +
			"and the column of the codes (CodeColumn)"
	}
	return fmt.Sprintf("%d rows rejected, %d ignored; %s", rejected, ignored, settle)
}
