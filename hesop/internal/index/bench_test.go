package index

import (
	"io"
	"strings"
	"testing"
)

// BenchmarkIndex finds the rows of a text and the codes in them. The rows are plain, or have every field quoted, or
// have a quote that the masks cannot resolve.
func BenchmarkIndex(b *testing.B) {
	plain := "4428799300,01,54,54.000,2010-11-05,,Q01,Q41,1,5,601724787038,1,,Z9999,f767d996,R69X" +
		strings.Repeat(",", 12) + "R69X,1,Z,1,1011,330,X997" + strings.Repeat(",", 24) + "X997,3,201099\n"
	for name, row := range map[string]string{
		"plain":  plain,
		"quoted": `"` + strings.ReplaceAll(strings.TrimSpace(plain), ",", `","`) + "\"\n",
		"odd":    strings.Replace(plain, "54.000", `5"4`, 1),
	} {
		b.Run(name, func(b *testing.B) {
			const n = 500
			text := strings.Repeat(row, n)
			source := strings.NewReader(text)
			spans := []Span{{15, 27}, {33, 57}}
			var block Block
			var r Row
			var places []Place
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				source.Reset(text)
				block.Begin(nil, len(text)+1)
				if err := fill(&block, source); err != io.EOF {
					b.Fatal(err)
				}
				block.Index(',', true)
				found := 0
				for block.Next(&r) {
					places = block.AppendPlaces(places[:0], &r, spans)
					found += len(places)
				}
				if found != 4*n {
					b.Fatalf("%d codes, not %d", found, 4*n)
				}
			}
		})
	}
}
