package explain

import (
	"fmt"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// answer explains the answer of one list for one appointment.
type answer struct {
	*input

	list     *codelist.List
	codes    *hesop.Codes
	counted  map[valueKey]*value
	hasItems bool // whether any item was written

	hasLongRaw bool // a raw value of the appointment has more than four characters
}

// write writes the answer of list i. For each value it names the entry that decided the value, or says why no entry
// did.
func (a *answer) write(res *match.Result, i int, hits []match.Hit) {
	status := res.Status(i)
	a.page.WriteString("\n")
	a.page.row(nil, fmt.Sprintf("%s: %v (%s)", program.Plain(program.CutRaw(a.list.Name())), status,
		program.Plain(a.list.Report().File)))
	for _, hit := range hits {
		if hit.List != i {
			continue
		}
		text := a.valueOf(hit.Slot) + ": " + a.entry(hit.Entry, hit.Slot.Value)
		if hit.Slot.Value.Class() == coding.ClassMissing {
			text += "; it stands for a missing value"
		}
		a.say("matched", text)
	}
	var none []string
	for _, s := range a.codes.Slots() {
		if s.Value.Code().IsValid() && !a.explain(s) {
			none = append(none, a.valueOf(s))
		}
	}
	if none != nil {
		a.say("no entry", strings.Join(none, ", "))
	}
	for _, sys := range coding.Systems() {
		switch {
		case status != match.Unknown || !a.list.Includes(sys) || res.Coded(sys):
		case a.columns.reads(sys):
			a.say("not coded", fmt.Sprintf("no field holds an %v code, and the list has %v entries", sys, sys))
		default:
			a.say("not coded", fmt.Sprintf("no %v field is read, and the list has %v entries", sys, sys))
		}
	}
	if !a.hasItems {
		a.say("no entry", "no value compared with the list is a code")
	}
}

func (a *answer) say(label, text string) {
	a.page.item(labelWidth, label, text)
	a.hasItems = true
}

// explain writes why a value with a code is not a hit. If the reason is that no entry covers the code or its undivided
// category, explain writes nothing and returns false.
func (a *answer) explain(s hesop.Slot) bool {
	d := a.list.Decide(s.Value)
	if a.opts.inputs.Primary && s.Position != 1 {
		if d.Covered {
			a.say("passed over", fmt.Sprintf("%s, by -primary: %s would cover it", a.valueOf(s),
				a.entry(d.Entry, s.Value)))
		}
		return true
	}
	if d.Excluded {
		a.say("excluded", fmt.Sprintf("%s: %s", a.valueOf(s), a.entry(d.Entry, s.Value)))
	}
	if d.Undecided {
		a.say("undecided", fmt.Sprintf("%s may have been truncated at %d characters: %s", a.valueOf(s), s.Value.Cut(),
			a.finer(s.Value, d)))
	}
	a.explainWidth(s, d)
	if d.Covered || d.Excluded || d.Undecided || s.Value.Class() == coding.ClassMissing || !a.has(s.Value.System()) {
		return true
	}
	near, is := a.nearMiss(s.Value)
	if is {
		a.say("taken alone", a.valueOf(s)+": "+near)
	}
	return is
}

// explainWidth writes which entries could decide a raw value if raw columns truncate codes at four characters. Whether
// they do is known before the end of the data only from -raw-width, or from a raw value of the appointment with more
// than four characters; then explainWidth writes nothing.
func (a *answer) explainWidth(s hesop.Slot, d codelist.Decision) {
	if s.Form != hesop.Raw || a.opts.inputs.RawWidth != 0 || a.hasLongRaw {
		return
	}
	v := coding.ReadValue(s.Value.System(), a.codes.Text(s), 4)
	if cut := a.list.Decide(v); cut.Undecided && !d.Undecided {
		a.say("raw width", fmt.Sprintf("%s, if raw columns hold 4 characters (-raw-width 4): %s", a.valueOf(s),
			a.finer(v, cut)))
	}
}

// has reports whether the list has an entry of a system.
func (a *answer) has(sys coding.System) bool {
	for _, e := range a.list.All() {
		if e.Prefix.System() == sys {
			return true
		}
	}
	return false
}

// valueOf returns the code of a value with the name of its field.
func (a *answer) valueOf(s hesop.Slot) string {
	v := a.counted[valueKey{a.columns.number[a.codes.Column(s)], s.Position}]
	text := fmt.Sprintf("%v in %s", s.Value.Code(), a.columns.names[v.column])
	if s.Form == hesop.Concatenated {
		text += fmt.Sprintf(" at %d", s.Position)
	}
	return text
}

// entry describes entry i: the text that the researcher wrote, the code that it is read as, and the location and term
// of the entry.
func (a *answer) entry(i int, v coding.Value) string {
	e := a.list.Entry(i)
	text := "entry "
	if e.Exclude {
		text = "exclusion "
	}
	text += shown(e.Raw)
	if tidy(e.Raw) != e.Prefix.String() {
		text += ", here " + e.Prefix.String()
	}
	if v.Code().IsValid() && e.Coverage == codelist.Descendants && e.Prefix.Len() < len(v.Code().String()) {
		text += " and all below it"
	}
	return text + " (" + location(e) + ")"
}

// location returns where an entry is in its file (line, or sheet and row), and the term of the entry.
func location(e codelist.Entry) string {
	text := fmt.Sprintf("line %d", e.Pos.Line)
	if e.Pos.Sheet != "" {
		text = fmt.Sprintf(`sheet "%s", row %d`, program.Plain(e.Pos.Sheet), e.Pos.Line)
	}
	if e.Term != "" {
		text += fmt.Sprintf(`, "%s"`, program.Plain(program.CutRaw(e.Term)))
	}
	return text
}

// entriesShown is the maximum number of entries, or of codes, that a sentence names.
const entriesShown = 3

// finer names the entries that could decide a truncated value.
func (a *answer) finer(v coding.Value, d codelist.Decision) string {
	start := v.Code().Prefix(v.Cut())
	var names []string
	for i, e := range a.list.NeedFiner(v.System(), v.Cut()) {
		if start.Contains(e.Prefix) {
			names = append(names, a.entry(i, coding.Value(0)))
		}
	}
	more := ""
	if n := len(names) - entriesShown; n > 0 {
		names, more = names[:entriesShown], fmt.Sprintf(" and %d more", n)
	}
	text := strings.Join(names, ", ") + more + " could decide"
	if !d.Open {
		text += ", but only against a match"
	}
	return text
}

// nearMiss describes the entry that covers only the undivided category of a value, if there is one.
func (a *answer) nearMiss(v coding.Value) (text string, is bool) {
	category := v.Code().Prefix(3)
	for i, e := range a.list.All() {
		if e.Exclude || e.Coverage != codelist.Exact || e.Prefix.First(3) != category {
			continue
		}
		text = a.entry(i, v) + " covers the undivided category alone"
		if e.Prefix.Len() > 3 {
			return text + fmt.Sprintf("; %v%% would cover all below it", category), true
		}
		return text + a.whyAlone(i) + "; -descendants always would cover all below it", true
	}
	return "", false
}

// whyAlone states why the policy made a bare category exact.
func (a *answer) whyAlone(entry int) string {
	report := a.list.Report()
	if report.Policy != codelist.Auto {
		return fmt.Sprintf(" by -descendants %v", report.Policy)
	}
	for f := range report.Families() {
		if f.Entry != entry {
			continue
		}
		var names []string
		for _, p := range f.Children[:min(entriesShown, len(f.Children))] {
			names = append(names, p.String())
		}
		if len(f.Children) > len(names) {
			names = append(names, "and more")
		}
		return fmt.Sprintf(", because the list names codes below it (%s)", strings.Join(names, ", "))
	}
	return ""
}
