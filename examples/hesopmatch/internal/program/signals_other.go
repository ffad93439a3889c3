//go:build !unix

package program

import (
	"os"
	"syscall"
)

// endings returns the signals that ask the program to end.
func endings() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

// ignoreClosedPipe does nothing: only Unix has the signal SIGPIPE.
func ignoreClosedPipe() {}

// isAlive reports whether a process may still be running.
func isAlive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	_ = p.Release() // it was only looked up
	return true
}
