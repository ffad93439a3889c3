// Package goroutines lets tests check that code leaves no goroutines running.
package goroutines

import (
	"runtime"
	"testing"
	"time"
)

// RequireNoMore fails the test if, after about ten seconds, more goroutines are still running than the given number. It
// waits because goroutines that are stopping need a moment to end.
func RequireNoMore(t *testing.T, before int) {
	t.Helper()
	for range 10_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%d goroutines are running, want at most %d", runtime.NumGoroutine(), before)
}
