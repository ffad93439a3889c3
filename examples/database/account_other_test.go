//go:build !unix

package main

import (
	"errors"
	"syscall"
)

const serversRun = false

func serverAccount(string) (*syscall.SysProcAttr, error) {
	return nil, errors.New("the tests start servers on Unix alone")
}
