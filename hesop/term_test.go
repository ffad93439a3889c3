package hesop

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oneRow returns an appointment with the given columns and an empty diag_01, and a function that returns a column by
// name.
func oneRow(t *testing.T, names, fields []string) (*Appointment, func(string) Column) {
	t.Helper()
	r, err := NewReader(strings.NewReader(csvText(append(names, "diag_01"), [][]string{append(fields, "")})))
	require.NoError(t, err)
	for a, err := range r.All() {
		require.NoError(t, err)
		return a.Clone(), func(name string) Column {
			c, err := r.Column(name)
			require.NoError(t, err, name)
			return c
		}
	}
	t.Fatal("no row")
	return nil, nil
}

// TestTerm requires the meaning that each code has on a date.
func TestTerm(t *testing.T) {
	for _, tt := range []struct {
		column, text, date string
		status             TermStatus
		code, label        string
		why                string
	}{
		{"attended", "5", "2019-06-03", TermKnown, "5", "seen", "a code of the variable"},
		{"attended", " 5.0 ", "2019-06-03", TermKnown, "5", "seen", "written by a program that treated it as a number"},
		{"attended", "9", "2019-06-03", TermMissing, "9", "not known", "stands for a missing value"},
		{"attended", "0", "2019-06-03", TermKnown, "0", "in the future", "from the Data Dictionary"},
		{"attended", "8", "2019-06-03", TermUnlisted, "", "", "not a code of the variable"},
		{"attended", "", "2019-06-03", TermMissing, "", "", "empty"},
		{"refsourc", "03", "2019-06-03", TermKnown, "03", "General medical practitioner", ""},
		{"refsourc", "3", "2019-06-03", TermKnown, "03", "General medical practitioner", "without its leading zero"},
		{"refsourc", "99", "2019-06-03", TermMissing, "99", "Not known", ""},
		{"admincat", "00", "2019-06-03", TermUnlisted, "", "", "zeros are not a code"},
		{"sex", "9", "2021-06-03", TermMissing, "9", "Not specified", "until 2021-22"},
		{"sex", "9", "2022-06-03", TermMissing, "9", "Not specified, or indeterminate", "either meaning, in the year of the change"},
		{"sex", "9", "2023-06-03", TermKnown, "9", "Indeterminate", "from 2023-24"},
		{"sex", "9", "", TermMissing, "9", "Not specified", "the most cautious meaning, if the year is unknown"},
		{"outcome", "1", "", TermKnown, "1", "Discharged, without personalised follow-up", "otherwise the latest meaning"},
		{"sex", "X", "2019-06-03", TermOutOfPeriod, "X", "Not known", "before it was introduced"},
		{"sex", "0", "2024-06-03", TermOutOfPeriod, "0", "Not known", "after it was retired"},
		{"firstatt", "X", "2008-03-31", TermOutOfPeriod, "X", "Not known", "the day before it was introduced"},
		{"firstatt", "X", "2008-04-01", TermMissing, "X", "Not known", "the first day on which it was in use"},
		{"firstatt", "9", "2008-03-31", TermMissing, "9", "Not known", "the last day on which it was in use"},
		{"outcome", "1", "2019-06-03", TermKnown, "1", "Discharged", ""},
		{"outcome", "1", "2023-06-03", TermKnown, "1", "Discharged, without personalised follow-up", ""},
		{"outcome", "4", "2019-06-03", TermOutOfPeriod, "4", "Moved to personalised follow-up", ""},
		{"ethnos", "99", "2011-06-03", TermOutOfPeriod, "99", "Not known", ""},
		{"ethnos", "99", "2013-02-03", TermMissing, "99", "Not known", "the specification does not say which kind of year"},
		{"ethnos", "X", "2013-02-03", TermMissing, "X", "Not known", ""},
		{"ethnos", "X", "2013-06-03", TermOutOfPeriod, "X", "Not known", ""},
		{"ethnos", "0A", "2013-06-03", TermUnlisted, "", "", "only numbers have leading zeros"},
		{"ethnos", "A.0", "2013-06-03", TermUnlisted, "", "", ""},
		{"atentype", "1", "2019-06-03", TermKnown, "1", "Attended: first appointment", ""},
		{"atentype", "12", "2019-06-03", TermKnown, "12", "Hospital cancelled or postponed: appointment not known to be first or subsequent", ""},
		{"atentype", "31", "2019-06-03", TermKnown, "31", "Hospital cancelled or postponed: subsequent tele consultation", ""},
		{"atentype", "21", "2007-06-03", TermOutOfPeriod, "21", "Attended: first tele consultation", ""},
		{"atentype", "23", "2019-06-03", TermUnlisted, "", "", "a gap between the codes"},
		{"tretspef", "650", "2005-06-03", TermOutOfPeriod, "650", "Physiotherapy Service", ""},
		{"tretspef", "650", "2019-06-03", TermKnown, "650", "Physiotherapy Service", ""},
		{"tretspef", "&", "2019-06-03", TermMissing, "&", "Not known", ""},
		{"mainspef", "990", "2019-06-03", TermOutOfPeriod, "990", "Joint Consultant Clinics", "retired in 2004"},
		{"mainspef", "312", "2019-06-03", TermKnown, "312", "Clinical Cytogenetics and Molecular Genetics", "retired, but kept by those who had it"},
		{"waitdays", "8887", "2019-06-03", TermKnown, "", "", "numbers have no code"},
		{"waitdays", "8888", "2019-06-03", TermUnlisted, "", "", ""},
		{"waitdays", "0", "2019-06-03", TermUnlisted, "", "", ""},
		{"apptage", "7003", "2019-06-03", TermKnown, "", "", "three weeks old"},
		{"apptage", "121", "2019-06-03", TermUnlisted, "", "", ""},
		{"apptage", "0", "2019-06-03", TermUnlisted, "", "", "an age below one year is written as a code, not as 0"},
		{"apptage", "7008", "2019-06-03", TermUnlisted, "", "", ""},
		{"apptage_calc", "0.048", "2019-06-03", TermKnown, "", "", ""},
		{"apptage_calc", "0.0020000000949949026", "2019-06-03", TermKnown, "", "", "single precision"},
		{"apptage_calc", "0.5", "2019-06-03", TermUnlisted, "", "", "not one of the seven ages below one year"},
		{"apptage_calc", "7001", "2019-06-03", TermUnlisted, "", "", "a code that only apptage has"},
		{"apptage_calc", "54.0", "2019-06-03", TermKnown, "", "", ""},
		{"activage", "999", "2019-06-03", TermMissing, "", "", ""},
		{"activage", "54", "2019-06-03", TermKnown, "", "", ""},
		{"cannet", "Z99", "2019-06-03", TermMissing, "", "", "a value that means missing"},
		{"cannet", "N01", "2019-06-03", TermUnlisted, "", "", "the package does not know the values of the column"},
		{"diag_4_01", "R69X", "2019-06-03", TermMissing, "", "", "codes are read as for matching"},
		{"diag_4_01", "E119", "2019-06-03", TermKnown, "", "", ""},
		{"diag_4_01", "AU00", "2019-06-03", TermUnlisted, "", "", ""},
		{"diag_4_13", "R69X", "2019-06-03", TermMissing, "", "", "a position that no layout has"},
		{"opertn_25", "W371", "2019-06-03", TermKnown, "", "", ""},
		{"opertn_4_concat", "-,&,", "2019-06-03", TermMissing, "", "", "no slot has a code"},
		{"opertn_4_concat", "-,W371", "2019-06-03", TermKnown, "", "", "one slot has a code"},
		{"fyear", "1920", "2019-06-03", TermKnown, "", "", ""},
		{"fyear", "1921", "2019-06-03", TermUnlisted, "", "", "the two years do not follow each other"},
		{"reqdate", "1801-01-01", "2019-06-03", TermMissing, "", "", ""},
		{"reqdate", "03/05/2019", "2019-06-03", TermKnown, "", "", ""},
		{"reqdate", "2019-13-01", "2019-06-03", TermUnlisted, "", "", ""},
		{"note", "anything", "2019-06-03", TermUnlisted, "", "", "an unknown column"},
	} {
		a, column := oneRow(t, []string{tt.column, "apptdate"}, []string{tt.text, tt.date})
		got := a.Term(column(tt.column))
		require.Equal(t, tt.status, got.Status, "%s %q %s: %s", tt.column, tt.text, tt.date, tt.why)
		require.Equal(t, tt.code, got.Code, "%s %q", tt.column, tt.text)
		require.Equal(t, tt.label, got.Label, "%s %q %s", tt.column, tt.text, tt.date)
		require.Equal(t, strings.TrimSpace(tt.text), string(got.Text))
	}
}

// TestTermYear requires the year of the date, or that of the column fyear if the date cannot be read.
func TestTermYear(t *testing.T) {
	for _, tt := range []struct {
		date, year string
		want       string
	}{
		{"2019-06-03", "2324", "Not specified"},
		{"1800-01-01", "2324", "Indeterminate"},
		{"", "1920", "Not specified"},
		{"", "", "Not specified"},
	} {
		a, column := oneRow(t, []string{"sex", "apptdate", "fyear"}, []string{"9", tt.date, tt.year})
		require.Equal(t, tt.want, a.Term(column("sex")).Label, tt)
	}
	a, column := oneRow(t, []string{"sex"}, []string{"9"})
	require.Equal(t, "Not specified", a.Term(column("sex")).Label)
	require.Zero(t, a.FinancialYear())
}

// TestMissingValues requires that Term reports the missing values of the tables as missing.
func TestMissingValues(t *testing.T) {
	for v := range variables() {
		for _, text := range v.Missing {
			date := ""
			for m := range v.Meanings() {
				if m.Code == text && m.Missing {
					date = Date{int16(max(m.From, 2003)), 6, 3}.String()
					if m.Until != 0 {
						date = Date{int16(m.Until), 6, 3}.String()
					}
				}
			}
			names, fields := []string{v.Name, "apptdate"}, []string{text, date}
			if v.Name == "apptdate" {
				names, fields = names[:1], fields[:1]
			}
			if v.Name == "diag_01" {
				continue // oneRow adds this column
			}
			a, column := oneRow(t, names, fields)
			got := a.Term(column(v.Name))
			require.Equal(t, TermMissing, got.Status, "%s %q", v.Name, text)
			require.True(t, got.Missing)
		}
	}
	a, column := oneRow(t, []string{"firstatt", "apptdate"}, []string{"9", "2019-06-03"})
	got := a.Term(column("firstatt"))
	require.Equal(t, TermOutOfPeriod, got.Status)
	require.True(t, got.Missing, "the code means missing, even if it was not in use at the time")
}

// TestAttendedAgrees compares Attended with the meanings of its variable.
func TestAttendedAgrees(t *testing.T) {
	v, _ := Describe("attended")
	n := 0
	for m := range v.Meanings() {
		require.Equal(t, parseAttended([]byte(m.Code)).String(), m.Label)
		n++
	}
	require.Equal(t, 8, n)
	require.Equal(t, Seen, parseAttended([]byte("5.0")))
	require.Equal(t, Seen, parseAttended([]byte("05")))
	require.Equal(t, AttendedOther, parseAttended([]byte("5.5")))
}

func TestNumbers(t *testing.T) {
	a, column := oneRow(t,
		[]string{"waitdays", "diag_count", "apptage", "partyear", "note"},
		[]string{"17.0", " 3 ", "7003", "201999", "-12"})
	for name, want := range map[string]int64{"waitdays": 17, "diag_count": 3, "partyear": 201999, "note": -12} {
		n, ok := a.Number(column(name))
		require.True(t, ok, name)
		require.Equal(t, want, n, name)
	}
	b, other := oneRow(t, []string{"activage", "sex"}, []string{"999", "\xA01\u00a0"})
	_, ok := b.Number(other("activage"))
	require.False(t, ok, "999 stands for a missing age")
	require.Equal(t, "1", string(b.Term(other("sex")).Text), "padded with no-break spaces")
	_, ok = a.Number(column("apptage"))
	require.False(t, ok, "the code of an age is not a number of years")
	years, ok := a.Age(column("apptage"))
	require.True(t, ok)
	require.InDelta(t, 0.048, years, 0)
	for _, text := range []string{"", " ", "x", "1.5", "1e3", "99999999999999999999", "."} {
		_, ok := parseInteger([]byte(text))
		require.False(t, ok, text)
	}
}

