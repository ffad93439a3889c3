package codelist

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Fingerprint is a hash, in hexadecimal, of what the list covers: equal for two
// lists if, and nearly certainly only if, they cover the same codes, whatever
// their order, spelling, duplicates, terms and names. It costs some
// milliseconds for a long list and is computed at each call.
func (l *List) Fingerprint() string {
	h := sha256.New()
	for _, sys := range systems {
		for category := range Categories {
			covered := l.coveredIn(sys, category)
			if covered == (familyBits{}) {
				continue
			}
			b := []byte{byte(sys)}
			b = binary.BigEndian.AppendUint16(b, uint16(category))
			for _, word := range covered {
				b = binary.BigEndian.AppendUint64(b, word)
			}
			h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// familyBits has a bit for each code of a category: bit 11·fourth + fifth, with
// the places as Code.Places numbers them.
type familyBits [2]uint64

func (f *familyBits) set(fourth, fifth uint8) {
	bit := 11*uint(fourth) + uint(fifth)
	f[bit/64] |= 1 << (bit % 64)
}

func (f familyBits) has(fourth, fifth uint8) bool {
	bit := 11*uint(fourth) + uint(fifth)
	return f[bit/64]&(1<<(bit%64)) != 0
}

// without is what is in f and not in g.
func (f familyBits) without(g familyBits) familyBits { return familyBits{f[0] &^ g[0], f[1] &^ g[1]} }

// coveredIn is which codes of a category the list covers.
func (l *List) coveredIn(sys System, category int) familyBits {
	var covered familyBits
	whole := newCode(sys, category, 0, 0)
	if !l.touches(whole.prefix(3)) {
		return covered
	}
	for fourth := range uint8(11) {
		code := newCode(sys, category, fourth, 0)
		same := l.covers(code)
		divided := l.isDivided(code)
		for fifth := range uint8(11) {
			if sys != ICD10 && fifth > 0 {
				break
			}
			if divided && fifth > 0 && l.covers(newCode(sys, category, fourth, fifth)) || (!divided || fifth == 0) && same {
				covered.set(fourth, fifth)
			}
		}
	}
	return covered
}

func (l *List) covers(code Code) bool {
	return l.Decide(newValue(code.System(), ClassCode, NotMissing, code, 0)).Covered
}

// touches reports whether the list has an entry that reaches into a category.
func (l *List) touches(p Prefix) bool {
	i := l.from(p.key)
	return i < len(l.rules) && l.rules[i].key < p.end() || l.at(p.first(2)) != nil || l.at(p.first(1)) != nil
}

// isDivided reports whether the list names codes of five characters that start
// with a code of four.
func (l *List) isDivided(code Code) bool {
	p := code.prefix(4)
	i := l.from(p.key + 1)
	return i < len(l.rules) && l.rules[i].key < p.end()
}
