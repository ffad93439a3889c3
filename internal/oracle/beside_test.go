package oracle

import "testing"

func TestSheetSigns(t *testing.T) {
	named := func(column string) Choices { return Choices{System: icd10, ExcludeColumn: column} }
	testSheets(t, []sheetCase{
		{
			"code|Filter\nE11|Include\nE11.3|Exclude",
			ofICD, "refused: unused signs", "", `the words "include" and "exclude" are signs under any header`,
		},
		{
			"code|x\nE11|included\nE11.3|excluded", ofICD, "refused: unused signs", "",
			`"included" and "excluded" are signs under a name that means nothing`,
		},
		{"code|Filter\nE11|Include\nE11.3|Exclude", named("filter"), "accepted accepted", "E11% !E113%", "the caller names the column"},
		{"code|include\nE11|true\nE12|TRUE", ofICD, "accepted accepted", "E11% E12%", "a column with only inclusions is harmless"},
		{"code|include\nE11|t\nE12|f", named("include"), "accepted accepted", "E11% !E12%", `the signs "t" and "f"`},
		{"code|keep\nE11|y\nE12|n", ofICD, "refused: unused signs", "", `the signs "y" and "n" under a name of signs`},
		{"code|smoking_status\nE11|1\nE12|0", ofICD, "accepted accepted", "", `"status" with another word does not name signs`},
		{"code|review_status\nE11|1\nE12|0", ofICD, "refused: unused signs", "", `"status" with "review" names signs`},
		{"code|status (A)\nE11|+\nE12|-", ofICD, "refused: unused signs", "", `"status" with a single letter names signs`},
		{
			"code|status\nE11|draft\nE12|-",
			ofICD, "refused: unused signs", "", `a column named "status" that excludes a row`,
		},
		{"code|status\nE11|draft\nE12|final", ofICD, "accepted accepted", "", `a column named "status" may hold anything`},
		{"code|include\nE11|maybe\nE12|1", ofICD, "refused: unused signs", "", "a value that is not a sign"},
		{
			"code|include\nE11|maybe\nE12|1", named("include"), "rejected accepted", "E12%",
			"the caller names the column, so a value that is not a sign rejects the row",
		},
		{
			"code|exclude\nE11|\nE12|1\nE13|no",
			named("exclude"), "accepted accepted accepted", "E11% !E12% E13%",
			`a name that starts with "excl" reverses the signs`,
		},
		{
			"code|exclusion\nE11|exclude\nE12|include",
			named("exclusion"), "accepted accepted", "!E11% E12%", `the words "include" and "exclude" keep their meaning`,
		},
		{
			"code|not included\nE11|1\nE12|0", named("not included"), "accepted accepted", "!E11% E12%",
			`the word "not" reverses the signs`,
		},
		{
			"code|not excluded\nE11|1\nE12|0", named("not excluded"), "accepted accepted", "E11% !E12%",
			`the name "not excluded" reverses the signs twice`,
		},
		{"code|In/Out\nE11|1\nE12|0", ofICD, "refused: unused signs", "", `"In/Out" names signs`},
		{"code|inout\nE11|1\nE12|0", ofICD, "refused: unused signs", "", `"inout" names signs too`},
		{
			"code|include|exclude\nE11|1|1\nE12|1|0",
			named("include"), "refused: unused signs", "", "another column excludes a row that the named column includes",
		},
		{"code|include|exclude\nE11|0|1\nE12|1|0", named("include"), "accepted accepted", "!E11% E12%", "both columns agree"},
		{
			"code|Filter\nE11|Include\nE12|Exclude", named("none"), "accepted accepted", "E11% E12%",
			"the caller says that no column holds signs",
		},
		{"code|term\nE11|x", named("include"), "refused: no such column", "", "the caller names an absent column"},
		{
			"code|decision\nE11|1\nE12|0",
			Choices{System: icd10, ExcludeColumn: "decision", ExcludeValue: "1"},
			"accepted accepted", "!E11% E12%",
			"the caller gives the value that means exclude",
		},
		{
			"code|decision\nE11|drop\nE12|keep",
			Choices{System: icd10, ExcludeColumn: "decision", ExcludeValue: "Drop"},
			"accepted accepted", "!E11% E12%",
			"the value that means exclude may be any word",
		},
		{"code|reason_for_removal\nE11|x", ofICD, "refused: removals", "", "a column of removed codes"},
		{"code|reason_for_removal\nE11|x", Choices{System: icd10, AllowRemovals: true}, "accepted", "", "removals are allowed"},
		{
			"code|include\nE11|0\nE11.3|maybe",
			named("include"), "accepted rejected", "!E11%", "a row rejected for its sign does not affect the policy",
		},
	})
}

