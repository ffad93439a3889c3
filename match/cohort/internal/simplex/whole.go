package simplex

import "math"

// Settle goes to a point at which some variables are whole numbers, and another one is still no
// smaller than it was asked to be, or with the sign -1 no larger. It is false if it does not find one: it
// takes one variable after the other to the next whole number that can be reached, and does not
// go back on any.
func (p *Program) Settle(variables []int, keep int, sign, enough float64) bool {
	lower, upper := p.lower, p.upper
	p.lower, p.upper = append([]float64(nil), lower...), append([]float64(nil), upper...)
	defer func() { p.lower, p.upper = lower, upper }()
	if sign > 0 {
		p.lower[keep] = max(p.lower[keep], min(enough, p.at[keep]))
	} else {
		p.upper[keep] = min(p.upper[keep], max(enough, p.at[keep]))
	}
	for again := true; again; {
		again = false
		for _, v := range variables {
			if isWhole(p.at[v]) {
				continue
			}
			if again = true; !p.settleOne(v) {
				return false
			}
		}
	}
	return true
}

func isWhole(x float64) bool { return math.Abs(x-math.Round(x)) <= off }

// settleOne takes a variable to one of the two next whole numbers, and binds it there.
func (p *Program) settleOne(v int) bool {
	near := math.Round(p.at[v])
	far := 2*math.Floor(p.at[v]) + 1 - near
	for _, to := range []float64{near, far} {
		lower, upper := p.lower[v], p.upper[v]
		if to > p.at[v] {
			p.upper[v] = to
			p.climb(v, 1, to)
		} else {
			p.lower[v] = to
			p.climb(v, -1, -to)
		}
		if math.Abs(p.at[v]-to) <= off {
			p.lower[v], p.upper[v] = min(to, p.at[v]), max(to, p.at[v])
			return true
		}
		p.lower[v], p.upper[v] = lower, upper
	}
	return false
}
