//go:build !linux

package program

// stdoutIsClosed returns false: this system does not show whether a process was started without a standard output.
func stdoutIsClosed() bool { return false }
