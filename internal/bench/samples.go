package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// measure is one quantity, measured once a round.
type measure struct {
	name string
	once bool // only the first round measures it

	// run returns the nanoseconds of one measurement. It fails if the result is wrong.
	run func(context.Context) (float64, error)

	times samples // one for each round so far

	// For a measure in memory: the operations and the allocations of all rounds.
	done, allocated uint64
}

// round adds one measurement.
func (m *measure) round(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if m.once && len(m.times) > 0 {
		return nil
	}
	runtime.GC() // so that this measure does not pay for the garbage of others
	ns, err := m.run(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", m.name, err)
	}
	m.times = append(m.times, ns)
	return nil
}

// timed returns the nanoseconds that f takes.
func timed(f func() error) (float64, error) {
	start := time.Now()
	err := f()
	return float64(time.Since(start)), err
}

// allocations returns the number of allocations of this process so far.
func allocations() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}

// samples holds one number for each round.
type samples []float64

// median returns the median. It needs at least one sample.
func (s samples) median() float64 {
	s = slices.Sorted(slices.Values(s))
	n := len(s) / 2
	if len(s)%2 == 1 {
		return s[n]
	}
	return (s[n-1] + s[n]) / 2
}

// over returns, for each round, the sample of s divided by that of divisor.
func (s samples) over(divisor samples) samples {
	quotients := make(samples, len(s))
	for i := range s {
		quotients[i] = s[i] / divisor[i]
	}
	return quotients
}
