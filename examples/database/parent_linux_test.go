package main

import "syscall"

// endWithParent makes a process end when its parent is killed, so that no server is
// left of tests that were.
func endWithParent(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGINT }
