//go:build unix && !linux

package postgrestest

import "syscall"

// endWithParent does nothing here: killed tests leave their server running.
func endWithParent(*syscall.SysProcAttr) {}
