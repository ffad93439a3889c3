package hesop

import (
	"context"
	"errors"
	"fmt"
	"io"

	"hesopmatch/internal/seam"
)

// errLeft is what a reader fails with that a scan has left in the middle.
var errLeft = errors.New("the reader was left before the last row by match.Scan, which had read ahead")

// blocks reads the appointments that are left in blocks of about size bytes, with so many
// workers. Each block goes to work, from any of the workers' goroutines, and then to take,
// from the goroutine that called blocks: in order, and by itself. A function that does not
// mind order or neighbours goes into work, the rest into take.
//
// What can be read from any place (see NewReader) and is not compressed is read by the
// workers; a stream by one more goroutine, ahead of them; of a Source each part by one worker. In a file a worker has
// to guess where rows begin: behind a line end. Where that line end turns out to stand within
// quotes, the block is read and given to work once more. So work may see rows that are
// none, and rows more than once: it must start anew each time it is given a block, and
// what it finds is to go into the block's state. What take sees is always right, and the
// same for any number of workers and size of blocks.
//
// An error of the data or of take ends the reading and is returned, and so is the cause of
// ctx when it is cancelled. Errors come in the order of the rows: take has had all rows
// before. What the source or work panics with, blocks panics with, once nothing is running any more. At
// most 2 × workers + 2 blocks of a text, and 64 or 4 × workers of parts, are held in memory, and what is read ahead
// waits for take. The goroutine of Blocks calls the function given to SkipBadRows for the skipped rows of a block, in
// order, before take.
//
// r must not be used while blocks runs, and fails if it is used after an end before the
// last row.
func (r *Reader) blocks(ctx context.Context, workers, size int, work func(*block), take func(*block) error) error {
	if ctx == nil {
		return fmt.Errorf("%w: the Context of Blocks is nil: context.Background is one", ErrOption)
	}
	if workers < 1 || workers > seam.MaxWorkers || size < 1 || size > seam.MaxBlock {
		return fmt.Errorf("%w: %d workers, blocks of %d bytes: must be 1 to %d, and 1 to %d",
			ErrOption, workers, size, seam.MaxWorkers, seam.MaxBlock)
	}
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case r.err == io.EOF:
		return nil
	case r.err != nil:
		return r.err
	case work == nil || take == nil:
		return fmt.Errorf("%w: a function of Blocks is nil", ErrOption)
	}
	r.begins()
	defer r.ends()
	end, err := r.run(ctx, workers, size, work, take)
	if r.err = end; err != nil {
		r.err = errLeft
		return err
	}
	if end == io.EOF {
		return r.checkWidths()
	}
	return end
}

// run reads the blocks of a text, of the parts of a Source, or of a Source that is a part of its own.
func (r *Reader) run(
	ctx context.Context, workers, size int, work func(*block), take func(*block) error,
) (end, err error) {
	s, ok := r.source().(*sourceRows)
	if !ok {
		return r.runBlocks(ctx, workers, newBlockSource(r, size), work, take)
	}
	parts, ok := r.parts()
	if !ok {
		parts = []Part{{Rows: unknownRows, Open: func() (Source, error) { return left{s.source}, nil }}}
	}
	return r.runParts(ctx, workers, size, parts, work, take)
}

// runBlocks lets blocks go round: free, to a worker and into the line in which they are
// taken, and free again. It returns what ended the data, or the error that stopped it before.
func (r *Reader) runBlocks(
	ctx context.Context, workers int, source blockSource, work func(*block), take func(*block) error,
) (end, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	n := 2*workers + 2
	free, todo, line := make(chan *block, n), make(chan *block, n), make(chan *block, n)
	for range n {
		b := &block{reader: r, worked: make(chan struct{}, 1)}
		b.current, b.all, b.kept = &b.own, b.yieldAll, b.yieldKept
		b.current.fill(r.header)
		free <- b
	}
	stopped := make(chan struct{}, workers+1)
	for range workers {
		go func() {
			defer func() { stopped <- struct{}{} }()
			for b := range todo {
				b.tryWork(ctx, source, work)
			}
		}()
	}
	go func() {
		defer func() { stopped <- struct{}{} }()
		defer close(todo)
		var fetched *block
		pass := func() {
			line <- fetched // never blocks: there is room for every block
			todo <- fetched
			fetched = nil
		}
		defer func() { // also when the source ends its goroutine, as runtime.Goexit does
			if fetched != nil {
				pass()
			}
		}()
		for more := true; more; {
			select {
			case fetched = <-free:
				more = fetched.tryFetch(source)
				pass()
			case <-ctx.Done():
				return
			}
		}
	}()

	// Also when a function of the caller's panics, nothing is left running.
	defer func() {
		cancel(nil)
		for range workers + 1 {
			<-stopped
		}
		source.stop()
	}()
	return r.takeBlocks(ctx, free, line, source, work, take)
}

