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
)

// releaseNote is the last line of the summary.
const releaseNote = "Rows, hits, the manifest and these counts are not fit to leave the environment; cohort -disclosure makes tables that are."

// writeSummary writes what was found, and what to know of it, for people.
func (f *flagging) writeSummary(w io.Writer) error {
	var b strings.Builder
	t := f.totals
	fmt.Fprintf(&b, "rows: %d, of them coded: %d\n", f.rows, t.Coded)
	for _, in := range f.inputs {
		if in.blank > 0 {
			fmt.Fprintf(&b, "blank lines in %s: %d\n", in.path, in.blank)
		}
		if in.skipped.count > 0 {
			fmt.Fprintf(&b, "skipped rows in %s: %d\n", in.path, in.skipped.count)
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
		fmt.Fprintf(b, "%s: %d of %d entries never matched: %s\n", l.Name(), len(unmatched), inclusions, prefixes(unmatched))
	}
	for _, e := range l.ListsMissing() {
		fmt.Fprintf(b, "%s: entry %s stands for a missing value: what it matches is not known, not a diagnosis or procedure\n", l.Name(), e.Prefix)
	}
	for _, sys := range []codelist.System{codelist.ICD10, codelist.OPCS4} {
		for _, width := range f.widthsRead(sys) {
			var finer []codelist.Entry
			for _, e := range l.NeedFiner(sys, width) {
				finer = append(finer, e)
			}
			if len(finer) > 0 {
				fmt.Fprintf(b, "%s: %d entries need finer %v fields than the %d characters of the data: %s\n", l.Name(), len(finer), sys, width, prefixes(finer))
			}
		}
	}
}

// widthsRead are the widths of the finest fields of a system in the inputs.
func (f *flagging) widthsRead(sys codelist.System) []int {
	var widths []int
	for _, in := range f.inputs {
		if w := in.widths[sys]; w > 0 && !slices.Contains(widths, w) {
			widths = append(widths, w)
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
		fmt.Fprintf(b, "%s: %d rows %v", l.Name(), n, v)
		shown := 0
		for out := range r.Outcomes() {
			if out.Verdict != v || v > codelist.Rejected {
				continue
			}
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
	for family := range r.Families() {
		e := l.Entry(family.Entry)
		children := make([]string, 0, entriesShown)
		for _, p := range family.Children[:min(entriesShown, len(family.Children))] {
			children = append(children, p.String())
		}
		if more := len(family.Children) - len(children); more > 0 {
			children = append(children, fmt.Sprintf("and %d more", more))
		}
		listed := "none of its codes is listed"
		if len(children) > 0 {
			listed = "listed with " + strings.Join(children, ", ")
		}
		fmt.Fprintf(b, "%s: category %s (line %d) is %v by the policy %v: %s\n", l.Name(), e.Prefix, e.Pos.Line, family.Coverage, r.Policy, listed)
	}
	if r.Encoding != "UTF-8" {
		fmt.Fprintf(b, "%s: read as %s\n", l.Name(), r.Encoding)
	}
}

func prefixes(entries []codelist.Entry) string {
	var names []string
	for _, e := range entries[:min(entriesShown, len(entries))] {
		names = append(names, e.Prefix.String())
	}
	if more := len(entries) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}
