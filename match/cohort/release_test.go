package cohort_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

// fileOf makes a file of appointments: a header, and rows so many times, each of a person
// of its own.
func fileOf(header string, rows map[string]int) string {
	var b strings.Builder
	b.WriteString("pseudo_hesid,apptdate," + header + "\n")
	n := 0
	for _, row := range sortedKeys(rows) {
		for range rows[row] {
			n++
			fmt.Fprintf(&b, "%s%d,2019-05-01,%s\n", strings.ReplaceAll(header, ",", "_"), n, row)
		}
	}
	return b.String()
}

func sortedKeys(rows map[string]int) []string {
	var keys []string
	for k := range rows {
		keys = append(keys, k)
	}
	for i := range keys {
		for j := i; j > 0 && keys[j] < keys[j-1]; j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
		}
	}
	return keys
}

// released makes a release of files by lists, which are codes of one system.
func released(t *testing.T, p cohort.Profile, files []string, lists ...string) *cohort.Release {
	t.Helper()
	var all []*codelist.List
	for i, text := range lists {
		list, err := codelist.Parse(string(rune('a'+i)), strings.NewReader(strings.ReplaceAll(text, " ", "\n")+"\n"), codelist.AllowBroad())
		require.NoError(t, err)
		all = append(all, list)
	}
	m, err := match.Compile(all...)
	require.NoError(t, err)
	c, err := cohort.New(m, cohort.WithTotals())
	require.NoError(t, err)
	for _, text := range files {
		r, err := hesop.NewReader(strings.NewReader(text))
		require.NoError(t, err)
		require.NoError(t, c.Scan(t.Context(), r))
	}
	return release(t, c, p)
}

// release makes a release that must not fail.
func release(t testing.TB, c *cohort.Cohort, p cohort.Profile) *cohort.Release {
	t.Helper()
	r, err := c.Release(t.Context(), p)
	require.NoError(t, err)
	return r
}

func numbersOf(t *testing.T, r *cohort.Release, table string, list int, group string) string {
	t.Helper()
	found, ok := r.Table(table)
	require.True(t, ok)
	numbers, ok := found.Row(list, group)
	require.True(t, ok)
	return fmt.Sprint(numbers)
}

// TestWidths: lists that fields of four characters cannot tell apart, fields of three can.
func TestWidths(t *testing.T) {
	files := []string{
		fileOf("diag_4_01", map[string]int{"E119": 30, "I10X": 100}),
		fileOf("diag_3_01", map[string]int{"E11": 25, "I10": 100}),
	}
	all := "icd10 E11X E110 E111 E112 E113 E114 E115 E116 E117 E118 E119"
	r := released(t, cohort.None(), files, "icd10 E11%", all)
	require.Equal(t, "[55 200 0 [z] 55]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[30 200 0 25 30]", numbersOf(t, r, "lists", 1, ""))
	for _, lists := range [][]string{
		{"icd10 E11%", all},
		{"icd10 E11%", "icd10 E11X E110 E111 E112 E113 E114", "icd10 E115 E116 E117 E118 E119"}, // which make up the first one, at four characters
	} {
		r = released(t, cohort.UKLLC(), files, lists...)
		require.NotEqual(t, numbersOf(t, r, "lists", 0, ""), numbersOf(t, r, "lists", 1, ""))
	}
}

// TestMissingListed: an appointment that matches R69 or X99 is not coded, so that what is
// not coded of such a list is not what is not coded.
func TestMissingListed(t *testing.T) {
	r := released(t, cohort.UKLLC(), []string{fileOf("opertn_4_01", map[string]int{"W371": 40, "-": 60, "X998": 5, "A011": 100})}, "opcs4 W37 X99.8")
	require.Equal(t, "[45 [x] [x] [z] 45]", numbersOf(t, r, "lists", 0, ""))
	r = released(t, cohort.UKLLC(), []string{fileOf("diag_4_01", map[string]int{"F329": 40, "F339": 50, "R69X": 13, "-": 60, "I10X": 100})}, "icd10 F32% R69", "icd10 F33%")
	require.Equal(t, "[53 [x] [x] [z] 53]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[50 140 73 [z] 50]", numbersOf(t, r, "lists", 1, ""))
}

