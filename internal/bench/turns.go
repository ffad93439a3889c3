package main

import (
	"context"
	"fmt"
	"runtime"

	"hesopmatch/match"
)

// turns holds the measures that take turns, in the order of a round. Measures that are compared run close together.
type turns struct {
	read  *measure // reading W and discarding it
	one   *measure // W(a), one worker
	two   *measure // W(a), two workers; nil on one core
	full  *measure // W(a), one worker for each core; nil on two cores or fewer
	many  *measure // W(b), one worker
	tenth *measure // the first tenth of W(a), one worker
	csv   *measure // W(a), encoding/csv and a map

	typical, heavy    *measure // matching an appointment
	lookFew, lookMany *measure // looking up a code, lists (a) and (b)
	compile           *measure // compiling the lists of (b)
}

func newTurns(ctx context.Context, s sizes, w *workload, few, many *group) (t turns, err error) {
	t.read = &measure{name: "W, read and discarded", run: func(ctx context.Context) (float64, error) {
		return timed(func() error { return w.read(ctx) })
	}}
	t.csv = counting("W(a), encoding/csv", &few.want, func(ctx context.Context) (tally, error) {
		return few.csv(ctx, w.path)
	})
	t.one = scanning(few, w.path, &few.want, 1)
	t.many = scanning(many, w.path, &many.want, 1)
	t.tenth = repeated(scanning(few, w.tenth, &few.wantTenth, 1), 5)
	cores := runtime.GOMAXPROCS(0)
	if cores > 1 {
		t.two = scanning(few, w.path, &few.want, 2)
	}
	if cores > 2 {
		t.full = scanning(few, w.path, &few.want, cores)
	}
	if t.typical, err = matching(ctx, "a typical appointment", few, typicalCodes, s.passes); err != nil {
		return t, err
	}
	if t.heavy, err = matching(ctx, "a heavy appointment", few, heavyCodes, s.passes); err != nil {
		return t, err
	}
	t.lookFew, t.lookMany = lookingUp(few, 5*s.passes), lookingUp(many, 5*s.passes)
	t.compile = compiling(match.Compile, many.lists, 5)
	return t, nil
}

// all returns the measures in the order of a round, without nil ones.
func (t *turns) all() []*measure {
	var all []*measure
	for _, m := range []*measure{
		t.read, t.one, t.two, t.full, t.many, t.tenth, t.csv,
		t.typical, t.heavy, t.lookFew, t.lookMany, t.compile,
	} {
		if m != nil {
			all = append(all, m)
		}
	}
	return all
}

// takeTurns runs every measure once in each round.
func takeTurns(ctx context.Context, rounds int, measures []*measure, note func(string, ...any)) error {
	for round := range rounds {
		note("round %d of %d", round+1, rounds)
		for _, m := range measures {
			if err := m.round(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// scanning measures the time of the library's scan of a file.
func scanning(g *group, path string, want *tally, workers int) *measure {
	name := fmt.Sprintf("lists (%s), workers %d", g.name, workers)
	return counting(name, want, func(ctx context.Context) (tally, error) { return g.scan(ctx, path, workers) })
}

// counting measures the time of a callback, and checks the tally that the callback returns.
func counting(name string, want *tally, find func(context.Context) (tally, error)) *measure {
	return &measure{name: name, run: func(ctx context.Context) (float64, error) {
		var found tally
		ns, err := timed(func() (err error) {
			found, err = find(ctx)
			return err
		})
		if err != nil {
			return 0, err
		}
		return ns, found.check(want)
	}}
}

// repeated runs a short measure several times in a round and takes the mean.
func repeated(m *measure, times int) *measure {
	return &measure{name: m.name, run: func(ctx context.Context) (float64, error) {
		sum := 0.0
		for range times {
			ns, err := m.run(ctx)
			if err != nil {
				return 0, err
			}
			sum += ns
		}
		return sum / float64(times), nil
	}}
}
