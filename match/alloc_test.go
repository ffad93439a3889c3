package match

import (
	"runtime/debug"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

const heavyTable = "diag_4_01,diag_4_02,diag_4_concat,opertn_4_01,opertn_4_concat,diag_01\n" +
	"E119,I10X,\"E119,I10X\",K401,\"K401,K501\",\n" +
	"R69X,,R69X,&,&,\n" +
	"M051,,M051,X999,X999,M0510\n" +
	"M052,AU00,,,,\n"

// heavyMatcher returns a Matcher and, for each row of heavyTable, one letter for the answer of each list.
func heavyMatcher(t testing.TB) (*Matcher, []string) {
	t.Helper()
	lists := []*codelist.List{
		list(t, "diabetes", "E11", "!E112"), list(t, "bypass", "opcs:K40"), list(t, "arthritis", "M0510", "M0520"), list(t, "either", "I10", "opcs:K50"),
	}
	return compile(t, lists...), []string{"mmnm", "uuuu", "numu", "nuuu"}
}

func TestNoAllocs(t *testing.T) {
	m, want := heavyMatcher(t)
	r, err := hesop.NewReader(strings.NewReader(heavyTable))
	require.NoError(t, err)
	var rows []*hesop.Appointment
	for a, err := range r.All() {
		require.NoError(t, err)
		rows = append(rows, a.Clone())
	}
	res, totals := m.NewResult(), m.NewTotals()
	var hits []Hit
	fresh := new(hesop.Appointment)
	noAllocs := func(name string, f func()) {
		t.Helper()
		f() // lets buffers grow
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
	noAllocs("Lookup", func() {
		v := coding.ReadValue(coding.ICD10, []byte("e11.9 "), 4)
		if !m.Lookup(v).Has(0) || m.lookupUndecided(v).Len() != 0 {
			panic("E119 is in diabetes")
		}
	})
	noAllocs("Decide", func() {
		if !m.List(0).Decide(coding.ReadValue(coding.ICD10, []byte("E119"), 4)).Covered {
			panic("E119 is in diabetes")
		}
	})
	noAllocs("Match", func() {
		for i, a := range rows {
			a.CopyTo(fresh) // a copy parses its codes again
			m.Match(fresh.Codes(), res)
			for list := range m.Len() {
				if res.Status(list).String()[0] != want[i][list] {
					panic("wrong answer")
				}
			}
			totals.Add(fresh.Codes(), res)
		}
	})
	noAllocs("AppendHits", func() {
		hits = m.AppendHits(hits[:0], rows[0].Codes())
		if len(hits) != 4 {
			panic("four values match")
		}
	})
}

func TestScanNoAllocs(t *testing.T) {
	m, want := heavyMatcher(t)
	header, body, _ := strings.Cut(heavyTable, "\n")
	many := func(times int) string { return header + "\n" + strings.Repeat(body, times) }
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a garbage collection empties the pools of blocks
	// Take the minimum of several scans: other goroutines, above all the garbage collector, allocate as well.
	scan := func(text string, opts ...ScanOption) float64 {
		once := func() {
			r, err := hesop.NewReader(strings.NewReader(text))
			if err != nil {
				panic(err)
			}
			_, err = Scan(t.Context(), m, r, func(a *hesop.Appointment, res *Result) error {
				for list := range m.Len() {
					if res.Status(list).String()[0] != want[(a.Row()-1)%4][list] {
						panic("wrong answer")
					}
				}
				return nil
			}, opts...)
			if err != nil {
				panic(err)
			}
		}
		least := testing.AllocsPerRun(1, once)
		for range 4 {
			least = min(least, testing.AllocsPerRun(1, once))
		}
		return least
	}
	// Each processor has a pool of its own. A goroutine that the scheduler moves can miss the pool and allocate a
	// block. That may happen once for each block of thousands of rows, but not once for each row.
	few, lots := scan(many(5_000)), scan(many(10_000))
	require.LessOrEqual(t, lots-few, 50.0, "20,000 more rows cost no allocation: %v, %v", few, lots)

	// Collect allocates nothing for a row either.
	collect := Collect(func() *lines { return new(lines) }, func(l *lines, a *hesop.Appointment, res *Result) {
		l.text = append(l.text, res.Status(0).String()...)
		l.rows += len(a.Codes().Slots())
	}, func(*lines) error { return nil })
	few, lots = scan(many(5_000), collect), scan(many(10_000), collect)
	require.LessOrEqual(t, lots-few, 50.0, "20,000 more rows cost no allocation: %v, %v", few, lots)

	// With several workers each block has its own memory, which is reused. Each block of 10,000 bytes costs some
	// allocations; a row costs none.
	few, lots = scan(many(5_000), Workers(2), BlockSize(10_000)), scan(many(10_000), Workers(2), BlockSize(10_000))
	require.LessOrEqual(t, lots-few, 800.0, "20,000 more rows cost almost no allocations: %v, %v", few, lots)
	few, lots = scan(many(5_000), Workers(2), BlockSize(10_000), collect), scan(many(10_000), Workers(2), BlockSize(10_000), collect)
	require.LessOrEqual(t, lots-few, 800.0, "20,000 more rows cost almost no allocations: %v, %v", few, lots)
}
