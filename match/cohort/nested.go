package cohort

import (
	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/match"
)

// nesting says that a list covers all codes of another one.
type nesting struct {
	list, of int
	isEqual  bool
}

// covered is what a list covers: by system its codes, and the categories that it covers in fields of three characters.
type covered [2 * len(systems)]coding.Set

func coveredBy(l *codelist.List) (c covered) {
	for s, sys := range systems {
		c[s] = l.Codes(sys)
		c[len(systems)+s] = coding.Collect(func(yield func(coding.Code) bool) {
			last := coding.Prefix(0)
			for code := range c[s].All() {
				if code.Prefix(3) == last {
					continue
				}
				last = code.Prefix(3)
				if v := coding.ReadValue(sys, []byte(last.String()), 3); l.Decide(v).Covered && !yield(v.Code()) {
					return
				}
			}
		})
	}
	return c
}

// nestings finds the lists that others cover. Of a chain of lists it has each with the next.
func nestings(m *match.Matcher) (all []nesting) {
	codes := make([]covered, m.Len())
	for i := range codes {
		codes[i] = coveredBy(m.List(i))
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

// isWithin reports whether another list covers all that one does.
func isWithin(these, those covered) bool {
	for i := range these {
		if !these[i].Within(those[i]) {
			return false
		}
	}
	return true
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
	for _, n := range b.plan.nested {
		list, of := b.ofList[n.list], b.ofList[n.of]
		for k := 0; k < len(list); k += 2 { // appointments, and people behind them
			b.atMost(list[k], of[k], 1)
			if n.isEqual {
				b.atMost(of[k], list[k], 1)
			}
			if len(b.plan.related) > 0 {
				continue
			}
			b.atMost(list[k+1], of[k+1], 1)
			b.repeated(list[k], list[k+1], of[k], of[k+1])
			if n.isEqual {
				b.atMost(of[k+1], list[k+1], 1)
			}
		}
	}
}

// repeated says that there are no more appointments beyond the first of each person in some appointments of a list than
// in others that have all of these. Each is given by its numbers of appointments and of people.
func (b *builder) repeated(match, people, ofMatch, ofPeople *cell) {
	if b.plan.least == 1 && len(b.plan.related) == 0 {
		b.most = append(b.most, &most{1, []*cell{match, ofPeople}, []*cell{ofMatch, people}})
	}
}
