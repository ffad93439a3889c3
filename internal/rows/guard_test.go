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
		{func([]byte) (int, error) { return 0, nil }, io.ErrNoProgress.Error(), "no bytes and no error, forever"},
		{func([]byte) (int, error) { return -1, nil }, "the reader is at fault: it says that it read -1 bytes", "a negative count"},
		{func(p []byte) (int, error) { return len(p) + 1, io.EOF }, "the reader is at fault", "a count greater than the buffer"},
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
	require.NoError(t, err, "99 empty reads are allowed")
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
		{"a,b\r1,2\r", 3, "all lines end in CR"},
		{"a,b\r1,2", 3, "... except the last, which has no end"},
		{"a,b\r", -1, "a CR as the last byte may be half a CRLF"},
		{"a,b\r\n1\r2,3\r\n", -1, "a CR after the first line end is a character"},
		{"a,b\n1\r2,3\n", -1, "... also if the first line end is LF without CR"},
		{"a\rb,c\n1,2\n", 1, "a CR before the first LF"},
		{"a,b\r\r\n1,2\r\r\n", 3, "the first of two CRs before LF"},
		{"\"a\rb\",c\n1,2\n", -1, "a CR within quotes"},
		{"\"a\nb\",c\r1,2\r", 7, "a CR after a quoted line end"},
		{"\"a\",\"b\"\r\"1\",\"2\"\r", 7, "a CR after a closing quote"},
		{"a\"\rb\"\n", 2, "a CR after a quote that is a character within a field"},
		{"\"a\rb", -1, "a quote that is never closed is a different error"},
		{"a,b", -1, "no line end at all"},
		{"", -1, "an empty text"},
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

// oneByte returns a read function that reads text one byte at a time.
func oneByte(text string) func(p []byte) (int, error) {
	r := strings.NewReader(text)
	return func(p []byte) (int, error) { return r.Read(p[:min(1, len(p))]) }
}
