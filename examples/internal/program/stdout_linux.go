package program

import (
	"os"
	"strings"
)

// stdoutIsClosed reports whether the process was started without a standard output (>&-).
// Go then has /dev/null there, open for reading and writing. A shell's > /dev/null is open
// for writing alone; who opens it for both is taken for one that gave none.
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
			return strings.HasSuffix(strings.TrimSpace(flags), "2")
		}
	}
	return false
}
