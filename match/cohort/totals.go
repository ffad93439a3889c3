package cohort

// Account says what became of the appointments that were read. Read is Taken and all that were left out, each for the
// first reason that holds.
type Account struct {
	Read    int64 // that Scan was given
	Skipped int64 // rows that the reader could not read and skipped; not part of Read
	Taken   int64

	NotAttended int64 // left out by Attended
	Undated     int64 // left out by From or To: no date
	Misdated    int64 // left out by From or To: the date is not understood (hesop.ErrDateForm)
	OtherDate   int64 // left out by From or To: before or after
	Duplicates  int64 // left out by Once
	Keyless     int64 // taken by Once without a key

	// Differing are the keys whose appointments are not alike in what a Cohort keeps of them: person and day if a list
	// matches, what the lists find, and, by WithTotals, the entries and the categories.
	Differing int64

	// Of the appointments taken that match a list, which make nobody a member:
	NoPerson int64 // those without a person
	NoDate   int64 // those of a person but without a date
	BadDate  int64 // those of a person whose date is not understood

	// DateForm is the commonest shape of the dates that Misdated and BadDate count, such as 99.99.9999, and "" if
	// there are none: see hesop.DateForm.
	DateForm string

	// Rounded are the appointments with an identifier that a spreadsheet has rounded, in the form 1.23457E+11: the key
	// of those taken or left out by Once, or the person of those that match.
	Rounded int64

	Disagreements, Unrecognised int64 // of all that were read: see hesop.Codes
}

// counted are the numbers that are counted row by row. The others follow from what a Cohort holds.
func (a *Account) counted() [6]*int64 {
	return [...]*int64{&a.Read, &a.Skipped, &a.Keyless, &a.Rounded, &a.Disagreements, &a.Unrecognised}
}

// add adds what is counted row by row.
func (a *Account) add(b *Account) {
	more := b.counted()
	for i, n := range a.counted() {
		*n += *more[i]
	}
}

// Totals counts all appointments that a Cohort was given. Exact and Release count them by year, specialty, attendance,
// sex and age, and by entry.
type Totals struct {
	Account Account
	Lists   []ListTotals // in the order of the Matcher
}

// ListTotals counts appointments by the answer of a list, and the people kept in it.
type ListTotals struct {
	Match, NoMatch int64
	Cut            int64 // unknown: a value was cut short of an entry
	Uncoded        int64 // unknown: not coded in a system that the list has inclusions in
	People         int64
	Few            int64 // people who match and are not kept in the list, for AtLeast
	Unrelated      int64 // likewise for With, Without and their like
	Finer          bool  // the data have fields that could cut a value short of an entry
}

// Unknown are the appointments whose answer is unknown.
func (l *ListTotals) Unknown() int64 { return l.Cut + l.Uncoded }

// Totals counts what is in the cohort, in time that grows with the appointments kept. It panics if a Scan failed:
// see Err.
func (c *Cohort) Totals() *Totals {
	c.mustBeWhole()
	return c.count(0).totals
}
