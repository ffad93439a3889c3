// Package simplex finds how small and how large a variable of a linear program can be: what
// a reader of masked tables can work out is such a program. Package suppress takes what it
// finds for a guess and checks it; tests take it for what a reader knows.
//
// A Program begins at a point that is feasible, the truth that the tables were made from,
// so that no first point has to be looked for. It stays at the point that the last question
// led to. Ranges of all variables over the points it has been at are kept: most questions
// are answered by the points of another one. Each point is checked against the sums as they
// were added; where it is not one of theirs, for errors that added up, the Program goes on
// from its first point.
package simplex

import "math"

// Bounds are a little wider than they are asked for, each by some other amount, up to wide:
// programs of counts have many bounds that meet in one point, and no end of steps that lead
// nowhere if they do so exactly. Ranges come out wider by a thousandth or so, never narrower.
const wide = 1e-5

// tiny is what counts as zero. Programs are of counts and of coefficients that are small
// integers, and pivots are nearly all 1 or -1.
const tiny = 1e-7

// mostSteps is after how many a question is given up, and mostRestarts likewise.
const (
	mostSteps    = 1500
	mostRestarts = 3
)

// off is by how much a point may be beyond bounds, or a sum be another one.
const off = 1e-3

// far is how far a variable goes that nothing bounds, where no end was asked for.
const far = 1e6

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
	filled           []int     // for pivot
	variables        []int     // in the order of the first columns
	sums             []sum     // in the order of the first rows
	first            []float64 // the first point
	dice             uint64

	NotesWhole bool // for Whole, which is not known otherwise

	GivenUp int // questions that took too many steps, or went wrong again and again, and were answered by infinity
}

const constant = 1 << 30

// sum is how a variable was added: its terms that vary, and what the others come to.
type sum struct {
	variable int
	terms    []Term
	fixed    float64
}

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
	p.place, p.first = append(p.place, place), append(p.first, at)
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
	p.columns, p.variables = append(p.columns, len(p.at)), append(p.variables, len(p.at))
	return p.add(lower, upper, at, len(p.columns)-1)
}

// Sum adds a variable that is a sum of others, sums included, between bounds. All are to be
// added before the first question.
func (p *Program) Sum(lower, upper float64, terms ...Term) int {
	s := sum{}
	at := 0.0
	for _, t := range terms {
		at += t.Times * p.at[t.Variable]
		switch place := p.place[t.Variable]; {
		case place == constant:
			s.fixed += t.Times * p.at[t.Variable]
		case place >= 0:
			s.terms = append(s.terms, t)
		default:
			panic("simplex: a sum of sums")
		}
	}
	if len(s.terms) == 0 {
		return p.add(lower, upper, at, constant)
	}
	s.variable = p.add(lower, upper, at, -1-len(p.rows))
	p.rows, p.table, p.sums = append(p.rows, s.variable), append(p.table, p.row(s)), append(p.sums, s)
	return s.variable
}

// row is that of a sum in the first table.
func (p *Program) row(s sum) []float64 {
	row := make([]float64, len(p.columns))
	for _, t := range s.terms {
		row[p.place[t.Variable]] += t.Times
	}
	return row
}

// restart goes back to the first point and table.
func (p *Program) restart() {
	copy(p.at, p.first)
	copy(p.columns, p.variables)
	for column, v := range p.columns {
		p.place[v] = column
	}
	for i, s := range p.sums {
		p.place[s.variable], p.rows[i], p.table[i] = -1-i, s.variable, nil
	}
	for i, s := range p.sums {
		p.table[i] = p.row(s)
	}
}

// isPoint reports whether the present point is one of the sums as they were added, within
// bounds.
func (p *Program) isPoint() bool {
	for _, v := range p.variables {
		if p.at[v] < p.lower[v]-off || p.at[v] > p.upper[v]+off {
			return false
		}
	}
	for _, s := range p.sums {
		at := s.fixed
		for _, t := range s.terms {
			at += t.Times * p.at[t.Variable]
		}
		if v := s.variable; math.Abs(at-p.at[v]) > off || at < p.lower[v]-off || at > p.upper[v]+off {
			return false
		}
	}
	return true
}

// note widens the ranges of all variables by the present point.
func (p *Program) note() {
	for v, x := range p.at {
		p.low[v], p.high[v] = min(p.low[v], x), max(p.high[v], x)
	}
	p.noteWhole()
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
	restarts := 0
	for idle, all := 0, 0; sign*p.at[v] < enough-tiny; all++ {
		column, by := p.entering(v, sign, idle > 20)
		if column < 0 {
			break
		}
		step := p.move(column, by)
		endless := math.IsInf(step, 1)
		if endless {
			p.slide(v, column, by, min(enough-sign*p.at[v], far))
		}
		switch {
		case !p.isPoint():
			p.restart()
			restarts++
		case endless:
			p.note()
			return step
		default:
			p.note()
		}
		if idle++; step > tiny {
			idle = 0
		}
		if all > mostSteps || restarts > mostRestarts {
			p.GivenUp++
			return Inf
		}
	}
	return sign * p.at[v]
}

// slide changes the variable of a column, which nothing bounds, until another one has grown
// by so much.
func (p *Program) slide(v, column int, by, much float64) {
	if place := p.place[v]; place < 0 {
		much /= math.Abs(p.table[-1-place][column])
	}
	p.shift(column, by*much)
}

// shift changes the variable of a column, and all that hang on it.
func (p *Program) shift(column int, by float64) {
	p.at[p.columns[column]] += by
	for i, row := range p.table {
		if row[column] != 0 {
			p.at[p.rows[i]] += row[column] * by
		}
	}
}
