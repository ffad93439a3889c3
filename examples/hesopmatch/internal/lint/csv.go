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

// line is what became of one code of a file, or of a row that is not used.
type line struct {
	codelist.Outcome
	list  *codelist.List // nil if the row is in none
	notes []string       // what else there is to say of the entry
	why   string         // the reference has no code of it, "" if it has one
}

// lines are what became of the rows of a file, in its order, from whichever list.
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

// notesOf tells by entry what is worth knowing of it, and why it is unknown to the
// reference.
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

// entry is what a line says of an entry: its code and coverage, "" for none.
func (n *line) entry() (code, coverage string) {
	if n.Entry < 0 {
		return "", ""
	}
	e := n.list.Entry(n.Entry)
	return e.Prefix.String(), coverageOf(e)
}

// coverageOf is how far an entry reaches, and whether it excludes, in a word.
func coverageOf(e codelist.Entry) string {
	if e.Exclude {
		return "exclude-" + e.Coverage.String()
	}
	return e.Coverage.String()
}

// reason is why a line has its verdict, and what the reference says.
func (n *line) reason() string {
	if n.Reason != "" && n.why != "" {
		return n.Reason + "; " + n.why
	}
	return n.Reason + n.why
}

// system is the coding system of a line, "" if none of ours is stated.
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

// texts are the texts of things.
func texts[T fmt.Stringer](all []T) []string {
	words := make([]string, len(all))
	for i, x := range all {
		words[i] = x.String()
	}
	return words
}

// join lists things by their texts.
func join[T fmt.Stringer](all []T) string { return strings.Join(texts(all), ", ") }
