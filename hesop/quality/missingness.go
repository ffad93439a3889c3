package quality

import (
	"cmp"
	"slices"

	"hesopmatch/hesop"
	"hesopmatch/internal/shorttext"
)

// missingness counts rows by year and specialty. The years are those that two digits of FYEAR can be, so that
// impossible dates do not make a row of the report each.
type missingness struct {
	cells       []Missingness  // some with no rows: reset leaves them
	specialties []string       // in the order in which they came up
	numbers     map[string]int // of specialties
	years       [][years]int32 // by number of the specialty and place of the year: a place in cells and 1, or 0

	known [1 << specialtyBits]*knownSpecialty
}

const (
	earliestYear, latestYear = 1989, 2088
	years                    = latestYear - earliestYear + 2 // and one place for no year
)

// knownSpecialty keeps the cells of a text of tretspef, for each year: 0 is none, others are counted from 1. What a
// text means depends on the year.
type knownSpecialty struct {
	text  uint64
	cells [years]int32
}

// There are some 150 specialties and treatment functions, and few others.
const specialtyBits = 8

// yearPlace returns the place of a year in missingness.years, 0 if it cannot be.
func yearPlace(year hesop.FinancialYear) int {
	if year < earliestYear || year > latestYear {
		return 0
	}
	return int(year) - earliestYear + 1
}

// of finds or makes the count that a row belongs to, by its year and the text of its specialty.
func (m *missingness) of(a *hesop.Appointment, year hesop.FinancialYear, text []byte, p *plan) *Missingness {
	packed, ok := shorttext.Pack(text)
	if !ok {
		return &m.cells[m.cell(year, p.specialtyOf(a))]
	}
	const probes = 4
	at := shorttext.Slot(packed, specialtyBits)
	for i := range uint64(probes) {
		k := &m.known[(at+i)%(1<<specialtyBits)]
		if *k == nil {
			*k = &knownSpecialty{text: packed}
		}
		if (*k).text == packed {
			cell := &(*k).cells[yearPlace(year)]
			if *cell == 0 {
				*cell = m.cell(year, p.specialtyOf(a)) + 1
			}
			return &m.cells[*cell-1]
		}
	}
	return &m.cells[m.cell(year, p.specialtyOf(a))]
}

// specialtyOf returns the Missingness.Specialty of a row.
func (p *plan) specialtyOf(a *hesop.Appointment) string {
	if !p.hasSpecialty {
		return ""
	}
	switch t := a.Term(p.specialty); t.Status {
	case hesop.TermKnown, hesop.TermOutOfPeriod:
		return t.Code
	case hesop.TermUnlisted:
		return UnlistedSpecialty
	default:
		return ""
	}
}

// cell finds or makes the place of a year and specialty in cells.
func (m *missingness) cell(year hesop.FinancialYear, specialty string) int32 {
	return m.cellAt(yearPlace(year), m.number(specialty))
}

// number finds or makes the number of a specialty.
func (m *missingness) number(specialty string) int {
	n, ok := m.numbers[specialty]
	if !ok {
		if n = len(m.specialties); m.numbers == nil {
			m.numbers = make(map[string]int)
		}
		m.numbers[specialty] = n
		m.specialties = append(m.specialties, specialty)
		m.years = append(m.years, [years]int32{})
	}
	return n
}

// cellAt finds or makes the place in cells of a year, by its place, and a specialty, by its number.
func (m *missingness) cellAt(place, specialty int) int32 {
	one := &m.years[specialty][place]
	if *one == 0 {
		year := hesop.FinancialYear(0)
		if place > 0 {
			year = hesop.FinancialYear(earliestYear + place - 1)
		}
		m.cells = append(m.cells, Missingness{Year: year, Specialty: m.specialties[specialty]})
		*one = int32(len(m.cells))
	}
	return *one - 1
}

// add adds the rows of other to those of a cell.
func (m *missingness) add(cell int32, other *Missingness) {
	one := &m.cells[cell]
	one.Rows += other.Rows
	one.NoDiagnosis += other.NoDiagnosis
	one.NoProcedure += other.NoProcedure
}

// merge adds the counts of other.
func (m *missingness) merge(other *missingness) {
	for n, specialty := range other.specialties { // which is looked up once, not for each year
		to := m.number(specialty)
		for place, cell := range other.years[n] {
			if cell > 0 && other.cells[cell-1].Rows > 0 {
				m.add(m.cellAt(place, to), &other.cells[cell-1])
			}
		}
	}
}

// reset forgets the counts.
func (m *missingness) reset() {
	for i := range m.cells {
		one := &m.cells[i]
		one.Rows, one.NoDiagnosis, one.NoProcedure = 0, 0, 0
	}
}

// sorted returns the counts by year and specialty, in that order.
func (m *missingness) sorted() []Missingness {
	sorted := make([]Missingness, 0, len(m.cells))
	for _, one := range m.cells {
		if one.Rows > 0 {
			sorted = append(sorted, one)
		}
	}
	slices.SortFunc(sorted, func(a, b Missingness) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Specialty, b.Specialty))
	})
	return sorted
}
