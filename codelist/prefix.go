package codelist

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// isCategory reports whether p is a bare category: E11.
func isCategory(p coding.Prefix) bool { return p.Len() == 3 }

// isUndivided reports whether p is a category with the filler and nothing after it: E11X.
func isUndivided(p coding.Prefix) bool { return p.Len() == 4 && at(p, 3) == codebits.Filler }

// undivided returns the category of p with the filler.
func undivided(p coding.Prefix) coding.Prefix {
	category, _, _ := codebits.SplitPrefix(uint32(p))
	return newCode(p.System(), category, 0, 0).Prefix(4)
}

// at returns the number that package codebits gives to character i of p.
func at(p coding.Prefix, i int) uint8 { return codebits.At(uint32(p), i) }

// newCode returns the code with the given characters, each as its number in package codebits.
func newCode(sys coding.System, category int, fourth, fifth uint8) coding.Code {
	return coding.Code(codebits.Code(uint8(sys), category, fourth, fifth))
}

// newPrefix returns the prefix with the given characters, each as its number in package codebits.
func newPrefix(sys coding.System, characters []uint8) coding.Prefix {
	return coding.Prefix(codebits.Prefix(uint8(sys), characters))
}

// character returns the number that package codebits gives to c as character i of a prefix.
func character(sys coding.System, i int, c byte) (packed uint8, ok bool) {
	return codebits.Character(i, c, sys == coding.ICD10)
}
