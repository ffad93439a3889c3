package hesop

import (
	"bytes"
	"encoding/binary"

	"hesopmatch/codelist"
	"hesopmatch/hesop/internal/index"
)

// agree finishes the reading of a system whose concatenated field, the last of places, is
// byte for byte what its positional ones are joined by commas, as it nearly always is.
// slots are those of the positional fields; there are no raw ones. It is false, and has
// done nothing, where that is not so or where more than bytes must be looked at.
//
// Each slot then pairs with that of its own position, which reconcile would pair first;
// those that pair with none, as they have no code, stand there twice.
func (a *Appointment) agree(places []index.Place, slots []Slot) bool {
	positional, whole := places[:len(places)-1], &places[len(places)-1]
	if len(slots) != len(positional) || whole.Doubled {
		return false
	}
	codes := &a.header.codes
	text := a.data[whole.Start:whole.End]
	coded, alone := false, 0
	for i := range positional {
		p, s := &positional[i], &slots[i]
		if int(s.Position) != i+1 || p.Doubled || s.Value.IsMalformed() {
			return false
		}
		switch s.Value.Class() {
		case codelist.ClassCode:
			coded = true
		case codelist.ClassMissing:
			if !s.Value.Code().IsValid() {
				alone++
			}
		case codelist.ClassEmpty, codelist.ClassUnrecognised: // which may have commas of its own
			return false
		}
		if i > 0 {
			if len(text) == 0 || text[0] != ',' {
				return false
			}
			text = text[1:]
		}
		if !begin(text, a.data[p.Start:p.End]) {
			return false
		}
		text = text[p.End-p.Start:]
	}
	if len(text) > 0 {
		return false
	}
	c := &a.codes
	if alone > 0 {
		column := whole.Column
		start := uint32(0)
		for _, s := range slots {
			size := s.end
			if !s.Value.Code().IsValid() {
				s.Source, s.column, s.start, s.end = Concatenated, column, start, start+size
				c.Slots = append(c.Slots, s)
			}
			start += size + 1
		}
	}
	c.coded[codes.of(whole).System] = coded
	return true
}

// begin reports whether text begins with field.
func begin(text, field []byte) bool {
	if len(field) == 4 && len(text) >= 4 { // as nearly all have
		return binary.LittleEndian.Uint32(text) == binary.LittleEndian.Uint32(field)
	}
	return bytes.HasPrefix(text, field)
}
