package parquet_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hesopmatch/hesop"
	"hesopmatch/hesop/parquet"

	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding"
	"github.com/stretchr/testify/require"
)

// table is a table both as Parquet and as text.
type table struct {
	names []string
	group pq.Group
	rows  []pq.Row
	texts [][]string
}

// kind is a type of column. For a kind k, k.value returns a random value and the text of that value.
type kind struct {
	name  string
	node  func() pq.Node
	value func(r *rand.Rand) (pq.Value, string)
}

var day0 = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

// stamp returns a random time whose fraction of a second is a multiple of unit, and its text.
func stamp(r *rand.Rand, unit time.Duration) (time.Time, string) {
	at := day0.AddDate(0, 0, r.IntN(60000)-25000)
	if r.IntN(2) == 0 {
		return at, at.Format(time.DateOnly)
	}
	at = at.Add(time.Duration(1+r.Int64N(int64(24*time.Hour/unit)-1)) * unit)
	return at, at.Format("2006-01-02 15:04:05.999999999")
}

func textOf(s string) (pq.Value, string) { return pq.ByteArrayValue([]byte(s)), s }

// decimalText writes a decimal of scale 2.
func decimalText(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	digits := fmt.Sprintf("%03d", v)
	return sign + digits[:len(digits)-2] + "." + digits[len(digits)-2:]
}

// bigEndian returns the last n bytes of v, most significant first.
func bigEndian(v int64, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[n-1-i] = byte(v >> min(8*i, 63))
	}
	return b
}

