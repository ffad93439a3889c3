package hesop

import (
	"context"
	"errors"
	"fmt"
	"io"

	"hesopmatch/internal/seam"
)

// errLeft is the error of a reader whose scan stopped before the last row.
var errLeft = errors.New("match.Scan read ahead and stopped before the last row, so the reader cannot be used again")

// blocks reads the remaining appointments in blocks of about the given size, in bytes. The worker goroutines call the
// function work for each block, in any order. The goroutine that called the method blocks then calls the function take
// for each block, in order and one at a time. The function work should do everything that depends neither on the order
// nor on other blocks; the function take should do everything else.
//
// The workers themselves read an uncompressed file, or other text that NewReader can read at any offset. A stream is
// read by one more goroutine, ahead of the workers. Each part of a Source is read by one worker.
//
// In a file a worker guesses that a row begins after a line end. If that line end proves to be within quotes, the block
// is read again and the function work is called for it again. So that function may see rows that do not exist, and may
// see a row more than once. It must start afresh each time and put what it finds into the state of the block. What the
// function take sees is always right, and is the same for any number of workers and any size of blocks.
//
// An error in the data, or one that the function take returns, ends the reading and is returned. If ctx is cancelled,
// the cause of the cancellation is returned. Errors keep the order of the rows: the function take is called for all
// earlier rows first. If the source or the function work panics, the method blocks panics with the same value, after
// all its goroutines have ended.
//
// For a text, at most 2 × workers + 2 blocks are in memory; for the parts of a Source, the limit is 64, or 4 ×
// workers if that is more. When all blocks are in use, reading waits for the function take. Before a block is passed
// to that function, the function given to SkipBadRows is called, by the same goroutine, for each skipped row of the
// block, in order.
//
// The Reader must not be used while the method blocks runs. If the method stops before the last row, the Reader returns
// an error from then on.
func (r *Reader) blocks(ctx context.Context, workers, size int, work func(*block), take func(*block) error) error {
	if ctx == nil {
		return fmt.Errorf("%w: the Context of Blocks is nil: pass context.Background()", ErrOption)
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

// run reads the blocks of a text or of the parts of a Source. It reads a Source without parts as a single part.
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

// runBlocks circulates blocks: each block is free, then queued for a worker and for the function take, then free again.
// The result end says how the data ended: with io.EOF or with an error in the data. The result err says what stopped
// the reading before the end of the data: the cause of a cancellation, or an error of the function take.
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
			line <- fetched // never waits: the channel has room for every block
			todo <- fetched
			fetched = nil
		}
		defer func() { // runs even if the source ends its goroutine by runtime.Goexit
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

	// No goroutine is left running, even if a function of the caller panics.
	defer func() {
		cancel(nil)
		for range workers + 1 {
			<-stopped
		}
		source.stop()
	}()
	return r.takeBlocks(ctx, free, line, source, work, take)
}

// takeBlocks calls the function take for each block from the channel line, in order.
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
		if r.opts.names != nil && r.number == 0 && !b.isFirst { // no earlier block had a row
			b.isFirst, again = true, true
		}
		switch {
		case again:
			b.work(source, work)
		case b.failure.is:
			panic(b.failure.value)
		}
		source.settle(b)
		end = r.countRows(b)
		if err := take(b); err != nil {
			return nil, err
		}
		r.addWidths(b) // once more, because the function take may have matched appointments
		switch {
		case end == nil:
			free <- b
		case end != io.EOF && ctx.Err() != nil:
			return nil, context.Cause(ctx) // the source may report the cancellation as another error
		default:
			return end, nil
		}
	}
}

// failure records a panic of the source or of the work function, for the goroutine that takes the block.
type failure struct {
	is    bool
	value any
}

// tryFetch fetches a block and records a panic of the source.
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

// tryWork calls block.work, unless the block was not fetched or ctx has ended, and records a panic. It also records a
// panic if the goroutine ends within that call, as runtime.Goexit makes it do.
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

// work reads a block and passes it to the caller's function.
func (b *block) work(source blockSource, work func(*block)) {
	if in := b.current.in(); in.cache == nil { // made late, because many blocks are never used
		in.cache = newSpanCache(b.reader.header)
	}
	source.read(b)
	b.base = counted{}
	b.marked = b.marked[:0]
	b.rewind()
	work(b)
	b.finish()
}

// countRows counts the rows of a settled block and reports the skipped ones. It returns nil if more rows may follow.
// Otherwise it returns io.EOF, or the error that ended the data.
func (r *Reader) countRows(b *block) (end error) {
	r.addWidths(b)
	failed := b.err != nil && b.err != io.EOF
	if b.skipped > 0 || failed { // read the rows again, now that it is known where the block begins
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
		end = r.endText(&b.chunk)
	default:
		r.passed(&b.chunk)
	}
	return end
}
