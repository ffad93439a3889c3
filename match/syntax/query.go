package syntax

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist/coding"
)

// query builds the SQL of a question, step by step. Each step is a common table expression that reads the previous
// step, so the engine numbers the appointments only once.
type query struct {
	*question
	engine
	steps []step
	last  string
	carry []string // the columns of the appointment that each step passes on
}

// step is a common table expression.
type step struct {
	says, name, query string
	once              bool // the engine must compute the step only once, to search it by an index
}

// add adds a step that selects the carried columns and the given ones. It selects them from the previous step, or from
// the given FROM clause if that is not empty.
func (q *query) add(says, name string, columns []string, from string) {
	if from == "" {
		from = q.last + " AS v"
	}
	q.push(says, name, "SELECT "+wrapped(q.carried(columns...))+"\nFROM "+from)
	q.last = q.named(name)
}

// carried returns the carried columns of the appointment, followed by the given columns.
func (q *query) carried(columns ...string) []string {
	return append(append([]string{"v.appointment"}, prefixed("v.", q.carry)...), columns...)
}

// compute adds a step that selects columns of the previous step and expressions computed from them.
func (q *query) compute(says, name string, columns, computed []string) {
	beside := q.computed(computed)
	if beside != "" {
		computed = aliases(computed)
	}
	q.add(says, name, append(slices.Clip(columns), computed...), q.last+" AS v"+beside+q.barrier(name))
}

// aliases returns the column x.name for each expression that ends with "AS name".
func aliases(expressions []string) []string {
	names := make([]string, len(expressions))
	for i, e := range expressions {
		names[i] = e[strings.LastIndexByte(e, ' ')+1:]
	}
	return prefixed("x.", names)
}

func (q *query) push(says, name, text string) {
	q.steps = append(q.steps, step{says, q.named(name), text, name == codesName})
}

// named returns the name of a step. It changes a name that would hide the table of appointments.
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

// wrapped joins expressions by commas and breaks long lines after commas.
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

// newQuery returns a query with the steps that all questions share.
func newQuery(q *question, e engine) *query {
	s := &query{question: q.narrow(), engine: e}
	s.addAppointments()
	s.addFields()
	s.addTexts()
	s.addKeys()
	if (q.raw || q.pairs) && (q.what == Hits || q.what == People) {
		s.addListed()
	}
	if q.raw {
		s.addRaw()
	}
	if q.pairs {
		s.addPairs()
	}
	if s.divided != nil {
		s.addFives()
	}
	return s
}

// narrow returns the question with a table of codes that is about half as long. A truncation to four characters matters
// only in the subcategories that some list divides, so narrow treats all other values of four characters as whole.
func (q *question) narrow() *question {
	n := *q
	n.divided = divisions(q.m)
	if len(n.divided) == 0 || !q.reads(coding.ICD10) {
		n.divided = nil
		n.fields = slices.Clone(q.fields)
		for i := range n.fields {
			if n.fields[i].cuts == 4 {
				n.fields[i].cuts = 0
			}
		}
	}
	n.codes = slices.DeleteFunc(slices.Clone(q.codes), func(c Code) bool { return c.Cut == 4 && !n.divided[c.Code] })
	return &n
}

// addAppointments adds the first steps: the appointments that the filters keep, each with a number.
func (q *query) addAppointments() {
	columns := []string{q.rowNumber() + " AS appointment"}
	kept := func(column, as string) {
		columns = append(columns, column+" AS "+as)
		q.carry = append(q.carry, as)
	}
	for i, name := range q.keep {
		kept(q.identifier(name), fmt.Sprintf("keep_%d", i+1))
	}
	var padded []string
	keptText := func(text, as string) {
		kept(text, as)
		padded = append(padded, as)
	}
	if q.what == People {
		keptText(q.text(q.identifier(q.person)), "person")
	}
	if q.date != "" {
		keptText(q.day(q.identifier(q.date)), "date_text")
	}
	if q.year != "" {
		keptText(q.text(q.identifier(q.year)), "fyear")
	}
	if q.seen != "" {
		keptText(q.text(q.identifier(q.seen)), "attended")
	}
	if q.key != "" {
		keptText(q.text(q.identifier(q.key)), "once_key")
		keptText(q.moment(q.identifier(q.order)), "once_order")
	}
	for i, f := range q.fields {
		kept(q.text(q.identifier(f.name)), fmt.Sprintf("code_%d", i+1))
	}
	q.push("The appointments, numbered because a key may repeat or be absent.", "appointments",
		"SELECT "+wrapped(columns)+"\nFROM "+q.tableName())
	q.last = q.named("appointments")
	q.addTrimmed(padded)
	if q.date != "" {
		q.addDays()
	}
	q.addFilters()
	q.carry = slices.DeleteFunc(q.carry, func(name string) bool { return !q.goesOn(name) })
}

