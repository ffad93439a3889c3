package simplex

import "math"

// entering is a column by whose change the variable grows: the steepest or, where nothing
// was gained for long, any, so that the same bases do not come for ever.
func (p *Program) entering(v int, sign float64, anyone bool) (column int, by float64) {
	column = -1
	best := 0.0
	for j, x := range p.columns {
		slope := 0.0
		switch place := p.place[v]; {
		case place < 0:
			slope = sign * p.table[-1-place][j]
		case place == j:
			slope = sign
		}
		size := math.Abs(slope)
		if size <= 10*tiny || slope > 0 && p.at[x] >= p.upper[x]-tiny || slope < 0 && p.at[x] <= p.lower[x]+tiny {
			continue
		}
		if anyone {
			size = p.random()
		}
		if size > best {
			column, by, best = j, math.Copysign(1, slope), size
		}
	}
	return column, by
}

// random is a number above 0 and up to 1, of a sequence that is always the same.
func (p *Program) random() float64 {
	p.dice = p.dice*6364136223846793005 + 1442695040888963407
	return float64(p.dice>>40+1) / (1 << 24)
}

// move changes the variable of a column until a bound is met, its own or that of a row.
func (p *Program) move(column int, by float64) (step float64) {
	x := p.columns[column]
	step = p.upper[x] - p.at[x]
	if by < 0 {
		step = p.at[x] - p.lower[x]
	}
	leaving := -1
	for i, row := range p.table {
		rate, v := row[column]*by, p.rows[i]
		var room float64
		switch {
		case rate > 10*tiny:
			room = (p.upper[v] - p.at[v]) / rate
		case rate < -10*tiny:
			room = (p.lower[v] - p.at[v]) / rate
		default:
			continue
		}
		room = max(0, room)
		tie := room < step+tiny && leaving >= 0 && room > step-tiny
		if !tie && room < step || tie && math.Abs(row[column]) > math.Abs(p.table[leaving][column]) {
			step, leaving = min(step, room), i
		}
	}
	if math.IsInf(step, 1) {
		return step
	}
	p.shift(column, by*step)
	if leaving >= 0 {
		out := p.rows[leaving]
		if math.Abs(p.at[out]-p.lower[out]) < math.Abs(p.at[out]-p.upper[out]) {
			p.at[out] = p.lower[out]
		} else {
			p.at[out] = p.upper[out]
		}
		p.pivot(leaving, column)
	}
	return step
}

// noteWhole widens the ranges of whole numbers, if the present point is nearly of them: then
// they are a point as well, since bounds are whole numbers but for their width.
func (p *Program) noteWhole() {
	if !p.NotesWhole {
		return
	}
	for _, x := range p.at {
		if math.Abs(x-math.Round(x)) > 0.01 {
			return
		}
	}
	for v, x := range p.at {
		p.least[v], p.most[v] = min(p.least[v], math.Round(x)), max(p.most[v], math.Round(x))
	}
}

// snapped is a coefficient, a whole number if it is nearly one: most are, and errors do not
// add up.
func snapped(x float64) float64 {
	// The sum is so large that its last place is one: it is rounded to a whole number. This
	// is where programs spend their time, and math.Round took half of it.
	const large = 3 << 51
	whole := (x + large) - large
	if d := whole - x; d < 1e-9 && d > -1e-9 {
		return whole
	}
	return x
}

// pivot exchanges the variables of a row and of a column.
func (p *Program) pivot(row, column int) {
	r := p.table[row]
	inverse := 1 / r[column]
	r[column] = snapped(inverse)
	filled := p.filled[:0]
	for k, a := range r {
		if k != column && a != 0 {
			if r[k] = snapped(-a * inverse); r[k] != 0 {
				filled = append(filled, k)
			}
		}
	}
	p.filled = filled
	for i, other := range p.table {
		f := other[column]
		if i == row || f == 0 {
			continue
		}
		for _, k := range filled {
			other[k] = snapped(other[k] + f*r[k])
		}
		other[column] = snapped(f * inverse)
	}
	in, out := p.columns[column], p.rows[row]
	p.columns[column], p.rows[row] = out, in
	p.place[in], p.place[out] = -1-row, column
}
