package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"hesopmatch/examples/speed/internal/program"
)

// heading says when, where and how it was measured.
func (b *bench) heading() string {
	parts := []string{time.Now().Format(time.DateOnly), fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)}
	if cpu := cpuModel(); cpu != "" {
		parts = append(parts, cpu)
	}
	return strings.Join(append(parts, program.Count(runtime.GOMAXPROCS(0), "core"), buildName()+" build",
		fmt.Sprintf("W of %d rows and %.0f MB", b.load.rows, float64(b.load.bytes)/1e6),
		fmt.Sprintf("of which %d match (a) and %d (b)", b.few.want.matched, b.many.want.matched),
		"medians of "+program.Count(b.opts.rounds, "round"),
		"`"+commandLine(b.opts.args)+"`"), ", ")
}

func buildName() string {
	if vectors {
		return "simd"
	}
	return "default"
}

// commandLine is what the reader types to measure the same.
func commandLine(args []string) string {
	command := "go run ./examples/speed"
	if vectors {
		command = "GOEXPERIMENT=simd " + command
	}
	return strings.Join(append([]string{command}, args...), " ")
}

// cpuModel is what Linux calls the processor, "" if it does not say.
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
