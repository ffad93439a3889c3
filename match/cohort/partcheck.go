package cohort

import (
	"encoding/binary"
	"math"

	"hesopmatch/hesop"
)

// A part may come from anywhere. What is read of it has to be what this package could have written, so that nothing
// that counts it meets a number that cannot be.

// isFinding reports whether a text is one that findings are kept as.
func (p *plan) isFinding(text []byte) bool {
	if len(text)%8 != 0 {
		return false
	}
	last, isFirst := finding(0), true
	for ; len(text) > 0; text = text[8:] {
		f := finding(binary.BigEndian.Uint64(text))
		if !p.has(f) || !isFirst && (f <= last || f>>32 == last>>32 && (f.open() || last.open())) {
			return false
		}
		last, isFirst = f, false
	}
	return true
}

// has reports whether there is such a list and entry.
func (p *plan) has(f finding) bool {
	switch {
	case uint64(f>>32) >= uint64(p.m.Len()):
		return false
	case f.open():
		return f&noEntry == 0
	case p.totals:
		return f.entry() < p.m.List(f.list()).Len()
	default:
		return f.entry() == noEntry
	}
}

// isEvent reports whether an event can be, with what was found in it and a key or none.
func (p *plan) isEvent(e *event, found string, hasKey bool) bool {
	const used = 1<<(slotBits*dimensions) - 1 | row(anyCoded-1)<<codedFrom | rowMisdated | rowDiffer
	if e.row&^used != 0 {
		return false
	}
	for d := range Dimension(dimensions) {
		first, behind := 0, 1
		if p.totals {
			first, behind = p.first[d], p.first[d]+len(p.dims[d].categories)
		}
		if slot := e.row.slot(d); slot < first || slot >= behind {
			return false
		}
	}
	for f := range findings(found) {
		if f.open() && p.needs[f.list()]&^e.row.coded() != 0 {
			return false
		}
	}
	none := e.day == hesop.Date{}
	switch {
	case e.row&rowDiffer != 0 && !hasKey, e.row&rowMisdated != 0 && !none:
		return false
	case found == "":
		return hasKey && none && e.row&rowMisdated == 0
	default:
		return !p.isDated() || !none && p.dateLeft(e.day, nil) == taken
	}
}

// addsUp reports whether the numbers of a cohort that was read agree with each other.
func (c *Cohort) addsUp(person string) bool {
	in, p := c.in(), c.plan
	if c.has>>dimensions != 0 || person == "" && len(in.inputs) > 0 {
		return false
	}
	for _, widths := range c.widths {
		if widths&^(1<<3|1<<4|1<<5) != 0 {
			return false
		}
	}
	var rows, skipped int64
	for _, one := range in.inputs {
		rows, skipped = rows+one.rows, skipped+one.skipped
	}
	read := int64(len(in.events))
	for coded := range codedIn(anyCoded) {
		all := in.counts[groupOf(slotAll, coded)].n
		for d := 0; d < dimensions && p.totals; d++ {
			left := all
			for i := range p.dims[d].categories {
				left -= in.counts[groupOf(p.first[d]+i, coded)].n
			}
			if left != 0 {
				return false
			}
		}
		read += all
	}
	for why := range left(reasons) {
		n := in.counts[p.groupLeft(why)].n
		if n > 0 && !p.leaves(why) {
			return false
		}
		read += n
	}
	a := &c.account
	return rows == a.Read && skipped == a.Skipped && read == a.Read && max(a.Keyless, a.Rounded) <= a.Read
}

// leaves reports whether appointments may be left out for a reason.
func (p *plan) leaves(why left) bool {
	switch why {
	case leftNotAttended:
		return p.attended
	case leftUndated, leftMisdated, leftOtherDate:
		return p.isDated()
	case leftDuplicate:
		return p.key != ""
	default:
		return false
	}
}

// packDay packs a day into a number, 0 for none.
func packDay(day hesop.Date) int64 { return int64(day.Year)<<9 | int64(day.Month)<<5 | int64(day.Day) }

func unpackDay(n uint64) (day hesop.Date, ok bool) {
	if n>>9 > math.MaxInt16 {
		return day, false
	}
	day = hesop.Date{Year: int16(n >> 9), Month: uint8(n >> 5 & 15), Day: uint8(n & 31)}
	return day, n == 0 || day.IsValid()
}