func TestSheetBeside(t *testing.T) {
	testSheets(t, []sheetCase{
		{
			"Disorder|ICD-10\nMI|I21\nValve|I05-I08| I34-I37| Q22\nx|I40",
			Choices{},
			"accepted rejected accepted", "I21% I40%", "cells beyond the header",
		},
		{
			"icd10|term\nE11|x|E11\nE12|x|words",
			Choices{},
			"accepted accepted", "", "cells beyond the header that hold the row's own code, or words",
		},
		{"icd10|term\nE11|x|also: E12", Choices{}, "rejected", "", "a cell beyond the header with a label and codes"},
		{"icd10|term|\nE11|x|E11.9", Choices{}, "rejected", "", "a cell under an empty name with a code other than the row's own"},
		{
			"icd10|remark\n|E11\nE12|\nE13|words\nE14|",
			Choices{},
			"rejected accepted accepted accepted", "", "one of two filled cells is not more than half",
		},
		{
			"icd10|remark\n|E11\nE12|\nE13|E14\nE15|x",
			Choices{},
			"refused: more than one code column", "", "two of three filled cells are more than half",
		},
		{
			"MI: I21| I22\nStroke: I61-I64",
			ofICD, "refused: more than one code column", "",
			"definitions as printed in papers: the first column holds codes",
		},
		{
			"icd10|remark\n|MI: I21\nE12|words\nE13|words",
			Choices{},
			"rejected accepted accepted", "", "a label and codes in a row without a code",
		},
		{
			"icd10|remark\n|E11 diabetes\nE12|words\nE13|words",
			Choices{},
			"rejected accepted accepted", "", "codes and a label",
		},
		{
			"icd10|remark\n|E11: diabetes\nE12|words\nE13|words",
			Choices{},
			"rejected accepted accepted", "", "codes, a colon and a label",
		},
		{
			"icd10|remark\n|a: E11: b\nE12|words\nE13|words",
			Choices{},
			"rejected accepted accepted", "", "codes between two labels",
		},
		{
			"icd10|remark\n|E11 diabetes: type 2\nE12|words\nE13|words",
			Choices{},
			"rejected accepted accepted", "", "codes and a label with a colon",
		},
		{
			"icd10|remark\n|heart: I21 acute\nE12|words\nE13|words",
			Choices{},
			"rejected accepted accepted", "", "codes after a label and before words",
		},
		{
			"icd10|term\n|B12 deficiency\nE12|words\nE13|words",
			Choices{},
			"ignored accepted accepted", "", "in a term column, a cell with a code and words does not count",
		},
		{
			"icd10|term\n|B12\nE12|words\nE13|words",
			Choices{},
			"rejected accepted accepted", "",
			"... but a whole cell of codes counts",
		},
		{"icd10|term\nE11|A12\nE12|A13", Choices{}, "accepted accepted", "", "a term that looks like a code, in a row with a code"},
		{"icd10|sub-chapter|phenotypes\nE11|E10-E14|F10", Choices{}, "accepted", "", "columns of groups"},
		{
			"icd10|other\nE11|E12\nE13|E14",
			Choices{},
			"refused: more than one code column", "",
			"a second column of codes",
		},
		{
			"icd10|other\nE11|E12\nE13|E14",
			Choices{CodeColumn: "icd10"},
			"accepted accepted", "E11% E13%", "the second column is not read if the caller names the code column",
		},
		{
			"icd10|other\nE11|E12\nE13|words\nE14|x",
			Choices{CodeColumn: "icd10"},
			"rejected accepted accepted", "", "single cells count even if the caller names the code column",
		},
		{
			"icd10|other\nE11.9|E11\nE11.8|E10-E14\nE11.7|E117",
			Choices{},
			"accepted accepted accepted", "", "cells that cover the row's code are harmless",
		},
		{
			"icd10|other\nE11|E11.9\nE12|x\nE13|x",
			Choices{},
			"rejected accepted accepted", "",
			"a cell counts if its code is longer than the row's code",
		},
		{"icd10|other\nE11|E1.19\nE12|x\nE13|x", Choices{}, "accepted accepted accepted", "", "a misplaced dot does not count"},
		{"icd10|alt\nI10|I10X\nE11.9|E119", Choices{}, "accepted accepted", "", "two spellings of one code"},
		{"icd10|concept_id\nE11|C3676\nE12|C3677", Choices{}, "accepted accepted", "", "ids"},
		{
			"icd10|icd10_id\nE11|C36\nE12|C37",
			Choices{},
			"refused: more than one code column", "",
			`the word "id" in a name with "icd"`,
		},
		{"icd10|v\nE11|v10\nE12|v11", Choices{}, "accepted accepted", "", "versions"},
		{"icd10|old\nE11|G30..\nE12|G307.\nE13|E1137", Choices{}, "accepted accepted accepted", "", "Read codes"},
		{"icd10|snomed\nE11|F10\nE12|F11", Choices{}, "accepted accepted", "", "the name of another system"},
		{"icd10|icd10cm code\nE11|F10\nE12|F11", Choices{}, "accepted accepted", "", "the name of another system, after ICD-10"},
		{"prose|E11\nE12|F10", ofICD, "accepted rejected", "", "in a file without a header, codes in another column count"},
		{
			"icd10|remark\nprose|E11\nE12|x\nE13|y",
			Choices{},
			"rejected accepted accepted", "", "an unreadable code cell is rejected for its own reason, not for the codes next to it",
		},
		{"icd10|remark\n|words\n|\nE12|y", Choices{}, "ignored accepted", "", "a row without a code, and a blank row"},
		{"icd10|position\nE11|Primary", Choices{}, "accepted", "", "positions next to the codes have no effect"},
		{
			"E11|words|I21: heart\nE12|words|x\nE13|words|x",
			ofICD, "accepted accepted accepted", "", "codes before a label do not count in a row with a code",
		},
		{
			"E11|words|heart: I21\nE12|words|x\nE13|words|x",
			ofICD, "rejected accepted accepted", "", "in a file without a header, a label and codes count",
		},
	})
}

