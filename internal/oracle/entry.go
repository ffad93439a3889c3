package oracle

import "strings"

// Entry is one code or prefix of a list, with its coverage. Code is canonical; a category with the filler keeps its X.
// Descendants is false for a category, bare or with the filler, that covers only the undivided category. Cell is the
// index of the entry's cell.
type Entry struct {
	Cell         int
	System, Code string
	Descendants  bool
	Exclude      bool
}

// covers reports whether the entry covers a code that is not truncated.
func (e Entry) covers(code string) bool {
	if e.Descendants {
		return strings.HasPrefix(code, e.Code)
	}
	category := e.Code[:3]
	return code == category || strings.HasPrefix(code, category+"X")
}

// leavesOpen reports whether a value that may be truncated is too short for the entry to decide: the entry covers some
// of the codes that start with the value, but not all.
func (e Entry) leavesOpen(truncated string) bool {
	if len(e.Code) > len(truncated) && strings.HasPrefix(e.Code, truncated) {
		return true
	}
	// The entry covers only the undivided category, and a fourth character may have followed the three of the value.
	return !e.Descendants && isCategory(truncated) && e.Code == truncated
}

// outranks reports whether e decides instead of the entry other, which must be earlier in the list. A longer code comes
// first, then an exclusion, then the earlier entry.
func (e Entry) outranks(other Entry) bool {
	if len(e.Code) != len(other.Code) {
		return len(e.Code) > len(other.Code)
	}
	return e.Exclude && !other.Exclude
}
