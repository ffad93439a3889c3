package hesoptest

import "hesopmatch/hesop"

// Row is one appointment. An empty field is empty in the data. The zero Row is an appointment without any information,
// not even a date.
type Row struct {
	Person string // pseudonym
	Key    string // attendkey
	Date   hesop.Date
	Year   hesop.FinancialYear // fyear, if not that of Date

	// Codes, spelled as in their columns.
	Attended           string // attended
	FirstAttendance    string // firstatt
	TreatmentSpecialty string // tretspef
	Sex                string

	Born     hesop.Date // not a column; the ages follow from it
	Referred hesop.Date // reqdate
	Missed   hesop.Date // dnadate; the wait starts at the later of Referred and Missed

	// Diagnoses and Procedures are full codes by position, spelled as in raw columns: E119, I10X, M0510, R69X6. ""
	// skips a position. Columns with fewer characters and concatenated columns follow from them. The maximum is 12
	// diagnoses and 24 procedures.
	Diagnoses  []string
	Procedures []string

	// Fields are the texts of any columns of the layout, by lower-case name. They take precedence over the fields
	// above.
	Fields map[string]string

	// Set only by a Generator.
	outcome        string
	priority       string
	referralSource string // refsourc
	mainSpecialty  string // mainspef
	ethnicity      string // ethnos

	noise uint64 // source of the columns that no field above covers; 0 leaves them empty
}

const (
	mostDiagnoses  = 12
	mostProcedures = 24
)
