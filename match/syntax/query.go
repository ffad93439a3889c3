package syntax

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist/coding"
)

// query makes the SQL of a question, step by step. Each step is a common table expression that reads the one before it,
// so that the engine numbers the appointments once.
type query struct {
	*question
	engine
	steps []step
	last  string
	carry []string // the columns of the appointment that each step takes along
}

// step is a common table expression.
type step struct{ says, name, query string }

// add adds a step that selects columns beside those that are carried: from the step before it, or as from says.
func (q *query) add(says, name string, columns []string, from string) {
	all := append(append([]string{"v.appointment"}, prefixed("v.", q.carry)...), columns...)
	if from == "" {
		from = q.last + " AS v"
	}
	q.push(says, name, "SELECT "+wrapped(all)+"\nFROM "+from)
	q.last = q.named(name)
}

// compute adds a step that selects columns of the step before it and others that are computed of them.
func (q *query) compute(says, name string, columns, computed []string) {
	from := q.last + " AS v"
	if e, ok := q.engine.(interface{ computed(expressions []string) string }); ok {
		from += e.computed(computed)
		columns = append(columns[:len(columns):len(columns)], aliases(computed)...)
	} else {
		columns = append(columns[:len(columns):len(columns)], computed...)
	}
	q.add(says, name, columns, from)
}

// aliases returns the names of expressions that end with "AS name".
func aliases(expressions []string) []string {
	names := make([]string, len(expressions))
	for i, e := range expressions {
		names[i] = e[strings.LastIndexByte(e, ' ')+1:]
	}
	return prefixed("x.", names)
}

// push adds a step.
func (q *query) push(says, name, text string) {
	q.steps = append(q.steps, step{says, q.named(name), text})
}

// named returns the name of a step: not that of the table of appointments, which the step would hide.
func (q *query) named(step string) string {
	if strings.EqualFold(step, q.table[len(q.table)-1]) {
		return step + "_step"
	}
	return step
}

func prefixed(prefix string, names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = prefix + name
	}
	return all
}

// wrapped joins expressions by commas, in lines that are not too long.
func wrapped(expressions []string) string {
	var b strings.Builder
	line := len("SELECT ") + 2
	for i, e := range expressions {
		if i > 0 {
			b.WriteString(",")
			if line++; line+len(e)+2 > width-2 || strings.Contains(e, "\n") {
				b.WriteString("\n ")
				line = 3
			}
			b.WriteString(" ")
			line++
		}
		b.WriteString(e)
		line += len(e)
	}
	return b.String()
}

// newQuery makes the steps of a question.
func newQuery(q *question, e engine) *query {
	s := &query{question: q, engine: e}
	s.addAppointments()
	s.addFields()
	s.addTexts()
	s.addKeys()
	if q.raw {
		s.addRaw()
	}
	if q.pairs {
		s.addPairs()
	}
	if q.isDivided {
		s.addFives()
	}
	return s
}

// addAppointments makes the first steps: the appointments that are taken, each with a number.
func (q *query) addAppointments() {
	columns := []string{q.rowNumber() + " AS appointment"}
	kept := func(column, as string) {
		columns = append(columns, column+" AS "+as)
		q.carry = append(q.carry, as)
	}
	for i, name := range q.keep {
		kept(q.identifier(name), fmt.Sprintf("keep_%d", i+1))
	}
	if q.what == People {
		kept(q.trim(q.text(q.identifier(q.person))), "person")
	}
	if q.date != "" {
		kept(q.trim(q.day(q.identifier(q.date))), "date_text")
	}
	if q.year != "" {
		kept(q.trim(q.text(q.identifier(q.year))), "fyear")
	}
	if q.seen != "" {
		kept(q.trim(q.text(q.identifier(q.seen))), "attended")
	}
	if q.key != "" {
		kept(q.trim(q.text(q.identifier(q.key))), "once_key")
		kept(q.identifier(q.order), "once_order")
	}
	for i, f := range q.fields {
		kept(q.text(q.identifier(f.name)), fmt.Sprintf("code_%d", i+1))
	}
	q.push("The appointments, numbered: a key may repeat or be absent.", "appointments",
		"SELECT "+wrapped(columns)+"\nFROM "+q.tableName())
	q.last = q.named("appointments")
	if q.date != "" {
		q.addDays()
	}
	q.addFilters()
	q.carry = slices.DeleteFunc(q.carry, func(name string) bool { return !q.goesOn(name) })
}

// goesOn reports whether steps behind the filters take a column of appointments along.
func (q *query) goesOn(name string) bool {
	switch name {
	case "person", "year_begins":
		return true
	case "day":
		return q.what == People
	default:
		return strings.HasPrefix(name, "keep_")
	}
}

func (q *query) tableName() string {
	parts := make([]string, len(q.table))
	for i, part := range q.table {
		parts[i] = q.identifier(part)
	}
	return strings.Join(parts, ".")
}

// addFields adds the steps that make a row of each value.
func (q *query) addFields() {
	q.push("A row for each code column that holds something; one without for an appointment of which none does.",
		"fields", q.unpivot(q))
	q.last = q.named("fields")
	if q.hasSlots() {
		q.push("A concatenated column is one value for each position.", "slots", q.split(q))
		q.last = q.named("slots")
	}
}

