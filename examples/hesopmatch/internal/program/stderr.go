package program

import (
	"io"
	"unicode/utf8"
)

// Messages writes text for people to a terminal or a log: what would steer a terminal,
// as a file's name can, is replaced, line ends aside. Use it for standard error.
type Messages struct {
	out  io.Writer
	rest []byte // the start of a character whose other bytes are still to come
}

// NewMessages returns Messages that go to w.
func NewMessages(w io.Writer) *Messages { return &Messages{out: w} }

// Write writes text, all of it but for the start of a character at its end.
func (m *Messages) Write(text []byte) (int, error) {
	whole := append(m.rest, text...)
	end := len(whole)
	for back := 1; back < utf8.UTFMax && back <= len(whole); back++ {
		if at := len(whole) - back; utf8.RuneStart(whole[at]) {
			if !utf8.FullRune(whole[at:]) {
				end = at
			}
			break
		}
	}
	m.rest = append([]byte(nil), whole[end:]...)
	if _, err := io.WriteString(m.out, PlainLines(string(whole[:end]))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// raw is the writer behind Messages, for what the commands themselves steer a terminal by.
func raw(w io.Writer) io.Writer {
	if m, ok := w.(*Messages); ok {
		return m.out
	}
	return w
}
