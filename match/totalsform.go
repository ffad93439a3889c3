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

// The binary form of Totals, with numbers as unsigned varints:
//
//	magic, fingerprint of the Matcher in 32 bytes
//	Disagreements, Unrecognised, the four numbers of byCoded
//	number of lists; for each list its needs, matched, open, undecided
//	CRC-32 (Castagnoli) of everything before it, little-endian
//
// Rows and Coded follow from byCoded.
const (
	totalsMagic     = "hesopmatch totals 1\n"
	fingerprintSize = 32
	leastOfList     = 10      // the fewest bytes that a list takes
	mostCounted     = 1 << 48 // the largest count that is accepted, so that sums of parts cannot overflow
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// MarshalBinary returns a form that UnmarshalBinary reads, in this process or another. The form contains the
// fingerprint of the Matcher. encoding/gob calls MarshalBinary.
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
		return nil, errors.New("match: the Totals do not add up: their fields were changed from outside the package")
	}
	return b, nil
}

// UnmarshalBinary replaces t with the Totals that MarshalBinary wrote. It fails for damaged data and then leaves t
// unchanged.
//
// If NewTotals made t, UnmarshalBinary fails unless the data are Totals of a Matcher with the same Fingerprint. If t is
// zero, as gob and JSON allocate it for a field, UnmarshalBinary accepts any Totals. t then has no Matcher: Counts and
// Merge work, and Add panics. Merge compares the fingerprint of t with that of the other Totals.
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
			return fmt.Errorf("match: reading Totals: they come from other lists, from these lists in another "+
				"order, or only one side is PrimaryOnly: their fingerprint is %s, that of this Matcher %s",
				read.read, own)
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
	errTotalsForm   = errors.New("not the binary form of Totals, or written by another version of this library")
	errTotalsDamage = errors.New("damaged or incomplete")
)

// readTotals parses the output of MarshalBinary.
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

// numberReader reads numbers. After the first invalid number, it reads every number as 0.
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

// MarshalText returns the binary form in base64, for JSON, XML and similar formats. Marshal the result of Counts for a
// form that people can read.
func (t *Totals) MarshalText() ([]byte, error) {
	b, err := t.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText reads the output of MarshalText by the rules of UnmarshalBinary.
func (t *Totals) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return fmt.Errorf("match: reading Totals: %w", err)
	}
	return t.UnmarshalBinary(b)
}
