// Package simplex finds how small and how large a variable of a linear program can be: what
// a reader of masked tables can work out is such a program. Package suppress takes what it
// finds for a guess and checks it; tests take it for what a reader knows.
//
// A Program begins at a point that is feasible, the truth that the tables were made from,
// so that no first point has to be looked for. It stays at the point that the last question
// led to. Ranges of all variables over the points it has been at are kept: most questions
// are answered by the points of another one.
package simplex

import "math"

// Bounds are a little wider than they are asked for, each by some other amount, up to wide:
// programs of counts have many bounds that meet in one point, and no end of steps that lead
// nowhere if they do so exactly. Ranges come out wider by a thousandth or so, never narrower.
const wide = 1e-5

// tiny is what counts as zero. Programs are of counts and of coefficients that are small
// integers, and pivots are nearly all 1 or -1.
const tiny = 1e-7

// mostSteps is after how many a question is given up.
const mostSteps = 1500

// Inf is no bound.
var Inf = math.Inf(1)

// Term is a variable so many times.
type Term struct {
	Variable int
	Times    float64
}

// Program is variables within bounds, of which some are sums of others.
type Program struct {
	lower, upper, at []float64
	low, high        []float64 // the least and largest value so far
	least, most      []float64 // the same, at points of whole numbers
	place            []int     // column if it is not basic, -1-row if it is, constant if neither
	columns          []int     // the variables that are not basic
	rows             []int     // the variables that are
	table            [][]float64
	filled           []int // for pivot
	dice             uint64

	NotesWhole bool // for Whole, which is not known otherwise

	GivenUp int // questions that took too many steps, and were answered by infinity
}

const constant = 1 << 30

func (p *Program) add(lower, upper, at float64, place int) int {
	if at < lower-tiny || at > upper+tiny {
		panic("simplex: the first point is not feasible")
	}
	if place != constant {
		lower, upper = lower-wide*p.random(), upper+wide*p.random()
	}
	p.lower, p.upper, p.at = append(p.lower, lower), append(p.upper, upper), append(p.at, at)
	p.low, p.high = append(p.low, at), append(p.high, at)
	p.least, p.most = append(p.least, at), append(p.most, at)
	p.place = append(p.place, place)
	return len(p.at) - 1
}

// Variable adds a variable between two bounds, which is at a value first. All variables
// are to be added before the first Sum.
func (p *Program) Variable(lower, upper, at float64) int {
	if lower == upper {
		return p.add(lower, upper, at, constant)
	}
	if len(p.rows) > 0 {
		panic("simplex: a variable after a sum")
	}
	p.columns = append(p.columns, len(p.at))
	return p.add(lower, upper, at, len(p.columns)-1)
}

// Sum adds a variable that is a sum of others, sums included, between bounds. All are to be
// added before the first question.
func (p *Program) Sum(lower, upper float64, terms ...Term) int {
	row := make([]float64, len(p.columns))
	at, fixed := 0.0, 0.0
	open := false
	for _, t := range terms {
		at += t.Times * p.at[t.Variable]
		switch place := p.place[t.Variable]; {
		case place == constant:
			fixed += t.Times * p.at[t.Variable]
		case place >= 0:
			row[place] += t.Times
			open = true
		default:
			panic("simplex: a sum of sums")
		}
	}
	if !open {
		return p.add(lower, upper, at, constant)
	}
	v := p.add(lower, upper, at, -1-len(p.rows))
	p.rows, p.table = append(p.rows, v), append(p.table, row)
	return v
}

// At is the value of a variable at the present point.
func (p *Program) At(v int) float64 { return p.at[v] }

// Whole is between which values a variable has been at points of whole numbers. The first
// point is taken for one. NotesWhole must have been set before the first question.
func (p *Program) Whole(v int) (least, most float64) { return p.least[v], p.most[v] }

// Max is the largest value that a variable can have, or some value that is enough.
func (p *Program) Max(v int, enough float64) float64 {
	if p.high[v] >= enough-tiny {
		return p.high[v]
	}
	return p.climb(v, 1, enough)
}

// Min is the least value that a variable can have, or some value that is enough.
func (p *Program) Min(v int, enough float64) float64 {
	if p.low[v] <= enough+tiny {
		return p.low[v]
	}
	return -p.climb(v, -1, -enough)
}

// Raise goes to a point at which a variable is as large as it can be, or as is enough.
func (p *Program) Raise(v int, enough float64) { p.climb(v, 1, enough) }

// Lower goes to a point at which a variable is as small as it can be, or as is enough.
func (p *Program) Lower(v int, enough float64) { p.climb(v, -1, -enough) }

// climb moves from point to point on which the variable, with a sign, is no smaller.
func (p *Program) climb(v int, sign, enough float64) float64 {
	if p.place[v] == constant {
		return sign * p.at[v]
	}
	for idle, all := 0, 0; sign*p.at[v] < enough-tiny; all++ {
		column, by := p.entering(v, sign, idle > 20)
		if column < 0 {
			break
		}
		step := p.move(column, by)
		if math.IsInf(step, 1) {
			if !math.IsInf(enough, 1) {
				p.slide(v, column, by, enough-sign*p.at[v])
			}
			return step
		}
		if idle++; step > tiny {
			idle = 0
		}
		if all > mostSteps {
			p.GivenUp++
			return Inf
		}
	}
	return sign * p.at[v]
}

// slide changes the variable of a column, which nothing bounds, until another one has grown
// by so much.
func (p *Program) slide(v, column int, by, far float64) {
	x := p.columns[column]
	if place := p.place[v]; place < 0 {
		far /= math.Abs(p.table[-1-place][column])
	}
	p.set(x, p.at[x]+by*far)
	for i, row := range p.table {
		if row[column] != 0 {
			p.set(p.rows[i], p.at[p.rows[i]]+row[column]*by*far)
		}
	}
	p.noteWhole()
}

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
	p.set(x, p.at[x]+by*step)
	for i, row := range p.table {
		if row[column] != 0 {
			p.set(p.rows[i], p.at[p.rows[i]]+row[column]*by*step)
		}
	}
	p.noteWhole()
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

// set gives a variable a value.
func (p *Program) set(v int, to float64) {
	p.at[v], p.low[v], p.high[v] = to, min(p.low[v], to), max(p.high[v], to)
}

// snapped is a coefficient, a whole number if it is nearly one: most are, and errors do not
// add up.
func snapped(x float64) float64 {
	if whole := math.Round(x); math.Abs(whole-x) < 1e-9 {
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
