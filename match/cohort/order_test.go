package cohort_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// TestOrderBy: for each key, the cohort keeps the appointment with the least value. The test scans in one pass, with
// several workers, and in parts.
func TestOrderBy(t *testing.T) {
	for _, test := range []struct {
		reason string
		orders []string // the values of appointments of one key, on 1 May, 2 May and so on
		want   uint8    // the day of the appointment that is kept
	}{
		{"the least value comes first", []string{"a", "b", "c"}, 1},
		{"the least value comes last", []string{"c", "b", "a"}, 3},
		{"the least value comes between two others", []string{"b", "a", "c"}, 2},
		{"numbers of any length", []string{"10", "9"}, 2},
		{"surrounding space is ignored", []string{" 2", "1", "\u00a01 "}, 2},
		{"inner space counts", []string{"a b", "a"}, 2},
		{"capitals come first", []string{"b", "a", "B"}, 3},
		{"letters outside ASCII come last", []string{"é", "z"}, 2},
		{"an empty value comes after all others", []string{"", " ", "z", ""}, 3},
		{"all values are empty", []string{"", " ", ""}, 1},
		{"equal values keep the order of the data", []string{"b", "a", "a", "b"}, 2},
		{"days in the form yyyy-mm-dd", []string{"2020-02-01", "2019-03-01"}, 2},
		{"days in another form sort as text", []string{"01/02/2020", "02/01/2019"}, 1},
	} {
		t.Run(test.reason, func(t *testing.T) {
			const header = "pseudo_hesid,attendkey,apptdate,diag_4_01,row\n"
			var rows []string
			for i, order := range test.orders {
				rows = append(rows, fmt.Sprintf("1,k,2019-05-%02d,F320,%s\n", i+1, order))
			}
			opts := []cohort.Option{cohort.Once("attendkey"), cohort.OrderBy("Row "), cohort.BlockSize(30)}
			want := cohort.Account{Read: int64(len(rows)), Taken: 1, Duplicates: int64(len(rows) - 1), Differing: 1}
			requireFirst := func(c *cohort.Cohort) {
				t.Helper()
				require.Equal(t, []cohort.Member{once("1", 0, day(2019, 5, test.want))}, slices.Collect(c.Members()))
				require.Equal(t, want, c.Totals().Account)
			}
			for workers := 1; workers <= 3; workers++ {
				requireFirst(scan(t, oneList(t), []byte(header+strings.Join(rows, "")), append(opts, cohort.Workers(workers))...))
			}
			merged, read := scan(t, oneList(t), []byte(header), opts...), scan(t, oneList(t), []byte(header), opts...)
			for _, row := range rows {
				part := scanInto(t, merged.Part(), header+row)
				merged.Merge(part)
				require.NoError(t, read.ReadPart(bytes.NewReader(partOf(t, part))))
			}
			requireFirst(merged)
			requireFirst(read)
		})
	}
}

// TestOrderByTaken: an appointment that Attended leaves out is never the first of its key. The column that OrderBy
// names must exist.
func TestOrderByTaken(t *testing.T) {
	const text = "pseudo_hesid,attendkey,apptdate,attended,diag_4_01,row\n1,k,2019-05-01,5,F320,2\n1,k,2019-05-02,3,F320,1\n"
	c := scan(t, oneList(t), []byte(text), cohort.Attended(), cohort.Once("attendkey"), cohort.OrderBy("row"))
	require.Equal(t, []cohort.Member{once("1", 0, day(2019, 5, 1))}, slices.Collect(c.Members()))

	c, err := cohort.New(oneList(t), cohort.Once("attendkey"), cohort.OrderBy("place"))
	require.NoError(t, err)
	r, err := hesop.NewReader(strings.NewReader(text))
	require.NoError(t, err)
	err = c.Scan(t.Context(), r)
	require.ErrorIs(t, err, hesop.ErrColumn)
	require.ErrorContains(t, err, "the order of appointments, which OrderBy names")
}
