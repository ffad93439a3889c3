package flag

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop/quality"
)

// The maximum numbers of unrecognised values and of entries that the summary names. It only counts the others.
const (
	commonestShown = 5
	entriesShown   = 8
)

// releaseNote is the last line of the summary.
const releaseNote = "Rows, hits, the manifest and these counts are not fit to leave the environment; " +
	"cohort -disclosure makes tables that are."

// writeSummary writes the counts and notices of the run for a person to read.
func (f *flagging) writeSummary(w io.Writer) error {
	var b strings.Builder
	t := f.totals
	f.opts.notices.Write(&b)
	fmt.Fprintf(&b, "rows: %d, of them coded: %d\n", f.rows, t.Coded)
	for i, in := range f.inputs {
		if i == 0 || in.fields != f.inputs[i-1].fields {
			fmt.Fprintf(&b, "code fields read in %s: %s\n", program.Name(in.Path), in.fields)
		}
	}
	for _, in := range f.inputs {
		in.Skipped.Write(&b, program.Name(in.Path))
	}
	f.summariseLists(&b)
	if f.people != nil {
		f.summarisePeople(&b)
	}
	fmt.Fprintf(&b, "codes in one of the positional and concatenated fields only: %d (disagreements)\n",
		t.Disagreements)
	fmt.Fprintf(&b, "unrecognised values: %d%s\n", t.Unrecognised, f.unrecognisedShown())
	program.TellRows(&b, f.loaded)
	if f.opts.writesIdentifiers() {
		program.TellIdentifiers(&b, f.opts.output)
	}
	b.WriteString(releaseNote + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *flagging) summariseLists(b *strings.Builder) {
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	head := "match\tno match\tunknown\tundecided\t"
	if f.people != nil {
		b.WriteString("counts of all rows read:\n")
		head += "people\t"
	}
	fmt.Fprintln(table, head+"  list")
	for i, l := range f.lists {
		c := f.totals.Counts(i)
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t", c.Match, c.NoMatch, c.Unknown, c.Undecided)
		if f.people != nil {
			fmt.Fprintf(table, "%d\t", f.people.ofList[i])
		}
		fmt.Fprintf(table, "  %s\n", program.Plain(l.Name()))
	}
	_ = table.Flush() // writes to memory
}

// summarisePeople writes the counts of people, and of the rows that were written or left out.
func (f *flagging) summarisePeople(b *strings.Builder) {
	p, column := f.people, f.opts.person
	if column == "" {
		column = shownName(p.column)
	}
	fmt.Fprintf(b, "people: %d in the data (column %s), %d of them match a list\n", len(p.numbers),
		program.Plain(column), p.match)
	fmt.Fprintf(b, "rows written: %d, all rows of the people who match; %d of the rows match a list\n",
		p.rows.written, p.rows.writtenMatch)
	fmt.Fprintf(b, "rows without a person: %d, none of them written; %d of them match a list\n", p.rows.noPerson,
		p.rows.noPersonMatch)
}

func (f *flagging) unrecognisedShown() string {
	var b strings.Builder
	shown, separator := int64(0), ": "
	all := slices.DeleteFunc(f.findings.unrecognised.Commonest(),
		func(c quality.ValueCount) bool { return !isCodeShaped(c.Value) })
	for _, c := range all[:min(commonestShown, len(all))] {
		shown += c.Count
		fmt.Fprintf(&b, "%s%q %d", separator, c.Value, c.Count)
		separator = ", "
	}
	if rest := f.totals.Unrecognised - shown; rest > 0 && shown > 0 {
		fmt.Fprintf(&b, ", others %d", rest)
	}
	return b.String()
}

// isCodeShaped reports whether a value looks like a misspelt code or a word for a missing value. Other values may be
// personal data in a shifted column: a name, a day, a postcode.
func isCodeShaped(value string) bool {
	value = strings.ToLower(value)
	return codeShape.MatchString(value) && !postcodeShape.MatchString(value)
}

var (
	codeShape = regexp.MustCompile(`^([a-z]{0,2}[0-9]{1,4}|[a-z][0-9]{2}[.]?[0-9a-z]{0,3}[-+*]?|` +
		`[a-z]|[^0-9a-z]+|x+|null|none|n[./]?a|nan|nil|unk|#n/a)$`)
	postcodeShape = regexp.MustCompile(`^[a-z]{1,2}[0-9][a-z0-9]? *[0-9][a-z]{2}$`)
)

// addNotices adds notices about the data, and about the lists as compared with the data.
func (f *flagging) addNotices() {
	for _, in := range f.inputs {
		if in.blank > 0 {
			f.opts.notices.Note("%s: %s ignored", program.Name(in.Path), program.Count(int(in.blank), "blank line"))
		}
		if in.Skipped.Count > 0 {
			f.opts.notices.Warn("%s: %s skipped", program.Name(in.Path), program.Count(int(in.Skipped.Count), "row"))
		}
	}
	if f.people != nil && f.people.rows.rounded > 0 {
		f.opts.notices.Warn("of the rows written, %d have an identifier that a spreadsheet has rounded (form "+
			"9.99999E+99), so rows of other people may be among them: export the data again, with identifiers as text",
			f.people.rows.rounded)
	}
	for i, l := range f.lists {
		f.noteEntries(i, l)
	}
}

// noteEntries adds notices about the entries of a list.
func (f *flagging) noteEntries(i int, l *codelist.List) {
	unmatched := f.findings.unmatched(i)
	if len(unmatched) > 0 {
		inclusions := 0
		for _, e := range l.All() {
			if !e.Exclude {
				inclusions++
			}
		}
		f.opts.notices.Note("%s: %d of %s never matched: %s", l.Name(), len(unmatched),
			program.Count(inclusions, "entry"), prefixes(unmatched))
	}
	for _, sys := range []coding.System{coding.ICD10, coding.OPCS4} {
		if l.Includes(sys) && len(f.widthsRead(sys)) == 0 {
			f.opts.notices.Warn("%s: no %v field is read, so the answer is never \"no match\"", l.Name(), sys)
		}
		for _, width := range f.widthsRead(sys) {
			var finer []codelist.Entry
			for _, e := range l.NeedFiner(sys, width) {
				finer = append(finer, e)
			}
			if len(finer) > 0 {
				f.opts.notices.Note("%s: %s cannot be decided by %v fields of %d characters: %s",
					l.Name(), program.Count(len(finer), "entry"), sys, width, prefixes(finer))
			}
		}
	}
}

// widthsRead returns the widths of the fields of a system in the inputs.
func (f *flagging) widthsRead(sys coding.System) []int {
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

// warnUndecided warns of the appointments that columns of three characters leave undecided.
func (f *flagging) warnUndecided() {
	for i, l := range f.lists {
		for _, sys := range []coding.System{coding.ICD10, coding.OPCS4} {
			n := f.totals.Counts(i).Undecided
			if n > 0 && slices.Contains(f.widthsRead(sys), 3) && needsFiner(l, sys, 3) {
				f.opts.notices.Warn("%s: %s undecided, where %v is read only from columns of three characters",
					l.Name(), program.Count(int(n), "appointment"), sys)
			}
		}
	}
}

// needsFiner reports whether a list has entries that fields of the given width cannot decide.
func needsFiner(l *codelist.List, sys coding.System, width int) bool {
	for range l.NeedFiner(sys, width) {
		return true
	}
	return false
}

// names returns the first few prefixes, and the number of the others.
func names(prefixes []coding.Prefix) string {
	var words []string
	for _, p := range prefixes[:min(entriesShown, len(prefixes))] {
		words = append(words, p.String())
	}
	if more := len(prefixes) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, ", ")
}

func prefixes(entries []codelist.Entry) string {
	all := make([]coding.Prefix, len(entries))
	for i, e := range entries {
		all[i] = e.Prefix
	}
	return names(all)
}
