package codelist

import (
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// Review is the result of checking a list against a Reference.
type Review struct {
	Unchecked []coding.System // systems of the list for which the reference has no code
	Unknown   []Unknown       // entries that name no code of the reference
	Families  []FamilyReview  // categories in which the list names codes, in order
}

// Unknown is an entry that names no code of the reference. A range, a class or _ names many codes, some of which the
// classification may not have. The entries that it yields are unknown only if the reference has none of those codes.
type Unknown struct {
	Entry int    // number of the entry in the list
	Why   string // for people to read
}

// Reasons why an entry is unknown.
const (
	unknownCode     = "not in the reference"
	unknownCategory = "the reference has no code in this category"
	unknownFiller   = "the reference divides this category, so its code with X does not exist"
)

// FamilyReview reports which codes of a category a list names one by one, and which it leaves. In its fields, longer
// means longer than the category.
type FamilyReview struct {
	Category coding.Prefix
	Entry    int           // number of the category's own entry, -1 if the list has none
	Standing Standing      // summary of Named and Left
	Named    []coding.Code // longer codes of the reference that a longer entry covers, whatever its sign
	Left     []coding.Code // the other longer codes; a bare category in the list decides them
}

// Standing says whether a list names none, some or all codes of a category one by one.
type Standing uint8

// These are the standings of a category.
const (
	FamilyUndivided Standing = iota // the reference does not divide the category: exact and descendants mean the same
	FamilyNone                      // the list names none of the longer codes: a bare category can only mean them all
	FamilyPartial                   // the list names some longer codes: does a bare category mean the others too?
	FamilyComplete                  // the list names all longer codes: a bare category adds none
)

// String returns the standing in lower case.
func (s Standing) String() string {
	switch s {
	case FamilyUndivided:
		return "undivided"
	case FamilyNone:
		return "none"
	case FamilyPartial:
		return "partial"
	default:
		return "complete"
	}
}

// Review checks a list against the reference. It takes a few look-ups for each entry.
func (r *Reference) Review(l *List) Review {
	var v Review
	for _, sys := range coding.Systems() {
		switch {
		case r.knows(sys):
			r.reviewUnknown(&v, l, sys)
			r.reviewFamilies(&v, l, sys)
		case slices.ContainsFunc(l.entries, func(e entry) bool { return e.prefix.System() == sys }):
			v.Unchecked = append(v.Unchecked, sys)
		}
	}
	return v
}

// reviewUnknown finds the entries of a system that name no code of the reference.
func (r *Reference) reviewUnknown(v *Review, l *List, sys coding.System) {
	known := make(map[int32]bool) // patterns that yield a code of the reference, as an entry or a duplicate
	for i := range l.entries {
		if e := &l.entries[i]; e.pattern > 0 && e.prefix.System() == sys && r.unknown(e.prefix) == "" {
			known[e.pattern] = true
		}
	}
	for _, again := range l.repeats {
		if e := &l.entries[again.entry]; e.prefix.System() == sys && r.unknown(e.prefix) == "" {
			known[again.pattern] = true
		}
	}
	for i := range l.entries {
		e := &l.entries[i]
		if e.prefix.System() != sys || known[e.pattern] {
			continue
		}
		if why := r.unknown(e.prefix); why != "" {
			v.Unknown = append(v.Unknown, Unknown{i, why})
		}
	}
}

// unknown returns why a prefix names no code of the reference, "" if it names one.
func (r *Reference) unknown(p coding.Prefix) string {
	sys := p.System()
	category, fourth, fifth := codebits.SplitPrefix(uint32(p))
	if p.Len() < 3 {
		span := 100
		if p.Len() == 2 {
			span = 10
		}
		if len(r.between(newCode(sys, category, 0, 0), newCode(sys, category+span, 0, 0))) == 0 {
			return unknownCode
		}
		return ""
	}
	family := r.family(sys, category)
	switch {
	case len(family) == 0:
		return unknownCategory
	case p.Len() == 3:
		return ""
	case isUndivided(p):
		return unknownUndivided(family)
	}
	for _, c := range family {
		_, f4, f5 := codebits.Split(uint32(c.code))
		if f4 == fourth && (f5 == fifth || p.Len() == 4) && isLonger(c.code) {
			return ""
		}
	}
	return unknownCode
}

// unknownUndivided returns why a category with its filler names no code of a family: a fourth character divides it, and
// no code has a fifth character after the filler. It returns "" if the category with its filler names a code.
func unknownUndivided(family []referenceCode) string {
	why := ""
	for _, c := range family {
		switch _, fourth, fifth := codebits.Split(uint32(c.code)); {
		case fourth > 0:
			why = unknownFiller
		case fifth > 0:
			return ""
		}
	}
	return why
}

// isLonger reports whether a code is longer than its category.
func isLonger(c coding.Code) bool {
	_, fourth, fifth := codebits.Split(uint32(c))
	return fourth > 0 || fifth > 0
}

// reviewFamilies reports how much of each category the list names.
func (r *Reference) reviewFamilies(v *Review, l *List, sys coding.System) {
	for category := range codebits.Categories {
		p := newCode(sys, category, 0, 0).Prefix(3)
		if len(l.RulesUnder(p)) == 0 {
			continue
		}
		family := r.family(sys, category)
		if len(family) == 0 {
			continue
		}
		f := FamilyReview{Category: p, Entry: -1}
		if rule := l.RuleAt(p); rule != nil {
			f.Entry = int(rule.Any)
		}
		for _, c := range family {
			switch {
			case !isLonger(c.code):
			case l.names(c.code):
				f.Named = append(f.Named, c.code)
			default:
				f.Left = append(f.Left, c.code)
			}
		}
		switch {
		case len(f.Named)+len(f.Left) == 0:
			f.Standing = FamilyUndivided
		case len(f.Named) == 0:
			f.Standing = FamilyNone
		case len(f.Left) == 0:
			f.Standing = FamilyComplete
		default:
			f.Standing = FamilyPartial
		}
		v.Families = append(v.Families, f)
	}
}

// names reports whether an entry longer than a category covers a code.
func (l *List) names(c coding.Code) bool {
	for n := 4; n <= 5; n++ {
		if l.RuleAt(c.Prefix(n)) != nil {
			return true
		}
	}
	return false
}
