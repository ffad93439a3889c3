package cohort

import (
	"encoding/binary"
	"hash"
	"io"
)

// partWriter writes a part. Behind an error it writes nothing more.
type partWriter struct {
	w    io.Writer
	hash hash.Hash
	b    []byte // not written yet
	n    int64  // bytes written
	err  error
}

const partBuffer = 64 << 10

func (p *partWriter) bytes(b []byte) {
	if p.b = append(p.b, b...); len(p.b) >= partBuffer {
		p.flush()
	}
}

func (p *partWriter) flush() {
	if p.err == nil {
		p.hash.Write(p.b)
		p.write(p.b)
	}
	p.b = p.b[:0]
}

func (p *partWriter) write(b []byte) {
	n, err := p.w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	p.n += int64(n)
	p.err = err
}

func (p *partWriter) number(n int) { p.number64(int64(n)) }

func (p *partWriter) number64(n int64) {
	var b [binary.MaxVarintLen64]byte
	p.bytes(b[:binary.PutUvarint(b[:], uint64(n))])
}

func (p *partWriter) text(text string) {
	p.number(len(text))
	p.bytes([]byte(text))
}

// counts writes the groups that have anything, each with how many have nothing before it.
func (p *partWriter) counts(all []count) {
	filled := 0
	for i := range all {
		if all[i].n > 0 {
			filled++
		}
	}
	p.number(filled)
	next := 0
	for group := range all {
		c := &all[group]
		if c.n == 0 {
			continue
		}
		p.number(group - next)
		next = group + 1
		p.number64(c.n)
		p.number(len(c.people))
		for _, person := range c.people {
			p.number64(int64(person))
		}
	}
}

// events writes the events in their order, each with its key.
func (p *partWriter) events(c *Cohort) {
	in := c.in()
	keys := in.keys()
	p.number(len(in.events))
	for i := range in.events {
		e := &in.events[i]
		p.bytes(binary.LittleEndian.AppendUint64(nil, uint64(e.row)))
		p.number64(packDay(e.day))
		p.number64(int64(e.person))
		p.number64(int64(e.findings))
		if c.plan.key == "" {
			continue
		}
		if k := &keys[i]; k[15]&hashedKey == 0 {
			p.bytes(append([]byte{k[15]}, k[:k[15]]...))
		} else {
			p.bytes(append([]byte{hashedKey}, k[:]...))
		}
	}
}

// keys returns the key of each event, the zero one for those that have none.
func (in *content) keys() []key {
	keys := make([]key, len(in.events))
	for k, i := range in.first {
		keys[i] = k
	}
	return keys
}

// close writes the checksum.
func (p *partWriter) close() (int64, error) {
	p.flush()
	if p.err == nil {
		p.write(p.hash.Sum(nil))
	}
	return p.n, p.err
}
