package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/match"
)

// drawCodes draws the codes of an appointment in raw form.
type drawCodes func(r *rand.Rand) (diagnoses, procedures []string)

// typicalCodes returns the codes of most appointments: one diagnosis and one procedure, both missing. The columns hold
// only the first four characters of the diagnosis.
func typicalCodes(r *rand.Rand) (diagnoses, procedures []string) {
	missing := []string{"-", "-", "-", "-", "-", "X999", "X999", "&", "X997"} // about as often as in the workload
	return []string{"R69X6"}, []string{missing[r.IntN(len(missing))]}
}

// heavyCodes returns a code for every column.
func heavyCodes(r *rand.Rand) (diagnoses, procedures []string) {
	for range 12 {
		diagnoses = append(diagnoses, drawCode(r, coding.ICD10, 4))
	}
	for range 24 {
		procedures = append(procedures, drawCode(r, coding.OPCS4, 4))
	}
	return diagnoses, procedures
}

// batch holds appointments in memory and the expected number of matches.
type batch struct {
	rows  []hesop.Appointment
	fresh []hesop.Appointment // copies whose codes have not been read yet
	want  tally
}

// newBatch makes appointments in UK LLC's layout with synthetic values in all columns. The positional and concatenated
// columns hold the same codes.
func newBatch(ctx context.Context, e *expansion, codes drawCodes) (*batch, error) {
	const size, seed = 256, 2
	generator, err := hesoptest.New(seed)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	writer := hesoptest.NewWriter(&text, hesop.UKLLC)
	r := rand.New(rand.NewPCG(seed, size))
	for row := range generator.Rows(size) {
		row.Diagnoses, row.Procedures = codes(r)
		if err := writer.Write(row); err != nil {
			return nil, err
		}
	}
	if err := writer.Flush(); err != nil {
		return nil, err
	}
	b := &batch{rows: make([]hesop.Appointment, size), fresh: make([]hesop.Appointment, size)}
	if b.want, err = e.count(ctx, bytes.NewReader(text.Bytes())); err != nil {
		return nil, err
	}
	reader, err := hesop.NewReader(&text)
	if err != nil {
		return nil, err
	}
	n := 0
	for a, err := range reader.All() {
		if err != nil {
			return nil, err
		}
		a.CopyTo(&b.rows[n])
		n++
	}
	return b, nil
}

// refresh copies the appointments again, because an appointment parses its codes only once.
func (b *batch) refresh() {
	for i := range b.rows {
		b.rows[i].CopyTo(&b.fresh[i])
	}
}

// match matches the copies and returns how many match a list.
func (b *batch) match(m *match.Matcher, res *match.Result) (matched int64) {
	for i := range b.fresh {
		m.Match(b.fresh[i].Codes(), res)
		if res.AnyMatch() {
			matched++
		}
	}
	return matched
}

// tally matches the copies and counts the matches of each list.
func (b *batch) tally(m *match.Matcher, res *match.Result) tally {
	found := tally{rows: int64(len(b.fresh)), lists: make([]int64, m.Len())}
	for i := range b.fresh {
		m.Match(b.fresh[i].Codes(), res)
		if res.AnyMatch() {
			found.matched++
		}
		for l := range found.lists {
			if res.Status(l) == match.Match {
				found.lists[l]++
			}
		}
	}
	return found
}

// matching measures the time to match one appointment in memory. It times whole batches, and excludes copying them.
func matching(ctx context.Context, name string, g *group, codes drawCodes, passes int) (*measure, error) {
	b, err := newBatch(ctx, g.expansion, codes)
	if err != nil {
		return nil, err
	}
	return b.matching(name, g.matcher, passes), nil
}

func (b *batch) matching(name string, matcher *match.Matcher, passes int) *measure {
	res := matcher.NewResult()
	m := &measure{name: name}
	m.run = func(context.Context) (float64, error) {
		b.refresh()
		found := b.tally(matcher, res)
		if err := found.check(&b.want); err != nil {
			return 0, err
		}
		before, matched, ns := allocations(), int64(0), time.Duration(0)
		for range passes {
			b.refresh()
			start := time.Now()
			matched += b.match(matcher, res)
			ns += time.Since(start)
		}
		m.allocated += allocations() - before
		m.done += uint64(passes * len(b.rows))
		if matched != int64(passes)*b.want.matched {
			return 0, fmt.Errorf("wrong result: %d appointments match in %d passes, want %d in each",
				matched, passes, b.want.matched)
		}
		return float64(ns) / float64(passes*len(b.rows)), nil
	}
	return m
}
