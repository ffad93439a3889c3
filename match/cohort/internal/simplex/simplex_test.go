package simplex_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"hesopmatch/match/cohort/internal/simplex"

	"github.com/stretchr/testify/require"
)

// tinyProgram is small enough that all its points can be tried.
type tinyProgram struct {
	most  []int // of each variable, from 0
	at    []int
	sums  [][]int // coefficients
	lower []int
	upper []int
}

// drawTiny draws a program around a point.
func drawTiny(r *rand.Rand) *tinyProgram {
	t := &tinyProgram{}
	for range 1 + r.IntN(4) {
		most := r.IntN(7)
		t.most, t.at = append(t.most, most), append(t.at, r.IntN(most+1))
	}
	for range r.IntN(5) {
		c := make([]int, len(t.most))
		sum := 0
		for i := range c {
			c[i] = r.IntN(5) - 2
			sum += c[i] * t.at[i]
		}
		t.sums = append(t.sums, c)
		slack := r.IntN(3) * r.IntN(4)
		t.lower, t.upper = append(t.lower, sum-r.IntN(1+slack)), append(t.upper, sum+r.IntN(1+slack))
	}
	return t
}

// program is the same for the solver, and the variables of it that are its variables and sums.
func (t *tinyProgram) program() (p *simplex.Program, variables, sums []int) {
	p = &simplex.Program{}
	for i := range t.most {
		variables = append(variables, p.Variable(0, float64(t.most[i]), float64(t.at[i])))
	}
	for i, c := range t.sums {
		var terms []simplex.Term
		for j, times := range c {
			terms = append(terms, simplex.Term{Variable: variables[j], Times: float64(times)})
		}
		sums = append(sums, p.Sum(float64(t.lower[i]), float64(t.upper[i]), terms...))
	}
	return p, variables, sums
}

// each yields all feasible points whose coordinates are multiples of 1/parts, times parts.
func (t *tinyProgram) each(parts int, yield func(x []int)) {
	x := make([]int, len(t.most))
	for {
		ok := true
		for i, c := range t.sums {
			sum := 0
			for j := range c {
				sum += c[j] * x[j]
			}
			ok = ok && sum >= t.lower[i]*parts && sum <= t.upper[i]*parts
		}
		if ok {
			yield(x)
		}
		i := 0
		for ; i < len(x); i++ {
			if x[i] < t.most[i]*parts {
				x[i]++
				break
			}
			x[i] = 0
		}
		if i == len(x) {
			return
		}
	}
}

// TestAgainstAllPoints holds ranges against the points of a grid: none may be outside of
// them, and the points at which they end are feasible. Most ends are on the grid.
func TestAgainstAllPoints(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	tight := 0
	for n := range 3000 {
		tiny := drawTiny(r)
		p, variables, sums := tiny.program()
		low, high := make([]float64, len(variables)), make([]float64, len(variables))
		for i := range low {
			low[i], high[i] = math.Inf(1), math.Inf(-1)
		}
		const parts = 2
		tiny.each(parts, func(x []int) {
			for i := range x {
				low[i], high[i] = min(low[i], float64(x[i])/parts), max(high[i], float64(x[i])/parts)
			}
		})
		for i, v := range variables {
			least, most := p.Min(v, -simplex.Inf), p.Max(v, simplex.Inf)
			require.LessOrEqual(t, least, low[i]+2e-3, "program %d %+v", n, tiny)
			require.GreaterOrEqual(t, most, high[i]-2e-3, "program %d %+v", n, tiny)
			if math.Abs(least-low[i])+math.Abs(most-high[i]) < 2e-3 {
				tight++
			}
			hold(t, tiny, p, variables, sums)
			from, to := p.Whole(v)
			require.True(t, from >= least-2e-3 && to <= most+2e-3 && from == math.Trunc(from) && to == math.Trunc(to), "program %d", n)
		}
	}
	require.Greater(t, tight, 5000, "most ends are on the grid")
}

