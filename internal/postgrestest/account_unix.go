//go:build unix

package postgrestest

import (
	"errors"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// serversRun reports whether the tests can start servers on this system.
const serversRun = true

// serverAccount returns the process attributes of a server. PostgreSQL refuses to run as root, so root gives the
// directory and the processes to another user.
func serverAccount(dir string) (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{}
	endWithParent(attributes)
	if os.Geteuid() != 0 {
		return attributes, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		account, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, errUser := strconv.ParseUint(account.Uid, 10, 32)
	gid, errGroup := strconv.ParseUint(account.Gid, 10, 32)
	if err := errors.Join(errUser, errGroup, os.Chown(dir, int(uid), int(gid))); err != nil {
		return nil, err
	}
	attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attributes, nil
}