func TestAges(t *testing.T) {
	for text, want := range map[string]float64{
		"54": 54, "54.0": 54, ".002": 0.002, " 0 ": 0, "120": 120, "54.25": 54.25, "45.12300109863281": 45.12300109863281, "00000000054": 54, "54.0000000000": 54, // as single-precision columns print it
		"7001": 0.002, "7002": 0.010, "7003": 0.048, "7004": 0.167, "7005": 0.375, "7006": 0.625, "7007.0": 0.875,
	} {
		got, ok := parseAge([]byte(text))
		require.True(t, ok, text)
		require.InDelta(t, want, got, 0, text)
	}
	for _, text := range []string{"", "x", "-1", "121", "7000", "7008", "7001.5", "1e2", "0x10", "5.", ".", "1..2", "NaN", "1_0", strings.Repeat("1", 400)} {
		_, ok := parseAge([]byte(text))
		require.False(t, ok, text)
	}
}

func TestFinancialYears(t *testing.T) {
	for text, want := range map[string]FinancialYear{"0304": 2003, " 1920 ": 2019, "9900": 1999, "8990": 1989, "0001": 2000, "304": 2003, "1920.0": 2019, "2021": 2020} {
		got, ok := ParseFinancialYear([]byte(text))
		require.True(t, ok, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"", "2019", "1921", "19-20", "192", "19201", "x920", "20"} {
		_, ok := ParseFinancialYear([]byte(text))
		require.False(t, ok, text)
	}
	require.Equal(t, "2019-20", FinancialYear(2019).String())
	require.Equal(t, "1999-00", FinancialYear(1999).String())
	require.Empty(t, FinancialYear(0).String())
	require.Equal(t, FinancialYear(2018), Date{2019, 3, 31}.FinancialYear())
	require.Equal(t, FinancialYear(2019), Date{2019, 4, 1}.FinancialYear())
	require.Zero(t, Date{}.FinancialYear())
}

// TestReadingTermsDoesNotAllocate checks that reading terms, numbers and years does not allocate, as the documentation
// states.
func TestReadingTermsDoesNotAllocate(t *testing.T) {
	a, column := oneRow(t,
		[]string{"sex", "tretspef", "waitdays", "apptage", "apptage_calc", "apptdate", "fyear", "dnadate"},
		[]string{"9", "650", "17", "54.0", "54.250", "2023-01-01", "2223", ""})
	sex, specialty, wait, age, exact := column("sex"), column("tretspef"), column("waitdays"), column("apptage"), column("apptage_calc")
	missed := column("dnadate")
	for name, f := range map[string]func() bool{
		"Term":          func() bool { return a.Term(sex).Status == TermMissing && a.Term(specialty).Code == "650" },
		"Term of dates": func() bool { return a.Term(missed).Status == TermMissing },
		"Number":        func() bool { n, ok := a.Number(wait); return ok && n == 17 },
		"Age":           func() bool { x, ok := a.Age(age); y, ok2 := a.Age(exact); return ok && ok2 && math.Abs(x-y) < 1 },
		"FinancialYear": func() bool { return a.FinancialYear() == 2022 },
	} {
		require.True(t, f(), name)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if !f() {
				panic(name)
			}
		}), name)
	}
}

// csvText returns rows as CSV text with every field in quotes.
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