// addTrimmed adds a step that trims white space from columns of the appointments.
func (q *query) addTrimmed(padded []string) {
	if len(padded) == 0 {
		return
	}
	trimmed := make([]string, len(padded))
	for i, name := range padded {
		trimmed[i] = q.trim("v."+name) + " AS " + name
	}
	q.carry = slices.DeleteFunc(q.carry, func(name string) bool { return slices.Contains(padded, name) })
	q.compute("Remove white space around these columns.", "trimmed", nil, trimmed)
	q.carry = append(q.carry, padded...)
}

// goesOn reports whether the steps after the filters carry the named column of the appointments.
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

// addFields adds the steps that turn each value into a row.
func (q *query) addFields() {
	q.push("A row for each code column that is not empty. An appointment without any keeps one row without a value.",
		"fields", q.unpivot(q))
	q.last = q.named("fields")
	if q.hasSlots() {
		q.push("Split a concatenated column into one value for each position.", "slots", q.split(q))
		q.last = q.named("slots")
	}
}

// described lists the columns that describe a value and the field that holds it.
var described = []string{"v.system", "v.form", "v.position", "v.cuts", "v.field", "v.value"}

// fieldRow returns the properties of code column i, followed by the expression for its value.
func (q *query) fieldRow(i int) []string {
	f := &q.fields[i]
	return []string{
		q.literal(f.System.String()), q.literal(f.Form.String()), strconv.Itoa(f.Position), strconv.Itoa(f.cuts),
		q.literal(f.name), fmt.Sprintf("v.code_%d", i+1),
	}
}

// addTexts adds the steps that remove characters that do not distinguish codes, and the steps that apply the grammar.
func (q *query) addTexts() {
	q.compute("Remove white space around a value and the dots in it.", "texts", described,
		[]string{"REPLACE(" + q.trim("v.value") + ", '.', '') AS letters"})
	marked := fmt.Sprintf("CASE\n      WHEN v.system = %s AND %s > 4 AND %s IN ('A', 'D', 'a', 'd')\n"+
		"      THEN %s ELSE v.letters END",
		q.literal(coding.ICD10.String()), q.length("v.letters"), q.lastOf("v.letters"), q.withoutLast("v.letters"))
	computed := []string{marked + " AS unmarked"}
	if q.raw { // what a column of four characters would hold
		computed = append(computed, q.trim(q.left("v.letters", 4))+" AS letters_4")
	}
	q.compute("Remove a dagger or asterisk mark after a diagnosis.", "unmarked_texts", described, computed)
	computed = []string{q.withoutDashes("v.unmarked") + " AS code_text"}
	if q.raw {
		computed = append(computed, q.withoutDashes("v.letters_4")+" AS text_4")
	}
	q.compute("Remove dashes at the end.", "code_texts", described, computed)
	columns := append(slices.Clip(described), "v.code_text")
	computed = []string{
		"CASE WHEN " + q.isCodeOf("v.code_text", "v.system") + "\n    THEN 1 ELSE 0 END AS is_code",
		fmt.Sprintf("CASE WHEN UPPER(%s) = CASE v.system WHEN %s THEN '%v' ELSE '%v' END\n"+
			"    THEN 1 ELSE 0 END AS is_missing", q.left("v.code_text", 3), q.literal(coding.ICD10.String()),
			coding.ICD10.Missing(), coding.OPCS4.Missing()),
	}
	if q.raw {
		columns = append(columns, "v.text_4")
		computed = append(computed, fmt.Sprintf("CASE WHEN %s = 3\n    AND (%s)\n"+
			"    THEN 1 ELSE 0 END AS is_category_4", q.length("v.text_4"), q.isCodeOf("v.text_4", "v.system")))
	}
	q.compute("Whether the value is a code by the grammar of its system, and whether it stands for "+
		"a missing code.", "grammar", columns, computed)
}

// isCodeOf returns the condition that a text is a code. The argument system is the column that names the coding system.
// The condition covers only systems that the question reads.
func (q *query) isCodeOf(text, system string) string {
	var conditions []string
	for _, sys := range coding.Systems() {
		if q.reads(sys) {
			conditions = append(conditions, fmt.Sprintf("%s = %s AND %s", system, q.literal(sys.String()),
				q.isCode(text, sys)))
		}
	}
	return strings.Join(conditions, "\n    OR ")
}

