package quality

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// Report holds the counts of a Counter. Its JSON form is for people and other programs; this package does not read it
// back. A report must not leave a research environment.
type Report struct {
	Rows  int64 `json:"rows"`  // all rows counted
	Coded int64 `json:"coded"` // rows with a code of any system in the matched columns

	Systems []Codes      `json:"systems"`             // systems for which a reader had columns
	Keys    *Keys        `json:"attendkey,omitempty"` // nil if no reader had the column
	Dates   []DateColumn `json:"dates"`

	// Missingness is sorted by year, then by treatment specialty.
	Missingness []Missingness `json:"missingness"`
}

// Codes holds the counts of the code columns of one system.
type Codes struct {
	System coding.System `json:"system"`
	Coded  int64         `json:"coded"` // appointments with a code in the matched columns

	// Columns groups the columns by form and width. It includes columns that are not matched.
	Columns []CodeColumns `json:"columns"`

	// Disagreements compares positional and concatenated columns that are both matched. It is nil if no reader had
	// both.
	Disagreements *Disagreements `json:"disagreements,omitempty"`

	// Short counts three-character values that differ from the first three characters of the longer value for the same
	// position or slot. An empty value counts as a value. Short is nil if no reader had both columns.
	Short *int64 `json:"short_differ,omitempty"`

	// Commonest holds the hundred most common unrecognised values of all columns. Others counts the remaining ones:
	// those less common, and those that Values does not list. Any text may have slipped into a code column, so these
	// values are not for release.
	Commonest []ValueCount `json:"unrecognised_values"`
	Others    int64        `json:"unrecognised_others"`
}

const commonestReported = 100

// Disagreements counts codes that are only in the positional columns, or only in the concatenated one. See hesop.Codes.
type Disagreements struct {
	Codes int64 `json:"codes"`
	Rows  int64 `json:"rows"` // appointments with at least one such code
}

// CodeColumns holds the counts of the columns of one form and width. It counts values. A value is a field or, in a
// concatenated column, the text between two commas.
type CodeColumns struct {
	Form         hesop.Form `json:"source"`
	Width        int        `json:"width"`   // in characters
	Columns      int        `json:"columns"` // the largest number of these columns in one reader
	Matched      bool       `json:"matched"` // true if a reader reads these columns
	Empty        int64      `json:"empty"`
	Codes        int64      `json:"codes"`
	Missing      int64      `json:"missing"`
	Unrecognised int64      `json:"unrecognised"`

	// Reasons splits Missing by reason. Narrower columns show fewer reasons: R69X6 truncated to R69X says only that the
	// diagnosis is not known.
	Reasons map[coding.Missing]int64 `json:"reasons"`
}

// Keys holds the counts of the column attendkey.
type Keys struct {
	Missing   int64 `json:"missing"`   // rows with an empty key
	Different int64 `json:"different"` // distinct keys
	Repeated  int64 `json:"repeated"`  // rows with the key of an earlier row

	// Estimated reports whether Different and Repeated are estimates, because there were more keys than
	// Counter.KeyLimit.
	Estimated bool `json:"estimated"`
}

// DateColumn holds the counts of a column of dates.
type DateColumn struct {
	Column  string `json:"column"` // in lower case
	Valid   int64  `json:"valid"`
	Missing int64  `json:"missing"` // empty, or a day that means a missing date: see hesop.ParseDate
	Invalid int64  `json:"invalid"` // not a date

	First hesop.Date `json:"first"` // of the valid dates; zero if there are none
	Last  hesop.Date `json:"last"`

	Years *Years `json:"years,omitempty"` // of apptdate; nil for other columns
}

// Years compares the valid dates of appointments with the first year of the data set and with fyear.
type Years struct {
	Early    int64 `json:"early"`    // before 1 April 2003, when the data set begins
	Other    int64 `json:"other"`    // not in the financial year that fyear states, whether early or not
	Unstated int64 `json:"unstated"` // fyear is absent or states no year
}

// Missingness counts the appointments without a code in the matched columns, by year, by specialty, or by both. If no
// reader matched columns of a system, every appointment counts as having no code of that system: see
// CodeColumns.Matched.
type Missingness struct {
	// Year is 0 if it is unknown or outside 1989-90 to 2088-89.
	Year hesop.FinancialYear `json:"year"`
	// Specialty is the code of tretspef. It is "" if missing, and UnlistedSpecialty if package hesop does not list it.
	Specialty   string `json:"specialty"`
	Rows        int64  `json:"rows"`
	NoDiagnosis int64  `json:"no_diagnosis"`
	NoProcedure int64  `json:"no_procedure"`
}

// UnlistedSpecialty is the Specialty of appointments whose tretspef is not a listed code.
const UnlistedSpecialty = "unlisted"

// ByYear returns the missingness by year. Specialty is empty.
func (r *Report) ByYear() []Missingness {
	var sums missingness
	for i := range r.Missingness {
		m := &r.Missingness[i]
		sums.add(sums.cell(m.Year, ""), m)
	}
	return sums.sorted()
}

// BySpecialty returns the missingness by treatment specialty. Year is 0.
func (r *Report) BySpecialty() []Missingness {
	var sums missingness
	for i := range r.Missingness {
		m := &r.Missingness[i]
		sums.add(sums.cell(0, m.Specialty), m)
	}
	return sums.sorted()
}

// Report returns the counts so far.
func (c *Counter) Report() *Report {
	r := &Report{Rows: c.rows, Coded: c.coded, Systems: []Codes{}, Dates: []DateColumn{}}
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		if codes, ok := c.codesOf(sys); ok {
			r.Systems = append(r.Systems, codes)
		}
	}
	if c.keyed {
		different, repeated := c.keys.counts()
		r.Keys = &Keys{Missing: c.noKey, Different: different, Repeated: repeated, Estimated: c.keys.isSample()}
	}
	for _, one := range c.dates {
		if one.Years != nil {
			years := *one.Years
			one.Years = &years
		}
		r.Dates = append(r.Dates, one)
	}
	r.Missingness = c.missingness.sorted()
	return r
}
