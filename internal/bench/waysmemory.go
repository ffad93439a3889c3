package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// prepareMemory measures a request of five codes in memory, and the computation of fingerprints.
func (w *ways) prepareMemory(context.Context) error {
	request := w.add(requesting(w.few, 100*w.opts.passes))
	w.rows = append(w.rows, func() row {
		return inMemory("a request of five codes in memory, answers and hits", "at most 150 ns, no allocation", request)
	})
	texts := manyLists(w.opts.fingerprintLists, w.opts.fingerprintLists*w.opts.fingerprintRows)
	f := &fingerprints{texts: texts}
	first := w.add(&measure{name: "first fingerprints", run: f.first})
	again := w.add(&measure{name: "fingerprints again", run: f.again})
	w.rows = append(w.rows, func() row {
		name := fmt.Sprintf("`Fingerprint` of %d lists of %d rows", w.opts.fingerprintLists, w.opts.fingerprintRows)
		line := compilation(name, "at most 60 ms, once", first)
		line.timings += fmt.Sprintf("; the second call %.3f ms", again.times.median()/1e6)
		return line
	})
	return nil
}

// requesting measures one request. A request adds five codes, matches them, and reads the answer of each list and the
// hits.
func requesting(g *group, passes int) *measure {
	texts := [][]byte{[]byte("E119"), []byte("I10X"), []byte("C509"), []byte("J459"), []byte("M0510")}
	var want request
	for i, text := range texts {
		value := coding.ReadValue(coding.ICD10, text, 6)
		for l, list := range g.lists {
			if list.Decide(value).Covered {
				want.hits++
				want.slots += i
				want.matches |= 1 << l
			}
		}
	}
	codes, res, hits := new(hesop.Codes), g.matcher.NewResult(), []match.Hit(nil)
	once := func() (found request) {
		codes.Reset()
		for i, text := range texts {
			codes.Add(hesop.CodeField{System: coding.ICD10, Position: i + 1}, text)
		}
		g.matcher.Match(codes, res)
		for l := range g.matcher.Len() {
			if res.Status(l) == match.Match {
				found.matches |= 1 << l
			}
		}
		hits = g.matcher.AppendHits(hits[:0], codes)
		for i := range hits {
			found.slots += int(hits[i].Slot.Position) - 1
		}
		found.hits = len(hits)
		return found
	}
	once() // grow the buffers
	m := &measure{name: "a request"}
	m.run = func(context.Context) (float64, error) {
		before, right := allocations(), 0
		start := time.Now()
		for range passes {
			if once() == want {
				right++
			}
		}
		ns := float64(time.Since(start))
		m.allocated += allocations() - before
		m.done += uint64(passes)
		if right != passes {
			return 0, fmt.Errorf("wrong result: %d requests of %d find %+v", right, passes, want)
		}
		return ns / float64(passes), nil
	}
	return m
}

// request is the result of a request.
type request struct {
	matches uint // a bit for each list, set if it matches
	hits    int
	slots   int // the sum, over all hits, of the index of the code that matched
}

// fingerprints measures the time to compute the fingerprints of lists. It parses the lists again in each round.
type fingerprints struct {
	texts []listText
	lists []*codelist.List
	known []string // the fingerprints of the first round
}

func (f *fingerprints) first(ctx context.Context) (float64, error) {
	f.lists = f.lists[:0]
	for _, text := range f.texts {
		list, err := text.parse(strings.Count(text.text, "\n") - 1)
		if err != nil {
			return 0, err
		}
		f.lists = append(f.lists, list)
	}
	return f.again(ctx)
}

// again computes the fingerprint of each list. A fingerprint must be the same in each round, and differ from those of
// the other lists.
func (f *fingerprints) again(context.Context) (float64, error) {
	found := make([]string, 0, len(f.lists))
	ns, err := timed(func() error {
		for _, l := range f.lists {
			found = append(found, l.Fingerprint())
		}
		return nil
	})
	if f.known == nil {
		f.known = found
		seen := make(map[string]bool)
		for _, fingerprint := range found {
			seen[fingerprint] = true
		}
		if len(seen) != len(found) {
			return 0, errors.New("wrong result: two lists have the same fingerprint")
		}
	}
	for i, fingerprint := range found {
		if fingerprint != f.known[i] {
			return 0, fmt.Errorf("wrong result: the fingerprint of list %d differs from the first round's", i+1)
		}
	}
	return ns, err
}
