//go:build unix

package program

import (
	"os"
	"os/signal"
	"syscall"
)

// endings are the signals that ask the program to end: also that its terminal has closed,
// unless it was started to outlive that, as by nohup.
func endings() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

// ignoreClosedPipe makes writing to a pipe that nobody reads an error, which a command can end with.
func ignoreClosedPipe() { signal.Ignore(syscall.SIGPIPE) }

// isAlive reports whether a process may still be there.
func isAlive(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }
