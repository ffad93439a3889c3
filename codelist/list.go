package codelist

import (
	"iter"
	"slices"
)

// List is a codelist: its entries with their coverage resolved, ready to decide
// values, and the report of what it was read from. A List is immutable and may
// be used by any number of goroutines. The zero List has no entries and covers
// nothing; lists come from Parse.
type List struct {
	name    string
	entries []Entry
	rules   []rule // by key, each once
	report  Report
}

// Name is the name of the list.
func (l *List) Name() string { return l.name }

// Len is the number of entries.
func (l *List) Len() int { return len(l.entries) }

// Entry returns entry i, with 0 ≤ i < Len.
func (l *List) Entry(i int) Entry { return l.entries[i] }

// All yields the entries with their numbers, in the order of the file.
func (l *List) All() iter.Seq2[int, Entry] {
	return func(yield func(int, Entry) bool) {
		for i := range l.entries {
			if !yield(i, l.entries[i]) {
				return
			}
		}
	}
}

// Report is the account of every row the list was read from.
func (l *List) Report() Report { return l.report }

// Includes reports whether the list has an inclusion in a coding system. An
// appointment is no match for a list only if it is coded in every such system.
func (l *List) Includes(sys System) bool {
	return slices.ContainsFunc(l.entries, func(e Entry) bool { return e.Prefix.System() == sys && !e.Exclude })
}

// ListsMissing yields the entries whose own code is one of those that HES uses
// for a missing value: R69 of ICD-10 and X99 of OPCS-4. Such an entry flags the
// appointments where nothing is known, which is seldom what is meant.
func (l *List) ListsMissing() iter.Seq2[int, Entry] {
	return l.where(func(e *Entry) bool { return e.Prefix.isMissing() })
}

// NeedFiner yields the entries of a coding system that fields of so many
// characters cannot decide: 5-character entries against diagnoses cut to 4, and
// all but whole families against fields of 3. Appointments that meet them are
// counted as undecided.
func (l *List) NeedFiner(sys System, width int) iter.Seq2[int, Entry] {
	return l.where(func(e *Entry) bool {
		switch {
		case e.Prefix.System() != sys || width != 3 && width != 4:
			return false
		case width == 3 && e.Prefix.Len() == 3:
			return e.Coverage == Exact
		default:
			return e.Prefix.Len() > width
		}
	})
}

func (l *List) where(holds func(*Entry) bool) iter.Seq2[int, Entry] {
	return func(yield func(int, Entry) bool) {
		for i := range l.entries {
			if holds(&l.entries[i]) && !yield(i, l.entries[i]) {
				return
			}
		}
	}
}

// list turns the drafts into a list: what is rejected is dropped, coverage
// resolved, and of entries that mean the same the first is kept.
func (d *drafts) list(policy Policy) *List {
	d.resolve(policy)
	d.rejectHeadings()
	d.dropRejected()
	children := d.resolve(policy)

	l := &List{name: d.name, entries: make([]Entry, 0, len(d.all))}
	l.report.Policy = policy
	l.report.outcomes = make([]Outcome, 0, len(d.rows)+len(d.all))
	type meaning struct {
		signed
		coverage Coverage
	}
	first := make(map[meaning]int, len(d.all))
	next := 0 // draft
	for i := range d.rows {
		row := &d.rows[i]
		out := Outcome{Verdict: row.verdict, Reason: row.reason, System: row.system, Raw: row.raw, Pos: row.pos, Entry: -1}
		if next == len(d.all) || d.all[next].row != i {
			l.report.outcomes = append(l.report.outcomes, out)
			continue
		}
		out.Reason = d.repairs[i].String()
		if out.Reason != "" {
			out.Verdict = Repaired
		}
		for ; next < len(d.all) && d.all[next].row == i; next++ {
			e := &d.all[next]
			key := meaning{signed{e.Prefix, e.Exclude}, e.Coverage}
			entry, twice := first[key]
			if twice {
				same := out
				same.Verdict, same.Reason, same.Entry = Duplicate, reasonDuplicate, entry
				l.report.outcomes = append(l.report.outcomes, same)
				continue
			}
			out.Entry = len(l.entries)
			first[key] = out.Entry
			l.entries = append(l.entries, e.Entry)
			l.report.outcomes = append(l.report.outcomes, out)
			if listed, bare := children[key.signed]; bare && e.says == byPolicy && policy.tells(len(listed)) {
				l.report.families = append(l.report.families, Family{out.Entry, e.Coverage, listed})
			}
		}
	}
	l.rules = makeRules(l.entries)
	return l
}

// tells reports whether a bare category with so many listed children belongs
// into the report.
func (p Policy) tells(children int) bool { return p == Never || children > 0 }
