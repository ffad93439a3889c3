package hesop

import (
	"bytes"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/padding"
)

// shift looks for signs that columns do not hold what their names say: values of a code column
// that are no code, and positional and concatenated columns that disagree. It is a sample: the
// first 100 rows, each 256th of the first 65,536, and each 4,096th behind. Rows that are shifted
// between them go unseen; Codes.Unrecognised and Disagreements count those of every row. Which rows
// are looked at depends on their numbers alone, and once for each block of text, so that others
// cost nothing.
type shift struct {
	passed  int64 // rows of text before, blank ones included
	looked  int64 // rows looked at
	all     bool  // which are all
	differ  int64 // of them in disagreement
	columns []shiftCount
	row     Appointment
}

// shiftCount is of one column: values that are not empty, and those that are no code.
type shiftCount struct{ values, strange int64 }

const (
	firstLooked = 100     // rows that are all looked at
	everyLooked = 256     // and behind them each row of which the number is a multiple
	denselyUpTo = 1 << 16 // up to this one
	everyFar    = 4096    // and of this behind it

	// A share of more than one in five is a sign, if it is of so many.
	shiftShare        = 5
	leastStrange      = 3
	leastStrangeOfAll = 5 // where only some rows were looked at
)

func newShift(h *header) *shift {
	d := &shift{all: true, columns: make([]shiftCount, len(h.names))}
	d.row.fill(h)
	return d
}

// add looks at the rows that were passed of a stretch.
func (d *shift) add(s *stretch) {
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

// addRow looks at the row of a query, if it is its turn.
func (d *shift) addRow(a *Appointment) {
	n := d.passed
	if d.passed++; notLooked(n) > 0 {
		d.all = false
		return
	}
	d.look(a)
}

// merge adds what was seen of other rows.
func (d *shift) merge(o *shift) {
	d.looked += o.looked
	d.all = d.all && o.all
	d.differ += o.differ
	for i, c := range o.columns {
		d.columns[i].values += c.values
		d.columns[i].strange += c.strange
	}
}

// notLooked is how many rows, from the one of number n on, are not looked at.
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

// isJunk reports whether a value is one that code columns of HES hold here and there.
func isJunk(text []byte) bool {
	switch string(text) {
	case "0000", "9998", "AU00", "1":
		return true
	case "NA", "NaN", "nan", "NULL", "null", "None": // as R, Python and databases write what is missing
		return true
	}
	return false
}

const shiftAdvice = "columns may be shifted; compare the header, or what Names gives, with the rows"

// note warns of the columns.
func (d *shift) note(r *Reader) {
	least, which := int64(leastStrange), "values"
	if !d.all {
		least, which = leastStrangeOfAll, "values that were looked at"
	}
	for _, f := range r.header.codes.fields {
		if c := d.columns[f.Column.index]; c.strange >= least && shiftShare*c.strange > c.values {
			r.note(codelist.LevelWarning, "column %s: %d of %d %s are no code of %v: %s",
				f.Column.Name(), c.strange, c.values, which, f.System, shiftAdvice)
		}
	}
	if d.differ >= least && shiftShare*d.differ > d.looked {
		r.note(codelist.LevelWarning, "%d of %d rows have other codes in the positional columns than in the "+
			"concatenated one: %s",
			d.differ, d.looked, shiftAdvice)
	}
}
