package hesoptest

import "hesopmatch/hesop"

// Row is one appointment. An empty field is empty in the data. The zero Row is an appointment without any information,
// not even a date.
type Row struct {
	Person string // pseudonym
	Key    string // attendkey
	Date   hesop.Date
	Year   hesop.FinancialYear // fyear, if it differs from the financial year of Date

	// Codes, spelled as in their columns.
	Attended           string // attended
	FirstAttendance    string // firstatt
	TreatmentSpecialty string // tretspef
	Sex                string

	Born     hesop.Date // not a column; the columns of ages are computed from it
	Referred hesop.Date // reqdate
	Missed   hesop.Date // dnadate; the wait starts at the later of Referred and Missed

	// Diagnoses and Procedures hold full codes by position, spelled as in raw columns: E119, I10X, M0510, R69X6. ""
	// skips a position. Columns with fewer characters and concatenated columns are computed from these codes. The
	// maximum is 12 diagnoses and 24 procedures.
	Diagnoses  []string
	Procedures []string

	// Fields holds texts for any columns of the layout, by the lower-case name of the column. A text in Fields takes
	// precedence over the fields of Row above.
	Fields map[string]string

	// Set only by a Generator.
	outcome        string
	priority       string
	referralSource string // refsourc
	mainSpecialty  string // mainspef
	ethnicity      string // ethnos

	noise uint64 // random number for the columns that no field above covers; these columns are empty if noise is 0
}

const (
	mostDiagnoses  = 12
	mostProcedures = 24
)
