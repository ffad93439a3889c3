package hesop_test

import (
	"bytes"
	"iter"
	"slices"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/hesop/quality"
)

// BenchmarkRead reads the rows of each layout, with their codes, both with and without the counts of package quality,
// and checks how many rows are coded.
func BenchmarkRead(b *testing.B) {
	rows := 20_000
	if testing.Short() {
		rows = 2000
	}
	for _, layout := range []hesop.Layout{hesop.UKLLC, hesop.UKLLCOther, hesop.National, hesop.CPRD} {
		g, err := hesoptest.New(1, hesoptest.People(rows/40))
		if err != nil {
			b.Fatal(err)
		}
		var text bytes.Buffer
		w := hesoptest.NewWriter(&text, layout)
		coded := int64(0)
		for row := range g.Rows(rows) {
			if err := w.Write(row); err != nil {
				b.Fatal(err)
			}
			if anyCode(coding.ICD10, row.Diagnoses) || anyCode(coding.OPCS4, row.Procedures) {
				coded++
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"plain", "quality"} {
			b.Run(layout.String()+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(text.Len()))
				for b.Loop() {
					var c quality.Counter
					all := (*hesop.Reader).All
					if name == "quality" {
						all = c.All
					}
					if n := readCoded(b, text.Bytes(), all); n != coded {
						b.Fatalf("%d rows are coded, want %d", n, coded)
					}
					if r := c.Report(); name == "quality" && (r.Rows != int64(rows) || r.Coded != coded) {
						b.Fatalf("quality counts %d coded rows of %d, want %d of %d", r.Coded, r.Rows, coded, rows)
					}
				}
				b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

func anyCode(sys coding.System, texts []string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		return coding.ReadValue(sys, []byte(text), 6).Class() == coding.ClassCode
	})
}

// readCoded counts the rows that have a code.
func readCoded(
	b *testing.B, text []byte, all func(*hesop.Reader) iter.Seq2[*hesop.Appointment, error],
) (coded int64) {
	b.Helper()
	r, err := hesop.NewReader(bytes.NewReader(text))
	if err != nil {
		b.Fatal(err)
	}
	for a, err := range all(r) {
		if err != nil {
			b.Fatal(err)
		}
		if codes := a.Codes(); codes.Coded(coding.ICD10) || codes.Coded(coding.OPCS4) {
			coded++
		}
	}
	return coded
}
