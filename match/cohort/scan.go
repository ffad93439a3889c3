package cohort

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// What Scan can fail with if the data do not have a column that is needed.
var (
	ErrColumn = hesop.ErrColumn
	ErrPerson = errors.New("no person") // wrapped beside the error of hesop.Reader.Person or ErrColumn
)

// ErrIncomplete is what a Cohort fails with whose Scan failed or was cancelled. It wraps
// what Scan failed with.
var ErrIncomplete = errors.New("cohort: a Scan failed or was cancelled, so part of the appointments is missing: make a new Cohort and scan everything again")

// Scan reads the appointments that r has left and takes them in. An error of the reader
// ends it and is returned, and so is the cause of ctx when it is cancelled; the cohort then
// holds part of the appointments and gives nothing out any more, as Err says. So it is after
// data that lack a column, and after hesop.ErrRawWidth, as match.Scan has it. r must not be
// used while Scan runs, nor after an error. Several workers share the work as in match.Scan.
func (c *Cohort) Scan(ctx context.Context, r *hesop.Reader) (err error) {
	c.mustBeMade()
	if err := c.Err(); err != nil {
		return err
	}
	switch {
	case ctx == nil:
		return fmt.Errorf("%w: the Context of Scan is nil: context.Background is one", ErrOption)
	case !r.IsMade():
		return fmt.Errorf("%w: the Reader of Scan is nil or zero: hesop.Open makes one", ErrOption)
	}
	whole := false
	defer func() { // also when a panic of the source passes through
		switch {
		case err != nil:
			c.broken = err
		case !whole:
			c.broken = errors.New("it panicked")
		}
	}()
	err = c.scan(ctx, r)
	whole = true
	return err
}

// Err returns nil while the cohort holds all that Scan was given, and else an error that
// wraps ErrIncomplete and what Scan failed with.
func (c *Cohort) Err() error {
	if c.broken == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrIncomplete, c.broken)
}

// mustBeMade panics if New did not make the cohort.
func (c *Cohort) mustBeMade() {
	if c == nil || c.plan == nil {
		panic("cohort: the Cohort is nil or zero: New makes one")
	}
}

// mustBeWhole panics unless the cohort holds all that Scan was given.
func (c *Cohort) mustBeWhole() {
	c.mustBeMade()
	if err := c.Err(); err != nil {
		panic(err)
	}
}

// scan does what Scan says.
func (c *Cohort) scan(ctx context.Context, r *hesop.Reader) error {
	s, err := c.source(r)
	if err != nil {
		return err
	}
	c.plan.m.NoteLimits(r)
	skipped := r.Skipped()
	err = r.Blocks(ctx, c.plan.workers, c.plan.block, s.work, func(b *hesop.Block) error {
		c.take(b.State.(*batch))
		return nil
	})
	c.account.Skipped += r.Skipped() - skipped
	return err
}

// source finds the columns of a reader.
func (c *Cohort) source(r *hesop.Reader) (*source, error) {
	p := c.plan
	s := &source{plan: p, cohort: c}
	var err error
	if s.date, err = r.FindColumn(p.date); err != nil {
		return nil, fmt.Errorf("the day of the appointment, which DateColumn (-date) names: %w", err)
	}
	s.year, s.hasYear = r.Column("fyear")
	if p.person == "" {
		if s.person, err = r.Person(); err != nil {
			return nil, fmt.Errorf("%w: %w; PersonColumn (-person) names one", ErrPerson, err)
		}
		if err := p.agree(s.person.Name()); err != nil {
			return nil, err
		}
	} else if s.person, err = r.FindColumn(p.person); err != nil {
		return nil, fmt.Errorf("%w, which PersonColumn (-person) names: %w", ErrPerson, err)
	}
	if p.key != "" {
		if s.key, err = r.FindColumn(p.key); err != nil {
			return nil, fmt.Errorf("the key of an appointment, which Once (-dedupe) names: %w", err)
		}
	}
	_, hasAttended := r.Column("attended")
	if p.attended && !hasAttended {
		_, err := r.FindColumn("attended")
		return nil, fmt.Errorf("whether the patient was seen, for Attended (-attended): %w; Rename (-rename "+
			"NAME=attended) says which one it is", err)
	}
	s.specialty, s.hasSpecialty = r.Column("tretspef")
	s.sex, s.hasSex = r.Column("sex")
	if s.age, s.hasAge = r.Column("apptage"); !s.hasAge {
		s.age, s.hasAge = r.Column("apptage_calc")
	}
	for d, has := range [dimensions]bool{ByYear: true, BySpecialty: s.hasSpecialty, ByAttended: hasAttended, BySex: s.hasSex, ByAge: s.hasAge} {
		c.has[d] = c.has[d] || has
	}
	for _, f := range r.CodeFields() {
		c.lookForFiner(f.System, f.Width)
		c.widest[f.System-1] = max(c.widest[f.System-1], min(f.Width, 5))
	}
	return s, nil
}

// agree reports whether the column of the person is the one that readers before had: others
// would be other identifiers.
func (p *plan) agree(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	name = strings.ToLower(strings.TrimSpace(name))
	if p.found == "" {
		p.found = name
	}
	if p.found != name {
		return fmt.Errorf("%w: column %s here, %s in data before: their identifiers may differ", ErrPerson, name, p.found)
	}
	return nil
}

// lookForFiner notes the lists that fields of a width cannot decide all entries of.
func (c *Cohort) lookForFiner(sys coding.System, width int) {
	for i := range c.finer {
		for range c.plan.m.List(i).NeedFiner(sys, width) {
			c.finer[i] = true
			break
		}
	}
}

