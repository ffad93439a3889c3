package cohort

import (
	"errors"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// row is what is kept of an appointment to count it: its category in each dimension, the
// systems it is coded in, and what it was left out for.
//
//	bits 0–6 year, 7–17 specialty, 18–21 attended, 22–25 sex, 26–32 age band,
//	40–41 coded, 42–44 left, 48 the date is not understood, though something was found,
//	49 an appointment of the same key is not alike
type row uint64

var fields = [dimensions]struct{ shift, mask uint }{
	ByYear: {0, 1<<7 - 1}, BySpecialty: {7, 1<<11 - 1}, ByAttended: {18, 1<<4 - 1}, BySex: {22, 1<<4 - 1}, ByAge: {26, 1<<7 - 1},
}

func (r row) category(d Dimension) int { return int(uint(r) >> fields[d].shift & fields[d].mask) }

func (r *row) setCategory(d Dimension, c int) { *r |= row(c) << fields[d].shift }

func (r row) coded() codedIn { return codedIn(r >> 40 & 3) }

// systemsOf is the systems an appointment is coded in.
func systemsOf(res *match.Result) codedIn {
	set := codedIn(0)
	for _, sys := range systems {
		if res.Coded(sys) {
			set |= bit(sys)
		}
	}
	return set
}

// left is why an appointment is left out.
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

func (r row) left() left { return left(r >> 42 & 7) }

const (
	rowMisdated row = 1 << 48
	rowDiffer   row = 1 << 49
)

// source says where a reader has what a cohort looks at.
type source struct {
	plan   *plan
	cohort *Cohort

	date, person, key, year, specialty, sex, age hesop.Column
	hasYear, hasSpecialty, hasSex, hasAge        bool
}

// read makes the row of an appointment.
func (s *source) read(a *hesop.Appointment, res *match.Result) row {
	p := s.plan
	r := row(systemsOf(res)) << 40
	attended := hesop.NotStated
	if p.attended || p.totals {
		attended = a.Attended()
	}
	if p.attended && !attended.WasSeen() {
		return r | row(leftNotAttended)<<42
	}
	var day hesop.Date
	err := hesop.ErrDateMissing
	if p.from != (hesop.Date{}) || p.to != (hesop.Date{}) || p.totals {
		day, err = hesop.ParseDate(a.Text(s.date))
	}
	if why := p.dateLeft(day, err); why != taken {
		return r | row(why)<<42
	}
	if !p.totals {
		return r
	}
	year := day.FinancialYear()
	if err != nil {
		year = s.statedYear(a)
	}
	r.setCategory(ByYear, p.dims[ByYear].year(year))
	r.setCategory(ByAttended, int(attended))
	specialty, sex, age := p.dims[BySpecialty].unknown(), p.dims[BySex].unknown(), p.dims[ByAge].unknown()
	if s.hasSpecialty {
		specialty = p.dims[BySpecialty].of(a.Term(s.specialty))
	}
	if s.hasSex {
		sex = p.dims[BySex].of(a.Term(s.sex))
	}
	if s.hasAge {
		years, ok := a.Age(s.age)
		age = p.dims[ByAge].band(p.ages, years, ok)
	}
	r.setCategory(BySpecialty, specialty)
	r.setCategory(BySex, sex)
	r.setCategory(ByAge, age)
	return r
}

// statedYear is the financial year that the column fyear states, 0 if it states none.
func (s *source) statedYear(a *hesop.Appointment) hesop.FinancialYear {
	if !s.hasYear {
		return 0
	}
	year, _ := hesop.ParseFinancialYear(a.Text(s.year))
	return year
}

// dateLeft reports whether a day, or err in its place, is outside the days asked for.
func (p *plan) dateLeft(day hesop.Date, err error) left {
	from, to := p.from != (hesop.Date{}), p.to != (hesop.Date{})
	switch {
	case !from && !to:
		return taken
	case errors.Is(err, hesop.ErrDateForm):
		return leftMisdated
	case err != nil:
		return leftUndated
	case from && day.Compare(p.from) < 0, to && day.Compare(p.to) > 0:
		return leftOtherDate
	default:
		return taken
	}
}

// who returns the identifier of the person. What programs write for a missing value is none.
func (s *source) who(a *hesop.Appointment) []byte {
	text := a.Term(s.person).Text
	if len(text) <= len("<na>") {
		switch strings.ToLower(string(text)) {
		case "-", ".", "&", "na", "n/a", "nan", "<na>", "null", "none":
			return nil
		}
	}
	return text
}
