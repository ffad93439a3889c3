package hesop

import (
	"bytes"
	"fmt"
)

// FinancialYear is a year from 1 April to 31 March, named by the calendar year in
// which it begins: 2019 is 2019-20. The zero value is no year.
type FinancialYear int16

// String returns the year as 2019-20, "" for the zero value.
func (y FinancialYear) String() string {
	if y == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", int(y), (int(y)+1)%100)
}

// MarshalText returns what String does.
func (y FinancialYear) MarshalText() ([]byte, error) { return []byte(y.String()), nil }

// ParseFinancialYear reads the field FYEAR, of which 1920 is 2019-20, padded or not.
// Years from 1989-90, when HES begins, are read as such. It is false for anything
// else, such as 2019: that is a year of the calendar.
func ParseFinancialYear(text []byte) (FinancialYear, bool) {
	text = bytes.TrimSpace(text)
	if len(text) != 4 {
		return 0, false
	}
	first, ok1 := number(text[:2])
	second, ok2 := number(text[2:])
	if !ok1 || !ok2 || second != (first+1)%100 {
		return 0, false
	}
	if first >= 89 {
		return FinancialYear(1900 + first), true
	}
	return FinancialYear(2000 + first), true
}

// FinancialYear is the financial year in which the day is, 0 for a date that is not
// valid.
func (d Date) FinancialYear() FinancialYear {
	if !d.IsValid() {
		return 0
	}
	if d.Month < 4 {
		return FinancialYear(d.Year - 1)
	}
	return FinancialYear(d.Year)
}

// FinancialYear is the financial year of the appointment: that of its date or, where
// the date is missing, that of the column fyear. It is 0 if neither says.
func (a *Appointment) FinancialYear() FinancialYear {
	if i := a.header.appointmentDate; i >= 0 {
		if d, err := ParseDate(a.text(i)); err == nil {
			return d.FinancialYear()
		}
	}
	if i := a.header.financialYear; i >= 0 {
		if y, ok := ParseFinancialYear(a.text(i)); ok {
			return y
		}
	}
	return 0
}
