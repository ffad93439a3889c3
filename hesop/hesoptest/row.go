package hesoptest

import "hesopmatch/hesop"

// Row is one appointment. What a field does not say is empty in the data. The zero
// Row is an appointment of which nothing is known, not even its date.
type Row struct {
	Person string // pseudonym
	Key    string // attendkey
	Date   hesop.Date
	Year   hesop.FinancialYear // fyear, if not that of Date

	// Codes as their columns spell them.
	Attended           string // attended
	FirstAttendance    string // firstatt
	TreatmentSpecialty string // tretspef
	Sex                string

	Born     hesop.Date // from which the ages follow; not a column
	Referred hesop.Date // reqdate
	Missed   hesop.Date // dnadate; the wait is from the later of the two

	// Diagnoses and Procedures are full codes by position, "" for a position that
	// is skipped, as raw columns spell them: E119, I10X, M0510, R69X6. Columns that
	// hold fewer characters, and the concatenated ones, follow from them. There can
	// be 12 and 24.
	Diagnoses  []string
	Procedures []string

	// Fields are the texts of columns by name in lower case, of any column of the layout. They go before what follows
	// from the above.
	Fields map[string]string

	// What a Generator says besides.
	outcome        string
	priority       string
	referralSource string // refsourc
	mainSpecialty  string // mainspef
	ethnicity      string // ethnos

	noise uint64 // from which the columns follow that nothing above is about; 0 leaves them empty
}

const (
	mostDiagnoses  = 12
	mostProcedures = 24
)
