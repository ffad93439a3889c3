package parquet

import (
	"encoding/binary"

	"github.com/parquet-go/parquet-go/format"
)

// beginDelta begins values in an encoding that must be decoded one whole page at a time.
func (v *values) beginDelta(c *cursor, encoding format.Encoding) error {
	isBytes := v.column.physical == format.ByteArray || v.column.physical == format.FixedLenByteArray
	switch encoding {
	case format.ByteStreamSplit:
		return v.beginSplit(c)
	case format.DeltaBinaryPacked:
		if v.column.physical == format.Int32 || v.column.physical == format.Int64 {
			return v.beginNumbers(c)
		}
	case format.DeltaLengthByteArray:
		if isBytes {
			return v.beginLengths(c)
		}
	case format.DeltaByteArray:
		if isBytes {
			return v.beginPrefixes(c)
		}
	default:
	}
	return damaged("a page is in the encoding %v, which does not fit its type", encoding)
}

// beginSplit begins values stored as byte streams: the first bytes of all values, then all second bytes, and so on.
func (v *values) beginSplit(c *cursor) error {
	width := v.column.width
	if width == 0 || len(v.data) != v.count*width {
		return damaged("a page of %d values has %d bytes", v.count, len(v.data))
	}
	out, err := c.scratch(len(v.data))
	if err != nil {
		return err
	}
	for i := range v.count {
		for k := range width {
			out[i*width+k] = v.data[k*v.count+i]
		}
	}
	return v.beginSized(out)
}

// beginNumbers begins integers that are stored as differences.
func (v *values) beginNumbers(c *cursor) error {
	numbers, rest, err := c.deltas(v.data, v.count)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return damaged("a page holds more than its values")
	}
	out, err := c.scratch(v.count * v.column.width)
	if err != nil {
		return err
	}
	for i, n := range numbers {
		if v.column.width == 4 {
			binary.LittleEndian.PutUint32(out[4*i:], uint32(n))
		} else {
			binary.LittleEndian.PutUint64(out[8*i:], uint64(n))
		}
	}
	return v.beginSized(out)
}

// scratch returns a buffer of n bytes. All pages of the column use the same buffer.
func (c *cursor) scratch(n int) (out []byte, err error) {
	if n > MaxPage {
		return nil, tooMuch("the values of a page take %d bytes, and MaxPage is %d", n, MaxPage)
	}
	c.delta.bytes, err = resize(c.delta.bytes, n, 1, c.memory)
	return c.delta.bytes, err
}

// deltaBuffers holds the buffers that a column needs for the encodings in this file.
type deltaBuffers struct {
	bytes         []byte
	numbers, more []int64
	spans         []uint64
}

// deltas decodes count numbers, which are valid until the next call.
func (c *cursor) deltas(data []byte, count int) (numbers []int64, rest []byte, err error) {
	if count > MaxPage/8 {
		return nil, nil, tooMuch("a page has %d numbers, and MaxPage is %d bytes", count, MaxPage)
	}
	if c.delta.numbers, err = resize(c.delta.numbers, count, 8, c.memory); err != nil {
		return nil, nil, err
	}
	rest, ok := unpackDeltas(c.delta.numbers, data)
	if !ok {
		return nil, nil, damaged("the numbers of a page cannot be parsed")
	}
	return c.delta.numbers, rest, nil
}

// unpackDeltas fills dst with numbers that are stored as differences, in blocks of miniblocks. It reports whether data
// states exactly len(dst) numbers.
func unpackDeltas(dst []int64, data []byte) (rest []byte, ok bool) {
	c := &compact{data: data}
	block, parts, total, value := c.uvarint(), c.uvarint(), c.uvarint(), c.int()
	if c.isBad || block == 0 || block > MaxPage || parts == 0 || parts > block || block%parts != 0 ||
		total != uint64(len(dst)) {
		return nil, false
	}
	each := int(block / parts)
	if each%8 != 0 {
		return nil, false
	}
	if len(dst) == 0 {
		return data[c.at:], true
	}
	dst[0] = value
	dst = dst[1:]
	for len(dst) > 0 {
		least := c.int()
		if c.isBad || uint64(len(data)-c.at) < parts {
			return nil, false
		}
		widths := data[c.at : c.at+int(parts)]
		c.at += int(parts)
		for _, width := range widths {
			if len(dst) == 0 {
				break // the widths of further miniblocks have no meaning
			}
			size := each / 8 * int(width)
			if width > 64 || size > len(data)-c.at {
				return nil, false
			}
			packed := data[c.at : c.at+size]
			c.at += size
			n := min(each, len(dst))
			for i := range dst[:n] {
				value += least + int64(wideNumber(packed, i*int(width), uint(width)))
				dst[i] = value
			}
			dst = dst[n:]
		}
	}
	return data[c.at:], true
}

