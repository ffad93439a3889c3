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

// explain writes what was read of an appointment, and why each list answers as it does.
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
	x.writeOthers(fields, x.writeCodes(fields))
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

// The most that the columns of fields and of values take of a line.
const (
	nameWidth  = 18
	valueWidth = 10
)

// line is a line of the table of fields: a name, a value, and what it was read as.
type line struct{ name, value, text string }

// writeCodes writes the fields that have more than missing values. It returns the width of their names.
func (x *input) writeCodes(fields []*field) int {
	var lines []line
	for _, f := range fields {
		all := f.told()
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

// told returns the values of a field that are not summed up as missing.
func (f *field) told() (values []*value) {
	for _, v := range f.values {
		if v.Value.Class() != coding.ClassMissing {
			values = append(values, v)
		}
	}
	return values
}

// readings says what each value of a field was read as: of a concatenated field whose values are all counted in other
// fields, together.
func (x *input) readings(f *field, values []*value) (texts []string) {
	var stands []int
	for _, v := range values {
		if v.stands == nil || v.stands.Form == hesop.Raw || v.Form != hesop.Concatenated {
			break
		}
		stands = append(stands, v.stands.column)
	}
	if len(stands) == len(values) && len(stands) > 1 {
		return []string{"the same codes as " + x.columns.all(stands) + ", counted there"}
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

// reading says what one value was read as.
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

func (x *input) readAs(v *value) string {
	sys, code := v.Value.System(), v.Value.Code()
	if v.Value.Class() == coding.ClassUnrecognised {
		return fmt.Sprintf("not recognised as %v: %s", sys, whyNot(v))
	}
	if v.stands == nil {
		return fmt.Sprintf("%v %v%s", sys, code, repairs(v.Value, v.text))
	}
	name := x.columns.names[v.stands.column]
	switch {
	case v.stands.Value.Code() == code:
		return "the same code as " + name + ", counted there"
	case v.stands.Value.Class() == coding.ClassUnrecognised:
		return "the start of " + name + ", which decides and is no code"
	default:
		return "the start of " + name + ", counted there"
	}
}

// writeOthers writes what is summed up: codes that may be cut or are passed over, missing values, fields that are not
// read or empty. width is that of their labels.
func (x *input) writeOthers(fields []*field, width int) {
	c := &x.columns
	say := func(label, text string) { x.page.item(width, label, text) }
	missing := make(map[string][]int)
	var reasons, unread, passed []string
	var blank []int
	cut := make(map[int][]int)
	for _, f := range fields {
		switch {
		case !c.isRead[f.number]:
			unread = append(unread, fmt.Sprintf("%s %s", c.names[f.number], shown(f.text)))
		case len(f.values) == 0:
			blank = append(blank, f.number)
		}
		for _, v := range f.values {
			if v.Value.Class() == coding.ClassMissing {
				reason := missingReason(v)
				if missing[reason] == nil {
					reasons = append(reasons, reason)
				}
				missing[reason] = append(missing[reason], f.number)
			}
			if v.stands != nil || v.Value.Class() != coding.ClassCode {
				continue
			}
			if n := v.Value.Cut(); n > 0 {
				cut[n] = append(cut[n], f.number)
			}
			if x.opts.inputs.Primary && v.Position != 1 {
				passed = append(passed, v.Value.Code().String())
			}
		}
	}
	for _, n := range []int{3, 4} {
		if cut[n] != nil {
			say("may be cut", fmt.Sprintf("%s, at %d characters", c.all(cut[n]), n))
		}
	}
	if passed != nil {
		say("passed over", strings.Join(passed, ", ")+": not in the first position (-primary)")
	}
	for i, reason := range reasons {
		reasons[i] = c.all(missing[reason]) + " " + reason
	}
	if reasons != nil {
		say("missing", strings.Join(reasons, "; "))
	}
	if unread != nil {
		say("not read", strings.Join(unread, ", ")+x.whyUnread(fields))
	}
	if blank != nil {
		say("blank", c.all(blank)+" (white space)")
	}
	if n := len(c.names) - len(fields); n > 0 {
		say("empty", program.Count(n, "code field"))
	}
}

// missingReason is a missing value and what it stands for.
func missingReason(v *value) string {
	reason := v.Value.Missing().String()
	if v.Value.IsMalformed() {
		reason += "; no code, taken for " + v.Value.Code().String()
	}
	return fmt.Sprintf("%s (%s)", shown(v.text), reason)
}

// whyUnread says why fields that hold something are not read.
func (x *input) whyUnread(fields []*field) string {
	choice := x.opts.inputs.Fields
	for _, f := range fields {
		if field := x.columns.fields[f.number]; !x.columns.isRead[f.number] && (field.Width != 3 || choice != "all" &&
			(field.Form == hesop.Concatenated) != (choice == "concat")) {
			return ": not among -fields " + choice
		}
	}
	return ": 3 characters, beside finer fields"
}