// reads reports whether the script reads columns of a system.
func (q *question) reads(sys coding.System) bool {
	return slices.ContainsFunc(q.fields, func(f field) bool { return f.System == sys })
}

// addKeys adds the key of each value: its code, and the length to which its field may have truncated it.
func (q *query) addKeys() {
	const text = "v.code_text"
	code := []string{
		"CASE",
		fmt.Sprintf("    WHEN v.is_code = 1 AND %s = 3 AND v.cuts <> 3 THEN UPPER(%s)",
			q.length(text), q.join(text, "'X'")),
		fmt.Sprintf("    WHEN v.is_code = 1 THEN UPPER(%s)", q.left(text, q.longest())),
	}
	if q.isMissing { // the longest code at the start of a missing value that is not a code
		for n := q.longest(); n >= 4; n-- {
			code = append(code, fmt.Sprintf("    WHEN v.is_missing = 1\n      AND (%s)\n      THEN UPPER(%s)",
				q.isCodeOf(q.left(text, n), "v.system"), q.left(text, n)))
		}
		code = append(code, fmt.Sprintf("    WHEN v.is_missing = 1 THEN UPPER(%s)",
			q.join(q.left(text, 3), "'"+stub+"'")))
	}
	code = append(code, "  END")
	computed := []string{
		q.keyText(strings.Join(code, "\n")) + " AS code",
		fmt.Sprintf("CASE WHEN v.is_code = 1 AND %s = v.cuts THEN v.cuts ELSE 0 END AS cut", q.length(text)),
		"CASE WHEN v.is_code = 1 AND v.is_missing = 0 THEN 1 ELSE 0 END AS is_coded",
	}
	if q.raw || q.pairs {
		computed = append(computed, q.sameness()...)
	}
	q.compute("The key of a value: its code, of four or five characters, and the length to which its field may have "+
		"truncated it.",
		"keys", append(described[:3:3], "v.field", "v.value"), computed)
}

// longest returns the length of the longest keys: four if no list distinguishes codes of five characters, five
// otherwise.
func (q *question) longest() int {
	if q.divided == nil {
		return 4
	}
	return 5
}

// addListed adds the steps that drop values whose category no list has. The later steps then compare fewer values with
// each other.
func (q *query) addListed() {
	var rows []string
	listed := make(map[string]bool)
	for _, c := range q.codes {
		row := fmt.Sprintf("(%s, %s)", q.literal(c.System.String()), q.literal(c.Code[:3]))
		if !listed[row] {
			listed[row] = true
			rows = append(rows, row)
		}
	}
	q.push("The categories in which some list has codes.", "categories",
		q.values("g", []string{"system", "category"}, rows))
	columns, same := append(slices.Clip(keyed), "v.same"), "v.same"
	if q.raw {
		columns, same = append(columns, "v.head"), "v.head"
	}
	q.add("Values of other categories match nothing.", "listed", columns, fmt.Sprintf(
		"%s AS v\nINNER JOIN %s AS g ON g.system = v.system AND g.category = %s",
		q.last, q.named("categories"), q.left(same, 3),
	))
}

// addFives adds the steps that shorten keys where no list distinguishes codes of five characters. They shorten a key of
// five characters to four, and treat a truncated key of four as whole.
func (q *query) addFives() {
	columns := append(keyed[:5:5],
		fmt.Sprintf("CASE WHEN %s = 5 AND d.code IS NULL THEN %s ELSE v.code END AS code", q.length("v.code"),
			q.left("v.code", 4)), "CASE WHEN v.cut = 4 AND d.code IS NULL THEN 0 ELSE v.cut END AS cut", "v.is_coded")
	q.push("The subcategories in which some list has codes of five characters.", "divided",
		q.values("d", []string{"code"}, q.divisionRows()))
	q.add("Look up other codes of five characters by four, and other codes of four as whole.", "fives", columns,
		fmt.Sprintf("%s AS v\nLEFT JOIN %s AS d ON v.system = '%v' AND d.code = %s", q.last, q.named("divided"),
			coding.ICD10, q.left("v.code", 4))+q.barrier("fives"))
}

// divisionRows returns the divided subcategories as rows of constants.
func (q *query) divisionRows() []string {
	rows := make([]string, 0, len(q.divided))
	for _, code := range slices.Sorted(maps.Keys(q.divided)) {
		rows = append(rows, "("+q.literal(code)+")")
	}
	return rows
}

// primaryOnly returns the condition that limits the join to the first position, or "" if all positions count.
func (q *query) primaryOnly() string {
	if !q.isPrimary {
		return ""
	}
	return " AND v.position = 1"
}
