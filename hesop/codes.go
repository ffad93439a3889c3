package hesop

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/noform"
	"hesopmatch/internal/seam"
)

// Slot is one value of an appointment: the value of a code field, or of one position in a concatenated field. It does
// not refer to the memory of the data. Codes.Text returns the bytes from which the value was read; a slot decoded from
// JSON or gob has no text. Compare slots with Equal, as go-cmp does, because == also compares their locations in the
// row.
type Slot struct {
	Value    coding.Value
	Position int32 // from 1
	Form     Form

	merged bool        // another slot represents the same code
	mark   uint16      // the mark of its row: see Appointment.mark
	head   coding.Code // for a raw value that is not a code: the code that its first four characters look like
	column int32       // index of the column; for a code added by Codes.Add, the id of its Codes, which is negative
	// Where the value is in the text of the column: 0 ≤ start ≤ end.
	start, end uint32
}

// String returns the value with its form and position: "ICD-10 code F321 cut to 4, positional 1".
func (s Slot) String() string { return fmt.Sprintf("%v, %v %d", s.Value, s.Form, s.Position) }

// Equal reports whether two slots have the same value, position and form, in the same row or in two rows.
func (s Slot) Equal(t Slot) bool {
	return s.Value == t.Value && s.Position == t.Position && s.Form == t.Form
}

// Codes holds the values of one appointment: either those of a row, from Appointment.Codes, or codes in hand. Codes in
// hand are codes that a program already has, without a row of data: Add adds them to new(Codes), and Reset forgets
// them. A Codes is for one goroutine at a time and must not be copied.
//
// A code in columns of several forms is one value. A code at two positions in one form is two values. In detail:
//
//   - A concatenated code and an equal positional code, at any position, make a pair, and only the positional code
//     counts. Codes at the same position are paired first. If a code occurs more often in the concatenated column than
//     in the positional ones, the unpaired slots are those at positions where the positional columns do not have that
//     code. match.Matcher.PrimaryOnly looks at positions only after this pairing, because a concatenated column that
//     drops empty slots would otherwise make a later diagnosis the first.
//   - A code found only in the positional columns, or only in the concatenated ones, is a value like any other, and can
//     be a hit. The method Disagreements counts it.
//   - A positional or concatenated code that is the first four characters of a raw value counts as that raw value, and
//     only the raw value decides. If the raw value is not a code, for example because it is too long, then the shorter
//     codes neither match nor make the appointment coded.
//   - Two malformed missing values, such as R69ZZ and r69.zz, are equal if they differ only in case, dots, marks and
//     padding. In a raw column, a malformed missing value also represents a shorter value that consists of its first
//     four characters. A list that has R69 with its descendants matches R69ZZ.
type Codes struct {
	_ noCopy
	noForm
	rawCut

	of    *Appointment // nil for codes in hand
	slots []Slot       // by system, form and position
	counts
	hand hand
	text []byte // the text of codes in hand
}

type (
	rawCut = seam.RawCut
	noCopy = noform.NoCopy
)

// counts holds the counts of an appointment's values.
type counts struct {
	disagreements int
	bySystem      [3]int // disagreements by system
	unrecognised  int
	has           features
}

// hand is the state of codes in hand.
type hand struct {
	number  int64       // how often Reset was called
	id      int32       // negative: distinguishes these Codes from others; 0 until the first Add
	last    [3][3]int32 // the last position by system and form
	forms   uint8       // the forms added: bits 0 to 2 for ICD-10, 3 to 5 for OPCS-4
	jumbled bool
	isOpen  bool // codes were added and have not been read
	isRead  bool
}

// features records what at least one slot of an appointment shows: a bit for each System that has a code, and
// hasLongRaw. The bit hasLongRaw marks a raw diagnosis of more than four characters, which proves that its column was
// not truncated. A dash that pads the value counts as a character; surrounding space does not.
type features uint8

const hasLongRaw features = 1 << 7

func codedIn(sys coding.System) features { return 1 << sys }

// Reset forgets all codes in hand and begins the next appointment. It keeps the memory for reuse.
func (c *Codes) Reset() {
	c.mustBeInHand()
	c.clear()
	c.hand = hand{number: c.hand.number + 1, id: c.hand.id}
}

// handIDs is the number of Codes that have received an id: see hand.id.
var handIDs atomic.Int32

func (c *Codes) clear() {
	c.slots, c.text = c.slots[:0], c.text[:0]
	c.counts = counts{}
	c.NextCut()
}

func (c *Codes) mustBeInHand() {
	if c.of != nil {
		panic("hesop: Add or Reset on the Codes of a row: new(hesop.Codes) takes codes in hand")
	}
}

// Add adds one code in hand. If f.Form is Concatenated, text holds codes joined by commas, and Add adds all of them; in
// any other form, such a text is one unrecognised value. Add copies text, and allocates memory only if its buffers must
// grow.
//
// The argument f describes the origin of the code, because answers depend on that origin: M051 from a field of four
// characters may have been longer, while M051 with a zero Width is whole. The zero Form is Raw. A zero Position means
// the position after the last one added for the system and form; an empty text uses up a position too. A zero Width
// means a whole code.
//
// Add panics if the System, Form, Position or Width is not valid, or if the codes have been read since the last Reset.
// Reset begins the next appointment.
func (c *Codes) Add(f CodeField, text []byte) {
	c.mustBeInHand()
	switch {
	case !f.System.IsValid():
		panic("hesop: Add of a code without a coding system: CodeField.System must be coding.ICD10 or coding.OPCS4")
	case f.Position < 0 || f.Position > maxPosition || f.Form > Concatenated:
		panic("hesop: Add of a code in no position or form: positions are 1 to 99, or 0 for the next one")
	case f.Width != 0 && f.Width != 3 && f.Width != 4 && f.Width != rawWidth:
		panic("hesop: Add of a code whose Width is not 3, 4 or 6 characters, or 0 for a whole code")
	case c.hand.isRead:
		panic("hesop: Add after the Codes were read: Reset begins the next appointment")
	}
	if c.hand.id == 0 {
		c.hand.id = -1 - handIDs.Add(1)&(math.MaxInt32>>1)
	}
	if f.Form != Concatenated {
		c.addOne(f, text)
		return
	}
	for position := 1; ; position++ {
		i := slices.Index(text, ',')
		f.Position = position
		if i < 0 {
			c.addOne(f, text)
			return
		}
		c.addOne(f, text[:i])
		text = text[i+1:]
	}
}

