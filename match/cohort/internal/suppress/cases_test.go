package suppress_test

import (
	"cmp"
	"testing"

	"hesopmatch/match/cohort/internal/suppress"

	"github.com/stretchr/testify/require"
)

type (
	column = suppress.Column
	within = suppress.Within
)

// one is the cells of a column with one table.
func one(cells ...int64) [][]int64 { return [][]int64{cells} }

// plain is an additive column with one table.
func plain(in []within, cells ...int64) column {
	total := int64(0)
	for _, n := range cells {
		total += n
	}
	return column{Total: total, Cells: one(cells...), Within: in}
}

// part says that a column is part of others, and that the differences are counts.
func part(of ...int) (in []within) {
	for _, c := range of {
		in = append(in, within{Column: c, Counts: true})
	}
	return in
}

// smallest are problems that are small for a reason. The threshold is 10 if none is given.
var smallest = []struct {
	reason string
	p      suppress.Problem
}{
	{"nothing at all", suppress.Problem{}},
	{"one category is its total: both or none", suppress.Problem{Columns: []column{plain(nil, 9)}}},
	{"one category, and large", suppress.Problem{Columns: []column{plain(nil, 10)}}},
	{"one of two is small: the total less the other tells it", suppress.Problem{Columns: []column{plain(nil, 3, 500)}}},
	{"two of two are small, and large together", suppress.Problem{Columns: []column{plain(nil, 9, 9)}}},
	{"two of two are small, and just the threshold together: one may be all of it", suppress.Problem{Columns: []column{plain(nil, 5, 5)}}},
	{"two of two are small, and so is the total", suppress.Problem{Columns: []column{plain(nil, 5, 4)}}},
	{"all of five are nothing", suppress.Problem{Columns: []column{plain(nil, 0, 0, 0, 0, 0)}}},
	{"small ones that are small together, and a large one that has to go with them", suppress.Problem{Columns: []column{plain(nil, 1, 1, 1, 500, 40)}}},
	{"masked and large: it may be small only if another takes it", suppress.Problem{Columns: []column{plain(nil, 0, 10)}}},
	{"the total is the threshold, in one category of three", suppress.Problem{Columns: []column{plain(nil, 10, 0, 0)}}},
	{"a part that is large, and a rest that is small", suppress.Problem{Columns: []column{plain(nil, 50, 60), plain(part(0), 45, 60)}}},
	{"a part that is large and equal", suppress.Problem{Columns: []column{plain(nil, 50, 60), plain(part(0), 50, 60)}}},
	{"differences that are small in each category, and large in all", suppress.Problem{Columns: []column{plain(nil, 50, 60, 70), plain(part(0), 42, 55, 65)}}},
	{"a chain of three: to mask the innermost may take the others", suppress.Problem{Columns: []column{
		plain(nil, 100, 100), plain(part(0), 50, 60), plain(part(0, 1), 3, 55),
	}}},
	{"a chain of three with small differences", suppress.Problem{Columns: []column{
		plain(nil, 100, 100), plain(part(0), 95, 95), plain(part(0, 1), 90, 90),
	}}},
	{"two parts that make up a whole, with little in common", suppress.Problem{
		Columns: []column{plain(nil, 200, 200), plain(part(0), 100, 100), plain(part(0, 1), 60, 60), plain(part(0, 1), 41, 45)},
		Covers:  []suppress.Cover{{Whole: 1, Parts: []int{2, 3}, Counts: true}},
	}},
	{"two parts that make up a whole, one small: the other is nearly the whole", suppress.Problem{
		Columns: []column{plain(nil, 200, 200), plain(part(0), 100, 100), plain(part(0, 1), 98, 97), plain(part(0, 1), 5, 4)},
		Covers:  []suppress.Cover{{Whole: 1, Parts: []int{2, 3}, Counts: true}},
	}},
	{"two parts that make up a whole and are it, both", suppress.Problem{
		Columns: []column{plain(nil, 200), plain(part(0), 100), plain(part(0, 1), 100), plain(part(0, 1), 100)},
		Covers:  []suppress.Cover{{Whole: 1, Parts: []int{2, 3}, Counts: true}},
	}},
	{"people at least twice: 19 appointments are of 9 people at most", suppress.Problem{Columns: []column{
		plain(nil, 100, 100), plain(part(0), 10, 9),
		{Total: 4, Cells: one(3, 4), People: true, Within: []within{{Column: 1, Times: 2}, {Column: 0}}},
	}}},
	{"people at least three times: 29 appointments", suppress.Problem{Columns: []column{
		plain(nil, 100, 100), plain(part(0), 15, 14),
		{Total: 9, Cells: one(9, 9), People: true, Within: []within{{Column: 1, Times: 3}, {Column: 0}}},
	}}},
	{"people at least twice, and few appointments at all: these tell it as well", suppress.Problem{Columns: []column{
		plain(nil, 10, 9), plain(part(0), 0, 4),
		{Total: 2, Cells: one(0, 2), People: true, Within: []within{{Column: 1, Times: 2}, {Column: 0}}},
	}}},
	{"people at least three times of two lists that are alike", suppress.Problem{Columns: []column{
		plain(nil, 26, 27), plain(part(0), 15, 0), plain(part(0, 1), 11, 0),
		{Total: 0, Cells: one(0, 0), People: true, Within: []within{{Column: 2, Times: 3}, {Column: 1}, {Column: 0}, {Column: 4, Counts: true}}},
		{Total: 0, Cells: one(0, 0), People: true, Within: []within{{Column: 1, Times: 3}, {Column: 0}}},
	}}},
	{"people who are in several categories: their sum tells nothing", suppress.Problem{Columns: []column{
		plain(nil, 40, 60), plain(part(0), 20, 30),
		{Total: 30, Cells: one(9, 28), People: true, Within: []within{{Column: 1, Times: 1}, {Column: 0}}},
	}}},
	{"people who are in one category each: the total tells that the other is no less than the rest", suppress.Problem{Columns: []column{
		plain(nil, 40, 60), plain(part(0), 20, 30),
		{Total: 31, Cells: one(3, 28), People: true, Within: []within{{Column: 1, Times: 1}, {Column: 0}}},
	}}},
	{"a table that a column is not in", suppress.Problem{Columns: []column{
		{Total: 100, Cells: [][]int64{{50, 50}, {97, 3}}},
		{Total: 60, Cells: [][]int64{{30, 30}, nil}, Within: part(0)},
		{Total: 20, Cells: [][]int64{{10, 10}, {20, 0}}, Within: part(0, 1)},
	}}},
	{"columns that are equal and part of each other", suppress.Problem{Columns: []column{
		{Total: 713, Cells: one(0, 470, 243)},
		{Total: 257, Cells: one(0, 14, 243), Within: part(0)},
		{Total: 235, Cells: one(0, 6, 229), Within: part(0, 1, 3)},
		{Total: 235, Cells: one(0, 6, 229), Within: part(0, 1)},
	}}},
	{"people at least three times of a list within two that overlap: what leaves a category of one is not in the other", suppress.Problem{
		Threshold: 2,
		Columns: []column{
			plain(nil, 14, 4, 4), plain(part(0), 4, 0, 2), plain(part(0, 1, 3), 1, 0, 2), plain(part(0), 1, 2, 3),
			{Cells: one(0, 0, 0), People: true, Within: []within{{Column: 1, Times: 3}, {Column: 0}}},
			{Cells: one(0, 0, 0), People: true, Within: []within{
				{Column: 2, Times: 3}, {Column: 4, Counts: true}, {Column: 6, Counts: true}, {Column: 0}, {Column: 1}, {Column: 3},
			}},
			{Cells: one(0, 0, 0), People: true, Within: []within{{Column: 3, Times: 3}, {Column: 0}}},
		},
	}},
}

