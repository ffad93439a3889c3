package cohort_test

import (
	"slices"
	"testing"
	"time"

	"hesopmatch/match/cohort"
)

// shrink makes a case smaller as long as something of a class leaks.
func (c *auditCase) shrink(t *testing.T, p cohort.Profile, thorough bool, class string) *auditCase {
	t.Helper()
	until := time.Now().Add(2*time.Second + *auditSearch/20)
	for again := true; again && time.Now().Before(until); {
		again = false
		for _, smaller := range c.smaller() {
			_, leaks := audit(t, smaller, p, thorough)
			if slices.ContainsFunc(leaks, func(l auditLeak) bool { return l.class() == class }) {
				c, again = smaller, true
				break
			}
		}
	}
	return c
}

// smaller are cases with less in them.
func (c *auditCase) smaller() (all []*auditCase) {
	with := func(change func(s *auditCase)) {
		s := *c
		s.lists, s.rows, s.related = slices.Clone(c.lists), slices.Clone(c.rows), slices.Clone(c.related)
		change(&s)
		all = append(all, &s)
	}
	for i := range c.related {
		with(func(s *auditCase) { s.related = slices.Delete(s.related, i, i+1) })
	}
	for d, has := range c.columns {
		if has && (d != 2 || !c.attended) {
			with(func(s *auditCase) { s.columns[d] = false })
		}
	}
	for _, flag := range []func(s *auditCase) *bool{
		func(s *auditCase) *bool { return &s.attended },
		func(s *auditCase) *bool { return &s.once },
		func(s *auditCase) *bool { return &s.counted },
		func(s *auditCase) *bool { return &s.from },
	} {
		if *flag(c) {
			with(func(s *auditCase) { *flag(s) = false })
		}
	}
	if c.least > 1 {
		with(func(s *auditCase) { s.least-- })
	}
	for i, l := range c.lists {
		if len(c.related) == 0 && len(c.lists) > 1 {
			with(func(s *auditCase) { s.lists = slices.Delete(s.lists, i, i+1) })
		}
		if len(l.excluded) > 0 {
			with(func(s *auditCase) { s.lists[i].excluded = nil })
		}
		for e := range l.entries {
			if len(l.entries) > 1 {
				with(func(s *auditCase) { s.lists[i].entries = slices.Delete(slices.Clone(l.entries), e, e+1) })
			}
		}
	}
	for i := range c.rows {
		with(func(s *auditCase) { s.rows = slices.Delete(s.rows, i, i+1) })
	}
	for i, r := range c.rows {
		for v := range r.values {
			with(func(s *auditCase) { s.rows[i].values = slices.Delete(slices.Clone(r.values), v, v+1) })
		}
		if r.people > 1 {
			with(func(s *auditCase) { s.rows[i].people /= 2 })
			with(func(s *auditCase) { s.rows[i].people-- })
		}
		if r.day > 0 {
			with(func(s *auditCase) { s.rows[i].day = 0 })
		}
		if r.key > 0 {
			with(func(s *auditCase) { s.rows[i].key = 0 })
		}
		for d, y := range r.categories {
			if y > 0 && c.has(d) {
				with(func(s *auditCase) { s.rows[i].categories[d] = 0 })
			}
		}
	}
	return all
}
