package hesoptest

import "math/rand/v2"

// dice draws at random. What it draws depends on its seed alone: the algorithm is
// fixed, and none of the methods of rand.Rand, which may change, is used.
type dice struct{ rand.PCG }

func newDice(seed uint64) *dice {
	d := new(dice)
	d.Seed(seed, mix(seed))
	return d
}

// share draws from 0 up to but not including 1.
func (d *dice) share() float64 { return float64(d.Uint64()>>11) / (1 << 53) }

// chance is true in a share p of its calls.
func (d *dice) chance(p float64) bool { return d.share() < p }

// below draws from 0 to n-1.
func (d *dice) below(n int) int { return int(d.share() * float64(n)) }

// weighted draws indices in proportion to weights. The zero value draws nothing.
type weighted struct{ upTo []float64 }

func weigh(weights ...float64) weighted {
	var w weighted
	sum := 0.0
	for _, x := range weights {
		sum += x
		w.upTo = append(w.upTo, sum)
	}
	return w
}

func (w weighted) draw(d *dice) int {
	x := d.share() * w.upTo[len(w.upTo)-1]
	for i, limit := range w.upTo {
		if x < limit {
			return i
		}
	}
	return len(w.upTo) - 1
}

// odds are a text and the share of draws that it has.
type odds struct {
	text  string
	share float64
}

// choose draws one of several texts, and usual where none of them comes up.
func choose(d *dice, usual string, others ...odds) string {
	x := d.share()
	for _, o := range others {
		if x -= o.share; x < 0 {
			return o.text
		}
	}
	return usual
}

// mix makes a number that looks random of one that does not.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
