package hesop

import (
	"fmt"
	"strconv"
	"strings"

	"hesopmatch/hesop/internal/padding"
)

// FinancialYear is a year from 1 April to 31 March, named by the calendar year in which it begins: 2019 is 2019-20. The
// zero value is not a year.
type FinancialYear int16

// The years that the two digits of FYEAR can stand for.
const (
	earliestYear = 1989
	latestYear   = earliestYear + 99
)

// String returns the year in the form 2019-20, or "" for the zero value.
func (y FinancialYear) String() string {
	if y == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", int(y), (int(y)+1)%100)
}

// MarshalText returns what String returns.
func (y FinancialYear) MarshalText() ([]byte, error) { return []byte(y.String()), nil }

// UnmarshalText parses what MarshalText returns.
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
	return fmt.Errorf("%.20q is not a financial year: must have the form 2019-20", text)
}

// ParseFinancialYear parses the field FYEAR: 1920 is 2019-20, and 2021 is 2020-21. It accepts padding, a lost leading
// zero (304) and a trailing ".0" (1920.0). It parses years from 1989-90, when HES begins, to 2088-89, and returns false
// for anything else. Do not use it for calendar years, such as hes_yr: it would misread 2021.
func ParseFinancialYear(text []byte) (FinancialYear, bool) {
	text = wholeNumber(padding.Trim(text))
	if len(text) == 3 { // the leading zero is lost
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

// FinancialYear returns the financial year of the date, or 0 if the date is not valid.
func (d Date) FinancialYear() FinancialYear {
	if !d.IsValid() {
		return 0
	}
	if d.Month < 4 {
		return FinancialYear(d.Year - 1)
	}
	return FinancialYear(d.Year)
}

// FinancialYear returns the financial year of the appointment: that of its date, or that of the column fyear if the
// date cannot be read. It returns 0 if neither can be read. It does not use hes_yr of CPRD.
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
