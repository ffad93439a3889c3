package parquet

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go/format"
)

// kind is how a value becomes text.
type kind uint8

// The kinds. A value of kind 0 has no text form.
const (
	text kind = iota + 1 // the bytes of the value are its text
	boolean
	signed32
	signed64
	unsigned32
	unsigned64
	float
	double
	date
	stampMillis
	stampMicros
	stampNanos
	stamp96
	timeMillis
	timeMicros
	timeNanos
	decimal
	uuid
)

var (
	errDigits = withoutText("a floating point number that does not hold all digits")
	errNaN    = withoutText("NaN")
	errYear   = withoutText("a date outside the years 0 to 9999")
	errTime   = withoutText("a time of day outside the day")
	errLong   = withoutText("a decimal of more than 38 digits")
)

func withoutText(what string) error {
	return fmt.Errorf("%s %w: cast the column to text when writing the file", what, ErrType)
}

// noDigits returns the error for a floating point number that has no text form.
func noDigits(v float64) error {
	if math.IsNaN(v) {
		return errNaN
	}
	return errDigits
}

// append appends the text of a value of any kind other than text. raw is the value in the plain encoding.
func (c *column) append(dst, raw []byte) ([]byte, error) {
	switch c.kind {
	case boolean:
		return append(dst, '0'+raw[0]&1), nil
	case signed32:
		return strconv.AppendInt(dst, int64(number32(raw)), 10), nil
	case signed64:
		return strconv.AppendInt(dst, number64(raw), 10), nil
	case unsigned32:
		return strconv.AppendUint(dst, uint64(uint32(number32(raw))), 10), nil
	case unsigned64:
		return strconv.AppendUint(dst, uint64(number64(raw)), 10), nil
	case float:
		v := float64(math.Float32frombits(uint32(number32(raw))))
		if !(math.Abs(v) < 1<<24) {
			return dst, noDigits(v)
		}
		return strconv.AppendFloat(dst, v, 'f', -1, 32), nil
	case double:
		v := math.Float64frombits(uint64(number64(raw)))
		if !(math.Abs(v) < 1<<53) {
			return dst, noDigits(v)
		}
		return strconv.AppendFloat(dst, v, 'f', -1, 64), nil
	case date:
		return appendStamp(dst, int64(number32(raw))*86400, 0)
	case stampMillis:
		return appendUnits(dst, number64(raw), 1000)
	case stampMicros:
		return appendUnits(dst, number64(raw), 1_000_000)
	case stampNanos:
		return appendUnits(dst, number64(raw), 1_000_000_000)
	case stamp96:
		return appendJulian(dst, raw)
	case timeMillis:
		return appendClock(dst, int64(number32(raw)), 1000)
	case timeMicros:
		return appendClock(dst, number64(raw), 1_000_000)
	case timeNanos:
		return appendClock(dst, number64(raw), 1_000_000_000)
	case decimal:
		return c.appendDecimal(dst, raw)
	case uuid:
		return appendUUID(dst, raw), nil
	default:
		return append(dst, raw...), nil
	}
}

func number32(raw []byte) int32 { return int32(binary.LittleEndian.Uint32(raw)) }
func number64(raw []byte) int64 { return int64(binary.LittleEndian.Uint64(raw)) }

// appendUnits appends a time given in units since 1970. perSecond is the number of units in a second.
func appendUnits(dst []byte, v, perSecond int64) ([]byte, error) {
	seconds, rest := v/perSecond, v%perSecond
	if rest < 0 {
		seconds, rest = seconds-1, rest+perSecond
	}
	return appendStamp(dst, seconds, rest*(1_000_000_000/perSecond))
}

// The first seconds of the years 0 and 10000.
const (
	firstSecond = -62167219200
	afterLast   = 253402300800
)

// appendStamp appends a date and time, or the date alone if the time is midnight. Package hesop does the same for
// queries.
func appendStamp(dst []byte, seconds, nanos int64) ([]byte, error) {
	if seconds < firstSecond || seconds >= afterLast {
		return dst, errYear
	}
	layout := "2006-01-02 15:04:05.999999999"
	if seconds%86400 == 0 && nanos == 0 {
		layout = time.DateOnly
	}
	return time.Unix(seconds, nanos).UTC().AppendFormat(dst, layout), nil
}

