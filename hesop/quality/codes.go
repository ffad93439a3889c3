package quality

import (
	"bytes"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/internal/padding"
)

// codeCount is what a Counter counts of one system.
type codeCount struct {
	columns                                  []columnCount // by form and width, as they came up
	coded, disagreements, disagreeing, short int64
	paired, shortened                        bool // a reader had what is compared
	unrecognised                             Values
}

// columnCount is what a Counter counts of the columns of one form and width.
type columnCount struct {
	CodeColumns
	values  int64 // empty ones included
	reasons [coding.MissingExternal + 1]int64
}

// column finds or makes the count of a form and width.
func (s *codeCount) column(form hesop.Form, width int) int {
	for i := range s.columns {
		if s.columns[i].Form == form && s.columns[i].Width == width {
			return i
		}
	}
	s.columns = append(s.columns, columnCount{CodeColumns: CodeColumns{Form: form, Width: width}})
	return len(s.columns) - 1
}

// addCodes counts the code columns of a row, whose Codes are given.
func (c *Counter) addCodes(a *hesop.Appointment, codes *hesop.Codes) {
	p := c.plan
	for _, g := range p.groups {
		c.systems[g.system].columns[g.count].values += int64(g.columns)
	}
	for i, text := range a.AllCodeTexts() {
		column := &p.codes[i]
		c.systems[column.system].add(text, column)
		c.texts[i] = text
		c.filled = append(c.filled, i)
	}
	for i := range p.shorts {
		c.addShort(&p.shorts[i])
	}
	for _, i := range c.filled {
		c.texts[i] = nil
	}
	c.filled = c.filled[:0]
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		s := &c.systems[sys]
		if codes.Coded(sys) {
			s.coded++
		}
		if n := codes.DisagreementsIn(sys); n > 0 {
			s.disagreements += int64(n)
			s.disagreeing++
		}
	}
}

// add counts the values of a column that is not empty. One value of each column is counted already.
func (s *codeCount) add(text []byte, column *codePlan) {
	count := &s.columns[column.count]
	for more := true; more; {
		slot := text
		if more = false; column.joined {
			if slot, text, more = bytes.Cut(text, []byte{','}); more {
				count.values++
			}
		}
		if len(slot) == 0 {
			continue
		}
		v := coding.ReadValue(column.system, slot, column.width)
		switch v.Class() {
		case coding.ClassEmpty:
		case coding.ClassCode:
			count.Codes++
		case coding.ClassMissing:
			count.Missing++
			count.reasons[v.Missing()]++
		case coding.ClassUnrecognised:
			count.Unrecognised++
			s.unrecognised.Add(slot)
		}
	}
}

// addShort compares a column of three characters with the one beside it.
func (c *Counter) addShort(p *shortPlan) {
	short, full := c.texts[p.short], c.texts[p.full]
	if len(short) == 0 && len(full) == 0 {
		return
	}
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
		}
	}
}

// begins reports whether the first three characters of full are short, padded or not, in any case.
func begins(full, short []byte) bool {
	if len(short) == 3 && padding.IsBare(short) && bytes.HasPrefix(full, short) {
		return true // as nearly always, and nothing to trim
	}
	full, short = padding.TrimCode(full), padding.TrimCode(short)
	return bytes.EqualFold(full[:min(3, len(full))], short)
}

// merge adds the counts of other, of rows behind those of s.
func (s *codeCount) merge(other *codeCount) {
	for i := range other.columns {
		from := &other.columns[i]
		to := &s.columns[s.column(from.Form, from.Width)]
		to.Columns = max(to.Columns, from.Columns)
		to.Matched = to.Matched || from.Matched
		to.values += from.values
		to.Codes += from.Codes
		to.Missing += from.Missing
		to.Unrecognised += from.Unrecognised
		for reason, n := range from.reasons {
			to.reasons[reason] += n
		}
	}
	s.coded += other.coded
	s.disagreements += other.disagreements
	s.disagreeing += other.disagreeing
	s.short += other.short
	s.paired = s.paired || other.paired
	s.shortened = s.shortened || other.shortened
	s.unrecognised.merge(&other.unrecognised)
}

// report returns the counts of a system.
func (s *codeCount) report(sys coding.System) Codes {
	r := Codes{System: sys, Coded: s.coded}
	if s.paired {
		r.Disagreements = &Disagreements{s.disagreements, s.disagreeing}
	}
	if s.shortened {
		short := s.short
		r.Short = &short
	}
	for _, c := range s.columns {
		one := c.CodeColumns
		one.Empty = c.values - c.Codes - c.Missing - c.Unrecognised
		one.Reasons = make(map[coding.Missing]int64)
		for reason, n := range c.reasons {
			if n > 0 {
				one.Reasons[coding.Missing(reason)] = n
			}
		}
		r.Columns = append(r.Columns, one)
	}
	r.Commonest, r.Others = s.unrecognised.Commonest(), s.unrecognised.Others()
	for len(r.Commonest) > commonestReported {
		last := len(r.Commonest) - 1
		r.Others += r.Commonest[last].Count
		r.Commonest = r.Commonest[:last]
	}
	return r
}
