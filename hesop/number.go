package hesop

import (
	"bytes"
	"math"
	"slices"
	"strconv"

	"hesopmatch/hesop/internal/padding"
)

// Number reads a column as a whole number. Padding is ignored, as is the ".0" that programs append to the numbers of a
// column that has empty fields.
//
// Number returns false if the column holds no number, a number that stands for a missing value, or one that the
// specification does not allow there. For example, waitdays is 1 to 8887, and the codes of ages 7001 to 7007 are not
// numbers of years (see Age). Term distinguishes a missing number from an impossible one.
func (a *Appointment) Number(c Column) (n int64, ok bool) {
	text := padding.Trim(a.Text(c))
	n, ok = parseInteger(text)
	if known := a.header.known[c.index]; ok && known != nil {
		ok = !known.isMissing(text) && (known.values == nil || known.values.holds(n))
	}
	return n, ok
}

// Age reads an age in years, from 0 to 120, from apptage or apptage_calc. 120 stands for 120 and over. Padding is
// ignored, and the number may be fractional. Age returns false if the column holds no age.
//
// The codes of ages below one year, 7001 to 7007, are read as the fractions of a year that apptage_calc has for the
// same ages, 0.002 to 0.875 (HES Technical Output Specification V1.15, APPTAGE and APPTAGE_CALC).
func (a *Appointment) Age(c Column) (years float64, ok bool) { return parseAge(a.Text(c)) }

// longestDecimal is the maximum length of a decimal number in bytes. It leaves room for 0.002 as programs print it in
// single precision.
const longestDecimal = 32

func parseAge(text []byte) (years float64, ok bool) {
	years, ok = parseDecimal(text)
	if ok && years >= 7001 && years <= 7007 && years == math.Trunc(years) {
		return youngAges[int(years)-7001], true
	}
	return years, ok && years <= 120
}

// youngAges are the ages in years that the codes 7001 to 7007 stand for.
var youngAges = [...]float64{0.002, 0.010, 0.048, 0.167, 0.375, 0.625, 0.875}

// isYoungAge reports whether a number is one of youngAges, apart from single-precision rounding.
func isYoungAge(years float64) bool {
	return slices.ContainsFunc(youngAges[:], func(a float64) bool { return math.Abs(years-a) < 1e-6 })
}

// parseDecimal reads a number that is written in digits, with or without a decimal point.
func parseDecimal(text []byte) (float64, bool) {
	text = padding.Trim(text)
	if n, ok := number(text); ok && 0 < len(text) && len(text) < 10 {
		return float64(n), true // the usual case, and cheap
	}
	for i, c := range text {
		if c != '.' && (c < '0' || c > '9') || c == '.' && i == len(text)-1 {
			return 0, false
		}
	}
	if len(text) == 0 || len(text) > longestDecimal {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(text), 64)
	return n, err == nil
}

// parseInteger reads a whole number, with or without a trailing ".0".
func parseInteger(text []byte) (int64, bool) {
	text = wholeNumber(padding.Trim(text))
	if len(text) == 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	return n, err == nil
}

// wholeNumber removes the trailing ".0" that programs append to the numbers of a column that has empty fields.
func wholeNumber(text []byte) []byte {
	whole, fraction, ok := bytes.Cut(text, []byte{'.'})
	if ok && len(whole) > 0 && len(fraction) > 0 && len(bytes.Trim(fraction, "0")) == 0 {
		return whole
	}
	return text
}
