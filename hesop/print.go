package hesop

import (
	"fmt"
	"io"
	"log/slog"

	"hesopmatch/internal/noform"
)

// String returns the numbers of the row and the line of the appointment. It shows nothing that the row holds.
func (a *Appointment) String() string {
	switch {
	case a == nil || a.header == nil:
		return "hesop.Appointment without a row"
	case a.line == 0:
		return fmt.Sprintf("hesop.Appointment of row %d", a.number)
	default:
		return fmt.Sprintf("hesop.Appointment of row %d, line %d", a.number, a.line)
	}
}

// Format writes what String returns, for any verb.
func (a *Appointment) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, a.String()) }

// LogValue returns what String returns, for log/slog.
func (a *Appointment) LogValue() slog.Value { return slog.StringValue(a.String()) }

// String returns the number of the row and the number of values. It shows none of the values.
func (c *Codes) String() string {
	if c == nil {
		return "hesop.Codes (nil)"
	}
	return fmt.Sprintf("hesop.Codes of row %d: %d values", c.Row(), len(c.slots))
}

// Format writes what String returns, for any verb.
func (c *Codes) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, c.String()) }

// LogValue returns what String returns, for log/slog.
func (c *Codes) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String returns the number of rows in the block. It shows nothing that they hold.
func (b *block) String() string { return fmt.Sprintf("hesop.block of %d rows", b.count) }

// Format writes what String returns, for any verb.
func (b *block) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, b.String()) }

// String returns the status of the term. It shows nothing that the row holds.
func (t Term) String() string { return "hesop.Term, " + t.Status.String() }

// Format writes what String returns, for any verb. To print what the row holds, use Text, Code and Label.
func (t Term) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, t.String()) }

// LogValue returns what String returns, for log/slog.
func (t Term) LogValue() slog.Value { return slog.StringValue(t.String()) }

// String returns the name of the file and the number of rows read.
func (r *Reader) String() string {
	if r == nil || r.header == nil {
		return "hesop.Reader (nil or zero)"
	}
	return fmt.Sprintf("hesop.Reader of %q after row %d", r.opts.file, r.number)
}

// Format writes what String returns, for any verb.
func (r *Reader) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, r.String()) }

// LogValue returns what String returns, for log/slog.
func (r *Reader) LogValue() slog.Value { return slog.StringValue(r.String()) }

// mustHoldRow panics if a is nil or the zero Appointment.
func (a *Appointment) mustHoldRow() {
	if a == nil || a.header == nil {
		panic("hesop: the zero Appointment holds no row: take one from a Reader, or fill it with CopyTo")
	}
}

// noForm makes marshalling an Appointment or its Codes fail.
type noForm = noform.Of[whyNoForm]

type whyNoForm struct{}

// Reason returns the text of the error.
func (whyNoForm) Reason() string {
	return "hesop: an Appointment, like its Codes, has no binary or text form: send the fields needed, with Text"
}
