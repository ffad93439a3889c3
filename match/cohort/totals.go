package cohort

// Account counts what became of the appointments that Scan read. Read is the sum of Taken, NotAttended, Undated,
// Misdated, OtherDate and Duplicates. An appointment that is left out counts once, for the first reason that applies.
type Account struct {
	Read    int64 // appointments that Scan read
	Skipped int64 // rows that the reader could not read and skipped; not part of Read
	Taken   int64 // appointments that are kept and counted

	NotAttended int64 // left out by Attended
	Undated     int64 // left out by From or To: no date
	Misdated    int64 // left out by From or To: the date is unreadable (hesop.ErrDateForm)
	OtherDate   int64 // left out by From or To: the date is too early or too late
	Duplicates  int64 // left out by Once
	Keyless     int64 // kept by Once because they have no key

	// Differing counts the keys whose appointments differ in what a Cohort stores about them: the systems in which they
	// are coded, the answers of the lists and, with WithTotals, the entries and the categories. The person and the day
	// are compared only where a list matches, or could match a truncated value.
	Differing int64

	// These count kept appointments that match a list but make nobody a member:
	NoPerson int64 // no person
	NoDate   int64 // a person but no date
	BadDate  int64 // a person but an unreadable date

	// DateForm is the most common shape of the dates that Misdated and BadDate count, such as 99.99.9999, and "" if
	// there are none: see hesop.DateForm.
	DateForm string

	// Rounded counts the appointments with an identifier that a spreadsheet has rounded, in the form 1.23457E+11. Scan
	// checks the key of appointments that Once kept or left out, and the person of appointments that match or have a
	// truncated value that could match.
	Rounded int64

	Disagreements, Unrecognised int64 // over all appointments that were read: see hesop.Codes
}

// counted returns the numbers that are counted row by row. The others follow from the content of a Cohort.
func (a *Account) counted() [6]*int64 {
	return [...]*int64{&a.Read, &a.Skipped, &a.Keyless, &a.Rounded, &a.Disagreements, &a.Unrecognised}
}

// add adds the numbers that are counted row by row.
func (a *Account) add(b *Account) {
	more := b.counted()
	for i, n := range a.counted() {
		*n += *more[i]
	}
}

// Totals counts all appointments that a Cohort read. Exact and Release count them by year, specialty, attendance, sex,
// age and entry.
type Totals struct {
	Account Account
	Lists   []ListTotals // in the order of the Matcher
}

// ListTotals counts appointments by the answer of a list, and people who are kept in the list.
type ListTotals struct {
	Match, NoMatch int64
	Cut            int64 // unknown: a truncated value could be a code that the list includes
	Uncoded        int64 // unknown: not coded in a system in which the list has inclusions
	People         int64
	Few            int64 // people who match but whom AtLeast does not keep in the list
	Unrelated      int64 // people who match but whom With, Without and their variants do not keep in the list
	Finer          bool  // some field could truncate a value so that some entry cannot decide it
}

// Unknown returns the number of appointments whose answer is unknown.
func (l *ListTotals) Unknown() int64 { return l.Cut + l.Uncoded }

// Totals returns the counts of the cohort. It takes time in proportion to the number of stored appointments. Totals
// panics if a Scan failed: see Err.
func (c *Cohort) Totals() *Totals {
	c.mustBeWhole()
	return c.count(0).totals
}
