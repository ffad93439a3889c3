package oracle

import "testing"

func TestDecide(t *testing.T) {
	const (
		in, out, no = covered, excluded, notCovered
	)
	type texts = []string
	for _, c := range []struct {
		policy, system string
		texts          texts
		field          string
		width          int
		want           Verdict
		reason         string
	}{
		{"auto", icd10, texts{"Z94"}, "Z941", 6, Verdict{in, 0, false, false}, "family"},
		{"never", icd10, texts{"E11"}, "E11", 6, Verdict{in, 0, false, false}, "an exact category covers itself"},
		{"never", icd10, texts{"E11"}, "E11X", 6, Verdict{in, 0, false, false}, "... and itself with the filler"},
		{"never", icd10, texts{"E11"}, "E11X5", 6, Verdict{in, 0, false, false}, "... and the filler with a fifth character"},
		{"never", icd10, texts{"E11"}, "E119", 6, Verdict{no, -1, false, false}, "... and nothing else"},
		{"never", icd10, texts{"I10X"}, "I10", 6, Verdict{in, 0, false, false}, "the same code without filler"},
		{"never", icd10, texts{"I10X"}, "I10X-D", 6, Verdict{in, 0, false, false}, "as raw columns write the code"},
		{"never", icd10, texts{"E11%"}, "E119", 6, Verdict{in, 0, false, false}, "wildcard"},
		{"never", icd10, texts{"I10.0-I15.9"}, "I10X", 6, Verdict{in, 0, false, false}, "the range has the whole category, so it yields the filler too"},
		{"never", icd10, texts{"E119"}, "E1191", 6, Verdict{in, 0, false, false}, "a longer value"},
		{
			"never", icd10,
			texts{"E119"},
			"E11", 6,
			Verdict{no, -1, false, false},
			"a shorter value that is not truncated",
		},

		{"auto", icd10, texts{"E11", "!E11.3", "E11.35"}, "E1190", 6, Verdict{in, 0, false, false}, "the family"},
		{"auto", icd10, texts{"E11", "!E11.3", "E11.35"}, "E1134", 6, Verdict{out, 1, false, false}, "the exception"},
		{
			"auto", icd10,
			texts{"E11", "!E11.3", "E11.35"},
			"E1135", 6,
			Verdict{in, 2, false, false},
			"the exception to the exception",
		},
		{
			"never", icd10,
			texts{"E119", "!E119"},
			"E119", 6,
			Verdict{out, 1, false, false},
			"among equal entries, the exclusion decides",
		},
		{
			"never", icd10,
			texts{"E11", "E11%"},
			"E11", 6,
			Verdict{in, 0, false, false},
			"among equal entries, the first decides",
		},
		{"never", icd10, texts{"E11", "E11X"}, "E11", 6, Verdict{in, 1, false, false}, "an entry with the filler is longer"},
		{
			"never", icd10,
			texts{"E11%", "!E11X"},
			"E11", 6,
			Verdict{out, 1, false, false},
			"... even if it is an exclusion",
		},

		{"auto", icd10, texts{"M0510"}, "M051", 4, Verdict{no, -1, true, true}, "truncated before the fifth character"},
		{"auto", icd10, texts{"M0510"}, "M051", 6, Verdict{no, -1, false, false}, "a raw value is never truncated"},
		{"auto", icd10, texts{"M05", "!M0510"}, "M051", 4, Verdict{in, 0, true, false}, "the shorter entry decides"},
		{"always", icd10, texts{"!M05", "M0510"}, "M051", 4, Verdict{out, 0, true, true}, "an exclusion decides, and a longer inclusion leaves the value open"},
		{"auto", icd10, texts{"E119"}, "E11", 3, Verdict{no, -1, true, true}, "three characters that fill a field of three"},
		{"never", icd10, texts{"E11"}, "E11", 3, Verdict{no, -1, true, true}, "the value is the undivided category or a truncated code"},
		{"never", icd10, texts{"E11X"}, "E11", 3, Verdict{no, -1, true, true}, "... also for an entry with the filler"},
		{"always", icd10, texts{"E11"}, "E11", 3, Verdict{in, 0, false, false}, "the whole family is covered, so truncation does not matter"},
		{"never", icd10, texts{"!E11", "E11%"}, "E11", 3, Verdict{in, 1, true, false}, "only the exclusion leaves the value undecided"},
		{
			"never", icd10,
			texts{"E119"},
			"E11", 4,
			Verdict{no, -1, false, false},
			"three characters in a field of four are whole",
		},
		{"never", icd10, texts{"E11"}, "E11", 4, Verdict{in, 0, false, false}, "... so the category matches"},
		{"never", icd10, texts{"E11"}, "E11X", 4, Verdict{in, 0, false, false}, "any fifth character is covered"},
		{"never", icd10, texts{"E11X5"}, "E11X", 4, Verdict{no, -1, true, true}, "a fifth character may have followed"},
		{"never", icd10, texts{"E11X5"}, "E11", 4, Verdict{no, -1, false, false}, "no fifth character followed"},
		{"never", opcs4, texts{"K401"}, "K40", 3, Verdict{no, -1, true, true}, "a procedure truncated to three characters"},
		{"never", opcs4, texts{"K40"}, "K40", 3, Verdict{no, -1, true, true}, "an undivided procedure or a truncated one"},
		{"never", opcs4, texts{"K401"}, "K401", 4, Verdict{in, 0, false, false}, "a procedure has at most four characters"},

		{"never", icd10, texts{"R68-R70"}, "R69X", 6, Verdict{no, -1, false, false}, "a range does not cover missing values"},
		{"auto", icd10, texts{"R69"}, "R69X6", 6, Verdict{in, 0, false, false}, "missing values listed on purpose"},
		{"auto", icd10, texts{"R69X6"}, "R69X", 4, Verdict{no, -1, true, true}, "missing values are truncated like other values"},
		{"auto", icd10, texts{"R69"}, "-", 6, Verdict{no, -1, false, false}, "no entry covers a dash"},
		{"auto", icd10, texts{"X99"}, "X999", 6, Verdict{in, 0, false, false}, "X999 means a diagnosis in ICD-10, not a missing value"},
		{"auto", opcs4, texts{"X99"}, "X999", 4, Verdict{in, 0, false, false}, "missing values listed on purpose"},
		{"auto", opcs4, texts{"X9_"}, "X999", 4, Verdict{no, -1, false, false}, "a pattern does not list missing values on purpose"},
		{"auto", icd10, texts{"E11"}, "0000", 4, Verdict{no, -1, false, false}, "unrecognised"},
		{"auto", icd10, texts{"E11"}, "E119999", 6, Verdict{no, -1, false, false}, "a long value is never shortened"},
		{"auto", icd10, texts{"E11"}, "", 4, Verdict{no, -1, false, false}, "empty"},
	} {
		list := listOf(t, c.policy, c.system, c.texts...)
		if got := list.Decide(c.system, c.field, c.width); got != c.want {
			t.Errorf("%s %s %q on %q in %d: %+v, want %+v: %s", c.policy, c.system, c.texts, c.field, c.width, got, c.want, c.reason)
		}
	}
}

func TestDecideOtherSystem(t *testing.T) {
	list := listOf(t, "auto", icd10, "Z94")
	if got := list.Decide(opcs4, "Z941", 4).Outcome; got != notCovered {
		t.Errorf("a diagnosis list on a procedure: %s", got)
	}
}

func TestDecideBroadAboveMissing(t *testing.T) {
	list, _ := NewList(cellsOf(icd10, "R"), Settings{AllowBroad: true})
	if got := list.Decide(icd10, "R69X", 4).Outcome; got != notCovered {
		t.Errorf("R on a missing value: %s", got)
	}
	if got := list.Decide(icd10, "R688", 4).Outcome; got != covered {
		t.Errorf("R on a symptom: %s", got)
	}
}
