package cohort_test

import (
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// handHeader and handRows are a file of twenty appointments, each with the reason why it is there. The expected results
// of these tests were worked out with a pencil; no program computed them.
const handHeader = "pseudo_hesid,attendkey,apptdate,fyear,attended,tretspef,sex,apptage,diag_4_01,diag_4_02,opertn_4_01,opertn_4_concat"

var handRows = [20]struct{ text, reason string }{
	{"A,k1,2018-05-10,1819,5,320,1,45,E119,,-,", "1: a plain diagnosis of diabetes"},
	{"A,k1,2018-05-10,1819,5,320,1,45,E119,,-,", "2: the same appointment a second time, equal in every column"},
	{"A,k2,2018-11-02,1819,3,320,1,46,E119,,,", "3: coded, but the patient did not attend"},
	{"A,k3,2019-06-03,1920,6,307,1,46,R69X,E109,&,", "4: the first diagnosis is missing, but the second is a code; arrived late, seen"},
	{"A,k4,2019-06-03,1920,5,410,1,46.0,M060,E112,X997,", "5: matches two lists; the second appointment of that day"},
	{" B ,k5,2017-03-31,1617,5,410,2,17,M069,,,", "6: a padded identifier; last day of a financial year, and of age 17"},
	{"B,k6,2017-04-01,1718,5,410,2,18,e11.9,,,", "7: a code in lower case with a dot; first day of a financial year, and of age 18"},
	{"B,k7,2018-01-15,1718,5,410,2,18,M051,,,", "8: the code may be a truncated M05.10: unknown for arthritis, but not for diabetes"},
	{"B,k8,2019-01-15,1819,5,100,2,19,E113,,W371,W371", "9: excluded from diabetes; coded in both systems, so transplant is not unknown"},
	{"C,k9,2018-07-01,1819,8,110,2,60,,,Z942,Z942", "10: Z94 of OPCS-4 is a side of the body, not a transplant; 8 is not a code of attended"},
	{"C,k10,2018-08-01,1819,5,361,2,60,Z940,,M012,M012", "11: one list matches in both systems"},
	{"C,k11,2018-09-01,1819,,361,2,60,,,M012,M013", "12: the two procedure columns disagree; one entry covers both codes and counts once"},
	{",k12,2018-09-01,1819,5,361,9,,E119,,,", "13: no person, no age; sex 9 stands for missing in some years only"},
	{"   ,k13,2018-10-01,1819,9,361,X,130,E119,,,", "14: white space is not a person, 130 is not an age, and X is not a sex"},
	{"D,k14,1800-01-01,1819,5,307,2,7003,E119,,,", "15: no date but a year; a baby"},
	{"D,k15,,,0,&,,abc,E119,,,", "16: only the diagnosis is known"},
	{"D,,2020-02-29,1920,5,307,2,33,E119,,,", "17: no key; a leap day"},
	{"E,k1,2018-06-01,1819,5,320,1,70,M068,,,", "18: another appointment than row 1, but with the same key"},
	{"E,k16,2018-06-02,1819,7,320,1,70,R69X6,,,", "19: coded in neither system; arrived late, not seen"},
	{"E,k16,2019-03-31,1819,5,ZZZ,8,70,0000,E119,,", "20: the key of row 19; an unrecognised value; ZZZ is not a specialty, and 8 is not a sex"},
}

// handText returns the appointments as a file.
func handText() string {
	lines := []string{handHeader}
	for _, row := range handRows {
		lines = append(lines, row.text)
	}
	return strings.Join(lines, "\n")
}

// The lists, by number.
const (
	diabetes   = iota // E10.9, and E11 except E11.3
	transplant        // ICD-10 Z94 and OPCS-4 M01
	arthritis         // M06, and M05.10, which is longer than the field
)

func handMatcher(t *testing.T) *match.Matcher {
	t.Helper()
	var lists []*codelist.List
	for _, l := range []struct{ name, text string }{
		{"diabetes", "icd10,exclude\nE11,\nE11.3,yes\nE10.9,\n"},
		{"transplant", "coding_system,code,exclude\nICD-10,Z94,\nOPCS-4,M01,\n"},
		{"arthritis", "icd10,exclude\nM05.10,\nM06,\n"},
	} {
		list, err := codelist.Parse(l.name, strings.NewReader(l.text), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err)
		lists = append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(t, err)
	return m
}

// handCohort returns a cohort of the twenty appointments.
func handCohort(t *testing.T, m *match.Matcher, opts ...cohort.Option) *cohort.Cohort {
	t.Helper()
	c, err := cohort.New(m, opts...)
	require.NoError(t, err)
	r, err := hesop.NewReader(strings.NewReader(handText()))
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), r))
	return c
}

func day(year int16, month, day uint8) hesop.Date {
	return hesop.Date{Year: year, Month: month, Day: day}
}

// once returns a member with one appointment.
func once(person string, list int, on hesop.Date) cohort.Member {
	return cohort.Member{Person: person, List: list, First: on, Last: on, Appointments: 1, Dates: 1}
}

