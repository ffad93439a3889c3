package parquet

import (
	"fmt"
	"hash/crc32"
	"math"

	"github.com/parquet-go/parquet-go/format"
)

// cursor reads one column of a row group, from its first row to its last.
type cursor struct {
	column *column
	number int // index of the column in the row
	chunk  chunk
	window window
	memory *memory // shared by all columns of the row group
	codecs *codecs

	rows int // number of rows in the pages that were not yet read
	left int // number of rows of the current page that were not yet read

	levels  hybrid // which rows of the page have a value; used if isMixed
	isMixed bool   // at least one row of the page has no value
	hasNone bool   // no row of the page has a value
	values  values

	hasPages   bool
	dictionary []uint64 // spans in dictText; nil without a dictionary
	dictText   []byte
	page       []byte // buffer for decompressed pages
	delta      deltaBuffers
}

// open prepares the cursor for a row group.
func (c *cursor) open(f *footer, g group) error {
	c.chunk = g.chunks[c.column.leaf]
	if g.rows > math.MaxInt32 {
		return tooMuch("a row group has %d rows", g.rows)
	}
	c.rows = int(g.rows)
	c.window.at = c.chunk.start
	c.window.soft, c.window.end = c.chunk.start+c.chunk.size, f.end
	return checkCodec(c.chunk.codec)
}

// nextPage reads pages until one has rows.
func (c *cursor) nextPage() error {
	if err := c.values.end(); err != nil {
		return err
	}
	for c.left == 0 {
		if c.rows == 0 {
			return damaged("it has fewer rows than the row group")
		}
		head, err := c.head()
		if err != nil {
			return err
		}
		body, err := c.window.peek(int(head.compressed), c.memory)
		if err != nil {
			return err
		}
		switch {
		case len(body) < int(head.compressed):
			return damaged("a page ends outside the data of the file")
		case head.hasCRC && crc32.ChecksumIEEE(body) != uint32(head.crc):
			return damaged("the checksum of a page is wrong")
		}
		c.window.pass(len(body))
		if err := c.read(&head, body); err != nil {
			return err
		}
	}
	return nil
}

// head reads the header of a page.
func (c *cursor) head() (pageHead, error) {
	for n := 256; ; n *= 4 {
		data, err := c.window.peek(n, c.memory)
		if err != nil {
			return pageHead{}, err
		}
		head, length, isShort, err := parsePageHead(data)
		switch {
		case err != nil:
			return head, err
		case !isShort:
			c.window.pass(length)
			return head, nil
		case len(data) < n:
			return head, damaged("a page begins outside the data of the file")
		case n >= MaxPageHeader:
			return head, tooMuch("the header of a page has more than MaxPageHeader, %d bytes", MaxPageHeader)
		}
	}
}

// read parses a page.
func (c *cursor) read(head *pageHead, body []byte) error {
	isFirst := !c.hasPages
	c.hasPages = true
	switch head.kind {
	case format.DictionaryPage:
		if !isFirst {
			return damaged("a dictionary is not at the start of the column")
		}
		return c.readDictionary(head, body)
	case format.DataPage:
		return c.readData(head, body)
	case format.DataPageV2:
		return c.readDataV2(head, body)
	case format.IndexPage:
		c.hasPages = !isFirst
		return nil
	default:
		return damaged("a page is of kind %d, which does not exist", int32(head.kind))
	}
}

// decompress returns the contents of a page. The contents must be size bytes long. isPlain means that the page is not
// compressed.
func (c *cursor) decompress(body []byte, size int, isPlain bool) ([]byte, error) {
	if isPlain || c.chunk.codec == format.Uncompressed {
		if len(body) != size {
			return nil, damaged("a page has %d bytes, but its header states %d", len(body), size)
		}
		return body, nil
	}
	if size == 0 { // a page without values
		return nil, nil
	}
	if !plausible(c.chunk.codec, size, body) {
		return nil, damaged("a page states a size that its compressed bytes cannot expand to (%v)", c.chunk.codec)
	}
	var err error
	if c.page, err = resize(c.page, size, 1, c.memory); err != nil {
		return nil, err
	}
	return c.page, c.codecs.decode(c.chunk.codec, c.page, body)
}

// readData reads a data page: levels and values, compressed together.
func (c *cursor) readData(head *pageHead, body []byte) error {
	data, err := c.decompress(body, int(head.size), false)
	if err != nil {
		return err
	}
	levels := []byte(nil)
	if c.column.isOptional {
		if head.levelsEncoding != format.RLE {
			return fmt.Errorf("%w: its nulls are in an obsolete encoding", ErrFormat)
		}
		if levels, data, err = prefixed(data); err != nil {
			return err
		}
	}
	return c.begin(head, levels, data)
}

