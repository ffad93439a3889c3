package hesop

import (
	"bytes"
	"iter"
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/index"
	"hesopmatch/hesop/internal/padding"
)

// Codes returns the codes of the appointment. They are read on the first call, and are valid for as long as the
// appointment is.
func (a *Appointment) Codes() *Codes {
	if a == nil || a.header == nil {
		a.mustHoldRow()
	}
	in := a.in()
	if a.coded {
		return &in.codes
	}
	a.coded = true
	in.shown |= in.codes.has
	in.codes.of = a
	in.codes.clear()
	in.mark = a.mark()
	if in.cache != nil && !a.whole {
		a.readSpans(in)
		return &in.codes
	}
	if !a.placed {
		a.places = a.findPlaces(a.places[:0])
	}
	a.readPlaces(in)
	return &in.codes
}

// mark returns a number by which the slots of a row are recognised. The numbers of two rows differ, except for one pair
// of rows in 65,536. The number is computed from the offset of the row, which is known before the row number is.
func (a *Appointment) mark() uint16 {
	place := uint64(a.offset)
	if place == 0 { // a row of a query, or the first row of a text: its number is known
		place = uint64(a.number)
	}
	return uint16(place * 0x9E3779B97F4A7C15 >> 48)
}

// findPlaces appends the code fields that are read and are not empty, in the order of codeFields.fields.
func (a *Appointment) findPlaces(dst []index.Place) []index.Place {
	codes := &a.header.codes
	dst = a.findFilled(dst, codes.spans)
	if !codes.ordered {
		codes.sort(dst)
	}
	return dst
}

// findFilled appends the non-empty fields of the columns in spans.
func (a *Appointment) findFilled(dst []index.Place, spans []index.Span) []index.Place {
	if !a.whole {
		return a.in().indexed.AppendPlaces(dst, &a.row, spans)
	}
	for _, s := range spans {
		for i, f := range a.fields[s.First : s.Last+1] {
			if f.Start < f.End {
				dst = append(dst, index.Place{Column: int32(s.First + i), Field: f})
			}
		}
	}
	return dst
}

// AllCodeTexts yields the non-empty code fields as found, including those that are not read. For each it yields the
// index of the field in Reader.AllCodeFields, from 0, and the text as Appointment.Text returns it.
func (a *Appointment) AllCodeTexts() iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		a.mustHoldRow()
		codes := &a.header.codes
		a.filled = a.findFilled(a.filled[:0], codes.allSpans)
		for i := range a.filled {
			p := &a.filled[i]
			if !yield(int(codes.numbers[p.Column]), a.textOf(p.Field)) {
				return
			}
		}
	}
}

// readPlaces reads the fields of a.places.
func (a *Appointment) readPlaces(in *content) {
	for places := a.places; len(places) > 0; {
		places = a.readSystem(in, places)
	}
}

// readSpans reads the code fields span by span. It parses only spans that are not cached from an earlier row.
func (a *Appointment) readSpans(in *content) {
	c, row := &in.codes, &a.row
	start := row.Start
	for i, s := range a.header.codes.spans {
		start = in.indexed.Start(row, s, start)
		text := in.data[start:]
		k := in.cache.at(i, text)
		if k.holds(text) {
			c.add(k, in.mark)
			continue
		}
		before, used := c.counts, len(c.slots)
		a.places = in.indexed.AppendSpan(a.places[:0], row, s, start)
		a.readPlaces(in)
		k.keep(text, in.indexed.End(row, s, start)-start, &before, c, used)
	}
}

// readSystem reads all places of one system. They come first in the slice places. readSystem returns the places of the
// other system.
func (a *Appointment) readSystem(in *content, places []index.Place) (rest []index.Place) {
	if len(places) > 1 && a.readPair(in, &places[0], &places[1]) {
		return places[2:]
	}
	c, columns := &in.codes, a.header.codes.columns
	sys := columns[places[0].Column].system
	first := len(c.slots)
	n, positional, found := a.readFields(in, sys, places)
	concatenated := len(c.slots)
	if n < len(places) && columns[places[n].Column].system == sys { // the only concatenated field
		whole := &places[n]
		if first == positional && a.agree(in, places[:n], whole, found) {
			if found&coded != 0 {
				c.has |= codedIn(sys)
			}
			return places[n+1:]
		}
		a.readConcatenated(whole)
		n++
	}
	before := c.disagreements
	c.reconcile(first, positional, concatenated, a.header.codes.pairs[sys], nil)
	c.bySystem[sys] = c.disagreements - before
	if slices.ContainsFunc(c.slots[first:], func(s Slot) bool { return s.Value.Class() == coding.ClassCode }) {
		c.has |= codedIn(sys)
	}
	return places[n:]
}

