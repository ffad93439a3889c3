package lint

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/internal/rows"
)

// line is the outcome of one code in a file, or of a row that is not used.
type line struct {
	codelist.Outcome
	list  *codelist.List // nil if the row is in no list
	notes []string       // further notes on the entry
	why   string         // why the entry is not in the reference; "" if it is
}

// lines returns the outcomes of all rows of a file, for every list, in the order of the file.
func (c *checked) lines() []line {
	var all []line
	for i, l := range c.Lists {
		notes, unknown := notesOf(l, c.reviews[i])
		for out := range l.Report().Outcomes() {
			n := line{Outcome: out, list: l}
			if out.Verdict != codelist.Duplicate {
				n.notes, n.why = notes[out.Entry], unknown[out.Entry]
			}
			all = append(all, n)
		}
	}
	for out := range c.Rest.Outcomes() {
		all = append(all, line{Outcome: out})
	}
	slices.SortStableFunc(all, func(a, b line) int { return cmp.Compare(a.Row, b.Row) })
	return all
}

// notesOf returns two maps by entry: the notes on the entry, and the reason that it is not in the reference.
func notesOf(l *codelist.List, v codelist.Review) (notes map[int][]string, unknown map[int]string) {
	notes, unknown = make(map[int][]string), make(map[int]string)
	for f := range l.Report().Families() {
		note := fmt.Sprintf("by policy %v", l.Report().Policy)
		if len(f.Children) > 0 {
			note += ", also listed: " + join(f.Children)
		}
		notes[f.Entry] = append(notes[f.Entry], note)
	}
	for i := range l.ListsMissing() {
		notes[i] = append(notes[i], "stands for missing values")
	}
	for _, u := range v.Unknown {
		unknown[u.Entry] = u.Why
	}
	return notes, unknown
}

// entry returns the code and coverage of a line, or "" if the line has no entry.
func (n *line) entry() (code, coverage string) {
	if n.Entry < 0 {
		return "", ""
	}
	e := n.list.Entry(n.Entry)
	return e.Prefix.String(), coverageOf(e)
}

// coverageOf describes in a word the coverage of an entry, and whether the entry is an exclusion.
func coverageOf(e codelist.Entry) string {
	if e.Exclude {
		return "exclude-" + e.Coverage.String()
	}
	return e.Coverage.String()
}

// reason returns why a line has its verdict, and why its entry is not in the reference.
func (n *line) reason() string {
	if n.Reason != "" && n.why != "" {
		return n.Reason + "; " + n.why
	}
	return n.Reason + n.why
}

// system returns the coding system of a line, or "" if it is neither ICD-10 nor OPCS-4.
func (n *line) system() string {
	if n.System.IsValid() {
		return n.System.String()
	}
	return ""
}

// writeCSV writes a line for each code, and for each row that is not used.
func writeCSV(w io.Writer, files []checked) error {
	if _, err := io.WriteString(w, "file,line,column,raw,system,code,coverage,verdict,reason\n"); err != nil {
		return err
	}
	var b []byte
	for i := range files {
		for _, n := range files[i].lines() {
			code, coverage := n.entry()
			b = append(rows.AppendField(b[:0], n.Pos.File), ',')
			b = append(strconv.AppendInt(b, int64(n.Pos.Line), 10), ',')
			b = append(strconv.AppendInt(b, int64(n.Pos.Column), 10), ',')
			b = append(rows.AppendField(b, program.CutRaw(n.Raw)), ',')
			for _, field := range []string{n.system(), code, coverage, n.Verdict.String()} {
				b = append(rows.AppendField(b, field), ',')
			}
			b = append(rows.AppendField(b, n.reason()), '\n')
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// texts returns each value as text.
func texts[T fmt.Stringer](all []T) []string {
	words := make([]string, len(all))
	for i, x := range all {
		words[i] = x.String()
	}
	return words
}

// join joins values, as texts, with commas.
func join[T fmt.Stringer](all []T) string { return strings.Join(texts(all), ", ") }
