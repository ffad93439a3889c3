package cohort_test

import (
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// TestDiffering requires that two appointments of one key are told from one that is there
// twice, in one pass and over two parts, by each thing that people and totals come of.
func TestDiffering(t *testing.T) {
	const header = "pseudo_hesid,attendkey,apptdate,attended,sex,diag_4_01"
	const first = "A,1,2018-05-10,5,1,E119"
	for _, c := range []struct {
		reason, second string
		want           int64
	}{
		{"there twice", first, 0},
		{"spelt in another way", " A,1 ,10/05/2018,5.0,1,e119", 0},
		{"another day of the same year", "A,1,2018-05-11,5,1,E119", 1},
		{"no day", "A,1,,5,1,E119", 1},
		{"a day that is not understood", "A,1,10.05.2018,5,1,E119", 1},
		{"another person", "B,1,2018-05-10,5,1,E119", 1},
		{"nobody", ",1,2018-05-10,5,1,E119", 1},
		{"another answer", "A,1,2018-05-10,5,1,I10X", 1},
		{"another entry of the list", "A,1,2018-05-10,5,1,E109", 1},
		{"another attendance", "A,1,2018-05-10,3,1,E119", 1},
		{"another sex", "A,1,2018-05-10,5,2,E119", 1},
		{"another key", "A,2,2018-05-10,3,2,M060", 0},
	} {
		for _, key := range []cohort.Option{cohort.CountKey("attendkey"), cohort.Once("attendkey")} {
			whole, err := cohort.New(handMatcher(t), key, cohort.WithTotals())
			require.NoError(t, err)
			parts, second := whole.Part(), whole.Part()
			for into, text := range map[*cohort.Cohort]string{
				whole: first + "\n" + c.second, parts: first, second: c.second,
			} {
				r, err := hesop.NewReader(strings.NewReader(header + "\n" + text + "\n"))
				require.NoError(t, err)
				require.NoError(t, into.Scan(t.Context(), r))
			}
			parts.Merge(second)
			require.Equal(t, c.want, whole.Totals().Account.Differing, c.reason)
			require.Equal(t, whole.Totals(), parts.Totals(), c.reason)
		}
	}
}
