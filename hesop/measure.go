package hesop

import (
	"bytes"
	"errors"
	"slices"

	"hesopmatch/codelist/coding"
)

// codeCount is what Quality counts of one system.
type codeCount struct {
	columns                                  []columnCount // by source and width, as they came up
	coded, disagreements, disagreeing, short int64
	paired, shortened                        bool // a reader had what is compared
	unrecognised                             Tally
}

// columnCount is what Quality counts of the columns of one source and width.
type columnCount struct {
	ColumnQuality
	values  int64 // empty ones included
	reasons [coding.MissingExternal + 1]int64
}

// qualityPlan says where the columns are that Quality looks at, for one header.
type qualityPlan struct {
	header  *header
	codes   []planColumn
	groups  []planGroup
	shorts  []planShort
	key     int // -1 if there is none
	dates   []planDate
	special int // tretspef, -1 if there is none
}

type planColumn struct {
	field placedField
	count int // of codeCount.columns
}

// planGroup is the columns of one source and width.
type planGroup struct {
	system  coding.System
	count   int // of codeCount.columns
	columns int
}

// planShort is a column of three characters beside one of more.
type planShort struct {
	system      coding.System
	short, full int
	joined      bool // they are concatenated
}

type planDate struct{ column, count int }

// planFor makes the plan for a header, and room for what is to be counted.
func (q *Quality) planFor(h *header) *qualityPlan {
	p := &qualityPlan{header: h, key: h.find("attendkey"), special: h.find("tretspef")}
	q.keyed = q.keyed || p.key >= 0
	type place struct {
		system   coding.System
		position int // 0 if concatenated
	}
	full := make(map[place]int) // the finest column that is cut at four characters or not at all
	for _, f := range h.codes.all {
		s := &q.systems[f.System]
		n := s.column(f.Form, f.Width)
		if slices.Contains(h.codes.fields, f) {
			s.columns[n].Matched = true
		}
		p.codes = append(p.codes, planColumn{f, n})
		p.group(f.System, n).columns++
		at := place{f.System, f.Position}
		if _, taken := full[at]; f.Width > 3 && (!taken || f.Width == 4) {
			full[at] = f.Column.index
		}
	}
	for _, g := range p.groups {
		c := &q.systems[g.system].columns[g.count]
		c.Columns = max(c.Columns, g.columns)
	}
	for _, f := range h.codes.all {
		if i, ok := full[place{f.System, f.Position}]; ok && f.Width == 3 {
			p.shorts = append(p.shorts, planShort{f.System, f.Column.index, i, f.Form == Concatenated})
			q.systems[f.System].shortened = true
		}
	}
	for sys, paired := range h.codes.pairs {
		q.systems[sys].paired = q.systems[sys].paired || paired
	}
	for i, known := range h.known {
		if known != nil && known.kind == KindDate {
			p.dates = append(p.dates, planDate{i, q.date(known.name)})
		}
	}
	return p
}

// group finds or makes the group of a count.
func (p *qualityPlan) group(sys coding.System, count int) *planGroup {
	for i := range p.groups {
		if p.groups[i].system == sys && p.groups[i].count == count {
			return &p.groups[i]
		}
	}
	p.groups = append(p.groups, planGroup{system: sys, count: count})
	return &p.groups[len(p.groups)-1]
}

// column finds or makes the count of a source and width.
func (s *codeCount) column(source Form, width int) int {
	for i := range s.columns {
		if s.columns[i].Source == source && s.columns[i].Width == width {
			return i
		}
	}
	s.columns = append(s.columns, columnCount{ColumnQuality: ColumnQuality{Source: source, Width: width}})
	return len(s.columns) - 1
}

// date finds or makes the count of a column of dates.
func (q *Quality) date(name string) int {
	for i := range q.dates {
		if q.dates[i].Column == name {
			return i
		}
	}
	d := DateQuality{Column: name}
	if name == "apptdate" {
		d.Years = new(YearQuality)
	}
	q.dates = append(q.dates, d)
	return len(q.dates) - 1
}

// begin makes ready for the rows of a header.
func (q *Quality) begin(h *header) {
	if q.plan == nil || q.plan.header != h {
		q.plan = q.planFor(h)
	}
}

