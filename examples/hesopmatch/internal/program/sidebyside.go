package program

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
)

// mostHeld is how many bytes all tasks that wait for their turn may hold together.
const mostHeld = 8 << 20

// SideBySide calls do for the tasks 0 to n-1, such as one for each input, up to most of them at a time, and lets them
// hand over their results in order: see Turn. Tasks start in order. One that ahead is false of starts in its turn.
//
// It returns the error of the first task, by number, that failed, and the tasks behind it are cancelled. What a task
// did before it failed is handed over. When SideBySide returns, no task is running. It panics if a task does.
func SideBySide(
	ctx context.Context, n, most int, ahead func(i int) bool, do func(ctx context.Context, i int, turn *Turn) error,
) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	most = max(1, min(most, n))
	slots := make(chan struct{}, most) // one for each task that has started and not handed over everything
	errs, panics := make([]error, n), make([]any, n)
	var running sync.WaitGroup
	turn := make(chan struct{}) // of the next task to start
	close(turn)
	for i := range n {
		slots <- struct{}{}
		t, done := &Turn{ctx: ctx, come: turn, limit: mostHeld / max(1, most-1)}, make(chan struct{})
		turn = done
		running.Go(func() {
			defer func() { <-slots }()
			defer close(done)
			defer func() {
				if value := recover(); value != nil {
					panics[i] = fmt.Sprintf("%v\n%s", value, debug.Stack())
					cancel(context.Canceled)
				}
			}()
			if errs[i] = t.run(ahead(i), func() error { return do(ctx, i, t) }); errs[i] != nil {
				cancel(errs[i])
			}
		})
	}
	running.Wait()
	for _, value := range panics { // which cancelled tasks before it, too
		if value != nil {
			panic(value)
		}
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Turn is the turn of one task of SideBySide, which comes when all tasks before it have handed over their results. It
// is for the goroutine that calls the task.
type Turn struct {
	ctx         context.Context // of SideBySide
	come        <-chan struct{} // closed when the turn has come
	held        []func() error
	size, limit int
}

// IsNow reports whether the turn has come.
func (t *Turn) IsNow() bool {
	select {
	case <-t.come:
		return true
	default:
		return false
	}
}

// Do calls handOver in its turn: before it returns if the turn has come, and else later, from the same goroutine. What
// it was given before is called first. A function that waits counts as size bytes, and one that waits must own what it
// hands over. If the tasks that wait hold too much, Do waits for the turn. It returns the first error of what it
// called, or the cause of the end of the context.
func (t *Turn) Do(size int, handOver func() error) error {
	t.held = append(t.held, handOver)
	if t.size += size; t.size <= t.limit && !t.IsNow() {
		return nil
	}
	return t.Wait()
}

// Wait waits for the turn and calls what Do was given. What follows it is done in the turn.
func (t *Turn) Wait() error {
	select {
	case <-t.come:
	case <-t.ctx.Done():
	}
	if t.ctx.Err() != nil {
		return context.Cause(t.ctx)
	}
	held := t.held
	t.held, t.size = nil, 0
	for i, handOver := range held {
		held[i] = nil // its memory is free
		if err := handOver(); err != nil {
			return err
		}
	}
	return nil
}

// run runs the task, ahead of its turn or not, and returns in its turn.
func (t *Turn) run(ahead bool, task func() error) error {
	if !ahead {
		if err := t.Wait(); err != nil {
			return err
		}
	}
	if t.ctx.Err() != nil {
		return context.Cause(t.ctx)
	}
	err := task()
	if handOver := t.Wait(); handOver != nil {
		return handOver
	}
	return err
}

// SideBySide calls do for each input, by its number in Paths, and says how many workers it may have. Regular files that
// one goroutine has to read, because they are compressed or, hashed, read through a hash, are read side by side. Others
// are read in their turn, by all workers. See the function SideBySide for turns and errors.
func (in *Inputs) SideBySide(
	ctx context.Context, hashed bool, do func(ctx context.Context, i, workers int, turn *Turn) error,
) error {
	ahead, sharing := make([]bool, len(in.Paths)), 0
	for i, path := range in.Paths {
		if ahead[i] = path != "-" && isRegular(path) && (hashed || isGzip(path)); ahead[i] {
			sharing++
		}
	}
	share := max(1, in.Workers/max(1, sharing))
	return SideBySide(ctx, len(in.Paths), in.Workers, func(i int) bool { return ahead[i] },
		func(ctx context.Context, i int, turn *Turn) error {
			if ahead[i] {
				return do(ctx, i, share, turn)
			}
			return do(ctx, i, in.Workers, turn)
		})
}

func isRegular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// isGzip reports whether a file begins as one compressed with gzip does. What is wrong with it shows when it is read.
func isGzip(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	var head [2]byte
	_, err = io.ReadFull(file, head[:])
	return err == nil && head == [2]byte{0x1F, 0x8B}
}
