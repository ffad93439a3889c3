package oracle

import "testing"

// TestCell reads each cell as a separate list under the policy "never", so that the entries of a bare category and of a
// wildcard differ.
func TestCell(t *testing.T) {
	for _, c := range []struct{ system, text, want, reason string }{
		{icd10, "E119", "E119%", "subcategory"},
		{icd10, "E11.9", "E119%", "printed form"},
		{icd10, "e11", "E11", "case"},
		{icd10, "M0510", "M0510%", "five characters"},
		{icd10, "I10X", "I10X", "a code with the filler"},
		{icd10, "E11X5", "E11X5%", "filler and fifth character"},
		{icd10, "E11.", "E11", "a trailing dot is ignored"},
		{icd10, "X60..", "X60", "two trailing dots"},
		{icd10, "X600.", "X600%", "a dot after four characters"},
		{icd10, "E1.19", "E119%", "dot in another place"},
		{icd10, "E11X.", "E11X", "a dot after the filler"},
		{icd10, "E11%", "E11%", "wildcard"},
		{icd10, "E11*", "E11%", "wildcard"},
		{icd10, "E11.%", "E11%", "wildcard"},
		{icd10, "E11.*", "E11%", "wildcard of a regular expression"},
		{icd10, "^E11", "E11%", "wildcard"},
		{icd10, "^E11.*", "E11%", "^ and .* together"},
		{icd10, "E11.X", "E11%", ".X means the family"},
		{icd10, "E11.x", "E11%", "... in lower case too"},
		{icd10, "E11.-", "E11%", "a dash that means all descendants"},
		{icd10, "E11-", "E11%", "a dash without the dot"},
		{icd10, "E11 –", "E11%", "a long dash, with a space"},
		{icd10, "E119-", "E119%", "a dash after four characters"},
		{icd10, "I10X-D", "I10X", "a code as HES writes it"},
		{icd10, "A17.0†", "A170%", "dagger"},
		{icd10, "B01.2+", "B012%", "plus for a dagger"},
		{icd10, "G01*", "G01%", "an asterisk that may be a mark or a wildcard"},
		{icd10, "G01.1*", "G011%", "an asterisk that is a mark"},
		{icd10, "G01†", "G01", "a dagger is not a wildcard"},
		{icd10, "E101D", "E101%", "mark letter"},
		{icd10, "E10.1A", "E101%", "mark letter after four characters, not counting the dot"},
		{opcs4, "W37.0", "W370%", "0 as fourth character"},
		{opcs4, "K40.X", "K40%", "the family of a procedure"},
		{opcs4, "K40X", "K40X", "a procedure with the filler"},

		{icd10, "E10-E14", "E10% E11% E12% E13% E14%", "range"},
		{icd10, "E10–E12", "E10% E11% E12%", "long dash"},
		{icd10, "E10 - E12", "E10% E11% E12%", "space beside the dash"},
		{icd10, "E10.8-E11.1", "E108% E109% E110% E111%", "a range that has no whole category"},
		{icd10, "I10.0-I10.9", "I100% I101% I102% I103% I104% I105% I106% I107% I108% I109% I10X", "a range with all ten subdivisions also yields the filler"},
		{icd10, "H98-I01", "H98% H99% I00% I01%", "a range from one letter to the next"},
		{opcs4, "H98-J01", "H98% H99% J00% J01%", "procedures have no letter I"},
		{icd10, "R68-R70", "R68% R70%", "a range does not yield R69"},
		{opcs4, "R68-R70", "R68% R69% R70%", "R69 has no special meaning for procedures"},
		{opcs4, "X98-Y00", "X98% Y00%", "a range of procedures does not yield X99"},
		{icd10, "X98-Y00", "X98% X99% Y00%", "a range of diagnoses includes X99"},
		{icd10, "B99-B99", "B99%", "one category"},

		{icd10, "F1_", "F10% F11% F12% F13% F14% F15% F16% F17% F18% F19%", "as third character, _ means a digit"},
		{icd10, "E11_", "E110% E111% E112% E113% E114% E115% E116% E117% E118% E119% E11X", "as fourth character, _ means a digit or X"},
		{icd10, "M051_", "M0510% M0511% M0512% M0513% M0514% M0515% M0516% M0517% M0518% M0519%", "as fifth character, _ means a digit"},
		{icd10, "L08[089]", "L080% L088% L089%", "class"},
		{icd10, "I2[0-5]", "I20% I21% I22% I23% I24% I25%", "class with a range"},
		{icd10, "I2[0-5].X", "I20% I21% I22% I23% I24% I25%", "the family of each category"},
		{icd10, "L08[0X]", "L080% L08X", "X in a class"},
		{icd10, "R6[89]", "R68%", "a class within the category does not yield R69"},
		{icd10, "R69[36]", "R693% R696%", "a class after the category may yield codes of R69"},
		{icd10, "R69_", "R690% R691% R692% R693% R694% R695% R696% R697% R698% R699% R69X", "... and so may _"},
		{icd10, "R69", "R69", "R69 written on purpose"},

		{icd10, "I21.X, I22.X, I25.2", "I21% I22% I252%", "several codes in one cell"},
		{icd10, "E11;E12|E13 E14", "E11 E12 E13 E14", "every separator"},
		{icd10, "E10-E11, E20", "E10% E11% E20", "a range among other codes"},
		{icd10, "C45 9", "C459%", "the space is removed, because 9 is not a code"},
		{icd10, "C45. 9", "C459%", "a dot before the removed space"},
		{icd10, "A17.0 †", "A170%", "a mark after a space"},
		{icd10, "\u00a0\ufeffE11.9\u200b ", "E119%", "invisible characters"},
		{icd10, `"E11.9"`, "E119%", "quotes"},
		{icd10, "E11.9 E119", "E119%", "a repeated code is one entry"},
	} {
		list, rejected := NewList([]Cell{{c.system, c.text, false}}, Settings{Policy: "never"})
		if len(rejected) > 0 {
			t.Errorf("%s %q rejected, %s: %s", c.system, c.text, rejected[0].Why, c.reason)
			continue
		}
		if got := shown(list.Entries()); got != c.want {
			t.Errorf("%s %q: %s, want %s: %s", c.system, c.text, got, c.want, c.reason)
		}
	}
}

