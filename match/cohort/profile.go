package cohort

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Profile is the rule for what may leave a research environment: UKLLC, NHSESDE, OpenSAFELY, or a rule of your own. The
// package documentation explains how Release applies it. Release refuses the zero Profile.
type Profile struct {
	Name    string
	Least   int64 // the fewest distinct people behind a number that is shown, 2 to 100
	Nearest int64 // the step of rounding, from 2 to 2 × Least, so that no shown number is rounded to zero
}

// UKLLC is the rule of the UK LLC research environment: at least 10 people (UK LLC Guidebook, July 2026), and numbers
// rounded to the nearest 10.
func UKLLC() Profile { return Profile{"ukllc", 10, 10} }

// NHSESDE is the rule of the secure data environment of NHS England: at least 10 people, and numbers rounded to the
// nearest 5.
func NHSESDE() Profile { return Profile{"nhse-sde", 10, 5} }

// OpenSAFELY is the rule of OpenSAFELY, which suppresses 7 and below: at least 8 people, and numbers rounded to the
// nearest 5.
func OpenSAFELY() Profile { return Profile{"opensafely", 8, 5} }

// ParseProfile parses a name (ukllc, nhse-sde, opensafely) or a rule such as least=10,nearest=5. It fails with
// ErrOption for anything else, and for numbers outside the limits of Profile.
func ParseProfile(text string) (Profile, error) {
	for _, p := range []Profile{UKLLC(), NHSESDE(), OpenSAFELY()} {
		if p.Name == text {
			return p, nil
		}
	}
	var p Profile
	const form = "least=%d,nearest=%d"
	_, err := fmt.Sscanf(text+"\n", form+"\n", &p.Least, &p.Nearest)
	if err != nil || strings.ContainsFunc(text, unicode.IsSpace) { // Sscanf skips spaces
		return Profile{}, fmt.Errorf("%w: no profile %q: must be ukllc, nhse-sde, opensafely or least=N,nearest=M",
			ErrOption, text)
	}
	p.Name = fmt.Sprintf(form, p.Least, p.Nearest)
	if err := p.check(); err != nil {
		return Profile{}, fmt.Errorf("%w: %w", ErrOption, err)
	}
	return p, nil
}

// check returns an error if the profile is not a valid rule.
func (p Profile) check() error {
	switch {
	case p == Profile{}:
		return errors.New("the zero Profile is not a rule: use UKLLC, NHSESDE or OpenSAFELY, or set Least and Nearest")
	case p.Least < 2 || p.Least > mostLeast:
		return fmt.Errorf("profile %q shows numbers of %d people or more: must be 2 to %d", p.Name, p.Least, mostLeast)
	case p.Nearest < 2 || p.Nearest > 2*p.Least:
		return fmt.Errorf("profile %q rounds to the nearest %d: must be 2 to %d, twice the least number of people",
			p.Name, p.Nearest, 2*p.Least)
	}
	return nil
}

// rounded rounds n to the nearest multiple of Nearest, half up.
func (p Profile) rounded(n int64) int64 { return (n + p.Nearest/2) / p.Nearest * p.Nearest }

// span returns the range of the numbers that a release shows as the given rounded number.
func (p Profile) span(shown int64) span {
	low := shown - p.Nearest/2
	return span{max(low, p.Least), low + p.Nearest - 1}
}

// span is the range from low to high, both included.
type span struct{ low, high int64 }

// Number is a count in a table: shown, suppressed or not applicable. The zero Number is not applicable.
type Number struct {
	n     int64
	state numberState
}

type numberState uint8

const (
	notThere numberState = iota
	hidden               // n is the least number of people
	shown
)

// NotThere is the text of a number that the data cannot hold.
const NotThere = "not applicable"

// Value returns the count, and whether it is shown.
func (n Number) Value() (int64, bool) { return n.n, n.state == shown }

// IsHidden reports whether the count is suppressed.
func (n Number) IsHidden() bool { return n.state == hidden }

// Equal reports whether two numbers have the same text.
func (n Number) Equal(m Number) bool { return n.String() == m.String() }

// MarshalText returns the text of String.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (n *Number) UnmarshalText(text []byte) error {
	digits, isHidden := strings.CutPrefix(string(text), "<")
	count, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case string(text) == NotThere:
		*n = Number{}
	case err != nil || count < 0:
		return fmt.Errorf("%.40q is not a number of a table", text)
	case isHidden:
		*n = Number{count, hidden}
	default:
		*n = Number{count, shown}
	}
	return nil
}

// String returns a shown count in digits, and NotThere for a number that is not applicable. For a suppressed count it
// returns < followed by the least number of people, such as <10.
func (n Number) String() string {
	switch n.state {
	case shown:
		return strconv.FormatInt(n.n, 10)
	case hidden:
		return "<" + strconv.FormatInt(n.n, 10)
	default:
		return NotThere
	}
}
