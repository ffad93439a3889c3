package index

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// masksByByte makes the masks by their definition.
func masksByByte(text []byte, comma byte) (delims, newlines, quotes []uint64) {
	words := len(text) / 64
	delims, newlines, quotes = make([]uint64, words), make([]uint64, words), make([]uint64, words)
	for i, c := range text {
		bit := uint64(1) << (i % 64)
		switch c {
		case comma:
			delims[i/64] |= bit
		case '\n':
			newlines[i/64] |= bit
		case '"':
			quotes[i/64] |= bit
		}
	}
	return delims, newlines, quotes
}

// requireMasks compares every implementation of masks in this build and on this machine with the definition. The
// previous contents of the masks must not matter.
func requireMasks(t testing.TB, text []byte, comma byte) {
	t.Helper()
	d, n, q := masksByByte(text, comma)
	for name, masks := range waysToMask() {
		dirty := func() []uint64 {
			words := make([]uint64, len(text)/64)
			for i := range words {
				words[i] = 0xA5A5_A5A5_A5A5_A5A5
			}
			return words
		}
		delims, newlines, quotes := dirty(), dirty(), dirty()
		masks(text, comma, delims, newlines, quotes)
		require.Equal(t, d, delims, "delimiters by %s of %q", name, text)
		require.Equal(t, n, newlines, "line feeds by %s of %q", name, text)
		require.Equal(t, q, quotes, "quotes by %s of %q", name, text)
	}
}

func TestMasks(t *testing.T) {
	// Put each byte at each offset, alone among bytes that differ from it in one bit. A comparison of whole words must
	// not carry from one byte to the next.
	for _, c := range []byte(",\n\";\t|") {
		for bit := range 8 {
			text := bytes.Repeat([]byte{c ^ 1<<bit}, 64)
			for i := range text {
				text[i] = c
				requireMasks(t, text, ',')
				if c != '\n' && c != '"' {
					requireMasks(t, text, c)
				}
				text[i] = c ^ 1<<bit
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		text := make([]byte, 64*r.IntN(6))
		density := r.IntN(100)
		for i := range text {
			text[i] = byte(r.Uint32())
			if r.IntN(100) < density {
				text[i] = ",\n\"-+!.\r\x00\x8A\xA2\xAC"[r.IntN(12)]
			}
		}
		requireMasks(t, text, ',')
	}
}

func FuzzMasks(f *testing.F) {
	f.Add([]byte("a,b\n\"c,\"\"d\"\r\n-,-+,+"), byte(','))
	f.Add(bytes.Repeat([]byte(",-"), 64), byte(','))
	f.Add(bytes.Repeat([]byte("\xAC\xA2\x8A,\"\n"), 40), byte(';'))
	f.Fuzz(func(t *testing.T, text []byte, comma byte) {
		if comma == '\n' || comma == '"' {
			return // not delimiters
		}
		text = append(text, make([]byte, 64*wordsFor(len(text))-len(text))...)
		if comma != 0 {
			requireMasks(t, text, comma)
		}
	})
}

func BenchmarkMasks(b *testing.B) {
	for name, row := range map[string]string{
		"outpatients": fmt.Sprintf("4428799300,01,54,54.000,2010-11-05,,Q01,Q41,1,5,601724787038,1,R69X%sR69X,X997%sX997,3,201099\n",
			bytes.Repeat([]byte(","), 12), bytes.Repeat([]byte(","), 24)),
		"quoted": "\"4428799300\",\"01\",\"54\",\"2010-11-05\",\"R69X\",\"\",\"\",\"R69X\",\"X997\"\n",
	} {
		text := bytes.Repeat([]byte(row), 64*1024/len(row)*64)
		text = text[:len(text)/64*64]
		d, n, q := masksByByte(text, ',')
		for way, masks := range waysToMask() {
			b.Run(name+"/"+way, func(b *testing.B) {
				delims, newlines, quotes := make([]uint64, len(d)), make([]uint64, len(d)), make([]uint64, len(d))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					masks(text, ',', delims, newlines, quotes)
				}
				require.Equal(b, [][]uint64{d, n, q}, [][]uint64{delims, newlines, quotes})
			})
		}
	}
}
