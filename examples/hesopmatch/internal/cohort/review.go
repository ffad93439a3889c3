package cohort

import "fmt"

// reading returns the sentences on how to read the page.
func (n *numbers) reading() (all []string) {
	match := "A match means that an appointment carries a code of the list. Where no code was recorded, nothing is " +
		"known"
	if n.hasShares() {
		match += ", so read shares as shares of coded appointments, never as how common a condition is"
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
	return append(all, fmt.Sprintf("A number is shown only if at least %s people stand behind it, and it is rounded "+
		"to the nearest %d; %s means fewer than %s people, zero included, or a number hidden together with such a "+
		"number.",
		few, p.Nearest, n.hidden(), few))
}

// done returns sentences on what was done to protect people. The notes of the tables say the rest.
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
		fmt.Sprintf("A number is shown only if at least %s distinct people stand behind it and behind the numbers "+
			"shown with it; otherwise all of these read %s.", inWords(int(p.Least)), n.hidden()),
		made + " are made from the rounded numbers.",
		"There are no exact totals, whether of rows, exclusions or duplicates.",
		"All categories in which nothing is shown share one line, without a count.",
		"There are no identifiers, dates of appointments or free text from the data, and no scripts or links to " +
			"other pages.",
	}
}

// checks returns sentences on what a reviewer can check on the page.
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
		all = append(all, "Every share is the quotient of two numbers on this page: its count, divided by the "+
			"list’s total, all appointments, or the coded appointments of the same year, sex or age. All coded "+
			"appointments are those taken in minus those not coded or, where these are hidden, the sum of the "+
			"list’s other answers.")
	}
	return append(all, "The charts show no number that is not in the tables.",
		"tables.csv and outputs.json of a release have the same numbers, and those of further categories.",
		"Whether this project has released other lists or filters of the same data: the program compares two "+
			"releases only if asked to (-compare-release).")
}
