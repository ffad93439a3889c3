package lint

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// text writes the report for people. The worst file comes first, and in each file the worst finding. Below each finding
// is the advice for it.
type text struct {
	opts   *options
	ref    *codelist.Reference
	colour bool
	b      strings.Builder
}

// rowsShown is the maximum number of rows of a finding that are shown one by one.
const rowsShown = 10

// Colours of a terminal.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	green  = "\x1b[32m"
	bold   = "\x1b[1m"
	plain  = "\x1b[0m"
)

// paint colours words if the output is coloured.
func (t *text) paint(colour, words string) string {
	if !t.colour {
		return words
	}
	return colour + words + plain
}

func (t *text) line(format string, args ...any) { fmt.Fprintf(&t.b, format+"\n", args...) }

func (t *text) write(w io.Writer, files []checked) error {
	unfit := 0
	for _, c := range bySeverity(files) {
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

// bySeverity returns the files, the worst first.
func bySeverity(files []checked) []*checked {
	order := make([]*checked, len(files))
	for i := range files {
		order[i] = &files[i]
	}
	slices.SortStableFunc(order, func(a, b *checked) int { return cmp.Compare(b.severity(), a.severity()) })
	return order
}

// severity orders files: 3 if refused, 2 if a list cannot be used as it is, 1 if there is something to look at,
// otherwise 0.
func (c *checked) severity() int {
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

// reviewed is a list, and the result of comparing it with the reference.
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

// undecided reports whether a list has something that a person should look at.
func (l reviewed) undecided() bool {
	for range l.Report().Families() {
		return true
	}
	return len(l.Unknown) > 0 || len(l.Unchecked) > 0
}

// file writes what was found in one file.
func (t *text) file(c *checked) {
	name := t.paint(bold, program.Plain(c.Path))
	if c.err != nil {
		t.line("%s: %s\n  error: %s\n", name, t.paint(red, "refused"), c.refused().head)
		return
	}
	verdict := t.paint(green, "can be used")
	switch {
	case c.failed(t.opts.lists.Lenient):
		verdict = t.paint(red, "cannot be used as it is")
	case !c.fit(t.opts.lists.Lenient):
		verdict = t.paint(red, "can be read, but matches nothing")
	case c.severity() > 0:
		verdict = t.paint(yellow, "can be used; please look")
	}
	t.line("%s: %s", name, verdict)
	for _, f := range c.findings(t.ref) {
		t.finding(&f)
	}
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

// finding writes a finding: its first rows, and what to do about it.
func (t *text) finding(f *finding) {
	head := f.level.String() + ": " + f.head
	if !f.calm {
		colour := yellow
		if f.level == codelist.LevelError {
			colour = red
		}
		head = t.paint(colour, head)
	}
	if f.rest != "" {
		head += " " + f.rest
	}
	t.line("  %s", head)
	for _, row := range f.shown() {
		t.line("    %s", row)
	}
	if f.advice != "" {
		t.line("    → %s", f.advice)
	}
}

// standings writes how many categories the list names completely, partly or not at all.
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

// indent indents lines by two spaces.
func indent(lines string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", "\n  ") + "\n"
}
