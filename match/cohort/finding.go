package cohort

import (
	"encoding/binary"
	"iter"
	"slices"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// finding is the answer of one list for one appointment, if the answer does not follow from the systems in which the
// appointment is coded. Either an entry matches, or the answer is open: the appointment is coded, and a truncated value
// could be a code that the list includes.
//
//	bits 0–30 entry, or noEntry if entries are not counted; bit 31 open; bits 32–63 list
type finding uint64

const (
	noEntry = 1<<31 - 1
	isOpen  = 1 << 31
)

func (f finding) list() int  { return int(f >> 32) }
func (f finding) open() bool { return f&isOpen != 0 }
func (f finding) entry() int { return int(f & noEntry) }

// appendFindings appends the findings of an appointment to t.texts, ascending and without duplicates.
func (t *batch) appendFindings(s *source, a *hesop.Appointment) {
	t.found = t.found[:0]
	if s.plan.totals && t.res.AnyMatch() {
		t.hits = s.plan.m.AppendHits(t.hits[:0], a.Codes())
		for _, h := range t.hits {
			t.found = append(t.found, finding(h.List)<<32|finding(h.Entry))
		}
	} else {
		for list := range t.res.Matched() {
			t.found = append(t.found, finding(list)<<32|noEntry)
		}
	}
	for list := range t.res.Undecided() {
		if s.plan.needs[list]&^systemsOf(t.res.Coded) == 0 && t.res.Status(list) == match.Unknown {
			t.found = append(t.found, finding(list)<<32|isOpen)
		}
	}
	slices.Sort(t.found)
	for _, f := range slices.Compact(t.found) {
		t.texts = binary.BigEndian.AppendUint64(t.texts, uint64(f))
	}
}

// findings yields the findings of an appointment, and whether each is the first of its list.
func findings(text string) iter.Seq2[finding, bool] {
	return func(yield func(finding, bool) bool) {
		last := -1
		for ; len(text) > 0; text = text[8:] {
			f := finding(binary.BigEndian.Uint64([]byte(text[:8])))
			if !yield(f, f.list() != last) {
				return
			}
			last = f.list()
		}
	}
}
