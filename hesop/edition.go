package hesop

import (
	"iter"
	"slices"

	"hesopmatch/codelist/coding"
)

// Edition is an edition of a coding system and when appointments were coded in it.
// A code may be new in one, or mean something else.
type Edition struct {
	Name  string
	From  Date // zero if not published, long before the data begin
	Until Date // the last day, zero for the one in use
}

// Editions yields the editions of a coding system in which appointments were coded,
// in the order of time. They follow each other without a gap. From and Until are those
// that NHS England published (NHS Data Dictionary, OPCS classification of interventions
// and procedures; NHS England, clinical classifications), but for the end of the first
// one of ICD-10, which is the day before the second begins.
func Editions(sys coding.System) iter.Seq[Edition] {
	switch sys {
	case coding.ICD10:
		return slices.Values(icd10Editions)
	case coding.OPCS4:
		return slices.Values(opcs4Editions)
	default:
		return func(func(Edition) bool) {}
	}
}

var icd10Editions = []Edition{
	{"ICD-10", Date{1995, 4, 1}, Date{2004, 3, 31}},
	{"ICD-10, reprint of 2000", Date{2004, 4, 1}, Date{2012, 3, 31}},
	{"ICD-10, 4th edition", Date{2012, 4, 1}, Date{2016, 3, 31}},
	{"ICD-10, 5th edition", Date{2016, 4, 1}, Date{}},
}

var opcs4Editions = []Edition{
	{"OPCS-4.2", Date{}, Date{2006, 3, 31}},
	{"OPCS-4.3", Date{2006, 4, 1}, Date{2007, 3, 31}},
	{"OPCS-4.4", Date{2007, 4, 1}, Date{2009, 3, 31}},
	{"OPCS-4.5", Date{2009, 4, 1}, Date{2011, 3, 31}},
	{"OPCS-4.6", Date{2011, 4, 1}, Date{2014, 3, 31}},
	{"OPCS-4.7", Date{2014, 4, 1}, Date{2017, 3, 31}},
	{"OPCS-4.8", Date{2017, 4, 1}, Date{2020, 3, 31}},
	{"OPCS-4.9", Date{2020, 4, 1}, Date{2023, 3, 31}},
	{"OPCS-4.10", Date{2023, 4, 1}, Date{}},
}
