package quality

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// Report is what a Counter counted. Its JSON form is for people and other programs; this package does not read it
// back. It is not fit to leave a research environment.
type Report struct {
	Rows  int64 `json:"rows"`  // that were counted
	Coded int64 `json:"coded"` // with a code of any system in the matched columns

	Systems []Codes      `json:"systems"`             // those that a reader had columns of
	Keys    *Keys        `json:"attendkey,omitempty"` // nil if no reader had the column
	Dates   []DateColumn `json:"dates"`

	// Missingness is sorted by year, then by treatment specialty.
	Missingness []Missingness `json:"missingness"`
}

// Codes are the counts of the code columns of one system.
type Codes struct {
	System coding.System `json:"system"`
	Coded  int64         `json:"coded"` // appointments with a code in the matched columns

	// Columns has the columns of one form and width together, whether they are matched or not.
	Columns []CodeColumns `json:"columns"`

	// Disagreements compares positional and concatenated columns that are both matched. It is nil if no reader
	// had both.
	Disagreements *Disagreements `json:"disagreements,omitempty"`

	// Short is how many values of three characters are not the first three of the finer value beside them, of the
	// same position or slot. An empty value counts as a value. Short is nil if no reader had both.
	Short *int64 `json:"short_differ,omitempty"`

	// Commonest has the hundred commonest unrecognised values of all columns. Others is how many more there are:
	// less common ones, and those that Values does not count by themselves. Anything may have slipped into a code
	// column, so they are not for release.
	Commonest []ValueCount `json:"unrecognised_values"`
	Others    int64        `json:"unrecognised_others"`
}

const commonestReported = 100

// Disagreements counts codes that stand in the positional columns alone, or in the concatenated one alone. See
// hesop.Codes.
type Disagreements struct {
	Codes int64 `json:"codes"`
	Rows  int64 `json:"rows"` // appointments with at least one
}

// CodeColumns are the counts of the columns of one form and width. They count values: the fields or, in a
// concatenated column, the slots between commas.
type CodeColumns struct {
	Form         hesop.Form `json:"source"`
	Width        int        `json:"width"`   // characters
	Columns      int        `json:"columns"` // the most that a reader had
	Matched      bool       `json:"matched"` // a reader matched them
	Empty        int64      `json:"empty"`
	Codes        int64      `json:"codes"`
	Missing      int64      `json:"missing"`
	Unrecognised int64      `json:"unrecognised"`

	// Reasons splits Missing. Columns of fewer characters show fewer reasons: R69X6 cut to R69X says only that the
	// diagnosis is not known.
	Reasons map[coding.Missing]int64 `json:"reasons"`
}

// Keys are the counts of the column attendkey.
type Keys struct {
	Missing   int64 `json:"missing"`   // rows with an empty key
	Different int64 `json:"different"` // keys
	Repeated  int64 `json:"repeated"`  // rows with the key of an earlier row

	// Estimated reports that Different and Repeated are estimates, because there were more keys than
	// Counter.KeyLimit.
	Estimated bool `json:"estimated"`
}

// DateColumn are the counts of a column of dates.
type DateColumn struct {
	Column  string `json:"column"` // in lower case
	Valid   int64  `json:"valid"`
	Missing int64  `json:"missing"` // empty, or a day that stands for a missing date: see hesop.ParseDate
	Invalid int64  `json:"invalid"` // no date

	First hesop.Date `json:"first"` // of the valid ones; zero if there are none
	Last  hesop.Date `json:"last"`

	Years *Years `json:"years,omitempty"` // of apptdate, nil for other columns
}

// Years compares the valid dates of appointments with the years of the data.
type Years struct {
	Early    int64 `json:"early"`    // before 1 April 2003, when the data set begins
	Other    int64 `json:"other"`    // in another financial year than fyear states, early or not
	Unstated int64 `json:"unstated"` // fyear is absent or states no year
}

// Missingness counts the appointments of a year, of a specialty, or of both, that have no code in the matched columns.
// All of them have none of a system that no reader matched columns of: see CodeColumns.
type Missingness struct {
	// Year is 0 if it is not known, or not from 1989-90 to 2088-89.
	Year hesop.FinancialYear `json:"year"`
	// Specialty is the code of tretspef: "" if it is missing, UnlistedSpecialty if the package hesop does not know it.
	Specialty   string `json:"specialty"`
	Rows        int64  `json:"rows"`
	NoDiagnosis int64  `json:"no_diagnosis"`
	NoProcedure int64  `json:"no_procedure"`
}

// UnlistedSpecialty is the Specialty of appointments whose tretspef is no code that is known.
const UnlistedSpecialty = "unlisted"

// ByYear returns the missingness by year, with no Specialty.
func (r *Report) ByYear() []Missingness {
	var sums missingness
	for i := range r.Missingness {
		m := &r.Missingness[i]
		sums.add(sums.cell(m.Year, ""), m)
	}
	return sums.sorted()
}

// BySpecialty returns the missingness by treatment specialty, with no Year.
func (r *Report) BySpecialty() []Missingness {
	var sums missingness
	for i := range r.Missingness {
		m := &r.Missingness[i]
		sums.add(sums.cell(0, m.Specialty), m)
	}
	return sums.sorted()
}

// Report returns what c has counted so far.
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
