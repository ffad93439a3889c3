package parquet_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"hesopmatch/hesop/parquet"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/stretchr/testify/require"
)

// made describes a file with one column of codes. Its bytes are assembled by hand.
type made struct {
	rows     int64 // of the row group
	values   int64 // of the chunk; 0 means the same as rows
	physical format.Type
	codec    format.CompressionCodec
	start    int64 // of the chunk; 0 means its actual offset
	total    int64 // rows that the footer states for the file; 0 means the same as rows
	optional bool
	columns  int // in the schema; 0 means 1
	width    int32
	logical  format.LogicalTypeValue // nil for none
	pages    []byte
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	data, err := thrift.Marshal(new(thrift.CompactProtocol), v)
	require.NoError(t, err)
	return data
}

func (m made) file(t *testing.T) []byte {
	t.Helper()
	repetition := format.Required
	if m.optional {
		repetition = format.Optional
	}
	columns, values, start, total := m.columns, m.values, m.start, m.total
	if columns == 0 {
		columns = 1
	}
	if values == 0 {
		values = m.rows
	}
	if start == 0 {
		start = 4
	}
	if total == 0 {
		total = m.rows
	}
	meta := format.FileMetaData{
		Version: 2,
		NumRows: total,
		Schema:  []format.SchemaElement{{Name: "schema", NumChildren: thrift.New(int32(columns))}},
		RowGroups: []format.RowGroup{{
			NumRows: m.rows,
			Columns: []format.ColumnChunk{{MetaData: format.ColumnMetaData{
				Type: m.physical, PathInSchema: []string{"diag_4_01"}, Codec: m.codec, NumValues: values,
				TotalCompressedSize: int64(len(m.pages)), DataPageOffset: start,
			}}},
		}},
	}
	for range columns {
		meta.Schema = append(meta.Schema, format.SchemaElement{
			Name: "diag_4_01", Type: thrift.New(m.physical), RepetitionType: thrift.New(repetition),
			TypeLength: thrift.New(m.width), LogicalType: format.LogicalType{Value: m.logical},
		})
	}
	footer := marshal(t, &meta)
	file := append([]byte("PAR1"), m.pages...)
	file = append(file, footer...)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(footer)))
	return append(file, "PAR1"...)
}

// page returns a page. If a size in the header is 0, page sets it to the length of data.
func page(t *testing.T, header format.PageHeader, data []byte) []byte {
	t.Helper()
	if header.CompressedPageSize == 0 {
		header.CompressedPageSize = int32(len(data))
	}
	if header.UncompressedPageSize == 0 {
		header.UncompressedPageSize = int32(len(data))
	}
	return append(marshal(t, &header), data...)
}

// dataPage returns the header of a data page.
func dataPage(values int, e format.Encoding) format.PageHeader {
	return format.PageHeader{DataPageHeader: thrift.New(format.DataPageHeader{
		NumValues: int32(values), Encoding: e, DefinitionLevelEncoding: format.RLE,
	})}
}

func dictionaryPage(values int) format.PageHeader {
	return format.PageHeader{
		Type: format.DictionaryPage, DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: int32(values)}),
	}
}

// sized returns h with the given uncompressed size.
func sized(h format.PageHeader, size int32) format.PageHeader {
	h.UncompressedPageSize = size
	return h
}

// plain returns values in the plain encoding: each after its length.
func plain(values ...string) (data []byte) {
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, uint32(len(v)))
		data = append(data, v...)
	}
	return data
}

// deltas returns the delta encoding of count numbers that all equal value. All differences are 0, so the miniblocks
// have no bits.
func deltas(count int, value int64) []byte {
	data := binary.AppendUvarint(nil, 1<<20)
	data = binary.AppendUvarint(data, 1)
	data = binary.AppendUvarint(data, uint64(count))
	data = binary.AppendVarint(data, value)
	for at := 1; at < count; at += 1 << 20 {
		data = append(data, 0, 0)
	}
	return data
}

