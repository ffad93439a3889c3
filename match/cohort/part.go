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

// ErrPart is the error of ReadPart if its input is not a part, is damaged, comes from other lists, options or columns,
// or contains data that the cohort already has. Scan also fails with ErrPart if its data are in a part that ReadPart
// added.
var ErrPart = errors.New("cohort: the part cannot be used")

// writtenPart is a cohort as WriteTo writes it. The output is a line with the version, this struct as JSON, and the
// SHA-256 of both. It depends only on the content of the cohort and the order in which the content was added.
type writtenPart struct {
	Settings settings
	Person   []byte // the column of the person, empty before the first Scan
	Inputs   inputs
	Account  Account
	Has      uint8
	Widths   [len(systems)]uint8
	Forms    forms
	People   [][]byte
	Findings [][]byte
	Orders   [][]byte
	Counts   []count
	Events   []byte // the events, one after another
	Keys     []byte // the keys of the events, one after another; empty without Once
}

const (
	partMagic   = "hesopmatch cohort part 3\n"
	mostCounted = 1 << 48 // a count in a part must be below this, so that sums of parts cannot overflow
)

// WriteTo writes the cohort as a part that ReadPart can read, in another process or on another machine. If a Scan
// failed, WriteTo writes nothing and fails with ErrIncomplete. WriteTo holds the whole part in memory.
//
// A part contains the identifiers of people and the keys and days of appointments, unencrypted. It must not leave the
// research environment; delete it as you would any copy of the data.
func (c *Cohort) WriteTo(w io.Writer) (int64, error) {
	if err := c.Err(); err != nil {
		return 0, err
	}
	person, _ := c.plan.found.Load().(string)
	return bytes.NewReader(c.part(person)).WriteTo(w)
}

// part returns the cohort as a part. The argument person is the name of the column of the person.
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
		panic(err) // unreachable: JSON can represent every value
	}
	body = append([]byte(partMagic), body...)
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}

// packed returns values of fixed size, one after another.
func packed[T event | key](all []T) []byte {
	b, _ := binary.Append(nil, binary.LittleEndian, all) // cannot fail: the size is fixed
	return b
}

// unpacked returns the first n values of b, or n zero values if b has fewer.
func unpacked[T event | key](b []byte, n int) []T {
	all := make([]T, n)
	_, _ = binary.Decode(b, binary.LittleEndian, all)
	return all
}

// written returns the texts in the order of their numbers, without the empty text.
func (t *texts) written() (all [][]byte) {
	for _, text := range t.all[1:] {
		all = append(all, []byte(text))
	}
	return all
}

// keys returns the key of each event, or the zero key if the event has no key.
func (in *content) keys() []key {
	keys := make([]key, len(in.events))
	for k, i := range in.first {
		keys[i] = k
	}
	return keys
}

// ReadPart reads the output of WriteTo up to the end of r, and adds it to the cohort as Merge adds a Part. The result
// equals that of a single Scan of all the appointments. With Once, read the parts in the order of the data.
//
// The part must come from a cohort with the same lists (see match.Matcher.Fingerprint) and the same options, and from
// data with the same column for the person. With WithTotals, the lists must also have the same entries in the same
// order. Workers, BlockSize and the names of lists may differ. ReadPart refuses a part if the cohort already has the
// part or any of the data in the part. It recognises data that are identical byte for byte, but not data that overlap.
//
// ReadPart fails with ErrPart, and with ErrIncomplete if a Scan of c failed. If the column for the person differs, the
// error wraps both ErrPart and ErrPerson. A failed ReadPart leaves the cohort unchanged. ReadPart holds the part in
// memory while it runs.
func (c *Cohort) ReadPart(r io.Reader) error {
	if err := c.Err(); err != nil {
		return err
	}
	if r == nil {
		return fmt.Errorf("%w: the Reader of ReadPart is nil", ErrOption)
	}
	part, person, err := c.plan.readPart(r)
	if err == nil && c.in().inputs.repeat(part.in().inputs) {
		err = errors.New("the cohort already contains this part, or some of its data")
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

var errDamaged = errors.New("it is damaged or incomplete, or has something after its end")

// readPart reads a part into a new cohort. It also returns the name of the column of the person.
func (p *plan) readPart(r io.Reader) (c *Cohort, person string, err error) {
	b, err := io.ReadAll(io.LimitReader(r, int64(len(partMagic))))
	if err != nil {
		return nil, "", err
	}
	if string(b) != partMagic {
		return nil, "", errors.New("it is not a part of a cohort, or was written by another version of this library")
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
	// Refuse a part that WriteTo would write differently, such as one with a text or a key twice.
	if !c.load(&data) || string(c.part(person)) != string(b) {
		return nil, "", errDamaged
	}
	return c, person, nil
}

// load adds the content of a part to an empty cohort. A part may come from anywhere, so load checks that every number
// is in range and that the sums agree. It reports whether the part passes these checks, which later code relies on.
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
		must(hesop.DateForm([]byte(form)) == form) // otherwise a report could print text of the data
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
	sum := func(group, groups int) (n int64) { // the appointments of consecutive groups
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

// areFindings reports whether a text is a valid encoding of findings.
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
