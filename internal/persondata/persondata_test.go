package persondata

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLooks(t *testing.T) {
	for _, tt := range []struct {
		text   string
		want   bool
		reason string
	}{
		{"9999999999", true, "an identifier"},
		{"A1234", true, "four digits in a row after a letter"},
		{"1/2/57", true, "a date of digits"},
		{"12 MAR 57", true, "a date with the name of a month, in any case"},
		{"sw1a 1aa", true, "a postcode"},
		{"-12.5", true, "a number"},
		{"54", true, "a short number"},
		{"diag_01", false, "the name of a column"},
		{"diag_4_concat", false, "the name of a column, with one digit"},
		{"ICD-10", false, "the name of a system"},
		{"", false, "an empty text"},
		{"-", false, "a dash is not a number"},
	} {
		require.Equal(t, tt.want, Looks(tt.text), tt.reason)
	}
}

func TestIsNone(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "-": true, "&": true, "NaN": true, "<NA>": true, "NULL": true, "none": true, "n/a": true,
		"0": false, "none1": false, "A": false, "nobody": false, "--": false,
	} {
		require.Equal(t, want, IsNone([]byte(text)), text)
	}
}

func TestIsRounded(t *testing.T) {
	for text, want := range map[string]bool{
		"1.23457E+11": true, "1e+09": true, "7E+11": true, "1.23457E-11": false, "123457": false, "E+11": false, "AE+11": false, "": false,
	} {
		require.Equal(t, want, IsRounded([]byte(text)), text)
	}
}
