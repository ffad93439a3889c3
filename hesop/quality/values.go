package quality

import (
	"cmp"
	"slices"

	"hesopmatch/hesop/internal/padding"
	"hesopmatch/internal/shorttext"
)

const (
	mostValues   = 10_000  // distinct values that Values counts by themselves
	longestValue = 6       // bytes of one, as many as a code field has
	mostLate     = 1 << 17 // values beyond those that are kept for merge
)

// Values counts distinct values of code fields. It counts at most 10,000 by themselves, of at most 6 bytes each: a
// longer value may be a person's data in the wrong column. A short one may be too, so Values are not for release.
// The zero Values is empty and ready for use, by one goroutine at a time.
type Values struct {
	counts  []packedCount // in the order in which the values came up
	numbers map[uint64]int
	late    []uint64 // those of others that one of Values may count to which this is merged, if they are not too many
	others  int64
}

// packedCount is a value, as shorttext.Pack makes it, and how often it was found.
type packedCount struct {
	value uint64
	count int64
}

// ValueCount is a value and how often it was found.
type ValueCount struct {
	Value string `json:"value"`
	Count int64  `json:"count"`
}

// Add counts a value, without the padding around it. It allocates for a new value alone.
func (v *Values) Add(value []byte) {
	value = padding.TrimCode(value)
	if len(value) > longestValue {
		v.others++
		return
	}
	packed, _ := shorttext.Pack(value)
	v.add(packed, 1)
}

// add counts a value so often, by itself if it is counted already or there is room.
func (v *Values) add(value uint64, count int64) {
	n, ok := v.numbers[value]
	switch {
	case ok:
		v.counts[n].count += count
	case len(v.counts) < mostValues:
		if v.numbers == nil {
			v.numbers = make(map[uint64]int)
		}
		v.numbers[value] = len(v.counts)
		v.counts = append(v.counts, packedCount{value, count})
	default:
		v.others += count
		for ; count > 0 && len(v.late) < mostLate; count-- {
			v.late = append(v.late, value)
		}
	}
}

// Others returns how many values were not counted by themselves.
func (v *Values) Others() int64 { return v.others }

// Commonest returns the values by falling count, and those of one count in the order of their bytes.
func (v *Values) Commonest() []ValueCount {
	all := make([]ValueCount, 0, len(v.counts))
	for _, c := range v.counts {
		all = append(all, ValueCount{shorttext.Unpack(c.value), c.count})
	}
	slices.SortFunc(all, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return all
}

// merge adds the counts of other, as if its values had been added one by one behind those of v. If other has more
// late values than it keeps, some that v counts by themselves may be counted as others.
func (v *Values) merge(other *Values) {
	for _, c := range other.counts {
		v.add(c.value, c.count)
	}
	v.others += other.others - int64(len(other.late))
	for _, value := range other.late {
		v.add(value, 1)
	}
}

// reset forgets all values.
func (v *Values) reset() {
	clear(v.numbers)
	v.counts, v.late, v.others = v.counts[:0], v.late[:0], 0
}
