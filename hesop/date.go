package hesop

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"hesopmatch/hesop/internal/padding"
)

// Date is a day of the calendar, without a time zone. It is a small value, comparable with ==. The zero Date is not a
// valid day.
type Date struct {
	Year  int16
	Month uint8 // 1 to 12
	Day   uint8 // 1 to 31
}

// The errors of ParseDate.
var (
	ErrDateMissing = errors.New("date is missing")
	ErrDateForm    = errors.New("not a date")
)

// ParseDate reads a date in one of these forms, with or without surrounding space:
//
//	2019-05-08  2019/05/08  20190508
//	08/05/2019  8/5/2019  08-05-2019  8-5-2019   the day first
//	08may2019  08MAY2019                         as Stata (%td) and SAS (date9.) write it
//
// A time may follow, with UTC, Z or an offset: 2019-05-08 09:30:00.000 +01:00. A number of days, such as the 43593 of a
// spreadsheet, is not a date, because programs count from different days.
//
// ParseDate returns ErrDateMissing for an empty field and for the days that HES writes for a missing date: 1800-01-01,
// 1801-01-01, 1600-01-01 and 1582-10-15. It returns ErrDateForm for any other text. It does not allocate.
func ParseDate(text []byte) (Date, error) {
	d, ok := plainDate(text)
	if !ok {
		text = padding.Trim(text)
		if len(text) == 0 {
			return Date{}, ErrDateMissing
		}
		var rest []byte
		if d, rest, ok = cutDate(text); !ok || !isTime(rest) {
			return Date{}, ErrDateForm
		}
	}
	if d.Year > 1801 {
		return d, nil
	}
	switch d {
	case Date{1800, 1, 1}, Date{1801, 1, 1}, Date{1600, 1, 1}, Date{1582, 10, 15}:
		return Date{}, ErrDateMissing
	}
	return d, nil
}

// plainDate is a fast path for most dates: yyyy-mm-dd, up to the 28th of a month. It returns false for any other text.
func plainDate(text []byte) (d Date, ok bool) {
	if len(text) != len("2019-05-08") || text[4] != '-' || text[7] != '-' {
		return Date{}, false
	}
	// Bytes 0 to 7 are the digits of the year, the month and the day. A byte is a digit if and only if its high four
	// bits are those of '0' both before and after 6 is added.
	const zeros, sixes, high = 0x30_30_30_30_30_30_30_30, 0x06_06_06_06_06_06_06_06, 0xF0_F0_F0_F0_F0_F0_F0_F0
	digits := uint64(binary.LittleEndian.Uint32(text)) | uint64(binary.LittleEndian.Uint16(text[5:]))<<32 |
		uint64(binary.LittleEndian.Uint16(text[8:]))<<48
	if digits&high != zeros || (digits+sixes)&high != zeros {
		return Date{}, false
	}
	digits -= zeros
	pairs := digits*10 + digits>>8 // bytes 0, 2, 4 and 6 now hold two-digit numbers
	year, month, day := 100*(pairs&0xFF)+pairs>>16&0xFF, pairs>>32&0xFF, pairs>>48&0xFF
	if year == 0 || month-1 > 11 || day-1 > 27 {
		return Date{}, false
	}
	return Date{int16(year), uint8(month), uint8(day)}, true
}

// cutDate reads the date at the start of a text and returns the rest.
func cutDate(text []byte) (d Date, rest []byte, ok bool) {
	if len(text) < len("1/1/2019") {
		return Date{}, nil, false
	}
	switch {
	case len(text) >= 10 && isSeparator(text[4]) && text[7] == text[4]:
		d, ok = newDate(text[0:4], text[5:7], text[8:10])
		return d, text[10:], ok
	case isSeparator(text[1]) || isSeparator(text[2]):
		return cutDayFirst(text)
	case isLetter(text[2]):
		return cutMonthName(text)
	default:
		d, ok = newDate(text[0:4], text[4:6], text[6:8])
		return d, text[8:], ok
	}
}

// cutDayFirst reads d/m/yyyy and d-m-yyyy, with one digit or two for the day and the month.
func cutDayFirst(text []byte) (d Date, rest []byte, ok bool) {
	i := 1
	if !isSeparator(text[1]) {
		i = 2
	}
	j := i + 2
	if text[j] != text[i] {
		j++
	}
	if text[j] != text[i] || len(text) < j+5 {
		return Date{}, nil, false
	}
	d, ok = newDate(text[j+1:j+5], text[i+1:j], text[:i])
	return d, text[j+5:], ok
}

