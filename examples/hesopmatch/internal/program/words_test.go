package program

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMessages requires control characters not to reach the terminal, however the text is split into writes.
func TestMessages(t *testing.T) {
	for _, test := range []struct{ reason, text, want string }{
		{"lines and tabs stay", "a\tb\nc\n", "a\tb\nc\n"},
		{"a colour", "a\x1b[31mb.csv", "a\uFFFD[31mb.csv"},
		{"a return to the start of the line", "real\rfake\n", "real\uFFFDfake\n"},
		{"a control character of two bytes", "a\u009bb", "a\uFFFDb"},
		{"a byte that is a control character in old terminals", "a\x9bb", "a\uFFFDb"},
		{"text that changes direction", "a\u202ebcod.csv", "a\uFFFDbcod.csv"},
		{"letters of other languages stay", "é日本\n", "é日本\n"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			for size := 1; size <= len(test.text); size++ {
				var b bytes.Buffer
				m := NewMessages(&b)
				for text := []byte(test.text); len(text) > 0; {
					n := min(size, len(text))
					written, err := m.Write(text[:n])
					require.NoError(t, err)
					require.Equal(t, n, written)
					text = text[n:]
				}
				require.Equal(t, test.want, b.String(), size)
			}
		})
	}
	var b strings.Builder
	require.Equal(t, 1, Exit("flag", &b, errors.New("open \x1b[31m: no such file\n  and more")))
	require.Equal(t, "flag: open \uFFFD[31m: no such file\n  and more\n", b.String())
}

func TestCutRaw(t *testing.T) {
	long := strings.Repeat("E11 ", 100)
	for _, test := range []struct{ reason, cell, want string }{
		{"short", "E11", "E11"},
		{"the longest cell that is kept whole", long[:256], long[:256]},
		{"one byte longer than that", long[:257], long[:200] + " ... [257 bytes]"},
		{"a character stays whole", long[:199] + "é" + long[:100], long[:199] + " ... [301 bytes]"},
		{"so does a character of four bytes", long[:197] + "\U0001F600" + long[:100], long[:197] + " ... [301 bytes]"},
		{"bytes that are not UTF-8", strings.Repeat("\x80", 300), strings.Repeat("\x80", 196) + " ... [300 bytes]"},
	} {
		t.Run(test.reason, func(t *testing.T) { require.Equal(t, test.want, CutRaw(test.cell)) })
	}
}
