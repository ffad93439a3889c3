package cohort

// Merge adds the appointments of a Part of c, of other rows, as if they came behind those
// that c has. The part is not changed. What is told of a cohort does not depend on how its
// appointments were parted, as long as they keep their order where Once decides which of several
// comes first. A part whose Scan failed panics: see Err.
func (c *Cohort) Merge(part *Cohort) {
	c.mustBeWhole()
	if part == nil || part.plan != c.plan || part == c {
		panic("cohort: Merge of what is no Part of this cohort")
	}
	part.mustBeWhole()
	c.account.Read += part.account.Read
	c.account.Skipped += part.account.Skipped
	for d := range c.has {
		c.has[d] = c.has[d] || part.has[d]
	}
	for i := range c.finer {
		c.finer[i] = c.finer[i] || part.finer[i]
	}
	for i := range c.widest {
		c.widest[i] = max(c.widest[i], part.widest[i])
	}
	c.account.Keyless += part.account.Keyless
	c.account.Disagreements += part.account.Disagreements
	c.account.Unrecognised += part.account.Unrecognised
	c.account.Rounded += part.account.Rounded

	for form, n := range part.in().forms {
		c.in().forms.add(form, n)
	}

	persons := c.translatePeople(part)
	c.mergeGroups(part, persons)
	events := c.translate(part, persons)
	dropped := c.mergeKeys(part, events, persons)
	for i, e := range events {
		if !dropped[uint32(i)] {
			c.in().events = append(c.in().events, e)
		}
	}
}

// translatePeople returns the numbers that the people of a part have in c.
func (c *Cohort) translatePeople(part *Cohort) []uint32 {
	persons := make([]uint32, len(part.in().people.names))
	for i, name := range part.in().people.names {
		persons[i] = c.in().people.number([]byte(name))
	}
	return persons
}

// mergeGroups adds the groups of a part.
func (c *Cohort) mergeGroups(part *Cohort, persons []uint32) {
	to, from := &c.in().groups, &part.in().groups
	for group := range from.counts {
		to.counts[group] += from.counts[group]
		for _, person := range from.people[group] {
			to.remember(group, persons[person])
		}
	}
}

// translate returns the events of a part with the numbers that people and findings have
// in c.
func (c *Cohort) translate(part *Cohort, persons []uint32) []event {
	sets := make([]uint32, len(part.in().findings.sets))
	for i, set := range part.in().findings.sets {
		sets[i] = c.in().findings.number(set)
	}
	events := make([]event, len(part.in().events))
	for i, e := range part.in().events {
		if e.person != nobody {
			e.person = persons[e.person]
		}
		e.findings = sets[e.findings]
		events[i] = e
	}
	return events
}

// mergeKeys notes the keys of a part, undoes what had come before in c, and returns which
// of its events that concerns.
func (c *Cohort) mergeKeys(part *Cohort, events []event, persons []uint32) (dropped map[uint32]bool) {
	dropped = make(map[uint32]bool)
	if c.in().seen == nil {
		return dropped
	}
	both := make(map[key]bool)
	for k, there := range part.in().seen {
		if there.person != nobody {
			there.person = persons[there.person]
		}
		first, again := c.in().seen[k]
		if !again {
			continue
		}
		both[k] = true
		e := event{row: there.row}
		if there.event != noEvent {
			e = events[there.event]
		}
		if differ := first.differ || there.differ || !c.isSame(first, e); differ != first.differ {
			first.differ = differ
			c.in().seen[k] = first
		}
		c.count(duplicate, 1)
		c.count(there.row, -1)
		if there.person != nobody {
			c.in().groups.remember(groupLeft+int(leftDuplicate), there.person)
		}
		if there.event != noEvent {
			dropped[there.event] = true
		}
	}
	// Where the events that stay will stand.
	at, next := make([]uint32, len(events)), uint32(len(c.in().events))
	for i := range events {
		at[i] = next
		if !dropped[uint32(i)] {
			next++
		}
	}
	for k, there := range part.in().seen {
		if both[k] {
			continue
		}
		if there.event != noEvent {
			there.event = at[there.event]
		}
		if there.person != nobody {
			there.person = persons[there.person]
		}
		c.in().seen[k] = there
	}
	return dropped
}
