package cohort

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"hesopmatch/hesop"
)

// ErrPart is what ReadPart fails with when what it reads is no part, is damaged, is of other lists, options or columns,
// or has an input that the cohort has already, and Scan for an input that a part has brought.
var ErrPart = errors.New("cohort: the part cannot be used")

// writtenPart is a cohort as WriteTo writes it: a line with the version, the part as JSON, and the SHA-256 of both. It
// depends on nothing but what the cohort holds and the order in which it got it.
type writtenPart struct {
	Settings settings
	Person   []byte // its column, empty while nothing was scanned
	Inputs   inputs
	Account  Account
	Has      uint8
	Widths   [len(systems)]uint8
	Forms    forms
	People   [][]byte
	Findings [][]byte
	Orders   [][]byte
	Counts   []count
	Events   []byte // each event, one behind the other
	Keys     []byte // of each event, likewise; none without Once
}

const (
	partMagic   = "hesopmatch cohort part 3\n"
	mostCounted = 1 << 48 // of anything, so that sums of parts cannot overflow
)

// WriteTo writes the cohort as a part that ReadPart reads, in another process or on another machine. It fails as
// Release does for a cohort whose Scan failed, and then writes nothing. It takes memory for the part.
//
// A part holds what the cohort does: the identifiers of people, the keys of appointments and their days, in the clear.
// It may not leave the research environment, and is to be removed like any copy of the data.
func (c *Cohort) WriteTo(w io.Writer) (int64, error) {
	if err := c.Err(); err != nil {
		return 0, err
	}
	person, _ := c.plan.found.Load().(string)
	return bytes.NewReader(c.part(person)).WriteTo(w)
}

// part returns the part of a cohort whose data name the person by a column.
func (c *Cohort) part(person string) []byte {
	in := c.in()
	p := writtenPart{
		c.plan.settings(), []byte(person), in.inputs, c.account, c.has, c.widths, in.forms,
		in.people.written(), in.findings.written(), in.orders.written(), in.counts, packed(in.events), nil,
	}
	if c.plan.key != "" {
		p.Keys = packed(in.keys())
	}
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // there is no value that JSON lacks
	}
	body = append([]byte(partMagic), body...)
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}

// packed returns values of fixed size one behind the other.
func packed[T event | key](all []T) []byte {
	b, _ := binary.Append(nil, binary.LittleEndian, all) // cannot fail: the size is fixed
	return b
}

// unpacked returns so many values, zero ones where b ends.
func unpacked[T event | key](b []byte, n int) []T {
	all := make([]T, n)
	_, _ = binary.Decode(b, binary.LittleEndian, all)
	return all
}

// written returns the texts by number, but for the empty one.
func (t *texts) written() (all [][]byte) {
	for _, text := range t.all[1:] {
		all = append(all, []byte(text))
	}
	return all
}

// keys returns the key of each event, the zero one for those that have none.
func (in *content) keys() []key {
	keys := make([]key, len(in.events))
	for k, i := range in.first {
		keys[i] = k
	}
	return keys
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
	if err := c.Err(); err != nil {
		return err
	}
	if r == nil {
		return fmt.Errorf("%w: the Reader of ReadPart is nil", ErrOption)
	}
	part, person, err := c.plan.readPart(r)
	if err == nil && c.in().inputs.repeat(part.in().inputs) {
		err = errors.New("the part, or an input of it, is in the cohort already")
	}
	if err == nil && person != "" {
		err = c.plan.agree(person)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPart, err)
	}
	c.Merge(part)
	return nil
}

var errDamaged = errors.New("it is damaged or was cut short, or something is behind its end")

