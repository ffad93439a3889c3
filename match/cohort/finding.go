package cohort

import (
	"encoding/binary"
	"iter"
	"slices"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// finding is what a list says of an appointment other than what follows from where the
// appointment is coded: that it matches, by an entry, or that its answer is open, because
// a value was cut short of an inclusion and the appointment is coded.
//
//	bits 0–30 entry, or noEntry where none is asked for; bit 31 open; bits 32–63 list
type finding uint64

const (
	noEntry = 1<<31 - 1
	isOpen  = 1 << 31
)

func (f finding) list() int   { return int(f >> 32) }
func (f finding) open() bool  { return f&isOpen != 0 }
func (f finding) entry() int  { return int(f & noEntry) }
func (f finding) match() bool { return !f.open() }

// appendFindings appends what was found in an appointment, ascending and each once.
func (s *source) appendFindings(dst []finding, hits []match.Hit, a *hesop.Appointment, res *match.Result) ([]finding, []match.Hit) {
	first := len(dst)
	if s.plan.totals && res.AnyMatch() {
		hits = s.plan.m.AppendHits(hits[:0], a.Codes())
		for _, h := range hits {
			dst = append(dst, finding(h.List)<<32|finding(h.Entry))
		}
	} else {
		for list := range res.Matched() {
			dst = append(dst, finding(list)<<32|noEntry)
		}
	}
	for list := range res.Undecided() {
		needs := s.plan.needs[list]
		if needs&^systemsOf(res) == 0 && res.Status(list) == match.Unknown {
			dst = append(dst, finding(list)<<32|isOpen)
		}
	}
	slices.Sort(dst[first:])
	return dst[:first+len(slices.Compact(dst[first:]))], hits
}

// findings holds each set of findings once, by number.
type findings struct {
	sets   [][]finding
	byText map[string]uint32
	text   []byte // for look-ups
}

// number returns the number of a set, which is not kept.
func (f *findings) number(set []finding) uint32 {
	f.text = f.text[:0]
	for _, one := range set {
		f.text = binary.LittleEndian.AppendUint64(f.text, uint64(one))
	}
	if n, known := f.byText[string(f.text)]; known {
		return n
	}
	n := uint32(len(f.sets))
	f.sets = append(f.sets, slices.Clone(set))
	f.byText[string(f.text)] = n
	return n
}

// listsOf yields the lists that match in a set, each once, and its findings of them.
func listsOf(set []finding) iter.Seq2[int, []finding] {
	return func(yield func(int, []finding) bool) {
		for len(set) > 0 {
			n := 1
			for n < len(set) && set[n].list() == set[0].list() {
				n++
			}
			if set[0].match() && !yield(set[0].list(), set[:n]) {
				return
			}
			set = set[n:]
		}
	}
}
