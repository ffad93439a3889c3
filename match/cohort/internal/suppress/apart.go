package suppress

import (
	"slices"

	"hesopmatch/match/cohort/internal/simplex"
)

// areApart reports whether the table at hand needs no more, and allows no fewer, of each
// pair than the other tables do.
func (w *witnesses) areApart(columns map[int]bool) bool {
	for i := range w.common {
		p := &w.common[i]
		if !columns[p.a] && !columns[p.b] && !slices.ContainsFunc(p.wholes, func(c int) bool { return columns[c] }) {
			continue
		}
		least, most := w.commonNow(p)
		if least > p.most || most < p.least {
			w.failed = i
			return false
		}
	}
	return true
}

// commonNow is how many are of both in the table at hand.
func (w *witnesses) commonNow(p *pair) (least, most int64) {
	for y := range w.size {
		a, b := w.x[p.a][y], w.x[p.b][y]
		most += min(a, b)
		low := int64(0)
		for _, whole := range p.wholes {
			if w.has[whole] {
				low = max(low, a+b-w.x[whole][y])
			}
		}
		least += low
	}
	return least, most
}

// commonRows are the variables of how many are of both columns of a pair, by category: at
// least, and at most. They are limits of it, and what is within them is possible.
type commonRows struct {
	pair
	low, high []int
}

// addCommonVariables makes variables of a pair.
func (t *table) addCommonVariables(p *program, of pair) {
	rows := commonRows{pair: of}
	for y := range t.size {
		a, b := t.cells[of.a][y], t.cells[of.b][y]
		low := int64(0)
		varies := p.varies(of.a, y, t) || p.varies(of.b, y, t)
		for _, w := range of.wholes {
			if t.has[w] {
				low, varies = max(low, a+b-t.cells[w][y]), varies || p.varies(w, y, t)
			}
		}
		lower, upper := float64(low), float64(min(a, b))
		if varies {
			rows.low = append(rows.low, p.Variable(0, simplex.Inf, lower))
			rows.high = append(rows.high, p.Variable(0, simplex.Inf, upper))
		} else {
			rows.low = append(rows.low, p.Variable(lower, lower, lower))
			rows.high = append(rows.high, p.Variable(upper, upper, upper))
		}
	}
	p.common = append(p.common, rows)
}

// varies reports whether a cell is a variable of the program.
func (p *program) varies(c, y int, t *table) bool {
	return p.cells[c] != nil && t.masked[c][y] && (p.only == nil || p.only[y])
}

// addCommon says what is known of a pair.
func (t *table) addCommon(p *program, rows commonRows) {
	var low, high []simplex.Term
	for y := range t.size {
		a, b := t.valueOf(p, rows.a, y), t.valueOf(p, rows.b, y)
		low, high = append(low, simplex.Term{Variable: rows.low[y], Times: 1}), append(high, simplex.Term{Variable: rows.high[y], Times: 1})
		for _, w := range rows.wholes {
			if t.has[w] {
				p.Sum(0, simplex.Inf, simplex.Term{Variable: rows.low[y], Times: 1}, simplex.Term{Variable: a, Times: -1},
					simplex.Term{Variable: b, Times: -1}, simplex.Term{Variable: t.valueOf(p, w, y), Times: 1})
			}
		}
		for _, v := range []int{a, b} {
			p.Sum(0, simplex.Inf, simplex.Term{Variable: v, Times: 1}, simplex.Term{Variable: rows.high[y], Times: -1})
		}
	}
	p.Sum(0, float64(rows.most), low...)
	p.Sum(float64(rows.least), simplex.Inf, high...)
}
