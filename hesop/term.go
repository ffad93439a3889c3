package hesop

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/padding"
)

// TermStatus says whether a text is a value of its variable.
type TermStatus uint8

// The statuses of a Term.
const (
	TermUnlisted    TermStatus = iota // the package does not know the value; only Text is set
	TermMissing                       // empty, or a value that means not known, not stated or not applicable
	TermKnown                         // a value of the variable that, as far as is known, was in use at the time
	TermOutOfPeriod                   // a value of the variable that was not in use at the time
)

// String returns the status in lower case.
func (s TermStatus) String() string {
	switch s {
	case TermUnlisted:
		return "unlisted"
	case TermMissing:
		return "missing"
	case TermKnown:
		return "known"
	case TermOutOfPeriod:
		return "out of period"
	default:
		return fmt.Sprintf("TermStatus(%d)", uint8(s))
	}
}

// Term is the text of a column and its meaning.
type Term struct {
	Text   []byte // as found, without padding; valid for as long as the result of Appointment.Text
	Code   string // the code of a coded variable, as the specification spells it; otherwise ""
	Label  string // what the code means, or meant at the time; "" without a Code
	Status TermStatus

	// Missing reports whether the text is empty or stands for a missing value. It is true even if that value was not in
	// use at the time; Status is then TermOutOfPeriod.
	Missing bool
}

// Meaning is a code of a variable and what the code means.
type Meaning struct {
	Code  string
	Label string

	// From and Until are the first and the last financial year in which the code has this meaning. They are 0 if the
	// specification names no year, or a year before the data begin.
	From, Until FinancialYear

	// Missing reports whether the code means not known, not stated or not applicable.
	Missing bool
}

// in reports whether the code has this meaning in a year. An unknown year counts as later than every period that has an
// end.
func (m *Meaning) in(y FinancialYear) bool {
	return (m.Until == 0 || y != 0 && y <= m.Until) && (m.From == 0 || y == 0 || y >= m.From)
}

// valueSet is the set of values of a variable: codes, or the numbers of a range.
type valueSet struct {
	meanings    []Meaning
	least, most int64 // the smallest and the largest number; both 0 if there is no range

	byCode map[string][]int // indices of the meanings of each folded code
}

// holds reports whether a number is in the set.
func (s *valueSet) holds(n int64) bool { return s.least == s.most || n >= s.least && n <= s.most }

// fold returns a code in the form in which codes are compared. It removes leading zeros and a trailing ".0" from a code
// of digits, because programs that treat codes as numbers drop or add these. The result shares the memory of text.
func fold(text []byte) []byte {
	whole := text
	for i, c := range text {
		if c >= '0' && c <= '9' {
			continue
		}
		if whole = wholeNumber(text); c != '.' || len(whole) != i {
			return text
		}
		break
	}
	for len(whole) > 1 && whole[0] == '0' {
		whole = whole[1:]
	}
	return whole
}

// Term returns the meaning of the text in a column. Codes are compared without padding and, if they are numbers,
// without leading zeros and a trailing ".0": 03, 3 and 3.0 are the same. Numbers, ages, dates and the codes of
// diagnoses and procedures have a Status but no Code.
//
// If the meaning of a code changed, Term uses the meaning in the financial year of the appointment. If the year is not
// known, it uses the most cautious meaning: a missing value if the code ever meant one, and otherwise the latest
// meaning.
//
// A value that the package does not know for the column keeps its text and has the status TermUnlisted. If the package
// does not know which values the column can have, every value has that status unless it is missing. Term does not
// allocate for a value that the package knows.
func (a *Appointment) Term(c Column) Term {
	t := Term{Text: padding.Trim(a.Text(c))}
	known := a.header.known[c.index]
	switch {
	case len(t.Text) == 0:
		t.Status = TermMissing
	case known == nil:
	case known.values != nil && known.values.meanings != nil:
		return known.values.term(t, a)
	default:
		t.Status = known.status(t.Text)
	}
	t.Missing = t.Status == TermMissing
	return t
}

// status returns the status of a text in a column that has no set of codes.
func (c *column) status(text []byte) TermStatus {
	if f, isCode := readName(c.name); isCode {
		return codeStatus(f, text)
	}
	if c.isMissing(text) {
		return TermMissing
	}
	good := false
	switch c.kind {
	case KindDate:
		_, err := ParseDate(text)
		if errors.Is(err, ErrDateMissing) {
			return TermMissing
		}
		good = err == nil
	case KindInteger:
		n, ok := parseInteger(text)
		good = ok && (c.values == nil || c.values.holds(n) || c.name == "apptage" && 7001 <= n && n <= 7007)
	case KindDecimal: // apptage_calc
		years, ok := parseDecimal(text)
		good = ok && (years >= 1 && years <= 120 || isYoungAge(years))
	case KindText:
		if c.name == "fyear" {
			_, good = ParseFinancialYear(text)
		}
	}
	if good {
		return TermKnown
	}
	return TermUnlisted
}

// isMissing reports whether a trimmed text stands for a missing value.
func (c *column) isMissing(text []byte) bool {
	for value := range strings.FieldsSeq(c.missing) {
		if string(fold(text)) == value {
			return true
		}
	}
	return false
}

// codeStatus returns the status of the text of a code column. It takes all slots of a concatenated column together: the
// text is known if any slot is a code, and missing if all slots are missing or empty.
func codeStatus(f CodeField, text []byte) TermStatus {
	status := TermMissing
	for more := true; more; {
		slot := text
		if more = false; f.Form == Concatenated {
			slot, text, more = bytes.Cut(text, []byte{','})
		}
		switch coding.ReadValue(f.System, slot, f.Width).Class() {
		case coding.ClassCode:
			return TermKnown
		case coding.ClassUnrecognised:
			status = TermUnlisted
		case coding.ClassMissing, coding.ClassEmpty:
		}
	}
	return status
}

// term completes t, whose text is not empty.
func (s *valueSet) term(t Term, a *Appointment) Term {
	at := s.byCode[string(fold(t.Text))]
	if len(at) == 0 {
		return t
	}
	year := FinancialYear(0)
	if m := &s.meanings[at[0]]; len(at) > 1 || m.From != 0 || m.Until != 0 {
		year = a.FinancialYear()
	}
	best := &s.meanings[at[len(at)-1]]
	t.Status = TermOutOfPeriod
	for _, i := range at {
		if m := &s.meanings[i]; m.in(year) {
			best, t.Status = m, TermKnown
		}
	}
	if year == 0 {
		t.Status = TermKnown
		for _, i := range at {
			if s.meanings[i].Missing {
				best = &s.meanings[i]
				break
			}
		}
	}
	t.Code, t.Label, t.Missing = best.Code, best.Label, best.Missing
	if best.Missing && t.Status == TermKnown {
		t.Status = TermMissing
	}
	return t
}