// wideNumber returns the number, of up to 64 bits, that begins at a given bit of packed.
func wideNumber(packed []byte, bit int, width uint) uint64 {
	if width <= 56 {
		return bitsOf(packed, bit, int(width))
	}
	low := bitsOf(packed, bit, 32)
	return low | bitsOf(packed, bit+32, int(width)-32)<<32
}

// beginLengths begins texts that are stored one after another, after all their lengths.
func (v *values) beginLengths(c *cursor) error {
	lengths, rest, err := c.deltas(v.data, v.count)
	if err != nil {
		return err
	}
	if c.delta.spans, err = resize(c.delta.spans, v.count, 8, c.memory); err != nil {
		return err
	}
	at := 0
	for i, n := range lengths {
		if n < 0 || n > int64(len(rest)-at) {
			return damaged("a page ends within its values")
		}
		c.delta.spans[i] = span(at, int(n))
		at += int(n)
	}
	if at != len(rest) {
		return damaged("a page holds more than its values")
	}
	return v.beginDecoded(c, rest)
}

// beginPrefixes begins texts that each share a prefix with the previous text.
func (v *values) beginPrefixes(c *cursor) error {
	shared, rest, err := c.deltas(v.data, v.count)
	if err != nil {
		return err
	}
	c.delta.numbers, c.delta.more = c.delta.more, c.delta.numbers
	lengths, rest, err := c.deltas(rest, v.count)
	if err != nil {
		return err
	}
	size := int64(0)
	for i, n := range lengths {
		if size += shared[i] + n; n < 0 || shared[i] < 0 || size < 0 || n > MaxPage || shared[i] > MaxPage {
			return damaged("a page ends within its values")
		}
		if size > MaxPage {
			return tooMuch("the values of a page take more than MaxPage, %d bytes", MaxPage)
		}
	}
	out, err := c.scratch(int(size))
	if err != nil {
		return err
	}
	if c.delta.spans, err = resize(c.delta.spans, v.count, 8, c.memory); err != nil {
		return err
	}
	last, at := 0, 0 // start and end of the previous text
	for i, n := range lengths {
		if int(shared[i]) > at-last || n > int64(len(rest)) {
			return damaged("a page ends within its values")
		}
		start := at
		at += copy(out[at:], out[last:last+int(shared[i])])
		at += copy(out[at:], rest[:n])
		rest, last = rest[n:], start
		c.delta.spans[i] = span(start, at-start)
	}
	if len(rest) > 0 {
		return damaged("a page holds more than its values")
	}
	return v.beginDecoded(c, out)
}

// beginDecoded begins values whose spans are in c.delta.spans. If the values are not text, it converts them to text.
func (v *values) beginDecoded(c *cursor, texts []byte) error {
	v.form, v.texts, v.all = decoded, texts, c.delta.spans
	if v.column.kind == text {
		return nil
	}
	v.arena = v.arena[:0]
	for i, s := range v.all {
		start, from, n := len(v.arena), int(s>>32), int(uint32(s))
		if v.column.width != 0 && v.column.width != n {
			return damaged("a value has %d bytes, but its type has %d", n, v.column.width)
		}
		var err error
		if v.arena, err = v.column.append(v.arena, texts[from:from+n]); err != nil {
			return err
		}
		v.all[i] = span(start, len(v.arena)-start)
	}
	v.texts = v.arena
	return nil
}
