package quality

import (
	"bytes"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/internal/padding"
)

// codeCount holds what a Counter counts for one system.
type codeCount struct {
	coded, disagreements, disagreeing, short int64

	// paired reports whether a reader matched both positional and concatenated columns. shortened reports whether a
	// reader had a three-character column and a longer column for the same code.
	paired, shortened bool

	unrecognised Values
}

// columnCount holds what a Counter counts for the columns of one system, form and width.
type columnCount struct {
	CodeColumns
	system  coding.System
	tallies [tallies]int64
}

// What is counted for a column, as indexes of columnCount.tallies.
const (
	tallyValues = iota // all values, including empty ones
	tallyCodes
	tallyUnrecognised
	tallyMissing // the first of several indexes, one for each coding.Missing
	tallies      = tallyMissing + int(coding.MissingExternal) + 1
)

// tally identifies one count: the index of a columnCount, and the index in its tallies.
type tally uint16

const tallyBits = 4 // tallies ≤ 1<<tallyBits

// newTally returns the tally of a column at an index of its tallies.
func newTally(column, index int) tally { return tally(column<<tallyBits | index) }

// tally adds 1 to the count that t identifies.
func (c *Counter) tally(t tally) { c.columns[t>>tallyBits].tallies[t&(1<<tallyBits-1)]++ }

// column returns the index in c.columns of the element for a system, form and width. It adds that element if there is
// none yet.
func (c *Counter) column(sys coding.System, form hesop.Form, width int) int {
	for i := range c.columns {
		if one := &c.columns[i]; one.system == sys && one.Form == form && one.Width == width {
			return i
		}
	}
	c.columns = append(c.columns, columnCount{CodeColumns: CodeColumns{Form: form, Width: width}, system: sys})
	return len(c.columns) - 1
}

// addCodes counts the code columns of a row, and the disagreements of its Codes.
func (c *Counter) addCodes(a *hesop.Appointment, codes *hesop.Codes) {
	p := c.plan
	cached := true
	for i := range p.spans {
		s := &p.spans[i]
		cached = c.addCached(s, a.Between(s.first, s.last)) && cached
	}
	if !cached {
		c.readCodes(a)
	}
	for _, g := range p.groups {
		c.columns[g.count].tallies[tallyValues] += int64(g.columns)
	}
	if codes.Disagreements() == 0 {
		return
	}
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		if n := codes.DisagreementsIn(sys); n > 0 {
			c.systems[sys].disagreements += int64(n)
			c.systems[sys].disagreeing++
		}
	}
}

// readCodes counts the code columns of the spans that were not cached.
func (c *Counter) readCodes(a *hesop.Appointment) {
	p := c.plan
	for i, text := range a.AllCodeTexts() {
		if column := &p.codes[i]; !p.spans[column.span].isCached {
			c.add(text, column)
			c.texts[i] = text
			c.filled = append(c.filled, i)
		}
	}
	for _, i := range c.filled {
		if column := &p.codes[i]; column.full >= 0 {
			c.addShort(i, column.full)
		} else if column.short >= 0 && len(c.texts[column.short]) == 0 {
			c.addShort(column.short, i)
		}
	}
	for _, i := range c.filled {
		c.texts[i] = nil
	}
	c.filled = c.filled[:0]
	for i := range p.spans {
		p.spans[i].keep()
	}
}

// add counts the values of a non-empty column. In tallyValues it counts only the values after a comma, because addCodes
// counts the first value of every column there.
func (c *Counter) add(text []byte, column *codePlan) {
	span := &c.plan.spans[column.span]
	for more := true; more; {
		slot := text
		if more = false; column.joined {
			if slot, text, more = bytes.Cut(text, []byte{','}); more {
				c.count(span, column, tallyValues)
			}
		}
		if len(slot) == 0 {
			continue
		}
		v := coding.ReadValue(column.system, slot, column.width)
		switch v.Class() {
		case coding.ClassEmpty:
		case coding.ClassCode:
			c.count(span, column, tallyCodes)
		case coding.ClassMissing:
			c.count(span, column, tallyMissing+int(v.Missing()))
		case coding.ClassUnrecognised:
			c.count(span, column, tallyUnrecognised)
			c.systems[column.system].unrecognised.Add(slot)
			span.text = nil
		}
	}
}

