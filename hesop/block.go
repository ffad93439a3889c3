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
	current *Appointment // points to own or to the appointment of part; if isChecked, to a fresh one for each row
	own     Appointment  // within the block, so that no two workers write to one cache line
	marked  []keptRow
	worked  chan struct{} // receives one value when the work is done

	// The following fields are for a text.
	chunk
	isFirst bool // the block has the first row of the data
	// Blocks of a file begin at fixed offsets. At first, block.from is the offset of this block. Once the block is
	// read, block.hasStart reports whether a row starts in it; if so, block.from is the offset of the first such row.
	// block.guessed reports whether that offset is a guess.
	from     int64
	hasStart bool
	guessed  bool
	base     counted // where the block begins, zero until it is known

	// The following fields are for a part of a Source.
	part    *partRows     // reads the rows of the part
	size    int           // the number of bytes at which the block is full
	bytes   int           // about how many bytes the rows read so far take, copies included
	first   int64         // the number of the row before the block
	isTaken bool          // the block was passed to take, so All must read its rows again
	widths  widths        // what the rows of the block have shown
	free    chan *block   // the channel to which the block returns
	copies  []Appointment // of the rows that Keep marked, with memory for more
	copied  int           // the number of rows that Keep marked

	failure failure

	again []repeat // headers among the rows, with lines counted from base

	// The results of reading the rows so far.
	count   int64 // number of rows, including skipped ones
	skipped int64
	err     error // why the rows ended, possibly without a location yet; nil if more rows may follow
}

// counted says where a block begins: the number of rows before it, and the number of its first line.
type counted struct{ rows, lines int64 }

// keptRow is a row that Keep marked.
type keptRow struct {
	row          index.Row
	number, line int64 // counted from block.base
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
	if b.part == nil { // work reads the rows of a part only once
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

// Kept yields the appointments that Keep has marked since the last call of All.
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

// rewind goes back to the start of the block, so that the next row found is the first one.
func (b *block) rewind() {
	b.count, b.skipped, b.err = 0, 0, nil
	b.line, b.blank = b.base.lines, 0
	b.indexed.Rewind()
	b.again = b.again[:0]
	in := b.current.in()
	in.shown, in.codes.has = 0, 0
	in.codes.TakeCut() // drop the counts of rows found from a start that was guessed wrongly
}

// next finds the next appointment. For each row that it skips, it passes the error to the function onSkip, unless
// onSkip is nil.
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
