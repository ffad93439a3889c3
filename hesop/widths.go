package hesop

import "fmt"

// widths records what the rows show about whether raw columns are truncated at four characters.
type widths struct {
	longRaw bool  // a raw diagnosis is longer than four characters
	cut     int64 // number of appointments whose answers depend on the width
}

// add adds what the rows of an Appointment have shown since the last call.
func (w *widths) add(a *Appointment) {
	in := a.in()
	w.longRaw = w.longRaw || (in.shown|in.codes.has)&hasLongRaw != 0
	w.cut += in.codes.TakeCut()
	in.shown = 0
}

// merge adds what other rows have shown.
func (w *widths) merge(o widths) {
	w.longRaw = w.longRaw || o.longRaw
	w.cut += o.cut
}

// addWidths adds what the rows of a block have shown.
func (r *Reader) addWidths(b *block) {
	if b.part == nil { // for a part, the worker has stored them in b.widths
		r.widths.add(b.current)
	}
	for i := range b.copies[:b.copied] {
		r.widths.add(&b.copies[i])
	}
}

// checkWidths fails if answers depend on the width of raw columns, but neither the data nor RawWidth states it.
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