// described are the columns that say where a value stands.
var described = []string{"v.system", "v.form", "v.position", "v.cuts", "v.field", "v.value"}

// fieldRow returns what is known of code column i, behind it the expression of its value.
func (q *query) fieldRow(i int) []string {
	f := &q.fields[i]
	return []string{
		q.literal(f.System.String()), q.literal(f.Form.String()), strconv.Itoa(f.Position), strconv.Itoa(f.cuts),
		q.literal(f.name), fmt.Sprintf("v.code_%d", i+1),
	}
}

// addTexts takes off what does not tell codes apart.
func (q *query) addTexts() {
	q.compute("White space around a value and the dots in it say nothing.", "texts", described,
		[]string{"REPLACE(" + q.trim("v.value") + ", '.', '') AS letters"})
	marked := fmt.Sprintf("CASE\n      WHEN v.system = %s AND %s > 4 AND %s IN ('A', 'D', 'a', 'd')\n      THEN %s ELSE v.letters END",
		q.literal(icd10), q.length("v.letters"), q.lastOf("v.letters"), q.withoutLast("v.letters"))
	lettered := append(described[:len(described):len(described)], "v.letters")
	q.compute("A dagger or asterisk mark behind a diagnosis, and dashes at the end, say nothing.", "marks", lettered,
		[]string{q.withoutDashes(marked) + " AS code_text"})
	q.compute("Whether it is a code by the grammar of its system, and whether it is one that stands for a missing code.",
		"grammar", append(lettered, "v.code_text"), []string{
			"CASE WHEN " + q.isCodeOf("v.code_text", "v.system") + "\n    THEN 1 ELSE 0 END AS is_code",
			fmt.Sprintf("CASE WHEN UPPER(%s) = CASE v.system WHEN %s THEN 'R69' ELSE 'X99' END\n    THEN 1 ELSE 0 END AS is_missing",
				q.left("v.code_text", 3), q.literal(icd10)),
		})
}

// isCodeOf is the condition that a text is a code of the system in a column, of those that are asked.
func (q *query) isCodeOf(text, system string) string {
	var conditions []string
	for _, sys := range coding.Systems() {
		if q.reads(sys) {
			conditions = append(conditions, fmt.Sprintf("%s = %s AND %s", system, q.literal(sys.String()),
				q.isCode(text, sys.String())))
		}
	}
	return strings.Join(conditions, "\n    OR ")
}

// reads reports whether columns of a system are read.
func (q *question) reads(sys coding.System) bool {
	for _, f := range q.fields {
		if f.System == sys {
			return true
		}
	}
	return false
}

// addKeys makes the key of each value: its code, and what its field may have cut it to.
func (q *query) addKeys() {
	const text = "v.code_text"
	code := []string{
		"CASE",
		fmt.Sprintf("    WHEN v.is_code = 1 AND %s = 3 AND v.cuts <> 3 THEN UPPER(%s)", q.length(text), q.join(text, "'X'")),
		fmt.Sprintf("    WHEN v.is_code = 1 THEN UPPER(%s)", q.longestKey(text)),
	}
	if q.isMissing { // what a missing value that is no code begins with
		for n := q.longest(); n >= 4; n-- {
			code = append(code, fmt.Sprintf("    WHEN v.is_missing = 1 AND (%s)\n      THEN UPPER(%s)",
				q.isCodeOf(q.left(text, n), "v.system"), q.left(text, n)))
		}
		code = append(code, fmt.Sprintf("    WHEN v.is_missing = 1 THEN UPPER(%s)", q.join(q.left(text, 3), "'"+stub+"'")))
	}
	code = append(code, "  END AS code")
	computed := []string{
		strings.Join(code, "\n"),
		fmt.Sprintf("CASE WHEN v.is_code = 1 AND %s = v.cuts THEN v.cuts ELSE 0 END AS cut", q.length(text)),
		"CASE WHEN v.is_code = 1 AND v.is_missing = 0 THEN 1 ELSE 0 END AS is_coded",
	}
	if q.raw || q.pairs {
		computed = append(computed, q.sameness()...)
	}
	q.compute("The key of a value is its code, four characters or five, and to how many its field may have cut it.",
		"keys", append(described[:3:3], "v.field", "v.value"), computed)
}

// longest returns the characters of the longest keys.
func (q *question) longest() int {
	if q.isDivided {
		return 5
	}
	return 4
}

// longestKey is a code as far as keys go.
func (q *query) longestKey(code string) string {
	if q.isDivided {
		return code
	}
	return q.left(code, q.longest())
}

