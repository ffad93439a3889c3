//go:build linux || darwin

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// knowsResident reports whether the system counts the memory of a process.
const knowsResident = true

// residentOf returns the peak memory of an ended process, in bytes.
func residentOf(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	most := int64(usage.Maxrss) //nolint:unconvert // it has 32 bits on some machines
	if runtime.GOOS == "linux" {
		most <<= 10 // it is in KiB
	}
	return most
}

// residentSelf returns the peak memory of this process, as far as it counts for a process that
// it starts: 0 where nothing of it does.
//
// The peak that the system reports for this process is no use: it includes the process that
// started this one.
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
