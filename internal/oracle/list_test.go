package oracle

import (
	"fmt"
	"testing"
)

func TestList(t *testing.T) {
	for _, c := range []struct {
		policy   string
		texts    []string
		want     string
		rejected string
		reason   string
	}{
		{"auto", []string{"E11"}, "E11%", "[]", "no longer code is listed"},
		{"auto", []string{"E11", "E119"}, "E11 E119%", "[]", "a longer code is listed"},
		{"auto", []string{"E119", "E11"}, "E119% E11", "[]", "the order does not matter"},
		{"auto", []string{"E11", "E12.9"}, "E11% E129%", "[]", "another category"},
		{"auto", []string{"E11", "!E11.3"}, "E11% !E113%", "[]", "a longer code of the other sign"},
		{"auto", []string{"E11", "!E11.3", "E11.35"}, "E11% !E113% E1135%", "[]", "a longer code that is only an exception to an exclusion"},
		{"auto", []string{"E11", "!E11.4", "E11.35"}, "E11 !E114% E1135%", "[]", "an exclusion that does not cover the longer code"},
		{"auto", []string{"!E11", "!E11.3"}, "!E11 !E113%", "[]", "an exclusion and a longer exclusion"},
		{"auto", []string{"E11", "E11X"}, "E11% E11X", "[]", "the undivided code is not longer"},
		{"auto", []string{"E11", "E11X5"}, "E11 E11X5%", "[]", "the filler with a fifth character is longer"},
		{"auto", []string{"E11", "!E11X", "E11X5"}, "E11% !E11X E11X5%", "[]", "the exclusion of E11X covers E11X5"},
		{"auto", []string{"L08", "L08[09]"}, "L08 L080% L089%", "[]", "members of a class count as longer codes"},
		{"auto", []string{"L08", "L08.0-L08.1"}, "L08 L080% L081%", "[]", "members of a range count as longer codes"},
		{"auto", []string{"E11", "E11.%"}, "E11%", "[]", "both resolve alike, so the second is a duplicate"},
		{"auto", []string{"E11%", "E119"}, "E11% E119%", "[]", "the policy does not decide a wildcard"},
		{"auto", []string{"E11.X", "E119"}, "E11% E119%", "[]", "the policy does not decide a category that is followed by .X"},
		{"always", []string{"E11", "E119", "I10X"}, "E11% E119% I10X", "[]", `the policy "always"`},
		{"never", []string{"E11", "E12%", "E13-E14"}, "E11 E12% E13% E14%", "[]", `the policy "never", which a wildcard and a range override`},
		{"never", []string{"E11", "E11%", "E11", "I10", "I10X"}, "E11 E11% I10 I10X", "[]", "a duplicate, and similar entries that are not duplicates"},
		{"never", []string{"", " \u00a0", "E11"}, "E11", "[]", "cells without text"},

		{"auto", []string{"E10-E14", "E11"}, "E11%", "[0]", "a range over a category that is listed"},
		{"auto", []string{"E11.9", "E10-E14"}, "E119%", "[1]", "a range over a subcategory"},
		{"auto", []string{"I10-I15", "I10X"}, "I10X", "[0]", "a range over a category with the filler"},
		{"auto", []string{"I10.0-I15.9", "I12X"}, "I12X", "[0]", "a category with the filler, in a range whose ends have four characters"},
		{"auto", []string{"E10-E14", "F10"}, "E10% E11% E12% E13% E14% F10%", "[]", "a code outside the range"},
		{"auto", []string{"E10-E11", "E11-E12"}, "E10% E11% E12%", "[]", "another range does not count"},
		{"auto", []string{"E10-E11", "!E11"}, "E10% E11% !E11%", "[]", "a code of the other sign does not count"},
		{"auto", []string{"R68-R70", "R69"}, "R68% R70% R69%", "[]", "R69 is not inside the range"},
		{"auto", []string{"E10-E11", "E11[0-2]"}, "E110% E111% E112%", "[0]", "a class inside the range counts"},
		{"auto", []string{"E10-E11, I10", "E11"}, "E11%", "[0]", "the whole cell is rejected"},
		{"auto", []string{"E10-E11", "!E11.3", "E11.35"}, "E10% E11% !E113% E1135%", "[]", "a code inside the range that is only an exception to an exclusion"},
		{"auto", []string{"E10-E11", "!E11", "E11.35"}, "E10% E11% !E11% E1135%", "[]", "... and the exclusion may be as short as the ends of the range"},
		{"never", []string{"E10-E11", "!E11", "E11.35"}, "!E11 E1135%", "[0]", "... but an exclusion of only the undivided category does not cover the code"},
		{"auto", []string{"E11.0-E11.9", "!E11", "E11.35"}, "!E11% E1135%", "[0]", "... and an exclusion shorter than the ends of the range does not count"},
		{"auto", []string{"E10-E11", "E10-E12", "E11"}, "E11%", "[0 1]", "all ranges are judged before any is removed"},
		{"auto", []string{"E11", "E11.0-E11.1", "E110"}, "E11 E110%", "[1]", "the remaining cells decide the coverage"},
		{"auto", []string{"IX", "I10"}, "I10%", "[0]", "chapter number"},
	} {
		list, rejected := NewList(cellsOf(icd10, c.texts...), Settings{Policy: c.policy})
		cells := []int{}
		for _, r := range rejected {
			cells = append(cells, r.Cell)
		}
		if got := shown(list.Entries()); got != c.want {
			t.Errorf("%s %q: %s, want %s: %s", c.policy, c.texts, got, c.want, c.reason)
		}
		if got := fmt.Sprint(cells); got != c.rejected {
			t.Errorf("%s %q: rejected %s, want %s: %s", c.policy, c.texts, got, c.rejected, c.reason)
		}
	}
}
