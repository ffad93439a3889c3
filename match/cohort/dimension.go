package cohort

import (
	"fmt"
	"strconv"

	"hesopmatch/hesop"
)

// Dimension is a variable by which appointments are told apart.
type Dimension uint8

// The dimensions.
const (
	ByYear      Dimension = iota // financial year, see hesop.Appointment.FinancialYear
	BySpecialty                  // treatment specialty (tretspef)
	ByAttended                   // attended
	BySex                        // sex
	ByAge                        // age at the appointment (apptage, or else apptage_calc), in bands

	dimensions = iota
)

// String returns what the dimension is called.
func (d Dimension) String() string {
	switch d {
	case ByYear:
		return "financial year"
	case BySpecialty:
		return "treatment specialty"
	case ByAttended:
		return "attended"
	case BySex:
		return "sex"
	case ByAge:
		return "age"
	default:
		return fmt.Sprintf("Dimension(%d)", uint8(d))
	}
}

// Category is a value of a Dimension.
type Category struct {
	Code  string // as HES spells it, "" for a band of age, and for what is not known
	Label string // what it means
}

// String returns the code and the label, or the one that there is.
func (c Category) String() string {
	switch {
	case c.Code == "" || c.Code == c.Label:
		return c.Label
	case c.Label == "":
		return c.Code
	default:
		return c.Code + " " + c.Label
	}
}

// scale is the categories of a dimension, by number. The last ones are for what is not
// known and, in coded variables, before it for values that are none of the set.
type scale struct {
	categories []Category
	byCode     map[string]int
}

// The years that are told apart are those that a field FYEAR can say.
const firstYear, lastYear = 1989, 2088

func scales(ages []int) [dimensions]scale {
	var all [dimensions]scale
	for y := firstYear; y <= lastYear; y++ {
		name := hesop.FinancialYear(y).String()
		all[ByYear].add(Category{name, name})
	}
	all[ByYear].add(Category{"", "not known"})
	all[BySpecialty] = codedScale("tretspef")
	for a := range hesop.AttendedOther + 1 {
		all[ByAttended].add(Category{"", a.String()})
	}
	all[BySex] = codedScale("sex")
	if i, ok := all[BySex].byCode["9"]; ok {
		all[BySex].categories[i].Label = "Not specified, or indeterminate" // which of them depends on the year
	}
	start := 0
	for _, next := range ages {
		label := strconv.Itoa(start)
		if next > start+1 {
			label += " to " + strconv.Itoa(next-1)
		}
		all[ByAge].add(Category{"", label})
		start = next
	}
	all[ByAge].add(Category{"", strconv.Itoa(start) + " and over"})
	all[ByAge].add(Category{"", "not known"})
	return all
}

// codedScale is that of a coded variable. A code that stands for a missing value in some
// years and not in others has a category of its own.
func codedScale(name string) scale {
	s := scale{byCode: make(map[string]int)}
	v, _ := hesop.Describe(name)
	for m := range v.Meanings() {
		if _, known := s.byCode[m.Code]; !known && !m.Missing {
			s.byCode[m.Code] = len(s.categories)
			s.add(Category{m.Code, m.Label})
		}
	}
	s.add(Category{"", "not a value of the set"})
	s.add(Category{"", "not known"})
	return s
}

func (s *scale) add(c Category) { s.categories = append(s.categories, c) }

// unknown and unlisted are the last categories of a coded variable.
func (s *scale) unknown() int  { return len(s.categories) - 1 }
func (s *scale) unlisted() int { return len(s.categories) - 2 }

// of is the category of a coded variable in an appointment.
func (s *scale) of(t hesop.Term) int {
	switch {
	case len(t.Text) == 0:
		return s.unknown()
	case t.Code == "":
		return s.unlisted()
	}
	if i, ok := s.byCode[t.Code]; ok {
		return i
	}
	return s.unknown() // a missing value of the set
}

// band is the category of an age.
func (s *scale) band(starts []int, years float64, ok bool) int {
	if !ok {
		return s.unknown()
	}
	n := 0
	for n < len(starts) && years >= float64(starts[n]) {
		n++
	}
	return n
}

// year is the category of a financial year.
func (s *scale) year(y hesop.FinancialYear) int {
	if y < firstYear || y > lastYear {
		return s.unknown()
	}
	return int(y) - firstYear
}
