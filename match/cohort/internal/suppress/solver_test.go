package suppress_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"hesopmatch/match/cohort/internal/suppress"
)

var (
	seed   = flag.Uint64("seed", 1, "of the random search")
	search = flag.Duration("search", 0, "how long to search, instead of a number of problems")
)

// solve solves a problem, and gives up on what does not end.
func solve(t *testing.T, p *suppress.Problem) *suppress.Solution {
	t.Helper()
	done := make(chan *suppress.Solution, 1)
	go func() { done <- suppress.Solve(p) }()
	select {
	case s := <-done:
		return s
	case <-time.After(20 * time.Second):
		t.Fatalf("does not end: %+v", p)
		return nil
	}
}

func leaksOf(t *testing.T, p *suppress.Problem) []leak {
	t.Helper()
	return newReader(p, solve(t, p)).leaks()
}

// TestSearch looks for problems whose solution gives something away.
func TestSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 0))
	until := time.Now().Add(*search)
	numbers, masked, bad, n := 0, 0, 0, 0
	for ; *search > 0 && time.Now().Before(until) || *search == 0 && n < number(2000, 300); n++ {
		m := drawMicro(r, []int64{10, 10, 8, 5, 3, 2}[n%6])
		p := m.problem()
		reader := newReader(p, solve(t, p))
		all, hidden := reader.shownAll()
		numbers, masked = numbers+all, masked+hidden
		if len(reader.leaks()) == 0 {
			continue
		}
		if bad++; bad > 5 {
			continue
		}
		m = shrink(t, m)
		p = m.problem()
		s := solve(t, p)
		t.Errorf("problem %d\n%s%v", n, show(m, p, s), newReader(p, s).leaks())
	}
	t.Logf("%d problems, %d of which leak; %d of %d numbers masked", n, bad, masked, numbers)
}

func number(long, short int) int {
	if testing.Short() {
		return short
	}
	return long
}

// shrink makes data smaller as long as they leak.
func shrink(t *testing.T, m *micro) *micro {
	t.Helper()
	until := time.Now().Add(5 * time.Second)
	for again := true; again && time.Now().Before(until); {
		again = false
		for _, smaller := range m.smaller() {
			if len(leaksOf(t, smaller.problem())) > 0 {
				m, again = smaller, true
				break
			}
		}
	}
	return m
}

// smaller are data with less in them.
func (m *micro) smaller() (all []*micro) {
	with := func(change func(c *micro)) {
		c := *m
		c.people = nil
		for _, p := range m.people {
			p.visits = append([]visit(nil), p.visits...)
			c.people = append(c.people, p)
		}
		c.sizes, c.lists = append([]int(nil), m.sizes...), append([]atoms(nil), m.lists...)
		change(&c)
		all = append(all, &c)
	}
	for t := range m.sizes {
		with(func(c *micro) {
			c.sizes = append(c.sizes[:t], c.sizes[t+1:]...)
			c.each(func(v *visit) {
				v.categories = append(append([]int(nil), v.categories[:t]...), v.categories[t+1:]...)
			})
		})
		if m.sizes[t] > 1 {
			with(func(c *micro) {
				c.sizes[t]--
				c.each(func(v *visit) {
					v.categories = append([]int(nil), v.categories...)
					v.categories[t] = min(v.categories[t], c.sizes[t]-1)
				})
			})
		}
	}
	for i := range m.lists {
		with(func(c *micro) { c.lists = append(c.lists[:i], c.lists[i+1:]...) })
	}
	for i := range m.people {
		with(func(c *micro) { c.people = append(c.people[:i], c.people[i+1:]...) })
		if n := len(m.people[i].visits); n > 1 {
			with(func(c *micro) { c.people[i].visits = c.people[i].visits[:n-1] })
		}
		if m.people[i].people > 1 {
			with(func(c *micro) { c.people[i].people /= 2 })
			with(func(c *micro) { c.people[i].people-- })
		}
	}
	if m.coded {
		with(func(c *micro) { c.coded = false })
	}
	if m.least > 1 {
		with(func(c *micro) { c.least-- })
	}
	return all
}

func (m *micro) each(change func(v *visit)) {
	for i := range m.people {
		for j := range m.people[i].visits {
			change(&m.people[i].visits[j])
		}
	}
}

// show is a problem with its masks, for people.
func show(m *micro, p *suppress.Problem, s *suppress.Solution) string {
	var b strings.Builder
	mark := func(n int64, masked bool) {
		fmt.Fprint(&b, n)
		if masked {
			b.WriteString("*")
		}
		b.WriteString(" ")
	}
	fmt.Fprintf(&b, "data %+v\n", *m)
	for c := range p.Columns {
		col := &p.Columns[c]
		fmt.Fprintf(&b, "%d: ", c)
		mark(col.Total, s.Totals[c])
		for t := range col.Cells {
			b.WriteString("| ")
			for y, n := range col.Cells[t] {
				mark(n, s.Cells[c][t][y])
			}
		}
		fmt.Fprintf(&b, "people %t within %v\n", col.People, col.Within)
	}
	fmt.Fprintf(&b, "covers %v\n", p.Covers)
	return b.String()
}
