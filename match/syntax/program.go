package syntax

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode/utf8"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// program is a question in the form that the templates of R and Python read.
type program struct {
	Says     string // the opening comments
	Function string // the name of the function
	Table    string // the name of the table, as written in the language

	Flags, Hits, People, Counts bool

	Needed, Keep                         []string
	Person, Date, Year, Seen, Key, Order string // columns, "" if not needed
	From, To                             string // days as 2019-05-08, "" for none
	Least                                int
	Lists                                []string
	Needs                                [][]string // the systems of each list
	Fields                               []programField
	Divided                              []string
	Groups                               []codeGroup
	Slots, Raw, Pairs, Primary           bool
	ICD10, ICD10Grammar, ICD10Missing    string
	OPCS4, OPCS4Grammar, OPCS4Missing    string
	Forms                                []programDay
	FormNames                            string
	NoDays                               []string // days that stand for a missing date
	Unknown                              []string // texts for no person, in lower case
}

// programField is a code column.
type programField struct {
	Name, System, Form string
	Position, Cuts     int
}

// codeGroup is a group of rows of the table of codes that differ only in their codes.
type codeGroup struct {
	List         int // from 1
	System       string
	Cut          int
	State, Entry string
	Lines        []string // codes separated by spaces
}

// programDay is a form of a date: a regular expression with three groups, and the numbers of the groups that hold the
// year, month and day.
type programDay struct {
	Pattern string
	Groups  [3]int
}

// Joined returns the replacement text that writes year, month and day in that order.
func (d programDay) Joined(before, after, between string) string {
	groups := make([]string, len(d.Groups))
	for i, group := range d.Groups {
		groups[i] = before + strconv.Itoa(group) + after
	}
	return strings.Join(groups, between)
}

// newProgram returns the parts of a program that do not depend on its language.
func newProgram(q *question) *program {
	p := &program{
		Function: "hesop_" + string(q.what),
		Flags:    q.what == Flags, Hits: q.what == Hits, People: q.what == People, Counts: q.what == Counts,
		Keep: q.keep, Person: q.person, Date: q.date, Year: q.year, Seen: q.seen, Key: q.key, Order: q.order,
		Least: q.least, Slots: q.hasSlots(), Raw: q.raw, Pairs: q.pairs, Primary: q.isPrimary,
		ICD10: coding.ICD10.String(), ICD10Grammar: expression(coding.ICD10),
		OPCS4: coding.OPCS4.String(), OPCS4Grammar: expression(coding.OPCS4),
		ICD10Missing: coding.ICD10.Missing().String(), OPCS4Missing: coding.OPCS4.Missing().String(),
		FormNames: dayForms(), NoDays: noDays, Unknown: noPersons,
	}
	if q.what != People {
		p.Person = ""
	}
	if q.from != (hesop.Date{}) {
		p.From = q.from.String()
	}
	if q.to != (hesop.Date{}) {
		p.To = q.to.String()
	}
	for _, l := range q.lists {
		p.Lists = append(p.Lists, l.name)
		var needs []string
		for _, sys := range l.needs {
			needs = append(needs, sys.String())
		}
		p.Needs = append(p.Needs, needs)
	}
	for _, f := range q.fields {
		p.Fields = append(p.Fields, programField{f.name, f.System.String(), f.Form.String(), f.Position, f.cuts})
	}
	for _, form := range dateForms {
		p.Forms = append(p.Forms, newProgramDay(form.pattern, form.year, form.month, form.day))
	}
	p.findNeeded()
	p.addCodes(q.narrow())
	return p
}

// newProgramDay turns a pattern into a regular expression. The arguments year, month and day are the numbers of the
// characters at which these parts start, counted from 1.
func newProgramDay(pattern string, year, month, day int) programDay {
	d, end, b := programDay{}, 0, strings.Builder{}
	starts := []int{year, month, day}
	slices.Sort(starts)
	for i, start := range starts {
		part, n := slices.Index([]int{year, month, day}, start), 2
		if start == year {
			n = 4
		}
		d.Groups[part] = i + 1
		fmt.Fprintf(&b, "%s([0-9]{%d})", pattern[end:start-1], n)
		end = start - 1 + n
	}
	d.Pattern = b.String()
	return d
}

