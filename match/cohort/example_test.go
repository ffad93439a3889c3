package cohort_test

import (
	"context"
	"fmt"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

const appointments = `pseudo_hesid,attendkey,apptdate,attended,diag_4_01,diag_4_concat
17,900000000001,2019-05-08,5,F321,F321
17,900000000002,2019-06-20,6,F33X,F33X
17,900000000002,2019-06-20,6,F33X,F33X
23,900000000003,2020-01-15,3,F329,F329
23,900000000004,2020-02-12,5,E119,E119
31,900000000005,2020-03-02,5,R69X,R69X
`

func gather(opts ...cohort.Option) (*cohort.Cohort, error) {
	depression, err := codelist.Parse("depression", strings.NewReader("icd10\nF32\nF33\n"))
	if err != nil {
		return nil, err
	}
	diabetes, err := codelist.Parse("diabetes", strings.NewReader("icd10\nE10-E14\n"))
	if err != nil {
		return nil, err
	}
	matcher, err := match.Compile(depression, diabetes)
	if err != nil {
		return nil, err
	}
	c, err := cohort.New(matcher, opts...)
	if err != nil {
		return nil, err
	}
	reader, err := hesop.NewReader(strings.NewReader(appointments))
	if err != nil {
		return nil, err
	}
	return c, c.Scan(context.Background(), reader)
}

func Example() {
	c, err := gather(cohort.Once("attendkey"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for m := range c.Members() {
		fmt.Printf("%s is in %s: %d appointments from %v to %v\n",
			m.Person, c.Matcher().List(m.List).Name(), m.Appointments, m.First, m.Last)
	}
	// Output:
	// 17 is in depression: 2 appointments from 2019-05-08 to 2019-06-20
	// 23 is in depression: 1 appointments from 2020-01-15 to 2020-01-15
	// 23 is in diabetes: 1 appointments from 2020-02-12 to 2020-02-12
}

func ExampleCohort_Totals() {
	c, err := gather(cohort.Attended(), cohort.Once("attendkey"), cohort.WithTotals())
	if err != nil {
		fmt.Println(err)
		return
	}
	totals := c.Totals()
	fmt.Printf("%d read, %d not attended, %d duplicate\n", totals.Account.Read, totals.Account.NotAttended, totals.Account.Duplicates)
	depression := totals.Lists[0]
	fmt.Printf("%d match, %d do not, %d unknown; %d people\n", depression.Match, depression.NoMatch, depression.Unknown(), depression.People)
	for i, year := range totals.Categories[cohort.ByYear] {
		fmt.Printf("%v: %d people\n", year.Category, depression.By[cohort.ByYear][i].People)
	}
	// Output:
	// 6 read, 1 not attended, 1 duplicate
	// 2 match, 1 do not, 1 unknown; 1 people
	// 2019-20: 1 people
}

func ExampleCohort_Release() {
	c, err := gather(cohort.WithTotals())
	if err != nil {
		fmt.Println(err)
		return
	}
	// Six appointments are too few for cohort.UKLLC.
	release, err := c.Release(context.Background(), cohort.Profile{Name: "for this example", Least: 2, Nearest: 4})
	if err != nil {
		fmt.Println(err)
		return
	}
	table, _ := release.Table("lists")
	for _, row := range table.Rows {
		fmt.Print(c.Matcher().List(row.List).Name())
		for i, number := range row.Numbers {
			fmt.Printf(", %s %v", table.Headings[i], number)
		}
		fmt.Println()
	}
	fmt.Println(release.Notes[1])
	// Output:
	// depression, match 4, no match <2, unknown: not coded <2, unknown: cut short not applicable, people 4
	// diabetes, match <2, no match 4, unknown: not coded <2, unknown: cut short not applicable, people <2
	// Every number is rounded to the nearest 4, so that the parts of a table need not add up to their total.
}

// Admitted care has the same code columns, and other names for the day and the person.
func ExampleDateColumn() {
	const admitted = "encrypted_hesid,admidate,diag_4_01,diag_4_02,opertn_4_01\n" +
		"A,2019-05-01,I10X,F321,-\nA,2020-02-12,F329,,W371\nB,2020-03-01,I10X,,-\n"
	list, err := codelist.Parse("depression", strings.NewReader("icd10\nF32\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := match.Compile(list)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := cohort.New(m, cohort.DateColumn("admidate"), cohort.PersonColumn("encrypted_hesid"))
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := hesop.NewReader(strings.NewReader(admitted))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := c.Scan(context.Background(), r); err != nil {
		fmt.Println(err)
		return
	}
	for m := range c.Members() {
		fmt.Println(m.Person, m.First, m.Last, m.Appointments)
	}
	// Output: A 2019-05-01 2020-02-12 2
}
