package hesop

import (
	"database/sql/driver"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestShiftedColumns requires the same notices however the rows are read, which noticesOf checks.
func TestShiftedColumns(t *testing.T) {
	const settles = ": columns may be shifted; compare the header, or the names given by Names, with the rows"
	rows := func(n int, row string) string { return strings.Repeat(row+"\n", n) }
	const header = "patid,diag_4_01,opertn_4_01,sex\n"
	for _, tt := range []struct{ text, want, reason string }{
		{header + rows(10, "1,E119,K401,2"), "", "columns in the right order"},
		{header + rows(5, "1,330,E119,2"), "warning: x.csv: column diag_4_01: 5 of 5 values are not ICD-10 codes" + settles, "a name is missing before the code columns"},
		{header + rows(8, "1,E119,K401,2") + rows(2, "1,330,,2"), "", "two of ten are too few"},
		{header + rows(12, "1,E119,K401,2") + rows(3, "1,330,,2"), "", "exactly 20 in 100"},
		{header + rows(11, "1,E119,K401,2") + rows(3, "1,330,,2"), "warning: x.csv: column diag_4_01: 3 of 14 values are not ICD-10 codes" + settles, "three of fourteen are more than 20 in 100"},
		{header + rows(9, "1,,,2") + rows(3, "1,,330,2"), "warning: x.csv: column opertn_4_01: 3 of 3 values are not OPCS-4 codes" + settles, "only values that are not empty count"},
		{header + rows(5, "1,0000,AU00,2") + rows(5, "1,9998,1   ,2"), "", "junk that is common in HES"},
		{header + rows(10, "1,R69X,-,2") + rows(10, "1,&,X997,2"), "", "missing values do not count"},
		{header + rows(300, "1,E119,K401,2") + rows(80, "1,330,,2"), "", "few rows are sampled after the first hundred"},
		{header + rows(90, "1,E119,K401,2") + rows(4000, "1,330,,2"), "warning: x.csv: column diag_4_01: 25 of 115 values that were looked at are not ICD-10 codes" + settles, "... but enough if there are many"},
		{header + rows(70_000, "1,E119,K401,2") + rows(4000, "1,330,,2"), "", "even fewer are sampled further on"},
		{"diag_4_01|diag_4_concat\n" + rows(7, "E119|E119") + rows(3, "E119|I10X"), "warning: x.csv: 3 of 10 rows have other codes in the positional columns than in the concatenated one" + settles, "the columns disagree"},
		{"diag_4_concat,k\n" + rows(4, "\"E119,E109,330\",1"), "warning: x.csv: column diag_4_concat: 4 of 12 values are not ICD-10 codes" + settles, "slots of a concatenated column"},
	} {
		if len(tt.text) > 10_000 && testing.Short() {
			continue
		}
		require.Equal(t, tt.want, noticesOf(t, tt.text), tt.reason)
	}
}

func TestShiftedColumnsOfAQuery(t *testing.T) {
	values := make([][]driver.Value, 5)
	for i := range values {
		values[i] = []driver.Value{"330", "K401"}
	}
	for _, blocks := range []bool{false, true} {
		r, err := FromRows(openQuery(t.Context(), t, &table{columns: []string{"diag_4_01", "opertn_4_01"}, rows: values}))
		require.NoError(t, err)
		if blocks {
			require.NoError(t, r.blocks(t.Context(), 2, 1000, func(*block) {}, func(*block) error { return nil }))
		} else {
			for _, err := range r.All() {
				require.NoError(t, err)
			}
		}
		require.Len(t, r.Notices(), 1)
		require.Contains(t, r.Notices()[0].String(), "column diag_4_01: 5 of 5 values are not ICD-10 codes")
	}
}

// TestNotLooked finds the next row of the sample from any row on.
func TestNotLooked(t *testing.T) {
	var looked []int64
	for n := int64(95); n < 70_000; n++ {
		if n += notLooked(n); n == 99 || n >= 65_000 || n < 600 {
			looked = append(looked, n)
		}
	}
	require.Equal(t, []int64{95, 96, 97, 98, 99, 256, 512, 65_024, 65_280, 65_536, 69_632, 73_728}, looked)
}
