package codelist

import (
	"crypto/sha256"
	"encoding/hex"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/precedence"
)

// Codes returns the codes of a system that the list covers, without those that it excludes. The codes of R69 and X99,
// the categories of missing values, are among them only if an entry names such a code or category. Codes takes a few
// microseconds for each category in which the list covers a code.
func (l *List) Codes(sys coding.System) coding.Set {
	return coding.Collect(func(yield func(coding.Code) bool) {
		fifths := 1
		if sys == coding.ICD10 {
			fifths = 11
		}
		for families := l.Families(sys); families.Category < codebits.Categories; {
			category := families.Category
			family := families.Next()
			for fourth := range precedence.Fourths {
				for fifth := range fifths {
					if family.Covers(fourth, fifth) && !yield(newCode(sys, category, uint8(fourth), uint8(fifth))) {
						return
					}
				}
			}
		}
	})
}

// Fingerprint returns a hash, in hexadecimal, of the codes that the list covers. Two lists that cover the same codes
// have the same fingerprint, whatever their order, spelling, duplicates, terms and names. Lists that cover different
// codes almost certainly have different fingerprints. The first call takes a few milliseconds for a long list; later
// calls return the stored result.
func (l *List) Fingerprint() string {
	l.once.Do(func() {
		h := sha256.New()
		for _, sys := range coding.Systems() {
			b, _ := l.Codes(sys).MarshalBinary()
			h.Write(b)
		}
		l.fingerprint = hex.EncodeToString(h.Sum(nil))
	})
	return l.fingerprint
}
