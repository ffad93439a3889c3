package cohort

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Profile is a rule for what may leave a research environment: one of UKLLC, OpenSAFELY and
// Threshold, or fields of your own with Least 1 or more. The zero Profile is no rule, and
// Release refuses it; None is the one that lets everything out.
type Profile struct {
	Name string

	// Least is the smallest count that is shown; zero is a count.
	Least int64

	// Nearest is what the counts that are shown are rounded to a multiple of, 0 and 1 for
	// not at all.
	Nearest int64

	open bool // lets everything out
}

// None is the rule that masks nothing, for tables that stay in the environment.
func None() Profile { return Profile{Name: "none", open: true} }

// UKLLC is the rule of the UK LLC research environment: no count below 10, nor what it could be
// worked out from.
func UKLLC() Profile { return Profile{Name: "ukllc", Least: 10} }

// OpenSAFELY is the rule of OpenSAFELY: counts of 7 and below are suppressed, the others
// rounded to the nearest 5. What could be worked out is suppressed as well.
func OpenSAFELY() Profile { return Profile{Name: "opensafely", Least: 8, Nearest: 5} }

// Threshold is a rule by which no count below least is shown, nor what it could be worked
// out from. Release refuses one below 1.
func Threshold(least int) Profile {
	return Profile{Name: fmt.Sprintf("threshold %d", least), Least: int64(least)}
}

// check finds what makes a profile no rule.
func (p Profile) check() error {
	switch {
	case p.open && (p.Least != 0 || p.Nearest > 1):
		return fmt.Errorf("profile %q: None masks nothing and has no threshold: take Threshold", p.Name)
	case p.Nearest < 0:
		return fmt.Errorf("profile %q rounds to the nearest %d: must be 0, for not at all, or more", p.Name, p.Nearest)
	case p.open || p.Least >= 1:
		return nil
	case p == Profile{}:
		return errors.New("the zero Profile is no rule: take UKLLC, OpenSAFELY, Threshold, or None to mask nothing")
	default:
		return fmt.Errorf("profile %q has the threshold %d: must be 1 or more, or None to mask nothing", p.Name, p.Least)
	}
}

// Masks reports whether the profile keeps anything back.
func (p Profile) Masks() bool { return p.Least > 0 }

// rounded is a count as it is shown: never below Least, whatever it is rounded to.
func (p Profile) rounded(n int64) int64 {
	if p.Nearest <= 1 || n > math.MaxInt64-p.Nearest {
		return n
	}
	r := (n + p.Nearest/2) / p.Nearest * p.Nearest
	for r < p.Least {
		r += p.Nearest
	}
	return r
}

// told is the smallest count of those that nothing else tells of, and of entries, that is
// not masked: ten times a power of ten that is no smaller than Least. Those below may be small or not.
func (p Profile) told() int64 {
	n := int64(10)
	for n < p.Least && n < math.MaxInt64/100 {
		n *= 10
	}
	return n * 10
}

// What stands in place of a number.
const (
	Masked   = "[c]" // below the threshold, or protecting another that is: which of them is not told
	NotGiven = "[x]" // left out, because it would tell what is masked
	NotThere = "[z]" // there can be none
)

// Number is a count as it may be shown. The zero Number is not given.
type Number struct {
	n     int64
	state numberState
}

type numberState uint8

const (
	notGiven numberState = iota
	notThere
	masked
	shown
	banded
)

// Value returns the count, and whether it is shown as such.
func (n Number) Value() (int64, bool) { return n.n, n.state == shown }

// Band returns between which counts, both included, a count is of which no more is told.
func (n Number) Band() (from, to int64, ok bool) { return n.n, bandEnd(n.n), n.state == banded }

// bandEnd is the end of the band that begins with a count: the last with as many digits.
func bandEnd(from int64) int64 {
	end := int64(10)
	for end <= from {
		end *= 10
	}
	return end - 1
}

// band is the band of a count that is no smaller than the profile asks.
func (p Profile) band(n int64) Number {
	from := int64(1)
	for from*10 <= n {
		from *= 10
	}
	return Number{from, banded}
}

// IsMasked reports whether the count is masked.
func (n Number) IsMasked() bool { return n.state == masked }

// String returns the count in digits, the band as "100 to 999", or Masked, NotGiven or
// NotThere.
func (n Number) String() string {
	switch n.state {
	case shown:
		return strconv.FormatInt(n.n, 10)
	case banded:
		return fmt.Sprintf("%d to %d", n.n, bandEnd(n.n))
	case masked:
		return Masked
	case notThere:
		return NotThere
	default:
		return NotGiven
	}
}

// MarshalText returns what String does.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }
