package codelist

// Coverage says how far an entry reaches beyond the code it names.
type Coverage uint8

// The coverages of an entry.
const (
	// Descendants covers every code that starts with the prefix.
	Descendants Coverage = iota
	// Exact covers the undivided category only: for E11 and E11X alike the
	// codes E11, E11X and E11X with a fifth character.
	Exact
)

// String returns "descendants" or "exact".
func (c Coverage) String() string {
	if c == Exact {
		return "exact"
	}
	return "descendants"
}

// Policy decides what a bare category of a codelist (E11) covers. Researchers
// mean both, the family and the category itself.
type Policy uint8

// The policies.
const (
	// Auto takes the family unless the list names longer codes of the
	// category, which says that it names its members one by one.
	Auto Policy = iota
	// Always takes the family.
	Always
	// Never takes the undivided category only.
	Never
)

// String returns "auto", "always" or "never".
func (p Policy) String() string {
	switch p {
	case Always:
		return "always"
	case Never:
		return "never"
	default:
		return "auto"
	}
}

// Position is where something stands in a codelist. Line is the physical line,
// from 1, on which its row starts; Column the number of its column, from 1.
type Position struct {
	File   string
	Line   int
	Column int
}

// Entry is one prefix of a list, an inclusion or an exclusion, with its
// coverage resolved. A cell that names several codes makes several entries.
type Entry struct {
	Prefix   Prefix
	Coverage Coverage
	Exclude  bool
	Term     string   // what the list calls it, "" if it has no such column
	Raw      string   // the whole cell, as the researcher wrote it
	Pos      Position // of that cell
}

// covers reports whether e covers everything that starts with p, a prefix at
// least as long as that of e.
func (e *Entry) covers(p Prefix) bool {
	if !e.Prefix.contains(p) {
		return false
	}
	if p.Len() > 3 && e.Prefix.Len() == 3 && e.Coverage == Exact {
		return p.at(3) == filler
	}
	if e.Prefix.Len() < 3 && p.Len() >= 3 {
		return !p.isMissing()
	}
	return true
}