// readFields reads the places of a system that hold one value each. They come first in the slice places. readFields
// returns how many such places there are, the index of the first slot that is not raw, and the kinds of the values.
func (a *Appointment) readFields(
	in *content, sys coding.System, places []index.Place,
) (n, positional int, found kinds) {
	c, columns, data, mark := &in.codes, a.header.codes.columns, in.data, in.mark
	used := len(c.slots)
	slots := slices.Grow(c.slots, len(places))[:used+len(places)]
	positional = used
	for i := range places {
		p := &places[i]
		f := &columns[p.Column]
		if f.system != sys || f.source == Concatenated {
			break
		}
		n++
		text := data[p.Start:p.End]
		if p.Doubled {
			text = a.textOf(p.Field)
		}
		v := coding.ReadValue(sys, text, int(f.width))
		kind := kindOf(v)
		found |= kind
		if kind == empty {
			continue
		}
		s := &slots[used]
		used++
		s.set(v, f.position, f.source, p.Column, mark, 0, uint32(len(text)))
		if kind&unrecognised != 0 {
			c.unrecognised++
		}
		if f.source == Raw {
			positional = used
			if len(text) > 4 && sys == coding.ICD10 && len(padding.Trim(text)) > 4 {
				c.has |= hasLongRaw
			}
			if kind&(unrecognised|malformed) != 0 {
				s.head = head(sys, text)
			}
		}
	}
	c.slots = slots[:used]
	return n, positional, found
}

// readConcatenated reads a field that holds several values.
func (a *Appointment) readConcatenated(p *index.Place) {
	f := &a.header.codes.columns[p.Column]
	in := a.in()
	c := &in.codes
	text := a.textOf(p.Field)
	start := 0
	for position := int32(1); start <= len(text); position++ {
		end := len(text)
		if comma := bytes.IndexByte(text[start:], ','); comma >= 0 {
			end = start + comma
		}
		v := coding.ReadValue(f.system, text[start:end], int(f.width))
		if v.Class() != coding.ClassEmpty {
			c.slots = append(c.slots, Slot{
				Value: v, Position: position, Form: Concatenated,
				column: p.Column, mark: in.mark, start: uint32(start), end: uint32(end),
			})
		}
		if v.Class() == coding.ClassUnrecognised {
			c.unrecognised++
		}
		start = end + 1
	}
}

// head returns the code that consists of the first four characters of a value. Shorter columns show this code: E119 for
// E11999, which is not itself a code.
func head(sys coding.System, text []byte) coding.Code {
	var first [4]byte
	n := 0
	for _, c := range text {
		before := n == 0 && (c == ' ' || c == '\t' || c == 0xC2 || c == 0xA0) // white space, even in UTF-8
		if c == '.' || before {
			continue
		}
		first[n] = c
		if n++; n == len(first) {
			break
		}
	}
	v := coding.ReadValue(sys, first[:n], 0)
	if v.IsMalformed() {
		return coding.Code(0)
	}
	return v.Code()
}

func (a *Appointment) slotText(s Slot) []byte {
	f := a.fieldOf(s)
	if text := a.text(int(s.column)); int(s.end) <= len(text) {
		text = text[s.start:s.end:s.end]
		if coding.ReadValue(f.system, text, int(f.width)) == s.Value {
			return text
		}
	}
	panic(otherSlot)
}

// fieldOf returns the code column of a slot. It panics if the slot belongs to another row.
func (a *Appointment) fieldOf(s Slot) *codeColumn {
	a.mustHoldRow()
	if s.mark != a.mark() || s.column < 0 || int(s.column) >= len(a.header.codes.columns) {
		panic(otherSlot)
	}
	f := &a.header.codes.columns[s.column]
	if !f.system.IsValid() || f.source != s.Form || s.start > s.end || s.Value == 0 {
		panic(otherSlot)
	}
	return f
}
