package parquet

import (
	"fmt"
	"math/bits"

	"github.com/parquet-go/parquet-go/format"
)

// values reads the values of a page, without nulls, as the spans of their texts.
type values struct {
	column *column
	count  int // number of values not yet read
	form   form

	numbers hybrid   // indexes into the dictionary, or booleans
	table   []uint64 // the dictionary, or the spans of false and true
	texts   []byte   // the bytes that the spans in v.table or v.all refer to
	data    []byte   // plain values
	at      int      // offset in data of the next value
	all     []uint64 // spans of values that were decoded with the page

	arena []byte // buffer for texts that are made from values
}

// form is how the values of a page are encoded.
type form uint8

const (
	noValues form = iota
	numbered      // the values are indexes into a table
	sized         // the values are contiguous and all of one size
	prefixes      // each value follows its length
	decoded       // all values of the page were decoded at once
)

// oldDictionary is the code that older writers use for two encodings: one of a dictionary, and one of indexes into a
// dictionary.
const oldDictionary format.Encoding = 2

// span packs the offset of a text, in the upper half, and its length.
func span(start, n int) uint64 { return uint64(start)<<32 | uint64(n) }

// The texts of booleans.
var (
	booleans     = []byte("01")
	booleanSpans = []uint64{span(0, 1), span(1, 1)}
)

// begin prepares to read the values of a page.
func (v *values) begin(c *cursor, encoding format.Encoding, data []byte, count int) error {
	v.column, v.count, v.data, v.at = c.column, count, data, 0
	if count == 0 {
		v.form = noValues
		return nil
	}
	var err error
	switch encoding {
	case format.Plain:
		return v.beginPlain()
	case oldDictionary, format.RLEDictionary:
		if c.dictionary == nil {
			return damaged("a page refers to a dictionary, but the column has none")
		}
		if len(data) == 0 || data[0] > 32 {
			return damaged("the numbers of a page cannot be parsed")
		}
		v.form, v.table, v.texts = numbered, c.dictionary, c.dictText
		v.numbers.start(data[1:], uint(data[0]))
		return nil
	case format.RLE:
		if c.column.kind != boolean {
			break
		}
		if data, _, err = prefixed(data); err != nil {
			return err
		}
		v.form, v.table, v.texts = numbered, booleanSpans, booleans
		v.numbers.start(data, 1)
		return nil
	case format.DeltaBinaryPacked, format.DeltaLengthByteArray, format.DeltaByteArray, format.ByteStreamSplit:
		return v.beginDelta(c, encoding)
	default:
	}
	return fmt.Errorf("%w: a page is in the encoding %v, which does not fit its type", ErrDamaged, encoding)
}

// beginPlain begins values in the plain encoding.
func (v *values) beginPlain() error {
	switch {
	case v.column.kind == boolean:
		if len(v.data) != (v.count+7)/8 {
			return damaged("a page of %d values has %d bytes", v.count, len(v.data))
		}
		v.form, v.table, v.texts = numbered, booleanSpans, booleans
		v.numbers = hybrid{width: 1, packed: v.data, left: len(v.data) * 8}
	case v.column.width > 0:
		return v.beginSized(v.data)
	default:
		if len(v.data)/4 < v.count {
			return damaged("a page of %d values has %d bytes", v.count, len(v.data))
		}
		v.form = prefixes
	}
	return nil
}

// beginSized begins contiguous values of one size.
func (v *values) beginSized(data []byte) error {
	if len(data)/v.column.width != v.count || len(data)%v.column.width != 0 {
		return damaged("a page of %d values has %d bytes", v.count, len(data))
	}
	v.data, v.at, v.form = data, 0, sized
	return nil
}

// end returns an error if values or bytes of the page were not read.
func (v *values) end() error {
	if v.count > 0 || v.form == prefixes && v.at != len(v.data) {
		return damaged("a page holds more than its values")
	}
	return nil
}

// next stores the spans of the next values in the argument spans. It returns the bytes that the spans refer to. The
// bytes are valid until next is called again.
func (v *values) next(spans []uint64) ([]byte, error) {
	switch {
	case len(spans) == 0:
		return nil, nil
	case len(spans) > v.count:
		return nil, damaged("a page has fewer values than it states")
	}
	v.count -= len(spans)
	switch v.form {
	case numbered:
		if !v.numbers.look(spans, v.table) {
			return nil, damaged("a page has fewer values than it states, or one that is not in the dictionary")
		}
		return v.texts, nil
	case decoded:
		copy(spans, v.all)
		v.all = v.all[len(spans):]
		return v.texts, nil
	case prefixes:
		if v.column.kind == text {
			return v.data, v.nextPrefixed(spans)
		}
		return v.nextDecimals(spans)
	case sized:
		return v.nextSized(spans)
	default:
		return nil, damaged("a page has fewer values than it states")
	}
}

// nextPrefixed finds texts that are in the page, each after its length.
func (v *values) nextPrefixed(spans []uint64) error {
	data, at := v.data, v.at
	for i := range spans {
		if len(data)-at < 4 {
			return damaged("a page ends within its values")
		}
		n := int(uint32(number32(data[at:])))
		at += 4
		if n < 0 || n > len(data)-at {
			return damaged("a page ends within its values")
		}
		spans[i] = span(at, n)
		at += n
	}
	v.at = at
	return nil
}

// nextDecimals makes the texts of decimals of different sizes.
func (v *values) nextDecimals(spans []uint64) ([]byte, error) {
	if err := v.nextPrefixed(spans); err != nil {
		return nil, err
	}
	v.arena = v.arena[:0]
	for i, s := range spans {
		start, from := len(v.arena), int(s>>32)
		var err error
		if v.arena, err = v.column.append(v.arena, v.data[from:from+int(uint32(s))]); err != nil {
			return nil, err
		}
		spans[i] = span(start, len(v.arena)-start)
	}
	return v.arena, nil
}

// nextSized makes the texts of values of one size.
func (v *values) nextSized(spans []uint64) ([]byte, error) {
	v.arena = v.arena[:0]
	width := v.column.width
	for i := range spans {
		start := len(v.arena)
		var err error
		if v.arena, err = v.column.append(v.arena, v.data[v.at:v.at+width]); err != nil {
			return nil, err
		}
		v.at += width
		spans[i] = span(start, len(v.arena)-start)
	}
	return v.arena, nil
}

func countOnes(words []uint64) int {
	n := 0
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	return n
}
