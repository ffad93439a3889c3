package cohort

import (
	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/match"
)

// nesting is a pair of lists, by index. The second list covers all codes of the first.
type nesting struct{ list, of int }

// covered holds what a list covers: first the codes of each system, then the categories of each system that the list
// covers in fields of three characters.
type covered [2 * len(systems)]coding.Set

func coveredBy(l *codelist.List) (c covered) {
	for s, sys := range systems {
		c[s] = l.Codes(sys)
		c[len(systems)+s] = coding.Collect(func(yield func(coding.Code) bool) {
			for g := range c[s].Groups() {
				v := coding.ReadValue(sys, []byte(g.Prefix.First(3).String()), 3)
				if l.Decide(v).Covered && !yield(v.Code()) {
					return
				}
			}
		})
	}
	return c
}

// isWithin reports whether everything in c is also in the other.
func (c covered) isWithin(other covered) bool {
	for i := range c {
		if !c[i].Within(other[i]) {
			return false
		}
	}
	return true
}

// nestings returns the pairs of lists in which the second list covers all codes of the first. In a chain of lists it
// pairs each list only with the next. It pairs two equal lists in both directions.
func nestings(m *match.Matcher) (all []nesting) {
	codes, within := make([]covered, m.Len()), make([][]bool, m.Len())
	for i := range codes {
		codes[i] = coveredBy(m.List(i))
	}
	for i := range codes {
		for j := range codes {
			within[i] = append(within[i], codes[i].isWithin(codes[j]))
		}
	}
	before := func(i, j int) bool { return within[i][j] && (i < j || !within[j][i]) }
	for i := range codes {
		for j := range codes {
			isNext := before(i, j)
			for k := 0; isNext && k < len(codes); k++ {
				isNext = !before(i, k) || !before(k, j)
			}
			if isNext {
				all = append(all, nesting{i, j})
			}
			if isNext && within[j][i] {
				all = append(all, nesting{j, i})
			}
		}
	}
	return all
}
