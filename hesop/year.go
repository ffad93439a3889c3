package hesop

import (
	"fmt"
	"strconv"
	"strings"

	"hesopmatch/hesop/internal/padding"
)

// FinancialYear is a year from 1 April to 31 March, named by the calendar year in
// which it begins: 2019 is 2019-20. The zero value is no year.
type FinancialYear int16

// The years that two digits of FYEAR can be.
const (
	earliestYear = 1989
	latestYear   = earliestYear + 99
)

// String returns the year as 2019-20, "" for the zero value.
func (y FinancialYear) String() string {
	if y == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", int(y), (int(y)+1)%100)
}

// MarshalText returns what String does.
func (y FinancialYear) MarshalText() ([]byte, error) { return []byte(y.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (y *FinancialYear) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*y = 0
		return nil
	}
	first, _, _ := strings.Cut(string(text), "-")
	n, err := strconv.ParseInt(first, 10, 16)
	if year := FinancialYear(n); err == nil && year > 0 && year.String() == string(text) {
		*y = year
		return nil
	}
	return fmt.Errorf("%.20q is no financial year: must be as 2019-20", text)
}

// ParseFinancialYear reads the field FYEAR, of which 1920 is 2019-20 and 2021 is
// 2020-21, padded or not, also as programs write it that took it for a number (304, 1920.0).
// Years from 1989-90, when HES begins, to 2088-89 are read. It is false for anything
// else. A year of the calendar, such as that of hes_yr, is not for it: 2021 would be
// read wrongly.
func ParseFinancialYear(text []byte) (FinancialYear, bool) {
	text = wholeNumber(padding.Trim(text))
	if len(text) == 3 { // its zero is lost
		text = []byte{'0', text[0], text[1], text[2]}
	}
	if len(text) != 4 {
		return 0, false
	}
	first, ok1 := number(text[:2])
	second, ok2 := number(text[2:])
	if !ok1 || !ok2 || second != (first+1)%100 {
		return 0, false
	}
	if 1900+first >= earliestYear {
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
// there is none that can be read, that of the column fyear. It is 0 if neither says;
// hes_yr of CPRD is not asked.
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