// TestSmallest holds problems that are small for a reason.
func TestSmallest(t *testing.T) {
	for _, c := range smallest {
		t.Run(c.reason, func(t *testing.T) {
			c.p.Threshold = cmp.Or(c.p.Threshold, 10)
			r := newReader(&c.p, solve(t, &c.p))
			require.Empty(t, r.leaks())
			if open := r.unwhole(); len(open) > 0 && len(r.masked) <= 4 {
				require.Empty(t, r.try(open, 20))
			}
		})
	}
}

// TestNothingNeedless holds that masks are not put where nothing is small.
func TestNothingNeedless(t *testing.T) {
	p := &suppress.Problem{Threshold: 10, Columns: []column{
		plain(nil, 100, 200, 300), plain(part(0), 50, 60, 70), plain(part(0, 1), 20, 30, 40),
		{Total: 25, Cells: one(15, 20, 20), People: true, Within: []within{{Column: 2, Times: 1}, {Column: 1}, {Column: 0}}},
	}}
	_, masked := newReader(p, solve(t, p)).shownAll()
	require.Zero(t, masked)
}

// TestAlike holds that equal problems are solved alike.
func TestAlike(t *testing.T) {
	for _, c := range smallest {
		c.p.Threshold = cmp.Or(c.p.Threshold, 10)
		first := solve(t, &c.p)
		require.Equal(t, first, solve(t, &c.p), c.reason)
	}
}
