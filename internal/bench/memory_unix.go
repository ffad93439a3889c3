//go:build linux || darwin

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// knowsResident says that the system tells how much memory a process had.
const knowsResident = true

// residentOf is the most memory that a process had that has ended, in bytes.
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

// residentSelf is the most that this one had so far, as far as it counts for a process that it
// starts, and 0 where that is nothing.
//
// It is not what the system tells of this process, in which that of whoever started it counts.
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
