package parquet_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"runtime/metrics"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/hesop/parquet"

	pq "github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

// mostRows is the maximum number of rows to read from a damaged file, which may state billions of empty rows.
const mostRows = 100_000

// mostBytes is the maximum number of bytes that reading a file may allocate in total. It covers the buffers in use at
// one time, which MaxMemory bounds, and the smaller buffers that they replaced.
const mostBytes = parquet.MaxMemory + parquet.MaxMemory/2

// seedFiles returns small files of all types, encodings and compressions.
func seedFiles(tb testing.TB) [][]byte {
	tb.Helper()
	var files [][]byte
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(seed, 5))
		table := newTable(r, 20, true)
		files = append(files, table.parquet(tb, []int{7, 20}[seed%2], randomOptions(r)...))
	}
	return files
}

// edit changes a file. Each edit has four bytes: the operation, two bytes of position, and an operand.
func edit(file, edits []byte) []byte {
	out := bytes.Clone(file)
	for ; len(edits) >= 4 && len(out) > 12; edits = edits[4:] {
		at := int(edits[1])<<8 | int(edits[2])
		if edits[0]&0x80 == 0 { // in the footer, which is the most significant part of a small file
			at = len(out) - 1 - at%(len(out)/2)
		} else {
			at %= len(out)
		}
		switch edits[0] & 7 {
		case 0:
			out[at] = edits[3]
		case 1:
			out[at] ^= 1 << (edits[3] & 7)
		case 2:
			out[at] += edits[3]
		case 3:
			out = append(out[:at], out[at+1:]...)
		case 4:
			out = append(out[:at], append([]byte{edits[3]}, out[at:]...)...)
		case 5: // a large number
			for i := range min(4, len(out)-at-1) {
				out[at+i] = 0xFF
			}
		case 6:
			copy(out[at:], out[:int(edits[3])%len(out)])
		case 7:
			out = out[:at]
		}
	}
	return out
}

// read reads a file. It returns the number of rows read, at most mostRows.
func read(tb testing.TB, data []byte) (rows int64, err error) {
	tb.Helper()
	f, err := parquet.New(bytes.NewReader(data), int64(len(data)), "rows.parquet")
	if err != nil {
		return 0, err
	}
	defer func() { require.NoError(tb, f.Close()) }()
	reader, err := f.Reader()
	if err != nil {
		return 0, err
	}
	for _, err := range reader.All() {
		if err != nil {
			return rows, err
		}
		if rows++; rows == mostRows {
			return rows, nil
		}
	}
	require.Equal(tb, f.Rows(), rows)
	return rows, nil
}

// allocated returns the number of bytes allocated so far.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// FuzzFile reads files that were changed. Reading a file must give an error, or the rows that the file states, in
// bounded memory.
func FuzzFile(f *testing.F) {
	files := seedFiles(f)
	f.Add(byte(0), []byte{})
	f.Add(byte(3), []byte{5, 0, 40, 0})
	f.Add(byte(7), []byte{0x85, 0, 9, 0, 0x81, 0, 30, 2})
	f.Add(byte(9), []byte{7, 0, 3, 0})
	f.Fuzz(func(t *testing.T, file byte, edits []byte) {
		data := edit(files[int(file)%len(files)], edits[:min(len(edits), 64)])
		before := allocated()
		_, err := read(t, data)
		require.Less(t, allocated()-before, uint64(mostBytes))
		requireKnown(t, err)
	})
}

// requireKnown fails if err is not an error that this package or package hesop documents.
func requireKnown(tb testing.TB, err error) {
	tb.Helper()
	if err == nil {
		return
	}
	for _, known := range []error{
		parquet.ErrDamaged, parquet.ErrFormat, parquet.ErrLimit, parquet.ErrType, hesop.ErrHeader, hesop.ErrNoCodeColumns,
		hesop.ErrTooLong,
	} {
		if errors.Is(err, known) {
			return
		}
	}
	if located := new(hesop.Error); !errors.As(err, &located) {
		require.NoError(tb, err)
	}
}

// TestDamage flips a bit of each byte of small files, and truncates the files at each byte.
func TestDamage(t *testing.T) {
	for i, file := range seedFiles(t) {
		if i%4 > 0 || testing.Short() && i > 0 {
			continue
		}
		for at := range file {
			changed := bytes.Clone(file)
			changed[at] ^= 1 << (at % 8)
			_, err := read(t, changed)
			requireKnown(t, err)
			_, err = read(t, file[:at])
			require.Error(t, err, "file %d, truncated at %d", i, at)
		}
	}
}

// TestChecksums changes pages that have a checksum. Reading a changed page must give an error.
func TestChecksums(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	table := newTable(r, 200, false)
	file := table.parquet(t, 100)
	f, err := pq.OpenFile(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	seen := 0
	for _, group := range f.Metadata().RowGroups {
		for _, chunk := range group.Columns {
			at := chunk.MetaData.DataPageOffset + chunk.MetaData.TotalCompressedSize - 1
			if chunk.MetaData.DictionaryPageOffset > 0 {
				at = chunk.MetaData.DictionaryPageOffset + chunk.MetaData.TotalCompressedSize - 1
			}
			changed := bytes.Clone(file)
			changed[at] ^= 0x10
			_, err := read(t, changed)
			require.ErrorIs(t, err, parquet.ErrDamaged)
			require.ErrorContains(t, err, "the checksum of a page is wrong")
			require.ErrorContains(t, err, "column "+chunk.MetaData.PathInSchema[0])
			seen++
		}
	}
	require.Greater(t, seen, 10)
}

// TestEmptyInput reads input that is not a Parquet file.
func TestEmptyInput(t *testing.T) {
	for _, text := range []string{"", "PAR1", "PAR1PAR1", "patid,diag_01\n1,E119\n"} {
		_, err := read(t, []byte(text))
		require.ErrorIs(t, err, parquet.ErrFormat)
	}
	_, err := read(t, []byte("PAR1 and a rest of a file"))
	require.ErrorIs(t, err, parquet.ErrDamaged)
	require.ErrorContains(t, err, "rows.parquet: ")
	require.NotErrorIs(t, err, io.EOF)
}