func TestSheetVerdicts(t *testing.T) {
	testSheets(t, []sheetCase{
		{
			"icd10|x\nE11.9|\ne119|\nE12.|\nE119|",
			Choices{},
			"accepted duplicate repaired duplicate", "E119% E12%",
			`the verdict "duplicate" outranks the verdict "repaired"`,
		},
		{"icd10|x\nI10|\nI10X|", Choices{}, "accepted accepted", "I10% I10X", "a category and its filler are not duplicates"},
		{
			"icd10|x\nE11, E12|\nE12;E13|",
			Choices{},
			"repaired duplicate+repaired", "E11% E12% E13%", "cells with several codes have a verdict for each code",
		},
		{
			"icd10|x\nIX|\nE11|",
			Choices{Settings: Settings{Headings: "ignore"}},
			"ignored accepted", "",
			"a chapter number",
		},
		{"icd10|x\nE10-E14|\nE11|", Choices{}, "rejected accepted", "", "a range that may be a heading"},
		{
			"icd10|x\n.X|\nX.|\nF|",
			Choices{Settings: Settings{AllowBroad: true}},
			"rejected rejected accepted", "F%",
			".X is not a letter, even if broad prefixes are allowed",
		},
		{
			"icd10|x\nE.10.2-E10.4|\nE20.2-E2.0.4|",
			Choices{},
			"repaired repaired", "E102% E103% E104% E202% E203% E204%", "misplaced dots in a range",
		},
		{
			"icd10|x\nE12.+|\nE11.9;E12.+|\n;E13.+|",
			Choices{},
			"rejected rejected rejected", "", "a regular expression after a separator",
		},
		{"icd10|x\nG01*|\nG02.1*|", Choices{}, "repaired repaired", "", "a mark or a wildcard"},
		{"opcs4|x\nK40*|\nK40.1†|", Choices{}, "accepted rejected", "K40%", "a procedure has no marks"},
		{
			"icd10|x\nE11%|\nE12.X|\n^E13|\nL08[09]|\nF1_|",
			Choices{},
			"accepted accepted accepted accepted accepted", "", "printed forms",
		},
	})
}
