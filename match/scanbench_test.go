package match

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
)

// benchScan scans a table and compares the number of matching rows with that of countMatching.
func benchScan(b *testing.B, table string, rows int, lists []*codelist.List, opts ...ScanOption) {
	b.Helper()
	m, err := Compile(lists...)
	require.NoError(b, err)
	want := countMatching(b, table, lists)
	b.SetBytes(int64(len(table)))
	for b.Loop() {
		r, err := hesop.NewReader(strings.NewReader(table))
		require.NoError(b, err)
		matched := 0
		totals, err := Scan(b.Context(), m, r, func(*hesop.Appointment, *Result) error { matched++; return nil }, append(opts, MatchedOnly())...)
		if err != nil || totals.Rows != int64(rows) || matched != want {
			b.Fatal(totals.Rows, matched, want, err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func benchRows(b *testing.B) int {
	b.Helper()
	if testing.Short() {
		return 2000
	}
	return 20_000
}

// BenchmarkScan scans tables that have only code columns. No row of the first table matches, every row of the second
// does, the third is a mixture as in real data, and the rows of the last are hard to split.
func BenchmarkScan(b *testing.B) {
	n := benchRows(b)
	small, huge := benchLists(b, 5, 200), benchLists(b, 1000, 1000)
	hit := small[0].Entry(0).Prefix.String()
	tables := []struct {
		name string
		row  func(r *rand.Rand) string
	}{
		{"miss", func(r *rand.Rand) string { return benchRow(r, 0, 0) }},
		{"hit", func(*rand.Rand) string {
			return hit + strings.Repeat(",", 12) + hit + ",-" + strings.Repeat(",", 24) + "-\n"
		}},
		{"mixed", func(r *rand.Rand) string {
			if r.IntN(10) == 0 {
				return benchRow(r, 1+r.IntN(4), r.IntN(3))
			}
			return benchRow(r, 0, 0)
		}},
		{"ugly", func(r *rand.Rand) string { // quotes everywhere, codes in odd spellings, a bare quote in a quarter of rows
			row := strings.ReplaceAll(strings.TrimSpace(strings.ReplaceAll(benchRow(r, 0, 0), "R69X", "r69.x ")), ",", `","`)
			if r.IntN(4) == 0 {
				return strings.Replace(`"`+row+"\"\r\n", `""`, `2"3`, 1)
			}
			return `"` + row + "\"\r\n"
		}},
	}
	for _, table := range tables {
		text := benchTable(n, table.row)
		b.Run(table.name+"/5 lists", func(b *testing.B) { benchScan(b, text, n, small) })
		b.Run(table.name+"/1000 lists", func(b *testing.B) { benchScan(b, text, n, huge) })
		b.Run(table.name+"/5 lists/2 workers", func(b *testing.B) { benchScan(b, text, n, small, Workers(2), BlockSize(len(text)/20)) })
	}
}

// BenchmarkScanLayouts scans appointments in each layout, with all columns of the layout.
func BenchmarkScanLayouts(b *testing.B) {
	n := benchRows(b)
	lists := []*codelist.List{
		list(b, "diabetes", "E10", "E11", "E12", "E13", "E14"), list(b, "eyes", "H25", "H26", "opcs:C71", "opcs:C75"),
	}
	for _, layout := range []hesop.Layout{hesop.UKLLC, hesop.UKLLCOther, hesop.National, hesop.CPRD} {
		g, err := hesoptest.New(1, hesoptest.People(n/40))
		require.NoError(b, err)
		var text bytes.Buffer
		w := hesoptest.NewWriter(&text, layout)
		for row := range g.Rows(n) {
			require.NoError(b, w.Write(row))
		}
		require.NoError(b, w.Flush())
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%v/workers=%d", layout, workers), func(b *testing.B) {
				benchScan(b, text.String(), n, lists, Workers(workers))
			})
		}
	}
}

// BenchmarkScanStream scans a source that can only be read in order.
func BenchmarkScanStream(b *testing.B) {
	n := benchRows(b)
	table := benchTable(n, func(r *rand.Rand) string { return benchRow(r, r.IntN(2), r.IntN(2)) })
	lists := benchLists(b, 5, 200)
	m, err := Compile(lists...)
	require.NoError(b, err)
	want := countMatching(b, table, lists)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			b.SetBytes(int64(len(table)))
			for b.Loop() {
				r, err := hesop.NewReader(io.MultiReader(strings.NewReader(table)))
				require.NoError(b, err)
				matched := 0
				totals, err := Scan(b.Context(), m, r, func(*hesop.Appointment, *Result) error { matched++; return nil }, Workers(workers), MatchedOnly())
				if err != nil || totals.Rows != int64(n) || matched != want {
					b.Fatal(totals.Rows, matched, want, err)
				}
			}
		})
	}
}
