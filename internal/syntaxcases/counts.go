package main

import (
	"strconv"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// group is a list and a financial year.
type group struct {
	list int
	year string
}

// counts counts the answers by year, appointment by appointment.
func (s *study) counts(m *match.Matcher, text []byte) ([][]string, error) {
	records := [][]string{{"list", "year", "appointments", "match", "no_match", "unknown", "undecided"}}
	counts, order := make(map[group]*[5]int), []group(nil)
	seen := make(map[string]bool)
	err := s.each(m, text, func(a *hesop.Appointment, res *match.Result) error {
		if !s.takes(a, seen) {
			return nil
		}
		year := s.year(a)
		undecided := make(map[int]bool)
		for i := range res.Undecided() {
			undecided[i] = true
		}
		for i := range m.Len() {
			g := group{i, year}
			if counts[g] == nil {
				counts[g], order = new([5]int), append(order, g)
			}
			c := counts[g]
			c[0]++
			c[map[match.Status]int{match.Match: 1, match.NoMatch: 2, match.Unknown: 3}[res.Status(i)]]++
			if undecided[i] {
				c[4]++
			}
		}
		return nil
	})
	for _, g := range order {
		record := []string{m.List(g.list).Name(), g.year}
		for _, n := range counts[g] {
			record = append(record, strconv.Itoa(n))
		}
		records = append(records, record)
	}
	return records, err
}

// takes reports whether the filters take an appointment.
func (s *study) takes(a *hesop.Appointment, seen map[string]bool) bool {
	if s.attended && !a.Attended().WasSeen() {
		return false
	}
	if s.from != (hesop.Date{}) {
		day, err := hesop.ParseDate([]byte(s.field(a, "apptdate")))
		if err != nil || day.Compare(s.from) < 0 || day.Compare(s.to) > 0 {
			return false
		}
	}
	key := strings.Trim(s.field(a, "attendkey"), " \t\u00a0")
	if !s.once || key == "" {
		return true
	}
	isFirst := !seen[key]
	seen[key] = true
	return isFirst
}

// year returns the financial year of an appointment.
func (s *study) year(a *hesop.Appointment) string {
	day, err := hesop.ParseDate([]byte(s.field(a, "apptdate")))
	year := day.FinancialYear()
	if err != nil {
		year, _ = hesop.ParseFinancialYear([]byte(s.field(a, "fyear")))
	}
	if year < 1989 || year > 2088 {
		return "not known"
	}
	return year.String()
}
