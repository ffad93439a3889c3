package program

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
)

// mostHeld limits the bytes that all tasks waiting for their turn may hold together.
const mostHeld = 8 << 20

// SideBySide runs the tasks 0 to n-1, such as one task for each input, by calling do for each of them. The argument
// most limits how many tasks run at the same time. The tasks start in order, and hand over their results in order: see
// Turn. If ahead(i) is false, task i waits for its turn before it starts.
//
// SideBySide returns the error of the failed task with the lowest number, and cancels the tasks with higher numbers. A
// task that fails still hands over the results that it had before it failed. When SideBySide returns, no task is
// running. It panics if a task panics.
func SideBySide(
	ctx context.Context, n, most int, ahead func(i int) bool, do func(ctx context.Context, i int, turn *Turn) error,
) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	most = max(1, min(most, n))
	slots := make(chan struct{}, most) // one for each task that has started and not yet handed over everything
	errs, panics := make([]error, n), make([]any, n)
	var running sync.WaitGroup
	turn := make(chan struct{}) // the turn of the next task to start
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
	for _, value := range panics { // a panic cancelled the tasks before it too
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

// Turn is the turn of one task of SideBySide. It comes when all tasks before it have handed over their results. Only
// the goroutine that runs the task may use it.
type Turn struct {
	ctx         context.Context // the context of SideBySide
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

// Do calls the function handOver when the turn has come: at once, or later from the same goroutine. It first calls the
// functions that still wait from earlier calls of Do. While a function waits, it counts as holding the number of bytes
// that the argument size states. It must own what it hands over. If the waiting functions of this task hold more than
// its share of mostHeld, Do waits for the turn. It returns the first error of the functions that it called, or the
// cause of the context's cancellation.
func (t *Turn) Do(size int, handOver func() error) error {
	t.held = append(t.held, handOver)
	if t.size += size; t.size <= t.limit && !t.IsNow() {
		return nil
	}
	return t.Wait()
}

// Wait waits for the turn and calls the waiting functions of Do. After that the turn has come.
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
		held[i] = nil // free its memory
		if err := handOver(); err != nil {
			return err
		}
	}
	return nil
}

// run runs the task. It first waits for the turn, unless ahead is set. It returns after the turn has come.
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

// SideBySide calls the callback for each input, with the index of the input in Paths and the number of workers for it.
// A regular file that only one goroutine can read, because it is compressed or because hashed is set, is read at the
// same time as other such files. All other inputs are read in their turn, by all workers. See the function SideBySide
// for turns and errors.
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

// isGzip reports whether a file begins like a gzip file. It returns false for a file that it cannot read; whoever reads
// that file later gets the error.
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
