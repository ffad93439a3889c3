package cohort

import (
	"fmt"
	"strconv"

	"hesopmatch/hesop"
)

// Dimension is a variable by which tables group appointments.
type Dimension uint8

// The dimensions.
const (
	ByYear      Dimension = iota // financial year of the date; if there is no date, the year in fyear
	BySpecialty                  // treatment specialty (tretspef)
	ByAttended                   // attended
	BySex                        // sex
	ByAge                        // age at the appointment (apptage, otherwise apptage_calc), in bands

	dimensions = iota
)

var variables = [dimensions]struct {
	name    string
	columns []string // in order of preference
}{
	ByYear:      {"financial year", []string{"fyear"}},
	BySpecialty: {"treatment specialty", []string{"tretspef"}},
	ByAttended:  {"attended", []string{"attended"}},
	BySex:       {"sex", []string{"sex"}},
	ByAge:       {"age", []string{"apptage", "apptage_calc"}},
}

// String returns the name of the dimension.
func (d Dimension) String() string {
	if d >= dimensions {
		return fmt.Sprintf("Dimension(%d)", uint8(d))
	}
	return variables[d].name
}

// scale holds the categories of a dimension, by number. The name of a category is its meaning. In the names of
// treatment specialties and sexes, the code comes first ("1 Male"). The last category is for values that are not known.
type scale struct {
	categories []string
	byCode     map[string]int // for a coded variable: the category of each code; "" stands for any other code
}

func (s *scale) add(name string) { s.categories = append(s.categories, name) }

// The years are those that a field FYEAR can express.
const firstYear, lastYear = 1989, 2088

// scales returns the categories of every dimension. An age band begins at each of the given ages; the first band begins
// at 0.
func scales(ages []int) (all [dimensions]scale) {
	for y := firstYear; y <= lastYear; y++ {
		all[ByYear].add(hesop.FinancialYear(y).String())
	}
	all[ByYear].add("not known")
	for a := range hesop.AttendedOther + 1 {
		all[ByAttended].add(a.String())
	}
	for _, d := range [...]Dimension{BySpecialty, BySex} {
		all[d] = codedScale(variables[d].columns[0])
	}
	sex := &all[BySex]
	sex.categories[sex.byCode["9"]] = "9 Not specified, or indeterminate" // the meaning depends on the year
	start := 0
	for _, next := range ages {
		label := strconv.Itoa(start)
		if next > start+1 {
			label += " to " + strconv.Itoa(next-1)
		}
		all[ByAge].add(label)
		start = next
	}
	all[ByAge].add(strconv.Itoa(start) + " and over")
	all[ByAge].add("not known")
	return all
}

// codedScale returns the scale of a coded variable. A code that means a missing value only in some years has a category
// of its own.
func codedScale(column string) (s scale) {
	s.byCode = make(map[string]int)
	v, _ := hesop.Describe(column)
	for m := range v.Meanings() {
		if _, known := s.byCode[m.Code]; !known && !m.Missing {
			s.byCode[m.Code] = len(s.categories)
			s.add(m.Code + " " + m.Label)
		}
	}
	s.byCode[""] = len(s.categories)
	s.add("not a value of the set")
	s.add("not known")
	return s
}

// category returns the category of an appointment. The argument day is zero if the appointment has no date. For every
// dimension except the year, the category depends only on the text of a column, so the category is cached.
func (t *batch) category(s *source, d Dimension, a *hesop.Appointment, day hesop.Date) int {
	if d == ByYear || s.columns[d] == (hesop.Column{}) {
		return s.category(d, a, day)
	}
	return t.cached[d].Get(a.Text(s.columns[d]), func() int { return s.category(d, a, day) })
}

// category computes the category of an appointment.
func (s *source) category(d Dimension, a *hesop.Appointment, day hesop.Date) int {
	scale, column := &s.plan.dims[d], s.columns[d]
	has := column != hesop.Column{}
	switch {
	case d == ByYear:
		year := day.FinancialYear()
		if day == (hesop.Date{}) && has {
			year, _ = hesop.ParseFinancialYear(a.Text(column))
		}
		if year >= firstYear && year <= lastYear {
			return int(year) - firstYear
		}
	case d == ByAttended:
		return int(a.Attended())
	case d == ByAge && has:
		if years, ok := a.Age(column); ok {
			band := 0
			for band < len(s.plan.ages) && years >= float64(s.plan.ages[band]) {
				band++
			}
			return band
		}
	case has:
		t := a.Term(column)
		if i, ok := scale.byCode[t.Code]; ok && len(t.Text) > 0 {
			return i
		}
	}
	return len(scale.categories) - 1
}
