package codelist

import (
	"regexp"
	"slices"
	"strings"

	"hesopmatch/internal/persondata"
)

var (
	// appointmentCodes matches names of code columns of HES Outpatients, as HES spells them or without zeros,
	// underscores and widths: diag_01, diag_4_01, opertn_3_concat, diag1.
	appointmentCodes = regexp.MustCompile(`^(diag|opertn)([0-9]{1,3}|[34]?concat)([34]char)?$`)

	// personNames matches names of columns that files of people or appointments have, and that no codelist has.
	personNames = regexp.MustCompile(`^(patid|patientid|personid|pseudohesid|encryptedhesid|hesid|` +
		`tokenpersonid|personiddeid|llc[0-9]+studid|(new)?nhs(no|num|number)|(my)?dob|dateofbirth|birthdate|` +
		`surname|forename|firstname|lastname|postcode|apptdate|appointmentdate|dnadate|attendkey)$`)

	// personWords holds words that occur in the names of columns whose values may identify a person.
	personWords = wordSet("patient person people surname forename nhs dob birth postcode address hesid")
)

// settlePeople is the advice for appointments that were passed as a codelist.
const settlePeople = "give the file as the data (hesop.Open), and a codelist here"

// refusePeople fails if the header belongs to appointments or other rows of people. It looks for two code columns with
// names that HES uses, or one column that identifies a person or an appointment. Reading such a file as a codelist
// would put data about people into reports.
func (t *table) refusePeople(opts *options) error {
	var codes, others []string
	for _, name := range t.rows[0].cells {
		switch folded := strings.Join(nameWords(name), ""); {
		case appointmentCodes.MatchString(folded):
			codes = append(codes, name)
		case personNames.MatchString(folded):
			others = append(others, name)
		}
	}
	if len(codes) < 2 && len(others) == 0 {
		return nil
	}
	const most = 3
	found := append(others[:min(most, len(others))], codes[:min(most, len(codes))]...)
	return withoutCodes{t.fail(opts, ErrPeople, "it has the columns %s; if these are appointments, %s; if it is a "+
		"list, keep only the code column",
		quoteNames(found), settlePeople)}
}

// showable returns the values of a column if they may be shown in a report. It returns nil if one of them could be an
// identifier, a date or another number about a person. It shows signs, names of coding systems, and words with at most
// two digits, which must be adjacent and at the end of a word. If the column is named for a position, it also shows
// numbers of at most two digits.
func showable(name string, values []string) []string {
	words := nameWords(name)
	if hasWord(words, personWords) {
		return nil
	}
	position := hasWord(words, positionWords)
	if slices.ContainsFunc(values, func(v string) bool {
		letters, plain := readDigits(v)
		return !isSign(v) && (!namesSystem(v) || persondata.Looks(v)) && (!plain || !letters && !position)
	}) {
		return nil
	}
	return values
}

// readDigits reports whether a text has a letter, and whether its digits are plain: at most two, next to each other,
// and with no letter directly after them.
func readDigits(text string) (letters, plain bool) {
	digits, runs, before := 0, 0, false
	for _, r := range text {
		digit := '0' <= r && r <= '9'
		letter := 'a' <= r|0x20 && r|0x20 <= 'z' || r >= 0x80
		if digit {
			digits++
		}
		if digit && !before || letter && before {
			runs++
		}
		before = digit
		letters = letters || letter
	}
	return letters, digits <= 2 && runs <= 1
}

// isSign reports whether a value is a sign of inclusion or exclusion.
func isSign(value string) bool {
	_, ok := signReader{}.read(value)
	return ok
}

// namesSystem reports whether a value is the name of a coding system, ours or another.
func namesSystem(value string) bool {
	switch kind, _ := readSystemName(value); kind {
	case namesOurs, namesICD, namesOther:
		return true
	default:
		return false
	}
}
