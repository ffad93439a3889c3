package codelist

import (
	"cmp"
	"slices"
)

// unresolved is one prefix that a row names, before its coverage is resolved. In a list, two numberings start at 1: one
// of the ranges, and one of the ranges, classes and _ together.
type unresolved struct {
	meaning
	row     int32 // index of its row in builder.rows
	span    int32 // number of the range that yields the prefix, 0 if none does
	scope   scope
	pattern int32 // number of the range, class or _ that yields the prefix, 0 if none does
}

// builder builds a list from rows: it first reads each row on its own, then resolves coverage and headings for the
// whole list.
type builder struct {
	rows    []listRow
	repairs []repairs // by row
	all     []unresolved
	spans   int32 // number of ranges so far
	pattern int32 // number of ranges, classes and _ so far
}

// list makes a list from the rows of a group. The argument budget points to the number of entries that the lists of the
// document may still add.
func (doc *document) list(g group, o *options, budget *int) (*List, error) {
	d, err := readRows(g.rows, o, budget)
	if err != nil {
		return nil, err
	}
	children := d.resolve(o.policy)
	if d.judgeHeadings(o.headings) {
		d.dropUnused()
		children = d.resolve(o.policy)
	}
	l := &List{name: g.name, report: doc.report}
	l.report.rows = d.rows
	l.fill(d, children, o.policy)
	l.report.notices = append(slices.Clone(doc.report.notices), l.notices()...)
	slices.SortStableFunc(l.report.notices, func(a, b Notice) int { return cmp.Compare(b.Level, a.Level) })
	return l, nil
}

// readRows reads the cell of every row that has not been refused. It fails as soon as the budget of entries is
// exceeded.
func readRows(rows []listRow, o *options, budget *int) (*builder, error) {
	d := &builder{rows: rows, repairs: make([]repairs, len(rows)), all: make([]unresolved, 0, len(rows))}
	reader := cellReader{allowBroad: o.allowBroad, expansion: o.limits.CellCodes}
	var c cell
	for i := range rows {
		row := &rows[i]
		if !row.used() {
			continue
		}
		if len(row.raw) > o.limits.CellBytes {
			row.refuse(Rejected, reasonCellLimit)
			continue
		}
		reader.system = row.system
		c = reader.read(row.raw, c.parts[:0])
		d.repairs[i] = c.repairs
		switch {
		case c.refusal == reasonChapter && o.headings != RejectHeadings:
			row.refuse(Ignored, reasonChapterHeading)
			continue
		case c.refusal != "":
			row.refuse(Rejected, refusalOf(row.raw, c.refusal))
			continue
		}
		if *budget -= len(c.parts); *budget < 0 {
			return nil, limitError(o, "entries", o.limits.Entries, "Entries")
		}
		for _, p := range c.parts {
			span, pattern := int32(0), int32(0)
			if p.span > 0 {
				span = d.spans + int32(p.span)
			}
			if p.pattern > 0 {
				pattern = d.pattern + int32(p.pattern)
			}
			d.all = append(d.all, unresolved{
				meaning: meaning{prefix: p.prefix, exclude: row.exclude},
				row:     int32(i), span: span, scope: p.scope, pattern: pattern,
			})
		}
		d.spans += int32(c.spans)
		d.pattern += int32(c.patterns)
	}
	return d, nil
}

// dropUnused removes the entries of every row that was refused after it had been read.
func (d *builder) dropUnused() {
	kept := d.all[:0]
	for i := range d.all {
		if d.rows[d.all[i].row].used() {
			kept = append(kept, d.all[i])
		}
	}
	d.all = kept
}
