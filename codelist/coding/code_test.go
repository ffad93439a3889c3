package coding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseCode(t *testing.T) {
	tests := []struct {
		sys    System
		text   string
		want   string // "" for an error
		reason string
	}{
		{ICD10, "E11", "E11", "a category"},
		{ICD10, "E119", "E119", "a subcategory"},
		{ICD10, "E11.9", "E119", "the printed form has a dot"},
		{ICD10, " e11.9\t", "E119", "case and white space do not count"},
		{ICD10, "M05.10", "M0510", "a supplementary subdivision"},
		{ICD10, "I10X", "I10", "the filler marks the undivided category"},
		{ICD10, "I10.X", "I10", "in the data the dot does not count"},
		{ICD10, "M45X5", "M45X5", "a fifth character may follow the filler"},
		{ICD10, "I10X-D", "I10", "the dash fills the unused fifth character, and D is the dagger mark"},
		{ICD10, "A170-D", "A170", "... also on a subcategory"},
		{ICD10, "E101D", "E101", "the mark may be the fifth character"},
		{ICD10, "E10-D", "E10", "four characters, including a dash, precede the mark"},
		{ICD10, "E10D", "", "after three characters, D is not a mark, and E10D is not a code"},
		{ICD10, "E1010A", "E1010", "a mark after five characters"},
		{ICD10, "E101AA", "", "only one mark is removed"},
		{ICD10, "X60", "X60", "a leading X is a chapter letter"},
		{ICD10, "X60X", "X60", "... also before a filler"},
		{ICD10, "XX0", "", "a filler can be the fourth character only"},
		{ICD10, "E1X", "", "... not the third"},
		{ICD10, "S72001A", "", "six characters are left: ICD-10-CM"},
		{ICD10, "E11999", "", "no code is shortened to fit"},
		{ICD10, "C88,4", "", "a comma is not a dot"},
		{ICD10, "E1", "", "a prefix is not a code"},
		{ICD10, "0000", "", "no letter"},
		{ICD10, "AU00", "", "a letter where a digit belongs"},
		{ICD10, "", "", "an empty text"},
		{ICD10, "-", "", "a missing value is not a code"},
		{OPCS4, "K40", "K40", "a category"},
		{OPCS4, "W37.0", "W370", "OPCS-4 has a fourth character 0"},
		{OPCS4, "K401A", "", "procedures have no marks"},
		{OPCS4, "K401-", "K401", "... but may end in dashes"},
		{OPCS4, "K4011", "", "no fifth character"},
		{OPCS4, "I10", "", "no letter I"},
		{OPCS4, "Z94", "Z94", "the same text is another code in ICD-10"},
		{0, "E11", "", "a system must be stated"},
	}
	for _, tt := range tests {
		t.Run(tt.sys.String()+" "+tt.text, func(t *testing.T) {
			got, err := ParseCode(tt.sys, tt.text)
			if tt.want == "" {
				require.ErrorIs(t, err, ErrCode, tt.reason)
				require.False(t, got.IsValid(), tt.reason)
				return
			}
			require.NoError(t, err, tt.reason)
			require.Equal(t, tt.want, got.String(), tt.reason)
			require.Equal(t, tt.sys, got.System(), tt.reason)

			again, err := ParseCode(tt.sys, got.String())
			require.NoError(t, err, "the text of String parses")
			require.Equal(t, got, again, "... to the same code")
		})
	}
}

func TestCodeEquality(t *testing.T) {
	parse := func(sys System, text string) Code {
		c, err := ParseCode(sys, text)
		require.NoError(t, err)
		return c
	}
	require.Equal(t, parse(ICD10, "I10"), parse(ICD10, "I10X"), "the undivided category is one code")
	require.Equal(t, parse(OPCS4, "X42"), parse(OPCS4, "X42X"), "... in either system")
	require.NotEqual(t, parse(ICD10, "Z94"), parse(OPCS4, "Z94"), "codes of different systems are never equal")
	require.NotEqual(t, parse(ICD10, "E11"), parse(ICD10, "E110"), "a fourth character 0 is not a filler")
	require.Equal(t, parse(ICD10, "M051").Prefix(4), parse(ICD10, "M0510").Prefix(4))
	require.Equal(t, parse(ICD10, "M45").Prefix(4), parse(ICD10, "M45X5").Prefix(4))
	require.Negative(t, parse(ICD10, "E11").Compare(parse(ICD10, "E110")))
	require.Negative(t, parse(ICD10, "Z99").Compare(parse(OPCS4, "A01")))
	require.Empty(t, Code(0).String(), "the zero Code")
}

func TestPrefix(t *testing.T) {
	parse := func(text string) Prefix {
		p, err := ParsePrefix(ICD10, text)
		require.NoError(t, err, text)
		require.Equal(t, text, p.String())
		require.Equal(t, len(text), p.Len())
		return p
	}
	require.NotEqual(t, parse("I10"), parse("I10X"), "as prefixes, I10 and I10X differ")
	require.True(t, parse("E").Contains(parse("E11")))
	require.True(t, parse("E1").Contains(parse("E11X5")))
	require.True(t, parse("E11").Contains(parse("E11X")))
	require.True(t, parse("E11").Contains(parse("E11")))
	require.False(t, parse("E11").Contains(parse("E12")))
	require.False(t, parse("E119").Contains(parse("E11")))
	require.False(t, parse("E119").Contains(parse("E11X")))
	require.Equal(t, parse("E11"), parse("E1195").First(3))
	require.Equal(t, parse("E11"), parse("E11").First(4))
	for _, bad := range []string{"", "e11", "E11.9", "1", "EX", "E1X", "E11Y", "E11XX", "E11999"} {
		_, err := ParsePrefix(ICD10, bad)
		require.ErrorIs(t, err, ErrCode, bad)
	}
	_, err := ParsePrefix(OPCS4, "I")
	require.ErrorIs(t, err, ErrCode, "OPCS-4 has no letter I")
	require.False(t, Prefix(0).Contains(parse("E11")), "the zero Prefix names nothing")
}

func TestErrCodeQuotesTheText(t *testing.T) {
	_, err := ParseCode(ICD10, "AU00")
	require.ErrorIs(t, err, ErrCode)
	require.ErrorContains(t, err, `"AU00"`)
	require.ErrorContains(t, err, "ICD-10")
}
