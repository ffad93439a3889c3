package main

import "fmt"

// tally holds the counts of a file, from the library or from the baseline.
type tally struct {
	rows    int64
	matched int64   // appointments that match at least one list
	lists   []int64 // appointments that match, by list
}

// withoutMatched returns the tally with 0 in the field matched, for queries that count only by list.
func (t tally) withoutMatched() *tally {
	t.matched = 0
	return &t
}

// check fails if the tally differs from want.
func (t *tally) check(want *tally) error {
	switch {
	case t.rows != want.rows:
		return fmt.Errorf("wrong result: %d rows, want %d", t.rows, want.rows)
	case t.matched != want.matched:
		return fmt.Errorf("wrong result: %d appointments match, want %d", t.matched, want.matched)
	case len(t.lists) != len(want.lists):
		return fmt.Errorf("wrong result: %d lists, want %d", len(t.lists), len(want.lists))
	}
	for i, n := range t.lists {
		if n != want.lists[i] {
			return fmt.Errorf("wrong result: %d appointments match list %d, want %d", n, i+1, want.lists[i])
		}
	}
	return nil
}
