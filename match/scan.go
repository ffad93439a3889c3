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
	only    func(*hesop.Appointment, *Result) bool // nil accepts every appointment
	block   int
	nilOnly bool // the option Only was given a nil function

	collect    []func() collector // for each option Collect, a function that makes a value
	nilCollect bool               // the option Collect was given a nil function
}

// MaxWorkers is the largest number of workers that Scan and package cohort accept: 1,024.
const MaxWorkers = seam.MaxWorkers

const defaultBlock = 256 << 10

// Workers sets the number of goroutines that match: 1 by default, MaxWorkers at most. The results do not depend on the
// number.
func Workers(n int) ScanOption { return func(o *scanOptions) { o.workers = n } }

// MatchedOnly makes Scan call fn only for appointments that match a list. The totals count all appointments.
func MatchedOnly() ScanOption {
	return Only(func(_ *hesop.Appointment, res *Result) bool { return res.AnyMatch() })
}

// Only makes Scan call fn just for the appointments for which the callback returns true. The totals count all
// appointments.
//
// The workers call the callback concurrently. They may call it more than once for an appointment, and for text that
// turns out not to be an appointment. The callback must therefore depend only on its arguments and must change nothing.
// Row and line numbers are not known yet. The arguments are valid until the callback returns.
func Only(choose func(*hesop.Appointment, *Result) bool) ScanOption {
	return func(o *scanOptions) { o.only, o.nilOnly = choose, choose == nil }
}

// BlockSize sets the number of bytes that a worker matches at a time: 256 KiB by default, 256 MiB at most.
//
// Several workers hold at most 2 × workers + 2 blocks in memory. A block takes memory for its bytes, usually half as
// much again for the offsets of its rows and fields, and about 100 bytes for each appointment passed to the function of
// Scan. For a hesop.Parted source, the workers hold 64 blocks, or 4 × workers if that is more, plus the memory that
// Collect and the function given to Scan need for these blocks.
func BlockSize(bytes int) ScanOption { return func(o *scanOptions) { o.block = bytes } }

// Scan reads the remaining appointments of r, matches each one and calls fn in the order of the rows. It calls fn from
// the goroutine that called Scan, whatever the number of workers; Collect moves work to the workers. The appointment
// and its Result are valid until fn returns. With a nil fn, Scan only counts. The totals cover the appointments up to
// where the scan ended.
//
// With several workers, Scan reads a regular file at several offsets at once, so reading and matching both run in
// parallel. One goroutine reads a stream or compressed data, and only the matching is parallel. The workers read the
// parts of a hesop.Parted source in parallel. The goroutine that called Scan reads and matches a query or any other
// source alone.
//
// Scan returns the first error of the reader or of fn, and the cause of ctx when it is cancelled. If a Read of the
// source is waiting for data, cancellation takes effect only when that Read returns. An invalid argument or option is
// an error that wraps ErrOption.
//
// At the end of the data, Scan fails with hesop.ErrRawWidth if hesop.RawWidth was not given and the answers depend on
// whether the raw columns were truncated at four characters. There is no such error if some raw diagnosis has more than
// four characters, or if every value of four characters would be decided even if it had been truncated.
//
// r must not be used while Scan runs. With several workers Scan reads ahead, so r must not be used again if the scan
// ended before the last row.
func Scan(
	ctx context.Context, m *Matcher, r *hesop.Reader, fn func(*hesop.Appointment, *Result) error, opts ...ScanOption,
) (*Totals, error) {
	o := scanOptions{workers: 1, block: defaultBlock}
	switch {
	case m == nil || !m.IsMade():
		return nil, fmt.Errorf("%w: the Matcher of Scan is nil or zero: Compile makes one", ErrOption)
	case ctx == nil:
		return m.NewTotals(), fmt.Errorf("%w: the Context of Scan is nil: pass context.Background()", ErrOption)
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
