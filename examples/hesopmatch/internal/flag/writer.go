package flag

import (
	"strconv"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// rowWriter writes what was found for one appointment after another.
type rowWriter interface {
	// begin is called for each input, before its appointments.
	begin(r *hesop.Reader, first bool) error
	// write is called for each appointment, row numbered through all inputs.
	write(row int64, a *hesop.Appointment, res *match.Result, hits []match.Hit) error
}

// wideWriter writes the columns of an appointment and one more for each list.
type wideWriter struct {
	out     *program.Output
	matcher *match.Matcher
	lists   []*codelist.List
	columns []string // nil for all
	all     bool     // rows without a match too

	handles []hesop.Column
	line    []byte
}

func (w *wideWriter) begin(r *hesop.Reader, first bool) error {
	w.handles = w.handles[:0]
	if w.columns == nil {
		for c := range r.Columns() {
			w.handles = append(w.handles, c)
		}
	}
	for _, name := range w.columns {
		c, _ := r.Column(name) // the columns were checked
		w.handles = append(w.handles, c)
	}
	if !first {
		return nil
	}
	w.line = w.line[:0]
	for _, c := range w.handles {
		w.line = append(program.AppendField(w.line, c.Name()), ',')
	}
	for i, l := range w.lists {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.line = program.AppendField(w.line, l.Name())
	}
	_, err := w.out.Write(append(w.line, '\n'))
	return err
}

func (w *wideWriter) write(_ int64, a *hesop.Appointment, res *match.Result, _ []match.Hit) error {
	if !w.all && !res.AnyMatch() {
		return nil
	}
	w.line = w.line[:0]
	for _, c := range w.handles {
		w.line = append(program.AppendField(w.line, a.Text(c)), ',')
	}
	for i := range w.lists {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		switch res.Status(i) {
		case match.Match:
			w.line = append(w.line, '1')
		case match.NoMatch:
			w.line = append(w.line, '0')
		case match.Unknown: // stays empty
		}
	}
	_, err := w.out.Write(append(w.line, '\n'))
	return err
}

// hitsWriter writes a line for each value that a list matched.
type hitsWriter struct {
	out     *program.Output
	matcher *match.Matcher
	line    []byte
}

func (w *hitsWriter) begin(_ *hesop.Reader, first bool) error {
	if !first {
		return nil
	}
	_, err := w.out.WriteString("row,list,system,position,column,value,entry,entry_file,entry_line\n")
	return err
}

func (w *hitsWriter) write(row int64, a *hesop.Appointment, _ *match.Result, hits []match.Hit) error {
	for _, h := range hits {
		list := w.matcher.List(h.List)
		entry := list.Entry(h.Entry)
		line := strconv.AppendInt(w.line[:0], row, 10)
		line = append(line, ',')
		line = append(program.AppendField(line, list.Name()), ',')
		line = append(program.AppendField(line, h.Slot.Value.System().String()), ',')
		line = append(strconv.AppendInt(line, int64(h.Slot.Position), 10), ',')
		line = append(program.AppendField(line, a.Codes().Column(h.Slot).Name()), ',')
		line = append(program.AppendField(line, a.Codes().Text(h.Slot)), ',')
		line = append(program.AppendField(line, program.CutRaw(entry.Raw)), ',')
		line = append(program.AppendField(line, entry.Pos.File), ',')
		line = append(strconv.AppendInt(line, int64(entry.Pos.Line), 10), '\n')
		w.line = line
		if _, err := w.out.Write(line); err != nil {
			return err
		}
	}
	return nil
}
