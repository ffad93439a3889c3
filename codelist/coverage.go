package codelist

import "hesopmatch/codelist/coding"

// resolve decides the coverage of every entry. It returns, for each bare category, the longer codes that the list names
// under it.
//
// A longer code counts if it has the sign of the category, and no subcategory of the other sign covers it. The second
// condition affects only codes of five characters.
func (d *builder) resolve(policy Policy) map[signed][]coding.Prefix {
	named := make(map[signed]bool) // subcategories that the list names
	children := make(map[signed][]coding.Prefix)
	for i := range d.all {
		e := &d.all[i]
		if e.scope == scopeByPolicy {
			children[e.signed()] = nil
		}
		if e.prefix.Len() == 4 {
			named[e.signed()] = true
		}
	}
	seen := make(map[signed]bool)
	for i := range d.all {
		e := &d.all[i]
		if e.prefix.Len() <= 3 || isUndivided(e.prefix) {
			continue
		}
		family := signed{e.prefix.First(3), e.exclude}
		listed, ok := children[family]
		key := e.signed()
		if !ok || seen[key] || e.prefix.Len() == 5 && named[signed{e.prefix.First(4), !e.exclude}] {
			continue
		}
		seen[key] = true
		children[family] = append(listed, e.prefix)
	}
	for i := range d.all {
		e := &d.all[i]
		switch e.scope {
		case scopeExact:
			e.coverage = Exact
		case scopeDescendants:
			e.coverage = Descendants
		case scopeByPolicy:
			e.coverage = policy.decide(len(children[e.signed()]))
		}
	}
	return children
}

// decide returns the coverage of a bare category under which a list names the given number of longer codes.
func (p Policy) decide(children int) Coverage {
	if p == Never || p == Auto && children > 0 {
		return Exact
	}
	return Descendants
}
