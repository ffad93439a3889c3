package parquet

import (
	"encoding/binary"
	"math"
)

// compact reads Thrift's compact protocol, in which footers and page headers are written. The first failure is
// permanent: after it, reads return zero, and no bytes are left. The methods of compact allocate nothing, whatever
// sizes the data state.
type compact struct {
	data    []byte
	at      int
	isShort bool // the data ended too early
	isBad   bool // isShort is true, or the data are not valid
}

// The types of the compact protocol.
const (
	typeStop = iota
	typeTrue
	typeFalse
	typeByte
	typeI16
	typeI32
	typeI64
	typeDouble
	typeBinary
	typeList
	typeSet
	typeMap
	typeStruct
	typeUUID
)

func (c *compact) fail() {
	c.isBad, c.at = true, len(c.data)
}

func (c *compact) short() {
	c.isShort = true
	c.fail()
}

func (c *compact) byte() byte {
	if c.at >= len(c.data) {
		c.short()
		return 0
	}
	b := c.data[c.at]
	c.at++
	return b
}

func (c *compact) uvarint() uint64 {
	v, n := binary.Uvarint(c.data[c.at:])
	switch {
	case n == 0:
		c.short()
		return 0
	case n < 0:
		c.fail()
		return 0
	}
	c.at += n
	return v
}

// int returns an integer of any width.
func (c *compact) int() int64 {
	v := c.uvarint()
	return int64(v>>1) ^ -int64(v&1)
}

// int32 returns an integer of 32 bits. A wider integer is a failure.
func (c *compact) int32() int32 {
	v := c.int()
	if v < math.MinInt32 || v > math.MaxInt32 {
		c.fail()
		return 0
	}
	return int32(v)
}

// bytes returns a byte string, which aliases the data.
func (c *compact) bytes() []byte {
	n := c.uvarint()
	if n > uint64(len(c.data)-c.at) {
		c.short()
		return nil
	}
	b := c.data[c.at : c.at+int(n)]
	c.at += int(n)
	return b
}

// list returns the type and number of the elements that follow. Each element takes at least a byte.
func (c *compact) list() (kind byte, n int) {
	b := c.byte()
	size := uint64(b >> 4)
	if size == 15 {
		size = c.uvarint()
	}
	if size > uint64(len(c.data)-c.at) {
		c.short()
		return 0, 0
	}
	return b & 15, int(size)
}

// structure calls the function field for each field of a structure. The function reads the field, or returns false to
// skip it.
func (c *compact) structure(field func(id int16, kind byte) bool) {
	c.fields(maxDepth, field)
}

func (c *compact) fields(depth int, field func(id int16, kind byte) bool) {
	if depth == 0 {
		c.fail()
		return
	}
	last := int16(0)
	for !c.isBad {
		b := c.byte()
		kind := b & 15
		if kind == typeStop {
			return
		}
		if delta := int16(b >> 4); delta != 0 {
			last += delta
		} else {
			last = int16(c.int())
		}
		if !field(last, kind) {
			c.skip(kind, depth-1, false)
		}
	}
}

// skip skips a value of the given type. A boolean field is encoded in its type; a boolean list element takes a byte.
func (c *compact) skip(kind byte, depth int, inList bool) {
	if depth == 0 {
		c.fail()
		return
	}
	switch kind {
	case typeTrue, typeFalse:
		if inList {
			c.byte()
		}
	case typeByte:
		c.byte()
	case typeI16, typeI32, typeI64:
		c.uvarint()
	case typeDouble:
		c.pass(8)
	case typeUUID:
		c.pass(16)
	case typeBinary:
		c.bytes()
	case typeList, typeSet:
		element, n := c.list()
		for range n {
			if c.isBad {
				return
			}
			c.skip(element, depth-1, true)
		}
	case typeMap:
		n := c.uvarint()
		if n == 0 {
			return
		}
		kinds := c.byte()
		for ; n > 0 && !c.isBad; n-- {
			c.skip(kinds>>4, depth-1, true)
			c.skip(kinds&15, depth-1, true)
		}
	case typeStruct:
		c.fields(depth, func(int16, byte) bool { return false })
	default:
		c.fail()
	}
}

func (c *compact) pass(n int) {
	if n > len(c.data)-c.at {
		c.short()
		return
	}
	c.at += n
}
