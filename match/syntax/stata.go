package syntax

import (
	"fmt"
	"regexp"
	"strings"
)

// makeStata writes a do-file that sends SQL Server's SQL through odbc load. No test runs the do-file, because Stata is
// not available: tests only compare the text of the do-file. For the same reason makeStata refuses names with
// characters that Stata expands within quotes, instead of writing an escape that no test could verify.
func makeStata(q *question) (*Script, error) {
	if err := q.checkInline(); err != nil {
		return nil, err
	}
	if err := q.check(sqlServer{}.limits()); err != nil {
		return nil, err
	}
	for _, name := range append(newProgram(q).texts(), q.table...) {
		if strings.ContainsAny(name, "`$\"\\\r\n\x00") {
			return nil, fmt.Errorf("%w: %.80q has a backtick, dollar, double quote, backslash or line end, which "+
				"Stata would expand in a do-file: use the dialect sqlserver, or another name", ErrExpress, name)
		}
	}
	sql := stataQuery(q)
	if sql.size > stataLongest {
		return nil, fmt.Errorf("%w: a query of %d characters: Stata sends at most %d: ask fewer lists at a time, or "+
			"use the dialect sqlserver with PlaceCodes(InTable)", ErrExpress, sql.size, stataLongest)
	}
	var b strings.Builder
	b.WriteString(stataComment.Replace(q.saysIn("* ", "missing")))
	fmt.Fprintf(&b, stataBegin, sql.size, max(2048, (sql.size-200+128)/129))
	b.WriteString(sql.String())
	b.WriteString("\nodbc load, exec(`\"`sql'\"') dsn(\"`dsn'\") clear\n")
	b.WriteString(stataLabels(q))
	return &Script{query: b.String()}, nil
}

// stataLongest is the maximum length of a query in characters: the maximum length of a Stata command, less the text
// around the query.
const stataLongest = 4_227_000

// stataBegin is the start of the do-file. The length limit of a macro is 129 characters for each variable that maxvar
// allows, plus 200.
const stataBegin = `* Run the whole file. Set dsn to one of the data sources that odbc list shows.
local dsn "hesop"

if c(macrolen) < %[1]d {
    display as error "the query has %[1]d characters: it needs set maxvar %[2]d, in Stata/SE or Stata/MP"
    exit 920
}
local sql ""
`

// stataComment keeps a comment from starting a nested one, or from continuing on the next line.
var stataComment = strings.NewReplacer("/*", "/ *", "*/", "* /", "//", "/ /")

// doFile writes the commands of a do-file that build SQL in a macro.
type doFile struct {
	strings.Builder
	size int // characters of the SQL
}

// stataQuery returns the query of a question. The comments of the query become comments of the do-file, because the
// macro is one line of SQL.
func stataQuery(q *question) *doFile {
	s := newQuery(q, sqlServer{})
	final := s.final()
	var d doFile
	for i, step := range s.steps {
		begin, end := "", ","
		if i == 0 {
			begin = "WITH "
		}
		if i == len(s.steps)-1 {
			end = ""
		}
		d.WriteString("* " + step.says + "\n")
		d.add(begin + step.name + " AS (\n" + indented(step.query) + "\n)" + end)
	}
	d.WriteString("* The answer.\n")
	d.add(final)
	return &d
}

// add adds lines of SQL. A double quote would end Stata's own string, so add writes CHAR(34) instead. Names contain no
// double quotes, so every double quote is inside an SQL literal.
func (d *doFile) add(sql string) {
	const begin, end = "local sql `\"`sql' ", "\"'\n"
	sql = strings.ReplaceAll(sql, `"`, "' + CHAR(34) + '")
	for line := range strings.SplitSeq(sql, "\n") {
		for line != "" {
			part := line
			if most := width + 1 - len(begin) - len(end); len(part) > most {
				if at := strings.LastIndexByte(part[:most+1], ' '); strings.TrimLeft(part[:max(at, 0)], " ") != "" {
					part = part[:at]
				}
			}
			// The constant begin already puts a space in front of each part.
			line = strings.TrimPrefix(line[len(part):], " ")
			d.WriteString(begin + part + end)
			d.size += len(part) + 1
		}
	}
}

const stataNames = `
* odbc load changes names that cannot name a variable. These labels hold the names of the lists.
unab all : _all
`

// stataLabels labels the columns of those lists whose names Stata does not allow as the name of a variable. odbc load
// gives these columns other names.
func stataLabels(q *question) string {
	if q.what != Flags {
		return ""
	}
	var b strings.Builder
	for i, l := range q.lists {
		if stataVariable.MatchString(l.name) && !stataReserved.MatchString(l.name) {
			continue
		}
		if b.Len() == 0 {
			b.WriteString(stataNames)
		}
		fmt.Fprintf(&b, "local name : word %d of `all'\nlabel variable `name' `\"%.80s\"'\n", len(q.keep)+i+1, l.name)
	}
	return b.String()
}

var (
	stataVariable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,31}$`)
	stataReserved = regexp.MustCompile(`^(_all|_b|byte|_coef|_cons|double|float|if|in|int|long|_n|_N|_pi|_pred|_rc|` +
		`_skip|str[0-9]+|strL|using|with)$`)
)
