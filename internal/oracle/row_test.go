package oracle

import (
	"fmt"
	"strings"
	"testing"
)

func TestAnswer(t *testing.T) {
	type texts = []string
	four := texts{"DIAG_4_01", "diag_4_02", "diag_4_concat"}
	finest := texts{"diag_01", "diag_02", "diag_4_01", "diag_4_02", "diag_4_concat"}
	for _, c := range []struct {
		table  Table
		cells  texts
		row    texts
		status string
		hits   string // position, column and value of each hit
		counts string // disagreements, undecided
		reason string
	}{
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"E119", "I10X", "E119,I10X"},
			"match", "1 DIAG_4_01 E119", "0 0", "a code in both fields is counted once",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"I10X", "E119", "E119, I10"},
			"match", "2 diag_4_02 E119", "0 0", "... even if the position, a space and the filler differ",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"E119", "E119", "E119,E119"},
			"match", "1 DIAG_4_01 E119; 2 diag_4_02 E119", "0 0", "a code that is twice in both fields is counted twice",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"I10X", "", "I10X,E119"},
			"match", "2 diag_4_concat E119", "1 0", "a code only in the concatenated field",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"I10X", "", "I10X,,e11.9 "},
			"match", "3 diag_4_concat e11.9 ", "1 0", "an empty slot counts as a position, and the value is the original text",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"E119", "", ""},
			"match", "1 DIAG_4_01 E119", "1 0", "a code only in the positional field",
		},
		{
			Table{Columns: four, Fields: "positional"},
			texts{"E11"},
			texts{"E119", "", ""},
			"match", "1 DIAG_4_01 E119", "0 0", "only the positional field is read, so nothing can disagree",
		},
		{
			Table{Columns: four, Fields: "concat"},
			texts{"E11"},
			texts{"E119", "", "I10X"},
			"no match", "", "0 0", "the positional field is not read",
		},
		{
			Table{Columns: four, Fields: "all", Primary: true},
			texts{"E11"},
			texts{"R69X", "E119", "R69X,E119"},
			"no match", "", "0 0", "only the first position matches; the second makes the row coded",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"R69X", "", "R69X"},
			"unknown", "", "0 0", "not coded",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"0000", "&", ""},
			"unknown", "", "0 0", "unrecognised values do not make the row coded",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11"},
			texts{"I10X", "", "I10X"},
			"no match", "", "0 0", "coded, but no code is covered",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"M0510"},
			texts{"M051", "", "M051"},
			"unknown", "", "0 1", "an undecided value in both fields is counted once",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"M05", "!M0510"},
			texts{"M051", "", "M051"},
			"match", "1 DIAG_4_01 M051", "0 1", "the shorter entry decides, and the value counts as undecided",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"E11", "!M0510"},
			texts{"M051", "", "M051"},
			"no match", "", "0 1", "a value that only an exclusion leaves undecided is no match",
		},
		{
			Table{Columns: four, Fields: "all"},
			texts{"R69"},
			texts{"R69X", "", "R69X"},
			"match", "1 DIAG_4_01 R69X", "0 0", "missing values listed on purpose",
		},

		{
			Table{Columns: finest, Fields: "all"},
			texts{"M0510"},
			texts{"I10X-D", "M0510", "I10X", "M051", "I10X,M051"},
			"match", "2 diag_02 M0510", "0 0", "the raw value decides alone",
		},
		{
			Table{Columns: finest, Fields: "all"},
			texts{"M0511"},
			texts{"I10X-D", "M0510", "I10X", "M051", "I10X,M051"},
			"no match", "", "0 0", "... and leaves nothing undecided",
		},
		{
			Table{Columns: finest, Fields: "all"},
			texts{"M0510"},
			texts{"M0511", "", "M051", "M051", "M051,M051"},
			"no match", "", "0 0", "a raw value replaces every shorter value that it starts with",
		},
		{
			Table{Columns: finest, Fields: "all"},
			texts{"I10"},
			texts{"E119", "", "", "I10", "I10X"},
			"match", "2 diag_4_02 I10", "0 0", "a value that the raw fields lack",
		},
		{
			Table{Columns: finest, Fields: "all"},
			texts{"E119"},
			texts{"E11999", "", "E119", "", "E119"},
			"unknown", "", "0 0", "a raw value that is not a code replaces the shorter values that it starts with, and does not make the row coded",
		},
		{
			Table{Columns: finest, Fields: "all"},
			texts{"E1", "E11", "I10"},
			texts{"E119", "", "", "E112", "I10X"},
			"match", "1 diag_01 E119; 1 diag_4_concat I10X; 2 diag_4_02 E112", "2 0",
			"hits are ordered by position, and raw hits come before concatenated hits",
		},

		{
			Table{Columns: texts{"diag_3_01", "diag_4_01"}, Fields: "all"},
			texts{"E11"},
			texts{"E11", "I10X"},
			"no match", "", "0 0", "columns of three characters are not read if there are columns of four",
		},
		{
			Table{Columns: texts{"diag_3_01", "diag_4_concat"}, Fields: "positional"},
			texts{"E11"},
			texts{"E11", "I10X"},
			"match", "1 diag_3_01 E11", "0 0",
			"the caller's choice of fields comes before the choice of the widest columns",
		},
		{
			Table{Columns: texts{"diag_3_01", "diag_3_concat"}, Fields: "all"},
			texts{"E11.9"},
			texts{"E11", "E11"},
			"unknown", "", "0 1", "too short to decide",
		},
		{
			Table{Columns: texts{"diag_20"}, Fields: "all"},
			texts{"E11"},
			texts{"E119"},
			"match", "20 diag_20 E119", "0 0", "any position that the header names",
		},
		{
			Table{Columns: texts{"opertn_4_01"}, Fields: "all"},
			texts{"E11"},
			texts{"E119"},
			"unknown", "", "0 0", "no diagnosis column",
		},
	} {
		list, _ := NewList(cellsOf(icd10, c.cells...), Settings{})
		got := c.table.Answer([]*List{list}, c.row)
		var hits []string
		for _, h := range got.Hits {
			hits = append(hits, fmt.Sprintf("%d %s %s", h.Position, h.Column, h.Value))
		}
		if got.Status[0] != c.status {
			t.Errorf("%q on %q: %s, want %s: %s", c.cells, c.row, got.Status[0], c.status, c.reason)
		}
		if s := strings.Join(hits, "; "); s != c.hits {
			t.Errorf("%q on %q: hits %s, want %s: %s", c.cells, c.row, s, c.hits, c.reason)
		}
		if s := fmt.Sprint(got.Disagreements, got.Undecided[0]); s != c.counts {
			t.Errorf("%q on %q: disagreements, undecided %s, want %s: %s", c.cells, c.row, s, c.counts, c.reason)
		}
	}
}

