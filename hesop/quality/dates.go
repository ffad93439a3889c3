package quality

import (
	"errors"

	"hesopmatch/hesop"
)

// beginning is the first day of the data set (NHS England, rows by month of appointment).
var beginning = hesop.Date{Year: 2003, Month: 4, Day: 1}

// date finds or makes the count of a column of dates.
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

// add counts the date of a row.
func (d *DateColumn) add(a *hesop.Appointment, column hesop.Column, p *plan) {
	day, err := hesop.ParseDate(a.Text(column))
	if errors.Is(err, hesop.ErrDateMissing) {
		d.Missing++
		return
	}
	if err != nil {
		d.Invalid++
		return
	}
	d.widen(day, day)
	d.Valid++
	if d.Years == nil {
		return
	}
	if day.Compare(beginning) < 0 {
		d.Years.Early++
	}
	stated, ok := hesop.FinancialYear(0), false
	if p.hasYear {
		stated, ok = hesop.ParseFinancialYear(a.Text(p.year))
	}
	switch {
	case !ok:
		d.Years.Unstated++
	case stated != day.FinancialYear():
		d.Years.Other++
	}
}

// widen makes the range from First to Last include two days, which are the first ones if none is valid yet.
func (d *DateColumn) widen(first, last hesop.Date) {
	if d.Valid == 0 || first.Compare(d.First) < 0 {
		d.First = first
	}
	if d.Valid == 0 || last.Compare(d.Last) > 0 {
		d.Last = last
	}
}

// merge adds the counts of other.
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
