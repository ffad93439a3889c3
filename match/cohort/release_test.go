package cohort_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

// fileOf returns a file of appointments: a header, then each row as many times as the map states, every time with a new
// person.
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

// released makes a cohort with the function gathered, and returns its release.
func released(t *testing.T, p cohort.Profile, files []string, lists ...string) *cohort.Release {
	t.Helper()
	return release(t, gathered(t, files, lists...), p)
}

// gathered returns a cohort of files and lists. A list is a header and codes, separated by spaces.
func gathered(t *testing.T, files []string, lists ...string) *cohort.Cohort {
	t.Helper()
	return gatheredBy(t, []cohort.Option{cohort.WithTotals()}, files, lists...)
}

func gatheredBy(t *testing.T, opts []cohort.Option, files []string, lists ...string) *cohort.Cohort {
	t.Helper()
	var all []*codelist.List
	for i, text := range lists {
		list, err := codelist.Parse(string(rune('a'+i)), strings.NewReader(strings.ReplaceAll(text, " ", "\n")+"\n"), codelist.AllowBroad())
		require.NoError(t, err)
		all = append(all, list)
	}
	m, err := match.Compile(all...)
	require.NoError(t, err)
	c, err := cohort.New(m, opts...)
	require.NoError(t, err)
	for _, text := range files {
		r, err := hesop.NewReader(strings.NewReader(text))
		require.NoError(t, err)
		require.NoError(t, c.Scan(t.Context(), r))
	}
	return c
}

// release returns a release and fails the test on an error.
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
	return fmt.Sprint(rowOf(t, found, list, group))
}

// rowOf returns the numbers of the row for a list (-1 for all appointments) and a group.
func rowOf(t *testing.T, table *cohort.Table, list int, group string) []cohort.Number {
	t.Helper()
	for _, r := range table.Rows {
		if r.List == list && r.Group == group {
			return r.Numbers
		}
	}
	require.Fail(t, "no such row", "%s %d %s", table.Name, list, group)
	return nil
}

// TestProfiles: under every rule, each number that is shown has enough people and is rounded.
func TestProfiles(t *testing.T) {
	files := []string{fileOf("diag_4_01", map[string]int{"F329": 206, "F339": 4, "I10X": 304, "R69X": 325})}
	for _, test := range []struct {
		rule string
		want string
	}{
		{"ukllc", "[210 300 330 not applicable 210] [<10 510 330 not applicable <10]"},
		{"nhse-sde", "[210 305 325 not applicable 210] [<10 510 325 not applicable <10]"},
		{"opensafely", "[210 305 325 not applicable 210] [<8 510 325 not applicable <8]"},
		{"least=4,nearest=3", "[210 303 324 not applicable 210] [3 510 324 not applicable 3]"},
		{"least=100,nearest=100", "[200 300 300 not applicable 200] [<100 500 300 not applicable <100]"},
	} {
		p, err := cohort.ParseProfile(test.rule)
		require.NoError(t, err)
		require.Equal(t, test.rule, p.Name)
		r := released(t, p, files, "icd10 F32 F33", "icd10 F33")
		require.Equal(t, test.want, numbersOf(t, r, "lists", 0, "")+" "+numbersOf(t, r, "lists", 1, ""), test.rule)
	}
	for _, rule := range []string{
		"", "UKLLC", "none", "least=10", "nearest=5", "least=10,nearest=1", "least=0,nearest=5",
		"least=10,nearest=5,", "least=x,nearest=5",
	} {
		_, err := cohort.ParseProfile(rule)
		require.ErrorIs(t, err, cohort.ErrOption, rule)
	}
}

// TestWidths: two lists have the same answers in fields of four characters but not in fields of three.
func TestWidths(t *testing.T) {
	files := []string{
		fileOf("diag_4_01", map[string]int{"E119": 30, "I10X": 100}),
		fileOf("diag_3_01", map[string]int{"E11": 20, "I10": 100}),
	}
	r := released(t, cohort.UKLLC(), files, "icd10 E11%", "icd10 E11X E110 E111 E112 E113 E114 E115 E116 E117 E118 E119")
	require.Equal(t, "[50 200 <10 not applicable 50]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[30 200 <10 20 30]", numbersOf(t, r, "lists", 1, ""))
}

// TestNever: a number that the data cannot hold prints as not applicable, not as suppressed.
func TestNever(t *testing.T) {
	files := []string{fileOf("diag_4_01", map[string]int{"F329": 200, "I10X": 300, "R69X": 300})}
	r := released(t, cohort.UKLLC(), files, "icd10 M05.10", "icd10 F32")
	require.Equal(t, "[not applicable 500 300 <10 not applicable]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[200 300 300 not applicable 200]", numbersOf(t, r, "lists", 1, ""))
	require.Equal(t, "[800]", numbersOf(t, r, "appointments", -1, "taken in"))
	require.Equal(t, "[not applicable]", numbersOf(t, r, "entries", 0, "M0510"))
}

// TestMissingListed: an appointment that matches R69 or X99 is not coded. So a list with such an entry has fewer
// answers "not coded" than there are appointments without a code.
func TestMissingListed(t *testing.T) {
	r := released(t, cohort.UKLLC(), []string{fileOf("diag_4_01",
		map[string]int{"F329": 40, "F339": 50, "R69X": 13, "-": 60, "I10X": 100})}, "icd10 F32% R69", "icd10 F33%")
	require.Equal(t, "[50 150 60 not applicable 50]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[50 140 70 not applicable 50]", numbersOf(t, r, "lists", 1, ""))
}

// TestExact: exact tables hide nothing.
func TestExact(t *testing.T) {
	c := gathered(t, []string{fileOf("diag_4_01,opertn_4_01", map[string]int{"F329,W371": 2, "R69X,-": 3})},
		"coding_system,code\nICD-10,F32\nICD-10,M05.10\nOPCS-4,W37", "icd10 F32")
	tables, notes, err := c.Exact()
	require.NoError(t, err)
	require.Contains(t, notes[0], "not fit to leave")
	for _, table := range tables {
		require.False(t, table.NotShown)
		for _, row := range table.Rows {
			for _, n := range row.Numbers {
				_, ok := n.Value()
				require.True(t, ok || n.String() == cohort.NotThere, "%s %v", table.Name, row)
			}
		}
	}
	require.Equal(t, "[2 0 3 not applicable 2]", fmt.Sprint(rowOf(t, &tables[1], 1, "")))
}

// TestPersonColumns: Scan refuses data in which the column of the person has another name than in earlier data, because
// the identifiers may differ.
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
	require.NoError(t, scan(c, "pseudo_hesid"), "the same name in lower case")
	require.ErrorIs(t, scan(c.Part(), "TOKEN_PERSON_ID"), cohort.ErrPerson)
}