// add counts a row.
func (q *Quality) add(a *Appointment) {
	q.begin(a.header)
	p := q.plan
	fields := a.allFields()
	q.rows++
	for _, g := range p.groups {
		q.systems[g.system].columns[g.count].values += int64(g.columns)
	}
	for i := range p.codes {
		c := &p.codes[i]
		if f := fields[c.field.Column.index]; f.Start < f.End {
			q.addCodes(a, c)
		}
	}
	q.addShorts(a)
	codes := a.Codes()
	if codes.Coded(coding.ICD10) || codes.Coded(coding.OPCS4) {
		q.coded++
	}
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		s := &q.systems[sys]
		if codes.Coded(sys) {
			s.coded++
		}
		if n := codes.bySystem[sys]; n > 0 {
			s.disagreements += int64(n)
			s.disagreeing++
		}
	}
	if p.key >= 0 {
		if key := trim(a.text(p.key)); len(key) == 0 {
			q.noKey++
		} else {
			q.keys.add(key)
		}
	}
	for _, d := range p.dates {
		q.dates[d.count].add(a, d.column)
	}
	q.addMissingness(a, codes)
}

// addCodes counts the values of a column that has any. Of each column one value is
// counted already.
func (q *Quality) addCodes(a *Appointment, c *planColumn) {
	s := &q.systems[c.field.System]
	count := &s.columns[c.count]
	text := a.text(c.field.Column.index)
	for more := true; more; {
		slot := text
		if more = false; c.field.Form == Concatenated {
			if slot, text, more = bytes.Cut(text, []byte{','}); more {
				count.values++
			}
		}
		if len(slot) == 0 {
			continue
		}
		v := coding.ReadValue(c.field.System, slot, c.field.Width)
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

// addShorts compares the columns of three characters with those beside them.
func (q *Quality) addShorts(a *Appointment) {
	fields := a.fields
	for i := range q.plan.shorts {
		c := &q.plan.shorts[i]
		if s, f := fields[c.short], fields[c.full]; s.Start == s.End && f.Start == f.End {
			continue
		}
		short, full := a.text(c.short), a.text(c.full)
		for more := true; more; {
			oneShort, oneFull := short, full
			if more = false; c.joined {
				var moreShort, moreFull bool
				oneShort, short, moreShort = bytes.Cut(short, []byte{','})
				oneFull, full, moreFull = bytes.Cut(full, []byte{','})
				more = moreShort || moreFull
			}
			if !begins(oneFull, oneShort) {
				q.systems[c.system].short++
			}
		}
	}
}

// begins reports whether the first three characters of full are short, padded or
// not, in any case.
func begins(full, short []byte) bool {
	if len(short) == 3 && isPlain(short[0]) && isPlain(short[2]) && bytes.HasPrefix(full, short) {
		return true // as nearly always, and nothing to trim
	}
	full, short = trimCode(full), trimCode(short)
	return bytes.EqualFold(full[:min(3, len(full))], short)
}

// beginning is the first day of the data set (NHS England, rows by month of
// appointment).
var beginning = Date{2003, 4, 1}

func (d *DateQuality) add(a *Appointment, column int) {
	day, err := ParseDate(a.text(column))
	if errors.Is(err, ErrDateMissing) {
		d.Missing++
		return
	}
	if err != nil {
		d.Invalid++
		return
	}
	if d.Valid == 0 || day.Compare(d.First) < 0 {
		d.First = day
	}
	if d.Valid == 0 || day.Compare(d.Last) > 0 {
		d.Last = day
	}
	d.Valid++
	if d.Years != nil {
		d.Years.add(a, day)
	}
}

func (y *YearQuality) add(a *Appointment, day Date) {
	if day.Compare(beginning) < 0 {
		y.Early++
	}
	stated, ok := FinancialYear(0), false
	if i := a.header.financialYear; i >= 0 {
		stated, ok = ParseFinancialYear(a.text(i))
	}
	switch {
	case !ok:
		y.Unstated++
	case stated != day.FinancialYear():
		y.Other++
	}
}

// addMissingness counts a row by its year and specialty.
func (q *Quality) addMissingness(a *Appointment, codes *Codes) {
	key := missingnessKey{year: a.FinancialYear()}
	if key.year < earliestYear || key.year > latestYear {
		key.year = 0
	}
	if q.plan.special >= 0 {
		switch t := a.Term(Column{a.header, q.plan.special}); t.Status {
		case TermKnown, TermOutOfPeriod:
			key.specialty = t.Code
		case TermUnlisted:
			key.specialty = UnlistedSpecialty
		case TermMissing:
		}
	}
	m := q.missingness[key]
	if m == nil {
		m = &Missingness{Year: key.year, Specialty: key.specialty}
		q.missingness[key] = m
	}
	m.Rows++
	if !codes.Coded(coding.ICD10) {
		m.NoDiagnosis++
	}
	if !codes.Coded(coding.OPCS4) {
		m.NoProcedure++
	}
}
