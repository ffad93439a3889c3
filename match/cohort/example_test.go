package cohort_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

func prepare(opts ...cohort.Option) (*cohort.Cohort, error) {
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
	return cohort.New(matcher, opts...)
}

func gather(opts ...cohort.Option) (*cohort.Cohort, error) {
	c, err := prepare(opts...)
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
	// Output:
	// 6 read, 1 not attended, 1 duplicate
	// 2 match, 1 do not, 1 unknown; 1 people
}

// A worker scans some of the appointments and writes a part to a file. A parent with the same lists and options reads
// the parts in the order of the data.
func ExampleCohort_ReadPart() {
	dir, err := os.MkdirTemp("", "parts") // inside the research environment: parts contain identifiers
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	name := filepath.Join(dir, "2019.part")
	work := func() error {
		c, err := gather(cohort.Once("attendkey"))
		if err != nil {
			return err
		}
		file, err := os.Create(name)
		if err != nil {
			return err
		}
		_, err = c.WriteTo(file)
		return errors.Join(err, file.Close())
	}
	parent, err := prepare(cohort.Once("attendkey"))
	if err := errors.Join(err, work()); err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{name, name} { // the second time by mistake
		part, err := os.ReadFile(name)
		if err == nil {
			err = parent.ReadPart(bytes.NewReader(part))
		}
		fmt.Println(parent)
		fmt.Println(err)
	}
	// Output:
	// cohort.Cohort of 2 lists after 6 appointments
	// <nil>
	// cohort.Cohort of 2 lists after 6 appointments
	// cohort: the part cannot be used: the cohort already contains this part, or some of its data
}

// share is the message that a worker sends.
type share struct {
	Totals *match.Totals
	Part   []byte
}

// Workers send Totals and a part with encoding/gob. A parent merges them into the result of a single scan.
func ExampleCohort_WriteTo() {
	work := func(text string, to *gob.Encoder) error {
		c, err := prepare()
		if err != nil {
			return err
		}
		people, err1 := hesop.NewReader(strings.NewReader(text))
		counts, err2 := hesop.NewReader(strings.NewReader(text))
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		var part bytes.Buffer
		totals, err1 := match.Scan(context.Background(), c.Matcher(), counts, nothing)
		err2 = c.Scan(context.Background(), people)
		_, err3 := c.WriteTo(&part)
		return errors.Join(err1, err2, err3, to.Encode(share{totals, part.Bytes()}))
	}
	var connection bytes.Buffer
	to, lines := gob.NewEncoder(&connection), strings.SplitAfter(appointments, "\n")
	err := errors.Join(work(lines[0]+lines[1]+lines[2], to), work(lines[0]+strings.Join(lines[3:], ""), to))

	parent, err2 := prepare()
	all := parent.Matcher().NewTotals()
	from := gob.NewDecoder(&connection)
	for range 2 {
		// Decode refuses Totals of other lists, because got starts with Totals of these lists.
		got := share{Totals: parent.Matcher().NewTotals()}
		err = errors.Join(err, from.Decode(&got))
		all.Merge(got.Totals)
		err = errors.Join(err, parent.ReadPart(bytes.NewReader(got.Part)))
	}
	fmt.Println(all.Rows, parent, errors.Join(err, err2))
	// Output: 6 cohort.Cohort of 2 lists after 6 appointments <nil>
}

func nothing(*hesop.Appointment, *match.Result) error { return nil }

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
	// Every number is rounded to the nearest 4, so the parts of a table may not add up to their total.
}

// Data of admitted care have the same code columns, but other names for the columns of the day and the person.
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
