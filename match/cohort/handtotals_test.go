package cohort_test

import (
	"fmt"
	"testing"

	"hesopmatch/match/cohort"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// handCategory holds the numbers of one category, worked out by hand: all kept appointments, the appointments with a
// diagnosis, the appointments with a procedure, and for each of the three lists the appointments and the people.
type handCategory struct {
	category              string
	taken, coded, treated int64
	lists                 [3][2]int64
}

// requireHand compares a cohort with numbers worked out by hand: its totals, and its exact tables by entry and by
// dimension.
func requireHand(t *testing.T, c *cohort.Cohort, want *cohort.Totals, entries [][]int64, by ...[]handCategory) {
	t.Helper()
	if diff := cmp.Diff(want, c.Totals()); diff != "" {
		t.Errorf("totals (-pencil +got):\n%s", diff)
	}
	tables, _, err := c.Exact()
	require.NoError(t, err)
	got := make(map[string]map[string][]int64) // by table, and by list and category
	ofEntries := make([][]int64, len(entries)) // by list
	for _, table := range tables {
		got[table.Name] = make(map[string][]int64)
		for _, row := range table.Rows {
			var numbers []int64
			for _, number := range row.Numbers {
				require.False(t, number.IsHidden())
				n, _ := number.Value()
				numbers = append(numbers, n)
			}
			got[table.Name][fmt.Sprint(row.List, " ", row.Group)] = numbers
			if table.Name == "entries" {
				ofEntries[row.List] = append(ofEntries[row.List], numbers...)
			}
		}
	}
	require.Equal(t, entries, ofEntries)
	for d, rows := range by {
		taken, lists := make(map[string][]int64), make(map[string][]int64)
		for _, row := range rows {
			taken["-1 "+row.category] = []int64{row.taken, row.coded, row.taken - row.coded, row.treated, row.taken - row.treated}
			for list, numbers := range row.lists {
				lists[fmt.Sprint(list, " ", row.category)] = numbers[:]
			}
		}
		require.Equal(t, taken, got[dimensionNames[d]])
		require.Equal(t, lists, got["lists_by_"+dimensionNames[d]])
	}
}

// TestTotalsByHand compares the totals of all twenty appointments with totals counted by hand.
func TestTotalsByHand(t *testing.T) {
	requireHand(t, handCohort(t, handMatcher(t), cohort.WithTotals()), &cohort.Totals{
		Account: cohort.Account{
			Read: 20, Taken: 20,
			NoPerson:      2, // rows 13 and 14
			NoDate:        2, // rows 15 and 16
			Disagreements: 2, // row 12: M012 only in one column, M013 only in the other
			Unrecognised:  1, // 0000 of row 20
		},
		Lists: []cohort.ListTotals{
			{Match: 12, NoMatch: 5, Cut: 0, Uncoded: 3, People: 4},              // the code of row 9 is excluded
			{Match: 2, NoMatch: 1, Cut: 0, Uncoded: 17, People: 1},              // only row 9 is coded in both systems without a match
			{Match: 3, NoMatch: 13, Cut: 1, Uncoded: 3, People: 3, Finer: true}, // row 8 is truncated
		},
	},
		[][]int64{{11, 1}, {1, 2}, {0, 3}},
		[]handCategory{
			{"2016-17", 1, 1, 0, [3][2]int64{{}, {}, {1, 1}}},           // row 6
			{"2017-18", 2, 2, 0, [3][2]int64{{1, 1}, {}, {}}},           // 7, 8
			{"2018-19", 13, 10, 4, [3][2]int64{{7, 2}, {2, 1}, {1, 1}}}, // the other rows; row 15 by its fyear
			{"2019-20", 3, 3, 0, [3][2]int64{{3, 2}, {}, {1, 1}}},       // 4, 5, 17
			{"not known", 1, 1, 0, [3][2]int64{{1, 0}, {}, {}}},         // 16
		},
		[]handCategory{
			{"100 General Surgery Service", 1, 1, 1, [3][2]int64{{}, {}, {}}},        // row 9
			{"110 Trauma and Orthopaedic Service", 1, 0, 1, [3][2]int64{{}, {}, {}}}, // 10
			{"307 Diabetes Service", 3, 3, 0, [3][2]int64{{3, 2}, {}, {}}},           // 4, 15, 17
			{"320 Cardiology Service", 5, 4, 0, [3][2]int64{{3, 1}, {}, {1, 1}}},     // 1 to 3, 18, 19
			{"361 Renal Medicine Service", 4, 3, 2, [3][2]int64{{2, 0}, {2, 1}, {}}}, // 11 to 14
			{"410 Rheumatology Service", 4, 4, 0, [3][2]int64{{2, 2}, {}, {2, 2}}},   // 5 to 8
			{"not a value of the set", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},         // 20
			{"not known", 1, 1, 0, [3][2]int64{{1, 0}, {}, {}}},                      // 16
		},
		[]handCategory{
			{"not stated", 1, 0, 1, [3][2]int64{{}, {1, 1}, {}}},         // row 12
			{"in the future", 1, 1, 0, [3][2]int64{{1, 0}, {}, {}}},      // 16
			{"did not attend", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},     // 3
			{"seen", 13, 13, 2, [3][2]int64{{8, 4}, {1, 1}, {3, 3}}},     // the other rows
			{"arrived late, seen", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}}, // 4
			{"arrived late, not seen", 1, 0, 0, [3][2]int64{{}, {}, {}}}, // 19
			{"not known", 1, 1, 0, [3][2]int64{{1, 0}, {}, {}}},          // 14
			{"not a value of the set", 1, 0, 1, [3][2]int64{{}, {}, {}}}, // 10
		},
		[]handCategory{
			{"1 Male", 7, 6, 0, [3][2]int64{{5, 1}, {}, {2, 2}}},                        // rows 1 to 5, 18, 19
			{"2 Female", 9, 7, 4, [3][2]int64{{3, 2}, {2, 1}, {1, 1}}},                  // 6 to 12, 15, 17
			{"9 Not specified, or indeterminate", 1, 1, 0, [3][2]int64{{1, 0}, {}, {}}}, // 13
			{"not a value of the set", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},            // 20
			{"not known", 2, 2, 0, [3][2]int64{{2, 0}, {}, {}}},                         // 14, 16
		},
		[]handCategory{
			{"0 to 17", 2, 2, 0, [3][2]int64{{1, 0}, {}, {1, 1}}},  // rows 6, 15
			{"18 to 24", 3, 3, 1, [3][2]int64{{1, 1}, {}, {}}},     // 7 to 9
			{"25 to 34", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},     // 17
			{"45 to 54", 5, 5, 0, [3][2]int64{{5, 1}, {}, {1, 1}}}, // 1 to 5
			{"55 to 64", 3, 1, 3, [3][2]int64{{}, {2, 1}, {}}},     // 10 to 12
			{"65 to 74", 3, 2, 0, [3][2]int64{{1, 1}, {}, {1, 1}}}, // 18 to 20
			{"not known", 3, 3, 0, [3][2]int64{{3, 0}, {}, {}}},    // 13, 14, 16
		},
	)
}

