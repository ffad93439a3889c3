package hesoptest

import "math/rand/v2"

// dice draws random numbers, which depend only on its seed. The algorithm is fixed: dice uses none of the methods of
// rand.Rand, which may change.
type dice struct{ rand.PCG }

func newDice(seed uint64) *dice {
	d := new(dice)
	d.Seed(seed, mix(seed))
	return d
}

// share returns a number from 0 up to, but not including, 1.
func (d *dice) share() float64 { return float64(d.Uint64()>>11) / (1 << 53) }

// chance returns true with probability p.
func (d *dice) chance(p float64) bool { return d.share() < p }

// below returns a number from 0 to n-1.
func (d *dice) below(n int) int { return int(d.share() * float64(n)) }

// weighted draws indices in proportion to weights. Do not draw from the zero value.
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

// odds is a text and the probability of drawing it.
type odds struct {
	text  string
	share float64
}

// choose draws at most one element of others, each with its probability, and returns the text of that element. If it
// draws none, it returns the argument usual.
func choose(d *dice, usual string, others ...odds) string {
	x := d.share()
	for _, o := range others {
		if x -= o.share; x < 0 {
			return o.text
		}
	}
	return usual
}

// mix turns any number into one that looks random.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
