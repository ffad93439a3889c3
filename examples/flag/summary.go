package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"hesopmatch/codelist"
)

// limits of what the summary lists; it says how much it leaves out.
const (
	commonestShown = 5
	entriesShown   = 8
	familiesShown  = 5
)

// releaseNote is the last line of the summary.
const releaseNote = "Rows, hits, the manifest and these counts are not fit to leave the environment; cohort -disclosure makes tables that are."

// writeSummary writes what was found, and what to know of it, for people.
func (f *flagging) writeSummary(w io.Writer) error {
	var b strings.Builder
	t := f.totals
	fmt.Fprintf(&b, "rows: %d, of them coded: %d\n", f.rows, t.Coded)
	for i, in := range f.inputs {
		if i == 0 || in.fields != f.inputs[i-1].fields {
			fmt.Fprintf(&b, "code fields read in %s: %s\n", in.name(), in.fields)
		}
	}
	for _, in := range f.inputs {
		if in.blank > 0 {
			fmt.Fprintf(&b, "blank lines in %s: %d\n", in.name(), in.blank)
		}
		if in.skipped.count > 0 {
			fmt.Fprintf(&b, "skipped rows in %s: %d\n", in.name(), in.skipped.count)
			for _, text := range in.skipped.first {
				fmt.Fprintf(&b, "  %s\n", text)
			}
			if more := in.skipped.count - int64(len(in.skipped.first)); more > 0 {
				fmt.Fprintf(&b, "  and %d more\n", more)
			}
		}
	}
	f.summariseLists(&b)
	fmt.Fprintf(&b, "codes in one of the positional and concatenated fields only: %d (disagreements)\n", t.Disagreements)
	fmt.Fprintf(&b, "unrecognised values: %d%s\n", t.Unrecognised, f.unrecognisedShown())
	for i, l := range f.lists {
		f.summariseEntries(&b, i, l)
		f.summariseReport(&b, l)
	}
	b.WriteString(releaseNote + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *flagging) summariseLists(b *strings.Builder) {
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "match\tno match\tunknown\tundecided\t  list")
	for i, l := range f.lists {
		c := f.totals.Counts(i)
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t  %s\n", c.Match, c.NoMatch, c.Unknown, c.Undecided, l.Name())
	}
	_ = table.Flush() // into memory
}

func (f *flagging) unrecognisedShown() string {
	var b strings.Builder
	shown := int64(0)
	for i, value := range f.findings.commonest(commonestShown) {
		separator := ", "
		if i == 0 {
			separator = ": "
		}
		n := f.findings.unrecognised[value]
		shown += n
		fmt.Fprintf(&b, "%s%q %d", separator, value, n)
	}
	if rest := f.totals.Unrecognised - shown; rest > 0 && shown > 0 {
		fmt.Fprintf(&b, ", others %d", rest)
	}
	return b.String()
}

func (f *flagging) summariseEntries(b *strings.Builder, i int, l *codelist.List) {
	unmatched := f.findings.unmatched(i)
	if len(unmatched) > 0 {
		inclusions := 0
		for _, e := range l.All() {
			if !e.Exclude {
				inclusions++
			}
		}
		fmt.Fprintf(b, "%s: %d of %s never matched: %s\n", l.Name(), len(unmatched), count(int64(inclusions), "entry"), prefixes(unmatched))
	}
	var missing []codelist.Entry
	for _, e := range l.ListsMissing() {
		missing = append(missing, e)
	}
	if len(missing) > 0 {
		fmt.Fprintf(b, "%s: %s stand for missing values: what they match is an unknown code, not a condition: %s\n",
			l.Name(), count(int64(len(missing)), "entry"), prefixes(missing))
	}
	for _, sys := range []codelist.System{codelist.ICD10, codelist.OPCS4} {
		if l.Includes(sys) && len(f.widthsRead(sys)) == 0 {
			fmt.Fprintf(b, "%s: no %v field is read, so that no answer is \"no match\"\n", l.Name(), sys)
		}
		for _, width := range f.widthsRead(sys) {
			var finer []codelist.Entry
			for _, e := range l.NeedFiner(sys, width) {
				finer = append(finer, e)
			}
			if len(finer) > 0 {
				fmt.Fprintf(b, "%s: %s cannot be decided by %v fields of %d characters: %s\n",
					l.Name(), count(int64(len(finer)), "entry"), sys, width, prefixes(finer))
			}
		}
	}
}

// widthsRead are the widths of the fields of a system in the inputs.
func (f *flagging) widthsRead(sys codelist.System) []int {
	var widths []int
	for _, in := range f.inputs {
		for _, w := range in.widths[sys] {
			if !slices.Contains(widths, w) {
				widths = append(widths, w)
			}
		}
	}
	return widths
}

// summariseReport tells what of a codelist was not used as written.
func (f *flagging) summariseReport(b *strings.Builder, l *codelist.List) {
	r := l.Report()
	for _, v := range []codelist.Verdict{codelist.Rejected, codelist.Ignored, codelist.Duplicate, codelist.Repaired} {
		n := r.Count(v)
		if n == 0 {
			continue
		}
		fmt.Fprintf(b, "%s: %s %v", l.Name(), count(int64(n), "row"), v)
		shown, line := 0, 0
		for out := range r.Outcomes() {
			if out.Verdict != v || out.Pos.Line == line {
				continue
			}
			line = out.Pos.Line
			if shown == 3 {
				b.WriteString(", …")
				break
			}
			separator := ", "
			if shown == 0 {
				separator = ", such as "
			}
			fmt.Fprintf(b, "%sline %d (%s)", separator, out.Pos.Line, out.Reason)
			shown++
		}
		b.WriteByte('\n')
	}
	summariseFamilies(b, l)
	if r.Comments > 0 {
		fmt.Fprintf(b, "%s: %s passed over\n", l.Name(), count(int64(r.Comments), "comment"))
	}
	if r.Encoding != "UTF-8" {
		fmt.Fprintf(b, "%s: read as %s\n", l.Name(), r.Encoding)
	}
}

// summariseFamilies tells the categories whose coverage the policy decided.
func summariseFamilies(b *strings.Builder, l *codelist.List) {
	r := l.Report()
	n := 0
	var shown []string
	for family := range r.Families() {
		if n++; n > familiesShown {
			continue
		}
		e := l.Entry(family.Entry)
		text := fmt.Sprintf("%s of line %d is %v", e.Prefix, e.Pos.Line, family.Coverage)
		if len(family.Children) > 0 {
			text += ", being listed with " + names(family.Children)
		}
		shown = append(shown, text)
	}
	if n > familiesShown {
		shown = append(shown, fmt.Sprintf("and %d more", n-familiesShown))
	}
	if n > 0 {
		fmt.Fprintf(b, "%s: decided by -descendants %v: %s\n", l.Name(), r.Policy, strings.Join(shown, "; "))
	}
}

// names lists the first few prefixes.
func names(prefixes []codelist.Prefix) string {
	var words []string
	for _, p := range prefixes[:min(entriesShown, len(prefixes))] {
		words = append(words, p.String())
	}
	if more := len(prefixes) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, ", ")
}

// count is a number with its noun.
func count(n int64, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}

func prefixes(entries []codelist.Entry) string {
	all := make([]codelist.Prefix, len(entries))
	for i, e := range entries {
		all[i] = e.Prefix
	}
	return names(all)
}
