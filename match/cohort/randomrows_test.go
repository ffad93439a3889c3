package cohort_test

import (
	"strconv"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/internal/oracle"
)

// The dimensions, by number.
const (
	inYear = iota
	inSpecialty
	inAttended
	inSex
	inAge
)

// field is a text in a column, and its meaning.
type field struct {
	text string
	name string     // for a person or a key
	day  hesop.Date // for a date
	form string     // for an unreadable date
	year int        // for fyear, 0 for none
	seen bool       // for attended
	age  float64    // in years, negative for none
	place
}

func at(rank int, code, label string) place {
	return place{rank, strings.TrimSpace(code + " " + label)}
}

// Persons, keys and days are few, so that they repeat.
var (
	persons = []field{
		{text: "p1", name: "p1"},
		{text: "p2", name: "p2"},
		{text: "p10", name: "p10"},       // sorts after p1 and before p2
		{text: " p1  ", name: "p1"},      // padded
		{text: "\u00a0p2\t", name: "p2"}, // padded with a no-break space and a tab
		{text: "P1", name: "P1"},         // an identifier is text
		{text: "é", name: "é"},           // sorts after ASCII
		{text: "p 1", name: "p 1"},       // a space inside is not padding
		{text: ""},
		{text: " "},
		{text: "\t "}, // not an identifier
	}
	keys = []field{
		{text: "1", name: "1"},
		{text: "2", name: "2"},
		{text: "02", name: "02"},
		{text: " 2 ", name: "2"},
		{text: "12345678901234567890", name: "12345678901234567890"}, // more than 15 bytes, so it is hashed
		{text: "12345678901234567891", name: "12345678901234567891"},
		{text: "not a number of any length", name: "not a number of any length"},
		{text: "not a number of any lengtH", name: "not a number of any lengtH"},
		{text: ""},
		{text: "  "},
	}
	days = []field{
		{text: "2018-03-31", day: day(2018, 3, 31)}, // the last of a financial year
		{text: "2018-04-01", day: day(2018, 4, 1)},
		{text: "01/04/2018", day: day(2018, 4, 1)},
		{text: " 20180401 ", day: day(2018, 4, 1)},
		{text: "2018-04-01 09:30", day: day(2018, 4, 1)},
		{text: "2018-04-02", day: day(2018, 4, 2)},
		{text: "2020-02-29", day: day(2020, 2, 29)},
		{text: "1988-12-31", day: day(1988, 12, 31)}, // before the first year, so the year is not known
		{text: "2089-04-01", day: day(2089, 4, 1)},
		{text: "2089-03-31", day: day(2089, 3, 31)},
		{text: "2019-02-29", form: "9999-99-99"},
		{text: "08may2019", day: day(2019, 5, 8)},
		{text: "8/5/2019 09:30 UTC", day: day(2019, 5, 8)},
		{text: "43593", form: "99999"},
		{text: "Wednesday, 8 May 2019", form: "xxxxxxxxx, 9 xxx 999…"},
		{text: "1800-01-01"},
		{text: "1801-01-01"},
		{text: "01.04.2018", form: "99.99.9999"},
		{text: "29.02.2019 ", form: "99.99.9999"},
		{text: ""},
		{text: " "},
	}
	years = []field{
		{text: "1718", year: 2017},
		{text: "1819", year: 2018},
		{text: "8990", year: 1989},
		{text: "304", year: 2003},
		{text: "2018"},
		{text: "1719"},
		{text: ""},
	}
	attendances = []field{
		{text: "5", seen: true, place: at(5, "", "seen")},
		{text: "5", seen: true, place: at(5, "", "seen")},
		{text: "05 ", seen: true, place: at(5, "", "seen")},
		{text: "6.0", seen: true, place: at(6, "", "arrived late, seen")},
		{text: "0", place: at(1, "", "in the future")},
		{text: "2", place: at(2, "", "cancelled by the patient")},
		{text: "3", place: at(3, "", "did not attend")},
		{text: "4", place: at(4, "", "cancelled by the hospital")},
		{text: "7", place: at(7, "", "arrived late, not seen")},
		{text: "9", place: at(8, "", "not known")},
		{text: "55", place: at(9, "", "not a value of the set")},
		{text: " ", place: at(0, "", "not stated")},
	}
	specialties = []field{
		{text: "100", place: at(100, "100", "General Surgery Service")},
		{text: " 307", place: at(307, "307", "Diabetes Service")}, // introduced later than some of the days
		{text: "410.0", place: at(410, "410", "Rheumatology Service")},
		{text: "99Z", place: at(9998, "", "not a value of the set")},
		{text: "&", place: at(9999, "", "not known")},
		{text: "", place: at(9999, "", "not known")},
	}
	sexes = []field{
		{text: "1", place: at(1, "1", "Male")},
		{text: "2.0", place: at(2, "2", "Female")},
		{text: "9", place: at(9, "9", "Not specified, or indeterminate")}, // means missing only in some years
		{text: "0", place: at(99, "", "not known")},
		{text: "X", place: at(99, "", "not known")},
		{text: "", place: at(99, "", "not known")},
		{text: "M", place: at(98, "", "not a value of the set")},
	}
	ages = []field{
		{text: "7001", age: 0.002},
		{text: "7007", age: 0.875},
		{text: "0", age: 0},
		{text: "17", age: 17},
		{text: "17.999", age: 17.999},
		{text: "18", age: 18},
		{text: "18.0", age: 18},
		{text: "45", age: 45},
		{text: "84.9", age: 84.9},
		{text: "120", age: 120},
		{text: "121", age: -1},
		{text: "7008", age: -1},
		{text: "-1", age: -1},
		{text: "old", age: -1},
		{text: "", age: -1},
	}
)

