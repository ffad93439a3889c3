package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// measure is something that is measured once a round.
type measure struct {
	name string

	// run returns the nanoseconds that it took. It fails if the result is not what it
	// must be.
	run func(context.Context) (float64, error)

	times samples // of the rounds so far

	// Of a measure in memory: what it has done in all rounds, and how often memory was
	// allocated then.
	done, allocated uint64
}

// round measures once more.
func (m *measure) round(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	runtime.GC() // what others have left is not for this one to clear
	ns, err := m.run(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", m.name, err)
	}
	m.times = append(m.times, ns)
	return nil
}

// timed is how many nanoseconds f takes.
func timed(f func() error) (float64, error) {
	start := time.Now()
	err := f()
	return float64(time.Since(start)), err
}

// allocations is how often this process has allocated memory.
func allocations() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}

// samples are one number for each round.
type samples []float64

// median is that of one sample or more.
func (s samples) median() float64 {
	s = slices.Sorted(slices.Values(s))
	n := len(s) / 2
	if len(s)%2 == 1 {
		return s[n]
	}
	return (s[n-1] + s[n]) / 2
}

// over divides the numbers of each round.
func (s samples) over(divisor samples) samples {
	quotients := make(samples, len(s))
	for i := range s {
		quotients[i] = s[i] / divisor[i]
	}
	return quotients
}
