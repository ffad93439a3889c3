package quality

import (
	"cmp"
	"slices"

	"hesopmatch/hesop"
	"hesopmatch/internal/shorttext"
)

// missingness counts rows by year and specialty. It separates only the years that FYEAR can state in two digits, so
// impossible dates do not each add a row to the report.
type missingness struct {
	cells       []Missingness  // some have no rows after reset
	specialties []string       // in order of first appearance
	numbers     map[string]int // indexes of specialties
	years       [][years]int32 // by index of specialty and yearIndex: the index in cells, plus 1; 0 for no cell

	cache [1 << specialtyBits]*cachedSpecialty
}

const (
	earliestYear, latestYear = 1989, 2088
	years                    = latestYear - earliestYear + 2 // including one for rows without a year
)

// cachedSpecialty caches the cells of one text of tretspef. For each year it holds the index of the cell, plus 1; 0
// means no cell. The same text can mean different specialties in different years.
type cachedSpecialty struct {
	text  uint64
	cells [years]int32
}

// There are about 150 specialties and treatment functions, and few other values.
const specialtyBits = 8

// yearIndex returns the index of a year in missingness.years, or 0 for a year out of range.
func yearIndex(year hesop.FinancialYear) int {
	if year < earliestYear || year > latestYear {
		return 0
	}
	return int(year) - earliestYear + 1
}

// of returns the cell that counts a row, given the year of the row and the text of its specialty. It adds the cell if
// it is new.
func (m *missingness) of(a *hesop.Appointment, year hesop.FinancialYear, text []byte, p *plan) *Missingness {
	packed, ok := shorttext.Pack(text)
	if !ok {
		return &m.cells[m.cell(year, p.specialtyOf(a))]
	}
	const probes = 4
	at := shorttext.Slot(packed, specialtyBits)
	for i := range uint64(probes) {
		k := &m.cache[(at+i)%(1<<specialtyBits)]
		if *k == nil {
			*k = &cachedSpecialty{text: packed}
		}
		if (*k).text == packed {
			cell := &(*k).cells[yearIndex(year)]
			if *cell == 0 {
				*cell = m.cell(year, p.specialtyOf(a)) + 1
			}
			return &m.cells[*cell-1]
		}
	}
	return &m.cells[m.cell(year, p.specialtyOf(a))]
}

// specialtyOf returns Missingness.Specialty for a row.
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

// cell returns the index in cells of a year and specialty. It adds the cell if it is new.
func (m *missingness) cell(year hesop.FinancialYear, specialty string) int32 {
	return m.cellAt(yearIndex(year), m.number(specialty))
}

// number returns the index of a specialty. It adds the specialty if it is new.
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

// cellAt returns the index in cells of the cell for a year and a specialty, given by their indexes. It adds a new cell.
func (m *missingness) cellAt(index, specialty int) int32 {
	one := &m.years[specialty][index]
	if *one == 0 {
		year := hesop.FinancialYear(0)
		if index > 0 {
			year = hesop.FinancialYear(earliestYear + index - 1)
		}
		m.cells = append(m.cells, Missingness{Year: year, Specialty: m.specialties[specialty]})
		*one = int32(len(m.cells))
	}
	return *one - 1
}

// add adds the counts of the argument other to a cell.
func (m *missingness) add(cell int32, other *Missingness) {
	one := &m.cells[cell]
	one.Rows += other.Rows
	one.NoDiagnosis += other.NoDiagnosis
	one.NoProcedure += other.NoProcedure
}

// merge adds the counts of the argument other to m.
func (m *missingness) merge(other *missingness) {
	for n, specialty := range other.specialties { // look each specialty up once, not for each year
		to := m.number(specialty)
		for index, cell := range other.years[n] {
			if cell > 0 && other.cells[cell-1].Rows > 0 {
				m.add(m.cellAt(index, to), &other.cells[cell-1])
			}
		}
	}
}

func (m *missingness) reset() {
	for i := range m.cells {
		one := &m.cells[i]
		one.Rows, one.NoDiagnosis, one.NoProcedure = 0, 0, 0
	}
}

// sorted returns the counts by year, then by specialty.
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
