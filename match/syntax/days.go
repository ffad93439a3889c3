package syntax

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// dateForms lists the forms of a date that a script reads. The numbers are the positions of the first characters of the
// year, month and day, counted from 1. Package hesop also reads days and months of one digit and the dates of Stata and
// SAS.
var dateForms = []struct {
	pattern          string
	year, month, day int
}{
	{"####-##-##", 1, 6, 9},
	{"####/##/##", 1, 6, 9},
	{"########", 1, 5, 7},
	{"##/##/####", 7, 4, 1},
	{"##-##-####", 7, 4, 1},
}

// noDays lists the days that stand for a missing date, as in hesop.ParseDate.
var noDays = []string{"1800-01-01", "1801-01-01", "1600-01-01", "1582-10-15"}

// addDays adds the steps that read the column of dates.
func (q *query) addDays() {
	t := "v.date_text"
	var b strings.Builder
	b.WriteString("CASE")
	for _, form := range dateForms {
		n := len(form.pattern)
		year, month, day := q.slice(t, form.year, 4), q.slice(t, form.month, 2), q.slice(t, form.day, 2)
		fmt.Fprintf(&b, "\n    WHEN %s\n      AND %s IN ('', ' ', 'T', ':')\n      THEN %s",
			q.isLike(q.left(t, n), form.pattern), q.slice(t, n+1, 1), q.join(year, "'-'", month, "'-'", day))
	}
	b.WriteString("\n  END AS iso")
	q.replaceCarried("date_text", b.String(), "iso", "dates",
		"The day as 2019-05-08, from "+dayForms()+", with or without a time.")
	year, month, day := q.slice("v.iso", 1, 4), q.slice("v.iso", 6, 2), q.slice("v.iso", 9, 2)
	number := q.number(year)
	longest := fmt.Sprintf("CASE\n      WHEN %s IN ('04', '06', '09', '11') THEN '30'\n"+
		"      WHEN %s <> '02' THEN '31'\n"+
		"      WHEN %s %% 4 = 0\n        AND (%s %% 100 <> 0\n          OR %s %% 400 = 0) THEN '29'\n"+
		"      ELSE '28' END", month, month, number, number, number)
	valid := fmt.Sprintf("CASE WHEN %s BETWEEN '01' AND '12' AND %s BETWEEN '01' AND %s\n"+
		"    AND v.iso NOT IN ('%s')\n    THEN v.iso END AS day", month, day, longest, strings.Join(noDays, "', '"))
	q.replaceCarried("iso", valid, "day", "days",
		"Only valid days, without those that stand for a missing date.")
	if q.what == Counts {
		q.addYears()
	}
}

func dayForms() string {
	var forms []string
	for _, form := range dateForms {
		forms = append(forms, form.pattern)
	}
	return strings.Join(forms, ", ")
}

// replaceCarried adds a step that replaces a column of the appointment with an expression computed from it.
func (q *query) replaceCarried(old, expression, name, stepName, says string) {
	at := slices.Index(q.carry, old)
	others := slices.Delete(slices.Clone(q.carry), at, at+1)
	q.carry = others
	q.compute(says, stepName, nil, []string{expression})
	q.carry = append(others, name)
}

// addYears adds the steps that find the financial year. The year comes from the day or, if there is no day, from the
// column fyear.
func (q *query) addYears() {
	begins := fmt.Sprintf("CASE\n    WHEN v.day IS NOT NULL\n      THEN %s - CASE WHEN %s < '04' THEN 1 ELSE 0 END",
		q.number(q.slice("v.day", 1, 4)), q.slice("v.day", 6, 2))
	if q.year != "" {
		t := "v.fyear"
		years := fmt.Sprintf("CASE\n    WHEN %s OR %s\n      THEN %s\n    WHEN %s OR %s\n      THEN %s\n  END AS years",
			q.isLike(t, "####"), q.isLike(t, "####.0"), q.left(t, 4),
			q.isLike(t, "###"), q.isLike(t, "###.0"), q.join("'0'", q.left(t, 3)))
		q.replaceCarried("fyear", years, "years", "two_years", "The two years of fyear, as four digits.")
		first, second := q.number(q.left("v.years", 2)), q.number(q.slice("v.years", 3, 2))
		begins += fmt.Sprintf("\n    WHEN %s = (%s + 1) %% 100\n      THEN %s\n"+
			"        + CASE WHEN %s >= 89 THEN 1900 ELSE 2000 END", second, first, first, first)
	}
	q.compute("The financial year, April to March, by the calendar year in which it begins.", "years", nil,
		[]string{begins + "\n  END AS year_begins"})
	q.carry = append(q.carry, "year_begins")
}

// addFilters adds the steps that drop the appointments that the options exclude.
func (q *query) addFilters() {
	var conditions []string
	if q.seen != "" {
		conditions = append(conditions, "v.attended IN ('5', '05', '5.0', '6', '06', '6.0')")
	}
	if q.from != (hesop.Date{}) {
		conditions = append(conditions, "v.day >= "+q.literal(q.from.String()))
	}
	if q.to != (hesop.Date{}) {
		conditions = append(conditions, "v.day <= "+q.literal(q.to.String()))
	}
	if len(conditions) > 0 {
		q.add("Only the appointments that the filters keep.", "taken", nil,
			q.last+" AS v\nWHERE "+strings.Join(conditions, "\n  AND "))
	}
	if q.key == "" {
		return
	}
	nth := fmt.Sprintf("CASE WHEN v.once_key <> '' THEN ROW_NUMBER() OVER (\n      PARTITION BY v.once_key\n"+
		"      ORDER BY CASE WHEN v.once_order <> '' THEN 0 ELSE 1 END, %s, %s)\n    ELSE 1 END AS nth",
		q.length("v.once_order"), q.bytewise("v.once_order"))
	q.add("The appointments of each key in order. Shorter values come first, to sort numbers and days; empty "+
		"ones come last.",
		"ordered", []string{nth}, "")
	q.add("Only the first appointment of each key, and every appointment without a key.", "first_ones", nil,
		q.last+" AS v\nWHERE v.nth = 1")
}