// hold checks that the present point is feasible: a solver that drifts off would find
// ranges that are too wide.
func hold(t *testing.T, tiny *tinyProgram, p *simplex.Program, variables, sums []int) {
	t.Helper()
	for i, c := range tiny.sums {
		sum := 0.0
		for j, v := range variables {
			sum += float64(c[j]) * p.At(v)
		}
		require.InDelta(t, sum, p.At(sums[i]), 2e-3)
		require.GreaterOrEqual(t, sum, float64(tiny.lower[i])-2e-3)
		require.LessOrEqual(t, sum, float64(tiny.upper[i])+2e-3)
	}
}

// TestSettle holds that points it finds are whole, feasible, and where they were asked to be,
// and that it finds most that there are.
func TestSettle(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	found, there := 0, 0
	for n := range 3000 {
		tiny := drawTiny(r)
		p, variables, sums := tiny.program()
		for i, v := range variables {
			for _, sign := range []float64{1, -1} {
				enough := float64(r.IntN(8))
				if sign > 0 {
					p.Raise(v, enough)
				} else {
					p.Lower(v, enough)
				}
				if sign*p.At(v) < sign*enough-2e-3 {
					continue
				}
				exists := false
				tiny.each(1, func(x []int) { exists = exists || sign*float64(x[i]) >= sign*enough })
				if exists {
					there++
				}
				if !p.Settle(variables, v, sign, enough) {
					continue
				}
				found++
				hold(t, tiny, p, variables, sums)
				require.GreaterOrEqual(t, sign*p.At(v), sign*enough-2e-3, "program %d %+v", n, tiny)
				for _, x := range variables {
					require.InDelta(t, math.Round(p.At(x)), p.At(x), 2e-3, "program %d %+v", n, tiny)
				}
			}
		}
	}
	require.LessOrEqual(t, found, there)
	require.Greater(t, found, there*95/100, "of %d", there)
	t.Logf("%d of %d", found, there)
}

// TestByHand are programs whose answers are plain.
func TestByHand(t *testing.T) {
	p := &simplex.Program{}
	a, b := p.Variable(0, simplex.Inf, 3), p.Variable(0, simplex.Inf, 4)
	c := p.Variable(5, 5, 5)
	sum := p.Sum(12, 12, simplex.Term{Variable: a, Times: 1}, simplex.Term{Variable: b, Times: 1}, simplex.Term{Variable: c, Times: 1})
	require.InDelta(t, 12.0, p.Max(sum, simplex.Inf), 2e-3, "equal is equal")
	require.InDelta(t, 7.0, p.Max(a, simplex.Inf), 2e-3, "a constant is part of the sum")
	require.InDelta(t, 0.0, p.Min(a, -simplex.Inf), 2e-3)
	require.InDelta(t, 5.0, p.Max(c, simplex.Inf), 0, "a constant is one")

	q := &simplex.Program{}
	d, e := q.Variable(0, simplex.Inf, 1), q.Variable(0, simplex.Inf, 0)
	gap := q.Sum(0, simplex.Inf, simplex.Term{Variable: d, Times: 1}, simplex.Term{Variable: e, Times: -2})
	require.True(t, math.IsInf(q.Max(d, simplex.Inf), 1), "nothing bounds it")
	require.GreaterOrEqual(t, q.Max(gap, 10), 10-2e-3, "no further than is enough")
	r := &simplex.Program{}
	f, g := r.Variable(0, simplex.Inf, 1), r.Variable(0, simplex.Inf, 0)
	r.Sum(0, simplex.Inf, simplex.Term{Variable: f, Times: 1}, simplex.Term{Variable: g, Times: -1})
	r.Raise(f, 10)
	require.GreaterOrEqual(t, r.At(f), 10-2e-3, "a variable that nothing bounds is raised as far as is enough")
	r.Raise(g, 30)
	require.GreaterOrEqual(t, r.At(g), 30-2e-3, "with what follows")
	require.GreaterOrEqual(t, r.At(f), r.At(g)-2e-3)
}