// prefixed splits data into a part, whose length is in the first 4 bytes, and the rest.
func prefixed(data []byte) (part, rest []byte, err error) {
	if len(data) >= 4 {
		if n := uint32(number32(data)); uint64(n) <= uint64(len(data)-4) {
			return data[4 : 4+n], data[4+n:], nil
		}
	}
	return nil, nil, damaged("a page ends within its levels")
}

// readDataV2 reads a data page of version 2: uncompressed levels, then values.
func (c *cursor) readDataV2(head *pageHead, body []byte) error {
	// Some writers state repetition levels even for a column that is not a list.
	skipped := int(head.repetitions)
	n := skipped + int(head.levels)
	switch {
	case skipped < 0 || head.levels < 0 || n < 0 || n > len(body) || n > int(head.size):
		return damaged("a page ends within its levels")
	case head.rows != head.values:
		return damaged("a page has %d rows of %d values", head.rows, head.values)
	}
	data, err := c.decompress(body[n:], int(head.size)-n, head.isPlain)
	if err != nil {
		return err
	}
	if err := c.begin(head, body[skipped:n], data); err != nil {
		return err
	}
	if nulls := c.left - c.values.count; int(head.nulls) != nulls {
		return damaged("a page has %d nulls, but its header states %d", nulls, head.nulls)
	}
	return nil
}

// begin makes a page the current one.
func (c *cursor) begin(head *pageHead, levels, data []byte) error {
	rows := int(head.values)
	if rows > c.rows {
		return damaged("it has more rows than the row group")
	}
	present := rows
	if c.column.isOptional {
		c.levels.start(levels, 1)
		if present = c.levels.ones(rows); present < 0 {
			return damaged("the levels of a page cannot be parsed")
		}
	}
	c.rows, c.left = c.rows-rows, rows
	c.isMixed, c.hasNone = present < rows, present == 0
	return c.values.begin(c, head.encoding, data, present)
}

// readDictionary reads the values that pages refer to by number.
func (c *cursor) readDictionary(head *pageHead, body []byte) error {
	if head.encoding != format.Plain && head.encoding != oldDictionary {
		return damaged("a dictionary is in the encoding %v", head.encoding)
	}
	data, err := c.decompress(body, int(head.size), false)
	if err != nil {
		return err
	}
	if c.column.kind == boolean || int64(head.values) > int64(head.size) {
		return damaged("a dictionary has %d values in %d bytes", head.values, head.size)
	}
	if c.column.kind != text && int(head.values) > maxNumbers {
		return tooMuch("a dictionary has %d numbers, and the most is %d", head.values, maxNumbers)
	}
	if c.column.kind == text { // the spans refer to this page, so later pages get another buffer
		c.dictText, c.page = data, nil
		if c.chunk.codec == format.Uncompressed {
			if err := c.memory.take(len(data)); err != nil {
				return err
			}
			c.dictText = append([]byte(nil), data...)
		}
		data = c.dictText
	}
	var v values
	if err := v.begin(c, format.Plain, data, int(head.values)); err != nil {
		return err
	}
	if c.dictionary, err = resize(c.dictionary, int(head.values), 8, c.memory); err != nil {
		return err
	}
	texts, err := v.next(c.dictionary)
	if err != nil {
		return err
	}
	if c.column.kind != text {
		if err := c.memory.take(cap(texts)); err != nil {
			return err
		}
		c.dictText = texts
	}
	return v.end()
}

// fill reads the next n rows. For each row that has a value, it sets a bit of the argument present. It returns the
// spans of these values and the bytes that the spans refer to, or no spans if no row has a value. n must not exceed the
// number of rows left in the page.
func (c *cursor) fill(n int, present, spans []uint64) ([]uint64, []byte, error) {
	c.left -= n
	if c.hasNone {
		return nil, nil, nil
	}
	count := n
	if c.isMixed {
		if !c.levels.set(present, n) {
			return nil, nil, damaged("the levels of a page cannot be parsed")
		}
		if count = countOnes(present); count == 0 {
			return nil, nil, nil
		}
	} else {
		setOnes(present, 0, n)
	}
	spans = spans[:count]
	texts, err := c.values.next(spans)
	return spans, texts, err
}
