package parquet

import (
	"fmt"
	"strconv"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// column is a column of the table: a child of the schema's root.
type column struct {
	name       string
	leaf       int // index of the column's chunk in a row group
	isOptional bool
	kind       kind
	physical   format.Type
	width      int    // bytes of a value; 0 if values differ in width
	scale      int    // of a decimal
	isUTC      bool   // a timestamp in UTC
	why        string // why the column cannot be read; "" if it can
}

// leaf is a column of the file. A nested column of the table has any number of leaves.
type leaf struct {
	column   string // the column of the table
	name     string
	physical format.Type
	isFlat   bool
}

// schema reads the elements of the schema in a footer. They are a tree in depth-first order.
type schema struct {
	elements []element
	at       int // the next element
	leaves   []leaf
}

// element is a node of the schema.
type element struct {
	name       []byte
	physical   format.Type // -1 for a group
	width      int32
	repetition format.FieldRepetitionType
	children   int32
	converted  deprecated.ConvertedType // -1 for none
	logical    int16                    // field number in the union of logical types; 0 for none
	unit       int16                    // of a time: field number in the union of time units
	isUTC      bool                     // of a time
	bits       int64                    // of an integer
	isSigned   bool
	scale      int32
	precision  int32
}

// read reads the list of elements.
func (s *schema) read(c *compact) error {
	kind, n := c.list()
	switch {
	case kind != typeStruct || n == 0:
		return damaged("its footer has no schema")
	case n-1 > MaxColumns:
		return tooMuch("the file has %d columns, and MaxColumns is %d", n-1, MaxColumns)
	}
	s.elements = make([]element, n)
	for i := range s.elements {
		s.elements[i].read(c)
		if c.isBad {
			return damaged("element %d of the schema cannot be parsed", i+1)
		}
	}
	return nil
}

func (e *element) read(c *compact) {
	e.physical, e.converted = -1, -1
	c.structure(func(id int16, kind byte) bool {
		switch {
		case id == 4 && kind == typeBinary:
			e.name = c.bytes()
			return true
		case id == 10 && kind == typeStruct:
			e.readLogical(c)
			return true
		case kind != typeI32:
			return false
		}
		switch id {
		case 1:
			e.physical = format.Type(c.int32())
		case 2:
			e.width = c.int32()
		case 3:
			e.repetition = format.FieldRepetitionType(c.int32())
		case 5:
			e.children = c.int32()
		case 6:
			e.converted = deprecated.ConvertedType(c.int32())
		case 7:
			e.scale = c.int32()
		case 8:
			e.precision = c.int32()
		default:
			return false
		}
		return true
	})
}

// The field numbers in the union of logical types.
const (
	logicalString    = 1
	logicalEnum      = 4
	logicalDecimal   = 5
	logicalDate      = 6
	logicalTime      = 7
	logicalTimestamp = 8
	logicalInteger   = 10
	logicalUnknown   = 11 // a column that is all null
	logicalJSON      = 12
	logicalUUID      = 14
)

// The field numbers in the union of time units.
const (
	milliseconds = 1
	microseconds = 2
	nanoseconds  = 3
)

func (e *element) readLogical(c *compact) {
	c.structure(func(id int16, kind byte) bool {
		e.logical = id
		if kind != typeStruct {
			return false
		}
		c.structure(func(field int16, kind byte) bool {
			switch {
			case id == logicalDecimal && field == 1 && kind == typeI32:
				e.scale = c.int32()
			case id == logicalDecimal && field == 2 && kind == typeI32:
				e.precision = c.int32()
			case id == logicalInteger && field == 1 && kind == typeByte:
				e.bits = int64(c.byte())
			case id == logicalInteger && field == 2 && (kind == typeTrue || kind == typeFalse):
				e.isSigned = kind == typeTrue
			case (id == logicalTime || id == logicalTimestamp) && field == 1 && (kind == typeTrue || kind == typeFalse):
				e.isUTC = kind == typeTrue
			case (id == logicalTime || id == logicalTimestamp) && field == 2 && kind == typeStruct:
				c.structure(func(unit int16, _ byte) bool {
					e.unit = unit
					return false
				})
			default:
				return false
			}
			return true
		})
		return true
	})
}

// columns returns the children of the root, and collects the leaves.
func (s *schema) columns() ([]column, error) {
	s.at = 1
	columns := []column{}
	for range s.elements[0].children {
		if s.at >= len(s.elements) {
			return nil, damaged("its schema has fewer columns than it states")
		}
		e := &s.elements[s.at]
		c := column{name: string(e.name), leaf: len(s.leaves), physical: e.physical}
		switch {
		case e.physical < 0:
			c.why = "is nested"
		case e.repetition == format.Repeated:
			c.why = "is a list"
		default:
			c.read(e)
		}
		isFlat := e.physical >= 0 && e.repetition != format.Repeated
		if err := s.pass(c.name, isFlat); err != nil {
			return nil, err
		}
		columns = append(columns, c)
	}
	if s.at != len(s.elements) {
		return nil, damaged("its schema has more columns than it states")
	}
	return columns, nil
}

// pass moves past an element and its descendants, and collects their leaves.
func (s *schema) pass(column string, isFlat bool) error {
	for open := int64(1); open > 0; s.at++ {
		if s.at >= len(s.elements) {
			return damaged("its schema has fewer columns than it states")
		}
		e := &s.elements[s.at]
		open--
		if e.physical >= 0 {
			s.leaves = append(s.leaves, leaf{column, string(e.name), e.physical, isFlat})
			continue
		}
		if e.children < 0 {
			return damaged("its schema cannot be parsed")
		}
		open += int64(e.children)
	}
	return nil
}

// read decides how the values of a column become text.
func (c *column) read(e *element) {
	c.isOptional = e.repetition == format.Optional
	c.scale = int(e.scale)
	switch e.physical {
	case format.Boolean, format.ByteArray:
	case format.Int32, format.Float:
		c.width = 4
	case format.Int64, format.Double:
		c.width = 8
	case format.Int96:
		c.width = 12
	case format.FixedLenByteArray:
		c.width = int(e.width)
	}
	c.kind = e.kind()
	switch c.kind {
	case stampMillis, stampMicros, stampNanos:
		c.isUTC = e.isUTC || e.logical == 0 // the older converted types are always in UTC
	case stamp96:
		c.isUTC = true // as Spark writes it
	default:
	}
	switch {
	case c.kind == 0:
		c.why = "is of the type " + e.String()
	case c.kind == decimal && (e.scale < 0 || e.scale > maxScale):
		c.why = "is a decimal of too many digits"
	case e.physical == format.FixedLenByteArray && e.width <= 0:
		c.why = "has an impossible width"
	}
}

// kind returns how the values of a leaf become text, or 0 if they have no text form.
func (e *element) kind() kind {
	logical, unit, isSigned, bits := e.annotation()
	switch e.physical {
	case format.Boolean:
		return onlyFor(logical, 0, boolean)
	case format.Int32:
		switch {
		case logical == logicalDecimal:
			return decimal
		case logical == logicalDate:
			return date
		case logical == logicalTime && unit == milliseconds:
			return timeMillis
		case logical == logicalInteger && !isSigned && bits <= 32:
			return unsigned32
		}
		return onlyFor(logical, logicalInteger, signed32)
	case format.Int64:
		switch {
		case logical == logicalDecimal:
			return decimal
		case logical == logicalTimestamp && unit >= milliseconds && unit <= nanoseconds:
			return [...]kind{stampMillis, stampMicros, stampNanos}[unit-milliseconds]
		case logical == logicalTime && unit >= microseconds && unit <= nanoseconds:
			return [...]kind{timeMicros, timeNanos}[unit-microseconds]
		case logical == logicalInteger && !isSigned:
			return unsigned64
		}
		return onlyFor(logical, logicalInteger, signed64)
	case format.Int96:
		return onlyFor(logical, 0, stamp96)
	case format.Float:
		return onlyFor(logical, 0, float)
	case format.Double:
		return onlyFor(logical, 0, double)
	case format.ByteArray:
		switch logical {
		case logicalDecimal:
			return decimal
		case 0, logicalString, logicalEnum, logicalJSON, logicalUnknown:
			return text
		}
	case format.FixedLenByteArray:
		switch {
		case logical == logicalDecimal:
			return decimal
		case logical == logicalUUID && e.width == 16:
			return uuid
		}
	}
	return 0
}

// onlyFor returns k if a column has no annotation, if it has the one annotation that fits k, or if the annotation marks
// a column that is all null. Otherwise it returns 0.
func onlyFor(logical, one int16, k kind) kind {
	if logical == 0 || logical == one || logical == logicalUnknown {
		return k
	}
	return 0
}

// annotation returns the logical type. If there is none, it returns the logical type that the older converted type
// means.
func (e *element) annotation() (logical, unit int16, isSigned bool, bits int64) {
	if e.logical != 0 {
		return e.logical, e.unit, e.isSigned, e.bits
	}
	switch e.converted {
	case -1:
		return 0, 0, false, 0
	case deprecated.UTF8:
		return logicalString, 0, false, 0
	case deprecated.Enum:
		return logicalEnum, 0, false, 0
	case deprecated.Json:
		return logicalJSON, 0, false, 0
	case deprecated.Decimal:
		return logicalDecimal, 0, false, 0
	case deprecated.Date:
		return logicalDate, 0, false, 0
	case deprecated.TimeMillis, deprecated.TimeMicros:
		return logicalTime, int16(e.converted-deprecated.TimeMillis) + milliseconds, false, 0
	case deprecated.TimestampMillis, deprecated.TimestampMicros:
		return logicalTimestamp, int16(e.converted-deprecated.TimestampMillis) + milliseconds, false, 0
	case deprecated.Uint8, deprecated.Uint16, deprecated.Uint32, deprecated.Uint64:
		return logicalInteger, 0, false, 8 << (e.converted - deprecated.Uint8)
	case deprecated.Int8, deprecated.Int16, deprecated.Int32, deprecated.Int64:
		return logicalInteger, 0, true, 8 << (e.converted - deprecated.Int8)
	default:
		return -1, 0, false, 0
	}
}

// String returns the type in the terms of the format.
func (e *element) String() string {
	name := "number " + strconv.Itoa(int(e.physical))
	if e.physical <= format.FixedLenByteArray {
		name = e.physical.String()
	}
	switch {
	case e.logical != 0:
		name += fmt.Sprintf(" with the logical type %d", e.logical)
	case e.converted >= 0:
		name += fmt.Sprintf(" with the converted type %d", e.converted)
	}
	return name
}
