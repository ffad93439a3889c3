package hesop

import (
	"bytes"
	"math"
	"slices"
	"strconv"

	"hesopmatch/hesop/internal/padding"
)

// Number reads a column as a whole number, padded or not, with or without the ".0"
// that programs put behind the numbers of a column with gaps. It is false when the
// column holds none, one that stands for a missing number, or one that the specification
// does not have there: waitdays is 1 to 8887, and the ages 7001 to 7007 are no numbers of
// years (see Age). Term tells a missing number from an impossible one.
func (a *Appointment) Number(c Column) (n int64, ok bool) {
	text := padding.Trim(a.Text(c))
	n, ok = parseInteger(text)
	if known := a.header.known[c.index]; ok && known != nil {
		ok = !known.isMissing(text) && (known.values == nil || known.values.holds(n))
	}
	return n, ok
}

// Age reads an age in years from apptage or apptage_calc, padded or not, whole or not, from 0 to 120, which stands for
// 120 and more. It is false when the column holds no age. The codes that whole ages below one year have, 7001 to 7007,
// are read as the fractions of a year that apptage_calc has for the same ages, 0.002 to 0.875 (HES Technical Output
// Specification V1.15, APPTAGE and APPTAGE_CALC).
func (a *Appointment) Age(c Column) (years float64, ok bool) { return parseAge(a.Text(c)) }

// longestDecimal is room for what programs make of 0.002 in narrow floating point.
const longestDecimal = 32

// parseAge reads what Age does.
func parseAge(text []byte) (years float64, ok bool) {
	years, ok = parseDecimal(text)
	if ok && years >= 7001 && years <= 7007 && years == math.Trunc(years) {
		return youngAges[int(years)-7001], true
	}
	return years, ok && years <= 120
}

// youngAges are the years that stand for the ages 7001 to 7007.
var youngAges = [...]float64{0.002, 0.010, 0.048, 0.167, 0.375, 0.625, 0.875}

// isYoungAge reports whether a number is one of youngAges, as far as narrow floating
// point tells.
func isYoungAge(years float64) bool {
	return slices.ContainsFunc(youngAges[:], func(a float64) bool { return math.Abs(years-a) < 1e-6 })
}

// parseDecimal reads a number of digits, with a point in it or not.
func parseDecimal(text []byte) (float64, bool) {
	text = padding.Trim(text)
	if n, ok := number(text); ok && 0 < len(text) && len(text) < 10 {
		return float64(n), true // as most are, and read at a glance
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

// parseInteger reads a whole number, with or without ".0" behind it.
func parseInteger(text []byte) (int64, bool) {
	text = wholeNumber(padding.Trim(text))
	if len(text) == 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	return n, err == nil
}

// wholeNumber takes ".0" from behind a number, which programs put there when a
// column has gaps.
func wholeNumber(text []byte) []byte {
	whole, fraction, ok := bytes.Cut(text, []byte{'.'})
	if ok && len(whole) > 0 && len(fraction) > 0 && len(bytes.Trim(fraction, "0")) == 0 {
		return whole
	}
	return text
}