// sameness returns what tells values of several forms apart: the code, or the text of a missing value that is none;
// and of a raw value what a column of four characters would show of it.
func (q *query) sameness() []string {
	const text = "v.code_text"
	whole := fmt.Sprintf("CASE\n    WHEN v.is_code = 1 AND %s = 3 THEN UPPER(%s)\n"+
		"    WHEN v.is_code = 1 OR v.is_missing = 1 THEN UPPER(%s)\n  END AS same", q.length(text), q.join(text, "'X'"), text)
	if !q.raw {
		return []string{whole}
	}
	first := q.withoutDashes(q.trim(q.left("v.letters", 4)))
	head := fmt.Sprintf("CASE\n    WHEN v.is_code = 1 AND %s = 3 THEN UPPER(%s)\n"+
		"    WHEN v.form <> 'raw' AND (v.is_code = 1 OR v.is_missing = 1) THEN UPPER(%s)\n"+
		"    WHEN v.is_code = 1 THEN UPPER(%s)\n"+
		"    WHEN v.form = 'raw' AND %s = 3 AND (%s)\n      THEN UPPER(%s)\n"+
		"    WHEN v.form = 'raw' THEN UPPER(%s)\n  END AS head",
		q.length(text), q.join(text, "'X'"), text, q.left(text, 4), q.length(first),
		strings.ReplaceAll(q.isCodeOf(first, "v.system"), "\n", "\n    "), q.join(first, "'X'"), first)
	return []string{whole, head}
}

// keyed are the columns behind addKeys.
var keyed = []string{"v.system", "v.form", "v.position", "v.field", "v.value", "v.code", "v.cut", "v.is_coded"}

// over is a sum over the values of an appointment that are alike in some columns.
func over(value, columns string) string {
	return fmt.Sprintf("SUM(CASE WHEN %s THEN 1 ELSE 0 END)\n    OVER (PARTITION BY v.appointment, v.system, %s)", value, columns)
}

// addRaw makes raw values stand for what shorter columns show of them.
func (q *query) addRaw() {
	columns := append(keyed[:len(keyed):len(keyed)], "v.same",
		over("v.form = 'raw'", "v.head")+" AS raw_4", over("v.form = 'raw'", "v.same")+" AS raw_5")
	q.add("How many raw values are the same code, or begin with it.", "raw_values", columns, "")
	q.kept("A raw value stands for the shorter ones.", "whole_values", "v.form = 'raw' OR v.raw_4 = 0 AND v.raw_5 = 0")
}

// kept adds a step that leaves values out. What stands for each of them stays, so that no appointment is lost.
func (q *query) kept(says, name, condition string) {
	q.add(says, name, append(keyed[:len(keyed):len(keyed)], "v.same"), q.last+" AS v\nWHERE v.form IS NULL OR "+condition)
}

// addPairs pairs positional values with concatenated ones, those of one position first.
func (q *query) addPairs() {
	isPositional, isConcatenated := "v.form = 'positional'", "v.form = 'concatenated'"
	columns := append(keyed[:len(keyed):len(keyed)], "v.same",
		over(isPositional, "v.same, v.position")+" AS beside_positional",
		over(isConcatenated, "v.same, v.position")+" AS beside_concatenated")
	q.add("Which positional and concatenated values are the same code at the same position.", "beside", columns, "")
	columns = append(keyed[:len(keyed):len(keyed)], "v.same", "v.beside_positional",
		over(isPositional+" AND v.beside_concatenated = 0", "v.same")+" AS alone_positional",
		strings.TrimSuffix(over(isConcatenated+" AND v.beside_positional = 0", "v.same"), ")")+
			"\n      ORDER BY v.position ROWS UNBOUNDED PRECEDING) AS nth_concatenated")
	q.add("Which of those that are left over are the same code at other positions.", "alone", columns, "")
	q.kept("Of a pair the positional value answers.", "paired", "v.form <> 'concatenated' OR v.same IS NULL\n"+
		"  OR v.beside_positional = 0 AND v.nth_concatenated > v.alone_positional")
}

// addFives cuts codes of five characters to four where no list tells them apart.
func (q *query) addFives() {
	columns := append(keyed[:5:5],
		fmt.Sprintf("CASE WHEN %s = 5 AND d.code IS NULL THEN %s ELSE v.code END AS code", q.length("v.code"),
			q.left("v.code", 4)), "v.cut", "v.is_coded")
	q.push("The subcategories of which some list has codes of five characters.", "divided",
		q.values("d", []string{"code"}, q.divisionRows()))
	from := fmt.Sprintf("%s AS v\nLEFT JOIN %s AS d ON v.system = '%s' AND d.code = %s AND %s = 5", q.last,
		q.named("divided"), icd10, q.left("v.code", 4), q.length("v.code"))
	q.add("Other codes of five characters are looked up by four.", "fives", columns, from)
}

// divisionRows returns the subcategories that are divided, as rows of constants.
func (q *query) divisionRows() []string {
	var rows []string
	last := make(map[string]bool)
	for c := range Codes(q.m) {
		if len(c.Code) == 5 && !last[c.Code[:4]] {
			last[c.Code[:4]] = true
			rows = append(rows, "("+q.literal(c.Code[:4])+")")
		}
	}
	return rows
}

// primaryOnly is a condition for the join, "" if all positions are asked.
func (q *query) primaryOnly() string {
	if !q.isPrimary {
		return ""
	}
	return " AND v.position = 1"
}
