package match

import (
	"context"
	"fmt"

	"hesopmatch/hesop"
)

// ScanOption changes how Scan works.
type ScanOption func(*scanOptions)

type scanOptions struct {
	workers     int
	matchedOnly bool
	batch       int
}

// MaxWorkers is the most workers that Scan takes.
const MaxWorkers = 1024

const maxBatch = 1 << 20

// Workers sets how many goroutines match, 1 by default and MaxWorkers at most. The
// results are the same for any number.
func Workers(n int) ScanOption { return func(o *scanOptions) { o.workers = n } }

// MatchedOnly makes Scan call its function only for appointments that match a
// list. All are counted.
func MatchedOnly() ScanOption { return func(o *scanOptions) { o.matchedOnly = true } }

// BatchSize sets how many rows a worker takes at a time, 128 by default. At most
// twice as many batches as workers, and two more, are held in memory, each row with
// its bytes and 12 bytes a field.
func BatchSize(rows int) ScanOption { return func(o *scanOptions) { o.batch = rows } }

// Scan reads every appointment that r has left, matches it and calls fn, in the
// order of the rows and from the goroutine that called Scan. The appointment and
// its result are good until fn returns. The totals are those of the appointments
// up to where the scan ended.
//
// An error of the reader or of fn ends the scan and is returned, and so is the
// cause of ctx when it is cancelled; a Read of the source that blocks delays that.
// r must not be used while Scan runs, nor after an end before the last row if there are
// several workers, for it has read ahead: as far as hesop.Measure then counts. A
// function that was given to hesop.SkipBadRows may be called from another
// goroutine then.
func Scan(ctx context.Context, m *Matcher, r *hesop.Reader, fn func(*hesop.Appointment, *Result) error, opts ...ScanOption) (*Totals, error) {
	o := scanOptions{workers: 1, batch: 128}
	for _, opt := range opts {
		opt(&o)
	}
	totals := m.NewTotals()
	if o.workers < 1 || o.workers > MaxWorkers || o.batch < 1 || o.batch > maxBatch {
		return totals, fmt.Errorf("match: %d workers, batches of %d rows: must be 1 to %d, and 1 to %d", o.workers, o.batch, MaxWorkers, maxBatch)
	}
	if ctx.Err() != nil {
		return totals, context.Cause(ctx)
	}
	take := func(a *hesop.Appointment, res *Result) error {
		totals.Add(a, res)
		if o.matchedOnly && !res.AnyMatch() {
			return nil
		}
		return fn(a, res)
	}
	if o.workers == 1 {
		return totals, scanAlone(ctx, m, r, take)
	}
	return totals, scanTogether(ctx, m, r, take, o)
}

// scanAlone reads, matches and takes in one goroutine.
func scanAlone(ctx context.Context, m *Matcher, r *hesop.Reader, take func(*hesop.Appointment, *Result) error) error {
	const often = 1024 // rows between looks at ctx
	res := m.NewResult()
	n := 0
	for a, err := range r.All() {
		if err != nil && ctx.Err() != nil {
			return context.Cause(ctx) // which the source may tell in its own words
		}
		if err != nil {
			return err
		}
		m.Match(a, res)
		if err := take(a, res); err != nil {
			return err
		}
		if n++; n%often == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

// batch is some rows on their way from the reader through a worker to the
// caller.
//
// 0 ≤ n ≤ len(rows) = len(results); what is beyond n is memory from earlier use.
type batch struct {
	rows    []hesop.Appointment
	results []Result
	n       int
	last    bool          // nothing follows these rows
	err     error         // ... because of this, if not nil
	matched chan struct{} // one value once the results are there
}

func newBatch(m *Matcher, size int) *batch {
	b := &batch{rows: make([]hesop.Appointment, size), results: make([]Result, size), matched: make(chan struct{}, 1)}
	for i := range b.results {
		b.results[i].m = m
	}
	return b
}

// scanTogether reads in one goroutine, matches in several, and takes in that of
// the caller. Batches go round: free, to a worker and into the line in which the
// caller takes them, and free again.
func scanTogether(ctx context.Context, m *Matcher, r *hesop.Reader, take func(*hesop.Appointment, *Result) error, o scanOptions) error {
	ctx, cancel := context.WithCancelCause(ctx)
	batches := 2*o.workers + 2
	free := make(chan *batch, batches)
	work := make(chan *batch, batches)
	line := make(chan *batch, batches)
	for range batches {
		free <- newBatch(m, o.batch)
	}
	stopped := make(chan struct{}, o.workers+1)
	for range o.workers {
		go func() {
			defer func() { stopped <- struct{}{} }()
			for b := range work {
				b.match(m)
			}
		}()
	}
	go func() {
		defer func() { stopped <- struct{}{} }()
		defer close(work)
		defer close(line)
		readBatches(ctx, r, free, work, line)
	}()

	// Also when the caller's function panics, nothing is left running.
	defer func() {
		cancel(nil)
		for range o.workers + 1 {
			<-stopped
		}
	}()
	return takeBatches(ctx, free, line, take)
}

// readBatches fills batches until the reader ends or ctx does.
func readBatches(ctx context.Context, r *hesop.Reader, free, work, line chan *batch) {
	for {
		var b *batch
		select {
		case b = <-free:
		case <-ctx.Done():
			return
		}
		b.read(r)
		line <- b // never blocks: there is room for every batch
		work <- b
		if b.last {
			return
		}
	}
}

// read fills b with copies of the next rows.
func (b *batch) read(r *hesop.Reader) {
	b.n, b.last, b.err = 0, true, nil
	for a, err := range r.All() {
		if err != nil {
			b.err = err
			return
		}
		a.CopyTo(&b.rows[b.n])
		if b.n++; b.n == len(b.rows) {
			b.last = false
			return
		}
	}
}

func (b *batch) match(m *Matcher) {
	for i := range b.n {
		m.Match(&b.rows[i], &b.results[i])
	}
	b.matched <- struct{}{}
}

// takeBatches takes the rows of the batches in line, in order.
func takeBatches(ctx context.Context, free, line chan *batch, take func(*hesop.Appointment, *Result) error) error {
	for {
		var b *batch
		select {
		case b = <-line:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if b == nil { // the reader saw ctx end first
			return context.Cause(ctx)
		}
		<-b.matched
		for i := range b.n {
			if err := take(&b.rows[i], &b.results[i]); err != nil {
				return err
			}
		}
		if b.last && b.err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if b.last {
			return b.err
		}
		free <- b
	}
}
