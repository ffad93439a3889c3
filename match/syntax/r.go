package syntax

import (
	_ "embed" // the template
	"fmt"
	"regexp"
	"strings"
	"text/template"
)

//go:embed r.tmpl
var rText string

// rTemplate parses the template on demand, so that a program that writes no script does not link text/template.
func rTemplate() *template.Template {
	return template.Must(template.New("r").Funcs(template.FuncMap{
		"q": rString, "vector": rVector, "number": rNumber,
	}).Parse(rText))
}

// makeR writes an R script that uses data.table.
func makeR(q *question) (*Script, error) {
	if err := q.checkProgram(); err != nil {
		return nil, err
	}
	p := newProgram(q)
	p.Says = q.saysIn("# ", "NA")
	if err := p.check(q.dialect); err != nil {
		return nil, err
	}
	p.Table = rName(q.table[0])
	return p.script(rTemplate())
}

// rString writes a text as a string in R.
func rString(text string) string { return rQuoted(text, '"') }

// rQuoted writes a text between quotes. It escapes everything but printable ASCII, because how R reads other bytes
// depends on the locale.
func rQuoted(text string, quote rune) string {
	var b strings.Builder
	b.WriteRune(quote)
	for _, r := range text {
		switch {
		case r == quote || r == '\\':
			b.WriteString(`\` + string(r))
		case r < ' ' || r > '~': // always \U, because R does not accept different numeric escapes in one string
			fmt.Fprintf(&b, `\U{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteRune(quote)
	return b.String()
}

// rNumber writes a day such as 2019-05-08 as the number 20190508L.
func rNumber(day string) string { return strings.ReplaceAll(day, "-", "") + "L" }

// rVector writes texts as a character vector in R.
func rVector(texts []string, indent int) string {
	if len(texts) == 0 {
		return "character()"
	}
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = rString(text)
	}
	return spread("c(", quoted, ")", indent)
}

var (
	rSyntactic = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._]*$`)
	rReserved  = regexp.MustCompile(`^(if|else|repeat|while|function|for|next|break|in|TRUE|FALSE|NULL|Inf|NaN|NA.*)$`)
)

// rName writes the name of a variable, in backticks if R requires them.
func rName(name string) string {
	if rSyntactic.MatchString(name) && !rReserved.MatchString(name) {
		return name
	}
	return rQuoted(name, '`')
}
