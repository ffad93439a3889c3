//go:build !linux

package program

// stdoutIsClosed is false: whether a process was started without a standard output is not
// known here.
func stdoutIsClosed() bool { return false }
