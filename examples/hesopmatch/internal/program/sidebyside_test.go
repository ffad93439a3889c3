package program

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSideBySide requires tasks to hand over the same results in the same order as if they ran one after another,
// whatever time each takes.
func TestSideBySide(t *testing.T) {
	failure := errors.New("failed")
	for seed := range 300 {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			n, most := r.IntN(6), 1+r.IntN(4)
			steps, fails, early := make([]int, n), make([]bool, n), make([]bool, n)
			var want []string
			var wantErr error
			for i := range n {
				steps[i], fails[i], early[i] = r.IntN(5), r.IntN(8) == 0, r.IntN(3) > 0
				for step := range steps[i] {
					if wantErr == nil {
						want = append(want, fmt.Sprint(i, step))
					}
				}
				if fails[i] && wantErr == nil {
					wantErr = fmt.Errorf("task %d: %w", i, failure)
				}
			}
			var got []string // without a lock: the race detector watches it
			var running atomic.Int64
			err := SideBySide(t.Context(), n, most, func(i int) bool { return early[i] }, func(_ context.Context, i int, turn *Turn) error {
				assert.LessOrEqual(t, running.Add(1), int64(most))
				defer running.Add(-1)
				assert.True(t, early[i] || turn.IsNow(), "a task that does not run ahead starts in its turn")
				for step := range steps[i] {
					time.Sleep(time.Duration((i*7+step*13+seed)%11) * time.Second)
					if err := turn.Do(mostHeld/4, func() error { got = append(got, fmt.Sprint(i, step)); return nil }); err != nil {
						return err
					}
				}
				if fails[i] {
					return fmt.Errorf("task %d: %w", i, failure)
				}
				return nil
			})
			require.Equal(t, wantErr, err, "the failure of the failed task with the lowest number")
			require.Equal(t, want, got)
		})
	}
}

// TestSideBySideHolds requires a waiting task to hold no more than its limit, and to continue when its turn comes.
func TestSideBySideHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var held atomic.Int64
		var order strings.Builder
		err := SideBySide(t.Context(), 2, 2, func(int) bool { return true }, func(_ context.Context, i int, turn *Turn) error {
			if i == 0 {
				time.Sleep(time.Hour)
				assert.Equal(t, int64(3), held.Load(), "the call that exceeds the limit waits")
				assert.True(t, turn.IsNow())
				return turn.Do(mostHeld, func() error { order.WriteString("0"); return nil })
			}
			for range 10 {
				held.Add(1)
				assert.NoError(t, turn.Do(mostHeld/2, func() error { order.WriteString("1"); return nil }))
			}
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, "01111111111", order.String())
	})
}

// TestSideBySideEnds requires a waiting task to end with the context, and after a failure of an earlier task.
func TestSideBySideEnds(t *testing.T) {
	stop, failure := errors.New("stop"), errors.New("failed")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		err := SideBySide(ctx, 3, 3, func(i int) bool { return i < 2 }, func(ctx context.Context, i int, turn *Turn) error {
			if i == 0 {
				time.Sleep(time.Hour)
				cancel(stop)
				return context.Cause(ctx)
			}
			return turn.Do(2*mostHeld, func() error { panic("the turn must not come") })
		})
		require.Equal(t, stop, err)

		err = SideBySide(t.Context(), 3, 3, func(int) bool { return true }, func(_ context.Context, i int, turn *Turn) error {
			time.Sleep(time.Hour)
			if i == 1 {
				return failure
			}
			return turn.Do(2*mostHeld, func() error {
				if i == 2 {
					panic("the task before this one failed")
				}
				time.Sleep(time.Hour)
				return nil
			})
		})
		require.Equal(t, failure, err)

		err = SideBySide(t.Context(), 2, 2, func(int) bool { return true }, func(_ context.Context, i int, turn *Turn) error {
			return turn.Do(1, func() error { return fmt.Errorf("of %d: %w", i, failure) })
		})
		require.EqualError(t, err, "of 0: failed", "a failure to hand over counts as a failure of the task")

		require.PanicsWithValue(t, "of a task", func() {
			defer func() {
				text, _ := recover().(string)
				first, _, _ := strings.Cut(text, "\n")
				panic(first)
			}()
			_ = SideBySide(t.Context(), 3, 3, func(int) bool { return true }, func(_ context.Context, i int, turn *Turn) error {
				if i == 1 {
					panic("of a task")
				}
				return turn.Do(2*mostHeld, func() error { return nil })
			})
		})
	})
}
