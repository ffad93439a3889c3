//go:build linux || darwin

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// knowsResident reports whether the system reports the peak memory of a process.
const knowsResident = true

// residentOf returns the peak memory of an ended process, in bytes.
func residentOf(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	most := int64(usage.Maxrss) //nolint:unconvert // 32 bits on some systems
	if runtime.GOOS == "linux" {
		most <<= 10 // Linux reports KiB
	}
	return most
}

// residentSelf returns the peak memory of this process, in bytes, on systems that count this memory towards the peak of
// a process that this process starts. On other systems, residentSelf returns 0.
//
// Getrusage is no use here: the peak that it returns for this process includes that of the parent process.
func residentSelf() int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if kib, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kib), "kB")), 10, 64)
			if err == nil {
				return n << 10
			}
		}
	}
	return 0
}
