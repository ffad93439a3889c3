//go:build !unix

package postgrestest

import (
	"errors"
	"syscall"
)

const serversRun = false

func serverAccount(string) (*syscall.SysProcAttr, error) {
	return nil, errors.New("the tests start servers on Unix only")
}
