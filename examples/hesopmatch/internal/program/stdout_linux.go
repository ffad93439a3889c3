package program

import (
	"os"
	"runtime"
	"strings"
	"syscall"
)

// stdoutIsClosed reports whether the process was started without a standard output (>&-). Go then opens /dev/null in
// its place, for reading and writing. A shell's > /dev/null is open for writing only. Another program may start this
// one with /dev/null open for reading and writing. stdoutIsClosed recognises that case if another stream of this
// process or of its parent is the same open file. Otherwise it reports that standard output is closed; -o /dev/null
// then discards the output.
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

// stdoutIsShared reports whether standard output is the same open file as another stream of this process, or as a
// stream of its parent. The /dev/null that Go opens is shared with neither.
func stdoutIsShared() bool {
	self := os.Getpid()
	if isSameOpenFile(self, 0) || isSameOpenFile(self, 2) {
		return true
	}
	parent := os.Getppid()
	return isSameOpenFile(parent, 0) || isSameOpenFile(parent, 1) || isSameOpenFile(parent, 2)
}

// isSameOpenFile reports whether standard output and a descriptor of a process are one open file (kcmp, KCMP_FILE). It
// returns false if the system cannot compare them.
func isSameOpenFile(pid int, descriptor uintptr) bool {
	number, ok := map[string]uintptr{"386": 349, "amd64": 312, "arm": 378, "arm64": 272, "riscv64": 272}[runtime.GOARCH]
	if !ok {
		return false
	}
	same, _, errno := syscall.Syscall6(number, uintptr(os.Getpid()), uintptr(pid), 0, 1, descriptor, 0)
	return errno == 0 && same == 0
}
