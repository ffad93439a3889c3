//go:build unix

package program

import (
	"os"
	"os/signal"
	"syscall"
)

// endings returns the signals that ask the program to end. They include SIGHUP, sent when the terminal closes, unless
// the process ignored SIGHUP from its start, as under nohup.
func endings() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

// ignoreClosedPipe makes a write to a pipe without a reader return an error instead of killing the process.
func ignoreClosedPipe() { signal.Ignore(syscall.SIGPIPE) }

// isAlive reports whether a process may still be running.
func isAlive(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }
