package hesop

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShortColumnsAreWarnedOf(t *testing.T) {
	const diagnoses = "warning: ICD-10 is read from columns of three characters alone (DIAG3_1 and its like), which leave longer entries undecided"
	tests := []struct {
		header string
		fields Fields
		want   string
		reason string
	}{
		{"DIAG3_1,diag_3_02,opertn_4_01", AllFields, diagnoses, "a system without more detailed columns"},
		{"DIAG3_1,diag_4_01", AllFields, "", "a column of four characters"},
		{"DIAG3_1,diag_01", AllFields, "", "the full code"},
		{"DIAG3_1,diag_4_concat", PositionalFields, diagnoses, "a column of four characters that is not selected"},
		{"diag_4_01", AllFields, "", "no columns of the other system"},
	}
	for _, tt := range tests {
		var warnings []string
		for line := range strings.SplitSeq(said(open(t, tt.header+"\n", ReadFields(tt.fields))), "\n") {
			if strings.HasPrefix(line, "warning") {
				warnings = append(warnings, line)
			}
		}
		require.Equal(t, tt.want, strings.Join(warnings, "\n"), tt.reason)
	}
}

func TestRawWidth(t *testing.T) {
	for _, width := range []int{4, 6} {
		r := open(t, "diag_01,opertn_01,diag_4_02\n", RawWidth(width))
		for column, f := range r.CodeFields() {
			want := width
			if f.Form != Raw {
				want = 4
			}
			require.Equal(t, want, f.Width, column.Name())
		}
	}
	for _, width := range []int{-1, 0, 3, 5, 7} {
		_, err := NewReader(strings.NewReader("diag_01\n"), RawWidth(width))
		require.ErrorIs(t, err, ErrOption)
	}
}

func longRaw(a *Appointment) bool { return a.Codes().has&hasLongRaw != 0 }

// TestLongRaw reads each value twice, so that its span is cached the second time.
func TestLongRaw(t *testing.T) {
	tests := []struct {
		header, value string
		want          bool
		reason        string
	}{
		{"diag_01", "M0510", true, "a full code"},
		{"diag_01", "M051-", true, "a dash that pads the value"},
		{"diag_01", "M051  ", false, "white space around the value"},
		{"diag_01", "\u00a0M051\xa0", false, "... even if it consists of no-break spaces"},
		{"diag_01", "R69X6", true, "a missing value"},
		{"diag_01", "M051", false, "four characters"},
		{"opertn_01", "W3711", false, "procedures have four characters"},
		{"diag_4_01", "M0510", false, "not a raw column"},
	}
	for _, tt := range tests {
		r := open(t, tt.header+",opertn_04,key\n"+strings.Repeat(tt.value+",W371,1\n", 2)+"I10X,,\n")
		var got []bool
		for a, err := range r.All() {
			require.NoError(t, err)
			got = append(got, longRaw(a))
			require.Equal(t, longRaw(a), longRaw(a.Clone()), tt.reason)
		}
		require.Equal(t, []bool{tt.want, tt.want, false}, got, tt.reason)
	}
}
