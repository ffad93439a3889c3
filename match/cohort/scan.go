package cohort

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hesopmatch/hesop"
	"hesopmatch/internal/persondata"
	"hesopmatch/internal/seam"
	"hesopmatch/internal/shorttext"
	"hesopmatch/match"
)

// ErrPerson is the error of Scan if the data lack the column of the person. The returned error also wraps the error of
// hesop.Reader.Person, or hesop.ErrColumn.
var ErrPerson = errors.New("no person")

// ErrIncomplete is the error of a Cohort after a Scan failed or was cancelled. The returned error also wraps the error
// of that Scan.
var ErrIncomplete = errors.New("cohort: a Scan failed or was cancelled, so part of the appointments is missing: " +
	"make a new Cohort and scan everything again")

// Scan reads the remaining appointments of r and adds them to the cohort. It fails with the error of the reader; with
// hesop.ErrRawWidth, as match.Scan does; with hesop.ErrColumn or ErrPerson if the data lack a column; with ErrPart if
// the data are in a part that ReadPart added; and with the cause of ctx when it is cancelled. After a failed Scan the
// cohort returns no results: see Err. Do not use r while Scan runs, nor after an error.
func (c *Cohort) Scan(ctx context.Context, r *hesop.Reader) error {
	if err := c.Err(); err != nil {
		return err
	}
	switch {
	case ctx == nil:
		return fmt.Errorf("%w: the Context of Scan is nil: pass context.Background()", ErrOption)
	case r == nil || !r.IsMade():
		return fmt.Errorf("%w: the Reader of Scan is nil or zero: hesop.Open makes one", ErrOption)
	}
	c.broken = errors.New("it panicked") // overwritten below unless the source panics
	c.broken = c.scan(ctx, r)
	return c.broken
}

// Err returns nil if no Scan has failed, and otherwise an error that wraps ErrIncomplete and the error of that Scan. It
// panics if the Cohort is nil or zero.
func (c *Cohort) Err() error {
	switch {
	case c == nil || c.plan == nil:
		panic("cohort: the Cohort is nil or zero: New makes one")
	case c.broken == nil:
		return nil
	}
	return fmt.Errorf("%w: %w", ErrIncomplete, c.broken)
}

// mustBeWhole panics if a Scan has failed.
func (c *Cohort) mustBeWhole() {
	if err := c.Err(); err != nil {
		panic(err)
	}
}

func (c *Cohort) scan(ctx context.Context, r *hesop.Reader) error {
	s, err := c.source(r)
	if err != nil {
		return err
	}
	c.plan.m.NoteLimits(r)
	in, skipped, read := input{}, r.Skipped(), c.account.Read
	err = r.Blocks(ctx, c.plan.workers, c.plan.block, s.work, func(b seam.Block[*hesop.Appointment]) error {
		t := (*b.State()).(*batch)
		in.Hash += t.input
		c.take(t)
		return nil
	})
	in.Rows, in.Skipped = c.account.Read-read, r.Skipped()-skipped
	c.account.Skipped += in.Skipped
	if err != nil || in == (input{}) {
		return err
	}
	if c.in().inputs.repeat(inputs{in}) {
		return fmt.Errorf("%w: ReadPart has already read these data in a part, and they would count twice", ErrPart)
	}
	c.in().inputs = append(c.in().inputs, in)
	return nil
}

// source finds the columns of a reader.
func (c *Cohort) source(r *hesop.Reader) (*source, error) {
	p := c.plan
	s := &source{plan: p, all: slices.Collect(r.Columns())}
	var err error
	if s.date, err = r.Column(p.date); err != nil {
		return nil, fmt.Errorf("the day of the appointment, which DateColumn names: %w", err)
	}
	if p.person == "" {
		if s.person, err = r.Person(); err != nil {
			return nil, fmt.Errorf("%w: %w; PersonColumn names one", ErrPerson, err)
		}
		if err := p.agree(personName(s.person)); err != nil {
			return nil, err
		}
	} else if s.person, err = r.Column(p.person); err != nil {
		return nil, fmt.Errorf("%w, which PersonColumn names: %w", ErrPerson, err)
	}
	if p.key != "" {
		if s.key, err = r.Column(p.key); err != nil {
			return nil, fmt.Errorf("the key of an appointment, which Once names: %w", err)
		}
	}
	if p.ordered {
		if s.order, err = r.Column(p.order); err != nil {
			return nil, fmt.Errorf("the order of appointments, which OrderBy names: %w", err)
		}
	}
	for d, v := range variables {
		for _, name := range v.columns {
			if s.columns[d] == (hesop.Column{}) {
				s.columns[d], _ = r.Column(name)
			}
		}
		if s.columns[d] != (hesop.Column{}) || Dimension(d) == ByYear {
			c.has |= 1 << d
		}
	}
	if _, err := r.Column("attended"); err != nil && p.attended {
		return nil, fmt.Errorf("whether the patient was seen, which Attended asks for: %w; Rename(NAME, \"attended\") "+
			"says which one it is", err)
	}
	for _, f := range r.CodeFields() {
		c.widths[f.System-1] |= 1 << min(f.Width, 5)
	}
	return s, nil
}

