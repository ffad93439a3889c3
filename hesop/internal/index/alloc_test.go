package index

import (
	"io"
	"strings"
	"testing"

	"hesopmatch/internal/rows"

	"github.com/stretchr/testify/require"
)

func TestNoAllocs(t *testing.T) {
	const row = "1,\"a,\nb\",,R69X,,,,\"E119,I10X\",c\"d,\n" // with a quote inside a field
	text := strings.Repeat(row, 1000)
	source := strings.NewReader(text)
	var b Block
	var r Row
	var fields []rows.Field
	var places []Place
	spans := []Span{{0, 1}, {3, 7}}
	read := func() {
		source.Reset(text)
		b.Begin(nil, len(text)+1)
		if err := fill(&b, source); err != io.EOF {
			panic(err)
		}
		b.Index(',', true)
		n := 0
		for b.Next(&r) {
			n++
			fields = b.AppendFields(fields[:0], &r)
			places = b.AppendPlaces(places[:0], &r, spans)
			if r.Fields != 10 || len(fields) != 10 || len(places) != 4 || fields[7] != places[3].Field || b.Field(&r, 7) != fields[7] {
				panic("a row has the wrong fields")
			}
		}
		if n != 1000 {
			panic("a row is missing")
		}
	}
	read() // allocates the memory that later calls reuse
	require.Zero(t, testing.AllocsPerRun(10, read))
}
