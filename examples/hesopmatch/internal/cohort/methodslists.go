package cohort

import (
	"fmt"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// methodsOfLists describes the codelists, what their answers mean, and which people count.
func (g *gathering) methodsOfLists() []string {
	var lists []string
	exclusions := false
	for _, l := range g.lists {
		counts := countEntries(l)
		lists = append(lists, fmt.Sprintf("%s (%s; fingerprint %s)", l.Name(), counts, l.Fingerprint()))
		exclusions = exclusions || counts.excluded > 0
	}
	text := "The codelist was "
	if len(lists) > 1 {
		text = "The codelists were "
	}
	covers := "A whole category covers all codes within it, an undivided category covers itself alone, and a code " +
		"covers itself and its subdivisions."
	if exclusions {
		covers += " Exclusions remove codes, and of the entries that cover a code, the longest decides."
	}
	all := []string{
		text + and(lists) + ".", covers, "An appointment matched a list if it had a code of the list. It did not " +
			"match if it was coded in every coding system of the list and none of its codes was in the list. " +
			"Otherwise the appointment was not coded, or a code was too short to compare with an entry; the answer " +
			"was then unknown, which was not taken as the absence of a condition.",
	}
	for _, l := range g.lists {
		for range l.ListsMissing() {
			all = append(all, "The list "+l.Name()+" also has a value that stands for a missing code.")
			break
		}
	}
	times := "one dated appointment"
	if g.opts.Min > 1 {
		times = inWords(g.opts.Min) + " dated appointments"
	}
	all = append(all, "A person was counted for a list if at least "+times+" matched it.")
	for _, r := range g.opts.related {
		all = append(all, fmt.Sprintf("For every list except %s, only people who %s were counted.", r.arg,
			r.has("had")))
		if r.exclude {
			all = append(all, "Appointments without a code were taken not to match "+r.arg+".")
		}
	}
	if o := g.opts; len(o.related) > 0 && o.From.IsValid() {
		all = append(all, fmt.Sprintf("Appointments before %v were not considered.", o.From))
	}
	if len(g.opts.related) > 0 {
		all = append(all, "Numbers of appointments cover all people with a match, and numbers of people only those "+
			"counted.")
	}
	if o := g.opts; o.bands != nil {
		all = append(all, "Age bands began at "+and(strings.Split(o.writtenBands(), ","))+" years.")
	}
	return all
}

// mostNamed is the largest number of inclusions for which the text names each one. For a longer list it gives only the
// counts and the fingerprint.
const mostNamed = 12

// entryCounts counts the entries of a list by kind.
type entryCounts struct {
	systems                                       []string
	broad, categories, undivided, codes, excluded int
	named                                         []string // the inclusions
}

func countEntries(l *codelist.List) (c entryCounts) {
	for _, sys := range coding.Systems() {
		if l.Includes(sys) {
			c.systems = append(c.systems, sys.String())
		}
	}
	for _, e := range l.All() {
		if !e.Exclude {
			c.named = append(c.named, writtenEntry(e))
		}
		switch {
		case e.Exclude:
			c.excluded++
		case e.Prefix.Len() < 3:
			c.broad++
		case e.Prefix.Len() == 3 && e.Coverage == codelist.Descendants:
			c.categories++
		case e.Prefix.Len() == 3 || isFilled(e.Prefix):
			c.undivided++
		default:
			c.codes++
		}
	}
	return c
}

// isFilled reports whether a prefix is a category with its filler X.
func isFilled(p coding.Prefix) bool { return p.Len() == 4 && strings.HasSuffix(p.String(), "X") }

// writtenEntry returns an entry as a codelist writes it: a family with %, and an undivided category with X.
func writtenEntry(e codelist.Entry) string {
	switch {
	case e.Prefix.Len() <= 3 && e.Coverage == codelist.Descendants:
		return e.Prefix.String() + "%"
	case e.Prefix.Len() == 3:
		return e.Prefix.String() + "X"
	default:
		return e.Prefix.String()
	}
}

// String returns the systems, the counts and, for a short list, the inclusions.
func (c entryCounts) String() string {
	var kinds []string
	for _, kind := range []struct {
		n    int
		noun string
	}{
		{c.broad, "broad code"},
		{c.categories, "whole category"},
		{c.undivided, "undivided category"},
		{c.codes, "code"},
	} {
		if kind.n > 0 {
			kinds = append(kinds, program.Count(kind.n, kind.noun))
		}
	}
	text := and(c.systems) + ", " + and(kinds)
	if len(c.named) <= mostNamed {
		text += ": " + strings.Join(c.named, ", ")
	}
	if c.excluded > 0 {
		text += ", and " + program.Count(c.excluded, "exclusion")
	}
	return text
}
