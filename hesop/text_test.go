package hesop

import (
	"encoding"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTextForms requires that the text of MarshalText can be read back, and that other texts are rejected.
func TestTextForms(t *testing.T) {
	for _, test := range []struct {
		v    encoding.TextMarshaler
		back encoding.TextUnmarshaler
	}{
		{Date{2019, 2, 28}, new(Date)},
		{Date{}, new(Date)},
		{FinancialYear(2019), new(FinancialYear)},
		{FinancialYear(1999), new(FinancialYear)},
		{FinancialYear(0), new(FinancialYear)},
		{Positional, new(Form)},
		{Raw, new(Form)},
		{SeenLate, new(Attended)},
		{AttendedOther, new(Attended)},
	} {
		text, err := test.v.MarshalText()
		require.NoError(t, err)
		require.NoError(t, test.back.UnmarshalText(text), "%s", text)
		again, err := test.back.(encoding.TextMarshaler).MarshalText()
		require.NoError(t, err)
		require.Equal(t, string(text), string(again))
		require.Error(t, test.back.UnmarshalText([]byte("nothing of the kind")))
	}
	require.Error(t, new(FinancialYear).UnmarshalText([]byte("2019-21")))
	require.Error(t, new(Date).UnmarshalText([]byte("2019-02-30")))
}
