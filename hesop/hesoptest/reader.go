package hesoptest

import (
	"bytes"

	"hesopmatch/hesop"
)

// Reader returns a reader of rows in a layout. It panics for a row for which Writer.Write panics.
func Reader(layout hesop.Layout, rows ...Row) *hesop.Reader {
	var text bytes.Buffer
	w := NewWriter(&text, layout)
	for i := range rows {
		_ = w.Write(&rows[i]) // cannot fail: it writes to memory
	}
	_ = w.Flush() // cannot fail either
	r, err := hesop.NewReader(&text)
	if err != nil {
		panic("hesoptest: " + err.Error())
	}
	return r
}

// Appointment returns a row as an appointment in a layout. The appointment stays valid, unlike one that a Reader
// yields. Appointment panics for a row for which Writer.Write panics.
func Appointment(layout hesop.Layout, row Row) *hesop.Appointment {
	for a, err := range Reader(layout, row).All() {
		if err != nil {
			panic("hesoptest: " + err.Error())
		}
		return a.Clone()
	}
	panic("hesoptest: the row was not read")
}
