package syntax

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
)

// joined returns the FROM clause that looks values up in the table of codes.
func (q *query) joined(join, condition string) string {
	table := q.named(codesName)
	if q.place != Inline {
		table = q.temporaryName(table)
	}
	beside := q.beside(q)
	if beside != "" {
		join = strings.Replace(join, "INNER", "CROSS", 1) // keeps SQLite from reordering the tables
	}
	return fmt.Sprintf("%s AS v%s\n%s JOIN %s AS c ON c.system = v.system AND c.cut = v.cut AND c.code = v.code%s%s",
		q.last, beside, join, table, q.primaryOnly(), condition)
}

// grouped returns the clause that gathers the rows of each appointment.
func (q *query) grouped() string {
	return "\nGROUP BY " + strings.Join(q.carried(), ", ")
}

// final adds the steps of the question and returns the query that reads the last step.
func (q *query) final() string {
	switch q.what {
	case Hits:
		return q.hits()
	case People:
		return q.people()
	case Counts:
		return q.counts()
	default:
		return q.flags()
	}
}

// addAnswers adds the step with one row for each appointment, which records what each list found.
func (q *query) addAnswers() {
	largest := func(condition, as string) string {
		return fmt.Sprintf("MAX(CASE WHEN %s THEN 1 ELSE 0 END) AS %s", condition, as)
	}
	var columns []string
	for _, sys := range coding.Systems() {
		columns = append(columns, largest("v.is_coded = 1 AND v.system = "+q.literal(sys.String()), codedName(sys)))
	}
	for i, l := range q.lists {
		columns = append(columns, largest(fmt.Sprintf("c.list = %d AND c.state = 'match'", i+1),
			fmt.Sprintf("match_%d", i+1)))
		if l.open {
			columns = append(columns, largest(fmt.Sprintf("c.list = %d AND c.state = 'open'", i+1),
				fmt.Sprintf("open_%d", i+1)))
		}
		if l.cut && q.what == Counts {
			columns = append(columns, largest(fmt.Sprintf("c.list = %d AND c.state IN ('open', 'undecided')", i+1),
				fmt.Sprintf("undecided_%d", i+1)))
		}
	}
	found := q.joined("LEFT", "")
	q.push("One row for each appointment again: whether it is coded, and what each list found in it.", "answers",
		"SELECT"+q.broadcast()+" "+wrapped(q.carried(columns...))+"\nFROM "+found+q.grouped())
	q.last = q.named("answers")
}

func codedName(sys coding.System) string {
	if sys == coding.ICD10 {
		return "coded_icd10"
	}
	return "coded_opcs4"
}

// answer returns the expression for the answer of list i: 1, 0 or NULL.
func (q *query) answer(i int) string {
	l := &q.lists[i]
	var needs []string
	for _, sys := range l.needs {
		needs = append(needs, "v."+codedName(sys)+" = 1")
	}
	if l.open {
		needs = append(needs, fmt.Sprintf("v.open_%d = 0", i+1))
	}
	space := " "
	if len(needs) > 2 {
		space = "\n    "
	}
	return fmt.Sprintf("CASE WHEN v.match_%d = 1 THEN 1%sWHEN %s THEN 0 END", i+1, space, strings.Join(needs, " AND "))
}

func (q *query) keepColumns() []string {
	var columns []string
	for i, name := range q.keep {
		columns = append(columns, fmt.Sprintf("v.keep_%d AS %s", i+1, q.identifier(name)))
	}
	return columns
}

func (q *query) flags() string {
	q.addCodes(q.place)
	q.addAnswers()
	columns := q.keepColumns()
	for i, l := range q.lists {
		columns = append(columns, q.answer(i)+" AS "+q.identifier(l.name))
	}
	return "SELECT " + wrapped(columns) + "\nFROM " + q.last + " AS v"
}

// hitColumns lists the columns of Hits that follow the columns of Keep.
var hitColumns = []string{"list", "system", "position", "column", "value", "entry"}

func (q *query) hits() string {
	q.addCodes(q.place)
	columns := q.keepColumns()
	for i, of := range []string{"l.name", "v.system", "v.position", "v.field", "v.value", "c.entry"} {
		columns = append(columns, of+" AS "+q.identifier(hitColumns[i]))
	}
	return "SELECT" + q.broadcast() + " " + wrapped(columns) +
		"\nFROM " + q.joined("INNER", "\n  AND c.state = 'match'") +
		"\nINNER JOIN " + q.named("lists") + " AS l ON l.list = c.list"
}

// noPersons lists the texts that programs write where there is no person, in lower case, as in package cohort.
var noPersons = []string{"-", ".", "&", "na", "n/a", "nan", "<na>", "null", "none"}

