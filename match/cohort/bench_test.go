package cohort_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

// benchmark data: appointments of nobody in UK LLC's layout, and a few lists.
func benchmarkData(tb testing.TB, rows int) (text []byte, m *match.Matcher) {
	tb.Helper()
	g, err := hesoptest.New(11, hesoptest.People(rows/40))
	require.NoError(tb, err)
	var b bytes.Buffer
	w := hesoptest.NewWriter(&b, hesop.UKLLC)
	for row := range g.Rows(rows) {
		require.NoError(tb, w.Write(row))
	}
	require.NoError(tb, w.Flush())
	var lists []*codelist.List
	for name, codes := range map[string]string{"diabetes": "icd10\nE10-E14\n", "eye": "icd10\nH00-H59\n", "imaging": "opcs4\nU05-U21\n"} {
		list, err := codelist.Parse(name, strings.NewReader(codes))
		require.NoError(tb, err)
		lists = append(lists, list)
	}
	m, err = match.Compile(lists...)
	require.NoError(tb, err)
	return b.Bytes(), m
}

func scan(tb testing.TB, m *match.Matcher, text []byte, opts ...cohort.Option) *cohort.Cohort {
	tb.Helper()
	c, err := cohort.New(m, opts...)
	require.NoError(tb, err)
	r, err := hesop.NewReader(bytes.NewReader(text))
	require.NoError(tb, err)
	require.NoError(tb, c.Scan(tb.Context(), r))
	return c
}

// BenchmarkScan compares a cohort with a scan that only matches.
func BenchmarkScan(b *testing.B) {
	text, m := benchmarkData(b, 20_000)
	want := int64(0)
	b.Run("match alone", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			r, err := hesop.NewReader(bytes.NewReader(text))
			require.NoError(b, err)
			totals, err := match.Scan(context.Background(), m, r, func(*hesop.Appointment, *match.Result) error { return nil }, match.MatchedOnly())
			require.NoError(b, err)
			want = totals.Counts(0).Match
		}
		require.NotZero(b, want)
	})
	for _, bb := range []struct {
		name string
		opts []cohort.Option
	}{
		{"people", nil},
		{"once", []cohort.Option{cohort.Once("attendkey")}},
		{"totals", []cohort.Option{cohort.WithTotals()}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			var c *cohort.Cohort
			for b.Loop() {
				c = scan(b, m, text, bb.opts...)
			}
			require.Equal(b, want, c.Totals().Lists[0].Match)
		})
	}
}

// BenchmarkRelease masks tables of some lists.
func BenchmarkRelease(b *testing.B) {
	text, m := benchmarkData(b, 20_000)
	c := scan(b, m, text, cohort.WithTotals())
	for b.Loop() {
		table, ok := release(b, c, cohort.UKLLC()).Table("lists")
		require.True(b, ok)
		require.Len(b, table.Rows, m.Len())
	}
}

// TestScanNoAllocs requires that a row costs no allocation, but for what is kept of it.
func TestScanNoAllocs(t *testing.T) {
	text, m := benchmarkData(t, 2000)
	header, rows, found := bytes.Cut(text, []byte("\n"))
	require.True(t, found)
	long := append(append(bytes.Clone(header), '\n'), bytes.Repeat(rows, 10)...)
	for name, opts := range map[string][]cohort.Option{
		"people": {cohort.Attended(), cohort.From(hesop.Date{Year: 2004, Month: 1, Day: 1})},
		"totals": {cohort.WithTotals()},
	} {
		once := testing.AllocsPerRun(2, func() { scan(t, m, text, opts...) })
		more := testing.AllocsPerRun(2, func() { scan(t, m, long, opts...) })
		require.Less(t, more-once, 18_000*0.01, "%s: for 18,000 rows more, %.0f allocations after %.0f", name, more-once, once)
	}
}
