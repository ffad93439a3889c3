package cohort

import "fmt"

// reading says how to read the page.
func (n *numbers) reading() (all []string) {
	match := "A match means that an appointment carries a code of the list; where no code was recorded nothing is known"
	if n.hasShares() {
		match += ", so read shares of coded appointments, and never as how common a condition is"
	}
	match += "."
	all = append(all, match)
	if n.opts.inputs.Primary {
		all = append(all, "Only a code in the first position counts as a match.")
	}
	p := n.opts.profile
	if p == nil {
		return append(all, n.notes[0])
	}
	few := inWords(int(p.Least))
	return append(all, fmt.Sprintf("A number is shown only if at least %s people stand behind it and is rounded to "+
		"the nearest %d; %s means fewer than %s people, zero included, or a number hidden with such a one.",
		few, p.Nearest, n.hidden(), few))
}

// done says what was done to protect people. The notes of the tables say the rest.
func (n *numbers) done() []string {
	p := n.opts.profile
	if p == nil {
		return nil
	}
	made := "Charts and findings"
	if n.hasShares() {
		made = "Shares, charts and findings"
	}
	return []string{
		fmt.Sprintf("A number is shown only if at least %s distinct people stand behind it and what is shown with it; "+
			"else all of these read %s.", inWords(int(p.Least)), n.hidden()),
		made + " are made from the rounded numbers.",
		"There are no exact totals: not of rows, exclusions or duplicates.",
		"Categories in which nothing is shown are one line, without a count.",
		"There are no identifiers, dates of appointments or free text of the data; no script and no link out.",
	}
}

// checks are what a reviewer can check on the page.
func (n *numbers) checks() []string {
	p := n.opts.profile
	if p == nil {
		return nil
	}
	all := []string{
		fmt.Sprintf("Every count of appointments and people is a multiple of %d; the smallest that can be printed is "+
			"%d.", p.Nearest, n.smallest()),
	}
	if n.hasShares() {
		all = append(all, "Every share is the quotient of two numbers of this page: its count, and the list’s "+
			"total, all appointments, or the coded appointments of the same year, sex or age. All coded "+
			"appointments are those taken in less those not coded or, where these are hidden, match and no match "+
			"together.")
	}
	return append(all, "The charts show no number that the tables do not have.",
		"tables.csv and outputs.json of a release have the same numbers, and those of more categories.",
		"Whether this project has released other lists or filters of the same data: the program compares two releases "+
			"only if it is asked to (-compare-release).")
}
