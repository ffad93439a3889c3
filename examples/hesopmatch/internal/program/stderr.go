package program

import (
	"io"
	"unicode/utf8"
)

// Messages writes text to a terminal or a log. It replaces characters that would control a terminal, except line ends
// and tabs. A file's name can contain such characters. Use Messages for standard error.
type Messages struct {
	out  io.Writer
	rest []byte // the start of an incomplete character
}

// NewMessages returns Messages that go to w.
func NewMessages(w io.Writer) *Messages { return &Messages{out: w} }

// Write writes text. It keeps an incomplete character at the end for the next call.
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

// raw returns the writer under Messages, to which the commands themselves write control characters.
func raw(w io.Writer) io.Writer {
	if m, ok := w.(*Messages); ok {
		return m.out
	}
	return w
}
