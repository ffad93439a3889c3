package hesoptest

// rule limits a range of codes to some people and times. A field that is zero sets no limit.
type rule struct {
	first, last string // each compared with the same number of leading characters of the code
	sex         string // "1" male, "2" female
	least, most int    // age in whole years
	from, until int    // financial years
}

// circumstance describes the person and the time for which a code is drawn.
type circumstance struct {
	sex       string
	age, year int
}

// diagnosisRules keep ICD-10 codes from people who cannot have them. I48 has fourth characters from the 5th edition on.
var diagnosisRules = []rule{
	{first: "C51", last: "C58", sex: "2"},
	{first: "C60", last: "C63", sex: "1"},
	{first: "C61", last: "C61", least: 40},
	{first: "D25", last: "D28", sex: "2"},
	{first: "F00", last: "F03", least: 40},
	{first: "G20", last: "G20", least: 30},
	{first: "H25", last: "H25", least: 40},
	{first: "I20", last: "I25", least: 25},
	{first: "I48X", last: "I48X", until: 2015},
	{first: "I480", last: "I489", from: 2016},
	{first: "L70", last: "L70", least: 10},
	{first: "M15", last: "M19", least: 25},
	{first: "N40", last: "N51", sex: "1"},
	{first: "N40", last: "N40", least: 40},
	{first: "N70", last: "N98", sex: "2", least: 10},
	{first: "O00", last: "O99", sex: "2", least: 13, most: 55},
	{first: "P00", last: "P96", most: 2},
	{first: "R54", last: "R54", least: 65},
	{first: "Z30", last: "Z39", sex: "2", least: 13, most: 55},
}

// procedureRules are the rules for OPCS-4 codes. Version 4.3 introduced assessments, diagnostic imaging and the
// delivery of chemotherapy in April 2006.
var procedureRules = []rule{
	{first: "M61", last: "M70", sex: "1"},
	{first: "N01", last: "N34", sex: "1"},
	{first: "P01", last: "Q56", sex: "2"},
	{first: "R01", last: "R43", sex: "2", least: 13, most: 55},
	{first: "U01", last: "U99", from: 2006},
	{first: "X60", last: "X62", from: 2006},
	{first: "X70", last: "X74", from: 2006},
}

// allow reports whether the rules allow a code in a circumstance.
func allow(rules []rule, code string, c circumstance) bool {
	for _, r := range rules {
		if len(code) < len(r.first) || code[:len(r.first)] < r.first || code[:len(r.last)] > r.last {
			continue
		}
		if r.sex == "1" && c.sex == "2" || r.sex == "2" && c.sex == "1" || c.age < r.least ||
			r.most > 0 && c.age > r.most ||
			c.year < r.from || r.until > 0 && c.year > r.until {
			return false
		}
	}
	return true
}
