package codelist

import (
	"regexp"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
)

// Ranks of the names of a code column, the likeliest first. If a name of one rank is found, names of later ranks do not
// count, with one exception: beside a single plain name, a single dressed name counts if it states another system.
const (
	rankPlain     = iota // names such as code, icd10 codes and procedure_code: see codeNames
	rankDressed          // such a name with brackets, an edition or words like "list": ICD-10 Code(s)
	rankDiagnosis        // diagnosis, the name of a column that often holds terms, and alt_code
	ranks
)

var (
	codeNames = regexp.MustCompile(`^(codes?|(icd|icd10|opcs|opcs4)(codes?)?|` +
		`(procedure|diagnosis|clinical|concept)code)$`)
	diagnosisNames = regexp.MustCompile(`^(diagnos[ie]s|altcodes?)$`)

	// dressing holds words that may surround the name of a code column without changing its meaning.
	dressing = wordSet(`s edition ed version th st nd rd
		procedure procedures diagnosis diagnoses clinical concept concepts`)
	listWords = wordSet("list lists final") // allowed only with the name of a system
)

// codeRank returns the rank of the name of a code column, or the constant ranks for any other name.
func codeRank(name string) int {
	key := foldName(name)
	switch {
	case key == "":
		return ranks
	case codeNames.MatchString(key):
		return rankPlain
	case isDressed(nameWords(name)), codeNames.MatchString(strings.Join(nameWords(name), "")):
		return rankDressed
	case diagnosisNames.MatchString(key):
		return rankDiagnosis
	default:
		return ranks
	}
}

// isDressed reports whether the words of a name are those of a plain name plus words that do not change its meaning,
// such as numbers.
func isDressed(words []string) bool {
	var code, system, list bool
	r := systemNameReader{}
	for i := 0; i < len(words); i++ {
		w := words[i]
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch {
		case strings.HasPrefix(w, "icd"), strings.HasPrefix(w, "opcs"):
			system = true
			w = strings.TrimSuffix(w, "codes")
			if strings.HasPrefix(w, "icd") {
				w = strings.TrimSuffix(w, "s") // the plural
			}
			if r.word(w, next) {
				i++
			}
		case w == "code", w == "codes":
			code = true
		case listWords[w]:
			list = true
		case dressing[w], systemEdition.MatchString(w):
		default:
			return false
		}
	}
	switch {
	case r.other, r.strange, r.icd && r.opcs, list && !system:
		return false
	default:
		return system || code
	}
}

// codeColumns returns the columns that a header names as code columns: one, two that state different systems, or all
// candidates if more than one is possible.
func codeColumns(names []string) []int {
	var found [ranks][]int
	for i, name := range names {
		if rank := codeRank(name); rank < ranks {
			found[rank] = append(found[rank], i)
		}
	}
	plain, dressed := found[rankPlain], found[rankDressed]
	switch {
	case len(plain) == 1:
		first := statedByHeader(names[plain[0]])
		others := slices.DeleteFunc(dressed, func(i int) bool {
			sys := statedByHeader(names[i])
			return first == 0 || sys == 0 || sys == first
		})
		if len(others) == 1 {
			return []int{min(plain[0], others[0]), max(plain[0], others[0])}
		}
		return plain
	case len(plain) > 0:
		return plain
	case len(dressed) > 0:
		return dressed
	default:
		return found[rankDiagnosis]
	}
}

// headerStatement is what the name of a code column states about its coding system.
type headerStatement struct {
	system coding.System
	icd    bool // ICD without an edition
}

// excludes reports whether a header rules out the system that the caller states.
func (h headerStatement) excludes(caller coding.System) bool {
	return h.system != 0 && caller != 0 && h.system != caller || h.icd && caller == coding.OPCS4
}

// statedByHeader returns the coding system that the name of a code column states.
func statedByHeader(name string) coding.System { return headerStates(name).system }

// headerStates returns what the name of a code column states about its coding system.
func headerStates(name string) headerStatement {
	words := nameWords(name)
	if key := strings.Join(words, ""); codeNames.MatchString(key) {
		words = []string{key} // spaces do not count
	}
	r := readSystemWords(words)
	switch {
	case r.isSeveral(), r.other:
		return headerStatement{}
	case r.ten:
		return headerStatement{system: coding.ICD10}
	case r.opcs:
		return headerStatement{system: coding.OPCS4}
	default:
		return headerStatement{icd: r.icd}
	}
}

// areOfTwoSystems reports whether two code columns state different systems. Parse then reads each column in its own
// system.
func areOfTwoSystems(names []string, columns []int) bool {
	if len(columns) != 2 || len(names) == 0 {
		return false
	}
	a, b := statedByHeader(names[columns[0]]), statedByHeader(names[columns[1]])
	return a != 0 && b != 0 && a != b
}
