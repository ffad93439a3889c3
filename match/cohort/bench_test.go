package cohort_test

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

// benchmarkData returns synthetic appointments in UK LLC's layout, and a Matcher of a few lists.
func benchmarkData(tb testing.TB, rows int) (text []byte, m *match.Matcher) {
	tb.Helper()
	return benchmarkText(tb, rows), compiled(tb, "icd10\nE10-E14\n", "icd10\nH00-H59\n", "opcs4\nU05-U21\n")
}

func benchmarkText(tb testing.TB, rows int) []byte {
	tb.Helper()
	g, err := hesoptest.New(11, hesoptest.People(rows/40))
	require.NoError(tb, err)
	var b bytes.Buffer
	w := hesoptest.NewWriter(&b, hesop.UKLLC)
	for row := range g.Rows(rows) {
		require.NoError(tb, w.Write(row))
	}
	require.NoError(tb, w.Flush())
	return b.Bytes()
}

// compiled makes a Matcher of lists.
func compiled(tb testing.TB, texts ...string) *match.Matcher {
	tb.Helper()
	var lists []*codelist.List
	for i, text := range texts {
		list, err := codelist.Parse(strconv.Itoa(i), strings.NewReader(text))
		require.NoError(tb, err)
		lists = append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(tb, err)
	return m
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

// BenchmarkRelease makes tables of 200,000 appointments.
func BenchmarkRelease(b *testing.B) {
	text := benchmarkText(b, 200_000)
	var crossing, nested, both []string
	for i := range 8 {
		crossing = append(crossing, fmt.Sprintf("icd10\n%c00-%c99\n", 'A'+2*i, 'F'+2*i))
	}
	for i := range 80 {
		nested = append(nested, fmt.Sprintf("icd10\nA00-E%02d\n", 99-i))
	}
	for i := range 20 {
		letter := "ABCDEFGHJKLMNPQRSTUVWXYZ"[i : i+5]
		both = append(both, fmt.Sprintf("coding_system,code\nICD-10,%c00-%c99\nOPCS-4,%c01-%c89\n", letter[0], letter[4],
			letter[0], letter[1]))
	}
	for _, bb := range []struct {
		name  string
		lists []string
	}{{"8 crossing", crossing}, {"80 nested", nested}, {"20 of both systems", both}} {
		b.Run(bb.name, func(b *testing.B) {
			c := scan(b, compiled(b, bb.lists...), text, cohort.WithTotals())
			for b.Loop() {
				table, ok := release(b, c, cohort.UKLLC()).Table("lists")
				require.True(b, ok)
				require.Len(b, table.Rows, len(bb.lists))
			}
		})
	}
}

// TestScanNoAllocs requires that a row costs no allocation, except for what the cohort stores about the row.
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
		require.Less(t, more-once, 18_000*0.01, "%s: 18,000 more rows cost %.0f allocations, the first 2,000 cost %.0f",
			name, more-once, once)
	}
}
