// Package goroutines lets tests check that code leaves no goroutines running.
package goroutines

import (
	"runtime"
	"testing"
	"time"
)

// RequireNoMore fails the test if more goroutines than the number before are still running after about ten seconds. It
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
