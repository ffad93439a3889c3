package syntax

import (
	_ "embed" // the template
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

//go:embed python.tmpl
var pythonText string

// pythonTemplate parses the template on demand, so that a program that writes no script does not link text/template.
func pythonTemplate() *template.Template {
	return template.Must(template.New("python").Funcs(template.FuncMap{
		"q": strconv.QuoteToASCII, "list": pythonList, "upper": strings.ToUpper,
	}).Parse(pythonText))
}

// makePython writes a Python script that uses polars.
func makePython(q *question) (*Script, error) {
	if err := q.checkProgram(); err != nil {
		return nil, err
	}
	p := newProgram(q)
	p.Says = q.saysIn("# ", "null")
	if err := p.check(q.dialect); err != nil {
		return nil, err
	}
	if p.Table = q.table[0]; !pythonName.MatchString(p.Table) || slices.Contains(pythonReserved, p.Table) {
		return nil, fmt.Errorf("%w: Table(%.80q): a table in python is a variable, and this is not a valid name of one",
			ErrExpress, p.Table)
	}
	return p.script(pythonTemplate())
}

// pythonList writes texts as a list in Python.
func pythonList(texts []string, indent int) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = strconv.QuoteToASCII(text)
	}
	return spread("[", quoted, "]", indent)
}

var (
	pythonName     = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	pythonReserved = strings.Fields("False None True and as assert async await break class continue def del elif " +
		"else except finally for from global if import in is lambda nonlocal not or pass raise return try while with " +
		"yield")
)
