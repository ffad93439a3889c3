package parquet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"

	pq "github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

// synthetic returns synthetic appointments as Parquet, with only their code columns of 4 characters.
func synthetic(tb testing.TB, rows int) []byte {
	tb.Helper()
	generator, err := hesoptest.New(1)
	require.NoError(tb, err)
	var text bytes.Buffer
	w := hesoptest.NewWriter(&text, hesop.UKLLC)
	for row := range generator.Rows(rows) {
		require.NoError(tb, w.Write(row))
	}
	require.NoError(tb, w.Flush())
	all, err := csv.NewReader(&text).ReadAll()
	require.NoError(tb, err)
	var columns []int // already sorted by name, as the columns of a pq.Group are
	t := &table{group: pq.Group{}}
	for i, name := range all[0] {
		if strings.HasPrefix(name, "diag_4_") || strings.HasPrefix(name, "opertn_4_") {
			columns = append(columns, i)
			t.group[name] = pq.Optional(pq.Encoded(pq.String(), &pq.RLEDictionary))
		}
	}
	for _, texts := range all[1:] {
		row := make(pq.Row, len(columns))
		for i, from := range columns {
			row[i] = pq.NullValue().Level(0, 0, i)
			if texts[from] != "" {
				row[i] = pq.ByteArrayValue([]byte(texts[from])).Level(0, 1, i)
			}
		}
		t.rows = append(t.rows, row)
	}
	return t.parquet(tb, 10000, pq.Compression(&pq.Snappy))
}

// BenchmarkRead reads rows without looking at their codes.
func BenchmarkRead(b *testing.B) {
	rows := 20000
	if testing.Short() {
		rows = 500
	}
	data := synthetic(b, rows)
	b.ReportAllocs()
	for b.Loop() {
		reader, err := open(b, data).Reader()
		require.NoError(b, err)
		for _, err := range reader.All() {
			if err != nil {
				b.Fatal(err)
			}
		}
		if n := reader.Rows(); n != int64(rows) {
			b.Fatalf("%d rows of %d", n, rows)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
}
