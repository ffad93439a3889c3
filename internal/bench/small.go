package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/match"
)

// manyValues returns codes of both systems, of three to five characters, some with the filler X. Their order is random,
// so that the processor cannot predict branches.
func manyValues() []coding.Value {
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]coding.Value, 1024)
	for i := range values {
		sys := []coding.System{coding.ICD10, coding.OPCS4}[r.IntN(2)]
		text := drawCode(r, sys, 4)
		switch r.IntN(5) {
		case 0:
			text = text[:3]
		case 1:
			text = text[:3] + "X"
		case 2:
			text += "1"
		}
		values[i] = coding.ReadValue(sys, []byte(text), 4)
	}
	return values
}

// decided returns the number of values that a list covers according to List.Decide, summed over all lists.
func decided(lists []*codelist.List, values []coding.Value) (n int) {
	for _, l := range lists {
		for _, v := range values {
			if l.Decide(v).Covered {
				n++
			}
		}
	}
	return n
}

func lookUp(m *match.Matcher, values []coding.Value) (n int) {
	for _, v := range values {
		n += m.Lookup(v).Len()
	}
	return n
}

// lookingUp measures the mean time of one look-up over many values.
func lookingUp(g *group, passes int) *measure {
	values := manyValues()
	want := decided(g.lists, values)
	m := &measure{name: fmt.Sprintf("look-up, lists (%s)", g.name)}
	m.run = func(context.Context) (float64, error) {
		before, found := allocations(), 0
		start := time.Now()
		for range passes {
			found += lookUp(g.matcher, values)
		}
		ns := float64(time.Since(start))
		m.allocated += allocations() - before
		m.done += uint64(passes * len(values))
		if found != passes*want {
			return 0, fmt.Errorf("wrong result: %d lists in %d passes, want %d in each", found, passes, want)
		}
		return ns / float64(passes*len(values)), nil
	}
	return m
}

// compiler is the type of match.Compile.
type compiler func(...*codelist.List) (*match.Matcher, error)

// compiling measures the mean time to compile the lists.
func compiling(compile compiler, lists []*codelist.List, times int) *measure {
	values := manyValues()
	want := decided(lists, values)
	return &measure{name: fmt.Sprintf("compiling %d lists", len(lists)), run: func(context.Context) (float64, error) {
		var compiled *match.Matcher
		ns, err := timed(func() (err error) {
			for range times {
				if compiled, err = compile(lists...); err != nil {
					break
				}
			}
			return err
		})
		if err != nil {
			return 0, err
		}
		if found := lookUp(compiled, values); found != want {
			return 0, fmt.Errorf("wrong result: %d lists cover the values, want %d", found, want)
		}
		return ns / float64(times), nil
	}}
}
