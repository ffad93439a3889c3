package quality

import (
	"cmp"
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// missingness counts rows by year and specialty. The years are those that two digits of FYEAR can be, so that
// impossible dates do not make a row of the report each.
type missingness map[missingnessKey]*Missingness

type missingnessKey struct {
	year      hesop.FinancialYear
	specialty string
}

const earliestYear, latestYear = 1989, 2088

// add counts a row.
func (m *missingness) add(a *hesop.Appointment, codes *hesop.Codes, p *plan) {
	key := missingnessKey{year: a.FinancialYear()}
	if key.year < earliestYear || key.year > latestYear {
		key.year = 0
	}
	if p.hasSpecialty {
		switch t := a.Term(p.specialty); t.Status {
		case hesop.TermKnown, hesop.TermOutOfPeriod:
			key.specialty = t.Code
		case hesop.TermUnlisted:
			key.specialty = UnlistedSpecialty
		case hesop.TermMissing:
		}
	}
	one := m.at(key)
	one.Rows++
	if !codes.Coded(coding.ICD10) {
		one.NoDiagnosis++
	}
	if !codes.Coded(coding.OPCS4) {
		one.NoProcedure++
	}
}

// at finds or makes the count of a year and specialty.
func (m *missingness) at(key missingnessKey) *Missingness {
	one := (*m)[key]
	if one == nil {
		if *m == nil {
			*m = make(missingness)
		}
		one = &Missingness{Year: key.year, Specialty: key.specialty}
		(*m)[key] = one
	}
	return one
}

// addTo adds the rows of other to those of key.
func (m *missingness) addTo(key missingnessKey, other *Missingness) {
	one := m.at(key)
	one.Rows += other.Rows
	one.NoDiagnosis += other.NoDiagnosis
	one.NoProcedure += other.NoProcedure
}

// merge adds the counts of other.
func (m *missingness) merge(other missingness) {
	for key, one := range other {
		m.addTo(key, one)
	}
}

// sorted returns the counts by year and specialty, in that order.
func (m missingness) sorted() []Missingness {
	sorted := make([]Missingness, 0, len(m))
	for _, one := range m {
		sorted = append(sorted, *one)
	}
	slices.SortFunc(sorted, func(a, b Missingness) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Specialty, b.Specialty))
	})
	return sorted
}
