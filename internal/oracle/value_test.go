package oracle

import "testing"

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		system, field, class, why string
		reason                    string
	}{
		{icd10, "", "empty", "", "empty"},
		{icd10, " \t\u00a0", "empty", "", "padding only"},
		{icd10, "R69", "missing", "not known", "R69 alone"},
		{icd10, "R69X", "missing", "not known", "R69 with its filler"},
		{icd10, "r69x6-", "missing", "no primary diagnosis given", "lower case, padded with a dash"},
		{icd10, "R69X8", "missing", "invalid code given", "reason 8"},
		{icd10, "R69X3D", "missing", "external cause given as primary diagnosis", "reason 3 with a mark"},
		{icd10, "R69ZZ", "missing", "not known", "anything that starts with R69"},
		{icd10, "-", "missing", "none", "a single dash is recognised before dashes are removed"},
		{icd10, "&", "missing", "not known", "ampersand"},
		{icd10, "X99", "code", "", "X99 is an assault in ICD-10"},
		{icd10, "X999", "code", "", "a subdivision of X99"},
		{icd10, "X60", "code", "", "a leading X is a chapter letter"},
		{icd10, "I10X-D", "code", "", "raw, with an unused fifth position and a dagger"},
		{icd10, "A170-D", "code", "", "a subcategory with an unused fifth position and a dagger"},
		{icd10, "E101D", "code", "", "a mark straight after four characters"},
		{icd10, "M0510", "code", "", "five characters"},
		{icd10, "E11X5", "code", "", "filler and a fifth character"},
		{icd10, " e11.9 ", "code", "", "case, dot and padding"},
		{icd10, "E11-", "code", "", "a trailing dash is removed"},
		{icd10, "E11A", "unrecognised", "", "A after three characters is not a mark"},
		{icd10, "E11 9", "unrecognised", "", "a space within a value is kept"},
		{icd10, "E119999", "unrecognised", "", "a long value is never shortened to fit"},
		{icd10, "S72.01X", "unrecognised", "", "six characters"},
		{icd10, "0000", "unrecognised", "", "junk"},
		{icd10, "--", "unrecognised", "", "two dashes are not missing"},
		{icd10, "\u017f720", "unrecognised", "", "a long s is not an S"},
		{opcs4, "-", "missing", "none", "a single dash"},
		{opcs4, "&\t ", "missing", "not known", "ampersand with padding"},
		{opcs4, "X997", "missing", "not known", "reason 7"},
		{opcs4, "X998", "missing", "no code available", "reason 8"},
		{opcs4, "X999", "missing", "none", "reason 9"},
		{opcs4, "X99", "missing", "not known", "truncated before the reason"},
		{opcs4, "R69", "code", "", "R69 has no special meaning for procedures"},
		{opcs4, "R691", "code", "", "... and neither does a code under it"},
		{opcs4, "W37.0", "code", "", "fourth character 0"},
		{opcs4, "K401", "code", "", "plain"},
		{opcs4, "K401-", "code", "", "a dash is removed in both systems"},
		{opcs4, "K40X", "code", "", "filler in a procedure"},
		{opcs4, "K401A", "unrecognised", "", "no marks in procedures"},
		{opcs4, "K4011", "unrecognised", "", "five characters"},
		{opcs4, "I101", "unrecognised", "", "the letter I is not used"},
		{opcs4, "9998", "unrecognised", "", "junk"},
		{opcs4, "AU00", "unrecognised", "", "letters where digits belong"},
		{opcs4, "1   ", "unrecognised", "", "junk with padding"},
	} {
		class, why := Classify(c.system, c.field)
		if class != c.class || why != c.why {
			t.Errorf("%s %q: %s (%s), want %s (%s): %s", c.system, c.field, class, why, c.class, c.why, c.reason)
		}
	}
}
