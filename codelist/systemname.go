package codelist

import (
	"regexp"
	"strings"

	"hesopmatch/codelist/coding"
)

// systemName classifies what the text of a cell or a header names.
type systemName uint8

const (
	namesNothing systemName = iota // blank
	namesOurs                      // ICD-10 or OPCS-4
	namesICD                       // ICD without an edition
	namesOther                     // another known coding system
	namesUnclear                   // contains ICD or OPCS, but is neither one of our systems nor another known one
	namesUnknown                   // anything else
)

var (
	// systemURIs are the URIs of our systems in FHIR resources (HL7 Terminology, "ICD-10"; UK Core and NHS England,
	// "OPCS-4").
	systemURIs = map[string]coding.System{
		"hl7.org/fhir/sid/icd-10":       coding.ICD10,
		"hl7.org/fhir/sid/icd-10-uk":    coding.ICD10,
		"fhir.nhs.uk/id/icd-10":         coding.ICD10,
		"fhir.hl7.org.uk/id/icd-10":     coding.ICD10,
		"fhir.nhs.uk/id/opcs-4":         coding.OPCS4,
		"fhir.hl7.org.uk/id/opcs-4":     coding.OPCS4,
		"fhir.nhs.uk/codesystem/opcs-4": coding.OPCS4,
	}

	// systemFillers holds words that may surround the name of a system without changing its meaning.
	systemFillers = wordSet(`code codes coded coding system systems classification terminology list lists
		edition editions ed version versions ver v release reprint reprinted update revision rev th st nd rd
		first second third fourth fifth final
		who nhs nhsd england uk gb british world health digital international
		hierarchy chapter subchapter
		january february march april may june july august september october november december
		hes hesop hesapc hesae apc op ae sus ecds outpatient outpatients admitted inpatient inpatients ons
		diagnosis diagnoses diagnostic procedure procedures operation operations intervention interventions clinical`)
	systemEdition = regexp.MustCompile(`^(v?[0-9]{1,4}|[0-9]{1,2}(st|nd|rd|th|e))$`)

	// otherEditions holds words that make "ICD-10" the name of another classification.
	otherEditions = wordSet("cm am ca gm pcs se ch oncology modification")

	gluedICD  = regexp.MustCompile(`^icd(10)?(.*)$`)
	gluedOPCS = regexp.MustCompile(`^opcs(4[0-9]{0,2})?(.*)$`)

	gluedOthers = regexp.MustCompile(`^(o|([789]|11)([^0-9]|$))`) // what follows "icd" in names of other systems

	otherNames = regexp.MustCompile(`^(snomed|sct|read|rcd|ctv|bnf|dmd|dm\+d|` +
		`medcode|prodcode|emis|phecode|loinc|icpc|meddra|atc$|mesh$|hrg)`)
)

// readSystemName classifies a text. The result sys is the system if the text names one of ours.
func readSystemName(text string) (kind systemName, sys coding.System) {
	key := foldName(text)
	if key == "" {
		return namesNothing, 0
	}
	if uri, ok := cutURI(text); ok {
		if sys := systemURIs[uri]; sys != 0 {
			return namesOurs, sys
		}
		text = uri[strings.LastIndexByte(uri, '/')+1:]
		if strings.HasPrefix(uri, "snomed.info/") {
			return namesOther, 0
		}
	}
	words := nameWords(text)
	r := readSystemWords(words)
	switch {
	case !r.named && otherNames.MatchString(key):
		return namesOther, 0
	case !r.named:
		return namesUnknown, 0
	case r.isSeveral(), r.strange && !r.other:
		return namesUnclear, 0
	case r.other:
		return namesOther, 0
	case r.opcs:
		return namesOurs, coding.OPCS4
	case r.ten:
		return namesOurs, coding.ICD10
	default:
		return namesICD, 0
	}
}

// parseSystem reads the name of a coding system as codelists spell it: "icd10", "ICD-10", "ICD10 codes", "ICD-10 5th
// edition", "WHO ICD-10", "OPCS", "OPCS-4.10", and the FHIR URIs of both. It does not recognise other systems and
// editions ("icd9", "ICD-10-CM", "SNOMED CT"), or "ICD", which names no edition.
func parseSystem(name string) (coding.System, bool) {
	kind, sys := readSystemName(name)
	return sys, kind == namesOurs
}

// isNumber reports whether a word consists of digits.
func isNumber(word string) bool { return word != "" && strings.Trim(word, "0123456789") == "" }

