package codelist

import (
	"fmt"
	"strconv"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/plural"
)

// Summary describes the list for people, in lines suitable for a protocol. It gives the file, what became of the rows
// and why, and every category whose coverage the policy decided, with the codes that the list names in it. It shows at
// most the given number of reasons for each verdict, the same number of categories, and twice as many codes of each
// category. The number of the others, or "…", follows. An argument of 0 sets no limit.
func (l *List) Summary(most int) string {
	s := summary{most: most}
	r := l.report
	s.line("%s: %s from %s of %s", printable(l.name), l.counted(), count(r.Rows(), "row"), printable(r.File))
	for _, v := range []Verdict{Accepted, Repaired, Duplicate, Ignored, Rejected} {
		s.verdict(r, v)
	}
	s.families(l)
	s.missing(l)
	s.file(r)
	s.line("  fingerprint: %s", l.Fingerprint())
	return s.b.String()
}

type summary struct {
	b    strings.Builder
	most int
}

func (s *summary) line(format string, args ...any) { fmt.Fprintf(&s.b, format+"\n", args...) }

// counted returns how many entries the list has, by system and sign.
func (l *List) counted() string {
	var words []string
	excluded := 0
	for _, sys := range coding.Systems() {
		n := 0
		for i := range l.entries {
			if l.entries[i].prefix.System() == sys {
				n++
				if l.entries[i].exclude {
					excluded++
				}
			}
		}
		switch {
		case n > 0 && n == len(l.entries):
			words = append(words, sys.String())
		case n > 0:
			words = append(words, fmt.Sprintf("%d of %v", n, sys))
		}
	}
	if excluded > 0 {
		words = append(words, count(excluded, "exclusion"))
	}
	text := count(len(l.entries), "entry")
	if len(words) > 0 {
		text += " (" + strings.Join(words, ", ") + ")"
	}
	return text
}

// verdict writes how many rows have a verdict, and for which reasons.
func (s *summary) verdict(r Report, v Verdict) {
	n := r.Count(v)
	if n == 0 {
		return
	}
	line := fmt.Sprintf("  %v: %s", v, count(n, "row"))
	switch v {
	case Repaired, Ignored:
		s.line("%s: %s", line, strings.Join(s.reasons(r, v), "; "))
	case Rejected:
		s.line("%s", line)
		for _, reason := range s.reasons(r, v) {
			s.line("    %s", reason)
		}
	case Accepted, Duplicate:
		s.line("%s", line)
	}
}

// reasons returns the reasons for a verdict with their numbers of rows and, for rejected rows, the location of the
// first.
func (s *summary) reasons(r Report, v Verdict) []string {
	first := make(map[string]Position)
	if v == Rejected {
		for out := range r.Outcomes() {
			if _, seen := first[out.Reason]; !seen && out.Verdict == Rejected {
				first[out.Reason] = out.Pos
			}
		}
	}
	var words []string
	for reason, rows := range r.Reasons(v) {
		if s.most > 0 && len(words) == s.most {
			return append(words, "…")
		}
		number := strconv.Itoa(rows)
		if pos, ok := first[reason]; ok {
			number += ", first at " + pos.row()
		}
		words = append(words, fmt.Sprintf("%s (%s)", reason, number))
	}
	return words
}

// families writes the categories that the policy decided.
func (s *summary) families(l *List) {
	families := l.report.families
	if len(families) == 0 {
		return
	}
	s.line("  decided by policy %v: %s", l.report.Policy, count(len(families), "category"))
	for i, f := range families {
		if s.most > 0 && i == s.most {
			s.line("    and %d more", len(families)-i)
			break
		}
		s.line("    %s", l.family(f, s.most))
	}
}

// family describes what the policy decided for a category, and which of its codes the list names.
func (l *List) family(f Family, most int) string {
	e := l.Entry(f.Entry)
	reach := "covers all of its codes"
	if f.Coverage == Exact {
		reach = fmt.Sprintf("covers itself alone (%sX)", e.Prefix)
	}
	text := fmt.Sprintf("%s of %s %s", e.Prefix, e.Pos.row(), reach)
	if len(f.Children) == 0 {
		return text
	}
	children := f.Children
	if most > 0 {
		children = children[:min(2*most, len(children))]
	}
	words := make([]string, len(children))
	for i, p := range children {
		words[i] = p.String()
	}
	text += "; also listed: " + strings.Join(words, ", ")
	if more := len(f.Children) - len(children); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// missing writes the entries that stand for missing values.
func (s *summary) missing(l *List) {
	var words []string
	for _, e := range l.ListsMissing() {
		words = append(words, e.Prefix.String())
	}
	if n := len(words); n > 0 {
		if s.most > 0 && n > 2*s.most {
			words = append(words[:2*s.most], fmt.Sprintf("and %d more", n-2*s.most))
		}
		s.line("  stands for missing values, so a match means an unknown code, not a condition: %s",
			strings.Join(words, ", "))
	}
}

// file writes the facts about the file: sheets, comments, encoding and hash.
func (s *summary) file(r Report) {
	for _, sheet := range r.Sheets {
		hidden := ""
		if sheet.Hidden {
			hidden = "hidden "
		}
		switch {
		case sheet.PassedOver != "":
			s.line("  %ssheet %q passed over (%s): %s", hidden, sheet.Name, count(sheet.Rows, "row"), sheet.PassedOver)
		case hidden != "":
			s.line("  %ssheet %q was read", hidden, sheet.Name)
		}
	}
	if r.Comments > 0 {
		s.line("  comment lines skipped: %d", r.Comments)
	}
	if r.Encoding == "Windows-1252" || r.Encoding == "UTF-16" {
		s.line("  read as %s", r.Encoding)
	}
	s.line("  file: SHA-256 %x", r.SHA256)
}

// count returns a number with its noun.
func count(n int, noun string) string { return plural.Count(n, noun) }
