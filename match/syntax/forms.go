package syntax

import (
	"fmt"
	"slices"
	"strings"
)

// sameness returns the columns that identify equal values of several field forms. The first column, named "same", holds
// the code, or the text of a missing value that is not a code. The second, named "head", differs only for raw values:
// it holds a raw value as a column of four characters would hold it.
func (q *query) sameness() []string {
	const text = "v.code_text"
	whole := fmt.Sprintf("CASE\n    WHEN v.is_code = 1 AND %s = 3 THEN UPPER(%s)\n"+
		"    WHEN v.is_code = 1 OR v.is_missing = 1 THEN UPPER(%s)\n  END AS same",
		q.length(text), q.join(text, "'X'"), text)
	if !q.raw {
		return []string{whole}
	}
	head := fmt.Sprintf("CASE\n    WHEN v.is_code = 1 AND %s = 3 THEN UPPER(%s)\n"+
		"    WHEN v.form <> 'raw' AND (v.is_code = 1 OR v.is_missing = 1) THEN UPPER(%s)\n"+
		"    WHEN v.is_code = 1 THEN UPPER(%s)\n    WHEN v.form = 'raw' AND v.is_category_4 = 1 THEN UPPER(%s)\n"+
		"    WHEN v.form = 'raw' THEN UPPER(v.text_4)\n  END AS head",
		q.length(text), q.join(text, "'X'"), text, q.left(text, 4), q.join("v.text_4", "'X'"))
	return []string{whole, head}
}

// keyed lists the columns from addKeys that later steps need.
var keyed = []string{"v.system", "v.form", "v.position", "v.field", "v.value", "v.code", "v.cut", "v.is_coded"}

// over returns the expression that counts values that meet a condition. It counts them among the values of the same
// appointment and system that are equal in the given columns.
func over(value, columns string) string {
	return fmt.Sprintf("SUM(CASE WHEN %s THEN 1 ELSE 0 END)\n    OVER (PARTITION BY v.appointment, v.system, %s)",
		value, columns)
}

// addRaw adds the steps that drop a positional or concatenated value if a raw value of the appointment is the same code
// or starts with that value.
func (q *query) addRaw() {
	columns := append(slices.Clip(keyed), "v.same",
		over("v.form = 'raw'", "v.head")+" AS raw_4", over("v.form = 'raw'", "v.same")+" AS raw_5")
	q.add("How many raw values of the appointment are the same code, or start with it.", "raw_values", columns, "")
	q.kept("A raw value replaces values of other forms that are the same code, or its start.", "whole_values",
		"v.form = 'raw' OR v.raw_4 = 0 AND v.raw_5 = 0")
}

// kept adds a step that keeps the values that meet a condition. The step also keeps the rows without a value, so that
// an appointment without codes is not lost.
func (q *query) kept(says, name, condition string) {
	q.add(says, name, append(slices.Clip(keyed), "v.same"),
		q.last+" AS v\nWHERE v.form IS NULL OR "+condition)
}

// addPairs adds the steps that pair each positional value with a concatenated value that is the same code. Values at
// the same position are paired first.
func (q *query) addPairs() {
	isPositional, isConcatenated := "v.form = 'positional'", "v.form = 'concatenated'"
	columns := append(slices.Clip(keyed), "v.same",
		over(isPositional, "v.same, v.position")+" AS beside_positional",
		over(isConcatenated, "v.same, v.position")+" AS beside_concatenated")
	q.add("Which positional and concatenated values are the same code at the same position.", "beside", columns, "")
	columns = append(slices.Clip(keyed), "v.same", "v.beside_positional",
		over(isPositional+" AND v.beside_concatenated = 0", "v.same")+" AS alone_positional",
		strings.TrimSuffix(over(isConcatenated+" AND v.beside_positional = 0", "v.same"), ")")+
			"\n      ORDER BY v.position ROWS UNBOUNDED PRECEDING) AS nth_concatenated")
	q.add("Which of the remaining values are the same code at other positions.", "alone", columns, "")
	q.kept("The positional value of a pair answers for both.", "paired", "v.form <> 'concatenated' OR v.same IS NULL\n"+
		"  OR v.beside_positional = 0 AND v.nth_concatenated > v.alone_positional")
}
