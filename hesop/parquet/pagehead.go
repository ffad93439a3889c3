package parquet

import "github.com/parquet-go/parquet-go/format"

// pageHead is the header of a page, without statistics.
type pageHead struct {
	kind                     format.PageType
	size, compressed         int32
	crc                      int32
	hasCRC                   bool
	values, nulls, rows      int32 // nulls and rows are in data pages of version 2 only
	encoding, levelsEncoding format.Encoding
	levels, repetitions      int32 // sizes in bytes of the levels of data pages of version 2
	isPlain                  bool  // values are not compressed
}

// parsePageHead parses the page header at the start of data. n is the length of the header. isShort means that data may
// have ended within the header.
func parsePageHead(data []byte) (h pageHead, n int, isShort bool, err error) {
	c := &compact{data: data}
	h = pageHead{kind: -1, size: -1, compressed: -1, values: -1}
	c.structure(func(id int16, kind byte) bool {
		switch {
		case id == 1 && kind == typeI32:
			h.kind = format.PageType(c.int32())
		case id == 2 && kind == typeI32:
			h.size = c.int32()
		case id == 3 && kind == typeI32:
			h.compressed = c.int32()
		case id == 4 && kind == typeI32:
			h.crc, h.hasCRC = c.int32(), true
		case id >= 5 && id <= 8 && kind == typeStruct && id == headerOf(h.kind):
			h.read(c, id)
		default:
			return false
		}
		return true
	})
	switch {
	case c.isShort:
		return h, 0, true, nil
	case c.isBad || h.size < 0 || h.compressed < 0 || h.kind < 0 || h.kind != format.IndexPage && h.values < 0:
		return h, 0, false, damaged("the header of a page cannot be parsed")
	case h.size > MaxPage || h.compressed > MaxPage:
		return h, 0, false, tooMuch("a page has %d bytes, and MaxPage is %d: write it with smaller row groups",
			max(h.size, h.compressed), MaxPage)
	}
	return h, c.at, false, nil
}

// headerOf returns the number of the field that holds the header for one kind of page.
func headerOf(kind format.PageType) int16 {
	switch kind {
	case format.DataPage:
		return 5
	case format.IndexPage:
		return 6
	case format.DictionaryPage:
		return 7
	case format.DataPageV2:
		return 8
	default:
		return 0
	}
}

// read reads the part of the header that depends on the kind of page.
func (h *pageHead) read(c *compact, header int16) {
	c.structure(func(id int16, kind byte) bool {
		if header == headerOf(format.DataPageV2) && id == 7 {
			h.isPlain = kind == typeFalse
			return true
		}
		if kind != typeI32 {
			return false
		}
		v := c.int32
		switch {
		case id == 1:
			h.values = v()
		case header == 8 && id == 2:
			h.nulls = v()
		case header == 8 && id == 3:
			h.rows = v()
		case header == 8 && id == 4, header != 8 && id == 2:
			h.encoding = format.Encoding(v())
		case header == 8 && id == 5:
			h.levels = v()
		case header == 8 && id == 6:
			h.repetitions = v()
		case header == 5 && id == 3:
			h.levelsEncoding = format.Encoding(v())
		default:
			return false
		}
		return true
	})
}
