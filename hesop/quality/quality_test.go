package quality

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/internal/oracle"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// csvText writes rows as a CSV file with every field quoted.
func csvText(columns []string, rows [][]string) string {
	var b strings.Builder
	for _, row := range append([][]string{columns}, rows...) {
		for i, field := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(field, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func count(t testing.TB, c *Counter, text string, opts ...hesop.Option) {
	t.Helper()
	r, err := hesop.NewReader(strings.NewReader(text), opts...)
	require.NoError(t, err)
	for _, err := range c.All(r) {
		require.NoError(t, err)
	}
}

// counted returns the report of one Counter on all parts. Each part has its own reader, and the parts are read in
// order.
func counted(t testing.TB, columns []string, fields hesop.Fields, parts ...[][]string) *Report {
	t.Helper()
	var c Counter
	for _, rows := range parts {
		count(t, &c, csvText(columns, rows), hesop.ReadFields(fields))
	}
	return c.Report()
}

// merged returns the report on all parts. Each part has its own Counter, and the Counters are merged.
func merged(t testing.TB, columns []string, fields hesop.Fields, parts ...[][]string) *Report {
	t.Helper()
	var all Counter
	for _, rows := range parts {
		var c Counter
		count(t, &c, csvText(columns, rows), hesop.ReadFields(fields))
		before := c.Report()
		all.Merge(&c)
		require.Equal(t, before, c.Report(), "Merge does not change its argument")
	}
	return all.Report()
}

// plain converts a report to the oracle's form.
func plain(r *Report) oracle.Quality {
	q := oracle.Quality{
		Rows: int(r.Rows), Coded: int(r.Coded), Systems: make(map[string]*oracle.CodeQuality),
		Dates: make(map[string]*oracle.DateQuality), Missingness: make(map[[2]string][3]int),
	}
	for _, s := range r.Systems {
		c := &oracle.CodeQuality{
			Coded: int(s.Coded), Values: make(map[[3]string]int), Unrecognised: make(map[string]int),
		}
		if s.Disagreements != nil {
			c.Disagreements, c.DisagreeingRows = int(s.Disagreements.Codes), int(s.Disagreements.Rows)
		}
		if s.Short != nil {
			c.Short = int(*s.Short)
		}
		kinds := map[hesop.Form]string{hesop.Raw: "raw", hesop.Positional: "positional", hesop.Concatenated: "concat"}
		for _, v := range s.Columns {
			add := func(what string, n int64) {
				if n > 0 {
					c.Values[[3]string{kinds[v.Form], strconv.Itoa(v.Width), what}] += int(n)
				}
			}
			add("empty", v.Empty)
			add("code", v.Codes)
			add("missing", v.Missing)
			add("unrecognised", v.Unrecognised)
			for reason, n := range v.Reasons {
				add(reason.String(), n)
			}
		}
		for _, v := range s.Commonest {
			c.Unrecognised[v.Value] = int(v.Count)
		}
		if s.Others > 0 {
			c.Unrecognised["others"] = int(s.Others)
		}
		q.Systems[s.System.String()] = c
	}
	if r.Keys != nil {
		q.Keys = [3]int{int(r.Keys.Missing), int(r.Keys.Different), int(r.Keys.Repeated)}
	}
	for _, d := range r.Dates {
		one := &oracle.DateQuality{Valid: int(d.Valid), Missing: int(d.Missing), Invalid: int(d.Invalid)}
		if d.Years != nil {
			one.Early, one.OtherYear, one.Unstated = int(d.Years.Early), int(d.Years.Other), int(d.Years.Unstated)
		}
		if d.Valid > 0 {
			one.First, one.Last = d.First.String(), d.Last.String()
		}
		q.Dates[d.Column] = one
	}
	for _, m := range r.Missingness {
		q.Missingness[[2]string{m.Year.String(), m.Specialty}] = [3]int{int(m.Rows), int(m.NoDiagnosis), int(m.NoProcedure)}
	}
	return q
}

// study returns random rows of a random table that includes columns for package quality.
func study(seed uint64) (table oracle.Table, rows [][]string) {
	r := oracle.NewRandom(seed)
	for !table.Reads() {
		table = r.Table()
	}
	texts := map[string][]string{
		"apptdate":  {"2019-06-03", "20040331", "01/04/2004", "2003-03-31 00:00:00", "1800-01-01", "", "18010101", "2019-02-30", "x", "31/12/2022 09:30", "1582-10-15", "1989-03-31", "2089-04-01", "2100-01-01", "08may2019", "8/5/2019", "43593", "1-1-1800"},
		"reqdate":   {"2001-01-02", "1801-01-01", " 2019-06-03 ", "01/01/1600", "2019-6-3", "2019-06-03T10:00:00Z", "2019/06/03", "09MAY2019 10:00 UTC", "8-5-2019 1:00:00+0100", "8/5/2019 10", "09MAI2019"},
		"fyear":     {"1920", "0304", "0405", "", "2019", "9900", "20", " 2223 ", "304", "1920.0", "2021"},
		"tretspef":  {"100", "110", "&", "", " 320 ", "100.0", "ZZZ", "812", "0110"},
		"attendkey": {"1", "2", "3", "", " 3", "12345678901234567890", "12345678901234567891"},
	}
	for _, name := range []string{"REQDATE", "fyear", "tretspef", "attendkey"} {
		if r.IntN(4) > 0 {
			table.Columns = append(table.Columns, name)
		}
	}
	for range 1 + r.IntN(12) {
		row := r.Row(table)
		for i, name := range table.Columns {
			if of := texts[strings.ToLower(name)]; of != nil {
				row[i] = of[r.IntN(len(of))]
			}
		}
		rows = append(rows, row)
	}
	return table, rows
}

// againstOracle compares the report on random rows with that of the oracle. The rows are in one part or in two.
func againstOracle(t testing.TB, seed uint64) {
	t.Helper()
	table, rows := study(seed)
	fields := map[string]hesop.Fields{"all": hesop.AllFields, "positional": hesop.PositionalFields, "concat": hesop.ConcatenatedFields}[table.Fields]
	want := table.Quality(rows, []string{"apptdate", "reqdate"}, []string{"100", "110", "320", "812"})
	for _, s := range want.Systems { // long values are counted but not shown
		for text, n := range s.Unrecognised {
			if len(text) > 6 {
				delete(s.Unrecognised, text)
				s.Unrecognised["others"] += n
			}
		}
	}
	half := len(rows) / 2
	for _, parts := range [][][][]string{{rows}, {rows[:half], rows[half:]}} {
		report := counted(t, table.Columns, fields, parts...)
		if diff := cmp.Diff(want, plain(report)); diff != "" {
			t.Fatalf("seed %d, %q %s\n%q\n(-oracle +got)\n%s", seed, table.Columns, table.Fields, rows, diff)
		}
		if diff := cmp.Diff(report, merged(t, table.Columns, fields, parts...)); diff != "" {
			t.Fatalf("seed %d, %q %s\n%q\n(-one Counter +merged)\n%s", seed, table.Columns, table.Fields, rows, diff)
		}
	}
}

func TestAgainstOracle(t *testing.T) {
	seeds := uint64(3000)
	if testing.Short() {
		seeds = 200
	}
	for seed := range seeds {
		againstOracle(t, seed)
	}
}

func FuzzAgainstOracle(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { againstOracle(t, seed) })
}

// TestReport checks a report against counts made by hand.
func TestReport(t *testing.T) {
	columns := []string{"FYEAR", "ATTENDKEY", "APPTDATE", "TRETSPEF", "DIAG_3_01", "DIAG_4_01", "DIAG_4_CONCAT", "OPERTN_4_01"}
	r := counted(t, columns, hesop.AllFields, [][]string{
		{"1920", "1", "2019-06-03", "330", "E11", "E119", "E119,I10X", "-"}, // I10X is only in the concatenated column
		{"1920", "1", "2020-04-01", "&", "R69", "R69X", "R69X", "X997"},     // a repeated key, and not the year of fyear
		{"1920", "2", "1800-01-01", "330", "E12", "E119", "E119", "W371"},   // E12 is not the category of E119
		{"0304", "", "2001-01-01", "000", "", "AU00", "AU00", "0000"},
	})
	require.Equal(t, int64(4), r.Rows)
	require.Equal(t, int64(2), r.Coded)
	require.Len(t, r.Systems, 2)
	d := r.Systems[0]
	require.Equal(t, coding.ICD10, d.System)
	require.Equal(t, int64(2), d.Coded)
	require.Equal(t, &Disagreements{Codes: 1, Rows: 1}, d.Disagreements)
	require.Equal(t, int64(2), *d.Short, "E12 against E119, an empty value against AU00")
	require.Nil(t, r.Systems[1].Disagreements, "there are no two columns to compare")
	require.Nil(t, r.Systems[1].Short)
	require.Equal(t, []ValueCount{{"AU00", 2}}, d.Commonest)
	require.Equal(t, &Keys{Missing: 1, Different: 2, Repeated: 1}, r.Keys)
	require.Equal(t, []DateColumn{{
		Column: "apptdate", Valid: 3, Missing: 1, First: hesop.Date{Year: 2001, Month: 1, Day: 1}, Last: hesop.Date{Year: 2020, Month: 4, Day: 1}, Years: &Years{Early: 1, Other: 2},
	}}, r.Dates)
	require.Equal(t, []Missingness{
		{Year: 2000, Specialty: UnlistedSpecialty, Rows: 1, NoDiagnosis: 1, NoProcedure: 1},
		{Year: 2019, Specialty: "330", Rows: 2, NoProcedure: 1},
		{Year: 2020, Rows: 1, NoDiagnosis: 1, NoProcedure: 1},
	}, r.Missingness)
	require.Equal(t, []Missingness{
		{Rows: 1, NoDiagnosis: 1, NoProcedure: 1},
		{Specialty: "330", Rows: 2, NoProcedure: 1},
		{Specialty: UnlistedSpecialty, Rows: 1, NoDiagnosis: 1, NoProcedure: 1},
	}, r.BySpecialty())
	require.Len(t, r.ByYear(), 3)
	text, err := json.Marshal(r)
	require.NoError(t, err)
	require.Contains(t, string(text), `"reasons":{"none":1,"not known":1}`)
	require.Contains(t, string(text), `{"year":"2019-20","specialty":"330","rows":2,"no_diagnosis":0,"no_procedure":1}`)
}

// TestLongValuesAreNotShown: a long value could be any kind of data, so it is only counted.
func TestLongValuesAreNotShown(t *testing.T) {
	r := counted(t, []string{"diag_01"}, hesop.AllFields, [][]string{{"1234567"}, {"AU00"}})
	require.Equal(t, []ValueCount{{"AU00", 1}}, r.Systems[0].Commonest)
	require.Equal(t, int64(1), r.Systems[0].Others)
}

// TestNoRows: the report lists columns even if there are no rows.
func TestNoRows(t *testing.T) {
	r := counted(t, []string{"attendkey", "apptdate", "diag_4_01"}, hesop.AllFields, nil)
	require.Equal(t, []CodeColumns{{Form: hesop.Positional, Width: 4, Columns: 1, Matched: true, Reasons: map[coding.Missing]int64{}}}, r.Systems[0].Columns)
	require.Equal(t, &Keys{}, r.Keys)
	require.Equal(t, []DateColumn{{Column: "apptdate", Years: &Years{}}}, r.Dates)
	text, err := json.Marshal(new(Counter).Report())
	require.NoError(t, err)
	require.JSONEq(t, `{"rows":0,"coded":0,"systems":[],"dates":[],"missingness":[]}`, string(text))
}

// TestEstimates: beyond KeyLimit the counts are estimates, and the report marks them as such.
func TestEstimates(t *testing.T) {
	c := Counter{KeyLimit: 1024}
	var b strings.Builder
	b.WriteString("attendkey,diag_4_01\n")
	for i := range 20_000 {
		b.WriteString(strconv.Itoa(i/2) + ",\n")
	}
	count(t, &c, b.String())
	keys := c.Report().Keys
	require.True(t, keys.Estimated)
	require.InEpsilon(t, 10_000, keys.Different, 0.15)
	require.Equal(t, keys.Different, keys.Repeated, "each key occurs twice")
}

// TestOtherHeaders: readers may have different columns.
func TestOtherHeaders(t *testing.T) {
	var c, merged Counter
	for _, text := range []string{"diag_4_01\nE119\n", "apptdate,opertn_01,opertn_02\n2019-01-01,W371,\n", "attendkey,diag_4_02,diag_4_01\n7,,E119\n"} {
		count(t, &c, text)
		var part Counter
		count(t, &part, text)
		merged.Merge(&part)
	}
	require.Equal(t, c.Report(), merged.Report())
	r := c.Report()
	require.Equal(t, int64(3), r.Rows)
	require.Len(t, r.Systems, 2)
	require.Equal(t, CodeColumns{Form: hesop.Positional, Width: 4, Columns: 2, Matched: true, Empty: 1, Codes: 2, Reasons: map[coding.Missing]int64{}}, r.Systems[0].Columns[0])
	require.Equal(t, &Keys{Different: 1}, r.Keys)
}
