package lint

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// finding is a finding in a file, with its level. Every output format is made from findings.
type finding struct {
	level  codelist.Level
	kind   string // what was found, in the same words for every file, such as "rejected"
	reason string // why it was found; "" if the kind says why
	head   string // the start of the sentence
	rest   string // the end of the sentence, never coloured
	calm   bool   // whether the head is left uncoloured too
	rows   []found
	count  int // number of rows, entries or categories, whichever the head names
	line   int // line of a finding without rows, 0 for the whole file
	advice string
}

// found is a row of a finding.
type found struct {
	pos  codelist.Position
	says string
}

// sentence returns a finding without its rows and advice.
func (f *finding) sentence() string { return strings.TrimSpace(f.head + " " + f.rest) }

// first returns the line, or the row of a sheet, where a finding begins.
func (f *finding) first() int {
	if len(f.rows) > 0 {
		return max(1, f.rows[0].pos.Line)
	}
	return max(1, f.line)
}

// shown returns a line for each of the first rows of a finding, and a line that counts the other rows.
func (f *finding) shown() []string {
	var lines []string
	for i, row := range f.rows {
		if i == rowsShown {
			return append(lines, fmt.Sprintf("and %d more", f.count-i))
		}
		lines = append(lines, fmt.Sprintf("%v: %s", row.pos, row.says))
	}
	return lines
}

// findings returns the findings of a file: errors first, then warnings, then notes.
func (c *checked) findings(ref *codelist.Reference) []finding {
	if c.err != nil {
		return []finding{c.refused()}
	}
	var all []finding
	for _, l := range c.lists() {
		if l.Len() == 0 {
			all = append(all, l.empty())
		}
		all = append(all, l.rejected()...)
	}
	if len(c.Lists) == 0 {
		all = append(all, finding{level: codelist.LevelError, kind: kindEmpty, head: "no entry is left"})
	}
	for _, n := range c.notices(codelist.LevelWarning) {
		all = append(all, c.notice(n, kindWarning))
	}
	for _, l := range c.lists() {
		all = append(all, l.unknown()...)
	}
	for _, n := range c.notices(codelist.LevelNote) {
		all = append(all, c.notice(n, kindNote))
	}
	for _, s := range passedOver(c.about()) {
		all = append(all, finding{
			level: codelist.LevelNote, kind: kindSheet, rest: program.FlagText(s.PassedOver),
			head: fmt.Sprintf("sheet %q passed over, %s:", s.Name, program.Count(s.Rows, "row")),
		})
	}
	for _, l := range c.lists() {
		all = append(all, l.decided(ref)...)
	}
	var unused []string
	for _, u := range c.about().Unused {
		unused = append(unused, program.Plain(u.String()))
	}
	if len(unused) > 0 {
		all = append(all, finding{
			level: codelist.LevelNote, kind: kindUnused, calm: true,
			head: "columns not used: " + strings.Join(unused, ", "),
		})
	}
	return all
}

// refused returns the finding for a file that was refused.
func (c *checked) refused() finding {
	f := finding{level: codelist.LevelError, kind: kindRefused, head: program.Plain(c.err.Error()), calm: true}
	if e, ok := errors.AsType[*codelist.FileError](c.err); ok {
		f.line = e.Line
	}
	for _, kind := range []error{
		codelist.ErrNoCodeColumn, codelist.ErrCodeColumns, codelist.ErrNoColumn, codelist.ErrPeople,
		codelist.ErrNoSheet, codelist.ErrNoSystem, codelist.ErrOtherSystem, codelist.ErrUnusedSigns,
		codelist.ErrRemovals, codelist.ErrNoEntry, codelist.ErrText, codelist.ErrLimit, codelist.ErrOption,
	} {
		if errors.Is(c.err, kind) {
			f.reason = kind.Error()
		}
	}
	return f
}

// named returns the sentence of a finding. It puts the name of the file first, unless the sentence contains the name.
func (c *checked) named(f *finding) string {
	switch f.kind {
	case kindRefused, kindWarning, kindNote, kindUnsigned: // these sentences contain the name of the file
		return f.sentence()
	default:
		return program.Plain(c.Path) + ": " + f.sentence()
	}
}

// unsigned returns the note that a file lacks the column of -exclude-column. In the text format this note is only on
// standard error.
func (c *checked) unsigned() []finding {
	if c.Unsigned == "" || c.err != nil {
		return nil
	}
	return []finding{{level: codelist.LevelNote, kind: kindUnsigned, head: c.Unsigned}}
}

// noticeLine matches the line number that follows the name of the file in a notice.
var noticeLine = regexp.MustCompile(`^(?:: line |: sheet "(?:[^"\\]|\\.)*", row |:)([0-9]+): `)