// takeBlocks takes the blocks in line, in order.
func (r *Reader) takeBlocks(
	ctx context.Context, free, line chan *block, source blockSource, work func(*block), take func(*block) error,
) (end, err error) {
	for {
		var b *block
		select {
		case b = <-line:
			<-b.worked
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		again := !source.fits(b)
		if r.opts.names != nil && r.number == 0 && !b.isFirst { // no block before had a row
			b.isFirst, again = true, true
		}
		switch {
		case again:
			b.work(source, work)
		case b.failure.is:
			panic(b.failure.value)
		}
		source.settle(b)
		end = r.account(b)
		if err := take(b); err != nil {
			return nil, err
		}
		r.addWidths(b) // of appointments that take has matched
		switch {
		case end == nil:
			free <- b
		case end != io.EOF && ctx.Err() != nil:
			return nil, context.Cause(ctx) // which the source may tell in its own words
		default:
			return end, nil
		}
	}
}

// failure says that the source or the work has panicked, and with what, for the goroutine
// that takes the block.
type failure struct {
	is    bool
	value any
}

// tryFetch fetches a block and keeps a panic of the source.
func (b *block) tryFetch(source blockSource) (more bool) {
	b.failure = failure{true, "hesop: the source has ended its goroutine"}
	defer func() {
		if value := recover(); value != nil {
			b.failure, more = failure{true, value}, false
		}
	}()
	more = source.fetch(b)
	b.failure = failure{}
	return more
}

// tryWork works on a block, unless it was not fetched or ctx has ended, and keeps a panic.
// Work that ends its goroutine, as runtime.Goexit does, fails like that.
func (b *block) tryWork(ctx context.Context, source blockSource, work func(*block)) {
	defer func() { b.worked <- struct{}{} }()
	if b.failure.is || ctx.Err() != nil {
		return
	}
	b.failure = failure{true, "hesop: the work of Blocks has ended its goroutine"}
	defer func() {
		if value := recover(); value != nil {
			b.failure.value = value
		}
	}()
	b.work(source, work)
	b.failure = failure{}
}

// work reads a block and gives it to the caller's function.
func (b *block) work(source blockSource, work func(*block)) {
	if in := b.current.in(); in.known == nil { // many blocks are never used
		in.known = newKnownCodes(b.reader.header)
	}
	source.read(b)
	b.base = place{}
	b.marked = b.marked[:0]
	b.rewind()
	work(b)
	b.finish()
}

// account counts the rows of a settled block, tells of those that are skipped, and returns
// what ended the data behind them; nil if more may follow.
func (r *Reader) account(b *block) (end error) {
	r.addWidths(b)
	failed := b.err != nil && b.err != io.EOF
	if b.skipped > 0 || failed { // once more, now that rows and lines have their numbers
		b.rewind()
		for b.next(r.opts.onSkip) {
			continue
		}
	}
	end = b.err
	for _, found := range b.again {
		found.line += b.base.lines
		r.again.add(found)
	}
	r.number += b.count
	r.skipped += b.skipped
	if _, located := errors.AsType[*Error](end); failed && !located {
		end = r.locateNext(end)
	}
	switch {
	case failed:
		end = r.blame(end)
	case end == io.EOF:
		end = r.endText(&b.stretch)
	default:
		r.passed(&b.stretch)
	}
	return end
}
