package cohort

import (
	"fmt"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// methodsOfLists says what the codelists are, what their answers mean and which people count.
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
	covers := "A category stands for all codes within it, and a code for itself and its subdivisions."
	if exclusions {
		covers = "A category stands for all codes within it, and a code for itself and its subdivisions; exclusions " +
			"take codes out, and of entries that cover one code the longest decides."
	}
	all := []string{
		text + listed(lists) + ".", covers, "An appointment matched a list if it had a code of the list. It did not " +
			"match if it was coded in each coding system of the list and none of its codes was of the list. " +
			"Otherwise, because it was not coded or a code was cut short of an entry, the answer was unknown, which " +
			"was not taken as the absence of a condition.",
	}
	for _, l := range g.lists {
		for range l.ListsMissing() {
			all = append(all, "The list "+l.Name()+" also has a value that stands for a missing code.")
			break
		}
	}
	times := "one dated appointment"
	if g.opts.Min > 1 {
		times = spelled(int64(g.opts.Min)) + " dated appointments"
	}
	all = append(all, "A person was counted for a list if at least "+times+" matched it.")
	for _, r := range g.opts.related {
		all = append(all, fmt.Sprintf("For every list but %s, only people who %s were counted.", r.arg, r.has("had")))
	}
	if o := g.opts; o.bands != nil {
		all = append(all, "Bands of age began at "+listed(strings.Split(o.writtenBands(), ","))+" years.")
	}
	return all
}

// entryCounts is how many entries of each kind a list has.
type entryCounts struct {
	systems                            []string
	broad, categories, codes, excluded int
}

func countEntries(l *codelist.List) (c entryCounts) {
	for _, sys := range coding.Systems() {
		if l.Includes(sys) {
			c.systems = append(c.systems, sys.String())
		}
	}
	for _, e := range l.All() {
		switch {
		case e.Exclude:
			c.excluded++
		case e.Prefix.Len() < 3:
			c.broad++
		case e.Prefix.Len() == 3 && e.Coverage == codelist.Descendants:
			c.categories++
		default:
			c.codes++
		}
	}
	return c
}

// String says how many there are of each kind.
func (c entryCounts) String() string {
	var kinds []string
	for _, kind := range []struct {
		n    int
		noun string
	}{{c.broad, "broad code"}, {c.categories, "whole category"}, {c.codes, "code"}} {
		if kind.n > 0 {
			kinds = append(kinds, program.Count(kind.n, kind.noun))
		}
	}
	text := listed(c.systems) + ": " + listed(kinds)
	if c.excluded > 0 {
		text += ", and " + program.Count(c.excluded, "exclusion")
	}
	return text
}