// readPart reads a part into a cohort of its own, and returns the column of the person too.
func (p *plan) readPart(r io.Reader) (c *Cohort, person string, err error) {
	b, err := io.ReadAll(io.LimitReader(r, int64(len(partMagic))))
	if err != nil {
		return nil, "", err
	}
	if string(b) != partMagic {
		return nil, "", errors.New("it is no part of a cohort, or of another version of this library")
	}
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, "", err
	}
	b = append(b, body...)
	end := max(len(b)-sha256.Size, len(partMagic))
	sum := sha256.Sum256(b[:end])
	var data writtenPart
	if string(sum[:]) != string(b[end:]) || json.Unmarshal(b[len(partMagic):end], &data) != nil {
		return nil, "", errDamaged
	}
	for i, own := range p.settings() {
		if other := data.Settings[i]; other != own {
			return nil, "", fmt.Errorf("it was made with other lists or options: it has %.100q, and this cohort %.100q",
				other, own)
		}
	}
	c, person = p.empty(), string(data.Person)
	// What is a part in another way than WriteTo writes it is none: with a text or a key twice, say.
	if !c.load(&data) || string(c.part(person)) != string(b) {
		return nil, "", errDamaged
	}
	return c, person, nil
}

// load adds what a part has to an empty cohort. A part may come from anywhere: load reports whether nothing in it is
// out of range, so that nothing that counts it meets a number that cannot be, and whether it adds up.
func (c *Cohort) load(data *writtenPart) (isFit bool) {
	in, p := c.in(), c.plan
	if len(data.Counts) != len(in.counts) {
		return false
	}
	isFit = true
	must := func(is bool) { isFit = isFit && is }
	number := func(n int64) int64 {
		must(0 <= n && n < mostCounted)
		return n
	}
	c.has, c.widths = data.Has, data.Widths
	c.account.add(&data.Account)
	for _, n := range c.account.counted() {
		number(*n)
	}
	rows, skipped := c.account.Read, c.account.Skipped
	for _, one := range data.Inputs {
		rows, skipped = rows-number(one.Rows), skipped-number(one.Skipped)
		one.isRead = true
		in.inputs = append(in.inputs, one)
	}
	must(rows == 0 && skipped == 0)
	for form, n := range data.Forms {
		must(hesop.DateForm([]byte(form)) == form) // it would be shown
		in.forms.add(form, number(n))
	}
	in.people, in.findings, in.orders = newTexts(data.People...), newTexts(data.Findings...), newTexts(data.Orders...)
	for _, text := range in.findings.all {
		must(p.areFindings(text))
	}
	for group, n := range data.Counts {
		for _, person := range n.People {
			must(person < uint32(len(in.people.all)))
		}
		in.counts[group].add(number(n.N), mostLeast, n.People...)
	}
	events := unpacked[event](data.Events, len(data.Events)/binary.Size(event{}))
	keys := unpacked[key](data.Keys, len(events))
	must((p.key != "" || len(data.Keys) == 0) && (p.ordered || len(data.Orders) == 0))
	for i, e := range events {
		must(e.Person < uint32(len(in.people.all)) && e.Findings < uint32(len(in.findings.all)))
		must(e.Order < uint32(len(in.orders.all)))
		must(e.Row.left() == taken && (e.Day == hesop.Date{} || e.Day.IsValid()))
		for d, scale := range p.dims {
			slot := e.Row.slot(Dimension(d)) - p.first[d]
			must(!p.totals || 0 <= slot && slot < len(scale.categories))
		}
		if isFit {
			c.keep(keys[i], e)
		}
	}
	sum := func(group, groups int) (n int64) { // of the appointments of groups
		for i := range groups {
			n += in.counts[group+i].N
		}
		return n
	}
	all := sum(0, anyCoded)
	for d, scale := range p.dims {
		must(!p.totals || sum(groupOf(p.first[d], 0), anyCoded*len(scale.categories)) == all)
	}
	must(c.account.Read == all+int64(len(events))+sum(groupOf(p.slotLeft(taken), 0), anyCoded*reasons))
	return isFit
}

// areFindings reports whether a text is one that findings are kept as.
func (p *plan) areFindings(text string) bool {
	if len(text)%8 != 0 {
		return false
	}
	least := finding(0)
	for f := range findings(text) {
		if f < least || uint64(f>>32) >= uint64(p.m.Len()) ||
			!f.open() && f.entry() != noEntry && (!p.totals || f.entry() >= p.m.List(f.list()).Len()) {
			return false
		}
		least = f + 1
	}
	return true
}