func (c *Codes) addOne(f CodeField, text []byte) {
	h := &c.hand
	if f.Position == 0 {
		f.Position = int(h.last[f.System][f.Form]) + 1
	}
	h.last[f.System][f.Form], h.isOpen = int32(f.Position), true
	h.forms |= 1 << (3*(f.System-1) + coding.System(f.Form))
	v := coding.ReadValue(f.System, text, f.Width)
	kind := kindOf(v)
	if kind == empty {
		return
	}
	start := len(c.text)
	c.text = append(c.text, text...)
	n := len(c.slots)
	c.slots = slices.Grow(c.slots, 1)[:n+1]
	s := &c.slots[n]
	s.set(v, int32(f.Position), f.Form, h.id, uint16(h.number), uint32(start), uint32(len(c.text)))
	h.jumbled = h.jumbled || n > 0 && c.slots[n-1].order() > s.order()
	if kind == coded {
		c.has |= codedIn(f.System)
	}
	if kind&unrecognised != 0 {
		c.unrecognised++
	}
	if f.Form == Raw && kind&(unrecognised|malformed) != 0 {
		s.head = head(f.System, text)
	}
}

// order returns a number that orders slots by system, form and position.
func (s *Slot) order() uint64 {
	return uint64(s.Value.System())<<40 | uint64(s.Form)<<32 | uint64(uint32(s.Position))
}

func compareSlots(a, b Slot) int { return cmp.Compare(a.order(), b.order()) }

// settle sorts and reconciles codes in hand, as reading a row does.
func (c *Codes) settle() {
	h := &c.hand
	h.isRead, h.isOpen = true, false
	if h.jumbled {
		slices.SortStableFunc(c.slots, compareSlots)
	}
	for _, sys := range coding.Systems() {
		forms := h.forms >> (3 * (sys - 1)) & 7
		if forms&(forms-1) == 0 {
			continue // only one form
		}
		all := c.slots
		from := func(sys coding.System, form Form) int {
			i, _ := slices.BinarySearchFunc(all, 0, func(s Slot, _ int) int {
				return cmp.Or(cmp.Compare(s.Value.System(), sys), cmp.Compare(s.Form, form), 1)
			})
			return i
		}
		first, positional, concatenated := from(sys, Raw), from(sys, Positional), from(sys, Concatenated)
		end := from(sys+1, Raw)
		c.slots = all[:end]
		before := c.disagreements
		c.reconcile(first, positional, concatenated, forms&6 == 6, nil)
		c.bySystem[sys] = c.disagreements - before
		if !slices.ContainsFunc(c.slots[first:], func(s Slot) bool { return s.Value.Class() == coding.ClassCode }) {
			c.has &^= codedIn(sys)
		}
		c.slots = append(c.slots, all[end:]...)
	}
}

// Slots returns all values that are not empty, ordered by system, form and position. The slice must not be changed. It
// is valid for as long as the codes are.
func (c *Codes) Slots() []Slot {
	if c.hand.isOpen {
		c.settle()
	}
	return c.slots
}

// Coded reports whether the appointment has a code of a system.
func (c *Codes) Coded(sys coding.System) bool {
	if c.hand.isOpen {
		c.settle()
	}
	return c.has&codedIn(sys)&^hasLongRaw != 0
}

// Disagreements returns how many codes are in only the positional fields or only the concatenated field of a system. It
// counts only systems for which both kinds of field are read, and it counts each repetition of a code.
func (c *Codes) Disagreements() int {
	c.Slots()
	return c.disagreements
}

// DisagreementsIn returns how many of the codes that Disagreements counts belong to a system.
func (c *Codes) DisagreementsIn(sys coding.System) int {
	if !sys.IsValid() {
		return 0
	}
	c.Slots()
	return c.bySystem[sys]
}

// Unrecognised returns how many values are neither a code nor missing. A value in several fields counts once for each
// field.
func (c *Codes) Unrecognised() int { return c.unrecognised }

// Row returns the number of the row. For codes in hand it is 1, and one more after each Reset.
func (c *Codes) Row() int64 {
	if c.of != nil {
		return c.of.number
	}
	return c.hand.number + 1
}

const otherSlot = "hesop: Slot of another row, or of none: take slots from these Codes"

// Text returns the bytes of a slot as found. They are valid for as long as the codes are, and must not be changed. Text
// panics for a slot of another appointment.
func (c *Codes) Text(s Slot) []byte {
	if c.of != nil {
		return c.of.slotText(s)
	}
	isOwn := s.column < 0 && s.column == c.hand.id && s.mark == uint16(c.hand.number)
	if !isOwn || s.start > s.end || int(s.end) > len(c.text) {
		panic(otherSlot)
	}
	return c.text[s.start:s.end:s.end]
}

// Column returns the column of a slot, or the zero Column for codes in hand. It panics for a slot of another row.
func (c *Codes) Column(s Slot) Column {
	if c.of == nil {
		c.Text(s)
		return Column{}
	}
	c.of.fieldOf(s)
	return Column{c.of.header, int(s.column)}
}
