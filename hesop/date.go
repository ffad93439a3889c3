package hesop

import (
	"errors"
	"fmt"
)

// Date is a day of the calendar, without a time zone. It is a small value,
// comparable with ==. The zero Date is not a date.
type Date struct {
	Year  int16
	Month uint8 // 1 to 12
	Day   uint8 // 1 to 31
}

// What ParseDate can fail with.
var (
	ErrDateMissing = errors.New("date is missing")
	ErrDateForm    = errors.New("not a date")
)

// ParseDate reads a date in one of the forms that extracts of HES have:
// yyyy-mm-dd, yyyymmdd and dd/mm/yyyy, padded or not, with or without a time
// behind it. An empty field and the days that HES writes for a missing date
// (1800-01-01, 1801-01-01, 1600-01-01 and 1582-10-15) fail with ErrDateMissing,
// everything else that is no day of the calendar with ErrDateForm. It does not
// allocate.
func ParseDate(text []byte) (Date, error) {
	text = trim(text)
	if len(text) == 0 {
		return Date{}, ErrDateMissing
	}
	var d Date
	var ok bool
	var rest []byte
	switch {
	case len(text) >= 10 && text[4] == '-' && text[7] == '-':
		d, ok = newDate(text[0:4], text[5:7], text[8:10])
		rest = text[10:]
	case len(text) >= 10 && text[2] == '/' && text[5] == '/':
		d, ok = newDate(text[6:10], text[3:5], text[0:2])
		rest = text[10:]
	case len(text) >= 8:
		d, ok = newDate(text[0:4], text[4:6], text[6:8])
		rest = text[8:]
	}
	if !ok || !isTime(rest) {
		return Date{}, ErrDateForm
	}
	switch d {
	case Date{1800, 1, 1}, Date{1801, 1, 1}, Date{1600, 1, 1}, Date{1582, 10, 15}:
		return Date{}, ErrDateMissing
	}
	return d, nil
}

// isTime reports whether what follows a date is nothing or a time of day.
func isTime(rest []byte) bool {
	if len(rest) == 0 {
		return true
	}
	if rest[0] != ' ' && rest[0] != 'T' || len(rest) < len(" 0:00") {
		return false
	}
	for _, c := range rest[1:] {
		if (c < '0' || c > '9') && c != ':' && c != '.' && c != 'Z' && c != '+' && c != '-' {
			return false
		}
	}
	return true
}

func newDate(year, month, day []byte) (Date, bool) {
	y, okY := number(year)
	m, okM := number(month)
	d, okD := number(day)
	if !okY || !okM || !okD || y == 0 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return Date{}, false
	}
	return Date{int16(y), uint8(m), uint8(d)}, true
}

func number(digits []byte) (n int, ok bool) {
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// IsValid reports whether d is a day of the calendar.
func (d Date) IsValid() bool {
	return d.Year > 0 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && int(d.Day) <= daysIn(int(d.Year), int(d.Month))
}

// Compare orders dates by time.
func (d Date) Compare(e Date) int { return d.days() - e.days() }

// days grows with the date; it counts every month as 31 days.
func (d Date) days() int { return (int(d.Year)*12+int(d.Month))*31 + int(d.Day) }

// String returns yyyy-mm-dd.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// MarshalText returns what String does, nothing for the zero Date.
func (d Date) MarshalText() ([]byte, error) {
	if d == (Date{}) {
		return nil, nil
	}
	return []byte(d.String()), nil
}
