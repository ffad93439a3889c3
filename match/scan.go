package match

import (
	"context"
	"fmt"

	"hesopmatch/hesop"
	"hesopmatch/internal/seam"
)

// ScanOption changes how Scan works.
type ScanOption func(*scanOptions)

type scanOptions struct {
	workers int
	only    func(*hesop.Appointment, *Result) bool // nil for all
	block   int
	nilOnly bool // Only was given no function

	collect    []func() collector // make the values of Collect
	nilCollect bool               // Collect lacks a function
}

// MaxWorkers is the most workers that Scan and cohort take: 1,024.
const MaxWorkers = seam.MaxWorkers

const defaultBlock = 256 << 10

// Workers sets how many goroutines match, 1 by default and MaxWorkers at most. The
// results are the same for any number.
func Workers(n int) ScanOption { return func(o *scanOptions) { o.workers = n } }

// MatchedOnly makes Scan call its function only for appointments that match a
// list. All are counted.
func MatchedOnly() ScanOption {
	return Only(func(_ *hesop.Appointment, res *Result) bool { return res.AnyMatch() })
}

// Only makes Scan call its function only for appointments that choose is true of. All are
// counted. choose is called by the workers, several at a time, perhaps more than once for
// an appointment and for some that turn out to be none, so it must depend on nothing but
// what it is given and change nothing. Numbers of rows and lines are not known then. What it
// is given is good until it returns.
func Only(choose func(*hesop.Appointment, *Result) bool) ScanOption {
	return func(o *scanOptions) { o.only, o.nilOnly = choose, choose == nil }
}

// BlockSize sets how many bytes a worker takes at a time, 256 KiB by default and 256 MiB
// at most. Several workers hold at most 2 × workers + 2 blocks in memory, each with its bytes,
// as a rule half as much again for where its rows and fields are, and some 100 bytes for
// each appointment that Scan calls its function for. Of a hesop.Parted source they hold what that function and Collect
// need of 64 blocks, or of 4 × workers if that is more.
func BlockSize(bytes int) ScanOption { return func(o *scanOptions) { o.block = bytes } }

// Scan reads every appointment that r has left, matches it and calls fn, in the order of the rows and from the
// goroutine that called Scan. The appointment and its result are good until fn returns. A nil fn counts alone. The
// workers share nothing of what fn does: see Collect. The totals are those of the appointments up to where the scan
// ended. An argument or option that cannot be is an error that wraps ErrOption.
//
// With several workers a regular file is read from several places at a time, and the
// time that reading and matching take is shared. A stream and compressed data are read by one goroutine, and only the
// matching is shared. The parts of a hesop.Parted source are read side by side; a query and any other source are read
// and matched by the goroutine that called Scan.
//
// A scan that reached the end fails with hesop.ErrRawWidth if the answers depend on whether
// raw columns were cut at four characters, the data do not show it and hesop.RawWidth did not say it.
//
// An error of the reader or of fn ends the scan and is returned, and so is the
// cause of ctx when it is cancelled; a Read of the source that blocks delays that.
// r must not be used while Scan runs, nor after an end before the last row if there are
// several workers, for it has read ahead.
func Scan(
	ctx context.Context, m *Matcher, r *hesop.Reader, fn func(*hesop.Appointment, *Result) error, opts ...ScanOption,
) (*Totals, error) {
	o := scanOptions{workers: 1, block: defaultBlock}
	switch {
	case m == nil || !m.IsMade():
		return nil, fmt.Errorf("%w: the Matcher of Scan is nil or zero: Compile makes one", ErrOption)
	case ctx == nil:
		return m.NewTotals(), fmt.Errorf("%w: the Context of Scan is nil: context.Background is one", ErrOption)
	case r == nil || !r.IsMade():
		return m.NewTotals(), fmt.Errorf("%w: the Reader of Scan is nil or zero: hesop.Open makes one", ErrOption)
	}
	for i, opt := range opts {
		if opt == nil {
			return m.NewTotals(), fmt.Errorf("%w: option %d of Scan is nil", ErrOption, i)
		}
		opt(&o)
	}
	totals := m.NewTotals()
	switch {
	case o.workers < 1 || o.workers > MaxWorkers || o.block < 1 || o.block > seam.MaxBlock:
		return totals, fmt.Errorf("%w: Workers(%d), BlockSize(%d): must be 1 to %d, and 1 to %d bytes",
			ErrOption, o.workers, o.block, MaxWorkers, seam.MaxBlock)
	case o.nilOnly:
		return totals, fmt.Errorf("%w: the function of Only is nil", ErrOption)
	case o.nilCollect:
		return totals, fmt.Errorf("%w: a function of Collect is nil", ErrOption)
	}
	if ctx.Err() != nil {
		return totals, context.Cause(ctx)
	}
	m.noteLimits(r)
	if fn == nil {
		o.only = func(*hesop.Appointment, *Result) bool { return false }
	}
	s := &scanner{scanOptions: o, ctx: ctx, m: m, fn: fn, totals: totals}
	if o.workers == 1 || !r.IsShared() {
		return totals, s.scanAlone(r)
	}
	return totals, r.Blocks(ctx, o.workers, o.block, s.work, s.take)
}
