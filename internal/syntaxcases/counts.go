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

// counts tallies the answers by list and year, one appointment at a time.
func (s *study) counts(m *match.Matcher, text []byte) ([][]string, error) {
	records := [][]string{{"list", "year", "appointments", "match", "no_match", "unknown", "undecided"}}
	counts, order := make(map[group]*[5]int), []group(nil)
	first, err := s.firstOnes(m, text)
	if err != nil {
		return nil, err
	}
	err = s.each(m, text, func(a *hesop.Appointment, res *match.Result) error {
		if key := s.key(a); !s.takes(a) || s.once && key != "" && first[key] != s.version(a) {
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

// takes reports whether the filters keep an appointment.
func (s *study) takes(a *hesop.Appointment) bool {
	if s.attended && !a.Attended().WasSeen() {
		return false
	}
	if s.from != (hesop.Date{}) {
		day, err := hesop.ParseDate([]byte(s.field(a, "apptdate")))
		if err != nil || day.Compare(s.from) < 0 || day.Compare(s.to) > 0 {
			return false
		}
	}
	return true
}

func (s *study) key(a *hesop.Appointment) string {
	return strings.Trim(s.field(a, "attendkey"), " \t\u00a0")
}

func (s *study) version(a *hesop.Appointment) int {
	n, err := strconv.Atoi(s.field(a, "version"))
	if err != nil {
		panic(err)
	}
	return n
}

// firstOnes returns, for each key, the lowest version among the appointments that the filters keep.
func (s *study) firstOnes(m *match.Matcher, text []byte) (map[string]int, error) {
	first := make(map[string]int)
	err := s.each(m, text, func(a *hesop.Appointment, _ *match.Result) error {
		if before, again := first[s.key(a)]; s.takes(a) && (!again || s.version(a) < before) {
			first[s.key(a)] = s.version(a)
		}
		return nil
	})
	return first, err
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
