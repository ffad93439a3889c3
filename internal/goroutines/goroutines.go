// Package goroutines tells in tests whether something has left goroutines running.
package goroutines

import (
	"runtime"
	"testing"
	"time"
)

// RequireNoMore fails the test if more goroutines are running than before, once those that
// have said that they stop have had the moment that they take to be gone.
func RequireNoMore(t *testing.T, before int) {
	t.Helper()
	for range 10_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%d goroutines are running, %d before", runtime.NumGoroutine(), before)
}
