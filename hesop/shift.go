package hesop

import (
	"bytes"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/padding"
)

// shift looks for signs that columns do not hold what their names say: values of a code column that are not codes, and
// positional and concatenated columns that disagree.
//
// It looks at a sample: the first 100 rows, then every 256th row up to row 65,536, and every 4,096th row after that. It
// misses shifted rows in between; Codes.Unrecognised and Codes.Disagreements cover every row. The sample depends on row
// numbers alone and is taken once for each block of text, so other rows cost nothing.
type shift struct {
	passed  int64 // number of earlier rows of text, including blank ones
	looked  int64 // number of rows looked at
	all     bool  // all rows were looked at
	differ  int64 // number of sampled rows that have disagreements
	columns []shiftCount
	row     Appointment
}

// shiftCount counts the values of one column that are not empty, and among these the values that are not codes.
type shiftCount struct{ values, strange int64 }

const (
	firstLooked = 100     // number of rows at the start, which are all looked at
	everyLooked = 256     // then each row whose number is a multiple of this
	denselyUpTo = 1 << 16 // up to this number
	everyFar    = 4096    // then each row whose number is a multiple of this

	// A share of more than one in five is a sign of a shift, if at least this many values or rows are affected.
	shiftShare        = 5
	leastStrange      = 3
	leastStrangeOfAll = 5 // if only some rows were looked at
)

func newShift(h *header) *shift {
	d := &shift{all: true, columns: make([]shiftCount, len(h.names))}
	d.row.fill(h)
	return d
}

// add looks at the rows of a chunk that the reader has passed and that are in the sample.
func (d *shift) add(s *chunk) {
	passed := s.indexed.Passed()
	for i := 0; i < passed; i++ {
		if skip := notLooked(d.passed + int64(i)); skip > 0 {
			d.all = false
			i += int(skip) - 1
			continue
		}
		a := &d.row
		if a.row = s.indexed.Row(i); a.row.Fields != len(d.columns) || a.row.Start == a.row.End {
			continue
		}
		in := a.in()
		in.indexed, in.data, a.whole = &s.indexed, s.indexed.Text(), false
		a.begin(0)
		d.look(a)
	}
	d.passed += int64(passed)
}

// addRow looks at a row of a query, if the row is in the sample.
func (d *shift) addRow(a *Appointment) {
	n := d.passed
	if d.passed++; notLooked(n) > 0 {
		d.all = false
		return
	}
	d.look(a)
}

// merge adds the counts of o, which come from other rows.
func (d *shift) merge(o *shift) {
	d.looked += o.looked
	d.all = d.all && o.all
	d.differ += o.differ
	for i, c := range o.columns {
		d.columns[i].values += c.values
		d.columns[i].strange += c.strange
	}
}

// notLooked returns the number of rows to skip, from row n on, before the next row of the sample.
func notLooked(n int64) int64 {
	every := int64(everyLooked)
	switch {
	case n < firstLooked:
		return 0
	case n >= denselyUpTo:
		every = everyFar
	}
	return (every - n%every) % every
}

func (d *shift) look(a *Appointment) {
	d.looked++
	codes := a.Codes()
	if codes.Disagreements() > 0 {
		d.differ++
	}
	for _, p := range a.places {
		count := &d.columns[p.Column]
		if a.header.codes.columns[p.Column].source != Concatenated {
			count.values++
			continue
		}
		for piece := range bytes.SplitSeq(a.in().data[p.Start:p.End], []byte{','}) {
			if len(piece) > 0 {
				count.values++
			}
		}
	}
	if codes.Unrecognised() == 0 {
		return
	}
	for _, s := range codes.Slots() {
		if s.Value.Class() == coding.ClassUnrecognised && !isJunk(padding.TrimCode(codes.Text(s))) {
			d.columns[s.column].strange++
		}
	}
}

// isJunk reports whether a value that is not a code occurs now and then in code columns of HES, and so is not a sign of
// a shift.
func isJunk(text []byte) bool {
	switch string(text) {
	case "0000", "9998", "AU00", "1":
		return true
	case "NA", "NaN", "nan", "NULL", "null", "None": // missing values as R, Python and databases write them
		return true
	}
	return false
}

const shiftAdvice = "columns may be shifted; compare the header, or the names given by Names, with the rows"

// note warns of columns that may be shifted.
func (d *shift) note(r *Reader) {
	least, which := int64(leastStrange), "values"
	if !d.all {
		least, which = leastStrangeOfAll, "values that were looked at"
	}
	for _, f := range r.header.codes.fields {
		if c := d.columns[f.Column.index]; c.strange >= least && shiftShare*c.strange > c.values {
			r.note(codelist.LevelWarning, "column %s: %d of %d %s are not %v codes: %s",
				f.Column.Name(), c.strange, c.values, which, f.System, shiftAdvice)
		}
	}
	if d.differ >= least && shiftShare*d.differ > d.looked {
		r.note(codelist.LevelWarning, "%d of %d rows have other codes in the positional columns than in the "+
			"concatenated one: %s",
			d.differ, d.looked, shiftAdvice)
	}
}