// count adds 1 to one count of a column, and records its tally for the cache of the span.
func (c *Counter) count(span *codeSpan, column *codePlan, index int) {
	t := newTally(column.count, index)
	c.tally(t)
	span.found = append(span.found, t)
}

// addShort compares the three-character column i with the longer column for the same code. It counts the values that
// differ.
func (c *Counter) addShort(i, longer int) {
	short, full := c.texts[i], c.texts[longer]
	p := &c.plan.codes[i]
	for more := true; more; {
		oneShort, oneFull := short, full
		if more = false; p.joined {
			var moreShort, moreFull bool
			oneShort, short, moreShort = bytes.Cut(short, []byte{','})
			oneFull, full, moreFull = bytes.Cut(full, []byte{','})
			more = moreShort || moreFull
		}
		if !begins(oneFull, oneShort) {
			c.systems[p.system].short++
			c.plan.spans[p.span].short++
		}
	}
}

// begins reports whether short equals the first three characters of full, ignoring padding and case.
func begins(full, short []byte) bool {
	if len(short) == 3 && padding.IsBare(short) && bytes.HasPrefix(full, short) {
		return true // nearly always: nothing to trim
	}
	full, short = padding.TrimCode(full), padding.TrimCode(short)
	return bytes.EqualFold(full[:min(3, len(full))], short)
}

// mergeColumns adds the counts of the columns of a Counter whose rows follow those of c.
func (c *Counter) mergeColumns(other []columnCount) {
	for i := range other {
		from := &other[i]
		to := &c.columns[c.column(from.system, from.Form, from.Width)]
		to.Columns = max(to.Columns, from.Columns)
		to.Matched = to.Matched || from.Matched
		for index, n := range from.tallies {
			to.tallies[index] += n
		}
	}
}

// merge adds the counts of the argument other, whose rows follow those of s.
func (s *codeCount) merge(other *codeCount) {
	s.coded += other.coded
	s.disagreements += other.disagreements
	s.disagreeing += other.disagreeing
	s.short += other.short
	s.paired = s.paired || other.paired
	s.shortened = s.shortened || other.shortened
	s.unrecognised.merge(&other.unrecognised)
}

func (s *codeCount) reset() {
	s.coded, s.disagreements, s.disagreeing, s.short = 0, 0, 0, 0
	s.unrecognised.reset()
}

// codesOf returns the counts of a system. ok is false if no reader had columns of that system.
func (c *Counter) codesOf(sys coding.System) (r Codes, ok bool) {
	s := &c.systems[sys]
	r = Codes{System: sys, Coded: s.coded}
	if s.paired {
		r.Disagreements = &Disagreements{s.disagreements, s.disagreeing}
	}
	if s.shortened {
		short := s.short
		r.Short = &short
	}
	for i := range c.columns {
		if one := &c.columns[i]; one.system == sys {
			r.Columns = append(r.Columns, one.report())
		}
	}
	r.Commonest, r.Others = s.unrecognised.Commonest(), s.unrecognised.Others()
	for len(r.Commonest) > commonestReported {
		last := len(r.Commonest) - 1
		r.Others += r.Commonest[last].Count
		r.Commonest = r.Commonest[:last]
	}
	return r, len(r.Columns) > 0
}

// report returns the counts of the columns of one form and width.
func (c *columnCount) report() CodeColumns {
	r := c.CodeColumns
	r.Codes, r.Unrecognised = c.tallies[tallyCodes], c.tallies[tallyUnrecognised]
	r.Reasons = make(map[coding.Missing]int64)
	for reason, n := range c.tallies[tallyMissing:] {
		if r.Missing += n; n > 0 {
			r.Reasons[coding.Missing(reason)] = n
		}
	}
	r.Empty = c.tallies[tallyValues] - r.Codes - r.Missing - r.Unrecognised
	return r
}