// TestFilteredTotalsByHand checks the totals of the rows that remain when most options work together: rows 1, 4, 5, 7,
// 8, 9, 11, 13 and 20.
func TestFilteredTotalsByHand(t *testing.T) {
	c := handCohort(t, handMatcher(t), cohort.Attended(), cohort.From(day(2017, 4, 1)), cohort.To(day(2019, 6, 3)),
		cohort.Once("attendkey"), cohort.AgeBands(20, 60), cohort.WithTotals())
	requireHand(t, c, &cohort.Totals{
		Account: cohort.Account{
			Read: 20, Taken: 9,
			NotAttended: 6, // rows 3, 10, 12, 14, 16, 19
			Undated:     1, // 15; 16 was left out for an earlier reason
			OtherDate:   2, // 6 is a day too early, 17 some months too late
			Duplicates:  2, // 2 and 18, which have the key of 1; not 20, because 19 was left out for an earlier reason
			Differing:   1, // k1: row 18 belongs to somebody else
			NoPerson:    1, // 13
			// These include the rows that were left out.
			Disagreements: 2, Unrecognised: 1,
		},
		Lists: []cohort.ListTotals{
			{Match: 6, NoMatch: 3, Cut: 0, Uncoded: 0, People: 3},
			{Match: 1, NoMatch: 1, Cut: 0, Uncoded: 7, People: 1},
			{Match: 1, NoMatch: 7, Cut: 1, Uncoded: 0, People: 1, Finer: true},
		},
	},
		[][]int64{{5, 1}, {1, 1}, {0, 1}},
		[]handCategory{
			{"2017-18", 2, 2, 0, [3][2]int64{{1, 1}, {}, {}}},     // rows 7, 8
			{"2018-19", 5, 5, 2, [3][2]int64{{3, 2}, {1, 1}, {}}}, // 1, 9, 11, 13, 20
			{"2019-20", 2, 2, 0, [3][2]int64{{2, 1}, {}, {1, 1}}}, // 4, 5
		},
		[]handCategory{
			{"100 General Surgery Service", 1, 1, 1, [3][2]int64{{}, {}, {}}},
			{"307 Diabetes Service", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},
			{"320 Cardiology Service", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},
			{"361 Renal Medicine Service", 2, 2, 1, [3][2]int64{{1, 0}, {1, 1}, {}}},
			{"410 Rheumatology Service", 3, 3, 0, [3][2]int64{{2, 2}, {}, {1, 1}}},
			{"not a value of the set", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},
		},
		[]handCategory{
			{"seen", 8, 8, 2, [3][2]int64{{5, 3}, {1, 1}, {1, 1}}},
			{"arrived late, seen", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}}, // row 4
		},
		[]handCategory{
			{"1 Male", 3, 3, 0, [3][2]int64{{3, 1}, {}, {1, 1}}},
			{"2 Female", 4, 4, 2, [3][2]int64{{1, 1}, {1, 1}, {}}},
			{"9 Not specified, or indeterminate", 1, 1, 0, [3][2]int64{{1, 0}, {}, {}}},
			{"not a value of the set", 1, 1, 0, [3][2]int64{{1, 1}, {}, {}}},
		},
		[]handCategory{ // AgeBands(20, 60)
			{"0 to 19", 3, 3, 1, [3][2]int64{{1, 1}, {}, {}}},
			{"20 to 59", 3, 3, 0, [3][2]int64{{3, 1}, {}, {1, 1}}},
			{"60 and over", 2, 2, 1, [3][2]int64{{1, 1}, {1, 1}, {}}}, // rows 11, 20
			{"not known", 1, 1, 0, [3][2]int64{{1, 0}, {}, {}}},       // 13
		},
	)
}

