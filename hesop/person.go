package hesop

import (
	"errors"
	"fmt"
	"strings"
)

// Errors returned by Reader.Person.
var (
	ErrNoPerson      = errors.New("no column is known to identify the person")
	ErrPersonUnclear = errors.New("more than one column may identify the person")
)

// Person returns the column that identifies the person: llc_NNNN_stud_id of UK LLC, PSEUDO_HESID or ENCRYPTED_HESID of
// NHS England, TOKEN_PERSON_ID, PERSON_ID_DEID, or patid of CPRD. It returns ErrNoPerson if the data have none of
// these, and ErrPersonUnclear if they have several: then choose one with Column. Identifiers are text, even if they
// consist of digits.
func (r *Reader) Person() (Column, error) {
	var found []string
	var person Column
	for c := range r.Columns() {
		if isPerson(c.header.read[c.index]) {
			found = append(found, c.Name())
			person = c
		}
	}
	switch len(found) {
	case 0:
		return Column{}, fmt.Errorf("%w; %s", ErrNoPerson, r.header.choice(""))
	case 1:
		return person, nil
	default:
		return Column{}, fmt.Errorf("%w: %s", ErrPersonUnclear, strings.Join(found, ", "))
	}
}

// isPerson reports whether a folded name is that of a column that identifies the person.
func isPerson(name string) bool {
	switch name {
	case "pseudo_hesid", "encrypted_hesid", "token_person_id", "person_id_deid", "patid":
		return true
	default:
		return isStudyPerson(name)
	}
}

// isStudyPerson reports whether a folded name is llc_NNNN_stud_id.
func isStudyPerson(name string) bool {
	number, isLLC := strings.CutPrefix(name, "llc_")
	number, isID := strings.CutSuffix(number, "_stud_id")
	return isLLC && isID && number != "" && strings.Trim(number, "0123456789") == ""
}