func TestHostile(t *testing.T) {
	const text = format.ByteArray
	e119 := plain("E119", "E11")
	bomb := func(n int) []byte {
		w, err := zstd.NewWriter(nil)
		require.NoError(t, err)
		return w.EncodeAll(make([]byte, n), nil)
	}
	for name, test := range map[string]struct {
		made made
		err  error
		want string
	}{
		"a good file": {made{rows: 2, physical: text, pages: page(t, dataPage(2, format.Plain), e119)}, nil, ""},
		"a page of 2 GiB": {
			made{rows: 2, physical: text, codec: format.Zstd, pages: page(t, sized(dataPage(2, 0), math.MaxInt32), e119)},
			parquet.ErrLimit, "a page has 2147483647 bytes, and MaxPage is 134217728",
		},
		"a negative size": {
			made{rows: 2, physical: text, pages: page(t, sized(dataPage(2, 0), -1), e119)},
			parquet.ErrDamaged, "the header of a page",
		},
		"Snappy that states 100 MiB": {
			made{rows: 2, physical: text, codec: format.Snappy, pages: page(t, sized(dataPage(2, 0), 100<<20),
				binary.AppendUvarint(nil, 100<<20))},
			parquet.ErrDamaged, "a size that its compressed bytes cannot expand to (SNAPPY)",
		},
		"LZ4 with too few bytes for its size": {
			made{rows: 2, physical: text, codec: format.Lz4Raw, pages: page(t, sized(dataPage(2, 0), 100<<20), e119)},
			parquet.ErrDamaged, "a size that its compressed bytes cannot expand to (LZ4_RAW)",
		},
		"a Zstandard bomb": {
			made{rows: 2, physical: text, codec: format.Zstd, pages: page(t, sized(dataPage(2, 0), 100), bomb(200<<20))},
			parquet.ErrDamaged, "cannot be decompressed (ZSTD)",
		},
		"Zstandard data shorter than stated": {
			made{rows: 2, physical: text, codec: format.Zstd, pages: page(t, sized(dataPage(2, 0), 200), bomb(100))},
			parquet.ErrDamaged, "the size of a page differs from its header (ZSTD)",
		},
		"LZO": {
			made{rows: 2, physical: text, codec: format.LZO, pages: page(t, dataPage(2, 0), e119)},
			parquet.ErrFormat, "it is compressed with LZO, which is obsolete",
		},
		"an unknown compression": {
			made{rows: 2, physical: text, codec: 77, pages: page(t, dataPage(2, 0), e119)},
			parquet.ErrDamaged, "it states compression 77",
		},
		"a page with more rows than the row group": {
			made{rows: 1, physical: text, pages: page(t, dataPage(2, 0), e119)},
			parquet.ErrDamaged, "it has more rows than the row group",
		},
		"pages with fewer rows than the row group": {
			made{rows: 3, physical: text, pages: page(t, dataPage(2, 0), e119)},
			parquet.ErrDamaged, "row group 1, column diag_4_01: ",
		},
		"a column with more values than the row group has rows": {
			made{rows: 2, values: 3, physical: text, pages: page(t, dataPage(2, 0), e119)},
			parquet.ErrDamaged, "column diag_4_01 has 3 values in 2 rows",
		},
		"row groups with fewer rows than the file states": {
			made{rows: 2, total: 3, physical: text, pages: page(t, dataPage(2, 0), e119)},
			parquet.ErrDamaged, "its row groups have 2 rows, but its footer states 3",
		},
		"fewer values than the page states": {
			made{rows: 3, physical: text, pages: page(t, dataPage(3, 0), plain("E119", "E11E11E11"))},
			parquet.ErrDamaged, "a page ends within its values",
		},
		"more values than the page states": {
			made{rows: 1, physical: text, pages: page(t, dataPage(1, 0), e119)},
			parquet.ErrDamaged, "a page holds more than its values",
		},
		"a text longer than its page": {
			made{rows: 1, physical: text, pages: page(t, dataPage(1, 0), []byte{0xFF, 0xFF, 0xFF, 0xFF, 'E'})},
			parquet.ErrDamaged, "a page ends within its values",
		},
		"data outside the file": {
			made{rows: 2, physical: text, start: 1 << 40, pages: page(t, dataPage(2, 0), e119)},
			parquet.ErrDamaged, "its data lie outside the file",
		},
		"a page outside the file": {
			made{rows: 2, physical: text, pages: page(t, format.PageHeader{
				CompressedPageSize: 1 << 20, DataPageHeader: dataPage(2, 0).DataPageHeader,
			}, e119)},
			parquet.ErrDamaged, "a page ends outside the data of the file",
		},
		"too many columns": {
			made{rows: 2, physical: text, columns: parquet.MaxColumns + 1},
			parquet.ErrLimit, "the file has 32768 columns, and MaxColumns is 32767",
		},
		"a dictionary of more values than bytes": {
			made{rows: 2, physical: text, pages: page(t, dictionaryPage(1<<30), e119)},
			parquet.ErrDamaged, "a dictionary has 1073741824 values in 15 bytes",
		},
		"two dictionaries": {
			made{rows: 2, physical: text, pages: append(page(t, dictionaryPage(2), e119), page(t, dictionaryPage(2), e119)...)},
			parquet.ErrDamaged, "a dictionary is not at the start of the column",
		},
		"no dictionary": {
			made{rows: 2, physical: text, pages: page(t, dataPage(2, format.RLEDictionary), []byte{1, 4, 0})},
			parquet.ErrDamaged, "a page refers to a dictionary, but the column has none",
		},
		"a number that is not in the dictionary": {
			made{rows: 2, physical: text, pages: append(page(t, dictionaryPage(2), e119),
				page(t, dataPage(2, format.RLEDictionary), []byte{8, 4, 2})...)},
			parquet.ErrDamaged, "or one that is not in the dictionary",
		},
		"numbers of 33 bits": {
			made{rows: 2, physical: text, pages: append(page(t, dictionaryPage(2), e119),
				page(t, dataPage(2, format.RLEDictionary), []byte{33, 4, 0})...)},
			parquet.ErrDamaged, "the numbers of a page cannot be parsed",
		},
		"levels longer than their page": {
			made{rows: 2, physical: text, optional: true, pages: page(t, dataPage(2, 0), plain("E119", "E11")[:3])},
			parquet.ErrDamaged, "a page ends within its levels",
		},
		"two billion numbers in a few bytes": {
			made{rows: math.MaxInt32, physical: format.Int64, pages: page(t, dataPage(math.MaxInt32, format.DeltaBinaryPacked),
				deltas(1<<20, 1))},
			parquet.ErrLimit, "a page has 2147483647 numbers, and MaxPage is 134217728 bytes",
		},
		"texts that each extend the previous one": {
			made{rows: 1 << 16, physical: text, pages: page(t, dataPage(1<<16, format.DeltaByteArray),
				append(deltas(1<<16, 1<<14), deltas(1<<16, 0)...))},
			parquet.ErrLimit, "the values of a page take more than MaxPage, 134217728 bytes",
		},
		"a page header of 2 MiB": {
			made{rows: 2, physical: text, pages: page(t, format.PageHeader{DataPageHeader: thrift.New(format.DataPageHeader{
				NumValues: 2, Statistics: format.Statistics{MaxValue: []byte(strings.Repeat("x", 2<<20))},
			})}, e119)},
			parquet.ErrLimit, "the header of a page has more than MaxPageHeader, 1048576 bytes",
		},
		"levels in an old encoding": {
			made{rows: 2, physical: text, optional: true, pages: page(t, format.PageHeader{
				DataPageHeader: thrift.New(format.DataPageHeader{NumValues: 2, DefinitionLevelEncoding: format.BitPacked}),
			}, e119)},
			parquet.ErrFormat, "its nulls are in an obsolete encoding",
		},
		"an encoding that does not fit": {
			made{rows: 2, physical: text, pages: page(t, dataPage(2, format.DeltaBinaryPacked), e119)},
			parquet.ErrDamaged, "a page is in the encoding DELTA_BINARY_PACKED, which does not fit its type",
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := test.made.file(t)
			before := allocated()
			rows, err := read(t, file)
			require.Less(t, allocated()-before, uint64(64<<20))
			if test.err == nil {
				require.NoError(t, err)
				require.Equal(t, test.made.rows, rows)
				return
			}
			require.ErrorIs(t, err, test.err)
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, "rows.parquet: ")
		})
	}
}

// TestEncrypted: a file is refused if its first or last magic bytes say that it is encrypted.
func TestEncrypted(t *testing.T) {
	file := made{rows: 2, physical: format.ByteArray, pages: page(t, dataPage(2, 0), plain("E119", "E11"))}.file(t)
	for _, at := range []int{0, len(file) - 4} {
		changed := bytes.Clone(file)
		copy(changed[at:], "PARE")
		_, err := read(t, changed)
		require.ErrorIs(t, err, parquet.ErrFormat)
		require.ErrorContains(t, err, "it is encrypted: write it without encryption")
	}
}
