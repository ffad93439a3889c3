package hesop

import (
	"errors"
	"iter"

	"hesopmatch/hesop/internal/index"
)

// block implements seam.Block.
type block struct {
	state     any
	all, kept iter.Seq[*Appointment] // what All and Kept return, made once

	reader  *Reader
	current *Appointment // own, that of part, or a fresh one for each row if isChecked
	own     Appointment  // within the block, so that no two workers write to one cache line
	marked  []keptRow
	worked  chan struct{} // receives one value when the work is done

	// For a text.
	chunk
	isFirst bool // the block has the first row of the data
	// Blocks of a file begin at fixed offsets, and from is the offset of this block. After the block is read, hasStart
	// reports whether a row starts in it, and if so, from is the offset of the first such row. guessed reports whether
	// that offset is a guess.
	from     int64
	hasStart bool
	guessed  bool
	base     counted // rows and lines before the block, zero until they are known

	// For a part of a Source: its rows, the size in bytes at which the block is full, and copies of the rows that Keep
	// marked.
	part    *partRows
	size    int
	bytes   int         // of the rows read
	first   int64       // the number of the row before the block
	isTaken bool        // All must read the rows again
	widths  widths      // of its rows
	free    chan *block // where the block returns to
	copies  []Appointment
	copied  int

	failure failure

	again []repeat // headers among the rows, with lines counted from base

	// What reading the rows has found so far.
	count   int64 // rows, skipped ones included
	skipped int64
	err     error // what ended the rows, possibly not yet located; nil if more may follow
}

// counted counts rows and lines of a reader.
type counted struct{ rows, lines int64 }

// keptRow is a row that Keep marked.
type keptRow struct {
	row          index.Row
	number, line int64 // counted from base
}

// State returns a pointer to the caller's state for the block.
func (b *block) State() *any { return &b.state }

// All yields the appointments of the block.
func (b *block) All() iter.Seq[*Appointment] { return b.all }

func (b *block) yieldAll(yield func(*Appointment) bool) {
	if b.part != nil && b.isTaken {
		b.yieldAgain(yield)
		return
	}
	if b.part == nil { // the rows of a part are read only once
		b.marked = b.marked[:0]
		b.rewind()
	}
	for b.next(nil) {
		if !yield(b.current) {
			return
		}
	}
}

// Keep marks the appointment that All yielded last, for Kept.
func (b *block) Keep() {
	a := b.current
	if b.part != nil {
		if b.copied == len(b.copies) {
			b.copies = append(b.copies, Appointment{})
		}
		a.CopyTo(&b.copies[b.copied])
		b.bytes += copySize + fieldSize*len(a.fields)
		b.copied++
		return
	}
	k := keptRow{row: a.row, number: b.count, line: a.line - b.base.lines}
	b.marked = append(b.marked, k)
}

// Kept yields the appointments that Keep has marked since All was called.
func (b *block) Kept() iter.Seq[*Appointment] { return b.kept }

func (b *block) yieldKept(yield func(*Appointment) bool) {
	for i := range b.copies[:b.copied] {
		if !yield(&b.copies[i]) {
			return
		}
	}
	for i := range b.marked {
		if !yield(b.restore(&b.marked[i])) {
			return
		}
	}
}

func (b *block) restore(k *keptRow) *Appointment {
	if isChecked {
		b.current = b.current.renew()
	}
	a := b.current
	a.row, a.line, a.offset = k.row, b.base.lines+k.line, b.offset+int64(k.row.Start)
	in := a.in()
	in.indexed, in.data, a.whole = &b.indexed, b.indexed.Text(), false
	a.begin(b.base.rows + k.number)
	return a
}

// rewind makes next start again at the first row.
func (b *block) rewind() {
	b.count, b.skipped, b.err = 0, 0, nil
	b.line, b.blank = b.base.lines, 0
	b.indexed.Rewind()
	b.again = b.again[:0]
	in := b.current.in()
	in.shown, in.codes.has = 0, 0
	in.codes.TakeCut() // drop the count of rows read after a wrong guess of the start
}

// next finds the next appointment. It passes the error of each row that it skips to onSkip, unless onSkip is nil.
func (b *block) next(onSkip func(error)) bool {
	if b.part != nil {
		return b.nextOfPart()
	}
	for b.err == nil {
		if isChecked {
			b.current = b.current.renew()
		}
		a := b.current
		found, err := b.chunk.next(a)
		if !found {
			b.err = err
			return false
		}
		b.count++
		a.begin(b.base.rows + b.count)
		if err = b.reader.check(a, b.isFirst && b.count == 1); err == nil {
			if again := &b.reader.again; again.mayBe(a.in().data[a.row.Start:a.row.End]) {
				if found, ok := again.is(a); ok {
					found.line -= b.base.lines
					b.again = append(b.again, found)
				}
			}
			return true
		}
		located := b.reader.locate(a.number, a.line, a.offset, err)
		if !b.reader.opts.skip || !errors.Is(err, ErrFieldCount) {
			b.err = located
			return false
		}
		b.skipped++
		if onSkip != nil {
			onSkip(located)
		}
	}
	return false
}

// finish reads the rows that the caller's work function did not read.
func (b *block) finish() {
	for b.next(nil) {
		continue
	}
}
