package codelist

import (
	"fmt"
	"slices"

	"hesopmatch/codelist/coding"
)

// idleExclusions returns a notice of exclusions that remove nothing, although the list has inclusions of the same
// system.
func (l *List) idleExclusions() []Notice {
	var included, families []coding.Prefix // the prefixes of all inclusions, and of those that cover descendants
	idle := 0
	var first Entry
	for i, e := range l.All() {
		if !e.Exclude || !l.Includes(e.Prefix.System()) {
			continue
		}
		if included == nil {
			included, families = l.inclusions()
		}
		if l.touches(i, included, families) {
			continue
		}
		if idle++; idle == 1 {
			first = e
		}
	}
	if idle == 0 {
		return nil
	}
	more, takes := "", "takes"
	if idle > 1 {
		more, takes = fmt.Sprintf(" (and %d more)", idle-1), "take"
	}
	return []Notice{{LevelNote, fmt.Sprintf("%s: %v: exclusion %v%s %s nothing out, because no inclusion covers such "+
		"a code, or a longer one decides; appointments with a code of the list match whatever else they carry",
		l.report.File, first.Pos.row(), first.Prefix, more, takes)}}
}

// inclusions returns the prefixes of all inclusions and, separately, of the inclusions that cover descendants. Both
// results are sorted.
func (l *List) inclusions() (all, families []coding.Prefix) {
	for _, e := range l.All() {
		if e.Exclude {
			continue
		}
		all = append(all, e.Prefix)
		if e.Coverage != Exact {
			families = append(families, e.Prefix)
		}
	}
	slices.Sort(all)
	slices.Sort(families)
	return all, families
}

// touches reports whether an inclusion covers a code that exclusion i decides. Inclusions longer than the exclusion do
// not count, because they take precedence over it.
func (l *List) touches(i int, included, families []coding.Prefix) bool {
	e := l.Entry(i)
	if _, found := slices.BinarySearch(included, e.Prefix); found {
		return true
	}
	for n := 1; n < e.Prefix.Len(); n++ {
		if _, found := slices.BinarySearch(families, e.Prefix.First(n)); found {
			return true
		}
	}
	return false
}
