package match

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
)

// The binary form of Totals, numbers as unsigned varints:
//
//	magic, fingerprint of the Matcher in 32 bytes
//	Disagreements, Unrecognised, the four byCoded
//	number of lists; for each its needs, matched, open, undecided
//	CRC-32 (Castagnoli) of all before, little-endian
//
// Rows and Coded follow from byCoded.
const (
	totalsMagic     = "hesopmatch totals 1\n"
	fingerprintSize = 32
	leastOfList     = 10      // bytes
	mostCounted     = 1 << 48 // of anything, so that sums of parts cannot overflow
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// MarshalBinary returns a form that UnmarshalBinary reads, in this process or another. It carries the fingerprint of
// the Matcher. encoding/gob uses it.
func (t *Totals) MarshalBinary() ([]byte, error) {
	if t == nil || !t.isMade() {
		return nil, errors.New("match: the Totals are nil or zero: NewTotals makes them")
	}
	fingerprint, err := hex.DecodeString(t.fingerprint())
	if err != nil {
		return nil, err
	}
	b := append([]byte(totalsMagic), fingerprint...)
	add := func(numbers ...int64) {
		for _, n := range numbers {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	add(t.Disagreements, t.Unrecognised)
	add(t.byCoded[:]...)
	add(int64(len(t.lists)))
	for i := range t.lists {
		l := &t.lists[i]
		b = append(b, byte(t.needs[i]))
		add(l.matched[:]...)
		add(l.open[:]...)
		add(l.undecided)
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	if back, err := readTotals(b); err != nil || back.Rows != t.Rows || back.Coded != t.Coded {
		return nil, errors.New("match: the Totals do not add up: somebody has set their fields")
	}
	return b, nil
}

// UnmarshalBinary replaces t by what MarshalBinary returned. It fails, and leaves t as it is, for data that are
// damaged.
//
// Totals that NewTotals made read only Totals of a Matcher with the same Fingerprint; others are an error. Zero
// Totals, such as gob and JSON make for a field, read any. They have no Matcher: they print, count and merge, and Add
// panics. Merge then holds their fingerprint against that of the other Totals.
func (t *Totals) UnmarshalBinary(data []byte) error {
	if t == nil {
		return errors.New("match: the Totals are nil: NewTotals makes them")
	}
	read, err := readTotals(data)
	if err != nil {
		return fmt.Errorf("match: reading Totals: %w", err)
	}
	if t.m != nil {
		if own := t.m.Fingerprint(); own != read.read {
			return fmt.Errorf("match: reading Totals: they are of other lists, of these in another order, or "+
				"PrimaryOnly where these are not: their fingerprint is %s, and that of this Matcher %s", read.read, own)
		}
		if !bytes.Equal(asBytes(t.needs), asBytes(read.needs)) {
			return errors.New("match: reading Totals: not what MarshalBinary wrote")
		}
	}
	t.Rows, t.Coded, t.Disagreements, t.Unrecognised = read.Rows, read.Coded, read.Disagreements, read.Unrecognised
	t.byCoded, t.lists, t.needs = read.byCoded, read.lists, read.needs
	if t.m == nil {
		t.read = read.read
	}
	return nil
}

func asBytes(needs []codedIn) (b []byte) {
	for _, n := range needs {
		b = append(b, byte(n))
	}
	return b
}

var (
	errTotalsForm   = errors.New("not the binary form of Totals, or of another version of this library")
	errTotalsDamage = errors.New("damaged or cut short")
)

// readTotals reads what MarshalBinary wrote.
func readTotals(data []byte) (*Totals, error) {
	rest, ok := bytes.CutPrefix(data, []byte(totalsMagic))
	if !ok {
		return nil, errTotalsForm
	}
	n := len(data) - crc32.Size
	if len(rest) < fingerprintSize+crc32.Size ||
		binary.LittleEndian.Uint32(data[n:]) != crc32.Checksum(data[:n], castagnoli) {
		return nil, errTotalsDamage
	}
	t := &Totals{read: hex.EncodeToString(rest[:fingerprintSize])}
	r := numberReader{rest: rest[fingerprintSize : len(rest)-crc32.Size]}
	r.read(&t.Disagreements, &t.Unrecognised)
	for coded := range t.byCoded {
		r.read(&t.byCoded[coded])
		t.Rows += t.byCoded[coded]
	}
	t.Coded = t.Rows - t.byCoded[0]
	var lists int64
	r.read(&lists)
	if lists > int64(len(r.rest)/leastOfList) {
		return nil, errTotalsDamage
	}
	t.needs, t.lists = make([]codedIn, lists), make([]listTotals, lists)
	for i := range t.lists {
		l := &t.lists[i]
		t.needs[i] = codedIn(r.byte())
		for coded := range l.matched {
			r.read(&l.matched[coded])
		}
		for coded := range l.open {
			r.read(&l.open[coded])
			r.wrong = r.wrong || l.matched[coded]+l.open[coded] > t.byCoded[coded]
		}
		r.read(&l.undecided)
		r.wrong = r.wrong || l.undecided > t.Rows || t.needs[i] == 0 || t.needs[i] > 3
	}
	if r.wrong || len(r.rest) > 0 {
		return nil, errTotalsDamage
	}
	return t, nil
}

// numberReader reads numbers. Behind the first that is none it reads zeros.
type numberReader struct {
	rest  []byte
	wrong bool
}

func (r *numberReader) read(numbers ...*int64) {
	for _, to := range numbers {
		n, size := binary.Uvarint(r.rest)
		if size <= 0 || n > mostCounted {
			r.wrong, r.rest = true, nil
			return
		}
		*to, r.rest = int64(n), r.rest[size:]
	}
}

func (r *numberReader) byte() (b byte) {
	if len(r.rest) == 0 {
		r.wrong = true
		return 0
	}
	b, r.rest = r.rest[0], r.rest[1:]
	return b
}

// MarshalText returns the binary form in base64, for JSON, XML and their like. What Counts returns has names that
// people can read.
func (t *Totals) MarshalText() ([]byte, error) {
	b, err := t.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText reads what MarshalText returned, as UnmarshalBinary does.
func (t *Totals) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return fmt.Errorf("match: reading Totals: %w", err)
	}
	return t.UnmarshalBinary(b)
}
