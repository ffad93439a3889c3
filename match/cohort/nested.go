package cohort

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/match"
)

// nesting says that a list covers all codes of another one.
type nesting struct {
	list, of int
	isEqual  bool
}

// nestings finds the lists that others cover. Of a chain of lists it has each with the next.
func nestings(m *match.Matcher) (all []nesting) {
	codes := make([][len(systems)]coding.Set, m.Len())
	for i := range codes {
		for s, sys := range systems {
			codes[i][s] = m.List(i).Codes(sys)
		}
	}
	within := make([][]bool, len(codes)) // by two lists; of two that are equal the first is in the second
	for i := range codes {
		within[i] = make([]bool, len(codes))
		for j := range codes {
			within[i][j] = i != j && isWithin(codes[i], codes[j]) && (i < j || !isWithin(codes[j], codes[i]))
		}
	}
	for i := range codes {
		for j := range codes {
			if within[i][j] && !isBetween(within, i, j) {
				all = append(all, nesting{i, j, isWithin(codes[j], codes[i])})
			}
		}
	}
	return all
}

// isWithin reports whether the codes of one list are codes of another.
func isWithin(these, those [len(systems)]coding.Set) bool {
	return these[0].Within(those[0]) && these[1].Within(those[1])
}

// isBetween reports whether a third list lies between two.
func isBetween(within [][]bool, i, j int) bool {
	for k := range within {
		if within[i][k] && within[k][j] {
			return true
		}
	}
	return false
}

// addNested says that a list has no more of anything than one that covers all its codes. Where the people of a list
// depend on another one, that does not hold for people.
func (b *builder) addNested() {
	for _, n := range b.cohort.plan.nested {
		list, of := b.ofList[n.list], b.ofList[n.of]
		for k := 0; k < len(list); k += 2 { // appointments, and people behind them
			b.atMost(list[k], of[k])
			if n.isEqual {
				b.atMost(of[k], list[k])
			}
			if len(b.cohort.plan.related) > 0 {
				continue
			}
			b.atMost(list[k+1], of[k+1])
			b.repeated(list[k], list[k+1], of[k], of[k+1])
			if n.isEqual {
				b.atMost(of[k+1], list[k+1])
			}
		}
	}
}

// atMost says that a number is no greater than another one.
func (b *builder) atMost(less, more *cell) {
	b.most = append(b.most, &most{1, []*cell{less}, []*cell{more}})
}

// repeated says that there are no more appointments beyond the first of each person in some appointments of a list than
// in others that have all of these. Each is given by its numbers of appointments and of people.
func (b *builder) repeated(match, people, ofMatch, ofPeople *cell) {
	if b.cohort.plan.least == 1 && len(b.cohort.plan.related) == 0 {
		b.most = append(b.most, &most{1, []*cell{match, ofPeople}, []*cell{ofMatch, people}})
	}
}
