package codelist

import (
	"fmt"
	"iter"
	"slices"
	"sync"

	"hesopmatch/codelist/coding"
)

// List is a codelist: its entries with their resolved coverage, and the report of its file. A List is immutable, and
// any number of goroutines may use it. The zero List has no entries and covers nothing; Parse makes lists. A List has
// no binary or text form: marshalling it fails.
type List struct {
	noForm
	rules // they determine which entry decides

	name    string
	entries []entry
	repeats []repeat // duplicates that patterns yield
	report  Report

	once        sync.Once
	fingerprint string // computed on the first call of Fingerprint
}

// repeat is an entry that a later pattern yields again.
type repeat struct{ pattern, entry int32 }

// entry is the stored form of an Entry: its meaning, and the index of its row in the report.
type entry struct {
	meaning
	row     int32
	pattern int32 // see unresolved
}

// Name returns the name of the list.
func (l *List) Name() string { return l.name }

// Len returns the number of entries.
func (l *List) Len() int { return len(l.entries) }

// Entry returns entry i, for 0 ≤ i < Len.
func (l *List) Entry(i int) Entry {
	e := &l.entries[i]
	row := &l.report.rows[e.row]
	return Entry{
		Prefix: e.prefix, Coverage: e.coverage, Exclude: e.exclude,
		Term: row.term, Group: row.group, Raw: row.raw, Pos: row.pos(),
	}
}

// All yields the entries with their numbers, in the order of the file.
func (l *List) All() iter.Seq2[int, Entry] {
	return func(yield func(int, Entry) bool) {
		for i := range l.entries {
			if !yield(i, l.Entry(i)) {
				return
			}
		}
	}
}

// Report returns what became of every row of the file.
func (l *List) Report() Report { return l.report }

// Equal reports whether two lists have the same name, entries and Report. To compare the codes that lists cover,
// compare their Fingerprints.
func (l *List) Equal(other *List) bool {
	if l == nil || other == nil {
		return l == other
	}
	return l.name == other.name && slices.Equal(l.entries, other.entries) &&
		slices.Equal(l.repeats, other.repeats) && l.report.Equal(other.report)
}

// Includes reports whether the list has an inclusion in a coding system. The answer for an appointment is "no match"
// only if the appointment is coded in every such system.
func (l *List) Includes(sys coding.System) bool {
	return slices.ContainsFunc(l.entries, func(e entry) bool { return e.prefix.System() == sys && !e.exclude })
}

// ListsMissing yields the inclusions that start with the code for a missing value in HES: R69 of ICD-10 and X99 of
// OPCS-4. Such an entry matches appointments whose code is missing, which authors seldom intend.
func (l *List) ListsMissing() iter.Seq2[int, Entry] {
	return l.where(func(e *entry) bool { return !e.exclude && e.prefix.System().Missing().Contains(e.prefix) })
}

// NeedFiner yields the entries of a coding system that are too fine for fields of the given width in characters. For a
// width of 4 these are entries of five characters; for 3, entries longer than a category, and exact categories. Values
// that such an entry could cover are undecided.
func (l *List) NeedFiner(sys coding.System, width int) iter.Seq2[int, Entry] {
	return l.where(func(e *entry) bool {
		switch {
		case e.prefix.System() != sys || width != 3 && width != 4:
			return false
		case width == 3 && e.prefix.Len() == 3:
			return e.coverage == Exact
		default:
			return e.prefix.Len() > width
		}
	})
}

// notices returns what a person should know about the list itself: rejected rows, exclusions without an inclusion,
// entries for missing values, exclusions without effect, and codes of another edition. Unless the caller gives
// AllowRejected, the list has no rejected rows.
func (l *List) notices() []Notice {
	var notices []Notice
	if n := l.report.Count(Rejected); n > 0 {
		for out := range l.report.Outcomes() {
			if out.Verdict == Rejected {
				notices = append(notices, Notice{LevelError, fmt.Sprintf("%s: %s rejected and not used, first %v: %s",
					l.report.File, count(n, "row"), out.Pos, out.Reason)})
				break
			}
		}
	}
	if len(l.entries) > 0 && !l.Includes(coding.ICD10) && !l.Includes(coding.OPCS4) {
		notices = append(notices, Notice{LevelWarning, fmt.Sprintf("%s: %q: exclusions and no inclusion, so the list "+
			"matches nothing; add the codes from which they exclude (with ParseGroups, exclusions act within their "+
			"own group)",
			l.report.File, l.name)})
	}
	var first Entry
	missing := 0
	for _, e := range l.ListsMissing() {
		if missing++; missing == 1 {
			first = e
		}
	}
	if missing > 0 {
		more := ""
		if missing > 1 {
			more = fmt.Sprintf(" (and %d more)", missing-1)
		}
		notices = append(notices, Notice{LevelWarning, fmt.Sprintf(
			"%s: %v: %v%s stands for missing values: it matches unknown codes, not a condition",
			l.report.File, first.Pos.row(), first.Prefix, more,
		)})
	}
	notices = append(notices, l.idleExclusions()...)
	return append(notices, l.editionNotices()...)
}

func (l *List) where(holds func(*entry) bool) iter.Seq2[int, Entry] {
	return func(yield func(int, Entry) bool) {
		for i := range l.entries {
			if holds(&l.entries[i]) && !yield(i, l.Entry(i)) {
				return
			}
		}
	}
}

// fill stores the entries without duplicates, and records which families the policy decided.
func (l *List) fill(d *builder, children map[signed][]coding.Prefix, policy Policy) {
	l.entries = make([]entry, 0, len(d.all))
	l.report.outcomes = make([]outcome, 0, len(d.rows)+len(d.all)/8)
	first := make(map[meaning]int32)
	next := 0 // index into d.all
	for i := range d.rows {
		row := &d.rows[i]
		out := outcome{row: int32(i), entry: -1, verdict: row.verdict}
		if next == len(d.all) || int(d.all[next].row) != i {
			l.report.outcomes = append(l.report.outcomes, out)
			continue
		}
		if d.repairs[i] != 0 {
			out.verdict = Repaired
			row.reason = d.repairs[i].String()
		}
		for ; next < len(d.all) && int(d.all[next].row) == i; next++ {
			e := &d.all[next]
			if earlier, twice := first[e.meaning]; twice {
				twin := outcome{row: int32(i), entry: earlier, verdict: Duplicate}
				l.report.outcomes = append(l.report.outcomes, twin)
				if e.pattern > 0 {
					l.repeats = append(l.repeats, repeat{e.pattern, earlier})
				}
				continue
			}
			out.entry = int32(len(l.entries))
			first[e.meaning] = out.entry
			l.entries = append(l.entries, entry{e.meaning, int32(i), e.pattern})
			l.report.outcomes = append(l.report.outcomes, out)
			named, bare := children[e.signed()]
			if bare && e.scope == scopeByPolicy && policy.listsFamily(len(named)) {
				l.report.families = append(l.report.families, Family{int(out.entry), e.coverage, named})
			}
		}
	}
	l.rules = makeRules(l.entries)
}

// listsFamily reports whether Report.Families yields a bare category with the given number of named children.
func (p Policy) listsFamily(children int) bool { return p == Never || children > 0 }
