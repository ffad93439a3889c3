package index

import (
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"hesopmatch/internal/rows"

	"github.com/stretchr/testify/require"
)

// reading is the result of reading a text: its rows, their fields, and its fault. All offsets count from the start of
// the text.
type reading struct {
	Rows      [][2]int // start and end
	Fields    [][]rows.Field
	multiline bool        // whether a row has a line end within quotes
	Fault     *rows.Fault // its Offset counts from the start of the text
	Rest      int         // offset at which reading stopped
}

// byBytes reads a text with only the splitter of package rows.
func byBytes(text string) (want reading) {
	var row rows.Row
	for want.Rest < len(text) {
		start := want.Rest
		n, _, fault := rows.Split([]byte(text[start:]), ',', false, true, &row)
		if fault != nil {
			fault.Offset += int64(start)
			want.Fault = fault
			return want
		}
		fields := slices.Clone(row.Fields)
		for i := range fields {
			fields[i].Start += uint32(start)
			fields[i].End += uint32(start)
		}
		want.Rows = append(want.Rows, [2]int{start, start + len(row.Data)})
		want.Fields = append(want.Fields, fields)
		want.multiline = want.multiline || strings.Contains(string(row.Data), "\n")
		want.Rest += n
	}
	return want
}

// fill fills a block until it is full or the source ends.
func fill(b *Block, source io.Reader) (err error) {
	for err == nil && !b.isFull() {
		err = b.Fill(source)
	}
	return err
}

// byIndex reads a text in blocks. A block has size bytes, and grows if a row is longer.
func byIndex(t testing.TB, text string, size int) (got reading) {
	t.Helper()
	source := iotest.DataErrReader(strings.NewReader(text))
	var b Block
	b.Begin(nil, max(size, 1))
	for offset := 0; ; {
		err := fill(&b, source)
		if err != io.EOF {
			require.NoError(t, err)
		}
		b.Index(',', err == io.EOF)
		before := len(got.Rows)
		appendRows(t, &b, offset, &got)
		got.multiline = got.multiline || b.Multiline()
		got.Rest = offset + len(b.Text()) - len(b.Rest())
		if fault := b.Fault(); fault != nil {
			fault.Offset += int64(got.Rest)
			got.Fault = fault
			return got
		}
		if err == io.EOF {
			require.Empty(t, b.Rest())
			return got
		}
		offset = got.Rest
		b.Begin(b.Rest(), 0)
		if len(got.Rows) == before {
			b.Grow(1 << 20)
		}
	}
}

func requireSame(t testing.TB, want, got reading, text string) {
	t.Helper()
	if want.multiline {
		require.True(t, got.multiline, "%q", text)
	}
	want.multiline = got.multiline // may also be true because of text that turns out not to be a row
	require.Equal(t, want, got, "%q", text)
}

// appendRows reads the rows of a block that starts at offset.
func appendRows(t testing.TB, b *Block, offset int, got *reading) {
	t.Helper()
	var r Row
	var all []rows.Field
	for b.Next(&r) {
		all = b.AppendFields(all[:0], &r)
		require.Len(t, all, r.Fields)
		for i, f := range all {
			require.Equal(t, f, b.Field(&r, i), "Field %d", i)
		}
		requirePlaces(t, b, &r, all)
		fields := slices.Clone(all)
		for i := range fields {
			fields[i].Start += uint32(offset)
			fields[i].End += uint32(offset)
		}
		got.Rows = append(got.Rows, [2]int{int(r.Start) + offset, int(r.End) + offset})
		got.Fields = append(got.Fields, fields)
	}
}

// requirePlaces checks AppendPlaces for several choices of columns.
func requirePlaces(t testing.TB, b *Block, r *Row, all []rows.Field) {
	t.Helper()
	n := len(all)
	choices := [][]Span{{{0, n - 1}}, {{n - 1, n - 1}}, {{0, 0}}, {{n / 2, n - 1}}, {{n / 3, n / 2}}}
	if n > 4 {
		choices = append(choices, []Span{{0, 1}, {3, n - 1}}, []Span{{1, n / 2}, {n/2 + 1, n/2 + 1}}, []Span{{1, 1}, {n - 2, n - 2}})
	}
	for _, spans := range choices {
		want := []Place{}
		for _, s := range spans {
			for i := s.First; i <= s.Last; i++ {
				if all[i].Start < all[i].End {
					want = append(want, Place{int32(i), all[i]})
				}
			}
		}
		require.Equal(t, want, b.AppendPlaces([]Place{}, r, spans), "columns %v of %d", spans, n)
	}
}

