package flag

import (
	"slices"
	"strconv"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/internal/persondata"
	"hesopmatch/internal/rows"
	"hesopmatch/match"
)

// lineMaker makes the lines of the output.
type lineMaker interface {
	// of returns the lineMaker for the appointments of an input. Scans may call this method concurrently.
	of(in *input) lineMaker
	// header returns the first line of the output, given the names of the input's columns that are written.
	header(names []string) []byte
	// add adds the lines of an appointment to a batch.
	add(b *batch, a *hesop.Appointment, res *match.Result, hits []match.Hit)
	// numbered reports whether lines are added without their row number and line number, which numberLines fills in.
	numbered() bool
}

// valuesOf returns the field for each answer of a list, by match.Status. Each field begins with the comma that
// separates it from the field before.
func valuesOf(option string) [3]string {
	if option == "words" {
		return [...]string{match.Unknown: ",unknown", match.NoMatch: ",no match", match.Match: ",match"}
	}
	return [...]string{match.Unknown: ",", match.NoMatch: ",0", match.Match: ",1"}
}

// wideLines makes lines from the columns of an appointment and one column for each list.
type wideLines struct {
	lists  []string  // names of the lists
	values [3]string // by match.Status
	all    bool      // whether rows without a match are written too
	people *people   // the people whose rows are written; nil without -rows people

	columns columns
	person  hesop.Column
}

func (w *wideLines) of(in *input) lineMaker {
	of := *w
	of.columns, of.person = in.columns, in.person
	return &of
}

func (w *wideLines) header(names []string) []byte { return headerLine(slices.Concat(names, w.lists)) }

func (w *wideLines) numbered() bool { return false }

func (w *wideLines) add(b *batch, a *hesop.Appointment, res *match.Result, _ []match.Hit) {
	if !w.chooses(b, a, res) {
		return
	}
	b.text = w.columns.appendTo(b.text, a)
	for i := range w.lists {
		b.text = append(b.text, w.values[res.Status(i)]...)
	}
	b.text = append(b.text, '\n')
}

// chooses reports whether an appointment is written. Under -rows people it also counts the appointment.
func (w *wideLines) chooses(b *batch, a *hesop.Appointment, res *match.Result) bool {
	isMatch := res.AnyMatch()
	if w.people == nil {
		return w.all || isMatch
	}
	who, one := identifier(a, w.person), int64(0)
	if isMatch {
		one = 1
	}
	switch {
	case who == nil:
		b.counts.noPerson++
		b.counts.noPersonMatch += one
		return false
	case !isMatch && !w.people.anyMatch(who):
		return false
	}
	b.counts.written++
	b.counts.writtenMatch += one
	if persondata.IsRounded(who) {
		b.counts.rounded++
	}
	return true
}

// hitColumns holds the names of the first columns of hits. The columns of -columns follow these.
var hitColumns = [...]string{
	"row", "list", "system", "position", "column", "value", "entry", "entry_file", "entry_line",
	"entry_sheet", "input_file", "input_line", "term",
}

// hitLines makes a line for each value that a list matched.
type hitLines struct {
	matcher *match.Matcher
	lists   []string // names of the lists

	path    string
	columns columns
}

func (h *hitLines) of(in *input) lineMaker { return &hitLines{h.matcher, h.lists, in.Path, in.columns} }

func (h *hitLines) header(names []string) []byte {
	return headerLine(slices.Concat(hitColumns[:], names))
}

func (h *hitLines) numbered() bool { return true }

func (h *hitLines) add(b *batch, a *hesop.Appointment, res *match.Result, hits []match.Hit) {
	if !res.AnyMatch() {
		return
	}
	for _, one := range hits {
		entry := h.matcher.List(one.List).Entry(one.Entry)
		text := append(rows.AppendField(b.text, h.lists[one.List]), ',')
		text = append(rows.AppendField(text, one.Slot.Value.System().String()), ',')
		text = append(strconv.AppendInt(text, int64(one.Slot.Position), 10), ',')
		text = append(rows.AppendField(text, a.Codes().Column(one.Slot).Name()), ',')
		text = append(rows.AppendField(text, a.Codes().Text(one.Slot)), ',')
		text = append(rows.AppendField(text, program.CutRaw(entry.Raw)), ',')
		text = append(rows.AppendField(text, entry.Pos.File), ',')
		text = append(strconv.AppendInt(text, int64(entry.Pos.Line), 10), ',')
		text = append(rows.AppendField(text, entry.Pos.Sheet), ',')
		text = append(rows.AppendField(text, h.path), ',')
		cut := len(text)
		text = rows.AppendField(append(text, ','), entry.Term)
		if !h.columns.isNone() {
			text = h.columns.appendTo(append(text, ','), a)
		}
		b.text = append(text, '\n')
		b.lines = append(b.lines, line{cut, len(b.text), b.found})
	}
	b.found++
}

// headerLine returns the names of columns as a line.
func headerLine(names []string) []byte {
	var line []byte
	for i, name := range names {
		if i > 0 {
			line = append(line, ',')
		}
		line = rows.AppendField(line, name)
	}
	return append(line, '\n')
}
