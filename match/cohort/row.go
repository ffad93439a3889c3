package cohort

import (
	"errors"

	"hesopmatch/hesop"
	"hesopmatch/internal/persondata"
)

// row holds what a Cohort needs to count an appointment: its slot in each dimension, the systems it is coded in, and
// why it was left out.
//
//	bits  0–54  the slots, 11 bits for each dimension
//	bits 56–57  the systems in which the appointment is coded
//	bits 58–60  the reason why the appointment was left out
//	bit  61     the appointment has findings, and its date is unreadable
//	bit  62     another appointment with the same key differs
type row uint64

const (
	slotBits  = 11
	codedFrom = 56
	leftFrom  = 58

	rowMisdated row = 1 << 61
	rowDiffer   row = 1 << 62
)

func (r row) slot(d Dimension) int { return int(r >> (slotBits * d) & (1<<slotBits - 1)) }

func (r row) coded() codedIn { return codedIn(r >> codedFrom & (anyCoded - 1)) }

func (r row) left() left { return left(r >> leftFrom & 7) }

// left is the reason why an appointment is left out.
type left uint8

const (
	taken left = iota
	leftNotAttended
	leftUndated
	leftMisdated
	leftOtherDate
	leftDuplicate
	reasons = iota
)

// source holds the columns that a cohort reads from one reader.
type source struct {
	plan *plan

	date, person, key, order hesop.Column
	columns                  [dimensions]hesop.Column // zero for columns that the data lack
	all                      []hesop.Column           // every column of the data
}

// read returns the row of the appointment whose answers are in t.res.
func (t *batch) read(s *source, a *hesop.Appointment) row {
	p := s.plan
	r := row(systemsOf(t.res.Coded)) << codedFrom
	if p.attended && !a.Attended().WasSeen() {
		return r | row(leftNotAttended)<<leftFrom
	}
	var day hesop.Date
	err := hesop.ErrDateMissing
	if p.isDated() || p.totals {
		day, err = hesop.ParseDate(a.Text(s.date))
	}
	why := p.dateLeft(day, err)
	if why == taken && p.totals {
		for d := range Dimension(dimensions) {
			r |= row(p.first[d]+t.category(s, d, a, day)) << (slotBits * d)
		}
	}
	return r | row(why)<<leftFrom
}

// dateLeft returns the reason why From or To leaves out an appointment, given its day or the error of reading the day.
// If neither option leaves the appointment out, the reason is the constant taken.
func (p *plan) dateLeft(day hesop.Date, err error) left {
	switch {
	case !p.isDated():
		return taken
	case errors.Is(err, hesop.ErrDateForm):
		return leftMisdated
	case err != nil:
		return leftUndated
	case day.Compare(p.from) < 0, p.to != (hesop.Date{}) && day.Compare(p.to) > 0:
		return leftOtherDate
	}
	return taken
}

// isDated reports whether the option From or the option To is set.
func (p *plan) isDated() bool { return p.from != (hesop.Date{}) || p.to != (hesop.Date{}) }

// who returns the identifier of the person, or nil for a text that programs write for a missing value.
func (s *source) who(a *hesop.Appointment) []byte {
	text := a.Term(s.person).Text
	if persondata.IsNone(text) {
		return nil
	}
	return text
}
