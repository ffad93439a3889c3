package quality

import (
	"cmp"
	"slices"

	"hesopmatch/hesop/internal/padding"
	"hesopmatch/internal/shorttext"
)

const (
	mostValues   = 10_000  // the largest number of distinct values that Values lists
	longestValue = 6       // in bytes; the width of the widest code field
	mostLate     = 1 << 17 // the largest number of unlisted values that Values keeps for merge
)

// Values counts distinct values of code fields. It lists at most 10,000 values, each of at most 6 bytes, because a
// longer value may be personal data in the wrong column. A short value may be personal data too, so a Values is not for
// release. The zero Values is empty and ready to use. A Values is for one goroutine at a time.
type Values struct {
	counts  []packedCount // in order of first appearance
	numbers map[uint64]int
	late    []uint64 // unlisted values, up to mostLate; another Values may list them after merge
	others  int64
}

// packedCount is a value packed by shorttext.Pack, and its count.
type packedCount struct {
	value uint64
	count int64
}

// ValueCount is a value and its count.
type ValueCount struct {
	Value string `json:"value"`
	Count int64  `json:"count"`
}

// Add counts a value, ignoring the padding around it. It allocates only for a new value.
func (v *Values) Add(value []byte) {
	value = padding.TrimCode(value)
	if len(value) > longestValue {
		v.others++
		return
	}
	packed, _ := shorttext.Pack(value)
	v.add(packed, 1)
}

// add adds count occurrences of a value. It lists a new value if there is room.
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

// Others returns how many values were counted but not listed.
func (v *Values) Others() int64 { return v.others }

// Commonest returns the listed values by descending count. Values with equal counts are in byte order.
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

// merge adds the counts of the Values other to v, as if the values of other had been added one by one after those of v.
// If other has more unlisted values than it keeps, v may count some of them in Others although v lists the same values.
func (v *Values) merge(other *Values) {
	for _, c := range other.counts {
		v.add(c.value, c.count)
	}
	v.others += other.others - int64(len(other.late))
	for _, value := range other.late {
		v.add(value, 1)
	}
}

func (v *Values) reset() {
	clear(v.numbers)
	v.counts, v.late, v.others = v.counts[:0], v.late[:0], 0
}
