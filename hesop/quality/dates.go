package quality

import (
	"errors"

	"hesopmatch/hesop"
)

// beginning is the first day of the data set (source: NHS England, rows by month of appointment).
var beginning = hesop.Date{Year: 2003, Month: 4, Day: 1}

// date returns the index in c.dates of the column with the given name. It adds the column if it is new.
func (c *Counter) date(name string) int {
	for i := range c.dates {
		if c.dates[i].Column == name {
			return i
		}
	}
	d := DateColumn{Column: name}
	if name == "apptdate" {
		d.Years = new(Years)
	}
	c.dates = append(c.dates, d)
	return len(c.dates) - 1
}

// add counts a date and returns it. It returns the zero Date if the text is missing or invalid.
func (d *DateColumn) add(text []byte) hesop.Date {
	if len(text) == 0 {
		d.Missing++
		return hesop.Date{}
	}
	day, err := hesop.ParseDate(text)
	switch {
	case err == nil:
		d.widen(day, day)
		d.Valid++
	case errors.Is(err, hesop.ErrDateMissing):
		d.Missing++
	default:
		d.Invalid++
	}
	return day
}

// add counts the date of an appointment. day is the date, and year is the financial year of day. stated is the year
// that fyear states for the appointment, or 0 if fyear states no year.
func (y *Years) add(day hesop.Date, year, stated hesop.FinancialYear) {
	if day.Compare(beginning) < 0 {
		y.Early++
	}
	switch stated {
	case year:
	case 0:
		y.Unstated++
	default:
		y.Other++
	}
}

// widen extends the range of valid dates, First to Last, to include first and last. If no valid date was counted yet,
// first and last become the range.
func (d *DateColumn) widen(first, last hesop.Date) {
	if d.Valid == 0 || first.Compare(d.First) < 0 {
		d.First = first
	}
	if d.Valid == 0 || last.Compare(d.Last) > 0 {
		d.Last = last
	}
}

// merge adds the counts of the argument other to d.
func (d *DateColumn) merge(other *DateColumn) {
	if other.Valid > 0 {
		d.widen(other.First, other.Last)
	}
	d.Valid += other.Valid
	d.Missing += other.Missing
	d.Invalid += other.Invalid
	if d.Years != nil {
		d.Years.Early += other.Years.Early
		d.Years.Other += other.Years.Other
		d.Years.Unstated += other.Years.Unstated
	}
}

func (d *DateColumn) reset() {
	years := d.Years
	if years != nil {
		*years = Years{}
	}
	*d = DateColumn{Column: d.Column, Years: years}
}
