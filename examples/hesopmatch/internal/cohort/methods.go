package cohort

import (
	"fmt"
	"io"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// checkMethods refuses -methods in a run that has nothing to describe.
func (o *options) checkMethods() error {
	if o.methods != "" && o.format == "" && o.summary == "" && o.release == "" {
		return program.Usage("-methods describes the people or numbers of a whole run, and a part holds only some of " +
			"them: give it to the run that merges the parts")
	}
	return nil
}

// writeMethods writes paragraphs for the methods section of a paper. Every count in them is a number of the printed
// tables.
func (g *gathering) writeMethods(w io.Writer) error {
	var text []string
	for _, sentences := range [][]string{
		g.methodsOfData(), g.methodsOfChoice(), g.methodsOfLists(), g.methodsOfCounts(), g.methodsOfNumbers(),
	} {
		if len(sentences) > 0 {
			text = append(text, program.Wrapped(program.Plain(strings.Join(sentences, " ")), "")+"\n")
		}
	}
	_, err := io.WriteString(w, strings.Join(text, "\n"))
	return err
}

// methodsOfData describes the data and the columns that were read.
func (g *gathering) methodsOfData() []string {
	o := g.opts
	data := "Appointments were taken from Hospital Episode Statistics (HES) Outpatients of NHS England, which has " +
		"one record for each outpatient appointment in NHS hospitals in England."
	if !strings.EqualFold(o.Date, hesopDate) {
		data = "Records were taken from a data set (to be named here), dated by its column " +
			"" + o.Date + "."
	}
	all := []string{data}
	if by := g.extractedBy(); len(by) > 0 {
		all = append(all, fmt.Sprintf("They were an extract made with %s: no match and unknown describe the extract, "+
			"not all appointments.", and(by)))
	}
	if years := g.years(); years != "" {
		noun, counted := "year", "counted"
		if strings.Contains(years, " to ") {
			noun = "years"
		}
		if o.profile != nil {
			counted = "whose numbers are shown"
		}
		all = append(all, "The appointments "+counted+" were in the financial "+noun+" "+years+".")
	}
	var persons []string
	for i, columns := range g.columnsRead() {
		if i > 0 {
			columns = "in other files, " + columns
		}
		all = append(all, strings.ToUpper(columns[:1])+columns[1:]+".")
	}
	for _, in := range g.inputs {
		persons = append(persons, in.person)
	}
	dated := "The column " + o.Date + " gave the date of an appointment"
	if len(persons) > 0 {
		dated += ", and the column " + persons[0] + " identified the person"
	}
	all = append(all, dated+".")
	if len(g.parts) > 0 {
		all = append(all, "Appointments of earlier runs were merged; the reports of those runs state the columns "+
			"that they read.")
	}
	return append(all, o.methodsOfColumns()...)
}

// extractedBy names the codelists that the extract was made with, and their fingerprints.
func (g *gathering) extractedBy() (all []string) {
	for _, file := range g.subset {
		for _, l := range file.Lists {
			all = append(all, fmt.Sprintf("the codelist %s (fingerprint %s)", l.Name(), l.Fingerprint()))
		}
	}
	return all
}

// hesopDate is the date column of HES Outpatients.
const hesopDate = "apptdate"

// methodsOfColumns describes the options that change how columns are read.
func (o *options) methodsOfColumns() (all []string) {
	for _, arg := range o.inputs.Renames {
		cut := strings.LastIndexByte(arg, '=')
		if from, to := arg[:cut], arg[cut+1:]; to != "" {
			all = append(all, fmt.Sprintf("The column %s was read as %s.", from, to))
		} else {
			all = append(all, fmt.Sprintf("The column %s was taken to hold no codes.", from))
		}
	}
	switch o.inputs.RawWidth {
	case 4:
		all = append(all, "Codes in raw columns were taken to be truncated at four characters.")
	case 6:
		all = append(all, "Codes in raw columns were taken to be complete.")
	}
	if o.inputs.Primary {
		all = append(all, "Only codes in the first position counted.")
	}
	if o.inputs.SkipBad {
		all = append(all, "Rows with too few or too many fields were skipped.")
	}
	return all
}

// methodsOfChoice states which appointments were included, and how many were left out.
func (g *gathering) methodsOfChoice() []string {
	o := g.opts
	var all, only []string
	if o.Attended {
		only = append(only, "at which the patient was seen (attended 5 or 6)")
	}
	switch {
	case o.From.IsValid() && o.To.IsValid():
		only = append(only, fmt.Sprintf("dated from %v to %v", o.From, o.To))
	case o.From.IsValid():
		only = append(only, fmt.Sprintf("dated %v or later", o.From))
	case o.To.IsValid():
		only = append(only, fmt.Sprintf("dated %v or earlier", o.To))
	}
	if len(only) > 0 {
		all = append(all, "Only appointments "+strings.Join(only, " and ")+" were included.")
	}
	switch {
	case o.OrderBy != "":
		all = append(all, fmt.Sprintf("Of appointments with the same %[1]s, only the one with the lowest %[2]s was "+
			"kept, and of equal ones the first in the files; all appointments without %[1]s were kept.", o.Dedupe,
			o.OrderBy))
	case o.Dedupe != "":
		all = append(all, fmt.Sprintf("Of appointments with the same %[1]s, only the first in the files was kept; all "+
			"appointments without %[1]s were kept.", o.Dedupe))
	}
	return append(all, g.methodsOfLeftOut())
}

// methodsOfLeftOut states how many appointments were included, and how many were left out for each reason.
func (g *gathering) methodsOfLeftOut() string {
	taken := ""
	var left []string
	t, _ := g.table("appointments")
	for _, r := range t.Rows {
		n := r.Numbers[0]
		why, isLeft := strings.CutPrefix(r.Group, "left out: ")
		switch {
		case n.String() == cohort.NotThere:
		case isLeft && n.IsHidden(): // few people or none have such appointments
		case isLeft && len(left) == 0:
			left = append(left, g.count(n, "was", "were")+" left out because "+g.opts.reason(why))
		case isLeft:
			left = append(left, g.count(n, "because", "because")+" "+g.opts.reason(why))
		default:
			taken = "In all, " + g.appointments(n, "was included", "were included")
		}
	}
	switch {
	case len(left) > 0:
	case g.opts.profile != nil:
		return taken + "."
	default:
		return taken + ", and none was left out."
	}
	return taken + "; " + and(left) + "."
}

// reason turns a reason from the table of appointments into a clause.
func (o *options) reason(group string) string {
	clauses := map[string]string{
		"no date": "they had no date", "the date is not understood": "their date could not be read",
		"before or after the days asked for": "they were dated outside these days",
		o.Dedupe + " came before":            "another with the same " + o.Dedupe + " was kept",
	}
	if clause := clauses[group]; clause != "" {
		return clause
	}
	return group
}

// methodsOfCounts states how many appointments and people each list has.
func (g *gathering) methodsOfCounts() (all []string) {
	t, _ := g.table("lists")
	for _, r := range t.Rows {
		match, noMatch, uncoded, cut, people := r.Numbers[0], r.Numbers[1], r.Numbers[2], r.Numbers[3], r.Numbers[4]
		found := g.appointments(match, "matched", "matched")
		switch n, isShown := people.Value(); {
		case match.IsHidden() || match.String() == cohort.NotThere:
		case isShown && n == 1:
			found += ", and 1 person " + g.opts.kept(r.List) + "was counted"
		case isShown:
			found += ", and " + grouped(number(n)) + " people " + g.opts.kept(r.List) + "were counted"
		case people.IsHidden():
			found += " and the number of people is not shown"
		}
		others := []string{g.appointments(noMatch, "did not match", "did not match")}
		for _, other := range []struct {
			n         cohort.Number
			one, many string
		}{
			{uncoded, "was not coded", "were not coded"},
			{cut, "had a code too short to decide", "had a code too short to decide"},
		} {
			if other.n.String() != cohort.NotThere {
				others = append(others, g.count(other.n, other.one, other.many))
			}
		}
		all = append(all, fmt.Sprintf("For %s, %s; %s.", g.listName(r), found, and(others)))
	}
	return all
}

// kept returns words that qualify the people of a list, or "" if every person with a matching appointment is counted.
func (o *options) kept(list int) string {
	if o.Min > 1 || o.chooses(list) {
		return "meeting the conditions above "
	}
	return ""
}

// methodsOfNumbers states the rule for the numbers, and how to cite the software.
func (g *gathering) methodsOfNumbers() []string {
	rule := "All numbers given here are exact and may not leave the research environment."
	if p := g.opts.profile; p != nil {
		rule = fmt.Sprintf("Under the rule %s, a number of appointments of fewer than %s people, zero included, is "+
			"not shown, and every number that is shown is rounded to the nearest %d.",
			p.Name, inWords(int(p.Least)), p.Nearest)
	}
	return []string{rule, "The software is cited as: " + program.Citation()}
}

// appointments returns a number of appointments as printed, followed by a verb. The first of the two given verbs is for
// a single appointment, and the second is for any other number.
func (g *gathering) appointments(n cohort.Number, one, many string) string {
	count, isShown := n.Value()
	switch {
	case n.IsHidden():
		return "appointments of fewer than " + inWords(int(g.opts.profile.Least)) + " people " + many
	case !isShown:
		return "no appointments " + many // the data cannot hold such appointments
	case count == 1:
		return "1 appointment " + one
	default:
		return grouped(number(count)) + " appointments " + many
	}
}

// count returns the same text as the method appointments, but without the noun. For a hidden number, "those" replaces
// the noun.
func (g *gathering) count(n cohort.Number, one, many string) string {
	text := g.appointments(n, one, many)
	if n.IsHidden() {
		return strings.Replace(text, "appointments", "those", 1)
	}
	return strings.Replace(strings.Replace(text, " appointments", "", 1), " appointment", "", 1)
}