func (q *query) people() string {
	q.addCodes(q.place)
	unknown := "LOWER(v.person) NOT IN ('" + strings.Join(noPersons, "', '") + "')"
	q.push("The appointments that match each list and have a person and a day.", "found",
		"SELECT"+q.broadcast()+" v.appointment, v.person, v.day, c.list"+
			"\nFROM "+q.joined("INNER", "\n  AND c.state = 'match'")+
			"\nWHERE v.person <> '' AND v.day IS NOT NULL\n  AND "+unknown+
			"\nGROUP BY v.appointment, v.person, v.day, c.list")
	columns := []string{
		"v.person AS " + q.identifier("person"), "l.name AS " + q.identifier("list"),
		"MIN(v.day) AS " + q.identifier("first"), "MAX(v.day) AS " + q.identifier("last"),
		"COUNT(*) AS " + q.identifier("appointments"), "COUNT(DISTINCT v.day) AS " + q.identifier("dates"),
	}
	having := ""
	if q.least > 1 {
		having = fmt.Sprintf("\nHAVING COUNT(*) >= %d", q.least)
	}
	return "SELECT " + wrapped(columns) + "\nFROM " + q.named("found") + " AS v" +
		"\nINNER JOIN " + q.named("lists") + " AS l ON l.list = v.list" +
		"\nGROUP BY v.person, v.list, l.name" + having + "\nORDER BY v.person, v.list"
}

// countsOf lists the starts of the names of a list's columns in the query of Counts. The number of the list follows
// each start.
var countsOf = []string{"match_", "no_match_", "unknown_", "undecided_"}

// counts returns the query of Counts. It first makes one row for each year, with columns for every list. It then turns
// these few rows into one row for each list and year.
func (q *query) counts() string {
	q.addCodes(q.place)
	q.addAnswers()
	begins := q.text("v.year_begins")
	columns := []string{fmt.Sprintf("CASE WHEN v.year_begins BETWEEN 1989 AND 2088\n"+
		"    THEN %s\n    ELSE 'not known' END AS year",
		q.join(begins, "'-'\n      ", q.slice(q.text("v.year_begins + 1"), 3, 2)))}
	for i, l := range q.lists {
		columns = append(columns, q.answer(i)+fmt.Sprintf(" AS answer_%d", i+1))
		if l.cut {
			columns = append(columns, fmt.Sprintf("v.undecided_%d", i+1))
		}
	}
	q.push("The answers for each appointment, and its year.", "each_one",
		"SELECT "+wrapped(columns)+"\nFROM "+q.last+" AS v")
	q.push("One row for each year.", "by_year",
		"SELECT "+wrapped(q.sums())+"\nFROM "+q.named("each_one")+" AS v\nGROUP BY v.year")
	columns = []string{
		"l.name AS " + q.identifier("list"), "v.year AS " + q.identifier("year"),
		"v.appointments AS " + q.identifier("appointments"),
	}
	for _, count := range countsOf {
		var b strings.Builder
		for i, l := range q.lists {
			if count != "undecided_" || l.cut {
				fmt.Fprintf(&b, " WHEN %d THEN v.%s%d", i+1, count, i+1)
			}
		}
		if b.Len() == 0 {
			b.WriteString(" WHEN 0 THEN 0") // no list has open or undecided rows
		}
		name := q.identifier(strings.TrimSuffix(count, "_"))
		columns = append(columns, broken("CASE l.list"+b.String()+" ELSE 0 END AS "+name))
	}
	return "SELECT " + wrapped(columns) + "\nFROM " + q.named("by_year") + " AS v\nCROSS JOIN " + q.named("lists") +
		" AS l\nORDER BY l.list, v.year"
}

// sums returns the columns of the step by_year.
func (q *query) sums() []string {
	columns := []string{"v.year", "COUNT(*) AS appointments"}
	for i, l := range q.lists {
		conditions := []string{
			fmt.Sprintf("v.answer_%d = 1", i+1), fmt.Sprintf("v.answer_%d = 0", i+1),
			fmt.Sprintf("v.answer_%d IS NULL", i+1), fmt.Sprintf("v.undecided_%d = 1", i+1),
		}
		if !l.cut {
			conditions = conditions[:3]
		}
		for j, condition := range conditions {
			columns = append(columns, fmt.Sprintf("SUM(CASE WHEN %s THEN 1 ELSE 0 END) AS %s%d",
				condition, countsOf[j], i+1))
		}
	}
	return columns
}

// broken breaks an expression at spaces into lines that fit. The expression must not contain text literals.
func broken(expression string) string { return strings.Join(folded(expression, width-4), "\n  ") }