// TestEntriesMasked: a masked entry is not known to be below the threshold.
func TestEntriesMasked(t *testing.T) {
	for name, rows := range map[string]map[string]int{
		"9 and 9 are 18":         {"F329": 9, "F339": 9, "I10X": 100},
		"99 and 9 are 108":       {"F329": 99, "F339": 9, "I10X": 100},
		"90 and 80 are both not": {"F329": 90, "F339": 80, "I10X": 100},
	} {
		r := released(t, cohort.UKLLC(), []string{fileOf("diag_4_01", rows)}, "icd10 F32% F33%")
		one, two := numbersOf(t, r, "entries", 0, "F32%"), numbersOf(t, r, "entries", 0, "F33%")
		require.Equal(t, one, two, name)
		require.Contains(t, []string{"[[c]]", "[[x]]"}, one, name)
	}
	r := released(t, cohort.UKLLC(), []string{fileOf("diag_4_01", map[string]int{"F329": 990, "F339": 9, "I10X": 100})}, "icd10 F32% F33%")
	require.Equal(t, "[100 to 999]", numbersOf(t, r, "entries", 0, "F32%"))
	require.Equal(t, "[[c]]", numbersOf(t, r, "entries", 0, "F33%"), "0 to 99, for all that is told")
	r = released(t, cohort.UKLLC(), []string{fileOf("diag_4_01", map[string]int{"F329": 990, "F339": 60, "I10X": 100})}, "icd10 F32% F33%")
	require.Equal(t, "[[x]]", numbersOf(t, r, "entries", 0, "F33%"), "1,050 less 999 is 51 at least")
}

// TestNever: a list that the data cannot hold has nothing to tell, and masks nothing.
func TestNever(t *testing.T) {
	files := []string{fileOf("diag_4_01", map[string]int{"F329": 200, "I10X": 300, "R69X": 300})}
	r := released(t, cohort.UKLLC(), files, "icd10 M05.10", "icd10 F32")
	require.Equal(t, "[[z] [x] 300 [x] [z]]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[200 300 300 [z] 200]", numbersOf(t, r, "lists", 1, ""))
	require.Equal(t, "[800]", numbersOf(t, r, "appointments", -1, "taken in"))
	require.Equal(t, "[[z]]", numbersOf(t, r, "entries", 0, "M0510"))
}

// TestNoProfile: without a profile everything is told.
func TestNoProfile(t *testing.T) {
	r := released(t, cohort.None(), []string{fileOf("diag_4_01,opertn_4_01", map[string]int{"F329,W371": 2, "R69X,-": 3})},
		"coding_system,code\nICD-10,F32\nICD-10,M05.10\nOPCS-4,W37", "icd10 F32")
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			for _, n := range row.Numbers {
				_, ok := n.Value()
				require.True(t, ok || n.String() == cohort.NotThere, "%s %v", table.Name, row)
			}
		}
	}
}

// TestProfiles: thresholds of any size, and rounding to anything, show nothing below the
// threshold.
func TestProfiles(t *testing.T) {
	files := []string{fileOf("diag_4_01", map[string]int{"F329": 200, "F339": 4, "I10X": 300, "R69X": 300})}
	for _, p := range []cohort.Profile{
		cohort.Threshold(1), cohort.Threshold(2), cohort.Threshold(math.MaxInt32), {Least: 2, Nearest: 5}, {Least: 3, Nearest: math.MaxInt64}, {Least: math.MaxInt64},
	} {
		for _, table := range released(t, p, files, "icd10 F32 F33", "icd10 F33").Tables {
			for _, row := range table.Rows {
				for _, n := range row.Numbers {
					v, ok := n.Value()
					require.True(t, !ok || v >= p.Least, "%+v: %s %v", p, table.Name, row)
				}
			}
		}
	}
}

// TestPersonColumns: identifiers of columns with different names are not taken for the
// same people.
func TestPersonColumns(t *testing.T) {
	list, err := codelist.Parse("a", strings.NewReader("icd10\nF32\n"))
	require.NoError(t, err)
	m, err := match.Compile(list)
	require.NoError(t, err)
	const row = "1,2019-05-01,F329\n"
	scan := func(c *cohort.Cohort, column string) error {
		r, err := hesop.NewReader(strings.NewReader(column + ",apptdate,diag_4_01\n" + row))
		require.NoError(t, err)
		return c.Scan(t.Context(), r)
	}
	c, err := cohort.New(m)
	require.NoError(t, err)
	require.NoError(t, scan(c, "PSEUDO_HESID"))
	require.NoError(t, scan(c, "pseudo_hesid"), "in any case")
	require.ErrorIs(t, scan(c.Part(), "TOKEN_PERSON_ID"), cohort.ErrPerson)
}
