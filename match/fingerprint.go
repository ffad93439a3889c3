package match

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"sync"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/precedence"
)

// Fingerprint returns a hash, in hexadecimal, of the Matcher's answers. Two Matchers have the same fingerprint if, and
// almost certainly only if, they answer every appointment alike. This means that their lists cover the same codes,
// leave the same codes undecided and have the same order, and both or neither are PrimaryOnly. Names, terms, spelling,
// duplicates and the order of entries within a list do not count.
//
// Totals and cohort parts carry the fingerprint from one process to another. The first call takes about as long as
// Compile. Fingerprint panics if the Matcher is nil or zero.
func (m *Matcher) Fingerprint() string {
	if !m.IsMade() {
		panic("match: the Matcher of Fingerprint is nil or zero: Compile makes one")
	}
	return m.fingerprint()
}

// newFingerprint returns a function that computes the fingerprint once.
func (m *Matcher) newFingerprint() func() string {
	return sync.OnceValue(func() string {
		h := sha256.New()
		if m.primary {
			h.Write([]byte("first position only of " + m.base.Fingerprint()))
			return hex.EncodeToString(h.Sum(nil))
		}
		var b []byte
		for i, l := range m.lists {
			b = append(b[:0], byte(m.needs[i]))
			for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
				for all := l.Families(sys); all.Category < codebits.Categories; {
					category := all.Category
					// A family in which nothing is covered or undecided has the same answers as an absent one.
					if f := all.Next(); f != (precedence.Family{}) {
						b = binary.BigEndian.AppendUint16(append(b, byte(sys)), uint16(category))
						b = f.Append(b)
					}
				}
			}
			// The length keeps the boundary between two lists unambiguous.
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b))))
			h.Write(b)
		}
		return hex.EncodeToString(h.Sum(nil))
	})
}
