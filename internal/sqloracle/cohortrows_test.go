package sqloracle

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"

	"github.com/stretchr/testify/require"
)

const (
	cohortRows   = 20000
	cohortPeople = 500
	cohortSeed   = 20210401
)

// newCohortTable returns appointments in UK LLC's layout, dirtier than real data, with the columns that package cohort
// reads. It makes the appointments only once.
func newCohortTable(t *testing.T) *table {
	t.Helper()
	if cohortTable == nil {
		cohortTable = makeCohortTable(t)
	}
	tab := *cohortTable
	return &tab
}

var cohortTable *table // the tests do not run in parallel

func makeCohortTable(t *testing.T) *table {
	t.Helper()
	generator, err := hesoptest.New(cohortSeed, hesoptest.People(cohortPeople),
		hesoptest.MissingDiagnosis(0.55), hesoptest.MissingProcedure(0.5), hesoptest.Repeated(0))
	require.NoError(t, err)
	d := dirt{rand.New(rand.NewPCG(cohortSeed, 0))}
	var text bytes.Buffer
	w := hesoptest.NewWriter(&text, hesop.UKLLC)
	var again []hesoptest.Row // rows to repeat later
	for row := range generator.Rows(cohortRows) {
		if len(again) > 20 || len(again) > 0 && d.chance(30) {
			*row = again[0]
			again = again[1:]
		} else if d.chance(40) {
			again = append(again, d.repeat(*row))
		}
		d.soil(row)
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	return narrow(t, text.Bytes())
}

// narrow returns a table with only the columns that package cohort reads.
func narrow(t *testing.T, text []byte) *table {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, cohortRows+1)
	tab := &table{layout: hesop.UKLLC}
	var columns []int
	for i, name := range records[0] {
		name = strings.ToLower(name)
		switch name {
		case "llc_0000_stud_id", "attendkey", "apptdate", "fyear", "attended", "tretspef", "sex", "apptage", "apptage_calc":
		default:
			if !strings.HasPrefix(name, "diag_4_") && !strings.HasPrefix(name, "opertn_4_") {
				continue
			}
		}
		columns, tab.names = append(columns, i), append(tab.names, name)
	}
	require.Len(t, columns, 9+12+1+24+1)
	var narrowed bytes.Buffer
	w := csv.NewWriter(&narrowed)
	for _, record := range records {
		var fields []string
		for _, i := range columns {
			fields = append(fields, record[i])
		}
		require.NoError(t, w.Write(fields))
	}
	w.Flush()
	require.NoError(t, w.Error())
	tab.text = narrowed.Bytes()
	return tab
}

// dirt makes rows dirty.
type dirt struct{ *rand.Rand }

// chance returns true with a probability of 1/times.
func (d dirt) chance(times int) bool { return d.IntN(times) == 0 }

// repeat returns a second row for an appointment: the same row, or one with another diagnosis, attendance or day.
func (d dirt) repeat(r hesoptest.Row) hesoptest.Row {
	r.Diagnoses, r.Procedures = slices.Clone(r.Diagnoses), slices.Clone(r.Procedures)
	switch d.IntN(4) {
	case 0:
		r.Diagnoses = []string{[]string{"E119", "H259", "I10X"}[d.IntN(3)]}
	case 1:
		r.Attended = []string{"4", "5"}[d.IntN(2)]
	case 2:
		if r.Date.Year > 1900 { // a date in 1900 or earlier means that the date is missing
			r.Date.Day = r.Date.Day%28 + 1
		}
	}
	return r
}

// soil gives a row some of the values that HES contains but should not contain.
func (d dirt) soil(r *hesoptest.Row) {
	r.Fields = make(map[string]string)
	for _, f := range []struct {
		times        int
		column, text string
	}{
		{100, "llc_0000_stud_id", ""},
		{200, "llc_0000_stud_id", "   "},
		{50, "llc_0000_stud_id", " " + r.Person + "  "},
		{100, "apptdate", ""},
		{100, "apptdate", "1800-01-01"},
		{200, "fyear", ""},
		{100, "attended", ""},
		{200, "attended", "8"},
		{200, "attended", "0"},
		{100, "tretspef", ""},
		{200, "tretspef", "9Z9"},
		{100, "sex", ""},
		{150, "sex", "0"},
		{150, "sex", "X"},
		{150, "sex", "9"},
		{150, "sex", "7"},
		{100, "apptage", ""},
		{200, "apptage", "130"},
		{200, "attendkey", ""},
		{50, "diag_4_concat", ""},
		{50, "opertn_4_concat", ""},
	} {
		if d.chance(f.times) {
			r.Fields[f.column] = f.text
		}
	}
	if len(r.Diagnoses) > 0 && len(r.Diagnoses[0]) >= 4 && d.chance(30) {
		r.Fields["diag_4_01"] = " " + strings.ToLower(r.Diagnoses[0][:4]) + " "
	}
	if d.chance(50) { // some extracts have only the concatenated column
		for i := range r.Diagnoses {
			r.Fields["diag_4_"+twoDigits(i+1)] = ""
		}
	}
}

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// lines returns the header of the table and its rows.
func (tab *table) lines() (header string, rows []string) {
	lines := strings.SplitAfter(string(tab.text), "\n")
	return lines[0], lines[1 : len(lines)-1]
}

// fields returns the fields of each row.
func (tab *table) fields(t *testing.T) [][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(tab.text)).ReadAll()
	require.NoError(t, err)
	return records[1:]
}

// shorten keeps only the first rows of the table.
func (tab *table) shorten(rows int) {
	header, lines := tab.lines()
	tab.text = []byte(header + strings.Join(lines[:rows], ""))
}
