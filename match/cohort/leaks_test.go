package cohort_test

import (
	"fmt"
	"strings"
	"testing"

	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// patients is so many people with so many appointments each, whose other columns are alike.
type patients struct {
	people, each int
	row          string // sex, apptage, tretspef, diag_4_01
}

// visitsOf makes a file of them. Each has a number of its own.
func visitsOf(all ...patients) string {
	var b strings.Builder
	b.WriteString("pseudo_hesid,attendkey,apptdate,sex,apptage,tretspef,diag_4_01\n")
	person, key := 0, 0
	for _, p := range all {
		for range p.people {
			person++
			for range p.each {
				key++
				fmt.Fprintf(&b, "p%d,k%d,2019-05-01,%s\n", person, key, p.row)
			}
		}
	}
	return b.String()
}

// said is what a release says of lists, as lines of table, list, group and numbers.
func said(t *testing.T, p cohort.Profile, files []string, lists ...string) string {
	t.Helper()
	var b strings.Builder
	for _, table := range released(t, p, files, lists...).Tables {
		for _, row := range table.Rows {
			fmt.Fprintf(&b, "%s %d %s %v\n", table.Name, row.List, row.Group, row.Numbers)
		}
		if table.NotShown {
			fmt.Fprintf(&b, "%s not shown\n", table.Name)
		}
	}
	return b.String()
}

const depression = "icd10 F32% F33%"

// TestPeopleNotAppointments: the rule is about people. One woman came twelve times: twelve
// appointments, and one person.
func TestPeopleNotAppointments(t *testing.T) {
	got := said(t, cohort.UKLLC(), []string{visitsOf(patients{1, 12, "2,40,307,F329"}, patients{100, 1, "1,40,100,I10X"})},
		depression)
	require.Contains(t, got, "lists 0  [<10 100 <10 not applicable <10]")
	require.Contains(t, got, "appointments -1 taken in [110]") // 112
	require.NotContains(t, got, "Female", "nor is her sex there")
	require.NotContains(t, got, "307", "nor her specialty")
}

// TestPeopleBySex: 65 men and 5 women are 70 people. Printed are 70 of 70; the women can be 0 to 9,
// which is what <10 says: 65 to 74 without 65 to 74.
func TestPeopleBySex(t *testing.T) {
	got := said(t, cohort.UKLLC(), []string{visitsOf(patients{65, 1, "1,40,100,F329"}, patients{5, 1, "2,40,100,F329"},
		patients{50, 1, "2,40,100,I10X"})},
		depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.Contains(t, got, "lists_by_sex 0 1 Male [70 70]")
	require.Contains(t, got, "lists_by_sex 0 2 Female [<10 <10]")
}

// TestLoneCell: one hidden number of people among printed ones. 30, 30 and 5 of 65: printed are 30
// and 30 of 70, so that what is hidden is 65 − 34 − 34 < 0 to 74 − 25 − 25 = 24, and as it is of
// fewer than ten people 0 to 9: nothing that <10 does not say.
func TestLoneCell(t *testing.T) {
	got := said(t, cohort.UKLLC(), []string{visitsOf(patients{30, 1, "1,20,100,F329"}, patients{30, 1, "1,30,100,F329"},
		patients{5, 1, "1,40,100,F329"},
		patients{50, 1, "1,40,100,I10X"})}, depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.Contains(t, got, "lists_by_age 0 18 to 24 [30 30]")
	require.Contains(t, got, "lists_by_age 0 25 to 34 [30 30]")
	require.Contains(t, got, "lists_by_age 0 35 to 44 [<10 <10]")
}

// TestPinned: what is printed would leave one value. Four groups of 14 people print 10 each, and can be
// 10 to 14; 65 people print 70, and can be 65 to 74. The fifth group is 65 − 4 × 14 = 9 at least, and 9
// at most because it is hidden. So the table shows none of the five. To hide one of the four would not do:
// who runs the program on data of their own sees that it hides the first, which leaves 9 for the last.
func TestPinned(t *testing.T) {
	ages := []string{"20", "30", "40", "50"}
	var all []patients
	for _, age := range ages {
		all = append(all, patients{14, 1, "1," + age + ",100,F329"})
	}
	others := patients{50, 1, "1,60,100,I10X"}
	got := said(t, cohort.UKLLC(), []string{visitsOf(append(all, patients{9, 1, "1,60,100,F329"}, others)...)},
		depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.NotContains(t, got, "[10 10]")
	require.Contains(t, got, "lists_by_age 0 55 to 64 [<10 <10]")
	require.Contains(t, got, "lists_by_sex 0 1 Male [70 70]", "other tables do not tell it")

	// With 8 in place of the 9, 64 people print 60, and can be 60 to 64: the fifth group is 4 to 8.
	got = said(t, cohort.UKLLC(), []string{visitsOf(append(all, patients{8, 1, "1,60,100,F329"}, others)...)},
		depression, "icd10 I10")
	require.Equal(t, 4, strings.Count(got, "[10 10]"), got)

	// Five groups of 14 print 10 beside a total of 70. Nothing is hidden, and nothing has to be.
	got = said(t, cohort.UKLLC(), []string{visitsOf(append(all, patients{14, 1, "1,60,100,F329"}, others)...)},
		depression, "icd10 I10")
	require.Equal(t, 5, strings.Count(got, "[10 10]"), got)
}

// TestPinnedToZero: rounded to the nearest 5, four groups of 8 people print 10 and can be 8 to 12,
// as fewer are hidden; 32 print 30, and can be 28 to 32. What is hidden is 32 − 4 × 8 = 0 at most:
// no appointment, though it prints <8. So the table shows none of the five.
func TestPinnedToZero(t *testing.T) {
	var all []patients
	for _, age := range []string{"20", "30", "40", "50"} {
		all = append(all, patients{8, 1, "1," + age + ",100,F329"})
	}
	all = append(all, patients{50, 1, "1,60,100,I10X"})
	got := said(t, cohort.OpenSAFELY(), []string{visitsOf(all...)}, depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [30 50 <8 not applicable 30]")
	require.NotContains(t, got, "[10 10]")
	require.Contains(t, got, "lists_by_age 0 55 to 64 [<8 <8]", "the one of which there is none")
}

// TestEntryOfHiddenList: nobody has the two appointments that are asked for, so that the list is hidden. Its
// only entry has the same appointments, and is hidden with it.
func TestEntryOfHiddenList(t *testing.T) {
	c := gatheredBy(t, []cohort.Option{cohort.WithTotals(), cohort.AtLeast(2)},
		[]string{visitsOf(patients{50, 1, "1,40,100,F329"}, patients{50, 1, "1,40,100,I10X"})}, "icd10 F32%", "icd10 I10")
	r := release(t, c, cohort.UKLLC())
	require.Equal(t, "[<10 50 <10 not applicable <10]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[<10]", numbersOf(t, r, "entries", 0, "F32%"))
}

// TestEntriesPinned: an entry has no more people than appointments. Four entries of 14 print 10, the list of
// 65 people prints 70: the fifth entry is of 9 people at least, and at most.
func TestEntriesPinned(t *testing.T) {
	var all []patients
	for i := range 4 {
		all = append(all, patients{14, 1, fmt.Sprintf("1,40,100,E11%d", i)})
	}
	all = append(all, patients{9, 1, "1,40,100,E114"}, patients{50, 1, "1,40,100,I10X"})
	got := said(t, cohort.UKLLC(), []string{visitsOf(all...)}, "icd10 E110 E111 E112 E113 E114", "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.NotContains(t, got, "[10]")
}

// TestNobody: what programs write for a missing identifier is nobody, however often and in however many ways.
func TestNobody(t *testing.T) {
	var text strings.Builder
	text.WriteString("pseudo_hesid,apptdate,diag_4_01\n")
	for person := range strings.SplitSeq("| |NULL|null|NA|n/a|-|.|NaN|None|<NA>|&|1|2|3", "|") {
		text.WriteString(person + ",2019-05-01,F329\n")
	}
	r := released(t, cohort.UKLLC(), []string{text.String()}, depression)
	require.Equal(t, "[<10]", numbersOf(t, r, "appointments", -1, "taken in"))
	require.Equal(t, "[<10 <10 <10 not applicable <10]", numbersOf(t, r, "lists", 0, ""))
	totals := gathered(t, []string{text.String()}, depression).Totals()
	require.Equal(t, int64(3), totals.Lists[0].People)
	require.Equal(t, int64(12), totals.Account.NoPerson)
}

// TestTablesFollowFromColumns: whether anybody is there at all must not be told by which tables there are, nor by
// what is said to be not applicable.
func TestTablesFollowFromColumns(t *testing.T) {
	const header = "pseudo_hesid,apptdate,sex,diag_3_01\n"
	nobody := said(t, cohort.UKLLC(), []string{header}, depression, "icd10 M05.10")
	one := said(t, cohort.UKLLC(), []string{header + "1,2019-05-01,1,M0510\n"}, depression, "icd10 M05.10")
	require.Equal(t, nobody, one)
	require.Contains(t, nobody, "sex not shown")
	require.Contains(t, nobody, "lists 1  [not applicable <10 <10 <10 not applicable]")
}

// TestListedCategory: a category with a row of three people is not in the table, as those without
// any row are not, and the table says the same of both.
func TestListedCategory(t *testing.T) {
	rows := []patients{{40, 1, "1,40,100,F329"}, {50, 1, "1,40,100,I10X"}}
	without := said(t, cohort.UKLLC(), []string{visitsOf(rows...)}, depression)
	rows[0].people = 37
	with := said(t, cohort.UKLLC(), []string{visitsOf(append(rows, patients{3, 1, "1,40,307,F329"})...)}, depression)
	require.Equal(t, without, with)
	require.Contains(t, with, "lists_by_treatment_specialty not shown")
	require.Contains(t, with, "treatment_specialty not shown")
}

// TestTriangle: A is 53 of one code, B 53 of another, C both, and 2 people are in A and B. Printed
// are 50, 50 and 100. A and B together are 45 + 45 to 54 + 54, C is 95 to 104: in both are 90 − 104
// < 0 to 108 − 95 = 13.
func TestTriangle(t *testing.T) {
	text := visitsOf(patients{51, 1, "1,40,100,F329"}, patients{51, 1, "1,40,100,F339"}, patients{50, 1, "1,40,100,I10X"})
	text += strings.ReplaceAll("both1,,2019-05-01,1,40,100,?\nboth2,,2019-05-02,1,40,100,?\n", "?", "F329")
	text += strings.ReplaceAll("both1,,2019-05-01,1,40,100,?\nboth2,,2019-05-02,1,40,100,?\n", "?", "F339")
	got := said(t, cohort.UKLLC(), []string{text}, "icd10 F32%", "icd10 F33%", depression)
	require.Contains(t, got, "lists 0  [50 100 <10 not applicable 50]") // 53, 103
	require.Contains(t, got, "lists 1  [50 100 <10 not applicable 50]")
	require.Contains(t, got, "lists 2  [110 50 <10 not applicable 100]") // 106 appointments of 104 people
}

// TestEntries: an entry of three people is hidden, though they came 333 times, and one of 99 is
// rounded, not put into a band that says that it is not 100.
func TestEntries(t *testing.T) {
	got := said(t, cohort.UKLLC(), []string{visitsOf(patients{3, 333, "1,40,100,F339"}, patients{99, 1, "1,40,100,F329"})},
		depression)
	require.Contains(t, got, "entries 0 F33% [<10]")
	require.Contains(t, got, "entries 0 F32% [100]")
}

// TestNothingOfKeys: how many rows have no key, or one that came before in other words, is not told.
// What Once leaves out is a group as others are.
func TestNothingOfKeys(t *testing.T) {
	text := visitsOf(patients{40, 1, "1,40,100,F329"})
	double := text + strings.Join(strings.Split(strings.TrimSpace(text), "\n")[1:16], "\n") + "\n" +
		"p1,,2019-05-03,1,40,100,F329\n"
	c := gathered(t, []string{double}, depression)
	require.NotContains(t, strings.ToLower(fmt.Sprint(release(t, c, cohort.UKLLC()).Tables)), "attendkey", "without Once")
	c = gatheredBy(t, []cohort.Option{cohort.WithTotals(), cohort.Once("attendkey")}, []string{double}, depression)
	r := release(t, c, cohort.UKLLC())
	require.Equal(t, "[20]", numbersOf(t, r, "appointments", -1, "left out: attendkey came before")) // 15 of 15 people
	require.Equal(t, "[40]", numbersOf(t, r, "appointments", -1, "taken in"))                        // 41
	require.NotContains(t, fmt.Sprint(r.Tables), "without attendkey")
}

// TestNothingChosen: whether a group is shown follows from its own people. What others are changes
// nothing, so that to run the program again on other data tells nothing of it.
func TestNothingChosen(t *testing.T) {
	for people := range 30 {
		for _, others := range []int{0, 5, 9, 10, 11, 100} {
			got := said(t, cohort.UKLLC(), []string{visitsOf(patients{people, 1, "1,40,100,F329"},
				patients{others, 2, "2,40,100,F339"},
				patients{20, 1, "2,40,100,I10X"})}, "icd10 F32%", "icd10 F33%", "icd10 I10")
			want := "lists_by_sex 0 1 Male [<10 <10]"
			if people >= 10 {
				n := (people + 5) / 10 * 10
				want = fmt.Sprintf("lists_by_sex 0 1 Male [%d %d]", n, n)
			}
			if people >= 10 || others >= 10 {
				require.Equal(t, people >= 10, strings.Contains(got, want) && people >= 10, "%d people, %d others:\n%s", people,
					others, got)
			}
		}
	}
}
