package main

import "fmt"

// tally counts the matches of a file, found by either side.
type tally struct {
	rows    int64
	matched int64   // appointments that match at least one list
	lists   []int64 // appointments that match, by list
}

// withoutMatched returns the tally of who counts by list alone.
func (t tally) withoutMatched() *tally {
	t.matched = 0
	return &t
}

// check fails if the tally is not the wanted one.
func (t *tally) check(want *tally) error {
	switch {
	case t.rows != want.rows:
		return fmt.Errorf("wrong result: %d rows, not %d", t.rows, want.rows)
	case t.matched != want.matched:
		return fmt.Errorf("wrong result: %d appointments match, not %d", t.matched, want.matched)
	case len(t.lists) != len(want.lists):
		return fmt.Errorf("wrong result: %d lists, not %d", len(t.lists), len(want.lists))
	}
	for i, n := range t.lists {
		if n != want.lists[i] {
			return fmt.Errorf("wrong result: %d appointments match list %d, not %d", n, i+1, want.lists[i])
		}
	}
	return nil
}
