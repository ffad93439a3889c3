package explain

import (
	"cmp"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
)

// codeColumns holds all code columns of an input, whether read or not, in the order of the file.
type codeColumns struct {
	names  []string
	fields []hesop.CodeField
	isRead []bool
	number map[hesop.Column]int

	has [3][3]bool // by system and form: whether any column is read
}

func newCodeColumns(r *hesop.Reader) codeColumns {
	c := codeColumns{number: make(map[hesop.Column]int)}
	for column, field := range r.AllCodeFields() {
		c.number[column] = len(c.names)
		c.names = append(c.names, program.Plain(program.CutRaw(column.Name())))
		c.fields = append(c.fields, field)
	}
	c.isRead = make([]bool, len(c.names))
	for column, field := range r.CodeFields() {
		c.isRead[c.number[column]] = true
		c.has[field.System][field.Form] = true
	}
	return c
}

// reads reports whether any column of a system is read.
func (c *codeColumns) reads(sys coding.System) bool { return c.has[sys] != [3]bool{} }

// all joins the names of columns, each once. It shortens three or more consecutive columns of a series to "first to
// last".
func (c *codeColumns) all(numbers []int) string {
	numbers = slices.Compact(slices.Sorted(slices.Values(numbers)))
	var words []string
	for len(numbers) > 0 {
		n := 1
		for n < len(numbers) && numbers[n] == numbers[0]+n && c.alike(numbers[0], numbers[n]) {
			n++
		}
		if n >= 3 {
			words = append(words, c.names[numbers[0]]+" to "+c.names[numbers[n-1]])
			numbers = numbers[n:]
			continue
		}
		words, numbers = append(words, c.names[numbers[0]]), numbers[1:]
	}
	return strings.Join(words, ", ")
}

// alike reports whether two columns differ only by position.
func (c *codeColumns) alike(i, j int) bool {
	a, b := c.fields[i], c.fields[j]
	a.Position, b.Position = 0, 0
	return a == b && c.isRead[i] == c.isRead[j]
}

// field is a code field that is not empty.
type field struct {
	number int // index in codeColumns
	text   string
	values []*value // in order of position; nil if the field is not read or holds only white space
}

// value is one value of a field.
type value struct {
	hesop.Slot

	column    int // index in codeColumns
	text      string
	countedAs *value // the value that is counted instead; nil if this value itself is counted
	isPair    bool   // whether this value and another are one code, in a positional and a concatenated field
}

// valuesOf returns the code fields of an appointment that are not empty, in the order of the file. The map counted
// holds the values whose countedAs is nil.
func (c *codeColumns) valuesOf(a *hesop.Appointment) (fields []*field, counted map[valueKey]*value) {
	codes := a.Codes()
	counted = make(map[valueKey]*value)
	byNumber := make([][]*value, len(c.names))
	add := func(s hesop.Slot) *value {
		v := &value{Slot: s, column: c.number[codes.Column(s)], text: string(codes.Text(s))}
		byNumber[v.column] = append(byNumber[v.column], v)
		counted[v.key()] = v
		return v
	}
	for _, s := range codes.Slots() {
		add(s)
	}
	var others []hesop.Slot
	var out []*value
	for left, other := range a.Merged() {
		out, others = append(out, add(left)), append(others, other)
	}
	for i, v := range out {
		v.countedAs = counted[valueKey{c.number[codes.Column(others[i])], others[i].Position}]
		if v.countedAs.Form == hesop.Positional {
			v.isPair, v.countedAs.isPair = true, true
		}
	}
	for _, v := range out {
		delete(counted, v.key())
	}
	for number, text := range a.AllCodeTexts() {
		slices.SortFunc(byNumber[number], func(v, w *value) int { return cmp.Compare(v.Position, w.Position) })
		fields = append(fields, &field{number, string(text), byNumber[number]})
	}
	return fields, counted
}

// valueKey identifies a value within an appointment.
type valueKey struct {
	column   int
	position int32
}

func (v *value) key() valueKey { return valueKey{v.column, v.Position} }

// disagrees reports whether the code of v is only in a positional or only in a concatenated field, although fields of
// both forms are read.
func (c *codeColumns) disagrees(v *value) bool {
	has := &c.has[v.Value.System()]
	return v.Form != hesop.Raw && v.Value.Class() == coding.ClassCode && !v.isPair &&
		has[hesop.Positional] && has[hesop.Concatenated]
}
