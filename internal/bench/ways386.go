package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
)

// prepare386 compares a build for 386 with a build for amd64. Both run hesopmatch flag with one worker. prepare386
// skips the measure if the machine cannot run both builds.
func (w *ways) prepare386(ctx context.Context) error {
	const name, target = "386 against amd64, `flag -workers 1`", "stated in the README"
	if runtime.GOARCH != "amd64" {
		w.skip(name, target, "the machine is not amd64")
		return nil
	}
	narrow := hesopmatch{program: filepath.Join(w.dir, "hesopmatch386"), lists: w.lists}
	if err := w.opts.build(ctx, narrow.program, "GOARCH=386"); err != nil {
		return err
	}
	if _, err := runCommand(ctx, narrow.program, "version"); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		w.skip(name, target, "the machine does not run 386 programs: "+err.Error())
		return nil
	}
	flagged := w.flagged(&w.few.want)
	one := func(h *hesopmatch, name string) (*measure, error) {
		h.workers = 1
		return h.measure(ctx, name, "flag", []string{"-o", flagged.path, w.load.path}, flagged)
	}
	wide := w.hesopmatch
	on64, err := one(&wide, "flag on amd64")
	if err != nil {
		return err
	}
	sum := flagged.sum
	on32, err := one(&narrow, "flag on 386")
	if err != nil {
		return err
	}
	if flagged.sum != sum {
		return errors.New("wrong result: 386 and amd64 write different bytes")
	}
	w.add(on64)
	w.add(on32)
	w.rows = append(w.rows, func() row {
		line, rows := ratio(name, target, on32, on64), float64(w.load.rows)
		narrow, wide := on32.times.median()/rows, on64.times.median()/rows
		line.timings += fmt.Sprintf("; %.0f ns against %.0f ns per row", narrow, wide)
		return line
	})
	return nil
}
