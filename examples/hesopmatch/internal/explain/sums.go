package explain

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
)

// sums holds the facts that are written on one line each. A column is given by its index, a value by its text.
type sums struct {
	truncated map[int][]int       // the columns that hold truncated codes, by the width of the codes
	passed    []string            // codes that -primary passes over
	missing   map[string][]int    // the columns that hold missing values, by the text of missingReason
	reasons   []string            // the keys of missing, in order
	unread    map[string][]string // columns with their texts, by the reason that they are not read
	whys      []string            // the keys of unread, in order
	blank     []int
	empty     int
}

// sum sums up the fields of an appointment.
func (x *input) sum(fields []*field) *sums {
	c := &x.columns
	s := &sums{
		truncated: make(map[int][]int), missing: make(map[string][]int), unread: make(map[string][]string),
		empty: len(c.names) - len(fields),
	}
	for _, f := range fields {
		switch {
		case !c.isRead[f.number]:
			why := x.whyUnread(c.fields[f.number])
			if s.unread[why] == nil {
				s.whys = append(s.whys, why)
			}
			s.unread[why] = append(s.unread[why], c.names[f.number]+" "+shown(f.text))
		case len(f.values) == 0:
			s.blank = append(s.blank, f.number)
		}
		for _, v := range f.values {
			s.add(v, x.opts.inputs.Primary)
		}
	}
	return s
}

func (s *sums) add(v *value, primary bool) {
	if v.Value.Class() == coding.ClassMissing {
		reason := missingReason(v)
		if s.missing[reason] == nil {
			s.reasons = append(s.reasons, reason)
		}
		s.missing[reason] = append(s.missing[reason], v.column)
	}
	if v.countedAs != nil || v.Value.Class() != coding.ClassCode {
		return
	}
	if n := v.Value.Cut(); n > 0 {
		s.truncated[n] = append(s.truncated[n], v.column)
	}
	if primary && v.Position != 1 {
		s.passed = append(s.passed, v.Value.Code().String())
	}
}

// missingReason returns the text of a missing value, and the reason that it is missing.
func missingReason(v *value) string {
	reason := v.Value.Missing().String()
	if v.Value.IsMalformed() {
		reason += "; no code, taken for " + v.Value.Code().String()
	}
	return fmt.Sprintf("%s (%s)", shown(v.text), reason)
}

// whyUnread returns why a column is not read.
func (x *input) whyUnread(f hesop.CodeField) string {
	choice := x.opts.inputs.Fields
	if choice != "all" && (f.Form == hesop.Concatenated) != (choice == "concat") {
		return "not selected by -fields " + choice
	}
	return fmt.Sprintf("%d characters, and finer fields are read", f.Width)
}

// write writes the sums, with labels padded to width.
func (s *sums) write(x *input, width int) {
	c := &x.columns
	say := func(label, text string) { x.page.item(width, label, text) }
	for _, n := range []int{3, 4} {
		if s.truncated[n] != nil {
			say("truncated?", fmt.Sprintf("%s, at %d characters", c.all(s.truncated[n]), n))
		}
	}
	if s.passed != nil {
		say("passed over", strings.Join(s.passed, ", ")+": not in the first position (-primary)")
	}
	if s.reasons != nil {
		var texts []string
		for _, reason := range s.reasons {
			texts = append(texts, c.all(s.missing[reason])+" "+reason)
		}
		say("missing", strings.Join(texts, "; "))
	}
	for _, why := range s.whys {
		say("not read", strings.Join(s.unread[why], ", ")+": "+why)
	}
	if s.blank != nil {
		say("blank", c.all(s.blank)+" (white space)")
	}
	if s.empty > 0 {
		say("empty", program.Count(s.empty, "code field"))
	}
}
