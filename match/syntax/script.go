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

// Script is a question written in one dialect. It is immutable and safe for concurrent use.
type Script struct {
	codes string // statements that create the table of codes, "" if it is inline
	query string
	place CodesIn
}

// New returns a script that applies the lists of a Matcher to a table. The Matcher may come from PrimaryOnly. The
// Reader describes the columns of the table, and New reads none of its rows; Columns returns a Reader for a list of
// names.
//
// New fails with ErrOption for an invalid argument, and with ErrExpress for a question that the dialect cannot answer
// exactly. If a column is absent or unclear, New fails with an error of package hesop. New adds a notice to the Reader
// for each limit that its columns impose on the lists. New takes a few microseconds for each category that a list
// reaches.
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

// script writes the question in its dialect.
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

// makeSQL writes a script for a database.
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

// WriteTo writes the script to w. With InTable, the statements that create the table of codes come first; with
// Separate, WriteTo leaves them to WriteCodesTo.
func (s *Script) WriteTo(w io.Writer) (int64, error) {
	text := s.query
	if s.place == InTable {
		text = s.codes + "\n" + text
	}
	n, err := io.WriteString(w, text)
	return int64(n), err
}

// WriteCodesTo writes the statements that create the table of codes to w. It fails unless the Script was made with
// PlaceCodes(Separate).
func (s *Script) WriteCodesTo(w io.Writer) (int64, error) {
	if s.place != Separate {
		return 0, errors.New("the table of codes is part of the script: see PlaceCodes(Separate)")
	}
	n, err := io.WriteString(w, s.codes)
	return int64(n), err
}

// says returns the opening comments of a script, which state the question and the lists. Each line starts with the
// argument mark.
func (q *question) says(mark string) string {
	lines := []string{fmt.Sprintf("hesopmatch: %s of %s, in %s.", q.what, strings.Join(q.table, "."), q.dialect)}
	switch q.what {
	case Flags:
		lines = append(lines, "A row for each appointment, a column for each list: 1 match, 0 no match, NULL unknown.",
			"Unknown does not mean no: most appointments have no code at all.")
	case Hits:
		lines = append(lines, "A row for each value that a list covers.")
	case People:
		lines = append(lines, "A row for each person and list, from the appointments that match and have a person and "+
			"a day.")
	case Counts:
		lines = append(lines, "A row for each list and financial year. No small count is suppressed: do not take "+
			"these counts out of the environment.")
	}
	if q.place == Separate {
		lines = append(lines, "Separate statements create the table of codes. Run them first, in the same session.")
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

// saysFilters returns a comment for each filter.
func (q *question) saysFilters() (lines []string) {
	if q.isPrimary {
		lines = append(lines, "Only codes in the first position match.")
	}
	if q.attended {
		lines = append(lines, "Only appointments at which the patient was seen.")
	}
	if q.from != (hesop.Date{}) {
		lines = append(lines, fmt.Sprintf("Only appointments on or after %v.", q.from))
	}
	if q.to != (hesop.Date{}) {
		lines = append(lines, fmt.Sprintf("Only appointments on or before %v.", q.to))
	}
	if q.key != "" {
		lines = append(lines, fmt.Sprintf("Only the first appointment of each %s, in order of %s.", q.key, q.order))
	}
	return lines
}

// oneLine replaces control characters and line separators by spaces, so that a name cannot end its comment.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, text)
}

// folded breaks a text at spaces into lines of at most the given number of bytes. A longer run without a space stays
// whole.
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
