package cohort

// Merge adds the appointments of a Part of c, of other rows, as if they came behind those that c has. The part is not
// changed. How appointments were parted changes no number, as long as they are merged in their order where Once
// decides which of several comes first. Merge panics if the Scan of either failed: see Err.
func (c *Cohort) Merge(part *Cohort) {
	c.mustBeWhole()
	if part == nil || part.plan != c.plan || part == c {
		panic("cohort: Merge of what is no Part of this cohort")
	}
	part.mustBeWhole()
	c.account.add(&part.account)
	c.has |= part.has
	for sys, widths := range part.widths {
		c.widths[sys] |= widths
	}
	in, from := c.in(), part.in()
	for form, n := range from.forms {
		in.forms.add(form, n)
	}
	persons, found := from.people.in(&in.people), from.findings.in(&in.findings)
	for group, count := range from.counts {
		in.add(group, count.n)
		for _, person := range count.people {
			in.add(group, 0, persons[person])
		}
	}
	keys := make([]key, len(from.events))
	for k, i := range from.first {
		keys[i] = k
	}
	for i, e := range from.events {
		e.person, e.findings = persons[e.person], found[e.findings]
		c.keep(keys[i], e)
	}
}

// keep keeps an appointment, or counts it if an earlier one has its key.
func (c *Cohort) keep(k key, e event) {
	in := c.in()
	if k != (key{}) {
		if i, again := in.first[k]; again {
			if first := &in.events[i]; !first.isLike(e) {
				first.row |= rowDiffer
			}
			in.add(c.plan.groupLeft(leftDuplicate), 1, e.person)
			return
		}
		in.first[k] = uint32(len(in.events))
	}
	in.events = append(in.events, e)
}

// isLike reports whether two appointments are the same in all that is looked at.
func (e *event) isLike(other event) bool {
	return e.row == other.row && e.findings == other.findings &&
		(e.findings == nothing || e.day == other.day && e.person == other.person)
}
