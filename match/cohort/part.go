package cohort

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ErrPart is what ReadPart fails with when what it reads is no part, is damaged, is of other lists, options or columns,
// or has an input that the cohort has already, and Scan for an input that a part has brought.
var ErrPart = errors.New("cohort: the part cannot be used")

// A part, numbers as unsigned varints:
//
//	magic with the version
//	settings, the column of the person, inputs
//	account, dimensions and widths of the data, forms of dates
//	people, findings, counts, events
//	SHA-256 of all before
//
// It depends on nothing but what the cohort holds and the order in which it got it.
const (
	partMagic    = "hesopmatch cohort part 1\n"
	mostSettings = 1 << 20 // bytes
	mostColumn   = 1 << 16
	mostForm     = 256
	mostCounted  = 1 << 48 // of anything, so that sums of parts cannot overflow
)

// WriteTo writes the cohort as a part that ReadPart reads, in another process or on another machine. It fails as
// Release does for a cohort whose Scan failed, and then writes nothing.
//
// A part holds what the cohort does: the identifiers of people, the keys of appointments and their days, in the clear.
// It may not leave the research environment, and is to be removed like any copy of the data.
func (c *Cohort) WriteTo(w io.Writer) (int64, error) {
	c.mustBeMade()
	if err := c.Err(); err != nil {
		return 0, err
	}
	in, p := c.in(), &partWriter{w: w, hash: sha256.New()}
	p.bytes([]byte(partMagic))
	p.text(strings.Join(c.plan.settings(), "\n"))
	p.text(c.plan.personColumn())
	p.number(len(in.inputs))
	for _, one := range in.inputs {
		p.b = one.append(p.b)
	}
	for _, n := range c.account.parts() {
		p.number64(*n)
	}
	p.bytes(append([]byte{c.has}, c.widths[:]...))
	p.number(len(in.forms))
	for _, form := range in.forms.sorted() {
		p.text(form)
		p.number64(in.forms[form])
	}
	for _, all := range []*texts{&in.people, &in.findings} {
		p.number(len(all.all) - 1)
		for _, text := range all.all[1:] {
			p.text(text)
		}
	}
	p.counts(in.counts)
	p.events(c)
	return p.close()
}

// parts are the numbers of an account that do not follow from others.
func (a *Account) parts() []*int64 {
	return []*int64{&a.Read, &a.Skipped, &a.Keyless, &a.Rounded, &a.Disagreements, &a.Unrecognised}
}

func (f forms) sorted() []string {
	all := make([]string, 0, len(f))
	for form := range f {
		all = append(all, form)
	}
	slices.Sort(all)
	return all
}

// ReadPart reads what WriteTo wrote, to the end of r, and adds it as Merge adds a Part: parts give what one pass over
// all their appointments gives. With Once they are to be read in the order of the data.
//
// The part must come from a cohort of the same lists (see match.Matcher.Fingerprint; with WithTotals also of the same
// entries in the same order) and options, whose data named the person by the same column. Workers, BlockSize and the
// names of lists may differ. A part or an input that the cohort has already is an error. Inputs are recognised by
// their bytes; those that overlap are not.
//
// ReadPart fails with ErrPart, with ErrPerson for another column, or as Release does for a cohort whose Scan failed. It
// then leaves the cohort as it was. It takes memory for the part as long as it runs.
func (c *Cohort) ReadPart(r io.Reader) error {
	c.mustBeMade()
	if err := c.Err(); err != nil {
		return err
	}
	if r == nil {
		return fmt.Errorf("%w: the Reader of ReadPart is nil", ErrOption)
	}
	p := newPartReader(r)
	part, person, err := p.read(c.plan)
	if err != nil {
		return err
	}
	if c.in().inputs.repeat(part.in().inputs) {
		return fmt.Errorf("%w: the part, or an input of it, is in the cohort already", ErrPart)
	}
	switch {
	case person == "": // nothing was scanned
	case c.plan.person == "":
		if err := c.plan.agree(person); err != nil {
			return fmt.Errorf("%w: %w", ErrPart, err)
		}
	case person != c.plan.personColumn():
		return fmt.Errorf("%w: %w: column %.100q in the part, %q in this cohort: their identifiers may differ",
			ErrPart, ErrPerson, person, c.plan.personColumn())
	}
	c.Merge(part)
	return nil
}

// read reads a part into a cohort of its own.
func (p *partReader) read(plan *plan) (part *Cohort, person string, err error) {
	if !bytes.Equal(p.bytes(len(partMagic)), []byte(partMagic)) {
		return nil, "", p.fail(errors.New("it is no part of a cohort, or of another version of this library"))
	}
	settings := strings.Split(string(p.text(mostSettings)), "\n")
	if p.err == nil {
		if what := differ(plan.settings(), settings); what != "" {
			return nil, "", p.fail(errors.New("it was made with other lists or options: " + what))
		}
	}
	person = string(p.text(mostColumn))
	c := plan.empty()
	in := c.in()
	for range p.length() {
		var one input
		one.hash, one.rows, one.skipped = p.fixed(), p.number64(), p.number64()
		if in.inputs = append(in.inputs, heldInput{one, true}); p.err != nil {
			break
		}
	}
	for _, n := range c.account.parts() {
		*n = p.number64()
	}
	c.has = p.bytes(1)[0]
	copy(c.widths[:], p.bytes(len(c.widths)))
	p.forms(in.forms)
	p.texts(&in.people, nil)
	p.texts(&in.findings, plan.isFinding)
	p.counts(c)
	p.events(c)
	p.close()
	if p.err == nil && !c.addsUp(person) {
		p.damaged()
	}
	return c, person, p.err
}
