package precedence

import (
	"encoding/binary"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// Fourths is the number of possible fourth characters: the ten digits, or none.
const Fourths = 11

// Family holds the decisions of a list about all codes of a category. These decisions agree with Decide.
type Family struct {
	covered [2]uint64 // bit 11·fourth + fifth, with characters numbered as in package codebits

	// The decisions about the category in a field of three characters.
	Cut                   bool // the list covers the category
	CutUndecided, CutOpen bool

	// Bit n holds the decision about the code with the fourth character n, in the numbering of package codebits, in a
	// field of four characters.
	Undecided, Open uint16
}

// Covers reports whether the list covers a code.
func (f *Family) Covers(fourth, fifth int) bool {
	bit := 11*fourth + fifth
	return f.covered[bit/64]>>(bit%64)&1 == 1
}

// Append appends all decisions of a family to b, in 21 bytes.
func (f *Family) Append(b []byte) []byte {
	flags := byte(0)
	for i, is := range [...]bool{f.Cut, f.CutUndecided, f.CutOpen} {
		if is {
			flags |= 1 << i
		}
	}
	b = binary.BigEndian.AppendUint64(b, f.covered[0])
	b = binary.BigEndian.AppendUint64(b, f.covered[1])
	b = binary.BigEndian.AppendUint16(append(b, flags), f.Undecided)
	return binary.BigEndian.AppendUint16(b, f.Open)
}

// Families iterates over the families of a system in order of their categories. It is for one goroutine at a time.
type Families struct {
	Category int // category of the next family; codebits.Categories at the end

	system coding.System
	rules  []Rule
	broad  [2]*Rule // the last rules of one and of two characters; they do not always reach Category
	until  int      // exclusive end of the categories that broad rules reach
}

// Families returns an iterator over the families that the rules reach.
func (r Rules) Families(sys coding.System) Families {
	f := Families{system: sys, Category: -1}
	rules := r.rules[:before(r.rules, coding.Prefix(uint32(sys+1)<<24))]
	f.rules = rules[before(rules, coding.Prefix(uint32(sys)<<24)):]
	f.advance()
	return f
}

// advance moves to the next category that a rule reaches.
func (f *Families) advance() {
	f.Category++
	if f.Category >= f.until {
		f.Category = codebits.Categories
		if len(f.rules) > 0 {
			f.Category, _, _ = codebits.SplitPrefix(uint32(f.rules[0].Prefix))
		}
	}
	for len(f.rules) > 0 && f.rules[0].Prefix.Len() < 3 {
		first, _, _ := codebits.SplitPrefix(uint32(f.rules[0].Prefix))
		if first > f.Category {
			break
		}
		n := f.rules[0].Prefix.Len()
		f.broad[n-1] = &f.rules[0]
		f.until = max(f.until, first+[...]int{100, 10}[n-1])
		f.rules = f.rules[1:]
	}
}

// Next returns the family of Category and moves to the next one.
func (f *Families) Next() (family Family) {
	category := coding.Code(codebits.Code(uint8(f.system), f.Category, 0, 0))
	p := category.Prefix(3)
	for _, rule := range f.broad {
		if rule != nil && rule.Prefix.Contains(p) && !isMissing(category) {
			family.paint(rule)
		}
	}
	own := leading(f.rules, p)
	for i := range own {
		family.paint(&own[i])
	}
	f.rules = f.rules[len(own):]
	f.advance()
	return family
}

// dividedBits holds the bits of all codes with a digit as the fourth character, and undividedBits the bits of all other
// codes.
var (
	dividedBits   = [2]uint64{^uint64(1<<11 - 1), 1<<(121-64) - 1}
	undividedBits = [2]uint64{1<<11 - 1}
)

// paint applies a rule. A caller paints rules in order of their prefixes, so that a longer prefix overrides a shorter
// one.
func (f *Family) paint(r *Rule) {
	n := r.Prefix.Len()
	_, fourth, fifth := codebits.SplitPrefix(uint32(r.Prefix))
	switch {
	case n <= 3:
		f.fill(undividedBits, r.isAny)
		if r.descendant >= 0 {
			f.fill(dividedBits, r.isLongest)
			f.Cut = r.isLongest
		}
		f.CutUndecided = f.CutUndecided || r.exact
		f.CutOpen = f.CutOpen || r.exactly
		return
	case n == 4:
		f.fill(bitsAt(fourth, 0, 1<<11-1), r.isAny)
	default:
		f.fill(bitsAt(fourth, fifth, 1), r.isAny)
		f.Undecided |= 1 << fourth
		if r.includes {
			f.Open |= 1 << fourth
		}
	}
	f.CutUndecided = true
	f.CutOpen = f.CutOpen || r.includes
}

// bitsAt shifts bits to the position of a code. A shift by 64 or more yields 0, and so does a shift whose count wraps
// below 0.
func bitsAt(fourth, fifth uint8, bits uint64) [2]uint64 {
	n := 11*uint(fourth) + uint(fifth)
	return [2]uint64{bits << n, bits>>(64-n) | bits<<(n-64)}
}

func (f *Family) fill(bits [2]uint64, include bool) {
	for i := range bits {
		if include {
			f.covered[i] |= bits[i]
		} else {
			f.covered[i] &^= bits[i]
		}
	}
}