// cutMonthName reads ddmmmyyyy.
func cutMonthName(text []byte) (d Date, rest []byte, ok bool) {
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	if len(text) < len("08may2019") {
		return Date{}, nil, false
	}
	for m := 1; m <= 12; m++ {
		name := names[3*m-3 : 3*m]
		if text[2]|0x20 == name[0] && text[3]|0x20 == name[1] && text[4]|0x20 == name[2] {
			d, ok = newDateIn(text[5:9], m, text[:2])
			break
		}
	}
	return d, text[9:], ok
}

func isSeparator(c byte) bool { return c == '/' || c == '-' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isTime reports whether the text after a date is empty or a time of day. SAS puts a colon before the time.
func isTime(rest []byte) bool {
	if len(rest) == 0 {
		return true
	}
	if rest[0] != ' ' && rest[0] != 'T' && rest[0] != ':' {
		return false
	}
	rest, ok := cutClock(rest[1:])
	return ok && isZone(rest)
}

// cutClock cuts h:mm, hh:mm or hhmm from the start of a text, with seconds and fractions if they follow.
func cutClock(text []byte) (rest []byte, ok bool) {
	hour := digits(text, 2)
	colon := hour < len(text) && text[hour] == ':'
	if hour == 0 || hour == 1 && !colon || hour == 2 && string(text[:2]) > "23" {
		return text, false
	}
	text = text[hour:]
	for part := range 2 { // minutes, and seconds if there are any
		switch {
		case colon && len(text) > 0 && text[0] == ':':
			text = text[1:]
		case part == 1 && (colon || digits(text, 2) == 0):
			return text, true
		case colon:
			return text, false
		}
		if digits(text, 2) != 2 || text[0] > '5' {
			return text, false
		}
		text = text[2:]
	}
	if len(text) > 1 && text[0] == '.' {
		if n := digits(text[1:], len(text)); n > 0 {
			text = text[1+n:]
		}
	}
	return text, true
}

// isZone reports whether the text after a time is empty, UTC, Z or an offset: +01, +0100, +01:00.
func isZone(text []byte) bool {
	if len(text) > 1 && text[0] == ' ' {
		text = text[1:]
	}
	switch {
	case len(text) == 0, string(text) == "Z", string(text) == "UTC":
		return true
	case text[0] != '+' && text[0] != '-' || digits(text[1:], 2) != 2:
		return false
	}
	text = text[3:]
	if len(text) > 1 && text[0] == ':' {
		text = text[1:]
	}
	return len(text) == 0 || len(text) == 2 && digits(text, 2) == 2
}

// digits returns the number of digits at the start of text. It stops counting at the maximum given by the argument
// most.
func digits(text []byte, most int) (n int) {
	for n < len(text) && n < most && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	return n
}

func newDate(year, month, day []byte) (Date, bool) {
	m, ok := number(month)
	if !ok {
		return Date{}, false
	}
	return newDateIn(year, m, day)
}

func newDateIn(year []byte, m int, day []byte) (Date, bool) {
	y, okY := number(year)
	d, okD := number(day)
	if !okY || !okD || y == 0 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
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

// Compare returns a negative number if d is before e, a positive number if d is after e, and 0 if they are equal.
func (d Date) Compare(e Date) int { return d.days() - e.days() }

// days returns a number that grows with the date. It counts every month as 31 days.
func (d Date) days() int { return (int(d.Year)*12+int(d.Month))*31 + int(d.Day) }

// String returns yyyy-mm-dd.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// MarshalText returns the text of String, and no text for the zero Date.
func (d Date) MarshalText() ([]byte, error) {
	if d == (Date{}) {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads the text of MarshalText, and any other text that ParseDate reads.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	day, err := ParseDate(text)
	if err != nil {
		return fmt.Errorf("%.20q: %w", text, err)
	}
	*d = day
	return nil
}

// longestForm is the maximum number of characters that DateForm returns before an ellipsis.
const longestForm = 20

// DateForm returns the form of a text that is not a date, for a message that must not quote the text. It writes 9 for
// each digit and x for each letter, and keeps other characters. After 20 characters it ends with an ellipsis (…). The
// form of 08 May 2019 is "99 xxx 9999".
func DateForm(text []byte) string {
	var b strings.Builder
	n := 0
	for _, r := range string(padding.Trim(text)) {
		if n++; n > longestForm {
			b.WriteString("…")
			break
		}
		switch {
		case unicode.IsDigit(r):
			r = '9'
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
			r = 'x'
		}
		b.WriteRune(r)
	}
	return b.String()
}
