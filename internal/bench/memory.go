package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// resident is the peak memory of one run of the program.
type resident struct {
	what    string // what the run does
	target  string
	workers int
	bytes   int64
	why     string // why nothing was measured, or ""
	least   int64  // the peak that is measured for a program that uses no memory
}

// residentMemory measures the memory of hesopmatch flag with one worker, and with one worker for each core.
//
// On Linux, the peak of a new process includes its memory before exec, which is a copy of this process's memory. So
// residentMemory must run while this process is small. If the measured peak is no larger than that of this process, the
// table gives the measured peak as an upper bound.
func residentMemory(ctx context.Context, s sizes, w *workload, g *group, dir string) ([]resident, error) {
	const what, target = "`flag`, W(a)", "at most 64 MiB"
	if !knowsResident {
		return []resident{{what: what, target: target, why: "not supported on " + runtime.GOOS}}, nil
	}
	built := filepath.Join(dir, "hesopmatch")
	if err := s.build(ctx, built); err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return []resident{{what: what, target: target, why: "flag cannot be built: " + err.Error()}}, nil
	}
	args, err := g.writeLists(dir)
	if err != nil {
		return nil, err
	}
	var all []resident
	for _, workers := range []int{1, runtime.GOMAXPROCS(0)} {
		if len(all) > 0 && all[0].workers == workers {
			break
		}
		written := filepath.Join(dir, "flagged.csv")
		least := residentSelf()
		options := append(args, "-workers", strconv.Itoa(workers), "-o", written, w.path)
		state, err := runCommand(ctx, built, append([]string{"flag"}, options...)...)
		if err != nil {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			return nil, fmt.Errorf("flag: %w", err)
		}
		if err := checkFlagged(written, &g.want); err != nil {
			return nil, fmt.Errorf("flag: %w", err)
		}
		used := residentOf(state)
		all = append(all, resident{what: what, target: target, workers: workers, bytes: used, least: least})
	}
	return all, nil
}

// build builds hesopmatch and writes it to the given path. The argument env adds variables to the environment.
func (s *sizes) build(ctx context.Context, path string, env ...string) error {
	_, err := ended(ctx, env, s.goCommand, "build", "-o", path, s.program)
	return err
}

// runCommand runs a command. The text of an error ends with the command's messages, on one line.
func runCommand(ctx context.Context, name string, args ...string) (*os.ProcessState, error) {
	return ended(ctx, nil, name, args...)
}

// ended does what runCommand does, with variables added to the environment.
func ended(ctx context.Context, env []string, name string, args ...string) (*os.ProcessState, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(cmd.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.WaitDelay = 100 * time.Millisecond // a killed command may leave children that keep stderr open
	if err := cmd.Run(); err != nil {
		messages := strings.ReplaceAll(strings.TrimSpace(stderr.String()), "\n", "; ")
		return nil, fmt.Errorf("%w: %s", err, cmp.Or(messages, "no message"))
	}
	return cmd.ProcessState, nil
}

// checkFlagged fails unless hesopmatch flag wrote one row for each appointment that matches.
func checkFlagged(path string, want *tally) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines, block := 0, make([]byte, readSize)
	for {
		n, err := file.Read(block)
		lines += bytes.Count(block[:n], []byte("\n"))
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if rows := int64(lines) - 1; rows != want.matched {
		return fmt.Errorf("wrong result: %d rows written, want %d", rows, want.matched)
	}
	return nil
}
