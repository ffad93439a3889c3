package syntax

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/oracle"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// randomLists returns n random lists, each with an inclusion. It returns them both as lists of the oracle and as a
// Matcher.
func randomLists(t *testing.T, r oracle.Random, n int) ([]*oracle.List, *match.Matcher) {
	t.Helper()
	var slow []*oracle.List
	var lists []*codelist.List
	for len(lists) < n {
		cells := r.Cells()
		one, _ := oracle.NewList(cells, oracle.Settings{Policy: "auto"})
		if !slices.ContainsFunc(one.Entries(), func(e oracle.Entry) bool { return !e.Exclude }) {
			continue
		}
		list, err := codelist.Parse(fmt.Sprint("list ", len(lists)), strings.NewReader(oracle.File(cells)),
			codelist.AllowRejected(), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err)
		slow, lists = append(slow, one), append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(t, err)
	return slow, m
}

// texts returns values of a system. They are the codes of every length, without dots, in the categories of random lists
// and in a few others, and missing values that are not codes.
func texts(sys coding.System) []string {
	categories := []string{"E10", "E11", "E12", "M05", "M45", "I10", "X60", "X99", "Z94", "R68", "R69", "R70", "A00"}
	all := []string{"R69ZZ", "R69Z", "R691Z", "R69126", "R69X66", "R69XZ"}
	if sys == coding.OPCS4 {
		categories = []string{"K40", "K41", "W37", "X98", "X99", "Y01", "Z94", "R69", "H99", "J00", "A01"}
		all = []string{"X99ZZ", "X99Z", "X991Z", "X99XZ"}
	}
	for _, category := range categories {
		all = append(all, category)
		for _, fourth := range "X0123456789" {
			code := category + string(fourth)
			all = append(all, code)
			for fifth := range 10 {
				if sys == coding.ICD10 {
					all = append(all, code+strconv.Itoa(fifth))
				}
			}
		}
	}
	return all
}

// key holds the fields by which a value joins the rows that the table of codes has for one list.
type key struct {
	list, cut int
	system    coding.System
	code      string
}

// keyOf finds the key of a value by the rule in the package documentation, independently of the query.
func keyOf(sys coding.System, text string, width int) (code string, cut int) {
	isCode := func(text string) bool { _, err := coding.ParseCode(sys, text); return err == nil }
	switch {
	case !isCode(text): // missing: the longest code at its start stands for it
		for n := 5; n > 3; n-- {
			if len(text) >= n && isCode(text[:n]) {
				return text[:n], 0
			}
		}
		return text[:3] + "+", 0
	case width == 3 && len(text) == 3:
		return text, 3
	case len(text) == 3:
		return text + "X", 0
	case width == 4 && len(text) == 4 && sys == coding.ICD10:
		return text, 4
	default:
		return text, 0
	}
}

// TestCodesAgainstOracle looks every value up in the table of codes of random lists. It requires the same decisions as
// those of the oracle and of the lists.
func TestCodesAgainstOracle(t *testing.T) {
	studies := 20
	if testing.Short() {
		studies = 4
	}
	for seed := range studies {
		slow, m := randomLists(t, oracle.NewRandom(uint64(seed)), 5)
		table := make(map[key][]Code)
		for c := range Codes(m) {
			k := key{c.List, c.Cut, c.System, c.Code}
			table[k] = append(table[k], c)
		}
		for _, sys := range coding.Systems() {
			for _, text := range texts(sys) {
				for _, width := range []int{0, 3, 4} {
					v := coding.ReadValue(sys, []byte(text), width)
					code, cut := keyOf(sys, text, width)
					for i, list := range slow {
						rows := table[key{i, cut, sys, code}]
						if len(rows) == 0 && len(code) == 5 {
							rows = table[key{i, cut, sys, code[:4]}]
						}
						want, got := m.List(i).Decide(v), decided(rows)
						about := []any{"seed %d, list %d, %v %s in %d: %v", seed, i, sys, text, width, rows}
						require.Equal(t, want.Covered, got.Covered, about...)
						require.Equal(t, want.Undecided, got.Undecided, about...)
						require.Equal(t, want.Open && !want.Covered, got.Open, about...)
						if want.Covered {
							require.Equal(t, want.Entry, got.Entry, about...)
						}
						require.Equal(t, want.Covered, m.Lookup(v).Has(i), about...)
						verdict := list.Decide(sys.String(), text, width)
						require.Equal(t, verdict.Outcome == "covered", got.Covered, about...)
						require.Equal(t, verdict.Undecided, got.Undecided, about...)
					}
				}
			}
		}
	}
}

// decided returns the decision about a value. The rows are those of one list that the value joins.
func decided(rows []Code) (d codelist.Decision) {
	for _, c := range rows {
		switch c.State {
		case Match:
			d.Covered, d.Entry = true, c.Entry
		case Excluded:
			d.Excluded, d.Entry = true, c.Entry
		case Open:
			d.Open, d.Undecided = true, true
		case Undecided:
			d.Undecided = true
		}
	}
	return d
}

// TestCodesAreRows requires Codes to yield distinct rows in order, with consistent fields.
func TestCodesAreRows(t *testing.T) {
	_, m := randomLists(t, oracle.NewRandom(7), 40)
	seen := make(map[Code]bool)
	last := -1
	for c := range Codes(m) {
		require.False(t, seen[c], c)
		seen[c] = true
		require.GreaterOrEqual(t, c.List, last)
		last = c.List
		require.Contains(t, map[int][]int{0: {4, 5}, 3: {3}, 4: {4}}[c.Cut], len(c.Code), c)
		require.Equal(t, c.State == Match || c.State == Excluded, c.Entry >= 0, c)
		if c.State == Excluded {
			require.Len(t, c.Code, 5, c)
		}
	}
	for range Codes(m) {
		break // the sequence must allow an early end
	}
}
