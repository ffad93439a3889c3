package cohort

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"

	"hesopmatch/hesop"
)

// partReader reads a part. Behind an error it reads zeros. Whatever a length says, it takes memory only for what it has
// read.
type partReader struct {
	r    io.Reader
	hash hash.Hash
	room []byte
	got  []byte // by the last Read, not hashed yet
	b    []byte // the end of got that is not used yet
	err  error
}

func newPartReader(r io.Reader) *partReader {
	return &partReader{r: r, hash: sha256.New(), room: make([]byte, partBuffer)}
}

// fail keeps the first error.
func (p *partReader) fail(err error) error {
	if p.err == nil {
		p.err = fmt.Errorf("%w: %w", ErrPart, err)
	}
	return p.err
}

var errDamaged = errors.New("it is damaged or was cut short")

func (p *partReader) damaged() { _ = p.fail(errDamaged) }

// fill reads more when everything is used. At the end it returns io.EOF.
func (p *partReader) fill() error {
	p.hash.Write(p.got)
	p.got, p.b = nil, nil
	for range 100 {
		n, err := p.r.Read(p.room)
		if n > 0 {
			p.got, p.b = p.room[:n], p.room[:n]
			return nil
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// take returns up to n bytes that are at hand, good until the next call, and at least one unless there is an error.
func (p *partReader) take(n int) []byte {
	if len(p.b) == 0 {
		switch err := p.fill(); {
		case errors.Is(err, io.EOF):
			p.damaged()
		case err != nil:
			_ = p.fail(err)
		}
	}
	if p.err != nil {
		return nil
	}
	b := p.b[:min(n, len(p.b))]
	p.b = p.b[len(b):]
	return b
}

// bytes reads n bytes. They are zero if there is an error.
func (p *partReader) bytes(n int) []byte {
	b := make([]byte, 0, min(n, partBuffer))
	for len(b) < n && p.err == nil {
		b = append(b, p.take(n-len(b))...)
	}
	if p.err != nil {
		return make([]byte, min(n, partBuffer))
	}
	return b
}

func (p *partReader) byte() byte {
	if b := p.take(1); len(b) > 0 {
		return b[0]
	}
	return 0
}

func (p *partReader) fixed() uint64 { return binary.LittleEndian.Uint64(p.bytes(8)) }

// ReadByte makes a partReader what encoding/binary reads varints from.
func (p *partReader) ReadByte() (byte, error) {
	b := p.byte()
	return b, p.err
}

// below reads a number below a limit.
func (p *partReader) below(limit uint64) uint64 {
	n, err := binary.ReadUvarint(p)
	if p.err == nil && (err != nil || n >= limit) {
		p.damaged()
	}
	if p.err != nil {
		return 0
	}
	return n
}

func (p *partReader) number64() int64 { return int64(p.below(mostCounted)) }

// length reads how many of something follow.
func (p *partReader) length() int { return int(p.below(math.MaxInt32)) }

// text reads a text, good until the next call.
func (p *partReader) text(most int) []byte {
	n := p.length()
	if n > most {
		p.damaged()
	}
	if p.err != nil {
		return nil
	}
	return p.bytes(n)
}

func (p *partReader) forms(all forms) {
	for n := p.below(mostForms + 1); n > 0 && p.err == nil; n-- {
		form := string(p.text(mostForm))
		// What is no form would be shown.
		if _, twice := all[form]; twice || hesop.DateForm([]byte(form)) != form {
			p.damaged()
		}
		all[form] = p.number64()
	}
}

// texts reads texts that are neither empty nor repeated, for each of which is holds, if it is not nil.
func (p *partReader) texts(all *texts, is func(text []byte) bool) {
	for n := p.length(); n > 0 && p.err == nil; n-- {
		text, number := p.text(math.MaxInt32), len(all.all)
		if p.err == nil && (is != nil && !is(text) || int(all.number(text)) != number) {
			p.damaged()
		}
	}
}

// counts reads the groups.
func (p *partReader) counts(c *Cohort) {
	in := c.in()
	next := 0
	for n := p.length(); n > 0 && p.err == nil; n-- {
		group := p.below(uint64(len(in.counts) - next))
		next += int(group) + 1
		appointments := p.number64()
		people := make([]uint32, p.below(mostLeast+1))
		for i := range people {
			people[i] = uint32(p.below(uint64(len(in.people.all))))
		}
		if p.err != nil {
			return
		}
		in.add(next-1, appointments, people...)
		held := len(in.counts[next-1].people)
		if appointments == 0 || held < len(people) || int64(held) > appointments {
			p.damaged() // nobody, or somebody twice
		}
	}
}

// events reads the events.
func (p *partReader) events(c *Cohort) {
	in := c.in()
	for n := p.below(math.MaxUint32); n > 0 && p.err == nil; n-- {
		e := event{row: row(p.fixed())}
		var ok bool
		if e.day, ok = unpackDay(p.below(1 << 32)); !ok {
			p.damaged()
		}
		e.person = uint32(p.below(uint64(len(in.people.all))))
		e.findings = uint32(p.below(uint64(len(in.findings.all))))
		k := p.key(c.plan)
		if p.err != nil {
			return
		}
		if !c.plan.isEvent(&e, in.findings.all[e.findings], k != (key{})) {
			p.damaged()
			return
		}
		if k != (key{}) {
			if _, twice := in.first[k]; twice {
				p.damaged()
				return
			}
			in.first[k] = uint32(len(in.events))
		}
		in.events = append(in.events, e)
	}
}

// key reads the key of an event, the zero one if it has none.
func (p *partReader) key(plan *plan) (k key) {
	if plan.key == "" {
		return key{}
	}
	switch n := p.byte(); {
	case n < byte(len(k)):
		copy(k[:], p.bytes(int(n)))
		k[15] = n
	case n == hashedKey:
		copy(k[:], p.bytes(len(k)))
		if k[15]&hashedKey == 0 {
			p.damaged()
		}
	default:
		p.damaged()
	}
	return k
}

// close reads the checksum, and that nothing is behind it.
func (p *partReader) close() {
	p.hash.Write(p.got[:len(p.got)-len(p.b)])
	p.got = p.b
	want := p.hash.Sum(nil)
	if !bytes.Equal(p.bytes(len(want)), want) {
		p.damaged()
	}
	if p.err != nil {
		return
	}
	err := error(nil)
	if len(p.b) == 0 {
		err = p.fill()
	}
	switch {
	case err == nil:
		_ = p.fail(errors.New("something is behind its end"))
	case !errors.Is(err, io.EOF):
		_ = p.fail(err)
	}
}
