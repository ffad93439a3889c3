package program

import (
	"os"
	"runtime"
	"strings"
	"syscall"
)

// stdoutIsClosed reports whether the process was started without a standard output (>&-).
// Go then has /dev/null there, open for reading and writing. A shell's > /dev/null is open
// for writing alone. Programs that start others may open it for both: that is seen where
// another stream of this process or of its parent is the same open file, and else taken
// for one that gave none, for whoever means it can say -o /dev/null.
func stdoutIsClosed() bool {
	if name, err := os.Readlink("/proc/self/fd/1"); err != nil || name != os.DevNull {
		return false
	}
	info, err := os.ReadFile("/proc/self/fdinfo/1")
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(info)) {
		if flags, ok := strings.CutPrefix(line, "flags:"); ok {
			return strings.HasSuffix(strings.TrimSpace(flags), "2") && !stdoutIsShared()
		}
	}
	return false
}

// stdoutIsShared reports whether standard output is the same open file as another stream of
// this process, or as one of its parent. Go opens one of its own.
func stdoutIsShared() bool {
	self := os.Getpid()
	if isSameOpenFile(self, 0) || isSameOpenFile(self, 2) {
		return true
	}
	parent := os.Getppid()
	return isSameOpenFile(parent, 0) || isSameOpenFile(parent, 1) || isSameOpenFile(parent, 2)
}

// isSameOpenFile reports whether standard output and a descriptor of a process are one open
// file (kcmp, KCMP_FILE). It is false where the system does not say.
func isSameOpenFile(pid int, descriptor uintptr) bool {
	number, ok := map[string]uintptr{"386": 349, "amd64": 312, "arm": 378, "arm64": 272, "riscv64": 272}[runtime.GOARCH]
	if !ok {
		return false
	}
	same, _, errno := syscall.Syscall6(number, uintptr(os.Getpid()), uintptr(pid), 0, 1, descriptor, 0)
	return errno == 0 && same == 0
}
