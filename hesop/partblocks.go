package hesop

import (
	"context"
	"io"
	"sync/atomic"
)

// blocksAhead is the number of blocks that are divided among the workers; each worker has at least leastAhead. While
// earlier parts are being taken, a worker reads on until all of its blocks wait to be taken.
const (
	blocksAhead = 64
	leastAhead  = 4
)

// The approximate memory, in bytes, of a copied row besides its text: for each field, and for the row itself.
const (
	fieldSize = 12
	copySize  = 512
)

// rowCost is the minimum memory, in bytes, that a row takes in a block besides its text.
const rowCost = 16

// partBlocks lets workers read parts in parallel, each worker one part at a time. Each worker has its own blocks, so
// the part that is to be taken next never waits for another part.
type partBlocks struct {
	reader *Reader
	size   int // target size of a block in bytes
	ahead  int // number of blocks of each worker
	work   func(*block)

	parts  []Part
	before []int64       // number of rows before each part
	lines  []chan *block // the blocks of each part, in order
	next   atomic.Int64  // index of the part to read next
}

// runParts reads the parts of a Source. The two results are like those of runBlocks.
func (r *Reader) runParts(
	ctx context.Context, workers, size int, parts []Part, work func(*block), take func(*block) error,
) (end, err error) {
	workers = min(workers, len(parts))
	ahead := max(leastAhead, blocksAhead/max(1, workers))
	s := &partBlocks{reader: r, size: size, ahead: ahead, work: work, parts: parts}
	before := r.number
	for _, part := range parts {
		s.before, s.lines = append(s.before, before), append(s.lines, make(chan *block, ahead))
		before += part.Rows
	}
	ctx, cancel := context.WithCancelCause(ctx)
	stopped := make(chan struct{}, workers)
	for range workers {
		go func() {
			defer func() { stopped <- struct{}{} }()
			s.readParts(ctx)
		}()
	}
	defer func() { // leaves nothing running, even if a function of the caller panics
		cancel(nil)
		for range workers {
			<-stopped
		}
	}()
	for _, line := range s.lines {
		if end, err = s.take(ctx, line, take); err != nil || end != io.EOF {
			return end, err
		}
	}
	return r.end(), nil
}

// take passes the blocks of a part, in order, to the caller's function take. The result end is io.EOF at the end of the
// part.
func (s *partBlocks) take(ctx context.Context, line chan *block, take func(*block) error) (end, err error) {
	r := s.reader
	for {
		var b *block
		select {
		case b = <-line:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if b.failure.is {
			panic(b.failure.value)
		}
		r.widths.merge(b.widths)
		r.number = b.first + b.count
		if end = b.err; end == io.EOF {
			r.shift.merge(b.part.shift)
		}
		b.isTaken = true
		if err := take(b); err != nil {
			return nil, err
		}
		r.addWidths(b) // once more, because the function take may have matched appointments
		switch {
		case end == nil:
			b.free <- b
		case end != io.EOF && ctx.Err() != nil:
			return nil, context.Cause(ctx) // the source may report the cancellation as another error
		default:
			b.free <- b
			return end, nil
		}
	}
}

// readParts reads one part after another while any are left.
func (s *partBlocks) readParts(ctx context.Context) {
	own := &workerBlocks{free: make(chan *block, s.ahead)}
	for ctx.Err() == nil {
		i := int(s.next.Add(1)) - 1
		if i >= len(s.parts) {
			return
		}
		s.readPart(ctx, i, own)
	}
}

// workerBlocks are the blocks that belong to one worker.
type workerBlocks struct {
	free chan *block
	made int
}

// readPart reads one part, block by block.
func (s *partBlocks) readPart(ctx context.Context, i int, own *workerBlocks) {
	rows := newPartRows(s.reader, s.parts[i], s.before[i])
	defer func() { _ = rows.close() }() // still open only after a reported error, or if the source ended its goroutine
	for more := true; more; {
		b := s.freeBlock(ctx, own)
		if b == nil {
			return
		}
		more = s.readBlock(b, rows, s.lines[i])
	}
}

// freeBlock returns a free block of a worker, or nil once ctx has ended.
func (s *partBlocks) freeBlock(ctx context.Context, own *workerBlocks) (b *block) {
	select {
	case b = <-own.free:
	default:
		if own.made < s.ahead {
			own.made++
			b = s.newBlock(own.free)
			break
		}
		select {
		case b = <-own.free:
		case <-ctx.Done():
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	return b
}

func (s *partBlocks) newBlock(free chan *block) *block {
	b := &block{reader: s.reader, size: s.size, free: free}
	b.all, b.kept = b.yieldAll, b.yieldKept
	return b
}

// readBlock reads and processes one block of a part and sends it to the channel line. If the source or the function
// work panics, readBlock stores that panic in the block. It returns false after the last block.
func (s *partBlocks) readBlock(b *block, rows *partRows, line chan *block) (more bool) {
	b.part, b.current, b.first, b.isTaken = rows, rows.current, rows.number, false
	b.failure = failure{true, "hesop: the work of Blocks has ended its goroutine"}
	defer func() { // runs even if the function work ends the goroutine, as runtime.Goexit does
		if value := recover(); value != nil {
			b.failure.value, more = value, false
		} else if b.failure.is && rows.isInside {
			b.failure.value = "hesop: the source has ended its goroutine"
		}
		line <- b
	}()
	b.marked = b.marked[:0]
	b.copied, b.count, b.bytes, b.err = 0, 0, 0, nil
	s.work(b)
	b.finish()
	b.widths = widths{}
	b.widths.add(rows.current)
	b.failure = failure{}
	return b.err == nil
}

// nextOfPart reads the next row of a block of a part.
func (b *block) nextOfPart() bool {
	if b.err != nil || b.bytes >= b.size {
		return false
	}
	a, err := b.part.next()
	if err != nil {
		b.err = err
		return false
	}
	b.current = a
	b.count++
	b.bytes += rowCost + len(a.in().data)
	return true
}

// yieldAgain yields the appointments of a block that is being taken. To do so, it reads the part again.
func (b *block) yieldAgain(yield func(*Appointment) bool) {
	p := b.part
	if p.last == unknownRows {
		panic("hesop: the rows of a Source can be read only once")
	}
	anew := newPartRows(b.reader, p.part, p.last-p.part.Rows)
	defer anew.close() //nolint:errcheck // it was opened only for reading
	for anew.number < b.first+b.count {
		a, err := anew.next()
		if err != nil || a.number > b.first && !yield(a) {
			return
		}
	}
}
