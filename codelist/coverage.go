package codelist

// signed is a prefix and whether it is excluded.
type signed struct {
	prefix  Prefix
	exclude bool
}

// resolve decides the coverage of every draft and returns, for each bare
// category of the list, the longer codes that count as named under it.
//
// Counted is a longer code of the same sign that no entry of the other sign
// covers which is shorter than it and longer than the category. Only a
// subcategory can stand between a category and a longer code, so only codes of
// five characters can be hidden so.
func (d *drafts) resolve(policy Policy) map[signed][]Prefix {
	named := make(map[signed]bool) // subcategories
	children := make(map[signed][]Prefix)
	for i := range d.all {
		e := &d.all[i]
		if e.says == byPolicy {
			children[signed{e.Prefix, e.Exclude}] = nil
		}
		if e.Prefix.Len() == 4 {
			named[signed{e.Prefix, e.Exclude}] = true
		}
	}
	seen := make(map[signed]bool)
	for i := range d.all {
		e := &d.all[i]
		if e.Prefix.Len() <= 3 || e.Prefix.isUndivided() {
			continue
		}
		family := signed{e.Prefix.first(3), e.Exclude}
		listed, ok := children[family]
		key := signed{e.Prefix, e.Exclude}
		if !ok || seen[key] || e.Prefix.Len() == 5 && named[signed{e.Prefix.first(4), !e.Exclude}] {
			continue
		}
		seen[key] = true
		children[family] = append(listed, e.Prefix)
	}
	for i := range d.all {
		e := &d.all[i]
		switch e.says {
		case saysExact:
			e.Coverage = Exact
		case saysDescendant:
			e.Coverage = Descendants
		case byPolicy:
			e.Coverage = policy.decide(len(children[signed{e.Prefix, e.Exclude}]))
		}
	}
	return children
}

// decide is the coverage of a bare category of which a list names so many
// longer codes.
func (p Policy) decide(children int) Coverage {
	if p == Never || p == Auto && children > 0 {
		return Exact
	}
	return Descendants
}

// rejectHeadings rejects every row with a range inside which the list names
// codes otherwise: a row of a chapter export that is a heading looks the same as
// one that is meant. Coverage must be resolved.
//
// Inside is a code that is, or begins with, one that the range yields. It does
// not count where an entry of the other sign covers it that is shorter than it
// and at least as long as the ends of the range: then it is an exception to an
// exception.
func (d *drafts) rejectHeadings() {
	if d.spans == 0 {
		return
	}
	bySign := make(map[signed][]*Entry) // every entry under its own prefix
	for i := range d.all {
		e := &d.all[i].Entry
		key := signed{e.Prefix, e.Exclude}
		bySign[key] = append(bySign[key], e)
	}
	// hidden tells whether an entry of the other sign with n characters at
	// least, and fewer than e, covers e.
	hidden := func(e *Entry, n int) bool {
		for m := n; m < e.Prefix.Len(); m++ {
			for _, f := range bySign[signed{e.Prefix.first(m), !e.Exclude}] {
				if f.covers(e.Prefix) {
					return true
				}
			}
		}
		return false
	}
	inside := make(map[signed]bool) // prefixes that a counted code is or begins with
	for i := range d.all {
		if e := &d.all[i]; e.span == 0 {
			for n := 1; n <= e.Prefix.Len(); n++ {
				key := signed{e.Prefix.first(n), e.Exclude}
				if !inside[key] && !hidden(&e.Entry, n) {
					inside[key] = true
				}
			}
		}
	}
	for i := range d.all {
		e := &d.all[i]
		if e.span > 0 && inside[signed{e.Prefix, e.Exclude}] {
			row := &d.rows[e.row]
			row.verdict, row.reason = Rejected, reasonHeading
		}
	}
}
