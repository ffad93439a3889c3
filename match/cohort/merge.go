package cohort

import "cmp"

// Merge adds the appointments of a Part of c, as if they followed the appointments that c already has. The two Cohorts
// must cover different rows. Merge does not change its argument. The result does not depend on how the appointments
// were divided. With Once, merge the parts in the order of the data, because that order decides which appointment of a
// key is the first.
//
// Merge panics if its argument is not a Part of c, or if a Scan of either Cohort failed: see Err. Merge also panics if
// both Cohorts contain the same data and at least one of them read the data with ReadPart.
func (c *Cohort) Merge(part *Cohort) {
	c.mustBeWhole()
	if part == nil || part.plan != c.plan || part == c {
		panic("cohort: Merge of a cohort that is not a Part of this one")
	}
	part.mustBeWhole()
	if c.in().inputs.repeat(part.in().inputs) {
		panic("cohort: both cohorts of Merge contain an input that ReadPart read")
	}
	c.account.add(&part.account)
	c.has |= part.has
	for sys, widths := range part.widths {
		c.widths[sys] |= widths
	}
	in, from := c.in(), part.in()
	in.inputs = append(in.inputs, from.inputs...)
	for _, form := range from.forms.sorted() { // the most common first, because forms takes at most mostForms shapes
		in.forms.add(form, from.forms[form])
	}
	persons, found, orders := from.people.in(in.people), from.findings.in(in.findings), from.orders.in(in.orders)
	for group, count := range from.counts {
		in.counts[group].add(count.N, mostLeast)
		for _, person := range count.People {
			in.counts[group].add(0, mostLeast, persons[person])
		}
	}
	keys := from.keys()
	for i, e := range from.events {
		e.Person, e.Findings, e.Order = persons[e.Person], found[e.Findings], orders[e.Order]
		c.keep(keys[i], e)
	}
}

// keep stores an appointment. If an earlier appointment has the same key, keep counts one of the two as a duplicate.
func (c *Cohort) keep(k key, e event) {
	in := c.in()
	if k != (key{}) {
		if i, again := in.first[k]; again {
			first := &in.events[i]
			if !first.isLike(e) {
				first.Row, e.Row = first.Row|rowDiffer, e.Row|rowDiffer
			}
			// Shorter values come first, so that numbers sort correctly.
			a, b := in.orders.all[e.Order], in.orders.all[first.Order]
			if a != "" && (b == "" || cmp.Or(cmp.Compare(len([]rune(a)), len([]rune(b))), cmp.Compare(a, b)) < 0) {
				*first, e = e, *first
			}
			in.counts[groupOf(c.plan.slotLeft(leftDuplicate), e.Row.coded())].add(1, mostLeast, e.Person)
			return
		}
		in.first[k] = uint32(len(in.events))
	}
	in.events = append(in.events, e)
}

// isLike reports whether two appointments agree in everything that a Cohort stores about them.
func (e *event) isLike(other event) bool {
	return e.Row == other.Row && e.Findings == other.Findings &&
		(e.Findings == nothing || e.Day == other.Day && e.Person == other.Person)
}
