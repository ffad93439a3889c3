package codelist

import (
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// shown writes the parts of a cell briefly. E11? leaves coverage to the policy, E11% has descendants, E11 is exact.
func (c *cell) shown() string {
	if c.refusal != "" {
		return c.refusal
	}
	words := make([]string, len(c.parts))
	for i, p := range c.parts {
		words[i] = p.prefix.String() + map[scope]string{scopeByPolicy: "?", scopeExact: "", scopeDescendants: "%"}[p.scope]
	}
	return strings.Join(words, " ")
}

func TestReadCell(t *testing.T) {
	tests := []struct {
		sys     coding.System
		text    string
		want    string
		repairs string
		reason  string
	}{
		{coding.ICD10, "E11", "E11?", "", "a bare category is left to the policy"},
		{coding.ICD10, "E119", "E119%", "", "a subcategory and all longer codes"},
		{coding.ICD10, "E11.9", "E119%", "", "the printed form"},
		{coding.ICD10, "M05.10", "M0510%", "", "a fifth character"},
		{coding.ICD10, "I10X", "I10X", "", "without a dot: the undivided category"},
		{coding.ICD10, "I10.X", "I10%", "", "with a dot: X is a wildcard, so this is the family"},
		{coding.ICD10, "i10.x", "I10%", "case", "... in lower case"},
		{coding.ICD10, "M45X5", "M45X5%", "", "a filler with a fifth character"},
		{coding.ICD10, "M45.X5", "M45X5%", "", "... as printed"},
		{coding.ICD10, "X60", "X60?", "", "a leading X is a letter"},
		{coding.ICD10, "X60..", "X60?", "dots", "Read-style trailing dots"},
		{coding.ICD10, "X600.", "X600%", "dots", "... on a subcategory"},
		{coding.ICD10, "E11.", "E11?", "dots", "a bare category with a dot after it"},
		{coding.ICD10, "E1.19", "E119%", "dots", "a dot in the wrong place"},
		{coding.ICD10, "E11.X.", "E11%", "dots", "a trailing dot does not undo the wildcard"},
		{coding.ICD10, "E11%", "E11%", "", "wildcard"},
		{coding.ICD10, "E11.%", "E11%", "", "wildcard"},
		{coding.ICD10, "E11*", "E11%", "asterisk, read as a mark or a wildcard with the same effect", "wildcard"},
		{coding.OPCS4, "W41*", "W41%", "", "a wildcard and not a mark, because procedures have no marks"},
		{coding.ICD10, "E11.*", "E11%", "", ".* at the end, as in a regular expression"},
		{coding.ICD10, "^E11", "E11%", "", "^ at the start, as in a regular expression"},
		{coding.ICD10, "^E11.9", "E119%", "", "... on a subcategory"},
		{coding.ICD10, "E11-", "E11%", "", "a dash that means everything below"},
		{coding.ICD10, "E11.-", "E11%", "", "... as printed"},
		{coding.ICD10, "E11-.", "E11%", "dots", "... with a stray dot after it"},
		{coding.ICD10, "E119-", "E119%", "trailing dash", "after four characters, the dash fills the unused fifth"},
		{coding.ICD10, "I10X-D", "I10X", "trailing dash, dagger or asterisk mark", "a dash and a mark, as in HES"},
		{coding.ICD10, "A17.0†", "A170%", "dagger or asterisk mark", "dagger"},
		{coding.ICD10, "B01.2+", "B012%", "dagger or asterisk mark", "a dagger typed as a plus sign"},
		{coding.ICD10, "A00†%", reasonNotCode, "", "a mark and a wildcard: one sign too many; found by fuzzing, keep"},
		{coding.ICD10, "A0†", reasonNotCode, "", "a mark on an incomplete code"},
		{coding.ICD10, "G01†", "G01?", "dagger or asterisk mark", "a mark on a category, which stays bare"},
		{coding.ICD10, "G01*", "G01%", "asterisk, read as a mark or a wildcard with the same effect", "an asterisk on a category reads as a wildcard, with the same effect"},
		{coding.ICD10, "G05.1*", "G051%", "dagger or asterisk mark", "after four characters the asterisk is a mark"},
		{coding.ICD10, "E101D", "E101%", "dagger or asterisk mark", "a mark as HES writes it"},
		{coding.OPCS4, "K401A", reasonTooLong, "", "procedures have no marks"},
		{coding.OPCS4, "K40.1†", reasonMark, "", "... nor signs for them"},
		{coding.OPCS4, "K40.1†.", reasonMark, "", "... nor signs with a dot after them"},
		{coding.ICD10, " E11\u00A0", "E11?", "outer white space", "no-break space"},
		{coding.ICD10, "E11\u200B.9", "E119%", "zero-width characters", "an invisible character"},
		{coding.ICD10, "C45. 9", "C459%", "inner white space", "a stray space"},
		{coding.ICD10, "C45 9", "C459%", "inner white space", "not two codes: the space is removed"},
		{coding.ICD10, "A17.0 D", "A170%", "inner white space, dagger or asterisk mark", "the space is removed, and D is read as a mark"},
		{coding.ICD10, "'E11'", "E11?", "quotes", "spreadsheet quotes"},
		{coding.ICD10, "\u201CE11\u201D", "E11?", "quotes", "typeset quotes"},
		{coding.ICD10, "I21.X, I22.X, I25.2", "I21% I22% I252%", "several codes in one cell", "split: every part is a code"},
		{coding.ICD10, "I21; I22|I23", "I21? I22? I23?", "several codes in one cell", "other separators"},
		{coding.ICD10, "I21 I22", "I21? I22?", "several codes in one cell", "spaces"},
		{coding.ICD10, "I21,", "I21?", "separator at an end", "a separator with nothing after it"},
		{coding.ICD10, "C88,4", reasonSeveral, "", "not every part is a code; a comma is never taken for a mistyped dot"},
		{coding.ICD10, "E11, diabetes", reasonSeveral, "", "prose among codes"},
		{coding.ICD10, "C73.X. Z85.850", reasonSeveral, "", "a full stop in place of a comma, and a code of ICD-10-CM"},
		{coding.ICD10, "E11 diabetes", reasonSeveral, "case", "a code and prose"},
		{coding.ICD10, "(40006, 40016)", reasonNotCode, "", "a note in brackets is not a regular expression"},
		{coding.ICD10, "E10-E12", "E10% E11% E12%", "", "a range of categories"},
		{coding.ICD10, "E10 – E11", "E10% E11%", "inner white space", "a range with a typeset dash"},
		{coding.ICD10, "E10.8-E11.1", "E108% E109% E110% E111%", "", "a range of subcategories across categories"},
		{coding.ICD10, "I10.0-I10.9", "I100% I101% I102% I103% I104% I105% I106% I107% I108% I109% I10X", "", "all ten digits, and so the undivided category too"},
		{coding.ICD10, "A99-B01", "A99% B00% B01%", "", "a range across letters"},
		{coding.OPCS4, "H99-J00", "H99% J00%", "", "OPCS-4 has no letter I"},
		{coding.ICD10, "R68-R70", "R68% R70%", "", "a range never yields R69"},
		{coding.ICD10, "R69-R69", reasonRangeEmpty, "", "... so this range is empty"},
		{coding.ICD10, "R6_", "R60% R61% R62% R63% R64% R65% R66% R67% R68%", "", "_ never yields R69 either"},
		{coding.ICD10, "R69[06]", "R690% R696%", "", "a class as the fourth character names R69 itself"},
		{coding.OPCS4, "X98-X99", "X98%", "", "X99 of OPCS-4 means missing"},
		{coding.ICD10, "X98-X99", "X98% X99%", "", "... but X99 of ICD-10 does not"},
		{coding.ICD10, "E12-E10", reasonRangeOrder, "", "a range that runs backwards"},
		{coding.ICD10, "E10-14", reasonRangeEnds, "", "the end is not written in full"},
		{coding.ICD10, "E10-E14.9", reasonRangeEnds, "", "ends of different lengths"},
		{coding.ICD10, "I10X-I15X", reasonRangeEnds, "", "fillers cannot end a range"},
		{coding.ICD10, "F1_", "F10% F11% F12% F13% F14% F15% F16% F17% F18% F19%", "", "_ stands for any digit"},
		{coding.ICD10, "E11_", "E110% E111% E112% E113% E114% E115% E116% E117% E118% E119% E11X", "", "as the fourth character, _ also stands for the filler"},
		{coding.ICD10, "L08[089]", "L080% L088% L089%", "", "a class"},
		{coding.ICD10, "I2[0-5].X", "I20% I21% I22% I23% I24% I25%", "", "a class and a wildcard: six families"},
		{coding.ICD10, "I2[0-1]X", "I20X I21X", "", "without a dot: the undivided categories"},
		{coding.ICD10, "L08[8-90]", "L080% L088% L089%", "", "digits come in order; found by fuzzing, keep"},
		{coding.ICD10, "L08[0X]", "L080% L08X", "", "X as the fourth character"},
		{coding.ICD10, "L0[8X]", reasonClass, "", "X as the third character"},
		{coding.ICD10, "N18[^5]", reasonRegexp, "", "a class cannot be negated"},
		{coding.ICD10, "[EF]11", reasonClassFirst, "", "a class cannot stand for the letter"},
		{coding.ICD10, "E1(0|1)", reasonRegexp, "", "an alternative, as in a regular expression"},
		{coding.ICD10, "E11.+", reasonRegexp, "", "a repetition, as in a regular expression"},
		{coding.ICD10, "E11. +", reasonRegexp, "", "... with a space inside; found by fuzzing, keep"},
		{coding.ICD10, "F", reasonBroad, "", "a broad prefix"},
		{coding.ICD10, "J4%", reasonBroad, "", "... with a wildcard"},
		{coding.ICD10, "I", reasonChapter, "", "a chapter number"},
		{coding.ICD10, "XXII", reasonChapter, "", "a chapter number"},
		{coding.ICD10, "ix.", reasonChapter, "case", "a chapter number with a dot"},
		{coding.OPCS4, "I10", reasonLetterI, "", "OPCS-4 has no letter I"},
		{coding.ICD10, "S72.001A", reasonTooLong, "dagger or asterisk mark", "ICD-10-CM"},
		{coding.ICD10, "Z87.891", reasonTooLong, "", "ICD-10-CM"},
		{coding.ICD10, "M1A.0", reasonLetters, "", "ICD-10-CM"},
		{coding.ICD10, "NA", reasonNotCode, "", "the missing value of R"},
		{coding.ICD10, "not_found", reasonNotCode, "case", "the result of a look-up that failed"},
		{coding.ICD10, "ICD10", reasonNotCode, "", "a header among the data"},
		{coding.ICD10, "Type 2 (adult)", reasonNotCode, "case", "prose is not reported as a regular expression"},
		{coding.ICD10, "0000", reasonNotCode, "", "junk"},
		{coding.ICD10, ",", reasonNotCode, "", "nothing but a separator"},
		{coding.ICD10, `"`, reasonNotCode, "quotes", "nothing but a quote"},
	}
	for _, tt := range tests {
		t.Run(tt.sys.String()+" "+tt.text, func(t *testing.T) {
			c := cellReader{system: tt.sys, expansion: 1000}.read(tt.text, nil)
			require.Equal(t, tt.want, c.shown(), tt.reason)
			if c.refusal == "" {
				require.Equal(t, tt.repairs, c.repairs.String(), tt.reason)
			}
		})
	}
}

func TestReadCellBroad(t *testing.T) {
	tests := []struct{ text, want, reason string }{
		{"F", "F%", "a broad prefix, with AllowBroad"},
		{"J4", "J4%", "... of two characters"},
		{"I%", "I%", "with a wildcard, I is a letter"},
		{"I", reasonChapter, "without a wildcard, I remains a chapter number"},
		{"V", reasonChapter, "... as does V"},
		{"X .", reasonChapter, "... and X, once the space is removed; found by fuzzing, keep"},
		{"X,", reasonSeveral, "with a separator, the chapter number is not alone in its cell; found by fuzzing, keep"},
		{"F, J4", "F% J4%", "several broad prefixes"},
		{"F, V", reasonSeveral, "a chapter number cannot be one of several codes"},
		{"E11 X", "E11X", "a letter set apart by a space belongs to the code before it"},
	}
	for _, tt := range tests {
		c := cellReader{system: coding.ICD10, allowBroad: true, expansion: 1000}.read(tt.text, nil)
		require.Equal(t, tt.want, c.shown(), tt.reason)
	}
}

func TestExpansionLimit(t *testing.T) {
	read := func(text string) string {
		c := cellReader{system: coding.ICD10, expansion: 10}.read(text, nil)
		return c.refusal
	}
	require.Empty(t, read("E10-E19"), "ten codes")
	require.Equal(t, reasonExpansion, read("E10-E20"), "eleven codes")
	require.Empty(t, read("E1_"))
	require.Equal(t, reasonExpansion, read("E11_"), "ten digits and the filler")
	require.Equal(t, reasonExpansion, read("E11, E10-E19"), "all codes of the cell count")
	require.Equal(t, reasonExpansion, read("A____"), "the limit is checked before any code is made")
}
