package hesop

import (
	"fmt"
	"io"
	"log/slog"

	"hesopmatch/internal/noform"
)

// String returns the row and the line of the appointment, and nothing that it holds.
func (a *Appointment) String() string {
	switch {
	case a == nil || a.header == nil:
		return "hesop.Appointment of no row"
	case a.line == 0:
		return fmt.Sprintf("hesop.Appointment of row %d", a.number)
	default:
		return fmt.Sprintf("hesop.Appointment of row %d, line %d", a.number, a.line)
	}
}

// Format writes what String returns, whatever the verb.
func (a *Appointment) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, a.String()) }

// LogValue returns what String does, for log/slog.
func (a *Appointment) LogValue() slog.Value { return slog.StringValue(a.String()) }

// String says how many rows the block has, and nothing that they hold.
func (b *block) String() string { return fmt.Sprintf("hesop.block of %d rows", b.count) }

// Format writes what String returns, whatever the verb.
func (b *block) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, b.String()) }

// String returns the status of the term, and nothing of what the row holds.
func (t Term) String() string { return "hesop.Term, " + t.Status.String() }

// Format writes what String returns, whatever the verb. Text, Code and Label are there to
// print what the row holds.
func (t Term) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, t.String()) }

// LogValue returns what String does, for log/slog.
func (t Term) LogValue() slog.Value { return slog.StringValue(t.String()) }

// String returns the name of the file and how many rows were read.
func (r *Reader) String() string {
	if r == nil || r.header == nil {
		return "hesop.Reader of nothing"
	}
	return fmt.Sprintf("hesop.Reader of %q after row %d", r.opts.file, r.number)
}

// Format writes what String returns, whatever the verb.
func (r *Reader) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, r.String()) }

// LogValue returns what String does, for log/slog.
func (r *Reader) LogValue() slog.Value { return slog.StringValue(r.String()) }

// mustHoldRow panics if the appointment is a zero one.
func (a *Appointment) mustHoldRow() {
	if a == nil || a.header == nil {
		panic("hesop: the zero Appointment holds no row: take one from a Reader, or fill it by CopyTo")
	}
}

// noForm makes an Appointment and its Codes fail to marshal.
type noForm = noform.Of[whyNoForm]

type whyNoForm struct{}

// Reason says why.
func (whyNoForm) Reason() string {
	return "hesop: an Appointment, as its Codes, has no binary or text form: send what is needed of it, by Text"
}
