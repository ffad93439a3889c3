package cohort

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// privateNote is the last line of the report.
const privateNote = "Lines for people, -manifest and these counts are exact and not fit to leave the environment; " +
	"-release with -disclosure writes tables that are."

// writeReport writes the report for people: what was read, what was left out and why.
func (g *gathering) writeReport(w io.Writer) error {
	var b strings.Builder
	g.opts.notices.Write(&b)
	for _, in := range g.inputs {
		fmt.Fprintf(&b, "code fields read in %s: %s; person: %s\n", program.Name(in.path), in.fields,
			program.Plain(in.person))
	}
	g.reportParts(&b)
	g.reportNumbers(&b)
	program.TellRows(&b, slices.Concat(g.loaded, g.onlySubset))
	if g.opts.format == "csv" {
		program.TellIdentifiers(&b, g.opts.output)
	}
	b.WriteString(privateNote + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// reportNumbers reports what became of the appointments, and the counts of each list.
func (g *gathering) reportNumbers(b *strings.Builder) {
	a := g.totals.Account
	fmt.Fprintf(b, "appointments: %d read, %d taken in\n", a.Read, a.Taken)
	for _, in := range g.inputs {
		in.skipped.Write(b, program.Name(in.path))
	}
	if n := g.skippedInParts(); n > 0 {
		fmt.Fprintf(b, "rows skipped when the parts were made: %d\n", n)
	}
	for _, left := range []struct {
		n   int64
		why string
		say bool
	}{
		{a.NotAttended, "left out: the patient was not seen (-attended)", g.opts.Attended},
		{a.Undated, "left out: no date (-from, -to)", g.opts.isDated()},
		{a.Misdated, "left out: " + g.opts.Date + " is not understood as a date (-from, -to)", a.Misdated > 0},
		{a.OtherDate, "left out: outside the dates asked for (" + g.opts.days() + ")", g.opts.isDated()},
		{a.Duplicates, "left out: an earlier one has the same " + g.opts.Dedupe + " (-dedupe)", g.opts.Dedupe != ""},
		{a.Keyless, "taken in without " + g.opts.Dedupe, g.opts.Dedupe != ""},
		{
			a.Differing, "values of " + g.opts.Dedupe + " whose appointments differ: the first was kept",
			g.opts.Dedupe != "",
		},
		{a.NoPerson, "match a list and are of no person: counted as appointments, not among the people", true},
		{a.NoDate, "match a list and have no date: counted as appointments, not among the people", true},
		{
			a.BadDate,
			"match a list and have a date that is not understood: counted as appointments, not among the people",
			a.BadDate > 0,
		},
		{a.Disagreements, "codes in one of the positional and concatenated fields only (disagreements)", true},
		{a.Unrecognised, "values of code fields that are no code (unrecognised)", true},
	} {
		if left.say {
			fmt.Fprintf(b, "  %d %s\n", left.n, left.why)
		}
	}
	for _, r := range g.opts.related {
		fmt.Fprintf(b, "people of every list except %s: %s (%s)\n", program.Plain(r.arg), program.Plain(r.who()),
			r.option)
	}
	g.reportLists(b)
}

// days returns the values of -from and -to, as they were understood.
func (o *options) days() string {
	var words []string
	if o.From.IsValid() {
		words = append(words, "-from "+o.From.String())
	}
	if o.To.IsValid() {
		words = append(words, "-to "+o.To.String())
	}
	return strings.Join(words, " ")
}

// noteChosen notes how the choice of appointments affects first dates. It warns if no appointment is left.
func (g *gathering) noteChosen() {
	a, o := g.totals.Account, g.opts
	switch {
	case a.Read == 0 || a.Taken > 0:
	case a.NotAttended == a.Read:
		o.notices.Warn("no appointment was taken in: the column attended holds neither 5 nor 6, which mean that the " +
			"patient was seen (-attended); labels are not understood")
	default:
		o.notices.Warn("no appointment was taken in: all %d were left out, for the reasons that the report "+
			"counts", a.Read)
	}
	for i, l := range g.lists {
		if a.Taken > 0 && g.totals.Lists[i].Match == 0 {
			o.notices.Note("%s: matches no appointment that was taken in", l.Name())
		}
	}
	if o.From.IsValid() {
		g.limits = append(g.limits, fmt.Sprintf("Appointments before %v were not considered: a first appointment is "+
			"the first on or after that day, and nothing earlier is known about anyone.", o.From))
	}
	if o.From.IsValid() && (o.format == "csv" || len(o.related) > 0) {
		o.notices.Note("appointments before %v are not considered (-from): first is the first appointment on or "+
			"after that day, and -with-before and -without-before look back no further; to look back further, leave "+
			"out -from and select by the column first", o.From)
	}
}

// noteDates warns of dates that are not understood, where they decide who is counted among the people.
func (g *gathering) noteDates() {
	a := g.totals.Account
	prefix := ""
	if len(g.inputs) == 1 && len(g.parts) == 0 {
		prefix = program.Name(g.inputs[0].path) + ": "
	}
	settle := "write them as yyyy-mm-dd"
	if strings.Trim(a.DateForm, "9") == "" { // a number: DateForm shows each digit as 9
		settle += " (a spreadsheet stores a date as a number of days: format the column as dates there, and save the " +
			"file again)"
	}
	if a.DateForm == "99/99/9999" {
		settle += " (99/99/9999 is read as day/month/year: if it is month/day/year, the other dates are wrong too)"
	}
	warn := func(n int64, effect string) {
		if n == 0 {
			return
		}
		g.opts.notices.Warn("%s%s of %s could not be understood as a date (the commonest form is %q): %s; %s, or "+
			"name another column with -date",
			prefix, program.Count(int(n), "value"), g.opts.Date, a.DateForm, effect, settle)
	}
	warn(a.Misdated, "their appointments are left out (-from, -to)")
	warn(a.BadDate, "their appointments match a list, but the people are not counted")
}

// reportLists writes the table of counts by list.
func (g *gathering) reportLists(b *strings.Builder) {
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	few, unrelated := g.opts.Min > 1, len(g.opts.related) > 0
	head := "match\tno match\tunknown\tpeople\t"
	if few {
		head += fmt.Sprintf("people with fewer than %d\t", g.opts.Min)
	}
	if unrelated {
		head += "people left out (" + g.opts.relatedOptions() + ")\t"
	}
	fmt.Fprintln(table, head+"  list")
	for i, l := range g.lists {
		t := &g.totals.Lists[i]
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t", t.Match, t.NoMatch, t.Unknown(), t.People)
		if few {
			fmt.Fprintf(table, "%d\t", t.Few)
		}
		if unrelated {
			fmt.Fprintf(table, "%d\t", t.Unrelated)
		}
		fmt.Fprintf(table, "  %s\n", program.Plain(l.Name()))
	}
	_ = table.Flush() // into memory
}
