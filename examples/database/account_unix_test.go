//go:build unix

package main

import (
	"errors"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// serversRun says that servers can be started on this system.
const serversRun = true

// serverAccount says how the processes of a server are to run, and gives them a
// directory. PostgreSQL refuses to run as root, who lets another user run it.
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
