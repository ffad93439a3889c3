package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// heading returns the date, the machine, the build and the command of the run.
func (b *bench) heading() string {
	goVersion := fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	parts := []string{time.Now().Format(time.DateOnly), goVersion}
	if cpu := cpuModel(); cpu != "" {
		parts = append(parts, cpu)
	}
	return strings.Join(append(parts, count(runtime.GOMAXPROCS(0), "core"), buildName()+" build",
		fmt.Sprintf("W of %d rows and %.0f MB", b.load.rows, float64(b.load.bytes)/1e6),
		fmt.Sprintf("of which %d match (a) and %d (b)", b.few.want.matched, b.many.want.matched),
		"medians of "+count(b.opts.rounds, "round"),
		"`"+commandLine(b.opts.args)+"`"), ", ")
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

// commandLine returns the command that repeats the run.
func commandLine(args []string) string {
	command := "go run ./internal/bench"
	if vectors {
		command = "GOEXPERIMENT=simd " + command
	}
	return strings.Join(append([]string{command}, args...), " ")
}

// cpuModel returns Linux's name of the processor, "" if it has none.
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
