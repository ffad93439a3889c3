package hesoptest

import (
	"strconv"

	"hesopmatch/hesop"
)

// people is a population to draw from. It stores no people: person n is computed from the seed.
type people struct {
	seed uint64
	n    int
}

// person is a synthetic person.
type person struct {
	name, sex string
	ethnos    string
	born      hesop.Date
}

func newPeople(seed uint64, n int) people { return people{mix(seed ^ 0x70656f706c65), n} }

// draw draws a person who is alive on a day. It returns false if it finds nobody after 20 draws. Some people have ten
// times as many appointments as most others.
func (p people) draw(d *dice, on hesop.Date) (who person, ok bool) {
	for range 20 {
		x := d.share()
		slope := float64(0.9 * x) // rounded first; some processors would fuse multiplication and addition
		who = p.person(uint64(float64(p.n) * x * (0.1 + slope)))
		age := dayNumber(on) - dayNumber(who.born)
		if age >= 0 && (age < 88*365 || age < 105*365 && d.chance(0.15)) {
			return who, true
		}
	}
	return who, false
}

func (p people) person(n uint64) person {
	h := mix(p.seed + n)
	who := person{sex: "2", ethnos: string("AAAAAAAAAAAAAAAAAABCCDGHJKLMNPRSZZZX"[h%36])}
	if h>>8%100 < 44 {
		who.sex = "1"
	}
	if h>>16%1000 == 0 {
		who.sex = "9"
	}
	// Born from 1922 to 2019.
	first := dayNumber(hesop.Date{Year: 1922, Month: 1, Day: 1})
	last := dayNumber(hesop.Date{Year: 2020, Month: 1, Day: 1})
	who.born = dateOf(first + int(mix(h)%uint64(last-first)))
	who.name = strconv.FormatUint(1e9+spread(n+p.seed%1e9, 9e9), 10)
	return who
}

// ethnicity returns the ethnic category as it is coded on a day. The code for "not known" is X, or 99 from 2013.
func (w person) ethnicity(on hesop.Date) string {
	if w.ethnos == "X" && on.Year >= 2013 {
		return "99"
	}
	return w.ethnos
}
