package codelist

import (
	"fmt"
	"slices"
)

// enum is a type with a few named values.
type enum interface {
	comparable
	fmt.Stringer
}

// marshalName returns the name of v, which must be an element of the slice all.
func marshalName[T enum](v T, what string, all []T) ([]byte, error) {
	if !slices.Contains(all, v) {
		return nil, fmt.Errorf("codelist: %s %d is not valid", what, any(v))
	}
	return []byte(v.String()), nil
}

// unmarshalName sets v to the element of the slice all that has the given name.
func unmarshalName[T enum](v *T, name []byte, what string, all []T) error {
	for _, one := range all {
		if string(name) == one.String() {
			*v = one
			return nil
		}
	}
	return fmt.Errorf("codelist: %.40q is not a valid %s: must be one of %v", name, what, all)
}

func coverages() []Coverage { return []Coverage{Descendants, Exact} }

// MarshalText returns the text of String. It fails for an invalid Coverage.
func (c Coverage) MarshalText() ([]byte, error) { return marshalName(c, "coverage", coverages()) }

// UnmarshalText reads the output of MarshalText.
func (c *Coverage) UnmarshalText(text []byte) error {
	return unmarshalName(c, text, "coverage", coverages())
}

func policies() []Policy { return []Policy{Auto, Always, Never} }

// MarshalText returns the text of String. It fails for an invalid Policy.
func (p Policy) MarshalText() ([]byte, error) { return marshalName(p, "policy", policies()) }

// UnmarshalText reads the output of MarshalText.
func (p *Policy) UnmarshalText(text []byte) error {
	return unmarshalName(p, text, "policy", policies())
}

func allHeadings() []Headings { return []Headings{RejectHeadings, IgnoreHeadings, ExpandHeadings} }

// MarshalText returns the text of String. It fails for an invalid Headings.
func (h Headings) MarshalText() ([]byte, error) {
	return marshalName(h, "choice of headings", allHeadings())
}

// UnmarshalText reads the output of MarshalText.
func (h *Headings) UnmarshalText(text []byte) error {
	return unmarshalName(h, text, "choice of headings", allHeadings())
}

func verdicts() []Verdict { return []Verdict{Accepted, Repaired, Duplicate, Ignored, Rejected} }

// MarshalText returns the text of String. It fails for an invalid Verdict.
func (v Verdict) MarshalText() ([]byte, error) { return marshalName(v, "verdict", verdicts()) }

// UnmarshalText reads the output of MarshalText.
func (v *Verdict) UnmarshalText(text []byte) error {
	return unmarshalName(v, text, "verdict", verdicts())
}

func levels() []Level { return []Level{LevelNote, LevelWarning, LevelError} }

// MarshalText returns the text of String. It fails for an invalid Level.
func (l Level) MarshalText() ([]byte, error) { return marshalName(l, "level", levels()) }

// UnmarshalText reads the output of MarshalText.
func (l *Level) UnmarshalText(text []byte) error { return unmarshalName(l, text, "level", levels()) }

func standings() []Standing {
	return []Standing{FamilyUndivided, FamilyNone, FamilyPartial, FamilyComplete}
}

// MarshalText returns the text of String. It fails for an invalid Standing.
func (s Standing) MarshalText() ([]byte, error) { return marshalName(s, "standing", standings()) }

// UnmarshalText reads the output of MarshalText.
func (s *Standing) UnmarshalText(text []byte) error {
	return unmarshalName(s, text, "standing", standings())
}