// kinds are the types of columns without codes.
var kinds = []kind{
	{"text", pq.String, func(r *rand.Rand) (pq.Value, string) {
		return textOf([]string{"", "x", "a,b", `say "so"`, " padded ", "two\nlines"}[r.IntN(6)])
	}},
	{"bytes", func() pq.Node { return pq.Leaf(pq.ByteArrayType) }, func(r *rand.Rand) (pq.Value, string) {
		return textOf(strconv.Itoa(r.IntN(1e6)))
	}},
	{"enum", pq.Enum, func(r *rand.Rand) (pq.Value, string) { return textOf(strconv.Itoa(r.IntN(5))) }},
	{"boolean", func() pq.Node { return pq.Leaf(pq.BooleanType) }, func(r *rand.Rand) (pq.Value, string) {
		n := r.IntN(2)
		return pq.BooleanValue(n == 1), strconv.Itoa(n)
	}},
	{"int8", func() pq.Node { return pq.Int(8) }, func(r *rand.Rand) (pq.Value, string) {
		n := int32(r.IntN(256) - 128)
		return pq.Int32Value(n), strconv.Itoa(int(n))
	}},
	{"int32", func() pq.Node { return pq.Leaf(pq.Int32Type) }, func(r *rand.Rand) (pq.Value, string) {
		n := int32(r.Uint32())
		return pq.Int32Value(n), strconv.Itoa(int(n))
	}},
	{"int64", func() pq.Node { return pq.Int(64) }, func(r *rand.Rand) (pq.Value, string) {
		n := int64(r.Uint64())
		return pq.Int64Value(n), strconv.FormatInt(n, 10)
	}},
	{"uint32", func() pq.Node { return pq.Uint(32) }, func(r *rand.Rand) (pq.Value, string) {
		n := r.Uint32()
		return pq.Int32Value(int32(n)), strconv.FormatUint(uint64(n), 10)
	}},
	{"uint64", func() pq.Node { return pq.Uint(64) }, func(r *rand.Rand) (pq.Value, string) {
		n := r.Uint64()
		return pq.Int64Value(int64(n)), strconv.FormatUint(n, 10)
	}},
	{"float", func() pq.Node { return pq.Leaf(pq.FloatType) }, func(r *rand.Rand) (pq.Value, string) {
		n := float32(r.IntN(1<<20)) / 16
		return pq.FloatValue(n), strconv.FormatFloat(float64(n), 'f', -1, 32)
	}},
	{"double", func() pq.Node { return pq.Leaf(pq.DoubleType) }, func(r *rand.Rand) (pq.Value, string) {
		n := float64(r.IntN(200)) / 2
		return pq.DoubleValue(n), strconv.FormatFloat(n, 'f', -1, 64)
	}},
	{"date", pq.Date, func(r *rand.Rand) (pq.Value, string) {
		n := r.IntN(80000) - 30000
		return pq.Int32Value(int32(n)), day0.AddDate(0, 0, n).Format(time.DateOnly)
	}},
	{"timestamp ms", func() pq.Node { return pq.Timestamp(pq.Millisecond) }, func(r *rand.Rand) (pq.Value, string) {
		at, s := stamp(r, time.Millisecond)
		return pq.Int64Value(at.UnixMilli()), s
	}},
	{
		"timestamp us", func() pq.Node { return pq.TimestampAdjusted(pq.Microsecond, false) },
		func(r *rand.Rand) (pq.Value, string) {
			at, s := stamp(r, time.Microsecond)
			return pq.Int64Value(at.UnixMicro()), s
		},
	},
	{"timestamp ns", func() pq.Node { return pq.Timestamp(pq.Nanosecond) }, func(r *rand.Rand) (pq.Value, string) {
		at, s := stamp(r, time.Nanosecond)
		return pq.Int64Value(at.UnixNano()), s
	}},
	{"timestamp int96", func() pq.Node { return pq.Leaf(pq.Int96Type) }, func(r *rand.Rand) (pq.Value, string) {
		at, s := stamp(r, time.Nanosecond)
		day := at.Truncate(24 * time.Hour)
		nanos := at.Sub(day).Nanoseconds()
		return pq.Int96Value(deprecated.Int96{uint32(nanos), uint32(nanos >> 32), uint32(2440588 + day.Unix()/86400)}), s
	}},
	{"time ms", func() pq.Node { return pq.Time(pq.Millisecond) }, func(r *rand.Rand) (pq.Value, string) {
		n := r.IntN(86400000)
		return pq.Int32Value(int32(n)), day0.Add(time.Duration(n) * time.Millisecond).Format("15:04:05.999999999")
	}},
	{"time us", func() pq.Node { return pq.Time(pq.Microsecond) }, func(r *rand.Rand) (pq.Value, string) {
		n := r.IntN(86400)
		return pq.Int64Value(int64(n) * 1e6), day0.Add(time.Duration(n) * time.Second).Format(time.TimeOnly)
	}},
	{"decimal int32", func() pq.Node { return pq.Decimal(2, 9, pq.Int32Type) }, func(r *rand.Rand) (pq.Value, string) {
		n := int64(r.IntN(20000) - 10000)
		return pq.Int32Value(int32(n)), decimalText(n)
	}},
	{"decimal int64", func() pq.Node { return pq.Decimal(2, 18, pq.Int64Type) }, func(r *rand.Rand) (pq.Value, string) {
		n := r.Int64N(1e15) - 5e14
		return pq.Int64Value(n), decimalText(n)
	}},
	{
		"decimal fixed 5", func() pq.Node { return pq.Decimal(2, 10, pq.FixedLenByteArrayType(5)) },
		func(r *rand.Rand) (pq.Value, string) {
			n := r.Int64N(1e8) - 5e7
			return pq.FixedLenByteArrayValue(bigEndian(n, 5)), decimalText(n)
		},
	},
	{
		"decimal fixed 16", func() pq.Node { return pq.Decimal(2, 38, pq.FixedLenByteArrayType(16)) },
		func(r *rand.Rand) (pq.Value, string) {
			n := int64(r.Uint64()) / 2
			return pq.FixedLenByteArrayValue(bigEndian(n, 16)), decimalText(n)
		},
	},
	{
		"decimal fixed 17", func() pq.Node { return pq.Decimal(2, 38, pq.FixedLenByteArrayType(17)) },
		func(r *rand.Rand) (pq.Value, string) {
			n := int64(r.Uint64()) / 2
			return pq.FixedLenByteArrayValue(bigEndian(n, 17)), decimalText(n)
		},
	},
	{
		"decimal bytes", func() pq.Node { return pq.Decimal(2, 10, pq.ByteArrayType) },
		func(r *rand.Rand) (pq.Value, string) {
			n := int64(r.IntN(200) - 100)
			return pq.ByteArrayValue(bigEndian(n, 1+r.IntN(9))), decimalText(n)
		},
	},
	{"uuid", pq.UUID, func(r *rand.Rand) (pq.Value, string) {
		b := make([]byte, 16)
		b[0], b[15] = byte(r.IntN(4)), 0xAB
		return pq.FixedLenByteArrayValue(b), fmt.Sprintf("%02x000000-0000-0000-0000-0000000000ab", b[0])
	}},
}

// codes is the kind of code columns.
var codes = kind{"codes", pq.String, func(r *rand.Rand) (pq.Value, string) {
	return textOf([]string{"E119", "E11", "I10X", "R69X", "K401", "", "X997", "M0510", "&"}[r.IntN(9)])
}}

// many is the kind of a concatenated column, with many distinct values.
var many = kind{"many", pq.String, func(r *rand.Rand) (pq.Value, string) {
	return textOf(fmt.Sprintf("E11%d,I1%d", r.IntN(10), r.IntN(10)))
}}

var columnsOfCodes = []string{"diag_4_01", "DIAG_4_02", "diag_4_03", "opertn_4_01", "opertn_4_02", "diag_01"}

