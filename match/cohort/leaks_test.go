package cohort_test

import (
	"fmt"
	"strings"
	"testing"

	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// patients stands for several people. Each of them has the same number of appointments, and all appointments have the
// same values in four columns.
type patients struct {
	people, each int
	row          string // the values of sex, apptage, tretspef and diag_4_01
}

// visitsOf returns a file of the patients' appointments. Each patient has an identifier of their own.
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

// printed makes a release and returns its text. Each line has the table, the list, the group and the numbers of a row.
func printed(t *testing.T, p cohort.Profile, files []string, lists ...string) string {
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

// TestPeopleNotAppointments: the rule counts people. One woman with twelve appointments is one person.
func TestPeopleNotAppointments(t *testing.T) {
	got := printed(t, cohort.UKLLC(), []string{visitsOf(patients{1, 12, "2,40,307,F329"}, patients{100, 1, "1,40,100,I10X"})},
		depression)
	require.Contains(t, got, "lists 0  [<10 100 <10 not applicable <10]")
	require.Contains(t, got, "appointments -1 taken in [110]") // 112
	require.NotContains(t, got, "Female", "her sex is not listed")
	require.NotContains(t, got, "307", "her specialty is not listed")
}

// TestPeopleBySex: 65 men and 5 women are 70 people. The release prints 70 men of 70 people, so each of the two numbers
// can be 65 to 74. The women can be 0 to 9, which is no more than <10 states.
func TestPeopleBySex(t *testing.T) {
	got := printed(t, cohort.UKLLC(), []string{visitsOf(patients{65, 1, "1,40,100,F329"}, patients{5, 1, "2,40,100,F329"},
		patients{50, 1, "2,40,100,I10X"})},
		depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.Contains(t, got, "lists_by_sex 0 1 Male [70 70]")
	require.Contains(t, got, "lists_by_sex 0 2 Female [<10 <10]")
}

// TestLoneCell: one number of people is hidden and the others are printed. Groups of 30, 30 and 5 people make 65,
// and the release prints 30 and 30 of 70. The hidden number is at least 65 − 34 − 34, which is below 0, and at most
// 74 − 25 − 25 = 24. It prints as <10, which states 0 to 9, so a reader learns nothing more.
func TestLoneCell(t *testing.T) {
	got := printed(t, cohort.UKLLC(), []string{visitsOf(patients{30, 1, "1,20,100,F329"}, patients{30, 1, "1,30,100,F329"},
		patients{5, 1, "1,40,100,F329"},
		patients{50, 1, "1,40,100,I10X"})}, depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.Contains(t, got, "lists_by_age 0 18 to 24 [30 30]")
	require.Contains(t, got, "lists_by_age 0 25 to 34 [30 30]")
	require.Contains(t, got, "lists_by_age 0 35 to 44 [<10 <10]")
}

// TestPinned: the printed numbers would leave only one value for the hidden one. Four groups of 14 people print 10 each
// and can be 10 to 14; 65 people print 70 and can be 65 to 74. The fifth group is at least 65 − 4 × 14 = 9, and at
// most 9 because it is hidden. So the table shows none of the five groups. Hiding one of the four would not be enough:
// anyone who ran the program on data of their own would see that it always hides the first of the four. They would know
// that the fifth group is the small one, and that it has 9 people.
func TestPinned(t *testing.T) {
	ages := []string{"20", "30", "40", "50"}
	var all []patients
	for _, age := range ages {
		all = append(all, patients{14, 1, "1," + age + ",100,F329"})
	}
	others := patients{50, 1, "1,60,100,I10X"}
	got := printed(t, cohort.UKLLC(), []string{visitsOf(append(all, patients{9, 1, "1,60,100,F329"}, others)...)},
		depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.NotContains(t, got, "[10 10]")
	require.Contains(t, got, "lists_by_age 0 55 to 64 [<10 <10]")
	require.Contains(t, got, "lists_by_sex 0 1 Male [70 70]", "the table by sex reveals nothing, so it is shown")

	// With a fifth group of 8 people instead of 9, the total of 64 prints 60 and can be 55 to 64: the fifth group can
	// be 0 to 9.
	got = printed(t, cohort.UKLLC(), []string{visitsOf(append(all, patients{8, 1, "1,60,100,F329"}, others)...)},
		depression, "icd10 I10")
	require.Equal(t, 4, strings.Count(got, "[10 10]"), got)

	// Five groups of 14 people print 10 each, and their total prints 70. No number is hidden, because no group is
	// small.
	got = printed(t, cohort.UKLLC(), []string{visitsOf(append(all, patients{14, 1, "1,60,100,F329"}, others)...)},
		depression, "icd10 I10")
	require.Equal(t, 5, strings.Count(got, "[10 10]"), got)
}

// TestPinnedToZero: rounded to the nearest 5, four groups of 8 people print 10. They can be 8 to 12, because fewer
// would be hidden. 32 people print 30 and can be 28 to 32. The hidden group is at most 32 − 4 × 8 = 0, although it
// prints <8. So the table shows none of the five groups.
func TestPinnedToZero(t *testing.T) {
	var all []patients
	for _, age := range []string{"20", "30", "40", "50"} {
		all = append(all, patients{8, 1, "1," + age + ",100,F329"})
	}
	all = append(all, patients{50, 1, "1,60,100,I10X"})
	got := printed(t, cohort.OpenSAFELY(), []string{visitsOf(all...)}, depression, "icd10 I10")
	require.Contains(t, got, "lists 0  [30 50 <8 not applicable 30]")
	require.NotContains(t, got, "[10 10]")
	require.Contains(t, got, "lists_by_age 0 55 to 64 [<8 <8]", "the group without an appointment")
}

// TestEntryOfHiddenList: no person has the two appointments that AtLeast requires, so the list is hidden. The only
// entry of the list has the same appointments, so the entry is hidden too.
func TestEntryOfHiddenList(t *testing.T) {
	c := gatheredBy(t, []cohort.Option{cohort.WithTotals(), cohort.AtLeast(2)},
		[]string{visitsOf(patients{50, 1, "1,40,100,F329"}, patients{50, 1, "1,40,100,I10X"})}, "icd10 F32%", "icd10 I10")
	r := release(t, c, cohort.UKLLC())
	require.Equal(t, "[<10 50 <10 not applicable <10]", numbersOf(t, r, "lists", 0, ""))
	require.Equal(t, "[<10]", numbersOf(t, r, "entries", 0, "F32%"))
}

// TestEntriesPinned: an entry has no more people than appointments. Four entries of 14 people print 10 each, and the
// list of 65 people prints 70. If the four were shown, the fifth entry would have at least 9 people, and at most 9.
func TestEntriesPinned(t *testing.T) {
	var all []patients
	for i := range 4 {
		all = append(all, patients{14, 1, fmt.Sprintf("1,40,100,E11%d", i)})
	}
	all = append(all, patients{9, 1, "1,40,100,E114"}, patients{50, 1, "1,40,100,I10X"})
	got := printed(t, cohort.UKLLC(), []string{visitsOf(all...)}, "icd10 E110 E111 E112 E113 E114", "icd10 I10")
	require.Contains(t, got, "lists 0  [70 50 <10 not applicable 70]")
	require.NotContains(t, got, "[10]")
}

// TestNobody: the texts that programs write for a missing identifier are not people, however they are spelt and however
// many there are.
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

// TestTablesFollowFromColumns: neither the tables of a release nor the numbers marked not applicable may reveal whether
// the data contain anybody.
func TestTablesFollowFromColumns(t *testing.T) {
	const header = "pseudo_hesid,apptdate,sex,diag_3_01\n"
	nobody := printed(t, cohort.UKLLC(), []string{header}, depression, "icd10 M05.10")
	one := printed(t, cohort.UKLLC(), []string{header + "1,2019-05-01,1,M0510\n"}, depression, "icd10 M05.10")
	require.Equal(t, nobody, one)
	require.Contains(t, nobody, "sex not shown")
	require.Contains(t, nobody, "lists 1  [not applicable <10 <10 <10 not applicable]")
}

// TestListedCategory: a table omits a category of three people, and a category without appointments. A reader cannot
// tell the two apart.
func TestListedCategory(t *testing.T) {
	rows := []patients{{40, 1, "1,40,100,F329"}, {50, 1, "1,40,100,I10X"}}
	without := printed(t, cohort.UKLLC(), []string{visitsOf(rows...)}, depression)
	rows[0].people = 37
	with := printed(t, cohort.UKLLC(), []string{visitsOf(append(rows, patients{3, 1, "1,40,307,F329"})...)}, depression)
	require.Equal(t, without, with)
	require.Contains(t, with, "lists_by_treatment_specialty not shown")
	require.Contains(t, with, "treatment_specialty not shown")
}

// TestTriangle: list A has one code and 53 people, list B has another code and 53 people, and list C has both codes; 2
// people are in both A and B. The release prints 50, 50 and 100. The numbers of A and B add up to at least 45 + 45 and
// at most 54 + 54, and C has 95 to 104 people. So at least 90 − 104, which is below 0, and at most 108 − 95 = 13
// people are in both A and B.
func TestTriangle(t *testing.T) {
	text := visitsOf(patients{51, 1, "1,40,100,F329"}, patients{51, 1, "1,40,100,F339"}, patients{50, 1, "1,40,100,I10X"})
	text += strings.ReplaceAll("both1,,2019-05-01,1,40,100,?\nboth2,,2019-05-02,1,40,100,?\n", "?", "F329")
	text += strings.ReplaceAll("both1,,2019-05-01,1,40,100,?\nboth2,,2019-05-02,1,40,100,?\n", "?", "F339")
	got := printed(t, cohort.UKLLC(), []string{text}, "icd10 F32%", "icd10 F33%", depression)
	require.Contains(t, got, "lists 0  [50 100 <10 not applicable 50]") // 53, 103
	require.Contains(t, got, "lists 1  [50 100 <10 not applicable 50]")
	require.Contains(t, got, "lists 2  [110 50 <10 not applicable 100]") // 106 appointments of 104 people
}

// TestEntries: an entry of three people is hidden although these people have 333 appointments each. An entry of 99
// people is rounded to 100, and not put into a band that would show that it is below 100.
func TestEntries(t *testing.T) {
	got := printed(t, cohort.UKLLC(), []string{visitsOf(patients{3, 333, "1,40,100,F339"}, patients{99, 1, "1,40,100,F329"})},
		depression)
	require.Contains(t, got, "entries 0 F33% [<10]")
	require.Contains(t, got, "entries 0 F32% [100]")
}

// TestNothingOfKeys: a release does not reveal how many rows lack a key, or how many rows repeat a key with different
// content. The appointments that Once leaves out are a group like any other.
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

// TestNothingChosen: only the people of a group decide whether the group is shown. Other groups make no difference, so
// running the program again on other data reveals nothing about that group.
func TestNothingChosen(t *testing.T) {
	for people := range 30 {
		for _, others := range []int{0, 5, 9, 10, 11, 100} {
			got := printed(t, cohort.UKLLC(), []string{visitsOf(patients{people, 1, "1,40,100,F329"},
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