// texts are seeds. A § marks where a word of 64 bytes must end: padding is added so that the text before the § and
// the text after it are in different words.
var texts = []string{
	"",
	"a,b\nc,d\n",
	"a,b\r\nc,d\r\n",
	"a,b\nc,d",         // the last line end is optional
	"a,b\r",            // a CR at the end of the text is a line end
	"a,\n,b\n,\n",      // empty fields
	"\na\n\r\n\n\nb\n", // blank lines
	"a\rb\n",           // a lone CR is a character
	"a\r\r\n",
	"\"a,b\",c\n",                // a quoted delimiter
	"\"a\nb\",c\nd,e\n",          // a quoted line end
	"\"a\r\nb\",c\r\n",           // quoted CRLF
	"\"a \"\"b\"\"\",c\n",        // doubled quotes
	"\"\"\n\"\",\"\"",            // quoted and empty
	"\"\"\"\"\n\"\"\"a\"\"\",\n", // only doubled quotes
	"a\"b,c \"d\"\n",             // bare quotes: the masks say that ",c " is quoted
	"a\"b\nc\"d,e\n",             // ... or that the line end is quoted
	"a\"\"b,c\n",                 // two bare quotes
	"a,b\"\n\"c\",d\n",           // a bare quote at the end, followed by a quoted field
	"a\n\"b\"c,d\n",              // a character after a closing quote
	"\"a\"\rb\n",                 // a lone CR after a closing quote
	"\"a\"\r\n\"b\"\r",           // a CRLF after a closing quote, and a CR at the end of the text
	"a,b\nc,\"d\n",               // a quote that is never closed
	"a,b\nc,\"d\"\"",             // ... whose last quotes are doubled
	"\x00,a\x00\"b\x00\n",        // NULs
	"a,\"b\"§\nc,d\n",
	"a,\"b§\"\nc,d\n",
	"a,\"b\"§\"\",c\"\nd\n",
	"a,\"b\"\"§\",c\"\nd\n",
	"a§\"b,c\nd\"e,f\n",
	"a,§\"b,c\nd\",f\n",
	"a,b§\r\nc,d\n",
	"a,b\r§\nc,d\n",
	"a,\"b\"§\r\nc,d\n",
	"a,\"b\"\r§\nc,d\n",
	"a,\"b\"\r§c,d\n",
	"a,b\n§\"c\",d\n",
	"a,b§\n\"c\",d\n",
	"a,b,§,,,\n,,c\n",
	"a,b,,§,,\n,,c\n",
	"a,b\"§\n\"c\"\n",
	"a,b\"c\"§\n\"c\"\n",
	"x\"§y,z\n§\"a,\nb\",c\n",
	"x\"y,§z\n§\"a,\nb\"§,c\n§d\"e",
}

// filled removes each § from a seed, and adds padding so that the text after each § starts a word of the masks.
func filled(seed string) string {
	parts := strings.Split(seed, "§")
	text := ""
	for i, part := range parts {
		if i < len(parts)-1 {
			missing := 64 - (len(text)+len(part))%64
			part = strings.Repeat("x", missing%64) + part // at the front, to keep the end as it is
			if i > 0 {
				part = strings.TrimLeft(part, "x")
				part += strings.Repeat("z", missing%64)
			}
		}
		text += part
	}
	return text
}

func TestIndexAgainstBytes(t *testing.T) {
	for _, seed := range texts {
		text := filled(seed)
		want := byBytes(text)
		for _, size := range []int{1, 64, 128, 4096} {
			requireSame(t, want, byIndex(t, text, size), text)
		}
		// The same text later in a block, at every offset in a word.
		for shift := range 130 {
			text := strings.Repeat("y", shift) + "\n" + text + "\nlast,row"
			requireSame(t, byBytes(text), byIndex(t, text, 192), text)
		}
	}
}

// randomText returns text made of significant bytes, in varying proportions.
func randomText(r *rand.Rand, n int) string {
	alphabets := []string{"ab,\n\"", "aaaaaaaa,,,,\n\"", ",,,,,,,\n", "aaaa,\n\"\r", "\"\",\n", "a,\"\n\r\x00", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa,\""}
	alphabet := alphabets[r.IntN(len(alphabets))]
	text := make([]byte, n)
	for i := range text {
		text[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(text)
}

func TestIndexOfRandomText(t *testing.T) {
	rounds := 20_000
	if testing.Short() {
		rounds = 2000
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		text := randomText(r, r.IntN(500))
		requireSame(t, byBytes(text), byIndex(t, text, 64*(1+r.IntN(4))), text)
	}
	// Well-formed quotes, which the masks must resolve without splitOdd.
	for range rounds {
		var b strings.Builder
		for range 1 + r.IntN(20) {
			for i := range 1 + r.IntN(6) {
				if i > 0 {
					b.WriteByte(',')
				}
				if field := randomText(r, r.IntN(20)); r.IntN(2) == 0 {
					b.WriteString(`"` + strings.ReplaceAll(field, `"`, `""`) + `"`)
				} else {
					b.WriteString(strings.NewReplacer(`"`, "", ",", "", "\n", "", "\r", "").Replace(field))
				}
			}
			b.WriteString([]string{"\n", "\r\n"}[r.IntN(2)])
		}
		requireSame(t, byBytes(b.String()), byIndex(t, b.String(), 64*(1+r.IntN(8))), b.String())
	}
}

func FuzzIndexAgainstBytes(f *testing.F) {
	for _, seed := range texts {
		f.Add(filled(seed), uint16(64))
	}
	f.Fuzz(func(t *testing.T, text string, size uint16) {
		requireSame(t, byBytes(text), byIndex(t, text, int(size)), text)
	})
}
