package hesop

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/padding"
)

// TermStatus says whether a text is a value of the variable that it stands in.
type TermStatus uint8

// The statuses of a Term.
const (
	TermUnlisted    TermStatus = iota // the package does not know the value; Text is all there is
	TermMissing                       // empty, or a value for not known, not stated or not applicable
	TermKnown                         // a value of the variable, of the time of the appointment as far as that is known
	TermOutOfPeriod                   // a value of the variable, but of another time
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

// Term is the text of a column and what it means.
type Term struct {
	Text   []byte // as found, less the padding; borrowed like the text of a column
	Code   string // of a coded variable, as the specification spells it; else ""
	Label  string // what the code means, or meant at the time; "" without a Code
	Status TermStatus

	// Missing says that there is no text or that it stands for a missing value: also
	// for one of another time, whose Status is TermOutOfPeriod.
	Missing bool
}

// Meaning is a code of a variable and what it means.
type Meaning struct {
	Code  string
	Label string

	// From and Until are the first and the last financial year in which the code
	// means this, 0 where the specification names none, or one in which there are no
	// data yet.
	From, Until FinancialYear

	// Missing says that the code stands for not known, not stated or not
	// applicable.
	Missing bool
}

// in reports whether the code has this meaning in a year; an unknown year is in none
// that has an end.
func (m *Meaning) in(y FinancialYear) bool {
	return (m.Until == 0 || y != 0 && y <= m.Until) && (m.From == 0 || y == 0 || y >= m.From)
}

// valueSet is what a variable can hold: codes, or numbers from least to most.
type valueSet struct {
	meanings    []Meaning
	least, most int64 // of numbers; 0 and 0 if any goes, or if there are none

	byCode map[string][]int // the meanings of each code, folded
}

// holds reports whether a number is one of the set.
func (s *valueSet) holds(n int64) bool { return s.least == s.most || n >= s.least && n <= s.most }

// fold makes codes comparable: those made of digits also without the zeros before
// them and with a ".0" behind them, as programs write that took them for numbers.
// What it returns is part of text.
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

// Term reads a column as what it means. Codes are compared padded or not and, if
// numbers, with or without zeros before them and ".0" behind (03, 3 and 3.0). Numbers,
// ages, dates and the codes of diagnoses and procedures have a Status and no Code. A code
// whose meaning changed is given that of the financial year of the appointment, and where
// that is not known the meaning that says least: a missing value if it may be one, else
// the latest. A value outside the set keeps its text and is TermUnlisted, as is that of a
// column of which the package knows no set. Term does not allocate for what is in a set.
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

// status is that of a text which is no code.
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

// isMissing reports whether a trimmed text is a value that stands for a missing one.
func (c *column) isMissing(text []byte) bool {
	for value := range strings.FieldsSeq(c.missing) {
		if string(fold(text)) == value {
			return true
		}
	}
	return false
}

// codeStatus is that of the text of a code column, or of all slots of a concatenated
// one: known if any is a code, missing if there are only those that stand for none.
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
