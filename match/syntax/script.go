package syntax

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/internal/plural"
	"hesopmatch/match"
)

// Script is a question in a dialect. It is immutable.
type Script struct {
	codes string // statements that make the table of codes, "" if it is within the query
	query string
	place CodesIn
}

// New makes the script that asks the lists of a Matcher, or of its PrimaryOnly, of a table that has the columns of a
// Reader, whose rows are not read: Columns makes one of names. New fails with ErrOption, with ErrExpress for what the
// dialect cannot ask exactly, and for a column that is not there. It adds to the Notices of the Reader what its columns
// cannot tell the lists, and takes time for each category that a list reaches.
func New(m *match.Matcher, columns *hesop.Reader, d Dialect, opts ...Option) (*Script, error) {
	switch {
	case m == nil || !m.IsMade():
		return nil, fmt.Errorf("%w: the Matcher is nil or zero: match.Compile makes one", ErrOption)
	case m.Len() == 0:
		return nil, fmt.Errorf("%w: the Matcher has no list", ErrOption)
	case columns == nil || !columns.IsMade():
		return nil, fmt.Errorf("%w: the Reader of columns is nil or zero: Columns makes one", ErrOption)
	}
	o, err := newOptions(opts)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Dialects(), d) {
		return nil, fmt.Errorf("%w: the dialect %.40q is not one of %s", ErrOption, string(d), words(Dialects()))
	}
	q, err := newQuestion(m, columns, d, o)
	if err != nil {
		return nil, err
	}
	m.NoteLimits(columns)
	return q.script()
}

// script makes the script in the dialect of the question.
func (q *question) script() (*Script, error) {
	switch q.dialect {
	case R:
		return makeR(q)
	case Python:
		return makePython(q)
	case Stata:
		return makeStata(q)
	case Spark:
		return makeSQL(q, spark{})
	case DuckDB:
		return makeSQL(q, duckDB{})
	case Postgres:
		return makeSQL(q, postgres{})
	case SQLite:
		return makeSQL(q, sqlite{})
	default:
		return makeSQL(q, sqlServer{})
	}
}

func words[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = string(one)
	}
	return strings.Join(texts, ", ")
}

// makeSQL makes the script of a database.
func makeSQL(question *question, e engine) (*Script, error) {
	if err := question.check(e.limits()); err != nil {
		return nil, err
	}
	q := newQuery(question, e)
	final := q.final()
	var b strings.Builder
	b.WriteString(question.says("-- "))
	for i, s := range q.steps {
		b.WriteString("-- " + s.says + "\n")
		if i == 0 {
			b.WriteString("WITH ")
		}
		as := " AS ("
		if s.once {
			as = e.once()
		}
		b.WriteString(s.name + as + "\n" + indented(s.query) + "\n)")
		if i < len(q.steps)-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	b.WriteString(final + ";\n")
	script := &Script{query: fitted(b.String(), question.dialect), place: question.place}
	if question.place != Inline {
		columns, types := q.codeColumns()
		script.codes = fitted(question.says("-- ")+
			"-- "+saysCodes+"\n"+e.temporary(q.named(codesName), q.codeTable(), columns, types), question.dialect)
	}
	return script, nil
}

func indented(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

// WriteTo writes the script, with the statements that make the table of codes in front unless it is Separate.
func (s *Script) WriteTo(w io.Writer) (int64, error) {
	text := s.query
	if s.place == InTable {
		text = s.codes + "\n" + text
	}
	n, err := io.WriteString(w, text)
	return int64(n), err
}

// WriteCodesTo writes the statements that make the table of codes of a Script for which it is Separate.
func (s *Script) WriteCodesTo(w io.Writer) (int64, error) {
	if s.place != Separate {
		return 0, errors.New("the table of codes is in the script itself: see PlaceCodes")
	}
	n, err := io.WriteString(w, s.codes)
	return int64(n), err
}

// says returns the comments that a script begins with: what it asks, of which lists. Each line begins with mark.
func (q *question) says(mark string) string {
	lines := []string{fmt.Sprintf("hesopmatch: %s of %s, in %s.", q.what, strings.Join(q.table, "."), q.dialect)}
	switch q.what {
	case Flags:
		lines = append(lines, "A row for each appointment, a column for each list: 1 match, 0 no match, NULL unknown.",
			"Unknown is not absence: most appointments have no code at all.")
	case Hits:
		lines = append(lines, "A row for each value that a list covers.")
	case People:
		lines = append(lines, "A row for each person and list, of appointments that match and have a person and a day.")
	case Counts:
		lines = append(lines, "A row for each list and financial year. Not masked: these counts may not leave the "+
			"environment.")
	}
	if q.place == Separate {
		lines = append(lines, "The table of codes is made by statements of its own, which run first in the same "+
			"session.")
	}
	lines = append(lines, q.saysFilters()...)
	for i, l := range q.lists {
		list := q.m.List(i)
		lines = append(lines, fmt.Sprintf("List %d %q: %s, fingerprint %.16s.", i+1, l.name,
			plural.Count(list.Len(), "entry"), list.Fingerprint()))
	}
	lines = append(lines, fmt.Sprintf("All lists: fingerprint %.16s.", q.m.Fingerprint()))
	var names []string
	for _, f := range q.fields {
		names = append(names, f.name)
	}
	lines = append(lines, "Columns: "+strings.Join(names, ", ")+".")
	var b strings.Builder
	for _, line := range lines {
		for _, part := range folded(oneLine(line), width-len(mark)) {
			b.WriteString(mark + part + "\n")
		}
	}
	return b.String() + "\n"
}

// saysFilters tells which appointments are taken.
func (q *question) saysFilters() (lines []string) {
	if q.isPrimary {
		lines = append(lines, "Only codes in the first position match.")
	}
	if q.attended {
		lines = append(lines, "Only appointments at which the patient was seen.")
	}
	if q.from != (hesop.Date{}) {
		lines = append(lines, fmt.Sprintf("Only appointments from %v on.", q.from))
	}
	if q.to != (hesop.Date{}) {
		lines = append(lines, fmt.Sprintf("Only appointments up to %v.", q.to))
	}
	if q.key != "" {
		lines = append(lines, fmt.Sprintf("Of each %s only the first appointment by %s.", q.key, q.order))
	}
	return lines
}

// oneLine keeps a name that has line ends from leaving its comment.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, text)
}

// folded breaks a text at spaces into lines of at most so many bytes, where there are spaces.
func folded(text string, most int) (lines []string) {
	for len(text) > most {
		at := strings.LastIndexByte(text[:most+1], ' ')
		if at <= 0 {
			break
		}
		lines, text = append(lines, text[:at]), "  "+text[at+1:]
	}
	return append(lines, text)
}
