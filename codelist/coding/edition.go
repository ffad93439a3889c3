package coding

import (
	"iter"
	"slices"
)

// Edition is an edition of a coding system, with the financial years whose appointments were coded in it: 2012 is April
// 2012 to March 2013. A code may be new in an edition, or change its meaning.
type Edition struct {
	Name  string
	First int // 0 if NHS England does not give the year, which is long before the data begin
	Last  int // 0 for the edition in use
}

// Editions yields the editions of a coding system in which appointments were coded, in chronological order and without
// gaps. The years are those that NHS England gives (NHS Data Dictionary, OPCS classification of interventions and
// procedures; NHS England, clinical classifications). The last year of the first edition of ICD-10 is an exception: it
// is taken to be the year before the second edition.
func Editions(sys System) iter.Seq[Edition] {
	switch sys {
	case ICD10:
		return slices.Values(icd10Editions)
	case OPCS4:
		return slices.Values(opcs4Editions)
	default:
		return func(func(Edition) bool) {}
	}
}

var icd10Editions = []Edition{
	{"ICD-10", 1995, 2003},
	{"ICD-10, reprint of 2000", 2004, 2011},
	{"ICD-10, 4th edition", 2012, 2015},
	{"ICD-10, 5th edition", 2016, 0},
}

var opcs4Editions = []Edition{
	{"OPCS-4.2", 0, 2005},
	{"OPCS-4.3", 2006, 2006},
	{"OPCS-4.4", 2007, 2008},
	{"OPCS-4.5", 2009, 2010},
	{"OPCS-4.6", 2011, 2013},
	{"OPCS-4.7", 2014, 2016},
	{"OPCS-4.8", 2017, 2019},
	{"OPCS-4.9", 2020, 2022},
	{"OPCS-4.10", 2023, 0},
}
