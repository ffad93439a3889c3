package hesop

import (
	"errors"
	"iter"

	"hesopmatch/hesop/internal/index"
)

// block is a seam.Block.
type block struct {
	state     any
	all, kept iter.Seq[*Appointment] // what All and Kept return: made once

	reader  *Reader
	current *Appointment // own, or a fresh one for each row if isChecked
	own     Appointment  // within the block, so that workers do not write to one line of the cache
	marked  []keptRow
	worked  chan struct{} // one value once the work is done

	// Of a text.
	stretch
	isFirst bool // the block has the first row of the data
	// A file is cut at places: from is that of the block and, once it is read, where its
	// first row starts, if hasStart says that one does. guessed says that this is a guess.
	from     int64
	hasStart bool
	guessed  bool
	base     place // what its rows and lines count from, zero until they are in order

	// Of a part of a Source: the rows, how many bytes of them end the block, and copies of those that Keep marked.
	part    *partRows
	size    int
	bytes   int         // of the rows that were read
	first   int64       // the number of the row before the block
	isTaken bool        // so that All has to read the rows anew
	widths  widths      // of its rows
	free    chan *block // where it goes back to
	copies  []Appointment
	copied  int

	failure failure

	again []repeat // headers among the rows, their lines from base

	// What reading the rows has found, so far or in all.
	count   int64 // skipped ones included
	skipped int64
	err     error // what ended the rows, not located yet; nil if more may follow
}

// place is a place among the rows of a reader.
type place struct{ rows, lines int64 }

// keptRow is a row that Keep marked.
type keptRow struct {
	row          index.Row
	number, line int64 // from base
}

// State is what the caller keeps with the block.
func (b *block) State() *any { return &b.state }

// All yields the appointments of the block.
func (b *block) All() iter.Seq[*Appointment] { return b.all }

func (b *block) yieldAll(yield func(*Appointment) bool) {
	if b.part != nil && b.isTaken {
		b.yieldAgain(yield)
		return
	}
	if b.part == nil { // of a part, rows are read once
		b.marked = b.marked[:0]
		b.rewind()
	}
	for b.next(nil) {
		if !yield(b.current) {
			return
		}
	}
}

// Keep marks the appointment that All has yielded last, for Kept.
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

// Kept yields the appointments that Keep has marked since All was called, as All does.
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

// rewind makes next begin with the first row.
func (b *block) rewind() {
	b.count, b.skipped, b.err = 0, 0, nil
	b.line, b.blank = b.base.lines, 0
	b.indexed.Rewind()
	b.again = b.again[:0]
	in := b.current.in()
	in.shown, in.codes.has = 0, 0
	in.codes.TakeCut() // of rows from a start that was a wrong guess
}

// next finds the next appointment. What it skips goes to onSkip, if that is not nil.
func (b *block) next(onSkip func(error)) bool {
	if b.part != nil {
		return b.nextOfPart()
	}
	for b.err == nil {
		if isChecked {
			b.current = b.current.renew()
		}
		a := b.current
		found, err := b.stretch.next(a)
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

// finish reads the rows that the work has left.
func (b *block) finish() {
	for b.next(nil) {
		continue
	}
}
