package rows

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func TestGuard(t *testing.T) {
	tests := []struct {
		read   readFunc
		err    string
		reason string
	}{
		{func([]byte) (int, error) { return 0, nil }, io.ErrNoProgress.Error(), "nothing for ever"},
		{func([]byte) (int, error) { return -1, nil }, "the reader is at fault: it says that it read -1 bytes", "a count below 0"},
		{func(p []byte) (int, error) { return len(p) + 1, io.EOF }, "the reader is at fault", "more than there is room for"},
	}
	for _, tt := range tests {
		_, err := io.ReadAll(Guard(tt.read))
		require.ErrorContains(t, err, tt.err, tt.reason)
	}

	left := 99
	patient := readFunc(func([]byte) (int, error) {
		if left--; left < 0 {
			return 0, io.EOF
		}
		return 0, nil
	})
	_, err := io.ReadAll(Guard(patient))
	require.NoError(t, err, "99 times is not a hundred")
	text, err := io.ReadAll(Guard(strings.NewReader("text")))
	require.NoError(t, err)
	require.Equal(t, "text", string(text))
}

func TestLoneCR(t *testing.T) {
	tests := []struct {
		text   string
		want   int64 // -1 if there is none
		reason string
	}{
		{"a,b\r1,2\r", 3, "all lines end so"},
		{"a,b\r1,2", 3, "... the last has no end"},
		{"a,b\r", -1, "the last byte is half a CRLF"},
		{"a,b\r\n1\r2,3\r\n", -1, "behind the first LF it is a character"},
		{"a,b\n1\r2,3\n", -1, "... a bare LF too"},
		{"a\rb,c\n1,2\n", 1, "before the first LF"},
		{"a,b\r\r\n1,2\r\r\n", 3, "two of them before LF"},
		{"\"a\rb\",c\n1,2\n", -1, "within quotes"},
		{"\"a\nb\",c\r1,2\r", 7, "behind a quoted line end"},
		{"\"a\",\"b\"\r\"1\",\"2\"\r", 7, "behind a closing quote"},
		{"a\"\rb\"\n", 2, "a quote within a field is a character"},
		{"\"a\rb", -1, "a quote that never closes is another error"},
		{"a,b", -1, "no line end at all"},
		{"", -1, "nothing"},
	}
	for _, tt := range tests {
		for _, source := range []io.Reader{strings.NewReader(tt.text), readFunc(oneByte(tt.text))} {
			s := NewScanner(source, ',', false, 100)
			got, found := s.LoneCR()
			if !found {
				got = -1
			}
			require.Equal(t, tt.want, got, tt.reason)
		}
	}
}

// oneByte reads a text byte by byte.
func oneByte(text string) func(p []byte) (int, error) {
	r := strings.NewReader(text)
	return func(p []byte) (int, error) { return r.Read(p[:min(1, len(p))]) }
}
