package cohort_test

import (
	"testing"

	"hesopmatch/match/cohort"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// handCategory is a row of a table made by hand: a category, what was taken in, and the
// counts of the three lists.
type handCategory struct {
	category cohort.Category
	taken    int64
	coded    cohort.Coded // diagnosis, procedure, any
	lists    [3]cohort.Counts
}

func unknownTo(n int64) cohort.Counts { return cohort.Counts{Uncoded: n} }

func noMatchTo(n int64) cohort.Counts { return cohort.Counts{NoMatch: n} }

// handTotals makes totals of the tables, in the order of the dimensions.
func handTotals(account cohort.Account, coded cohort.Coded, lists [3]cohort.ListTotals, tables ...[]handCategory) *cohort.Totals {
	t := &cohort.Totals{Account: account, Coded: coded}
	for d, table := range tables {
		for _, row := range table {
			t.Categories[d] = append(t.Categories[d], cohort.CategoryTotals{Category: row.category, Taken: row.taken, Coded: row.coded})
			for i := range lists {
				lists[i].By[d] = append(lists[i].By[d], row.lists[i])
			}
		}
	}
	t.Lists = lists[:]
	return t
}

func code(code, label string) cohort.Category { return cohort.Category{Code: code, Label: label} }

func label(label string) cohort.Category { return cohort.Category{Label: label} }

// TestTotalsByHand counts all twenty appointments with a pencil. Counts are match, no
// match, cut, uncoded, people, appointments.
func TestTotalsByHand(t *testing.T) {
	want := handTotals(
		cohort.Account{
			Read: 20, Taken: 20,
			NoPerson:      2, // rows 13 and 14
			NoDate:        2, // 15 and 16
			Disagreements: 2, // of row 12: M012 in one column only, M013 in the other only
			Unrecognised:  1, // 0000 of row 20
		},
		cohort.Coded{Diagnosis: 17, Procedure: 4, Any: 19}, // without 10, 12 and 19; 9 to 12; without 19
		[3]cohort.ListTotals{
			{Counts: cohort.Counts{12, 5, 0, 3, 4, 8}, Entries: []int64{11, 0, 1}},          // the excluded entry decides no match
			{Counts: cohort.Counts{2, 1, 0, 17, 1, 2}, Entries: []int64{1, 2}},              // row 9 alone is coded in both systems and not matched
			{Counts: cohort.Counts{3, 13, 1, 3, 3, 3}, Entries: []int64{0, 3}, Finer: true}, // row 8 is cut
		},
		[]handCategory{
			{code("2016-17", "2016-17"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{noMatchTo(1), unknownTo(1), {1, 0, 0, 0, 1, 1}}},                 // row 6
			{code("2017-18", "2017-18"), 2, cohort.Coded{2, 0, 2}, [3]cohort.Counts{{1, 1, 0, 0, 1, 1}, unknownTo(2), {0, 1, 1, 0, 0, 0}}},           // 7, 8
			{code("2018-19", "2018-19"), 13, cohort.Coded{10, 4, 12}, [3]cohort.Counts{{7, 3, 0, 3, 2, 4}, {2, 1, 0, 10, 1, 2}, {1, 9, 0, 3, 1, 1}}}, // the rest; 15 by FYEAR
			{code("2019-20", "2019-20"), 3, cohort.Coded{3, 0, 3}, [3]cohort.Counts{{3, 0, 0, 0, 2, 3}, unknownTo(3), {1, 2, 0, 0, 1, 1}}},           // 4, 5, 17
			{label("not known"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 0, 0}, unknownTo(1), noMatchTo(1)}},                         // 16
		},
		[]handCategory{
			{code("100", "General Surgery Service"), 1, cohort.Coded{1, 1, 1}, [3]cohort.Counts{noMatchTo(1), noMatchTo(1), noMatchTo(1)}},                  // row 9
			{code("110", "Trauma and Orthopaedic Service"), 1, cohort.Coded{0, 1, 1}, [3]cohort.Counts{unknownTo(1), unknownTo(1), unknownTo(1)}},           // 10
			{code("307", "Diabetes Service"), 3, cohort.Coded{3, 0, 3}, [3]cohort.Counts{{3, 0, 0, 0, 2, 2}, unknownTo(3), noMatchTo(3)}},                   // 4, 15, 17
			{code("320", "Cardiology Service"), 5, cohort.Coded{4, 0, 4}, [3]cohort.Counts{{3, 1, 0, 1, 1, 3}, unknownTo(5), {1, 3, 0, 1, 1, 1}}},           // 1 to 3, 18, 19
			{code("361", "Renal Medicine Service"), 4, cohort.Coded{3, 2, 4}, [3]cohort.Counts{{2, 1, 0, 1, 0, 0}, {2, 0, 0, 2, 1, 2}, {0, 3, 0, 1, 0, 0}}}, // 11 to 14
			{code("410", "Rheumatology Service"), 4, cohort.Coded{4, 0, 4}, [3]cohort.Counts{{2, 2, 0, 0, 2, 2}, unknownTo(4), {2, 1, 1, 0, 2, 2}}},         // 5 to 8
			{label("not a value of the set"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},                   // 20
			{label("not known"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 0, 0}, unknownTo(1), noMatchTo(1)}},                                // 16
		},
		[]handCategory{
			{label("not stated"), 1, cohort.Coded{0, 1, 1}, [3]cohort.Counts{unknownTo(1), {1, 0, 0, 0, 1, 1}, unknownTo(1)}},           // row 12
			{label("in the future"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 0, 0}, unknownTo(1), noMatchTo(1)}},        // 16
			{label("did not attend"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},       // 3
			{label("seen"), 13, cohort.Coded{13, 2, 13}, [3]cohort.Counts{{8, 5, 0, 0, 4, 6}, {1, 1, 0, 11, 1, 1}, {3, 9, 1, 0, 3, 3}}}, // the rest
			{label("arrived late, seen"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},   // 4
			{label("arrived late, not seen"), 1, cohort.Coded{0, 0, 0}, [3]cohort.Counts{unknownTo(1), unknownTo(1), unknownTo(1)}},     // 19
			{label("not known"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 0, 0}, unknownTo(1), noMatchTo(1)}},            // 14
			{label("not a value of the set"), 1, cohort.Coded{0, 1, 1}, [3]cohort.Counts{unknownTo(1), unknownTo(1), unknownTo(1)}},     // 10
		},
		[]handCategory{
			{code("1", "Male"), 7, cohort.Coded{6, 0, 6}, [3]cohort.Counts{{5, 1, 0, 1, 1, 5}, unknownTo(7), {2, 4, 0, 1, 2, 2}}},                      // rows 1 to 5, 18, 19
			{code("2", "Female"), 9, cohort.Coded{7, 4, 9}, [3]cohort.Counts{{3, 4, 0, 2, 2, 2}, {2, 1, 0, 6, 1, 2}, {1, 5, 1, 2, 1, 1}}},              // 6 to 12, 15, 17
			{code("9", "Not specified, or indeterminate"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 0, 0}, unknownTo(1), noMatchTo(1)}}, // 13
			{label("not a value of the set"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},              // 20
			{label("not known"), 2, cohort.Coded{2, 0, 2}, [3]cohort.Counts{{2, 0, 0, 0, 0, 0}, unknownTo(2), noMatchTo(2)}},                           // 14, 16
		},
		[]handCategory{
			{label("0 to 17"), 2, cohort.Coded{2, 0, 2}, [3]cohort.Counts{{1, 1, 0, 0, 0, 0}, unknownTo(2), {1, 1, 0, 0, 1, 1}}},        // rows 6, 15
			{label("18 to 24"), 3, cohort.Coded{3, 1, 3}, [3]cohort.Counts{{1, 2, 0, 0, 1, 1}, {0, 1, 0, 2, 0, 0}, {0, 2, 1, 0, 0, 0}}}, // 7 to 9
			{label("25 to 34"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},             // 17
			{label("45 to 54"), 5, cohort.Coded{5, 0, 5}, [3]cohort.Counts{{5, 0, 0, 0, 1, 5}, unknownTo(5), {1, 4, 0, 0, 1, 1}}},       // 1 to 5
			{label("55 to 64"), 3, cohort.Coded{1, 3, 3}, [3]cohort.Counts{{0, 1, 0, 2, 0, 0}, {2, 0, 0, 1, 1, 2}, {0, 1, 0, 2, 0, 0}}}, // 10 to 12
			{label("65 to 74"), 3, cohort.Coded{2, 0, 2}, [3]cohort.Counts{{1, 1, 0, 1, 1, 1}, unknownTo(3), {1, 1, 0, 1, 1, 1}}},       // 18 to 20
			{label("not known"), 3, cohort.Coded{3, 0, 3}, [3]cohort.Counts{{3, 0, 0, 0, 0, 0}, unknownTo(3), noMatchTo(3)}},            // 13, 14, 16
		},
	)
	got := handCohort(t, handMatcher(t), cohort.WithTotals()).Totals()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("totals (-pencil +got):\n%s", diff)
	}
}

// TestFilteredTotalsByHand counts what is left of them when most options work together:
// rows 1, 4, 5, 7, 8, 9, 11, 13 and 20.
func TestFilteredTotalsByHand(t *testing.T) {
	want := handTotals(
		cohort.Account{
			Read: 20, Taken: 9,
			NotAttended: 6, // rows 3, 10, 12, 14, 16, 19
			Undated:     1, // 15; 16 was left out before
			OtherDate:   2, // 6 and 17, a day and some months outside
			Duplicates:  2, // 2 and 18, which have the key of 1; not 20: 19 was left out before
			Differing:   1, // k1: row 18 is of somebody else
			NoPerson:    1, // 13
			// Those of rows that were left out as well.
			Disagreements: 2, Unrecognised: 1,
		},
		cohort.Coded{Diagnosis: 9, Procedure: 2, Any: 9},
		[3]cohort.ListTotals{
			{Counts: cohort.Counts{6, 3, 0, 0, 3, 5}, Entries: []int64{5, 0, 1}},
			{Counts: cohort.Counts{1, 1, 0, 7, 1, 1}, Entries: []int64{1, 1}},
			{Counts: cohort.Counts{1, 7, 1, 0, 1, 1}, Entries: []int64{0, 1}, Finer: true},
		},
		[]handCategory{
			{code("2017-18", "2017-18"), 2, cohort.Coded{2, 0, 2}, [3]cohort.Counts{{1, 1, 0, 0, 1, 1}, unknownTo(2), {0, 1, 1, 0, 0, 0}}}, // rows 7, 8
			{code("2018-19", "2018-19"), 5, cohort.Coded{5, 2, 5}, [3]cohort.Counts{{3, 2, 0, 0, 2, 2}, {1, 1, 0, 3, 1, 1}, noMatchTo(5)}}, // 1, 9, 11, 13, 20
			{code("2019-20", "2019-20"), 2, cohort.Coded{2, 0, 2}, [3]cohort.Counts{{2, 0, 0, 0, 1, 2}, unknownTo(2), {1, 1, 0, 0, 1, 1}}}, // 4, 5
		},
		[]handCategory{
			{code("100", "General Surgery Service"), 1, cohort.Coded{1, 1, 1}, [3]cohort.Counts{noMatchTo(1), noMatchTo(1), noMatchTo(1)}},
			{code("307", "Diabetes Service"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},
			{code("320", "Cardiology Service"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},
			{code("361", "Renal Medicine Service"), 2, cohort.Coded{2, 1, 2}, [3]cohort.Counts{{1, 1, 0, 0, 0, 0}, {1, 0, 0, 1, 1, 1}, noMatchTo(2)}},
			{code("410", "Rheumatology Service"), 3, cohort.Coded{3, 0, 3}, [3]cohort.Counts{{2, 1, 0, 0, 2, 2}, unknownTo(3), {1, 1, 1, 0, 1, 1}}},
			{label("not a value of the set"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},
		},
		[]handCategory{
			{label("seen"), 8, cohort.Coded{8, 2, 8}, [3]cohort.Counts{{5, 3, 0, 0, 3, 4}, {1, 1, 0, 6, 1, 1}, {1, 6, 1, 0, 1, 1}}},
			{label("arrived late, seen"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}}, // row 4
		},
		[]handCategory{
			{code("1", "Male"), 3, cohort.Coded{3, 0, 3}, [3]cohort.Counts{{3, 0, 0, 0, 1, 3}, unknownTo(3), {1, 2, 0, 0, 1, 1}}},
			{code("2", "Female"), 4, cohort.Coded{4, 2, 4}, [3]cohort.Counts{{1, 3, 0, 0, 1, 1}, {1, 1, 0, 2, 1, 1}, {0, 3, 1, 0, 0, 0}}},
			{code("9", "Not specified, or indeterminate"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 0, 0}, unknownTo(1), noMatchTo(1)}},
			{label("not a value of the set"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 1, 1}, unknownTo(1), noMatchTo(1)}},
		},
		[]handCategory{ // in two bands: 20 and 60 are asked for
			{label("0 to 19"), 3, cohort.Coded{3, 1, 3}, [3]cohort.Counts{{1, 2, 0, 0, 1, 1}, {0, 1, 0, 2, 0, 0}, {0, 2, 1, 0, 0, 0}}},
			{label("20 to 59"), 3, cohort.Coded{3, 0, 3}, [3]cohort.Counts{{3, 0, 0, 0, 1, 3}, unknownTo(3), {1, 2, 0, 0, 1, 1}}},
			{label("60 and over"), 2, cohort.Coded{2, 1, 2}, [3]cohort.Counts{{1, 1, 0, 0, 1, 1}, {1, 0, 0, 1, 1, 1}, noMatchTo(2)}}, // rows 11, 20
			{label("not known"), 1, cohort.Coded{1, 0, 1}, [3]cohort.Counts{{1, 0, 0, 0, 0, 0}, unknownTo(1), noMatchTo(1)}},         // 13
		},
	)
	c := handCohort(t, handMatcher(t), cohort.Attended(), cohort.From(day(2017, 4, 1)), cohort.To(day(2019, 6, 3)),
		cohort.Once("attendkey"), cohort.AgeBands(20, 60), cohort.WithTotals())
	if diff := cmp.Diff(want, c.Totals()); diff != "" {
		t.Errorf("totals (-pencil +got):\n%s", diff)
	}
}

// TestAccountByHand counts what became of the rows for the options that concern keys and
// dates one by one.
func TestAccountByHand(t *testing.T) {
	for _, c := range []struct {
		reason string
		opts   []cohort.Option
		want   cohort.Account
	}{
		{
			"rows 2 and 18 have the key of 1, and 20 has that of 19; 17 has none; 18 and 20 are unlike the first",
			[]cohort.Option{cohort.Once("attendkey"), cohort.WithTotals()},
			cohort.Account{Read: 20, Taken: 17, Duplicates: 3, Keyless: 1, Differing: 2, NoPerson: 2, NoDate: 2},
		},
		{
			"who is asked for twice gets the last: Once again, and no totals",
			[]cohort.Option{cohort.Once("fyear"), cohort.Once("attendkey")},
			cohort.Account{Read: 20, Taken: 17, Duplicates: 3, Keyless: 1, Differing: 2, NoPerson: 2, NoDate: 2},
		},
		{
			"with an end alone those without a date are left out: 15 and 16; 17 is after it",
			[]cohort.Option{cohort.To(day(2019, 6, 3))},
			cohort.Account{Read: 20, Taken: 17, Undated: 2, OtherDate: 1, NoPerson: 2},
		},
		{
			"with a beginning alone: 6 is before it",
			[]cohort.Option{cohort.From(day(2017, 4, 1))},
			cohort.Account{Read: 20, Taken: 17, Undated: 2, OtherDate: 1, NoPerson: 2},
		},
		{
			"who was not seen is left out for that first: 14 has no person, 16 no date",
			[]cohort.Option{cohort.Attended()},
			cohort.Account{Read: 20, Taken: 14, NotAttended: 6, NoPerson: 1, NoDate: 1},
		},
	} {
		t.Run(c.reason, func(t *testing.T) {
			c.want.Disagreements, c.want.Unrecognised = 2, 1 // of all that were read
			require.Equal(t, c.want, handCohort(t, handMatcher(t), c.opts...).Totals().Account)
		})
	}
}
