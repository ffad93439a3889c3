package cohort_test

import (
	"testing"

	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/assert"
)

// few is appointments of people of their own, in a year, with values of auditValues.
func few(from, people, day int, values ...int) auditRow {
	return auditRow{person: from, people: people, day: day, values: values}
}

// late is the same, arrived late.
func late(from, people int, values ...int) auditRow {
	r := few(from, people, 0, values...)
	r.categories[2] = 2
	return r
}

// aged is an appointment in an age band.
func aged(r auditRow, band int) auditRow {
	r.categories[4] = band
	return r
}

// female is an appointment of a woman.
func female(r auditRow) auditRow {
	r.categories[3] = 1
	return r
}

// Places in auditValues and auditEntries.
const (
	valueE110, valueE111, valueE119, valueM051, valueM059, valueM060           = 0, 1, 2, 4, 5, 6
	valueJ450, valueM011, valueM012, valueM013, valueW371, valueX123           = 7, 8, 9, 10, 11, 12
	entryE11, entryE110, entryE111, entryE119, entryM05, entryM051, entryM0510 = 0, 1, 2, 3, 4, 5, 6
	entryM06, entryM01, entryM011, entryM012, entryW37                         = 7, 8, 9, 10, 11
)

func entriesOf(entries ...int) auditList { return auditList{entries: entries} }

