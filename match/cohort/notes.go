package cohort

import (
	"fmt"
	"strconv"
	"strings"
)

// exactNote is said of numbers that are not hidden.
const exactNote = "Nothing is hidden or rounded here: these numbers are not fit to leave the environment."

// notes say what a profile does.
func (p Profile) notes() []string {
	return []string{
		fmt.Sprintf("%v means fewer than %s people, zero included, or, hardly ever, a larger group that is hidden "+
			"because its number would reveal another hidden one.", Number{p.Least, hidden}, inWords(p.Least)),
		fmt.Sprintf("Every number is rounded to the nearest %d, so that the parts of a table need not add up to "+
			"their total.",
			p.Nearest),
	}
}

// inWords is a number as sentences have it.
func inWords(n int64) string {
	if words := strings.Fields("no one two three four five six seven eight nine ten"); n < int64(len(words)) {
		return words[n]
	}
	return strconv.FormatInt(n, 10)
}

// notes say what is counted.
func (p *plan) notes() []string {
	notes := []string{
		NotThere + ": the data have no field that could hold it.",
		"Match: an appointment has a code of the list. No match: it is coded in every coding system of the list, and " +
			"no code is of it. Unknown: it is not coded, or a code was cut short of an entry; that is not the " +
			"absence of a condition.",
		"Appointments are counted whether or not they are of a person and have a date. People are those with an " +
			"identifier and " +
			"a dated appointment. A person is counted once in each year, specialty and age, so these do not add up.",
		"An appointment can be counted for several entries of a list: they do not add up to its matches.",
	}
	if p.least > 1 {
		notes = append(notes, fmt.Sprintf("People are those with %d appointments of the list or more; its "+
			"appointments are all that match, of other people too. Where these people are too few, both are hidden.",
			p.least))
	}
	for _, r := range p.related {
		notes = append(notes, r.describe(p))
	}
	return notes
}

// people names the column of people by what AtLeast asks for.
func (p *plan) people() string {
	if p.least > 1 {
		return fmt.Sprintf("people with %d or more", p.least)
	}
	return "people"
}
