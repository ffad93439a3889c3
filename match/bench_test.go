package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// benchLists makes n lists with the given number of entries each: random subcategories from all letters of ICD-10. The
// same arguments give the same lists.
func benchLists(b *testing.B, n, entries int) []*codelist.List {
	b.Helper()
	r := rand.New(rand.NewPCG(uint64(n), uint64(entries)))
	lists := make([]*codelist.List, n)
	for i := range lists {
		var text strings.Builder
		text.WriteString("icd10\n")
		for range entries {
			fmt.Fprintf(&text, "%c%02d%d\n", 'A'+rune(r.IntN(26)), r.IntN(100), r.IntN(10))
		}
		l, err := codelist.Parse(fmt.Sprint("list", i), strings.NewReader(text.String()))
		require.NoError(b, err)
		lists[i] = l
	}
	return lists
}

func BenchmarkCompile(b *testing.B) {
	for _, size := range []struct{ lists, entries int }{{1, 10_000}, {300, 33}, {1000, 1000}} {
		b.Run(fmt.Sprintf("%dx%d", size.lists, size.entries), func(b *testing.B) {
			lists := benchLists(b, size.lists, size.entries)
			code := lists[0].Entry(0).Prefix.String()
			for b.Loop() {
				m, err := Compile(lists...)
				if err != nil || !m.Lookup(diagnosis(code)).Has(0) {
					b.Fatal("the first list does not cover its own entry", err)
				}
			}
		})
	}
}

func BenchmarkLookup(b *testing.B) {
	for _, size := range []struct{ lists, entries int }{{5, 5}, {1000, 1000}} {
		m, err := Compile(benchLists(b, size.lists, size.entries)...)
		require.NoError(b, err)
		// Values of every kind of code, in an order that is hard to predict.
		r := rand.New(rand.NewPCG(1, 2))
		values := make([]coding.Value, 1024)
		want := 0
		for i := range values {
			text := fmt.Sprintf("%c%02d%s", 'A'+rune(r.IntN(26)), r.IntN(100), []string{"", "X", "1", "9", "10"}[r.IntN(5)])
			values[i] = diagnosis(text)
			want += m.Lookup(values[i]).Len()
		}
		b.Run(fmt.Sprintf("%dx%d", size.lists, size.entries), func(b *testing.B) {
			n, got := 0, 0
			for b.Loop() {
				got += m.Lookup(values[n%len(values)]).Len()
				if n++; n%len(values) == 0 {
					if got != want {
						b.Fatalf("%d lists, not %d", got, want)
					}
					got = 0
				}
			}
		})
	}
}

// benchRow returns a row with the given numbers of diagnoses and procedures. The positional fields and the concatenated
// field hold the same codes.
func benchRow(r *rand.Rand, diagnoses, procedures int) string {
	fields := make([]string, 0, 40)
	add := func(n, columns int, missing string, code func() string) {
		slots := make([]string, columns)
		slots[0] = missing
		for i := range n {
			slots[i] = code()
		}
		fields = append(fields, slots...)
		concat := strings.TrimRight(strings.Join(slots, ","), ",")
		if strings.Contains(concat, ",") {
			concat = `"` + concat + `"`
		}
		fields = append(fields, concat)
	}
	add(diagnoses, 12, "R69X", func() string { return fmt.Sprintf("%c%02d%d", 'A'+rune(r.IntN(26)), r.IntN(100), r.IntN(10)) })
	add(procedures, 24, "-", func() string { return fmt.Sprintf("%c%02d%d", "KWXY"[r.IntN(4)], r.IntN(98), r.IntN(10)) })
	return strings.Join(fields, ",") + "\n"
}

func benchTable(rows int, row func(r *rand.Rand) string) string {
	var b strings.Builder
	var names []string
	for i := range 12 {
		names = append(names, fmt.Sprintf("diag_4_%02d", i+1))
	}
	names = append(names, "diag_4_concat")
	for i := range 24 {
		names = append(names, fmt.Sprintf("opertn_4_%02d", i+1))
	}
	b.WriteString(strings.Join(append(names, "opertn_4_concat"), ",") + "\n")
	r := rand.New(rand.NewPCG(3, 4))
	for range rows {
		b.WriteString(row(r))
	}
	return b.String()
}

func BenchmarkMatch(b *testing.B) {
	for name, row := range map[string]func(*rand.Rand) string{
		"typical": func(r *rand.Rand) string { return benchRow(r, 0, 0) },
		"heavy":   func(r *rand.Rand) string { return benchRow(r, 12, 24) },
	} {
		b.Run(name, func(b *testing.B) {
			m, err := Compile(benchLists(b, 5, 200)...)
			require.NoError(b, err)
			reader, err := hesop.NewReader(strings.NewReader(benchTable(64, row)))
			require.NoError(b, err)
			var rows []*hesop.Appointment
			res := m.NewResult()
			want := 0
			for a, err := range reader.All() {
				require.NoError(b, err)
				rows = append(rows, a.Clone())
				m.Match(a.Codes(), res)
				for range res.Matched() {
					want++
				}
			}
			require.Equal(b, name == "heavy", want > 0)
			fresh := make([]hesop.Appointment, len(rows))
			spent := time.Duration(0)
			for b.Loop() {
				for i, a := range rows {
					a.CopyTo(&fresh[i]) // an appointment parses its codes only once
				}
				got := 0
				start := time.Now()
				for i := range fresh {
					m.Match(fresh[i].Codes(), res)
					if res.AnyMatch() {
						got += len(res.matched.lists)
					}
				}
				spent += time.Since(start)
				if got != want {
					b.Fatalf("%d matches, not %d", got, want)
				}
			}
			b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N*len(rows)), "ns/appointment")
		})
	}
}

// countMatching counts the appointments that match at least one list, by calling Decide for each list and value.
func countMatching(b *testing.B, table string, lists []*codelist.List) int {
	b.Helper()
	r, err := hesop.NewReader(strings.NewReader(table))
	require.NoError(b, err)
	n := 0
	for a, err := range r.All() {
		require.NoError(b, err)
		if slices.ContainsFunc(a.Codes().Slots(), func(s hesop.Slot) bool {
			return slices.ContainsFunc(lists, func(l *codelist.List) bool { return l.Decide(s.Value).Covered })
		}) {
			n++
		}
	}
	return n
}
