package parquet_test

import (
	"testing"

	"github.com/klauspost/compress/snappy"
	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/stretchr/testify/require"
)

// pageOf describes a file for FuzzPages: one column of one row group, with pages of arbitrary bytes. The pages have no
// checksum, because a checksum would reject changed bytes before they are parsed.
type pageOf struct {
	physical, codec, encoding, logical byte
	flags                              byte // 1: optional column; 2: pages of version 2; 4: a dictionary; 8: two pages
	values, dictionaryValues, size     uint16
	levels, dictionary, data           []byte
}

// made returns a description of the file as a value of type made, with a physical type that exists.
func (p pageOf) made(t *testing.T) made {
	t.Helper()
	m := made{
		physical: format.Type(p.physical % 8), codec: format.CompressionCodec(p.codec % 9), optional: p.flags&1 != 0,
		width: int32(p.logical>>4) + 1, rows: int64(p.values),
		logical: []format.LogicalTypeValue{
			nil, nil, &format.DecimalType{Scale: int32(p.logical >> 5), Precision: 9}, &format.DateType{},
			&format.TimestampType{Unit: format.TimeUnit{Value: new(format.MilliSeconds)}},
			&format.TimeType{Unit: format.TimeUnit{Value: new(format.MicroSeconds)}},
			&format.IntType{BitWidth: 64}, &format.UUIDType{},
		}[p.logical%8],
	}
	if m.logical != nil && p.logical%8 == 7 {
		m.width = 16
	}
	if p.flags&4 != 0 {
		m.pages = page(t, dictionaryPage(int(p.dictionaryValues)), p.dictionary)
	}
	header := dataPage(int(p.values), format.Encoding(p.encoding%10))
	body := append(append([]byte(nil), p.levels...), p.data...)
	if p.flags&2 != 0 {
		header = format.PageHeader{Type: format.DataPageV2, DataPageHeaderV2: thrift.New(format.DataPageHeaderV2{
			NumValues: int32(p.values), NumRows: int32(p.values), Encoding: format.Encoding(p.encoding % 10),
			DefinitionLevelsByteLength: int32(len(p.levels)),
		})}
	}
	if m.codec != 0 {
		header.UncompressedPageSize = int32(p.size)
	}
	m.pages = append(m.pages, page(t, header, body)...)
	if p.flags&8 != 0 {
		m.pages = append(m.pages, page(t, header, body)...)
		m.rows *= 2
	}
	return m
}

// TestPages checks that the seeds of FuzzPages are read without an error.
func TestPages(t *testing.T) {
	for _, p := range goodPages(t) {
		rows, err := read(t, p.made(t).file(t))
		require.NoError(t, err, "%+v", p)
		require.Equal(t, p.made(t).rows, rows)
	}
}

// goodPages returns pages of all encodings.
func goodPages(tb testing.TB) []pageOf {
	tb.Helper()
	texts, offsets := []byte("E119E11I10X"), []uint32{0, 4, 7, 11}
	numbers := []int64{5, 7, 1 << 40}
	bytesOf := func(data []byte, err error) []byte {
		require.NoError(tb, err)
		return data
	}
	text := byte(format.ByteArray)
	long := byte(format.Int64)
	compressed := snappy.Encode(nil, plain("E119", "E119", "E119"))
	return []pageOf{
		{physical: text, values: 3, data: plain("E119", "", "I10X")},
		{physical: text, values: 3, flags: 1, levels: []byte{2, 0, 0, 0, 6, 1}, data: plain("E119", "", "I10X")},
		{physical: text, values: 3, flags: 1, levels: []byte{2, 0, 0, 0, 3, 5}, data: plain("E119", "I10X")},
		{physical: text, values: 3, flags: 3, levels: []byte{6, 1}, data: plain("E119", "", "I10X")},
		{physical: text, values: 3, flags: 8, codec: 1, size: 24, data: compressed},
		{
			physical: text, values: 3, flags: 4, encoding: 8, dictionaryValues: 2, dictionary: plain("E119", "I10X"),
			data: []byte{1, 3, 5},
		},
		{
			physical: long, values: 3, flags: 12, encoding: 2, dictionaryValues: 1, dictionary: make([]byte, 8),
			data: []byte{1, 6, 0},
		},
		{physical: text, values: 3, encoding: 6, data: bytesOf(pq.DeltaLengthByteArray.EncodeByteArray(nil, texts, offsets))},
		{physical: text, values: 3, encoding: 7, data: bytesOf(pq.DeltaByteArray.EncodeByteArray(nil, texts, offsets))},
		{physical: long, values: 3, encoding: 5, data: bytesOf(pq.DeltaBinaryPacked.EncodeInt64(nil, numbers))},
		{physical: long, values: 2, encoding: 9, data: make([]byte, 16)},
		{physical: long, values: 2, logical: 4, data: make([]byte, 16)},
		{physical: 0, values: 3, data: []byte{5}},
		{physical: 0, values: 3, encoding: 3, data: []byte{2, 0, 0, 0, 6, 1}},
		{physical: 7, values: 3, logical: 2 | 2<<4, data: []byte("abcdefghi")},
		{physical: 6, values: 2, logical: 2 | 2<<4, data: plain("ab", "")},
		{physical: 7, values: 1, logical: 7, data: make([]byte, 16)},
		{physical: 3, values: 1, data: []byte{0, 0, 0, 0, 0, 0, 0, 0, 0x8c, 0x3d, 0x25, 0}},
		{physical: 4, values: 1, data: make([]byte, 4)},
		{physical: 1, values: 1, logical: 3, data: make([]byte, 4)},
	}
}

// FuzzPages reads files with pages of arbitrary bytes. Reading a file must give an error, or the rows that the file
// states, in bounded memory.
func FuzzPages(f *testing.F) {
	for _, p := range goodPages(f) {
		f.Add(p.physical, p.codec, p.encoding, p.logical, p.flags, p.values, p.dictionaryValues, p.size, p.levels,
			p.dictionary, p.data)
	}
	f.Fuzz(func(t *testing.T, physical, codec, encoding, logical, flags byte, values, dictionaryValues, size uint16,
		levels, dictionary, data []byte,
	) {
		p := pageOf{
			physical, codec, encoding, logical, flags, values, dictionaryValues, size, levels, dictionary, data,
		}
		file := p.made(t).file(t)
		before := allocated()
		_, err := read(t, file)
		require.Less(t, allocated()-before, uint64(mostBytes))
		requireKnown(t, err)
	})
}