func TestCellRejected(t *testing.T) {
	for _, c := range []struct{ system, text, reason string }{
		{icd10, "F", "a broad prefix"},
		{icd10, "J4", "a broad prefix"},
		{icd10, "J4%", "a broad wildcard"},
		{icd10, "F_", "ten broad prefixes"},
		{icd10, "IX", "chapter"},
		{icd10, "IX.", "chapter with a dot"},
		{icd10, "v", "chapter in lower case"},
		{icd10, "C88,4", "4 is not a code, and a comma is not removed"},
		{icd10, "IX, E11", "a chapter number among codes"},
		{icd10, "S72.001A", "six characters"},
		{icd10, "E11ZZ", "letters in place of digits"},
		{icd10, "E11A", "a mark letter needs four characters before it"},
		{icd10, "ICD10", "a heading"},
		{icd10, "NA", "not a code"},
		{icd10, "not_found", "not a code"},
		{icd10, "Type 2 diabetes", "prose"},
		{icd10, "(E11|E12)", "alternatives"},
		{icd10, "^E11$", "$ for the end of the text"},
		{icd10, `E11\.9`, "backslash"},
		{icd10, "E11.+", "+ for one or more"},
		{icd10, "N18[^5]", "a negated class"},
		{icd10, "[EF]11", "a class as first character"},
		{icd10, "_11", "_ as first character"},
		{icd10, "L08[98-5]", "a class in reverse order"},
		{icd10, "E14-E10", "a range in reverse order"},
		{icd10, "E10-E14.9", "ends of different length"},
		{icd10, "I10X-I15X", "a range of codes with the filler"},
		{icd10, "J4-J6", "ends that are not codes"},
		{icd10, "R69-R69", "a range of missing values only"},
		{opcs4, "K401A", "no marks in procedures"},
		{opcs4, "I10", "no letter I"},
		{opcs4, "K4011", "five characters"},
		{opcs4, "IX", "procedures have neither chapters nor the letter I"},
	} {
		list, rejected := NewList([]Cell{{c.system, c.text, false}}, Settings{})
		if len(rejected) != 1 || rejected[0].Why == "" || len(list.Entries()) != 0 {
			t.Errorf("%s %q accepted as %s: %s", c.system, c.text, shown(list.Entries()), c.reason)
		}
	}
}

func TestCellBroad(t *testing.T) {
	for _, c := range []struct{ system, text, want, reason string }{
		{icd10, "F", "F%", "a letter"},
		{icd10, "J4", "J4%", "a letter and a digit"},
		{icd10, "I%", "I%", "the letter, not the chapter"},
		{icd10, "X", "", "the chapter, not the letter"},
		{icd10, "IX", "", "chapter"},
		{icd10, "E11 X", "E11X", "X is not a prefix, so the space is removed"},
		{icd10, "R", "R%", "a broad prefix of R69"},
		{opcs4, "X", "X%", "procedures have no chapter numbers"},
		{opcs4, "I", "", "no letter I"},
	} {
		list, _ := NewList([]Cell{{c.system, c.text, false}}, Settings{Policy: "never", AllowBroad: true})
		if got := shown(list.Entries()); got != c.want {
			t.Errorf("%s %q: %s, want %s: %s", c.system, c.text, got, c.want, c.reason)
		}
	}
}