// findNeeded collects the columns that the table must have, each of them once.
func (p *program) findNeeded() {
	names := slices.Concat(p.Keep, []string{p.Person, p.Date, p.Year, p.Seen, p.Key, p.Order})
	for _, f := range p.Fields {
		names = append(names, f.Name)
	}
	for _, name := range names {
		if name != "" && !slices.Contains(p.Needed, name) {
			p.Needed = append(p.Needed, name)
		}
	}
}

// addCodes adds the table of codes of a question. The question must come from the method narrow.
func (p *program) addCodes(q *question) {
	p.Divided = slices.Sorted(maps.Keys(q.divided))
	byGroup := make(map[string]int)
	var codes [][]string
	for _, c := range q.codes {
		g := codeGroup{List: c.List + 1, System: c.System.String(), Cut: c.Cut, State: string(c.State)}
		if q.what == Hits {
			g.Entry = q.entryText(c)
		}
		key := fmt.Sprint(g.List, g.System, g.Cut, g.State, g.Entry)
		i, isThere := byGroup[key]
		if !isThere {
			i = len(p.Groups)
			byGroup[key] = i
			p.Groups, codes = append(p.Groups, g), append(codes, nil)
		}
		codes[i] = append(codes[i], c.Code)
	}
	for i := range p.Groups {
		p.Groups[i].Lines = folded(strings.Join(codes[i], " "), width-len(`    "",`))
		for j, line := range p.Groups[i].Lines {
			p.Groups[i].Lines[j] = strings.TrimSpace(line)
		}
	}
}

// texts returns the names and texts that the script contains.
func (p *program) texts() []string {
	texts := slices.Concat(p.Needed, p.Lists)
	for _, g := range p.Groups {
		texts = append(texts, g.Entry)
	}
	return texts
}

// check refuses texts that a program cannot hold.
func (p *program) check(d Dialect) error {
	for _, text := range p.texts() {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			return fmt.Errorf("%w: %.80q is not a text that a program in %s can hold", ErrExpress, text, d)
		}
	}
	return nil
}

// saysIn returns the opening comments in a dialect that has its own word for the NULL of a database.
func (q *question) saysIn(comment, null string) string {
	return strings.Replace(q.says(comment), "NULL unknown", null+" unknown", 1)
}

// script fills a template.
func (p *program) script(t *template.Template) (*Script, error) {
	var b strings.Builder
	if err := t.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("syntax: template of %s: %w", t.Name(), err)
	}
	return &Script{query: b.String()}, nil
}

// checkInline refuses an option that only databases support.
func (q *question) checkInline() error {
	if q.place != Inline {
		return fmt.Errorf("%w: PlaceCodes is for databases: a script in %s always contains the table of codes",
			ErrOption, q.dialect)
	}
	return nil
}

// checkProgram refuses a question that no program in R or Python can ask.
func (q *question) checkProgram() error {
	if err := q.checkInline(); err != nil {
		return err
	}
	if err := q.check(limits{}); err != nil {
		return err
	}
	if len(q.table) > 1 {
		return fmt.Errorf("%w: Table(%.80q): a table in %s has one name, the name of a variable", ErrExpress,
			strings.Join(q.table, "."), q.dialect)
	}
	return nil
}

// spread returns before + texts + after, with commas between the texts. It breaks lines at width and indents the later
// lines.
func spread(before string, texts []string, after string, indent int) string {
	var b strings.Builder
	b.WriteString(before)
	line := indent + 20 // an estimate of the length of the text in front
	for i, text := range texts {
		if i > 0 {
			b.WriteByte(',')
			if line+len(text)+3 > width {
				b.WriteString("\n" + strings.Repeat(" ", indent))
				line = indent
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(text)
		line += len(text) + 2
	}
	return b.String() + after
}
