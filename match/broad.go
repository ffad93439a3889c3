package match

import "hesopmatch/codelist"

// broadPrefixes are the entries of one and two characters, by letter.
type broadPrefixes [26][]broadPrefix

// broadPrefix is what one list says of a letter and of each digit behind it.
type broadPrefix struct {
	list   uint32
	letter sign
	digits [10]sign
}

// broadSigns collects the broad prefixes of a system, those of a letter in
// ascending order of lists.
func broadSigns(sys codelist.System, lists []*codelist.List) *broadPrefixes {
	var b broadPrefixes
	for i, l := range lists {
		for _, e := range l.All() {
			n := e.Prefix.Len()
			if e.Prefix.System() != sys || n > 2 {
				continue
			}
			category, _, _ := e.Prefix.Places()
			if n == 1 {
				b.at(category, uint32(i)).letter.add(e.Exclude)
			} else {
				b.at(category, uint32(i)).digits[category/10%10].add(e.Exclude)
			}
		}
	}
	return &b
}

// at is what list says of the letter of a category; lists come in ascending
// order.
func (b *broadPrefixes) at(category int, list uint32) *broadPrefix {
	of := &b[category/100]
	if n := len(*of); n == 0 || (*of)[n-1].list != list {
		*of = append(*of, broadPrefix{list: list})
	}
	return &(*of)[len(*of)-1]
}

// families are the lists that reach a category by a broad prefix. missing says
// that the category stands for missing values, which no such prefix reaches.
func (b *broadPrefixes) families(category int, missing bool) []family {
	if missing {
		return nil
	}
	var families []family
	for _, p := range b[category/100] {
		if s := p.digits[category/10%10].or(p.letter); s != none {
			families = append(families, family{list: p.list, broad: s})
		}
	}
	return families
}