// newTable returns a random table with the given number of rows.
func newTable(r *rand.Rand, rows int, anyEncoding bool) *table {
	t := &table{group: pq.Group{}}
	columns := map[string]kind{"diag_4_concat": many}
	for _, name := range columnsOfCodes {
		columns[name] = codes
	}
	for i := range 1 + r.IntN(5) {
		columns[fmt.Sprintf("other_%d", i)] = kinds[r.IntN(len(kinds))]
	}
	t.names = slices.Sorted(maps.Keys(columns)) // a group sorts its columns by name
	nulls := map[string]float64{}
	for _, name := range t.names {
		node := columns[name].node()
		if anyEncoding {
			node = encoded(r, node)
		}
		if r.IntN(4) > 0 {
			node = pq.Optional(node)
			nulls[name] = []float64{0, 0.1, 0.5, 0.95, 0.999, 1}[r.IntN(6)]
		}
		t.group[name] = node
	}
	t.fill(r, rows, columns, nulls)
	return t
}

// encoded returns node in a random encoding that its type allows.
func encoded(r *rand.Rand, node pq.Node) pq.Node {
	all := []encoding.Encoding{
		&pq.Plain, &pq.RLEDictionary, &pq.RLEDictionary, &pq.DeltaBinaryPacked, &pq.DeltaLengthByteArray, &pq.DeltaByteArray,
		&pq.ByteStreamSplit, &pq.RLE,
	}
	for {
		if n := tryEncoding(node, all[r.IntN(len(all))]); n != nil {
			return n
		}
	}
}

// tryEncoding returns node in the encoding e, or nil if the type of node cannot have that encoding.
func tryEncoding(node pq.Node, e encoding.Encoding) (n pq.Node) {
	defer func() {
		if recover() != nil {
			n = nil
		}
	}()
	isBoolean := node.Type().Kind() == pq.Boolean
	if isBoolean && e == encoding.Encoding(&pq.RLEDictionary) || !isBoolean && e == encoding.Encoding(&pq.RLE) {
		return nil
	}
	return pq.Encoded(node, e)
}

// fill adds the rows. Some of them are in runs of nearly empty rows.
func (t *table) fill(r *rand.Rand, rows int, columns map[string]kind, nulls map[string]float64) {
	run := 0
	for range rows {
		row, texts := make(pq.Row, len(t.names)), make([]string, len(t.names))
		if run == 0 {
			run = []int{0, 0, 0, 200}[r.IntN(4)]
		} else {
			run--
		}
		for i, name := range t.names {
			v, definition := pq.NullValue(), 0
			if !t.group[name].Optional() || (run == 0 || nulls[name] == 0) && r.Float64() >= nulls[name] {
				v, texts[i] = columns[name].value(r)
				if t.group[name].Optional() {
					definition = 1
				}
			}
			row[i] = v.Level(0, definition, i)
		}
		t.rows, t.texts = append(t.rows, row), append(t.texts, texts)
	}
}

// parquet returns the table as a Parquet file.
func (t *table) parquet(tb testing.TB, perGroup int, opts ...pq.WriterOption) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := pq.NewWriter(&b, append(opts, pq.NewSchema("t", t.group), pq.MaxRowsPerRowGroup(int64(perGroup)))...)
	for _, row := range t.rows {
		_, err := w.WriteRows([]pq.Row{row})
		require.NoError(tb, err)
	}
	require.NoError(tb, w.Close())
	return b.Bytes()
}

// csv returns the table as text.
func (t *table) csv(tb testing.TB) string {
	tb.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(tb, w.Write(t.names))
	require.NoError(tb, w.WriteAll(t.texts))
	return b.String()
}

// randomOptions returns random options for writing a table.
func randomOptions(r *rand.Rand) []pq.WriterOption {
	codecs := []compress.Codec{
		&pq.Uncompressed, &pq.Snappy, &pq.Gzip, &pq.Brotli, &pq.Zstd, &pq.Lz4Raw,
	}
	return []pq.WriterOption{
		pq.DataPageVersion(1 + r.IntN(2)),
		pq.PageBufferSize([]int{64, 300, 4096, 1 << 18}[r.IntN(4)]),
		pq.Compression(codecs[r.IntN(len(codecs))]),
		pq.DictionaryMaxBytes([]int64{0, 0, 40, 1000}[r.IntN(4)]),
		pq.DataPageStatistics(r.IntN(2) == 0),
	}
}

func open(tb testing.TB, data []byte) *parquet.File {
	tb.Helper()
	f, err := parquet.New(bytes.NewReader(data), int64(len(data)), "rows.parquet")
	require.NoError(tb, err)
	return f
}

// described returns a line for each row: the texts of the named columns, and the codes.
func described(tb testing.TB, r *hesop.Reader, names []string) []string {
	tb.Helper()
	var columns []hesop.Column
	for _, name := range names {
		c, err := r.Column(name)
		require.NoError(tb, err)
		columns = append(columns, c)
	}
	all := []string{}
	for a, err := range r.All() {
		require.NoError(tb, err)
		var b strings.Builder
		for _, c := range columns {
			fmt.Fprintf(&b, "%q ", a.Text(c))
		}
		for i, code := range a.AllCodeTexts() {
			fmt.Fprintf(&b, "%d=%s ", i, code)
		}
		all = append(all, b.String())
	}
	return all
}