// cutURI returns a URI in lower case, without its scheme, version and trailing slash.
func cutURI(text string) (uri string, ok bool) {
	uri = strings.ToLower(trimSpace(text))
	rest, secure := strings.CutPrefix(uri, "https://")
	if !secure {
		if rest, ok = strings.CutPrefix(uri, "http://"); !ok {
			return "", false
		}
	}
	rest, _, _ = strings.Cut(rest, "|")
	return strings.TrimRight(rest, "/"), true
}

// systemNameReader collects what the words of a name mean.
type systemNameReader struct {
	named     bool // ICD or OPCS is one of the words
	icd, opcs bool
	ten       bool // the tenth edition of ICD
	other     bool // the name denotes an edition or modification that is not ours
	strange   bool // the name has a word that does not concern editions, publishers or data sets

	names, others int  // number of names of ICD or OPCS, and how many of them are not ours
	otherHere     bool // others counts the last name so far
	second        bool // a second number is the edition of another system: ICD-9/10
}

// isSeveral reports whether a name denotes several systems, including one of ours: ICD-9/ICD-10.
func (r *systemNameReader) isSeveral() bool {
	return r.icd && r.opcs || r.second || r.others > 0 && r.names > r.others
}

// name counts the name of a system.
func (r *systemNameReader) name() {
	if r.names++; r.names > 1 {
		r.otherHere = false
	}
}

// notOurs marks the last name so far as the name of another system. If there has been none, it marks the first name to
// come.
func (r *systemNameReader) notOurs() {
	if r.other = true; !r.otherHere {
		r.otherHere = true
		r.others++
	}
}

// readSystemWords reads the words of a name.
func readSystemWords(words []string) systemNameReader {
	var r systemNameReader
	for i := 0; i < len(words); i++ {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if r.word(words[i], next) {
			i++
		}
	}
	return r
}

// word reads a word of a name, and reports whether it also used the next word.
func (r *systemNameReader) word(word, next string) (both bool) {
	switch {
	case strings.HasPrefix(word, "icd"):
		r.named, r.icd = true, true
		r.name()
		m := gluedICD.FindStringSubmatch(word)
		r.ten = r.ten || m[1] != ""
		switch {
		case m[1] != "" && isNumber(m[2]):
			r.strange = true // no such edition
		case m[2] != "":
			r.rest(m[2], m[1] == "")
		case m[1] != "":
		case next == "10", next == "10th":
			r.ten = true
			return true
		case next == "7", next == "8", next == "9", next == "11", next == "o":
			r.notOurs()
			return true
		case isNumber(next):
			r.strange = true // no such edition
			return true
		}
	case strings.HasPrefix(word, "opcs"):
		r.named, r.opcs = true, true
		r.name()
		m := gluedOPCS.FindStringSubmatch(word)
		switch {
		case m[2] == "1", m[2] == "2", m[2] == "3":
			r.notOurs()
		case m[1] == "" && isNumber(m[2]):
			r.strange = true // no such edition
		case m[2] != "":
			r.rest(m[2], false)
		case m[1] != "":
		case next == "1", next == "2", next == "3":
			r.notOurs()
			return true
		case next == "4":
			return true
		case isNumber(next) && len(next) < 4 && next[0] != '4':
			r.strange = true // no such edition
			return true
		}
	default:
		r.rest(word, false)
	}
	return false
}

// rest reads a word before or after the name of a system, or characters attached to that name. The argument edition is
// true if a number would be the edition of ICD.
func (r *systemNameReader) rest(word string, edition bool) {
	switch {
	case !edition && r.isSecondEdition(word):
		r.second = true
	case edition && gluedOthers.MatchString(word):
		r.notOurs()
	case edition && isNumber(word):
		r.strange = true
	case otherEditions[word]:
		r.notOurs()
	case systemFillers[word], strings.HasPrefix(word, "organi"), systemEdition.MatchString(word):
	default:
		r.strange = true
	}
}

// isSecondEdition reports whether a number after the name of one system is the edition of another: the 10 of ICD-9/10,
// the 11 of ICD-10/11, the 4 of OPCS-3/4.
func (r *systemNameReader) isSecondEdition(word string) bool {
	switch word {
	case "10":
		return r.icd && r.otherHere
	case "4":
		return r.opcs && r.otherHere
	case "7", "8", "9", "11":
		return r.ten
	}
	return false
}
