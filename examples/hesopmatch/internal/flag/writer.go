package flag

import (
	"slices"
	"strconv"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/internal/rows"
	"hesopmatch/match"
)

// lineMaker makes the lines of the output.
type lineMaker interface {
	// of returns the lineMaker for the appointments of a reader, which many goroutines may use.
	of(r *hesop.Reader) lineMaker
	// header returns the first line.
	header() []byte
	// add adds the lines of an appointment to a batch.
	add(b *batch, a *hesop.Appointment, res *match.Result, hits []match.Hit)
	// numbered reports whether each line is to begin with the number of its row.
	numbered() bool
}

// wideLines are the columns of an appointment and one more for each list.
type wideLines struct {
	lists   []*codelist.List
	columns []string // nil for all
	all     bool     // rows without a match too

	reader  *hesop.Reader
	handles []hesop.Column // of columns
}

func (w *wideLines) of(r *hesop.Reader) lineMaker {
	of := *w
	of.reader, of.handles = r, nil
	for _, name := range w.columns {
		c, _ := r.Column(name) // the columns were checked
		of.handles = append(of.handles, c)
	}
	return &of
}

func (w *wideLines) header() []byte {
	var line []byte
	handles := w.handles
	if w.columns == nil {
		handles = slices.Collect(w.reader.Columns())
	}
	for _, c := range handles {
		line = append(rows.AppendField(line, c.Name()), ',')
	}
	for i, l := range w.lists {
		if i > 0 {
			line = append(line, ',')
		}
		line = rows.AppendField(line, l.Name())
	}
	return append(line, '\n')
}

func (w *wideLines) numbered() bool { return false }

func (w *wideLines) add(b *batch, a *hesop.Appointment, res *match.Result, _ []match.Hit) {
	if !w.all && !res.AnyMatch() {
		return
	}
	b.text = a.AppendCSV(b.text, w.handles...)
	for i := range w.lists {
		b.text = append(b.text, ',')
		switch res.Status(i) {
		case match.Match:
			b.text = append(b.text, '1')
		case match.NoMatch:
			b.text = append(b.text, '0')
		case match.Unknown: // stays empty
		}
	}
	b.text = append(b.text, '\n')
}

// hitLines are a line for each value that a list matched.
type hitLines struct{ matcher *match.Matcher }

func (h *hitLines) of(*hesop.Reader) lineMaker { return h }

func (h *hitLines) header() []byte {
	return []byte("row,list,system,position,column,value,entry,entry_file,entry_line\n")
}

func (h *hitLines) numbered() bool { return true }

func (h *hitLines) add(b *batch, a *hesop.Appointment, res *match.Result, hits []match.Hit) {
	if !res.AnyMatch() {
		return
	}
	for _, one := range hits {
		list := h.matcher.List(one.List)
		entry := list.Entry(one.Entry)
		text := append(rows.AppendField(b.text, list.Name()), ',')
		text = append(rows.AppendField(text, one.Slot.Value.System().String()), ',')
		text = append(strconv.AppendInt(text, int64(one.Slot.Position), 10), ',')
		text = append(rows.AppendField(text, a.Codes().Column(one.Slot).Name()), ',')
		text = append(rows.AppendField(text, a.Codes().Text(one.Slot)), ',')
		text = append(rows.AppendField(text, program.CutRaw(entry.Raw)), ',')
		text = append(rows.AppendField(text, entry.Pos.File), ',')
		b.text = append(strconv.AppendInt(text, int64(entry.Pos.Line), 10), '\n')
		b.lines = append(b.lines, line{len(b.text), b.found})
	}
	b.found++
}
