package quality

import (
	"cmp"
	"slices"

	"hesopmatch/hesop/internal/padding"
)

const (
	mostValues   = 10_000 // distinct values that Values counts by themselves
	longestValue = 6      // bytes of one, as many as a code field has
)

// Values counts distinct values of code fields. It counts at most 10,000 by themselves, of at most 6 bytes each: a
// longer value may be a person's data in the wrong column. A short one may be too, so Values are not for release.
// The zero Values is empty and ready for use, by one goroutine at a time.
type Values struct {
	counts map[string]*int64
	others int64
}

// ValueCount is a value and how often it was found.
type ValueCount struct {
	Value string `json:"value"`
	Count int64  `json:"count"`
}

// Add counts a value, without the padding around it. It allocates for a new value alone.
func (v *Values) Add(value []byte) {
	value = padding.TrimCode(value)
	switch n := v.counts[string(value)]; {
	case n != nil:
		*n++
	case len(value) > longestValue:
		v.others++
	default:
		v.addNew(string(value), 1)
	}
}

// addNew counts a value that is not counted yet, if there is room.
func (v *Values) addNew(value string, count int64) {
	if len(v.counts) == mostValues {
		v.others += count
		return
	}
	if v.counts == nil {
		v.counts = make(map[string]*int64)
	}
	v.counts[value] = &count
}

// Others returns how many values were not counted by themselves.
func (v *Values) Others() int64 { return v.others }

// Commonest returns the values by falling count, and those of one count in the order of their bytes.
func (v *Values) Commonest() []ValueCount {
	all := make([]ValueCount, 0, len(v.counts))
	for value, count := range v.counts {
		all = append(all, ValueCount{value, *count})
	}
	slices.SortFunc(all, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return all
}

// merge adds the counts of other. If there is no room for all, the commonest come first.
func (v *Values) merge(other *Values) {
	v.others += other.others
	for _, c := range other.Commonest() {
		if n := v.counts[c.Value]; n != nil {
			*n += c.Count
		} else {
			v.addNew(c.Value, c.Count)
		}
	}
}
