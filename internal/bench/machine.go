package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// heading returns the heading of the library's table.
func (b *bench) heading() string {
	return heading(b.opts, b.load,
		fmt.Sprintf("%d matching (a) and %d matching (b)", b.few.want.matched, b.many.want.matched))
}

// heading returns the date, the machine, the build, the workload, any further parts, and the command of the run.
func heading(opts *options, load *workload, more ...string) string {
	goVersion := fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	parts := []string{time.Now().Format(time.DateOnly), goVersion}
	if cpu := cpuModel(); cpu != "" {
		parts = append(parts, cpu)
	}
	parts = append(parts, count(runtime.GOMAXPROCS(0), "core"), buildName()+" build",
		fmt.Sprintf("W of %d rows and %.0f MB", load.rows, float64(load.bytes)/1e6))
	parts = append(parts, more...)
	return strings.Join(append(parts, "medians of "+count(opts.rounds, "round"), "`"+commandLine(opts.args)+"`"), ", ")
}

// count returns a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func buildName() string {
	if vectors {
		return "simd"
	}
	return "default"
}

// commandLine returns the command to repeat the run.
func commandLine(args []string) string {
	command := "go run ./internal/bench"
	if vectors {
		command = "GOEXPERIMENT=simd " + command
	}
	return strings.Join(append([]string{command}, args...), " ")
}

// loadAverage returns Linux's load average over the last minute, or "" on other systems.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	minute, _, _ := strings.Cut(string(text), " ")
	return minute
}

// cpuModel returns the name of the processor on Linux, or "" if it is not available.
func cpuModel() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return ""
}
