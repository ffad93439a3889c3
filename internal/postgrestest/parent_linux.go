package postgrestest

import "syscall"

// endWithParent makes a process end with its parent, so that killed tests leave no server running.
func endWithParent(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGINT }
