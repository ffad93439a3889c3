package hesop

import (
	"bytes"
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/hesop/internal/index"
)

// Slot is one value of a code field of an appointment: of the whole field, or
// of one slot of a concatenated one. It holds no memory of the row;
// Appointment.SlotText gives its bytes.
type Slot struct {
	Value    codelist.Value
	Position int32 // from 1
	Source   Source

	merged bool          // another slot stands for the same code
	head   codelist.Code // of a raw value that is no code: what its first four characters look like
	column int32
	// Where it stands in the text of the column: 0 ≤ start ≤ end.
	start, end uint32
}

// Codes are the values of the code fields of one appointment.
type Codes struct {
	// Slots are all values that are not empty, by system, source and position.
	// A code that stands in several fields is there once, as Appointment.Codes
	// says.
	Slots []Slot

	// Disagreements is how many codes stand in the positional fields and not in
	// the concatenated one of their system, or the other way round, where both
	// are read; each repetition counts.
	Disagreements int

	// Unrecognised is how many values are neither a code nor missing. One that
	// stands in several fields counts in each.
	Unrecognised int

	coded         [3]bool // by System
	disagreements [3]int
}

// Coded reports whether the appointment has at least one code of a system among
// its slots.
func (c *Codes) Coded(sys codelist.System) bool { return c.coded[sys] }

// Codes reads the code fields of the appointment, once: the result is kept until
// the next row and must not be changed.
//
// The same code is often written twice, and counts once. A code of a
// concatenated field is that of a positional one, whatever their positions, as
// often as both hold it: the positional slot stands for both. A positional or
// concatenated code that is the first four characters of a raw value is that raw
// value, which alone decides, also where it is longer than a code can be.
func (a *Appointment) Codes() *Codes {
	if a.coded {
		return &a.codes
	}
	a.coded = true
	c := &a.codes
	*c = Codes{Slots: c.Slots[:0]}
	for places := a.places; len(places) > 0; {
		places = a.readSystem(places)
	}
	return c
}

// readSystem reads the first of places and those of the same system, and returns the
// places of the other one.
func (a *Appointment) readSystem(places []index.Place) (rest []index.Place) {
	c, codes := &a.codes, &a.header.codes
	sys := codes.of(&places[0]).System
	var ends [3]int // of the places of each source
	n := 0
	for ; n < len(places); n++ {
		f := codes.of(&places[n])
		if f.System != sys {
			break
		}
		ends[f.Source] = n + 1
	}
	ends[Positional] = max(ends[Raw], ends[Positional])
	first := len(c.Slots)
	for i := range places[:ends[Raw]] {
		a.readField(&places[i])
	}
	second := len(c.Slots)
	for i := range places[ends[Raw]:ends[Positional]] {
		a.readField(&places[ends[Raw]+i])
	}
	third := len(c.Slots)
	if n == ends[Positional]+1 && ends[Raw] == 0 && a.agree(places[:n], c.Slots[first:]) {
		return places[n:]
	}
	for i := range places[ends[Positional]:n] {
		a.readConcatenated(&places[ends[Positional]+i])
	}
	if len(c.Slots) > first {
		before := c.Disagreements
		c.reconcile(first, second, third, codes.pairs[sys])
		c.disagreements[sys] = c.Disagreements - before
		c.coded[sys] = slices.ContainsFunc(c.Slots[first:], func(s Slot) bool { return s.Value.Class() == codelist.ClassCode })
	}
	return places[n:]
}

// readField reads a field of one value.
func (a *Appointment) readField(p *index.Place) {
	f := a.header.codes.of(p)
	text := a.textOf(p.Field)
	a.readSlot(f, text, int32(f.Position), 0, len(text))
}

// readConcatenated reads a field of several.
func (a *Appointment) readConcatenated(p *index.Place) {
	f := a.header.codes.of(p)
	text := a.textOf(p.Field)
	start := 0
	for position := int32(1); ; position++ {
		comma := bytes.IndexByte(text[start:], ',')
		if comma < 0 {
			a.readSlot(f, text, position, start, len(text))
			return
		}
		a.readSlot(f, text, position, start, start+comma)
		start += comma + 1
	}
}

func (a *Appointment) readSlot(f *CodeField, text []byte, position int32, start, end int) {
	if start == end {
		return
	}
	v := codelist.ReadValue(f.System, text[start:end], f.Width)
	c := &a.codes
	switch v.Class() {
	case codelist.ClassEmpty:
		return
	case codelist.ClassUnrecognised:
		c.Unrecognised++
	case codelist.ClassMissing, codelist.ClassCode:
	}
	s := Slot{
		Value: v, Position: position, Source: f.Source,
		column: int32(f.Column.index), start: uint32(start), end: uint32(end),
	}
	if f.Source == Raw && (v.Class() == codelist.ClassUnrecognised || v.IsMalformed()) {
		s.head = head(f.System, text[start:end])
	}
	c.Slots = append(c.Slots, s)
}

// head is the code that the first four characters of a value are, which is what
// the shorter columns show of it: E119 of E11999, which itself is none.
func head(sys codelist.System, text []byte) codelist.Code {
	var first [4]byte
	n := 0
	for _, c := range text {
		before := n == 0 && (c == ' ' || c == '\t' || c == 0xC2 || c == 0xA0) // white space, of UTF-8 too
		if c == '.' || before {
			continue
		}
		first[n] = c
		if n++; n == len(first) {
			break
		}
	}
	v := codelist.ReadValue(sys, first[:n], 0)
	if v.IsMalformed() {
		return codelist.Code{}
	}
	return v.Code()
}

// SlotText returns the bytes of a slot of this appointment as found, good as
// long as the appointment is.
func (a *Appointment) SlotText(s Slot) []byte { return a.text(int(s.column))[s.start:s.end:s.end] }

// SlotColumn is the column of a slot of this appointment.
func (a *Appointment) SlotColumn(s Slot) Column { return Column{a.header, int(s.column)} }