// personName returns the name of the column of the person, after Rename.
func personName(c hesop.Column) string {
	if v, ok := c.Variable(); ok {
		return v.Name
	}
	return columnName(c.Name())
}

// agree fails unless the column of the person has the same name as in earlier data: another column could hold other
// identifiers.
func (p *plan) agree(name string) error {
	p.found.CompareAndSwap(nil, name)
	if first := p.found.Load(); first != name {
		return fmt.Errorf("%w: column %s here, %v in earlier data: their identifiers may "+
			"differ", ErrPerson, name, first)
	}
	return nil
}

// batch holds the rows of a block, with their findings.
type batch struct {
	rows    []batchRow
	texts   []byte   // for each row in turn: the texts of its order, its findings and its person
	forms   []string // the shapes of unreadable dates: of rows left out for the date, and of matches with a person
	account Account
	input   uint64 // the sum of the hashes of the rows

	res   *match.Result // of the current row
	hits  []match.Hit   // likewise
	found []finding     // likewise

	cached [dimensions]shorttext.Memo[int] // categories by text
}

type batchRow struct {
	event                // Person, Findings and Order are not set yet
	key                  key
	order, findings, end int // where its order, findings and person end in batch.texts
}

// work reads the appointments of a block. It may be called twice for one block.
func (s *source) work(b seam.Block[*hesop.Appointment]) {
	t, ok := (*b.State()).(*batch)
	if !ok {
		t = &batch{res: s.plan.m.NewResult()}
		*b.State() = t
	}
	t.rows, t.texts, t.forms = t.rows[:0], t.texts[:0], t.forms[:0]
	t.account, t.input = Account{}, 0
	for a := range b.All() {
		codes := a.Codes()
		s.plan.m.Match(codes, t.res)
		t.account.Disagreements += int64(codes.Disagreements())
		t.account.Unrecognised += int64(codes.Unrecognised())
		t.add(s, a)
		t.input += s.inputHash(a)
	}
}

// add adds the appointment whose answers are in t.res.
func (t *batch) add(s *source, a *hesop.Appointment) {
	t.account.Read++
	r, rounded := batchRow{event: event{Row: t.read(s, a)}}, false
	if r.Row.left() == leftMisdated {
		t.forms = append(t.forms, hesop.DateForm(a.Text(s.date)))
	}
	isTaken := r.Row.left() == taken
	if isTaken && s.plan.key != "" {
		text := a.Term(s.key).Text
		r.key, rounded = makeKey(text), persondata.IsRounded(text)
		switch {
		case len(text) == 0:
			t.account.Keyless++
		case s.plan.ordered:
			t.texts = append(t.texts, a.Term(s.order).Text...)
		}
	}
	r.order = len(t.texts)
	if isTaken {
		t.appendFindings(s, a)
	}
	r.findings = len(t.texts)
	found := r.findings > r.order
	if found {
		var err error
		r.Day, err = hesop.ParseDate(a.Text(s.date))
		person := s.who(a)
		if errors.Is(err, hesop.ErrDateForm) {
			r.Row |= rowMisdated
			if t.res.AnyMatch() && len(person) > 0 {
				t.forms = append(t.forms, hesop.DateForm(a.Text(s.date)))
			}
		}
		rounded = rounded || persondata.IsRounded(person)
	}
	if rounded {
		t.account.Rounded++
	}
	if found || s.plan.totals {
		t.texts = append(t.texts, s.who(a)...)
	}
	r.end = len(t.texts)
	t.rows = append(t.rows, r)
}

// take adds the rows of a block to the cohort, in order.
func (c *Cohort) take(t *batch) {
	in := c.in()
	c.account.add(&t.account)
	for _, form := range t.forms {
		in.forms.add(form, 1)
	}
	start := 0
	for i := range t.rows {
		r := &t.rows[i]
		e, who := r.event, t.texts[r.findings:r.end]
		e.Order, e.Findings = in.orders.number(t.texts[start:r.order]), in.findings.number(t.texts[r.order:r.findings])
		start = r.end
		if e.Findings != nothing || r.key != (key{}) {
			e.Person = in.people.number(who)
			c.keep(r.key, e)
			continue
		}
		for slot := range c.plan.slotsOf(e.Row) {
			group := &in.counts[groupOf(slot, e.Row.coded())]
			if group.N++; len(group.People) < mostLeast {
				group.add(0, mostLeast, in.people.number(who))
			}
		}
	}
}
