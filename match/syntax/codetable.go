package syntax

import (
	"fmt"
	"strconv"
	"strings"
)

// codesName is the name of the table of codes.
const codesName = "codes"

// codeColumns returns the columns of the table of codes in a script, and their types. A script numbers lists from 1.
func (q *question) codeColumns() (columns, types []string) {
	columns, types = []string{"list", "system", "cut", "code", "state"}, []string{"int", "text", "int", "text", "text"}
	if q.what == Hits {
		columns, types = append(columns, "entry"), append(types, "text")
	}
	return columns, types
}

// codeTable returns the query that builds the table of codes. Each row of its constants holds codes with the same
// values in the other columns.
func (q *query) codeTable() string {
	columns, _ := q.codeColumns()
	word, from := q.words()
	selected, constants := make([]string, len(columns)), make([]string, 0, len(columns))
	for i, column := range columns {
		selected[i] = "t." + column
		if column == "code" {
			selected[i] = word
			continue
		}
		constants = append(constants, column)
	}
	table := fmt.Sprintf("SELECT %s\nFROM (\n%s\n) AS t", wrapped(selected),
		indented(q.values("t", append(constants, "codes"), q.codeRows())))
	if from != "" {
		table += "\n" + from
	}
	return table
}

// codeRows returns the rows of constants. Consecutive codes with the same values in the other columns share a row. A
// row holds as many codes as fit on a line.
func (q *query) codeRows() (rows []string) {
	var start string // the first part of the current row, which all codes of the row share
	var codes []string
	length := 0
	end := func() {
		if len(codes) > 0 {
			rows = append(rows, start+q.literal(strings.Join(codes, " "))+")")
		}
		codes = codes[:0]
	}
	for _, c := range q.codes {
		values := []string{
			strconv.Itoa(c.List + 1), q.literal(c.System.String()), strconv.Itoa(c.Cut), q.literal(string(c.State)),
		}
		if q.what == Hits {
			values = append(values, q.literal(q.entryText(c)))
		}
		same := "(" + strings.Join(values, ", ") + ", "
		if same != start || len(codes) > 0 && length+len(c.Code) > width-8 {
			end()
			start = same
		}
		if len(codes) == 0 {
			length = len(start) + len("''),")
		}
		codes = append(codes, c.Code)
		length += len(c.Code) + 1
	}
	end()
	return rows
}

// entryText returns the text of the entry that decides, or "" if none does.
func (q *question) entryText(c Code) string {
	if c.Entry < 0 {
		return ""
	}
	return q.m.List(c.List).Entry(c.Entry).Raw
}

// addCodes adds a step for the table of codes if it is inline, and one for the names of the lists unless the question
// is Flags.
func (q *query) addCodes(place CodesIn) {
	if q.what != Flags {
		var rows []string
		for i, l := range q.lists {
			rows = append(rows, fmt.Sprintf("(%d, %s)", i+1, q.literal(l.name)))
		}
		q.push("The lists.", "lists", q.values("l", []string{"list", "name"}, rows))
	}
	if place == Inline {
		q.push(saysCodes, codesName, q.codeTable())
	}
}

const saysCodes = "The table of codes: what each list decides about a value. Cut is the length of a truncated value, " +
	"or 0."
