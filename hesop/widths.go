package hesop

import (
	"fmt"
	"io"
)

// widths are signs, in the rows that All yielded and Match saw, of whether raw columns were cut
// at four characters.
type widths struct {
	longRaw bool
	cut     int64 // appointments whose answers depend on it
}

// add looks at an appointment that is done with.
func (w *widths) add(a *Appointment) {
	if !a.coded {
		return
	}
	codes := &a.in().codes
	w.longRaw = w.longRaw || codes.LongRaw()
	if codes.cut {
		w.cut++
	}
}

// check is what reading ends with: io.EOF, or that RawWidth is needed.
func (w *widths) check(r *Reader) error {
	if !w.longRaw {
		if err := r.CheckRawWidth(w.cut); err != nil {
			return err
		}
	}
	return io.EOF
}

// CheckRawWidth returns ErrRawWidth, with what settles it, if n is not 0 and RawWidth was
// not given. match.Scan calls it for data without a raw diagnosis of more than four characters
// (see Codes.LongRaw) that several workers matched; n is then how many appointments would be
// undecided if the columns were cut.
func (r *Reader) CheckRawWidth(n int64) error {
	if n == 0 || r.opts.statesWidth {
		return nil
	}
	have := "1 appointment has"
	if n > 1 {
		have = fmt.Sprintf("%d appointments have", n)
	}
	return &Error{File: r.opts.file, Err: fmt.Errorf("%w: no raw diagnosis (diag_01 and its like) has more than four "+
		"characters, and %s one that a longer entry begins with: RawWidth(4) (-raw-width 4) takes them as cut, "+
		"RawWidth(6) (-raw-width 6) as whole",
		ErrRawWidth, have)}
}
