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

// resident is the peak memory of the program.
type resident struct {
	what    string // it does
	asked   string
	workers int
	bytes   int64
	why     string // why nothing was measured, "" if it was
	least   int64  // the measure of a program that uses no memory
}

// residentMemory runs the command flag, with one worker and with one for each core.
//
// Linux counts the memory that a process had before exec, which is a copy of this one's.
// So residentMemory runs while this process is small, and the table shows that size.
func residentMemory(ctx context.Context, s sizes, w *workload, g *group, dir string) ([]resident, error) {
	const what, asked = "`flag`, W(a)", "at most 64 MiB"
	if !knowsResident {
		return []resident{{what: what, asked: asked, why: runtime.GOOS + " is not asked for it"}}, nil
	}
	built := filepath.Join(dir, "hesopmatch")
	if err := s.build(ctx, built); err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return []resident{{what: what, asked: asked, why: "flag cannot be built: " + err.Error()}}, nil
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
		all = append(all, resident{what: what, asked: asked, workers: workers, bytes: residentOf(state), least: least})
	}
	return all, nil
}

// build builds hesopmatch as a file, in an environment that some variables change.
func (s *sizes) build(ctx context.Context, path string, env ...string) error {
	_, err := ended(ctx, env, s.goCommand, "build", "-o", path, s.program)
	return err
}

// runCommand runs a command. The error ends with the command's messages, on one line.
func runCommand(ctx context.Context, name string, args ...string) (*os.ProcessState, error) {
	return ended(ctx, nil, name, args...)
}

// ended is runCommand in an environment that some variables change.
func ended(ctx context.Context, env []string, name string, args ...string) (*os.ProcessState, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(cmd.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.WaitDelay = 100 * time.Millisecond // a command that was killed may leave children that hold stderr
	if err := cmd.Run(); err != nil {
		said := strings.ReplaceAll(strings.TrimSpace(stderr.String()), "\n", "; ")
		return nil, fmt.Errorf("%w: %s", err, cmp.Or(said, "no message"))
	}
	return cmd.ProcessState, nil
}

// checkFlagged fails unless flag wrote one row for each appointment that matches.
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
		return fmt.Errorf("wrong result: %d rows written, not %d", rows, want.matched)
	}
	return nil
}
