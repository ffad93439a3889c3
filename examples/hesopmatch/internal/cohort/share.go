package cohort

import (
	"math"
	"strconv"

	"hesopmatch/match/cohort"
)

// share is the quotient of two printed numbers, so it reveals nothing that the two numbers do not reveal.
type share struct{ part, whole cohort.Number }

// value returns the share from 0 to 1, and whether both numbers are shown.
func (s share) value() (float64, bool) {
	part, ok := s.part.Value()
	whole, has := s.whole.Value()
	if !ok || !has || whole == 0 {
		return 0, false
	}
	return min(1, float64(part)/float64(whole)), true // rounding can make a part larger than its whole
}

// isHidden reports whether one of the two numbers is hidden.
func (s share) isHidden() bool { return s.part.IsHidden() || s.whole.IsHidden() }

// text returns the share in percent, rounded to the given number of decimals. If a number is hidden, it returns the
// sign of a hidden number. If there is no share, it returns a dash.
func (s share) text(decimals int) string {
	if v, ok := s.value(); ok {
		return percent(v, decimals)
	}
	for _, n := range []cohort.Number{s.part, s.whole} {
		if n.IsHidden() {
			return n.String()
		}
	}
	return "–"
}

// percent formats a share from 0 to 1 in percent. It adds decimals where rounding would show 0% or 100%.
func percent(v float64, decimals int) string {
	if v == 0 || v == 1 {
		decimals = 0
	}
	for ; ; decimals++ {
		text := strconv.FormatFloat(100*v, 'f', decimals, 64)
		printed, _ := strconv.ParseFloat(text, 64)
		if decimals >= 6 || (printed > 0 || v == 0) && (printed < 100 || v == 1) {
			return text + "%"
		}
	}
}

// decimalsTo returns the number of decimals for the shares on a scale: two if the scale ends below 1%, otherwise one.
func decimalsTo(top float64) int {
	if top < 0.01 {
		return 2
	}
	return 1
}

// twoFigures formats a share with two significant figures, or with one decimal below 10%.
func (s share) twoFigures() string {
	if v, ok := s.value(); ok && v >= 0.0995 {
		return s.text(0)
	}
	return s.text(1)
}

// atLeast formats a share rounded down to a whole percent.
func atLeast(v float64) string { return strconv.Itoa(int(math.Floor(100*v+1e-9))) + "%" }

// niceTop returns the end of a scale, given the largest number on it. The end is 1, 2, 4, 5, 6 or 8 times a power of
// ten.
func niceTop(most float64) float64 {
	if most <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(most)))
	for _, times := range []float64{1, 2, 4, 5, 6, 8, 10} {
		if times*power >= most*(1-1e-9) {
			return times * power
		}
	}
	return 10 * power
}

// change is how a number changed, by the ratio of the last value to the first.
type change int

const (
	same change = iota
	up
	down
	unsure // rounding alone could explain the change
)

// changeOf compares two numbers. If the last is within a tenth of the first, they count as the same.
func changeOf(first, last float64) change {
	switch {
	case last > 1.1*first:
		return up
	case last < 0.9*first:
		return down
	}
	return same
}

// spanned is a printed number or share, with the least and the largest exact value that it can stand for.
type spanned struct{ printed, least, most float64 }

// span returns the range of a share, both of whose numbers must be shown. The argument half is the largest amount by
// which rounding can have changed a number.
func (s share) span(half float64) spanned {
	printed, _ := s.value()
	part, _ := s.part.Value()
	whole, _ := s.whole.Value()
	p, w := float64(part), float64(whole)
	return spanned{printed, max(0, p-half) / (w + half), min(1, (p+half)/max(1, w-half))}
}

// spanOf returns the range of a number, which must be shown. The argument half is the largest amount by which rounding
// can have changed the number.
func spanOf(n cohort.Number, half float64) spanned {
	v, _ := n.Value()
	return spanned{float64(v), max(0, float64(v)-half), float64(v) + half}
}

// moved reports how a number or share changed. If rounding alone could explain the difference, the change counts as
// "unsure".
func moved(first, last spanned) change {
	switch c := changeOf(first.printed, last.printed); {
	case c == up && last.least <= first.most, c == down && last.most >= first.least,
		c == same && (last.most > 1.2*first.least || last.least < 0.8*first.most):
		return unsure
	default:
		return c
	}
}

// highest returns the index of the span that is certainly above all others, or -1 if there is none.
func highest(all []spanned) int {
	best := -1
	for i, one := range all {
		if best < 0 || one.printed > all[best].printed {
			best = i
		}
	}
	for i, one := range all {
		if i != best && one.most >= all[best].least {
			return -1
		}
	}
	if len(all) < 2 {
		return -1
	}
	return best
}

// changed describes in words how a printed number changed: a is its first value, and b its last.
func (c change) changed(a, b, of, alike string) string {
	switch c {
	case up:
		return "Up from " + a + " to " + b + " " + of
	case down:
		return "Down from " + a + " to " + b + " " + of
	case unsure:
		return a + ", then " + b + " " + of + ": too few to say more"
	case same:
	}
	return alike + ", " + a + " and " + b
}
