package syntax

import (
	"fmt"
	"regexp"
	"strings"
)

// makeStata makes a do-file that sends the SQL of SQL Server by odbc load. No test runs it, for lack of Stata: tests
// hold its text alone. So what Stata expands within quotes is refused in names: an escape could not be tried.
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
				"Stata would expand in a do-file: ask in sqlserver, or give it another name", ErrExpress, name)
		}
	}
	sql := stataQuery(q)
	if sql.size > stataLongest {
		return nil, fmt.Errorf("%w: a query of %d characters: Stata sends at most %d: ask fewer lists at a time, or "+
			"ask in sqlserver with PlaceCodes(InTable)", ErrExpress, sql.size, stataLongest)
	}
	var b strings.Builder
	b.WriteString(stataComment.Replace(q.saysIn("* ", "missing")))
	fmt.Fprintf(&b, stataBegin, sql.size, max(2048, (sql.size-200+128)/129))
	b.WriteString(sql.String())
	b.WriteString("\nodbc load, exec(`\"`sql'\"') dsn(\"`dsn'\") clear\n")
	b.WriteString(stataLabels(q))
	return &Script{query: b.String()}, nil
}

// stataLongest is the most characters of a query: those of a command of Stata, less what stands around the query.
const stataLongest = 4_227_000

// stataBegin is what stands in front of the query. The longest macro is of 129 characters for each variable, and 200.
const stataBegin = `* Run this file as a whole. The data source is one of those that odbc list shows.
local dsn "hesop"

if c(macrolen) < %[1]d {
    display as error "the query has %[1]d characters: it needs set maxvar %[2]d, in Stata/SE or Stata/MP"
    exit 920
}
local sql ""
`

// stataComment keeps a comment from beginning another one, or from going on in the next line.
var stataComment = strings.NewReplacer("/*", "/ *", "*/", "* /", "//", "/ /")

// doFile is SQL as a do-file that builds it up in a macro.
type doFile struct {
	strings.Builder
	size int // characters of the SQL
}

// stataQuery returns the query of a question. Comments of SQL stay outside: the macro is one line.
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

// add adds lines of SQL. Names have no double quote, so one is within a text of SQL, and Stata would end its own there.
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
			// The space that is cut is in front of the next part.
			line = strings.TrimPrefix(line[len(part):], " ")
			d.WriteString(begin + part + end)
			d.size += len(part) + 1
		}
	}
}

const stataNames = `
* odbc load makes a name of a variable of each name that is none. The labels have the names of the lists.
unab all : _all
`

// stataLabels labels the columns of lists whose names are no names of variables, for which odbc load makes others.
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
