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
	all = append(all, provenance{What: "appointments", Text: o.filters()})
	if o.least > 1 {
		all = append(all, provenance{
			What: "people of a list", Text: fmt.Sprintf("those with %d or more of its appointments; the appointments "+
				"of a list are all that match, of other people too", o.least),
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
	if o.attended {
		only = append(only, "at which the patient was seen")
	}
	if o.isDated() {
		days := "with a date"
		if o.from.IsValid() {
			days += " from " + o.from.String()
		}
		if o.to.IsValid() {
			days += " to " + o.to.String()
		}
		only = append(only, days)
	}
	if o.dedupe != "" {
		first := "the first of those with the same " + o.dedupe
		if o.orderBy != "" {
			first += " by " + o.orderBy
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
