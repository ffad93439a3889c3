package cohort

import "fmt"

// notes are what a reader of the tables has to know.
func (b *builder) notes() []string {
	p := b.profile
	var notes []string
	say := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if p.Masks() {
		say("%s stands for a count below %d, zero included, or for one that is not small and is masked so that another cannot be worked out from sums and differences. Which of the two it is, is not told.", Masked, p.Least)
		say("In the tables of entries and of what became of the appointments %s stands for any count below %d.", Masked, p.told())
		say("%s stands for a number that is not given because it would tell a masked one. %s: there can be none.", NotGiven, NotThere)
		if p.Nearest > 1 {
			say("Counts are rounded to the nearest %d, each by itself: they need not add up.", p.Nearest)
		}
		say("The numbers of this release were masked together. Those of another one of the same data, with other lists or options, were not: the difference of the two can tell what is masked.")
	} else {
		say("Nothing is masked here: these numbers are not fit to leave the environment.")
		say("%s: there can be none.", NotThere)
	}
	say("Match: an appointment has a code of the list. No match: it is coded in every coding system of the list, and no code is of it. Unknown: it is not coded, or a code was cut short of an entry; that is not the absence of a condition.")
	say("Appointments are counted whether or not they are of a person and have a date. People are those with an identifier and a dated appointment; in each year, specialty or age they are counted once, and in several of these as often.")
	plan := b.cohort.plan
	if plan.least > 1 {
		say("People with fewer than %d appointments of a list are left out of its people; its appointments are all that match.", plan.least)
	}
	for _, r := range plan.related {
		say("%s", r.describe(plan))
	}
	if p.Masks() {
		say("Of a list of both coding systems only the matches are told, and nothing of its entries.")
	}
	if p.Masks() && plan.totals {
		if p.Nearest <= 1 {
			say("Of the appointments of an entry only a range is told: several entries can match one appointment, and exact numbers would tell how many there are of these.")
		}
		say("Nothing is told of the entries of a list whose matches are masked, nor where another list has codes of the same categories and either has masked numbers.")
	}
	for list := range b.totals.Lists {
		b.sayWithheld(list, "matches and people", b.untold, say)
		b.sayWithheld(list, "people", b.unkept, say)
	}
	for s := range systems {
		if p.Masks() && !b.gives(s) {
			say("How many appointments are coded in %v is not given.", systems[s])
		}
		for d := range Dimension(dimensions) {
			if p.Masks() && b.gives(s) && !b.byTable[d][s] && len(b.totals.Categories[d]) > 0 {
				say("How many appointments are coded in %v is not given by %v.", systems[s], d)
			}
		}
	}
	return notes
}

// describe says what a relation asks.
func (r relation) describe(p *plan) string {
	list, other := p.m.List(r.list).Name(), p.m.List(r.other).Name()
	with, when := "with", ""
	if r.exclude {
		with = "without"
	}
	if r.before {
		when = " on an earlier day"
	}
	return fmt.Sprintf("%s: only people %s an appointment of %s%s.", list, with, other, when)
}