// found are releases that gave something away once, as small as they could be made.
var found = []struct {
	reason  string
	profile cohort.Profile
	c       auditCase
}{
	{
		"list B is list A and M01, and of M01 no more than 99 are told: A, masked, has 109 - 99 at least",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryE111), entriesOf(entryE111, entryM01)},
			rows:  []auditRow{few(1, 24, 0, valueM012, valueE111), few(100, 85, 0, valueE111), few(200, 10, 0)},
		},
	},
	{
		"the same with numbers that are rounded: A, masked, is 23 - 12 at least",
		cohort.OpenSAFELY(),
		auditCase{
			lists: []auditList{entriesOf(entryE11, entryM05), entriesOf(entryE11, entryM05, entryW37)},
			rows:  []auditRow{few(1, 8, 0), few(100, 8, 0, valueM059, valueW371), few(200, 15, 0, valueE110)},
		},
	},
	{
		"10 are coded in ICD-10 and the entry E110 found 10 at least: coded in both systems without a match is nobody",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryM011, entryE110)},
			rows:  []auditRow{few(1, 10, 0), few(100, 10, 0, valueE110)},
		},
	},
	{
		"10 less 5 that are not coded are 5 that may match, which are not 5 people with two each",
		cohort.Threshold(5),
		auditCase{
			least: 2,
			lists: []auditList{entriesOf(entryW37, entryE110)},
			rows:  []auditRow{few(1, 5, 0), few(10, 5, 0, valueJ450, valueM011)},
		},
	},
	{
		"people of A with B are people of B, but not in the same year: the difference is nobody",
		cohort.Threshold(5),
		auditCase{
			lists:   []auditList{entriesOf(entryM011), entriesOf(entryE110)},
			related: []auditRelation{{list: 1, other: 0}},
			rows:    []auditRow{few(1, 1, 0, valueM011, valueE110), few(2, 1, 0), few(10, 4, 0, valueM011), few(10, 4, 1, valueE110)},
		},
	},
	{
		"20 seen match A and 20 late match B: 40 are coded at least, 10 more than either list has, and the note leaves only that those not coded are few",
		cohort.UKLLC(),
		auditCase{
			columns: [auditDimensions]bool{2: true},
			lists:   []auditList{entriesOf(entryE110), entriesOf(entryE111)},
			rows: []auditRow{
				few(1, 20, 0, valueE111), few(100, 10, 0, valueE110),
				late(200, 10, valueE110), late(200, 10, valueE119), late(200, 10, valueE110, valueE111),
			},
		},
	},
	{
		"a list of both systems: the note cannot mean those that are coded in ICD-10 and do not match it, nor the 10 that are coded and match",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryM06, entryM011)},
			rows:  []auditRow{few(1, 10, 0, valueM060), few(100, 10, 0, valueE110)},
		},
	},
	{
		"B is A and E11.1, C is A and M05: 5 with any diagnosis are those of E11.1, so that C and A differ in nobody",
		cohort.Threshold(5),
		auditCase{
			lists: []auditList{entriesOf(entryW37), entriesOf(entryW37, entryE111), entriesOf(entryW37, entryM05)},
			rows:  []auditRow{few(1, 5, 0, valueE111), few(100, 10, 0, valueW371), few(100, 5, 0)},
		},
	},
	{
		"the number of those coded is masked, for 19 are not twice 10, and the number of those not coded is shown",
		cohort.UKLLC(),
		auditCase{
			least: 2,
			lists: []auditList{entriesOf(entryW37)},
			rows:  []auditRow{few(1, 15, 0, valueM013), few(100, 25, 0)},
		},
	},
	{
		"A is in B and M05 together, and of M05 there are 5: B, masked, has 10 - 5 at least",
		cohort.Threshold(5),
		auditCase{
			lists: []auditList{entriesOf(entryE111), entriesOf(entryM05), entriesOf(entryE111, entryM0510)},
			rows:  []auditRow{few(1, 10, 0, valueE111), few(100, 5, 0, valueM051)},
		},
	},
	{
		"by attendance those coded are not given, but are 35 in all, and 15 of those not seen match B: 20 of those seen at most are coded, 5 more than match A",
		cohort.UKLLC(),
		auditCase{
			columns: [auditDimensions]bool{2: true},
			lists:   []auditList{entriesOf(entryE119, entryE110), {entries: []int{entryE11}, excluded: []int{entryE119}}},
			rows: []auditRow{
				late(1, 10), few(-1, 10, 0, valueE119), few(71, 5, 0, valueE111), late(100, 10, valueE110), late(200, 5, valueE111),
				few(300, 5, 0), few(300, 5, 0, valueE110),
			},
		},
	},
	{
		"10 were cut short of M05.10, and 10 match M05.1: no other M05.1 was there to be M05.10",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryE110, entryM0510), entriesOf(entryM051)},
			rows:  []auditRow{few(1, 10, 0), few(100, 10, 0, valueE111), few(200, 10, 0, valueE110), few(300, 10, 0, valueM051)},
		},
	},
	{
		"E11.9 is in B, of which there are 10, so that 20 of A are procedures, as many as are coded: no appointment is coded and not of A",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryE119, entryM01), entriesOf(entryM012, entryE11)},
			rows:  []auditRow{few(1, 20, 1, valueM059, valueM013), few(100, 10, 1, valueE119), few(200, 10, 1)},
		},
	},
	{
		"the only entry of a list is masked, and is as many as match the list, which are shown",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryE111), entriesOf(entryE119)},
			rows:  []auditRow{few(1, 10, 0, valueE111), few(100, 10, 0)},
		},
	},
	{
		"an entry is masked for the sake of a list that is part of it, and is all of its own list",
		cohort.Threshold(5),
		auditCase{
			lists: []auditList{entriesOf(entryM01), entriesOf(entryM012)},
			rows:  []auditRow{few(1, 5, 0, valueM011), few(100, 5, 0)},
		},
	},
	{
		"by age 25 are of both lists at most: A, masked by year, is not 0 in one of two years, for then 154 of it would match B in the other",
		cohort.OpenSAFELY(),
		auditCase{
			columns: [auditDimensions]bool{4: true},
			lists:   []auditList{entriesOf(entryM012), entriesOf(entryE119)},
			rows: []auditRow{
				aged(few(6, 8, 1, valueM012, valueE119), 1), aged(few(26, 156, 2, valueE119), 2), aged(few(26, 156, 0, valueE111, valueM059, valueM012), 0),
				aged(few(233, 10, 0), 1), aged(few(243, 13, 1, valueJ450, valueM059), 0), aged(few(256, 15, 0, valueE110, valueM012), 2),
			},
		},
	},
	{
		"the lists B and C are the same, and A too but for a relation: people of C, shown, are those of B, masked",
		cohort.UKLLC(),
		auditCase{
			lists:   []auditList{entriesOf(entryM012), entriesOf(entryM012), entriesOf(entryM012), entriesOf(entryM012, entryW37)},
			related: []auditRelation{{list: 0, other: 2, before: true}},
			rows: []auditRow{
				few(309, 2, 0, valueM012), few(324, 17, 3), few(499, 2, 2, valueW371), few(499, 9, 3, valueM012),
				few(510, 14, 2, valueW371), few(524, 10, 1, valueX123), few(-1, 29, 0, valueE110), few(539, 29, 1, valueM012),
			},
		},
	},
	{
		"whoever has B has it between two days, and so is of B: A with B is 4 people fewer at most",
		cohort.OpenSAFELY(),
		auditCase{
			from:    true,
			lists:   []auditList{entriesOf(entryM051), entriesOf(entryM051, entryM06), entriesOf(entryM01)},
			related: []auditRelation{{list: 1, other: 2}},
			rows:    []auditRow{few(3, 8, 1), few(36, 8, 1, valueM051, valueM012)},
		},
	},
	{
		"A and B make up C, and C has a relation to a list that is the same: nobody is of both A and B",
		cohort.Threshold(5),
		auditCase{
			lists: []auditList{
				entriesOf(entryE11), {entries: []int{entryE11}, excluded: []int{entryE119}}, {entries: []int{entryE11}, excluded: []int{entryE110}}, entriesOf(entryE11),
			},
			related: []auditRelation{{list: 0, other: 3}},
			rows:    []auditRow{few(1, 5, 0, valueE110), few(82, 6, 4, 3), few(82, 5, 0, valueE119), few(153, 5, 0)},
		},
	},
	{
		"the same, and A has a relation to C, and is D but for that",
		cohort.Threshold(5),
		auditCase{
			lists: []auditList{
				{entries: []int{entryE11}, excluded: []int{entryE110}},
				{entries: []int{entryE11}, excluded: []int{entryE119}},
				{entries: []int{entryE11}, excluded: []int{entryE110}},
				entriesOf(entryE11),
			},
			related: []auditRelation{{list: 0, other: 3}},
			rows:    []auditRow{few(1, 5, 0, valueE110), few(82, 6, 4, 3), few(82, 5, 0, valueE119), few(153, 5, 0)},
		},
	},
	{
		"48 in a year are all of both systems, and match A: M01.2 alone matches B, and none of those does",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryM012), entriesOf(entryM012, entryE110), entriesOf(entryE110, entryM011)},
			rows:  []auditRow{few(16, 24, 1, valueM011), few(269, 24, 1, valueE110), few(563, 10, 1), few(563, 27, 0, valueE110, valueM012), few(591, 21, 0)},
		},
	},
	{
		"125 people of 130 appointments of A have none of B, which is part of A: B has 5 at most",
		cohort.UKLLC(),
		auditCase{
			lists:   []auditList{entriesOf(entryE11), entriesOf(entryE111)},
			related: []auditRelation{{list: 0, other: 1, exclude: true}},
			rows:    []auditRow{few(1, 125, 0, valueE110), few(200, 5, 0, valueE111), few(300, 60, 0, valueJ450), few(400, 60, 0)},
		},
	},
	{
		"155 people of A are 135 and 20 by sex, so that none is of both, nor of B, which is part of A: 105 less 100 are 5",
		cohort.UKLLC(),
		auditCase{
			columns: [auditDimensions]bool{3: true},
			lists:   []auditList{entriesOf(entryE11), entriesOf(entryE111)},
			rows: []auditRow{
				few(1, 100, 0, valueE111), few(1, 100, 0, valueE111), few(101, 35, 0, valueE110), few(101, 35, 0, valueE110),
				female(few(201, 5, 0, valueE111)), female(few(201, 5, 0, valueE111)), female(few(201, 5, 0, valueE111)),
				female(few(301, 15, 0, valueE110)), female(few(301, 15, 0, valueE110)), few(401, 60, 0, valueJ450), few(501, 60, 0),
				female(few(601, 60, 0, valueJ450)), female(few(701, 60, 0)),
			},
		},
	},
	{
		"12 of the youngest with A have B before it, and so at that age: of 15 of B, 3 have no A",
		cohort.UKLLC(),
		auditCase{
			columns: [auditDimensions]bool{4: true},
			lists:   []auditList{entriesOf(entryM06), entriesOf(entryE11)},
			related: []auditRelation{{list: 0, other: 1, before: true}},
			rows: []auditRow{
				aged(few(1, 12, 1, valueE110), 0), aged(few(1, 12, 2, valueM060), 0), aged(few(13, 3, 1, valueE110), 0),
				aged(few(101, 40, 1, valueE110), 1), aged(few(101, 40, 2, valueM060), 1), aged(few(201, 60, 1, valueE110), 1),
				aged(few(301, 100, 1, valueJ450), 0), aged(few(401, 100, 1, valueJ450), 1), aged(few(501, 50, 1), 0), aged(few(601, 50, 1), 1),
			},
		},
	},
	{
		"27 appointments of A are of 20 people, and 17 of them of B: the other 10 are of 10 people at most, and 10 at least are of B, masked",
		cohort.UKLLC(),
		auditCase{
			lists: []auditList{entriesOf(entryE11), entriesOf(entryE111)},
			rows: []auditRow{
				few(1, 12, 0, valueE111), few(1, 5, 0, valueE111), few(13, 8, 0, valueE110), few(13, 2, 0, valueE110), few(101, 60, 0, valueJ450), few(201, 60, 0),
			},
		},
	},
	{
		"people of A, masked, are 10 together by attendance, where A has as many appointments as B, which it is part of, has people: 5 at least",
		cohort.Threshold(5),
		auditCase{
			columns: [auditDimensions]bool{2: true},
			lists:   []auditList{entriesOf(entryE119), entriesOf(entryM011, entryE119)},
			rows:    []auditRow{few(5, 10, 0, valueE119), late(5, 8, valueM011), late(-1, 5), few(52, 5, 0)},
		},
	},
	{
		"20 of 30 appointments match B: without it there can be 5 people at most who come twice",
		cohort.UKLLC(),
		auditCase{
			least:   2,
			lists:   []auditList{entriesOf(entryE119), entriesOf(entryE119), {entries: []int{entryE11}, excluded: []int{entryE119}}},
			related: []auditRelation{{list: 1, other: 2, exclude: true}},
			rows:    []auditRow{few(26, 10, 0), few(56, 20, 0, 3)},
		},
	},
	{
		"three lists of any two of E11, M01.1 and W37: people of W37 are all of two lists, which are no more than 12 by rounding, and of the third, of which there are 18 at least",
		cohort.OpenSAFELY(),
		auditCase{
			lists: []auditList{entriesOf(entryW37), entriesOf(entryW37, entryE11), entriesOf(entryM011, entryE11), entriesOf(entryW37, entryM011)},
			rows:  []auditRow{few(140, 6, 2, valueE111), few(147, 2, 0, valueE110), few(149, 10, 0, valueM011), few(331, 8, 4, valueW371)},
		},
	},
	{
		"W37 and M01.2 without M01.2 are people of W37, which is masked",
		cohort.UKLLC(),
		auditCase{
			lists:   []auditList{entriesOf(entryM012), entriesOf(entryW37), entriesOf(entryM011), entriesOf(entryW37, entryM012)},
			related: []auditRelation{{list: 3, other: 0, exclude: true}},
			rows:    []auditRow{few(132, 10, 0, valueW371), few(168, 2, 0), few(170, 8, 0)},
		},
	},
}

// TestFound holds what was found once.
func TestFound(t *testing.T) {
	for _, f := range found {
		t.Run(f.reason, func(t *testing.T) {
			f.c.least = max(1, f.c.least)
			for _, thorough := range []bool{false, true} {
				a, leaks := audit(t, &f.c, f.profile, thorough)
				assert.Empty(t, leaks, "thorough %t\n%s\n%s", thorough, f.c.show(), a.tables())
			}
		})
	}
}

// TestTruth holds what the audit takes for the truth against a release that masks nothing:
// an audit that counts otherwise would look for what is not there.
func TestTruth(t *testing.T) {
	for _, f := range found {
		a, _ := audit(t, &f.c, cohort.None(), true)
		assert.Empty(t, a.wrong, f.reason)
	}
}
