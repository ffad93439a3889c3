package hesop

import "fmt"

// widths are what the rows have shown of whether raw columns were cut at four characters.
type widths struct {
	longRaw bool  // some raw diagnosis is longer
	cut     int64 // appointments whose answers depend on it
}

// add takes what the rows of an Appointment have shown since it was last asked.
func (w *widths) add(a *Appointment) {
	in := a.in()
	w.longRaw = w.longRaw || (in.shown|in.codes.has)&hasLongRaw != 0
	w.cut += in.codes.TakeCut()
	in.shown = 0
}

// merge adds what others have shown.
func (w *widths) merge(o widths) {
	w.longRaw = w.longRaw || o.longRaw
	w.cut += o.cut
}

// addWidths adds those of a block.
func (r *Reader) addWidths(b *block) {
	if b.part == nil { // else the worker has it
		r.widths.add(b.current)
	}
	for i := range b.copies[:b.copied] {
		r.widths.add(&b.copies[i])
	}
}

// checkWidths fails if answers depend on RawWidth, the data do not show it and it was not given.
func (r *Reader) checkWidths() error {
	r.widths.add(r.current)
	n := r.widths.cut
	if n == 0 || r.widths.longRaw || r.opts.statesWidth {
		return nil
	}
	have := "1 appointment has"
	if n > 1 {
		have = fmt.Sprintf("%d appointments have", n)
	}
	return &Error{File: r.opts.file, Err: fmt.Errorf("%w: no raw diagnosis (diag_01 and its like) has more than four "+
		"characters, and %s one that a longer entry begins with: RawWidth(4) takes them as cut, RawWidth(6) as "+
		"whole", ErrRawWidth, have)}
}
