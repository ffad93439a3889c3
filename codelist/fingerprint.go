package codelist

import (
	"crypto/sha256"
	"encoding/hex"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/precedence"
)

// Codes returns the codes of a system that the list covers, its exclusions taken out. Codes of the category that
// means missing are among them if an entry names them. It costs some microseconds for each category that the list
// reaches.
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

// Fingerprint returns a hash, in hexadecimal, of the codes that the list covers. It is equal for two lists if, and
// nearly certainly only if, they cover the same codes, whatever their order, spelling, duplicates, terms and names.
// It costs some milliseconds for a long list and is computed at each call.
func (l *List) Fingerprint() string {
	h := sha256.New()
	for _, sys := range coding.Systems() {
		b, _ := l.Codes(sys).MarshalBinary()
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}