// appendJulian appends a time that an old program wrote as the nanoseconds of the day, then the Julian day number.
func appendJulian(dst, raw []byte) ([]byte, error) {
	const dayOf1970, nanosOfDay = 2440588, 86400 * 1_000_000_000
	nanos, day := number64(raw), int64(number32(raw[8:]))
	if nanos < 0 || nanos >= nanosOfDay {
		return dst, errTime
	}
	return appendStamp(dst, (day-dayOf1970)*86400+nanos/1_000_000_000, nanos%1_000_000_000)
}

// appendClock appends a time of day.
func appendClock(dst []byte, v, perSecond int64) ([]byte, error) {
	if v < 0 || v/perSecond >= 86400 {
		return dst, errTime
	}
	at := time.Unix(v/perSecond, v%perSecond*(1_000_000_000/perSecond)).UTC()
	return at.AppendFormat(dst, "15:04:05.999999999"), nil
}

// appendDecimal appends a decimal. Its scale gives the number of digits after the point.
func (c *column) appendDecimal(dst, raw []byte) ([]byte, error) {
	start := len(dst)
	var number [8]byte // big-endian, as in decimals of other types
	switch c.physical {
	case format.Int32:
		binary.BigEndian.PutUint64(number[:], uint64(int64(number32(raw))))
		raw = number[:]
	case format.Int64:
		binary.BigEndian.PutUint64(number[:], uint64(number64(raw)))
		raw = number[:]
	default:
	}
	for len(raw) > 16 && raw[0] == byte(int8(raw[1])>>7) { // a redundant byte of sign extension
		raw = raw[1:]
	}
	if len(raw) > 16 {
		return dst, errLong
	}
	dst, isNegative := appendWide(dst, raw)
	return pointed(dst, start, c.scale, isNegative), nil
}

// appendWide appends the digits of a big-endian number of up to 16 bytes in two's complement, without its sign.
func appendWide(dst, raw []byte) (digits []byte, isNegative bool) {
	isNegative = len(raw) > 0 && raw[0]&0x80 != 0
	var high, low uint64
	if isNegative {
		high, low = math.MaxUint64, math.MaxUint64
	}
	for _, b := range raw {
		high, low = high<<8|low>>56, low<<8|uint64(b)
	}
	if isNegative {
		var borrow uint64
		low, borrow = bits.Sub64(0, low, 0)
		high, _ = bits.Sub64(0, high, borrow)
	}
	if high == 0 {
		return strconv.AppendUint(dst, low, 10), isNegative
	}
	const e19 = 10_000_000_000_000_000_000 // high is at most 2^63
	front, back := bits.Div64(high, low, e19)
	dst = strconv.AppendUint(dst, front, 10)
	var zeros [19]byte
	last := strconv.AppendUint(zeros[:0], back, 10)
	for range 19 - len(last) {
		dst = append(dst, '0')
	}
	return append(dst, last...), isNegative
}

// pointed inserts a sign and a point into the digits that begin at index start of dst.
func pointed(dst []byte, start, scale int, isNegative bool) []byte {
	var digits [64]byte // a number of 16 bytes has at most 39 digits
	all := digits[:copy(digits[:], dst[start:])]
	dst = dst[:start]
	if isNegative {
		dst = append(dst, '-')
	}
	whole := len(all) - scale
	if whole <= 0 {
		dst = append(dst, '0')
	} else {
		dst = append(dst, all[:whole]...)
	}
	if scale == 0 {
		return dst
	}
	dst = append(dst, '.')
	for ; whole < 0; whole++ {
		dst = append(dst, '0')
	}
	return append(dst, all[whole:]...)
}

func appendUUID(dst, raw []byte) []byte {
	for i, part := range [][]byte{raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:16]} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, part)
	}
	return dst
}