func TestAnswerTwoSystems(t *testing.T) {
	table := Table{Columns: []string{"opertn_4_01", "diag_4_01"}, Fields: "all"}
	both, _ := NewList(append(cellsOf(icd10, "Z94"), cellsOf(opcs4, "Z94")...), Settings{})
	procedures := listOf(t, "auto", opcs4, "Z94")
	for _, c := range []struct {
		row    []string
		status string
		hits   string
		reason string
	}{
		{
			[]string{"Z942", "Z941"},
			"[match match]", "[{0 ICD-10 1 diag_4_01 Z941 0} {0 OPCS-4 1 opertn_4_01 Z942 1} {1 OPCS-4 1 opertn_4_01 Z942 0}]",
			"each system by itself; hits ordered by list, diagnoses first",
		},
		{[]string{"X999", "Z941"}, "[match unknown]", "[{0 ICD-10 1 diag_4_01 Z941 0}]", "no procedure is known"},
		{[]string{"X999", "I10X"}, "[unknown unknown]", "[]", "a row that is coded only in ICD-10"},
		{[]string{"K401", "R69X"}, "[unknown no match]", "[]", "a row that is coded only in OPCS-4"},
		{[]string{"K401", "I10X"}, "[no match no match]", "[]", "a row that is coded in both systems"},
	} {
		got := table.Answer([]*List{both, procedures}, c.row)
		if s := fmt.Sprint(got.Status); s != c.status {
			t.Errorf("%q: %s, want %s: %s", c.row, s, c.status, c.reason)
		}
		if s := fmt.Sprint(got.Hits); s != c.hits {
			t.Errorf("%q: %s, want %s: %s", c.row, s, c.hits, c.reason)
		}
	}
	got := table.Answer(nil, []string{"AU00", "9998"})
	if s := fmt.Sprint(got.Unrecognised, got.Coded); s != "[9998 AU00] map[ICD-10:false OPCS-4:false]" {
		t.Errorf("unrecognised and coded: %s", s)
	}
}
