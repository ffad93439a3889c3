package explain

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// explain writes the code fields of an appointment, and the answer of each list with its reasons.
func (x *input) explain(a *hesop.Appointment, res *match.Result) {
	if x.page.Len() > 0 {
		x.page.WriteString("\n\n")
	}
	title := fmt.Sprintf("Row %d (%s, ", x.rows+a.Row(), program.Name(x.path))
	if a.Line() > 0 {
		title += fmt.Sprintf("line %d)", a.Line())
	} else {
		title += fmt.Sprintf("row %d)", a.Row())
	}
	x.page.row(nil, title)
	x.page.WriteString(strings.Repeat("=", min(utf8.RuneCountInString(title), lineWidth)) + "\n")
	fields, counted := x.columns.valuesOf(a)
	width := x.writeCodes(fields)
	x.sum(fields).write(x, width)
	hits := x.matcher.AppendHits(nil, a.Codes())
	hasLongRaw := false
	for _, v := range counted {
		hasLongRaw = hasLongRaw || v.Form == hesop.Raw && len(trim(v.text)) > 4
	}
	for i := range x.lists {
		answer := &answer{input: x, list: x.lists[i], codes: a.Codes(), counted: counted, hasLongRaw: hasLongRaw}
		answer.write(res, i, hits)
	}
}

// The maximum widths, in characters, of the columns of names and of values. Longer texts take lines of their own.
const (
	nameWidth  = 18
	valueWidth = 10
)

// line is a line of the table of fields: a name, a value, and what the value was read as.
type line struct{ name, value, text string }

// writeCodes writes the fields that have a value other than missing values, and returns the width of the column of
// names.
func (x *input) writeCodes(fields []*field) int {
	var lines []line
	for _, f := range fields {
		all := f.notMissing()
		texts := x.readings(f, all)
		switch name, value := x.columns.names[f.number], shown(f.text); len(texts) {
		case 0:
		case 1:
			lines = append(lines, line{name, value, texts[0]})
		default:
			lines = append(lines, line{name, value, ""})
			for i, text := range texts {
				lines = append(lines, line{"", shown(all[i].text), text})
			}
		}
	}
	nameAt, valueAt := labelWidth, 0
	for _, l := range lines {
		nameAt = max(nameAt, min(nameWidth, utf8.RuneCountInString(l.name)))
		if n := utf8.RuneCountInString(l.value); n <= valueWidth {
			valueAt = max(valueAt, n)
		}
	}
	for _, l := range lines {
		x.page.row([]cell{{2, ""}, {nameAt + 2, l.name}, {valueAt + 2, l.value}}, l.text)
	}
	return nameAt
}

// notMissing returns the values of a field that are not missing. The type sums reports missing values.
func (f *field) notMissing() (values []*value) {
	for _, v := range f.values {
		if v.Value.Class() != coding.ClassMissing {
			values = append(values, v)
		}
	}
	return values
}

// readings returns what each value of a field was read as. If a concatenated field has several values and all are
// counted in positional fields, the values share one text.
func (x *input) readings(f *field, values []*value) (texts []string) {
	var others []int
	for _, v := range values {
		if v.countedAs == nil || v.countedAs.Form == hesop.Raw || v.Form != hesop.Concatenated {
			break
		}
		others = append(others, v.countedAs.column)
	}
	if len(others) == len(values) && len(others) > 1 {
		return []string{"the same codes as " + x.columns.all(others) + ", counted there"}
	}
	for _, v := range values {
		text := x.reading(v)
		if v.text != f.text {
			text = fmt.Sprintf("at %d, %s", v.Position, text)
		}
		texts = append(texts, text)
	}
	return texts
}

// reading returns what a value was read as, and whether it is a disagreement.
func (x *input) reading(v *value) string {
	text := x.readAs(v)
	if x.columns.disagrees(v) {
		other := "concatenated"
		if v.Form == hesop.Concatenated {
			other = "positional"
		}
		text += "; in no " + other + " field (a disagreement)"
	}
	return text
}

// readAs returns the code of a value, or the name of another field in which the value is counted, or why the value is
// not a code.
func (x *input) readAs(v *value) string {
	sys, code := v.Value.System(), v.Value.Code()
	if v.Value.Class() == coding.ClassUnrecognised {
		return fmt.Sprintf("not recognised as %v: %s", sys, whyNot(v))
	}
	if v.countedAs == nil {
		return fmt.Sprintf("%v %v%s", sys, code, repairs(v.Value, v.text))
	}
	name := x.columns.names[v.countedAs.column]
	switch {
	case v.countedAs.Value.Code() == code:
		return "the same code as " + name + ", counted there"
	case v.countedAs.Value.Class() == coding.ClassUnrecognised:
		return "the start of " + name + ", which decides and is not a code"
	default:
		return "the start of " + name + ", counted there"
	}
}
