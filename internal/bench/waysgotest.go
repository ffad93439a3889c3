package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// runGoBenchmarks adds the rows of benchmarks in other packages. Those benchmarks check their own counts.
func (w *ways) runGoBenchmarks(ctx context.Context) error {
	if !w.opts.goBenchmarks {
		return nil
	}
	w.note("building from nothing")
	if err := w.buildAfresh(ctx); err != nil {
		return err
	}
	w.note("running benchmarks of other packages")
	const sql, release = "a query of the code columns in SQLite, %s, against the driver alone",
		"`Release` of %s lists over 200,000 appointments"
	err := w.goBenchmark(ctx, "internal/sqloracle", "CodeColumns", func(times map[string]samples) {
		for _, workers := range []string{"1 worker", "2 workers"} {
			number, _, _ := strings.Cut(workers, " ")
			name, target := fmt.Sprintf(sql, workers), "at most 1.3 times, never slower with more workers"
			if ours, alone := times["workers_"+number], times["bytes"]; len(ours) > 0 && len(ours) == len(alone) {
				w.compare(name, target, &measure{times: ours}, &measure{times: alone})
			} else {
				w.skip(name, target, "the benchmark has no such line")
			}
		}
	})
	if err != nil {
		return err
	}
	return w.goBenchmark(ctx, "match/cohort", "Release", func(times map[string]samples) {
		for _, lists := range []string{"80 nested", "8 crossing"} {
			name, target := fmt.Sprintf(release, lists), "at most 100 ms"
			if found := times[strings.ReplaceAll(lists, " ", "_")]; len(found) > 0 {
				w.rows = append(w.rows, func() row { return compilation(name, target, &measure{times: found}) })
			} else {
				w.skip(name, target, "the benchmark has no such line")
			}
		}
	})
}

// buildAfresh adds the row for a build with an empty build cache, but with all modules downloaded.
func (w *ways) buildAfresh(ctx context.Context) error {
	path := filepath.Join(w.dir, "afresh")
	ns, err := timed(func() error { return w.opts.build(ctx, path, "GOCACHE="+filepath.Join(w.dir, "cache")) })
	if err != nil {
		return err
	}
	if _, err := runCommand(ctx, path, "version"); err != nil {
		return err
	}
	w.rows = append(w.rows, func() row {
		return row{
			"first build of the program, with only the module cache", "no longer than before (19 to 22 s)",
			fmt.Sprintf("%.1f s", ns/1e9), "one build",
		}
	})
	return nil
}

// goBenchmark runs a benchmark of the package in a folder of the repository, and passes the nanoseconds of each
// sub-benchmark to the callback. If the benchmark cannot run here, goBenchmark adds a row with the reason instead.
func (w *ways) goBenchmark(ctx context.Context, dir, name string, add func(map[string]samples)) error {
	mod, err := exec.CommandContext(ctx, w.opts.goCommand, "env", "GOMOD").Output()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, w.opts.goCommand, "test", "-run", "^$", "-bench", "^Benchmark"+name+"$",
		"-benchtime", "300ms", "-count", strconv.Itoa(w.opts.rounds), "-timeout", "15m", ".")
	cmd.Dir = filepath.Join(filepath.Dir(strings.TrimSpace(string(mod))), filepath.FromSlash(dir))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case bytes.Contains(output, []byte("--- FAIL")):
		return fmt.Errorf("wrong result: %s: %s", name, output)
	case err != nil:
		why := cmp.Or(strings.TrimSpace(stderr.String()), strings.TrimSpace(string(output)), err.Error())
		why, _, _ = strings.Cut(why, "\n")
		w.skip("Benchmark"+name+" in "+dir, "see its rows in BENCHMARKS.md", why)
		return nil
	}
	times := benchmarkTimes(string(output))
	if len(times) == 0 {
		return errors.New("wrong result: " + name + " printed no times")
	}
	add(times)
	return nil
}

var benchmarkLine = regexp.MustCompile(`(?m)^Benchmark[^/\s]+/(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op`)

// benchmarkTimes returns the nanoseconds of each sub-benchmark.
func benchmarkTimes(output string) map[string]samples {
	times := make(map[string]samples)
	for _, line := range benchmarkLine.FindAllStringSubmatch(output, -1) {
		if ns, err := strconv.ParseFloat(line[2], 64); err == nil {
			times[line[1]] = append(times[line[1]], ns)
		}
	}
	return times
}
