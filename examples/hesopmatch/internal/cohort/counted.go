package cohort

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/match/cohort"
)

// counted describes who is counted and how. It leaves out lists and software, because other tables of the page name
// them.
func (g *gathering) counted() []provenance {
	o := g.opts
	var all []provenance
	for _, in := range g.inputs {
		person := provenance{What: "people, identified by", Text: in.person}
		if !slices.Contains(all, person) {
			all = append(all, person)
		}
	}
	if len(g.inputs) == 0 { // the run read only parts
		column := o.Person
		if column == "" {
			column = "the same column as in the parts"
		}
		all = append(all, provenance{What: "people, identified by", Text: column})
	}
	all = append(all, provenance{What: "appointments", Text: o.filters()})
	if o.Min > 1 {
		all = append(all, provenance{
			What: "people of a list", Text: fmt.Sprintf("those with %d or more of its appointments; the appointments "+
				"of a list are all that match, including those of other people", o.Min),
		})
	}
	for _, r := range o.related {
		all = append(all, provenance{What: "people of every list except " + r.arg, Text: r.who()})
	}
	if o.bands != nil {
		all = append(all, provenance{
			What: "age bands, beginning at", Text: strings.ReplaceAll(o.writtenBands(), ",", ", "),
		})
	}
	if years := g.years(); years != "" {
		all = append(all, provenance{What: "financial years", Text: years})
	}
	return all
}

// filters describes which appointments are taken in.
func (o *options) filters() string {
	var only []string
	if o.Attended {
		only = append(only, "at which the patient was seen")
	}
	if o.isDated() {
		days := "with a date"
		if o.From.IsValid() {
			days += " from " + o.From.String()
		}
		if o.To.IsValid() {
			days += " to " + o.To.String()
		}
		only = append(only, days)
	}
	if o.Dedupe != "" {
		first := "the first of those with the same " + o.Dedupe
		if o.OrderBy != "" {
			first += " by " + o.OrderBy
		}
		only = append(only, first)
	}
	text := "all"
	if len(only) > 0 {
		text = "only those " + strings.Join(only, ", and ")
	}
	if o.inputs.Primary {
		text += "; only codes in the first position count"
	}
	return text
}

// years returns the first and the last financial year for which a number is shown.
func (g *gathering) years() string {
	t, ok := g.table(strings.ReplaceAll(cohort.ByYear.String(), " ", "_"))
	if !ok {
		return ""
	}
	var years []string
	for _, r := range t.Rows {
		if r.Group != "not known" {
			years = append(years, r.Group)
		}
	}
	switch len(years) {
	case 0:
		return ""
	case 1:
		return years[0]
	default:
		return years[0] + " to " + years[len(years)-1]
	}
}