// batch is the rows of a block, and what was found in them.
type batch struct {
	res   *match.Result
	hits  []match.Hit
	rows  []row
	keys  []key // of the rows taken, if a key is asked for
	found []found
	sets  []finding // of found, one behind the other
	names []byte    // of rows that have one
	ends  []int     // where each ends
	forms []string  // of dates that are not understood: of rows left out for that, and of people who match

	disagreements, unrecognised, rounded int64
}

// found is a row with a finding: its day, and where its findings end.
type found struct {
	day  hesop.Date
	sets int
}

// work reads the appointments of a block. It may be given one for the second time.
func (s *source) work(b *hesop.Block) {
	t, ok := b.State.(*batch)
	if !ok {
		t = &batch{res: s.plan.m.NewResult()}
		b.State = t
	}
	t.rows, t.keys, t.found, t.sets = t.rows[:0], t.keys[:0], t.found[:0], t.sets[:0]
	t.names, t.ends, t.forms = t.names[:0], t.ends[:0], t.forms[:0]
	t.disagreements, t.unrecognised, t.rounded = 0, 0, 0
	for a := range b.All() {
		s.plan.m.Match(a.Codes(), t.res)
		codes := a.Codes()
		t.disagreements += int64(codes.Disagreements())
		t.unrecognised += int64(codes.Unrecognised())
		t.add(s, a)
	}
}

// add reads an appointment that was matched.
func (t *batch) add(s *source, a *hesop.Appointment) {
	r := s.read(a, t.res)
	if why := r.left(); why != taken {
		t.rows = append(t.rows, t.named(s, a, r))
		if why == leftMisdated {
			t.forms = append(t.forms, hesop.DateForm(a.Text(s.date)))
		}
		return
	}
	rounded := false
	if s.plan.key != "" {
		text := a.Term(s.key).Text
		rounded = isRounded(text)
		t.keys = append(t.keys, makeKey(text))
	}
	before := len(t.sets)
	t.sets, t.hits = s.appendFindings(t.sets, t.hits, a, t.res)
	if len(t.sets) > before {
		r |= rowFound
		day, err := hesop.ParseDate(a.Text(s.date))
		person := s.who(a)
		if errors.Is(err, hesop.ErrDateForm) {
			r |= rowMisdated
			if t.res.AnyMatch() && len(person) > 0 {
				t.forms = append(t.forms, hesop.DateForm(a.Text(s.date)))
			}
		}
		rounded = rounded || isRounded(person)
		t.found = append(t.found, found{day, len(t.sets)})
	}
	if rounded {
		t.rounded++
	}
	t.rows = append(t.rows, t.named(s, a, r))
}

// named notes the name of the person of an appointment if it is needed.
func (t *batch) named(s *source, a *hesop.Appointment, r row) row {
	if r&rowFound == 0 && !s.cohort.isNamed(r) {
		return r
	}
	t.names = append(t.names, s.who(a)...)
	t.ends = append(t.ends, len(t.names))
	return r | rowNamed
}

// take takes in the rows of a block, in order.
func (c *Cohort) take(t *batch) {
	c.account.Read += int64(len(t.rows))
	c.account.Disagreements += t.disagreements
	c.account.Unrecognised += t.unrecognised
	c.account.Rounded += t.rounded
	for _, form := range t.forms {
		c.in().forms.add(form, 1)
	}
	keys, names, name, next, set := 0, 0, 0, 0, 0
	for _, r := range t.rows {
		var who []byte
		if r&rowNamed != 0 {
			who, name = t.names[name:t.ends[names]], t.ends[names]
			names++
			r &^= rowNamed
		}
		if why := r.left(); why != taken {
			c.count(r, 1)
			c.remember(r, who)
			continue
		}
		e := event{row: r, person: nobody}
		if r&rowFound != 0 {
			f := &t.found[next]
			e.day, e.person = f.day, c.in().people.number(who)
			e.findings = c.in().findings.number(t.sets[set:f.sets])
			next, set = next+1, f.sets
		}
		k := key{}
		if c.in().seen != nil {
			k = t.keys[keys]
			keys++
			if c.isRepeated(k, e, who) {
				continue
			}
		}
		c.count(r, 1)
		if k == (key{}) {
			c.remember(r, who)
		}
		if r&rowFound != 0 {
			c.in().events = append(c.in().events, e)
		}
	}
}

// isRepeated notes the key of an appointment and reports whether the appointment is to be
// left out for it.
func (c *Cohort) isRepeated(k key, e event, who []byte) bool {
	if k == (key{}) {
		c.account.Keyless++
		return false
	}
	first, again := c.in().seen[k]
	if !again {
		first = seen{row: e.row, event: noEvent, person: nobody}
		if e.row&rowFound != 0 {
			first.event = uint32(len(c.in().events))
		}
		if c.plan.totals {
			first.person = c.in().people.number(who)
		}
		c.in().seen[k] = first
		return false
	}
	if !first.differ && !c.isSame(first, e) {
		first.differ = true
		c.in().seen[k] = first
	}
	c.count(duplicate, 1)
	c.remember(duplicate, who)
	return true
}

// duplicate is the row of an appointment that Once leaves out, for its group.
const duplicate = row(leftDuplicate) << 42

// isSame reports whether an appointment is, in all that is looked at, the first one of its
// key.
func (c *Cohort) isSame(first seen, e event) bool {
	if first.row != e.row {
		return false
	}
	if first.event == noEvent {
		return true
	}
	was := &c.in().events[first.event]
	return was.day == e.day && was.person == e.person && was.findings == e.findings
}
