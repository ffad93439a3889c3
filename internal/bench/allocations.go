package main

import (
	"context"
	"fmt"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// allocation is the number of allocations of one pass over the workload, including those for opening the file.
type allocation struct {
	what string
	n    uint64
}

// countAllocations counts the allocations of each way to read the workload.
func countAllocations(ctx context.Context, w *workload, g *group) ([]allocation, error) {
	ways := []struct {
		what string
		find func() (tally, error)
	}{
		{"Reader.All and Codes", func() (tally, error) { return g.decide(ctx, w.path) }},
		{"Reader and Match", func() (tally, error) { return g.match(ctx, w.path) }},
		{"Scan, one worker", func() (tally, error) { return g.scan(ctx, w.path, 1) }},
		{"Scan, two workers", func() (tally, error) { return g.scan(ctx, w.path, 2) }},
	}
	counted := make([]allocation, len(ways))
	for i, way := range ways {
		before := allocations()
		found, err := way.find()
		counted[i] = allocation{way.what, allocations() - before}
		if err == nil {
			err = found.check(&g.want)
		}
		if err != nil {
			return nil, fmt.Errorf("allocations of %s: %w", way.what, err)
		}
	}
	return counted, nil
}

// decide counts the matches by calling List.Decide for each code and list. It uses the codes that Reader returns, but
// no Matcher.
func (g *group) decide(ctx context.Context, path string) (tally, error) {
	return g.each(ctx, path, func(a *hesop.Appointment, list int) bool {
		for i := range a.Codes().Slots() {
			if g.lists[list].Decide(a.Codes().Slots()[i].Value).Covered {
				return true
			}
		}
		return false
	})
}

// match counts the matches with a Matcher.
func (g *group) match(ctx context.Context, path string) (tally, error) {
	res := g.matcher.NewResult()
	return g.each(ctx, path, func(a *hesop.Appointment, list int) bool {
		if list == 0 {
			g.matcher.Match(a.Codes(), res)
		}
		return res.Status(list) == match.Match
	})
}

// each reads a file and counts, for each list, the appointments for which the callback returns true.
func (g *group) each(
	ctx context.Context, path string, matches func(a *hesop.Appointment, list int) bool,
) (found tally, err error) {
	reader, err := hesop.Open(path)
	if err != nil {
		return found, err
	}
	defer reader.Close()
	found.lists = make([]int64, len(g.lists))
	for a, err := range reader.All() {
		if err != nil {
			return found, err
		}
		matched := false
		for l := range found.lists {
			if matches(a, l) {
				found.lists[l]++
				matched = true
			}
		}
		if matched {
			found.matched++
		}
		if found.rows++; found.rows%1024 == 0 && ctx.Err() != nil {
			return found, context.Cause(ctx)
		}
	}
	return found, nil
}
