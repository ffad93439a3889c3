package hesoptest

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func generator(t *testing.T, seed uint64, opts ...Option) *Generator {
	t.Helper()
	g, err := New(seed, opts...)
	require.NoError(t, err)
	return g
}

var layouts = []hesop.Layout{hesop.UKLLC, hesop.UKLLCOther, hesop.National, hesop.CPRD}

// text returns n generated rows as text in the given layout.
func text(t *testing.T, layout hesop.Layout, seed uint64, n int, opts ...Option) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, layout)
	for row := range generator(t, seed, opts...).Rows(n) {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	return b.Bytes()
}

// size returns the number of rows for a test: n, or a tenth of n in short mode.
func size(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// TestRates compares the shares of missing codes in the text with those requested.
func TestRates(t *testing.T) {
	n, tolerance := size(100_000), 0.005
	if testing.Short() {
		tolerance = 0.02
	}
	for _, tt := range []struct{ diagnosis, procedure float64 }{{0.94, 0.72}, {0.5, 0.1}, {0, 0}, {1, 1}} {
		opts := []Option{MissingDiagnosis(tt.diagnosis), MissingProcedure(tt.procedure), People(n / 40)}
		r, err := hesop.NewReader(bytes.NewReader(text(t, hesop.UKLLC, 7, n, opts...)))
		require.NoError(t, err)
		diagnosis, _ := r.Column("diag_4_01")
		procedure, _ := r.Column("opertn_4_01")
		var missing [2]float64
		for a, err := range r.All() {
			require.NoError(t, err)
			if strings.HasPrefix(string(a.Text(diagnosis)), "R69") {
				missing[0]++
			}
			if p := string(a.Text(procedure)); p == "-" || p == "&" || strings.HasPrefix(p, "X99") {
				missing[1]++
			}
		}
		assert.InDelta(t, tt.diagnosis, missing[0]/float64(n), tolerance)
		assert.InDelta(t, tt.procedure, missing[1]/float64(n), tolerance)
	}
}

// TestRows checks every row against the package documentation.
func TestRows(t *testing.T) {
	n := size(50_000)
	g := generator(t, 3, People(n/40))
	keys := make(map[string]int)
	people := make(map[string]int)
	born := make(map[string]hesop.Date)
	codes := make(map[string]int)
	gaps, later, undated := 0, 0, 0
	for r := range g.Rows(n) {
		keys[r.Key]++
		people[r.Person]++
		if b, known := born[r.Person]; known {
			require.Equal(t, b, r.Born, "all rows of a person have the same date of birth")
		}
		born[r.Person] = r.Born
		require.GreaterOrEqual(t, r.year(), hesop.FinancialYear(2003))
		require.LessOrEqual(t, r.year(), hesop.FinancialYear(2025))
		if r.year() < 2008 {
			require.LessOrEqual(t, len(r.Diagnoses), 2)
			require.LessOrEqual(t, len(r.Procedures), 12)
		}
		width := 12
		if r.year() >= 2021 {
			width = 19
		}
		require.Len(t, r.Key, width)
		if !dated(r.Date) {
			undated++
		} else {
			require.GreaterOrEqual(t, r.Date.Compare(r.Born), 0)
		}
		for i, code := range r.Diagnoses {
			switch {
			case code == "":
				gaps++
			case i > 0 && strings.HasPrefix(r.Diagnoses[0], "R69"):
				later++
			}
			codes[code]++
		}
	}
	repeated := n - len(keys)
	assert.InDelta(t, 0.001*float64(n), repeated, max(4.9, 0.0006*float64(n)))
	assert.InDelta(t, 0.0001*float64(n), undated, 6)
	assert.True(t, undated > 0 || testing.Short(), "some rows have no date")
	assert.Positive(t, gaps)
	assert.Positive(t, later)
	assert.Greater(t, len(people), n/40/2)
	counts := slices.Sorted(maps.Values(people))
	assert.Greater(t, counts[len(counts)-1], 3*n/len(people), "some people have many more rows than others")
	for _, reason := range []string{"R69X", "R69X6", "R69X8", "R69X3"} {
		assert.Positive(t, codes[reason], reason)
	}
	once := 0
	for _, n := range codes {
		if n == 1 {
			once++
		}
	}
	assert.Greater(t, once, len(codes)/4, "more than a quarter of the codes occur only once")
}

// TestSameSeed requires the same text for the same seed, another text for another seed, and the same appointments in
// every layout.
func TestSameSeed(t *testing.T) {
	for _, layout := range layouts {
		first := text(t, layout, 5, 300)
		again, another := text(t, layout, 5, 300), text(t, layout, 6, 300)
		require.Equal(t, first, again)
		require.NotEqual(t, first, another)
	}
	var want []string
	for _, layout := range layouts {
		r, err := hesop.NewReader(bytes.NewReader(text(t, layout, 5, 300)))
		require.NoError(t, err)
		person, err := r.Person()
		require.NoError(t, err)
		key, _ := r.Column("attendkey")
		var got []string
		for a, err := range r.All() {
			require.NoError(t, err)
			line := fmt.Appendf(nil, "%s %s", a.Text(person), a.Text(key))
			for _, s := range a.Codes().Slots() {
				if code := s.Value.Code(); s.Value.Class() == coding.ClassCode {
					line = fmt.Append(line, " ", code.Prefix(4))
				}
			}
			got = append(got, string(line))
		}
		if want == nil {
			want = got
		}
		require.Equal(t, want, got, layout.String())
	}
}

// TestValuesAreListed checks the rows against what package hesop knows of the columns. No value may be unlisted or out
// of period.
func TestValuesAreListed(t *testing.T) {
	for _, layout := range layouts {
		var counter quality.Counter
		r, err := hesop.NewReader(bytes.NewReader(text(t, layout, 9, size(20_000))))
		require.NoError(t, err)
		var listed []hesop.Column
		for c := range r.Columns() {
			v, ok := hesop.Describe(c.Name())
			require.True(t, ok, c.Name())
			for range v.Meanings() {
				listed = append(listed, c)
				break
			}
			if v.Kind == hesop.KindDate {
				listed = append(listed, c)
			}
		}
		for _, name := range []string{"apptage", "apptage_calc", "waitdays", "fyear", "diag_count"} {
			if c, err := r.Column(name); err == nil {
				listed = append(listed, c)
			}
		}
		for a, err := range counter.All(r) {
			require.NoError(t, err)
			for _, c := range listed {
				if term := a.Term(c); term.Status == hesop.TermUnlisted || term.Status == hesop.TermOutOfPeriod {
					t.Fatalf("%v %s: %q is %v", layout, c.Name(), term.Text, term.Status)
				}
			}
		}
		report := counter.Report()
		for _, s := range report.Systems {
			compared := layout == hesop.UKLLC || layout == hesop.National
			require.Equal(t, compared, s.Disagreements != nil, layout)
			require.Equal(t, compared, s.Short != nil, layout)
			if compared {
				assert.Zero(t, *s.Disagreements, layout)
				assert.Zero(t, *s.Short, layout)
			}
			if !testing.Short() {
				assert.NotEmpty(t, s.Commonest, "some values are not codes")
			}
		}
		for _, d := range report.Dates {
			assert.Zero(t, d.Invalid, d.Column)
			if d.Years != nil && layout != hesop.CPRD {
				assert.Zero(t, *d.Years)
			}
		}
		require.NotNil(t, report.Keys)
		assert.Positive(t, report.Keys.Repeated)
	}
}

// TestColumnsOfRows compares columns with each other, as read from text.
func TestColumnsOfRows(t *testing.T) {
	r, err := hesop.NewReader(bytes.NewReader(text(t, hesop.UKLLC, 11, size(20_000), MissingDiagnosis(0.3), MissingProcedure(0.3))))
	require.NoError(t, err)
	column := func(name string) hesop.Column {
		c, err := r.Column(name)
		require.NoError(t, err, name)
		return c
	}
	person, err := r.Person()
	require.NoError(t, err)
	cohort, sex, requested, missed, date := column("cohortkey_e"), column("sex"), column("reqdate"), column("dnadate"), column("apptdate")
	waiting, indicator := column("waiting"), column("wait_ind")
	cohorts, sexes := make(map[string]string), make(map[string]string)
	for a, err := range r.All() {
		require.NoError(t, err)
		who := string(a.Text(person))
		for _, same := range []struct {
			of   map[string]string
			text string
		}{{cohorts, string(a.Text(cohort))}, {sexes, string(a.Text(sex))}} {
			if first, known := same.of[who]; known {
				require.Equal(t, first, same.text, "the value is the same in all rows of the person")
			}
			same.of[who] = same.text
		}
		on, dated := a.Date(date)
		since, ok := a.Date(requested)
		if later, isMissed := a.Date(missed); isMissed {
			require.True(t, ok)
			require.GreaterOrEqual(t, later.Compare(since), 0)
			require.True(t, !dated || later.Compare(on) < 0, "the missed appointment is the earlier one")
			since = later
		}
		if n, isWait := a.Number(waiting); isWait {
			require.True(t, ok && dated)
			require.Equal(t, int64(dayNumber(on)-dayNumber(since)), n)
			require.Equal(t, "0", string(a.Text(indicator)))
		}
		for _, slot := range a.Codes().Slots() {
			if code := string(a.Codes().Text(slot)); slot.Value.Class() == coding.ClassCode && slot.Value.System() == coding.ICD10 {
				require.False(t, string(a.Text(sex)) == "2" && code[:3] >= "N40" && code[:3] <= "N51", "%s for a woman", code)
				require.False(t, string(a.Text(sex)) == "1" && code[0] == 'O', "%s for a man", code)
			}
		}
	}
	require.Greater(t, len(cohorts), 100)
}

// TestWaits requires the number of days since the referral or the missed appointment, whichever is later, or else the
// reason why there is no wait.
func TestWaits(t *testing.T) {
	day := func(month, day uint8) hesop.Date { return hesop.Date{Year: 2019, Month: month, Day: day} }
	for _, tt := range []struct {
		referred, missed   hesop.Date
		waiting, indicator string
	}{
		{day(5, 1), hesop.Date{}, "31", "0"},
		{day(5, 1), day(5, 31), "1", "0"},
		{day(5, 1), day(4, 1), "31", "0"},
		{day(5, 1), day(7, 1), "", "4"},
		{day(5, 1), invalidDate, "", "4"},
		{noDate, hesop.Date{}, "", "1"},
		{invalidDate, hesop.Date{}, "", "5"},
		{hesop.Date{Year: 1969, Month: 12, Day: 31}, hesop.Date{}, "", "2"},
		{day(7, 1), hesop.Date{}, "", "3"},
	} {
		a := Appointment(hesop.UKLLC, Row{Date: day(6, 1), Referred: tt.referred, Missed: tt.missed})
		for name, want := range map[string]string{"waiting": tt.waiting, "wait_ind": tt.indicator} {
			c, err := a.Column(name)
			require.NoError(t, err)
			require.Equal(t, want, string(a.Text(c)), "%s %v", name, tt)
		}
	}
}

// TestKeysOfSeeds requires that two seeds have hardly any keys in common.
func TestKeysOfSeeds(t *testing.T) {
	seen := make(map[string]bool)
	for row := range generator(t, 1).Rows(10_000) {
		seen[row.Key] = true
	}
	common := 0
	for row := range generator(t, 2).Rows(10_000) {
		if seen[row.Key] {
			common++
		}
	}
	require.Less(t, common, 100)
}

// TestWriterFails requires that Write returns the first error of the underlying writer, and that all later calls of
// Write and Flush return that error too.
func TestWriterFails(t *testing.T) {
	w := NewWriter(failing{}, hesop.UKLLC)
	var err error
	for row := range generator(t, 1).Rows(2000) {
		if err = w.Write(row); err != nil {
			break
		}
	}
	require.ErrorIs(t, err, io.ErrShortWrite)
	require.ErrorIs(t, w.Write(&Row{}), io.ErrShortWrite)
	require.ErrorIs(t, w.Flush(), io.ErrShortWrite)
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// TestFewPeople requires that dates are drawn to suit the lifetime of a single person.
func TestFewPeople(t *testing.T) {
	for seed := range uint64(size(200)) {
		for row := range generator(t, seed, People(1)).Rows(50) {
			require.NotEmpty(t, row.Person)
		}
	}
}

func TestOptions(t *testing.T) {
	for _, opt := range []Option{People(0), MissingDiagnosis(-0.1), MissingProcedure(1.1), Repeated(2), Repeated(math.NaN())} {
		_, err := New(1, opt)
		require.ErrorIs(t, err, hesop.ErrOption)
	}
}

// TestBuilders writes rows and reads them back.
func TestBuilders(t *testing.T) {
	a := Appointment(hesop.UKLLC, Row{
		Person: "p1", Key: "1", Date: hesop.Date{Year: 2019, Month: 6, Day: 3}, Attended: "5",
		Diagnoses: []string{"R69X6", "", "M0510"}, Procedures: []string{"W371", "Z943"},
	})
	require.Equal(t, hesop.Seen, a.Attended())
	require.Equal(t, hesop.FinancialYear(2019), a.FinancialYear())
	var found []string
	for _, s := range a.Codes().Slots() {
		found = append(found, string(a.Codes().Text(s)))
	}
	require.Equal(t, []string{"R69X", "M051", "W371", "Z943"}, found)
	require.Equal(t, coding.ClassMissing, a.Codes().Slots()[0].Value.Class())

	raw := Appointment(hesop.UKLLCOther, Row{Diagnoses: []string{"M0510"}})
	require.Equal(t, "M0510", string(raw.Codes().Text(raw.Codes().Slots()[0])))

	r := Reader(hesop.National, Row{Fields: map[string]string{"diag_4_01": "E119", "diag_4_concat": `E119,"I10X`}}, Row{})
	n := 0
	for a, err := range r.All() {
		require.NoError(t, err)
		if n++; n == 1 {
			concat, _ := r.Column("diag_4_concat")
			require.Equal(t, `E119,"I10X`, string(a.Text(concat)))
		}
	}
	require.Equal(t, 2, n)

	require.PanicsWithValue(t, `hesoptest: Fields has column "DIAG_4_01", which the layout does not have`,
		func() { Appointment(hesop.UKLLC, Row{Fields: map[string]string{"DIAG_4_01": ""}}) })
	require.Panics(t, func() { Appointment(hesop.UKLLC, Row{Diagnoses: make([]string, 13)}) })
	require.PanicsWithValue(t, "hesoptest: the row has a value of attended, which the layout does not have",
		func() { Appointment(hesop.UKLLCOther, Row{Attended: "5"}) })
	require.PanicsWithValue(t, "hesoptest: apptdate of the row is not a date",
		func() { Appointment(hesop.UKLLC, Row{Date: hesop.Date{Year: 2019, Month: 4}}) })
	sex, err := a.Column("SEX")
	require.NoError(t, err, "an appointment finds its columns by name, in capitals too")
	require.Empty(t, a.Text(sex))
	require.Panics(t, func() { Appointment(0, Row{}) })
}