// notice returns the finding for a notice.
func (c *checked) notice(n codelist.Notice, kind string) finding {
	f := finding{
		level: n.Level, kind: kind, head: program.Plain(n.Text), calm: n.Level == codelist.LevelNote,
	}
	if behind, ok := strings.CutPrefix(n.Text, c.Path); ok {
		if m := noticeLine.FindStringSubmatch(behind); m != nil {
			f.line, _ = strconv.Atoi(m[1]) // 0 if the number is too long
		}
	}
	return f
}

// rejected returns the rejected rows of a list, by reason.
func (l reviewed) rejected() []finding {
	var all []finding
	for reason, rows := range l.Report().Reasons(codelist.Rejected) {
		f := finding{
			level: codelist.LevelError, kind: kindRejected, reason: reason, count: rows,
			head: "rejected, " + program.Count(rows, "row") + ":", rest: reason,
		}
		for out := range l.Report().Outcomes() {
			if out.Verdict == codelist.Rejected && out.Reason == reason {
				f.rows = append(f.rows, found{out.Pos, fmt.Sprintf("%.60q", out.Raw)})
				f.advice = program.FlagText(out.Advice())
			}
		}
		all = append(all, f)
	}
	return all
}

// empty returns the finding for a list without entries. The finding has advice, unless findings of rejected rows
// already give advice.
func (l reviewed) empty() finding {
	f := finding{
		level: codelist.LevelError, kind: kindEmpty, head: fmt.Sprintf("%q: no entry is left", l.Name()),
	}
	switch r := l.Report(); {
	case r.Rows() == 0:
		f.advice = "there is nothing below the header; check that the whole file was saved"
	case r.Count(codelist.Rejected) == 0:
		f.advice = "the rows belong to another coding system or have no code; check -icd10, -opcs4 and -code-column"
	}
	return f
}

// unknown returns the findings about entries that are not in the reference, or that the reference cannot check.
func (l reviewed) unknown() []finding {
	var all []finding
	for _, sys := range l.Unchecked {
		all = append(all, finding{
			level: codelist.LevelWarning, kind: kindUnchecked,
			head: fmt.Sprintf("entries of %[1]v are not checked: the reference has no %[1]v code", sys),
		})
	}
	if len(l.Unknown) == 0 {
		return all
	}
	f := finding{
		level: codelist.LevelWarning, kind: kindUnknown, count: len(l.Unknown),
		head:   "not in the reference: " + program.Count(len(l.Unknown), "entry"),
		advice: "look for typing errors, and check whether the reference and the list belong to the same edition",
	}
	for _, u := range l.Unknown {
		e := l.Entry(u.Entry)
		f.rows = append(f.rows, found{e.Pos, fmt.Sprintf("%v: %s", e.Prefix, u.Why)})
	}
	return append(all, f)
}

// decided returns the finding about the categories that the policy decided.
func (l reviewed) decided(ref *codelist.Reference) []finding {
	all := slices.Collect(l.Report().Families())
	if len(all) == 0 {
		return nil
	}
	policy := l.Report().Policy
	f := finding{
		level: codelist.LevelNote, kind: kindDecided, count: len(all),
		head: fmt.Sprintf("decided by -descendants %v: %s", policy, program.Count(len(all), "category")),
	}
	for _, family := range all {
		e := l.Entry(family.Entry)
		says := fmt.Sprintf("%v covers all its codes", e.Prefix)
		if family.Coverage == codelist.Exact {
			says = fmt.Sprintf("%v covers only itself", e.Prefix)
		}
		if len(family.Children) > 0 {
			says += "; also listed: " + join(family.Children)
		}
		if left := l.left(ref, e.Prefix); left != "" {
			says += "; in the reference also: " + left
		}
		f.rows = append(f.rows, found{e.Pos, says})
	}
	switch policy {
	case codelist.Auto:
		f.advice = "if a whole category is meant, write it with a wildcard (F32%), " +
			"or use -descendants always for all of them"
	case codelist.Always:
		f.advice = "if only the listed codes are meant, take the category out, or use -descendants auto"
	case codelist.Never:
		f.advice = "if a whole category is meant, write it with a wildcard (F32%), or use -descendants auto"
	}
	return []finding{f}
}

// left returns the codes of a category that the reference has and the list does not name, with their terms.
func (l reviewed) left(ref *codelist.Reference, category coding.Prefix) string {
	var words []string
	for _, f := range l.Families {
		if f.Category != category {
			continue
		}
		for _, code := range f.Left {
			word := code.String()
			if term := ref.Term(code); term != "" {
				word += fmt.Sprintf(" %.60q", term)
			}
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}