// TestAccountByHand counts what became of the rows, for each option that concerns keys or dates.
func TestAccountByHand(t *testing.T) {
	for _, c := range []struct {
		reason string
		opts   []cohort.Option
		want   cohort.Account
	}{
		{
			"rows 2 and 18 have the key of row 1, row 20 has the key of row 19, and row 17 has no key; " +
				"rows 18 and 20 differ from the first row with their key",
			[]cohort.Option{cohort.Once("attendkey"), cohort.WithTotals()},
			cohort.Account{Read: 20, Taken: 17, Duplicates: 3, Keyless: 1, Differing: 2, NoPerson: 2, NoDate: 2},
		},
		{
			"without WithTotals; Once is given twice, and the second one applies",
			[]cohort.Option{cohort.Once("fyear"), cohort.Once("attendkey")},
			cohort.Account{Read: 20, Taken: 17, Duplicates: 3, Keyless: 1, Differing: 2, NoPerson: 2, NoDate: 2},
		},
		{
			"the option To alone leaves out rows 15 and 16, which have no date, and row 17, which is after the day",
			[]cohort.Option{cohort.To(day(2019, 6, 3))},
			cohort.Account{Read: 20, Taken: 17, Undated: 2, OtherDate: 1, NoPerson: 2},
		},
		{
			"the option From alone leaves out rows 15 and 16, which have no date, and row 6, which is before the day",
			[]cohort.Option{cohort.From(day(2017, 4, 1))},
			cohort.Account{Read: 20, Taken: 17, Undated: 2, OtherDate: 1, NoPerson: 2},
		},
		{
			"Attended applies first: of the rows it leaves out, 14 has no person and 16 no date",
			[]cohort.Option{cohort.Attended()},
			cohort.Account{Read: 20, Taken: 14, NotAttended: 6, NoPerson: 1, NoDate: 1},
		},
	} {
		t.Run(c.reason, func(t *testing.T) {
			c.want.Disagreements, c.want.Unrecognised = 2, 1 // over all rows read
			require.Equal(t, c.want, handCohort(t, handMatcher(t), c.opts...).Totals().Account)
		})
	}
}
