package lint

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// text writes what was found for people: the worst file first, in each the worst
// finding first, and with each what to do about it.
type text struct {
	opts   *options
	ref    *codelist.Reference
	colour bool
	b      strings.Builder
}

// How many rows of one kind are shown one by one.
const rowsShown = 10

// Colours of a terminal.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	green  = "\x1b[32m"
	bold   = "\x1b[1m"
	plain  = "\x1b[0m"
)

// paint colours words, on a terminal.
func (t *text) paint(colour, words string) string {
	if !t.colour {
		return words
	}
	return colour + words + plain
}

func (t *text) line(format string, args ...any) { fmt.Fprintf(&t.b, format+"\n", args...) }

func (t *text) write(w io.Writer, files []checked) error {
	order := make([]*checked, len(files))
	for i := range files {
		order[i] = &files[i]
	}
	slices.SortStableFunc(order, func(a, b *checked) int { return cmp.Compare(t.severity(b), t.severity(a)) })
	unfit := 0
	for _, c := range order {
		if c.failed(t.opts.lists.Lenient) {
			unfit++
		}
		t.file(c)
	}
	if len(files) > 1 {
		t.line("%s, of them %d that cannot be used as they are", program.Count(len(files), "file"), unfit)
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

// severity orders files: those refused, those with rejected rows, those with
// something to decide, the others.
func (t *text) severity(c *checked) int {
	switch {
	case c.err != nil:
		return 3
	case !c.fit(false):
		return 2
	case len(passedOver(c.about())) > 0, len(c.notices(codelist.LevelWarning)) > 0,
		slices.ContainsFunc(c.lists(), func(l reviewed) bool { return l.undecided() }):
		return 1
	default:
		return 0
	}
}

// reviewed is a list with what the reference says of it.
type reviewed struct {
	*codelist.List
	codelist.Review
}

func (c *checked) lists() []reviewed {
	all := make([]reviewed, len(c.Lists))
	for i, l := range c.Lists {
		all[i] = reviewed{l, c.reviews[i]}
	}
	return all
}

// undecided reports whether a person has something to look at in a list.
func (l reviewed) undecided() bool {
	for range l.Report().Families() {
		return true
	}
	return len(l.Unknown) > 0 || len(l.Unchecked) > 0
}

// file writes what was found in one file.
func (t *text) file(c *checked) {
	name := t.paint(bold, c.Path)
	if c.err != nil {
		t.line("%s: %s\n  error: %v\n", name, t.paint(red, "refused"), program.Plain(c.err.Error()))
		return
	}
	verdict := t.paint(green, "can be used")
	switch {
	case c.failed(t.opts.lists.Lenient):
		verdict = t.paint(red, "cannot be used as it is")
	case !c.fit(t.opts.lists.Lenient):
		verdict = t.paint(red, "can be read, but matches nothing")
	case t.severity(c) > 0:
		verdict = t.paint(yellow, "can be used; please look")
	}
	t.line("%s: %s", name, verdict)
	for _, l := range c.lists() {
		if l.Len() == 0 {
			t.line("  %s", t.paint(red, fmt.Sprintf("error: %q: no entry is left", l.Name())))
			t.empty(l)
		}
		t.rejected(l)
	}
	if len(c.Lists) == 0 {
		t.line("  %s", t.paint(red, "error: no entry is left"))
	}
	t.warnings(c)
	t.notes(c)
	t.line("  for a protocol:")
	for _, l := range c.lists() {
		t.b.WriteString(indent(program.FlagText(l.Summary(0), c.Path, l.Name())))
		t.standings(l)
	}
	if n := c.Rest.Rows(); n > 0 {
		t.line("  %s in groups that made no list, being of other coding systems or without a code",
			program.Count(n, "row"))
	}
	t.line("")
}

// warnings writes what was used and is probably not what was meant.
func (t *text) warnings(c *checked) {
	for _, n := range c.notices(codelist.LevelWarning) {
		t.line("  %s", t.paint(yellow, program.Plain(n.String())))
	}
	for _, l := range c.lists() {
		t.unknown(l)
	}
}

// notes writes what is worth knowing.
func (t *text) notes(c *checked) {
	for _, n := range c.notices(codelist.LevelNote) {
		t.line("  %s", program.Plain(n.String()))
	}
	for _, s := range passedOver(c.about()) {
		t.line("  %s %s", t.paint(yellow,
			fmt.Sprintf("note: sheet %q passed over, %s:", s.Name, program.Count(s.Rows, "row"))),
			program.FlagText(s.PassedOver))
	}
	for _, l := range c.lists() {
		t.families(l)
	}
	var unused []string
	for _, u := range c.about().Unused {
		unused = append(unused, program.Plain(u.String()))
	}
	if len(unused) > 0 {
		t.line("  note: columns not used: %s", strings.Join(unused, ", "))
	}
}

// rejected writes the rejected rows of a list, reason by reason.
func (t *text) rejected(l reviewed) {
	for reason, rows := range l.Report().Reasons(codelist.Rejected) {
		t.line("  %s %s", t.paint(red, "error: rejected, "+program.Count(rows, "row")+":"), reason)
		shown := 0
		advice := ""
		for out := range l.Report().Outcomes() {
			if out.Verdict != codelist.Rejected || out.Reason != reason {
				continue
			}
			advice = program.FlagText(out.Advice())
			if shown == rowsShown {
				t.line("    and %d more", rows-shown)
				break
			}
			t.line("    %v: %.60q", out.Pos, out.Raw)
			shown++
		}
		t.todo(advice)
	}
}

// empty writes what to do about a list without an entry, unless its rejected rows say so.
func (t *text) empty(l reviewed) {
	switch r := l.Report(); {
	case r.Rows() == 0:
		t.todo("nothing stands below the header; look whether the file was saved whole")
	case r.Count(codelist.Rejected) == 0:
		t.todo("the rows are of another coding system or have no code; check -icd10, -opcs4 and -code-column")
	}
}

// todo writes what to do about something.
func (t *text) todo(advice string) { t.line("    → %s", advice) }

// unknown writes the entries that are not in the reference.
func (t *text) unknown(l reviewed) {
	for _, sys := range l.Unchecked {
		t.line("  %s", t.paint(yellow,
			fmt.Sprintf("warning: entries of %v are not checked: the reference has no code of it", sys)))
	}
	if len(l.Unknown) == 0 {
		return
	}
	t.line("  %s", t.paint(yellow, "warning: not in the reference: "+program.Count(len(l.Unknown), "entry")))
	for i, u := range l.Unknown {
		if i == rowsShown {
			t.line("    and %d more", len(l.Unknown)-i)
			break
		}
		e := l.Entry(u.Entry)
		t.line("    %v: %v: %s", e.Pos, e.Prefix, u.Why)
	}
	t.todo("look for typing errors, and for the edition that the reference and the list belong to")
}

// families writes the categories that the policy decided.
func (t *text) families(l reviewed) {
	all := slices.Collect(l.Report().Families())
	if len(all) == 0 {
		return
	}
	policy := l.Report().Policy
	t.line("  %s", t.paint(yellow,
		fmt.Sprintf("note: decided by -descendants %v: %s", policy, program.Count(len(all), "category"))))
	for i, f := range all {
		if i == rowsShown {
			t.line("    and %d more", len(all)-i)
			break
		}
		e := l.Entry(f.Entry)
		reach := "is taken with all below it"
		if f.Coverage == codelist.Exact {
			reach = "is taken alone"
		}
		line := fmt.Sprintf("    %v: %v %s", e.Pos, e.Prefix, reach)
		if len(f.Children) > 0 {
			line += "; listed of it: " + join(f.Children)
		}
		if left := t.left(l, e.Prefix); left != "" {
			line += "; in the reference also: " + left
		}
		t.line("%s", line)
	}
	switch policy {
	case codelist.Auto:
		t.todo("if a whole category is meant, write it with a wildcard (F32%); " +
			"-descendants always takes all of them so")
	case codelist.Always:
		t.todo("if only the listed codes are meant, take the category out, or use -descendants auto")
	case codelist.Never:
		t.todo("if a whole category is meant, write it with a wildcard (F32%), or use -descendants auto")
	}
}

// left are the codes of a category in the reference that the list does not name, with
// their terms.
func (t *text) left(l reviewed, category coding.Prefix) string {
	var words []string
	for _, f := range l.Families {
		if f.Category != category {
			continue
		}
		for _, code := range f.Left {
			word := code.String()
			if term := t.ref.Term(code); term != "" {
				word += fmt.Sprintf(" %.60q", term)
			}
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// standings writes how much of the categories a list names.
func (t *text) standings(l reviewed) {
	if t.ref == nil {
		return
	}
	count := make(map[codelist.Standing]int)
	for _, f := range l.Families {
		count[f.Standing]++
	}
	t.line("    categories in the reference: %d undivided, %d with all codes named, %d with some, %d with none",
		count[codelist.FamilyUndivided], count[codelist.FamilyComplete], count[codelist.FamilyPartial],
		count[codelist.FamilyNone])
}

// indent sets lines two spaces in.
func indent(lines string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", "\n  ") + "\n"
}
