package suppress_test

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// unwhole are the claims that no point of whole numbers has been seen for: a linear program
// may hold where whole numbers do not.
func (r *reader) unwhole() (open []claim) {
	for _, c := range r.claims {
		low, high := r.program.Whole(c.variable)
		if !r.settles(c, int64(low), int64(high)) {
			open = append(open, c)
		}
	}
	return open
}

func (r *reader) settles(c claim, low, high int64) bool {
	small := c.truth < r.Threshold
	return (!small || high >= r.Threshold) && (!c.both || low < r.Threshold)
}

// try tries all whole numbers up to a bound until all claims are settled. It is given the
// open ones and returns those that remain.
func (r *reader) try(open []claim, most int64) []claim {
	place := make(map[int]int)
	for i, v := range r.masked {
		place[v] = i
	}
	ends := make([][]row, len(r.masked)) // rows by the last of their variables
	for _, row := range r.rows {
		last := -1
		for _, t := range row.terms {
			if i, ok := place[t.Variable]; ok {
				last = max(last, i)
			}
		}
		if last >= 0 {
			ends[last] = append(ends[last], row)
		}
	}
	x := make([]int64, len(r.masked))
	value := func(v int) float64 {
		if i, ok := place[v]; ok {
			return float64(x[i])
		}
		return r.program.At(v)
	}
	sums := make(map[int]row) // of derived claims
	for _, row := range r.rows {
		if row.claim >= 0 {
			sums[row.claim] = row
		}
	}
	of := func(c claim) int64 {
		if row, ok := sums[c.variable]; ok {
			return int64(row.value(value))
		}
		return int64(value(c.variable))
	}
	var each func(i int)
	each = func(i int) {
		if len(open) == 0 {
			return
		}
		if i == len(x) {
			open = slices.DeleteFunc(open, func(c claim) bool { return r.settles(c, min(c.truth, of(c)), max(c.truth, of(c))) })
			return
		}
		for x[i] = 0; x[i] <= most; x[i]++ {
			fits := true
			for _, row := range ends[i] {
				n := row.value(value)
				fits = fits && n >= row.lower && n <= row.upper
			}
			if fits {
				each(i + 1)
			}
		}
		x[i] = 0
	}
	each(0)
	return open
}

func (r row) value(of func(v int) float64) (n float64) {
	for _, t := range r.terms {
		n += t.Times * of(t.Variable)
	}
	return n
}

// TestWhole tries whole numbers where the linear program may be too wide a bound: on tiny
// data, all of them.
func TestWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 1))
	tried, n := 0, 0
	for ; n < number(3000, 400); n++ {
		m := drawTiny(r)
		p := m.problem()
		reader := newReader(p, solve(t, p))
		if len(reader.leaks()) > 0 || len(reader.masked) > 6 {
			continue // TestSearch is for those that leak
		}
		open := reader.unwhole()
		if len(open) == 0 {
			continue
		}
		tried++
		if open = reader.try(open, p.Columns[0].Total+2*m.least*p.Threshold); len(open) > 0 {
			t.Errorf("%s%+v", show(m, p, reader.solution), open)
		}
	}
	t.Logf("%d problems, whole numbers tried in %d", n, tried)
}

// drawTiny draws data of which all tables can be tried.
func drawTiny(r *rand.Rand) *micro {
	m := &micro{threshold: int64(2 + r.IntN(2)), coded: r.IntN(4) == 0, least: int64(1 + r.IntN(2)), sizes: []int{1 + r.IntN(2)}}
	for range 1 + r.IntN(2) {
		m.lists = append(m.lists, atoms(1+r.IntN(3)))
	}
	m.lists = slices.Compact(m.lists)
	for range 1 + r.IntN(4) {
		p := m.drawProfile(r, 2)
		p.people = min(p.people, int64(r.IntN(5)))
		m.people = append(m.people, p)
	}
	return m
}