// bandOf returns the band of an age. A band begins at 0 and at each of the starts.
func bandOf(age float64, starts []int) place {
	if age < 0 {
		return at(999, "", "not known")
	}
	from := 0
	for _, start := range starts {
		if age < float64(start) {
			if from == start-1 {
				return at(from, "", strconv.Itoa(from))
			}
			return at(from, "", strconv.Itoa(from)+" to "+strconv.Itoa(start-1))
		}
		from = start
	}
	return at(from, "", strconv.Itoa(from)+" and over")
}

// yearOf returns the financial year of a day. If there is no day, it returns the year in the column fyear.
func yearOf(on hesop.Date, fyear int) place {
	y := fyear
	if on != (hesop.Date{}) {
		y = int(on.Year)
		if on.Month < 4 {
			y--
		}
	}
	if y < 1989 || y > 2088 {
		return at(9999, "", "not known")
	}
	name := strconv.Itoa(y) + "-" + strconv.Itoa(y + 1)[2:]
	return at(y, "", name)
}

// file is a file of random appointments.
type file struct {
	table  oracle.Table
	person string // name of the column of the person
	has    map[string]bool
	order  string   // name of the column of OrderBy, "" for none
	texts  []string // the rows
	visits []visit
}

// optional lists the columns that not every file has.
var optional = []string{"fyear", "attended", "attendkey", "tretspef", "sex", "apptage", "apptage_calc"}

// newFile returns a file with the needed columns, and perhaps with other optional columns.
func newFile(r oracle.Random, person string, needed ...string) file {
	f := file{table: r.Table(), person: person, has: make(map[string]bool)}
	for !f.table.Reads() {
		f.table = r.Table()
	}
	for _, name := range needed {
		f.has[name] = true
	}
	f.table.Columns = append(f.table.Columns, person)
	for _, name := range optional {
		if f.has[name] = f.has[name] || r.IntN(5) > 0; f.has[name] {
			f.table.Columns = append(f.table.Columns, name)
		}
	}
	columns := f.table.Columns
	r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	return f
}

func draw(r oracle.Random, from []field) field { return from[r.IntN(len(from))] }

// add adds a row. The oracle finds the answers of the lists.
func (f *file) add(r oracle.Random, lists []*oracle.List, starts []int) {
	if r.IntN(40) == 0 {
		f.texts, f.visits = append(f.texts, "too few"), append(f.visits, visit{bad: true})
		return
	}
	row := r.Row(f.table)
	// A missing column has the meaning of an empty field.
	drawn := map[string]field{
		f.person: draw(r, persons), "apptdate": draw(r, days), "fyear": draw(r, years), "attended": draw(r, attendances),
		"attendkey": draw(r, keys), "tretspef": draw(r, specialties), "sex": draw(r, sexes), "apptage": draw(r, ages), "apptage_calc": draw(r, ages),
	}
	for name, nothing := range map[string]field{
		"fyear": {}, "attended": {place: at(0, "", "not stated")}, "attendkey": {}, "tretspef": {place: at(9999, "", "not known")},
		"sex": {place: at(99, "", "not known")}, "apptage": {age: -1}, "apptage_calc": {age: -1},
	} {
		if !f.has[name] {
			drawn[name] = nothing
		}
	}
	for i, name := range f.table.Columns {
		if d, ok := drawn[name]; ok {
			row[i] = d.text
		}
	}
	age := drawn["apptage"].age
	if !f.has["apptage"] {
		age = drawn["apptage_calc"].age
	}
	v := visit{
		person: drawn[f.person].name, key: drawn["attendkey"].name, day: drawn["apptdate"].day, form: drawn["apptdate"].form, seen: drawn["attended"].seen,
		places: [5]place{
			inYear: yearOf(drawn["apptdate"].day, drawn["fyear"].year), inSpecialty: drawn["tretspef"].place,
			inAttended: drawn["attended"].place, inSex: drawn["sex"].place, inAge: bandOf(age, starts),
		},
	}
	if f.order != "" {
		v.order = strings.TrimSpace(drawn[f.order].text)
	}
	v.ask(f.table.Answer(lists, row), lists)
	f.texts, f.visits = append(f.texts, strings.Join(row, "|")), append(f.visits, v)
}

// ask copies the answers of the oracle into the visit.
func (v *visit) ask(answered oracle.Answer, lists []*oracle.List) {
	v.coded, v.disagreements = answered.Coded, int64(answered.Disagreements)
	v.unrecognised = int64(len(answered.Unrecognised))
	for i, list := range lists {
		everywhere := true
		for _, e := range list.Entries() {
			everywhere = everywhere && (e.Exclude || answered.Coded[e.System])
		}
		v.answers = append(v.answers, answer{
			match: answered.Status[i] == "match", noMatch: answered.Status[i] == "no match",
			cut: answered.Status[i] == "unknown" && everywhere, uncoded: answered.Status[i] == "unknown" && !everywhere,
		})
	}
}
