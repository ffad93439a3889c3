package oracle

import "strings"

// Entry is one code or prefix of a list, with what it covers. Code is canonical,
// a category plus filler keeps its X. Descendants is false for a category, bare
// or filled, that stands for itself alone. Cell is the index of the cell it was
// written in.
type Entry struct {
	Cell         int
	System, Code string
	Descendants  bool
	Exclude      bool
}

// covers says whether the entry covers a code that is known to its end.
func (e Entry) covers(code string) bool {
	if e.Descendants {
		return strings.HasPrefix(code, e.Code)
	}
	category := e.Code[:3]
	return code == category || strings.HasPrefix(code, category+"X")
}

// leavesOpen says whether a value that may have been cut is too short for the
// entry to decide: some of the codes it could be the beginning of are covered
// and some are not.
func (e Entry) leavesOpen(cut string) bool {
	if len(e.Code) > len(cut) && strings.HasPrefix(e.Code, cut) {
		return true
	}
	// A category that stands for itself alone, against three characters of which
	// nobody knows whether a fourth followed.
	return !e.Descendants && isCategory(cut) && e.Code == cut
}

// outranks says whether the entry decides before the other: the longer code
// first, then the exclusion, then the one that stands first in the list. It is
// called with entries in the order of the list, other being the earlier one.
func (e Entry) outranks(other Entry) bool {
	if len(e.Code) != len(other.Code) {
		return len(e.Code) > len(other.Code)
	}
	return e.Exclude && !other.Exclude
}