// The members if none of the twenty appointments is left out.
var (
	aDiabetes   = cohort.Member{Person: "A", List: diabetes, First: day(2018, 5, 10), Last: day(2019, 6, 3), Appointments: 5, Dates: 3} // rows 1 to 5
	aArthritis  = once("A", arthritis, day(2019, 6, 3))                                                                                 // row 5
	bDiabetes   = once("B", diabetes, day(2017, 4, 1))                                                                                  // row 7
	bArthritis  = once("B", arthritis, day(2017, 3, 31))                                                                                // row 6
	cTransplant = cohort.Member{Person: "C", List: transplant, First: day(2018, 8, 1), Last: day(2018, 9, 1), Appointments: 2, Dates: 2}
	dDiabetes   = once("D", diabetes, day(2020, 2, 29)) // row 17 alone: 15 and 16 have no date
	eDiabetes   = once("E", diabetes, day(2019, 3, 31)) // row 20
	eArthritis  = once("E", arthritis, day(2018, 6, 1)) // row 18
)

// kept counts the people of a list, their appointments, and the people who were not kept.
type kept struct{ people, appointments, few, unrelated int64 }

// TestMembersByHand compares the members and their numbers with those worked out by hand.
func TestMembersByHand(t *testing.T) {
	for _, c := range []struct {
		reason string
		opts   []cohort.Option
		want   []cohort.Member
		kept   [3]kept
	}{
		{
			"everybody", nil,
			[]cohort.Member{aDiabetes, aArthritis, bDiabetes, bArthritis, cTransplant, dDiabetes, eDiabetes, eArthritis},
			[3]kept{{4, 8, 0, 0}, {1, 2, 0, 0}, {3, 3, 0, 0}},
		},
		{
			"only appointments with attended 5 or 6: the members lose rows 3 and 12",
			[]cohort.Option{cohort.Attended()},
			[]cohort.Member{
				{Person: "A", List: diabetes, First: day(2018, 5, 10), Last: day(2019, 6, 3), Appointments: 4, Dates: 2},
				aArthritis, bDiabetes, bArthritis, once("C", transplant, day(2018, 8, 1)), dDiabetes, eDiabetes, eArthritis,
			},
			[3]kept{{4, 7, 0, 0}, {1, 1, 0, 0}, {3, 3, 0, 0}},
		},
		{
			"the options From and To include the given days: rows 7, 8 and 1 to 3 count, rows 6 and 9 do not",
			[]cohort.Option{cohort.From(day(2017, 4, 1)), cohort.To(day(2018, 11, 2))},
			[]cohort.Member{
				{Person: "A", List: diabetes, First: day(2018, 5, 10), Last: day(2018, 11, 2), Appointments: 3, Dates: 2},
				bDiabetes, cTransplant, eArthritis,
			},
			[3]kept{{2, 4, 0, 0}, {1, 2, 0, 0}, {1, 1, 0, 0}},
		},
		{
			"rows 2, 18 and 20 repeat a key; E is left with row 19, which has no code",
			[]cohort.Option{cohort.Once("attendkey")},
			[]cohort.Member{
				{Person: "A", List: diabetes, First: day(2018, 5, 10), Last: day(2019, 6, 3), Appointments: 4, Dates: 3},
				aArthritis, bDiabetes, bArthritis, cTransplant, dDiabetes,
			},
			[3]kept{{3, 6, 0, 0}, {1, 2, 0, 0}, {2, 2, 0, 0}},
		},
		{
			"row 19 was not attended, so row 20 is the first of its key",
			[]cohort.Option{cohort.Once("attendkey"), cohort.Attended()},
			[]cohort.Member{
				{Person: "A", List: diabetes, First: day(2018, 5, 10), Last: day(2019, 6, 3), Appointments: 3, Dates: 2},
				aArthritis, bDiabetes, bArthritis, once("C", transplant, day(2018, 8, 1)), dDiabetes, eDiabetes,
			},
			[3]kept{{4, 6, 0, 0}, {1, 1, 0, 0}, {2, 2, 0, 0}},
		},
		{
			"AtLeast counts the appointments of each list on its own",
			[]cohort.Option{cohort.AtLeast(2)},
			[]cohort.Member{aDiabetes, cTransplant},
			[3]kept{{1, 5, 3, 0}, {1, 2, 0, 0}, {0, 0, 3, 0}},
		},
		{
			"A has five appointments of diabetes, but one of them is a duplicate",
			[]cohort.Option{cohort.AtLeast(5), cohort.Once("attendkey")},
			nil,
			[3]kept{{0, 0, 3, 0}, {0, 0, 1, 0}, {0, 0, 2, 0}},
		},
		{
			"the option With looks for arthritis at any time: only D never had arthritis",
			[]cohort.Option{cohort.With(diabetes, arthritis)},
			[]cohort.Member{aDiabetes, aArthritis, bDiabetes, bArthritis, cTransplant, eDiabetes, eArthritis},
			[3]kept{{3, 7, 0, 1}, {1, 2, 0, 0}, {3, 3, 0, 0}},
		},
		{
			"only people without arthritis",
			[]cohort.Option{cohort.Without(diabetes, arthritis)},
			[]cohort.Member{aArthritis, bArthritis, cTransplant, dDiabetes, eArthritis},
			[3]kept{{1, 1, 0, 3}, {1, 2, 0, 0}, {3, 3, 0, 0}},
		},
		{
			"arthritis came first for B and E, and diabetes came first for A",
			[]cohort.Option{cohort.WithBefore(diabetes, arthritis)},
			[]cohort.Member{aArthritis, bDiabetes, bArthritis, cTransplant, eDiabetes, eArthritis},
			[3]kept{{2, 2, 0, 2}, {1, 2, 0, 0}, {3, 3, 0, 0}},
		},
		{
			"D never had arthritis, and A did not have arthritis before diabetes",
			[]cohort.Option{cohort.WithoutBefore(diabetes, arthritis)},
			[]cohort.Member{aDiabetes, aArthritis, bArthritis, cTransplant, dDiabetes, eArthritis},
			[3]kept{{2, 6, 0, 2}, {1, 2, 0, 0}, {3, 3, 0, 0}},
		},
		{
			"the same day does not count as earlier: A has both lists on 3 June",
			[]cohort.Option{cohort.From(day(2019, 6, 3)), cohort.WithBefore(diabetes, arthritis)},
			[]cohort.Member{aArthritis},
			[3]kept{{0, 0, 0, 2}, {0, 0, 0, 0}, {1, 1, 0, 0}},
		},
		{
			"WithoutBefore does not count the same day as earlier either",
			[]cohort.Option{cohort.From(day(2019, 6, 3)), cohort.WithoutBefore(diabetes, arthritis)},
			[]cohort.Member{
				{Person: "A", List: diabetes, First: day(2019, 6, 3), Last: day(2019, 6, 3), Appointments: 2, Dates: 1},
				aArthritis, dDiabetes,
			},
			[3]kept{{2, 3, 0, 0}, {0, 0, 0, 0}, {1, 1, 0, 0}},
		},
		{
			"AtLeast applies first, then the option With, which needs only one appointment of arthritis: A has one",
			[]cohort.Option{cohort.AtLeast(2), cohort.With(diabetes, arthritis)},
			[]cohort.Member{aDiabetes, cTransplant},
			[3]kept{{1, 5, 3, 0}, {1, 2, 0, 0}, {0, 0, 3, 0}},
		},
		{
			"two lists can exclude each other: A, B and E have both lists and are removed from both",
			[]cohort.Option{cohort.Without(diabetes, arthritis), cohort.Without(arthritis, diabetes)},
			[]cohort.Member{cTransplant, dDiabetes},
			[3]kept{{1, 1, 0, 3}, {1, 2, 0, 0}, {0, 0, 0, 3}},
		},
		{
			"the options With and WithoutBefore are given together, and both must hold",
			[]cohort.Option{cohort.With(diabetes, arthritis), cohort.WithoutBefore(diabetes, arthritis)},
			[]cohort.Member{aDiabetes, aArthritis, bArthritis, cTransplant, eArthritis},
			[3]kept{{1, 5, 0, 3}, {1, 2, 0, 0}, {3, 3, 0, 0}},
		},
	} {
		t.Run(c.reason, func(t *testing.T) {
			got := handCohort(t, handMatcher(t), c.opts...)
			if diff := cmp.Diff(c.want, slices.Collect(got.Members())); diff != "" {
				t.Errorf("members (-pencil +got):\n%s", diff)
			}
			var appointments [3]int64
			for m := range got.Members() {
				appointments[m.List] += int64(m.Appointments)
			}
			for i, l := range got.Totals().Lists {
				people := kept{l.People, appointments[i], l.Few, l.Unrelated}
				require.Equal(t, c.kept[i], people, "list %d", i)
			}
		})
	}
}

// TestPrimaryByHand matches only the first position: rows 4, 5 and 20 no longer match diabetes, but they are still
// coded.
func TestPrimaryByHand(t *testing.T) {
	c := handCohort(t, handMatcher(t).PrimaryOnly())
	want := []cohort.Member{
		{Person: "A", List: diabetes, First: day(2018, 5, 10), Last: day(2018, 11, 2), Appointments: 3, Dates: 2},
		aArthritis, bDiabetes, bArthritis, cTransplant, dDiabetes, eArthritis,
	}
	if diff := cmp.Diff(want, slices.Collect(c.Members())); diff != "" {
		t.Errorf("members (-pencil +got):\n%s", diff)
	}
	require.Equal(t, cohort.ListTotals{Match: 9, NoMatch: 8, Uncoded: 3, People: 3}, c.Totals().Lists[diabetes])
}
