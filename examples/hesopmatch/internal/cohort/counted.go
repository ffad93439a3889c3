package cohort

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/match/cohort"
)

// counted says who is counted, and by what. The tables of the page name lists and software.
func (g *gathering) counted() []provenance {
	o := g.opts
	var all []provenance
	for _, in := range g.inputs {
		person := provenance{What: "people, told apart by", Text: in.person}
		if !slices.Contains(all, person) {
			all = append(all, person)
		}
	}
	if len(g.inputs) == 0 { // parts alone
		column := o.Person
		if column == "" {
			column = "that of the parts"
		}
		all = append(all, provenance{What: "people, told apart by", Text: column})
	}
	all = append(all, provenance{What: "appointments", Text: o.filters()})
	if o.Min > 1 {
		all = append(all, provenance{
			What: "people of a list", Text: fmt.Sprintf("those with %d or more of its appointments; the appointments "+
				"of a list are all that match, of other people too", o.Min),
		})
	}
	for _, r := range o.related {
		all = append(all, provenance{What: "people of every list but " + r.arg, Text: r.who()})
	}
	if o.bands != nil {
		all = append(all, provenance{
			What: "ages, in bands that begin at", Text: strings.ReplaceAll(o.writtenBands(), ",", ", "),
		})
	}
	if years := g.years(); years != "" {
		all = append(all, provenance{What: "financial years", Text: years})
	}
	return all
}

// filters says which appointments are taken in.
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
		text += "; codes count in the first position alone"
	}
	return text
}

// years are the first and the last financial year of which a number is shown.
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
