package hesoptest

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// studyPerson is the column that identifies the person in layouts of UK LLC.
const studyPerson = "llc_0000_stud_id"

// Writer writes appointments as text in a layout. The text has a header and is comma-delimited; for CPRD it is
// tab-delimited, and dates start with the day. In the layouts of UK LLC the first column is the person,
// llc_0000_stud_id. A field is quoted only if necessary.
type Writer struct {
	out       *bufio.Writer
	names     []string // in lower case
	header    string
	delimiter byte
	columns   []column
	line      []byte
	began     bool
}

// NewWriter returns a Writer that writes rows in a layout to w. It panics if the layout is not valid.
func NewWriter(w io.Writer, layout hesop.Layout) *Writer {
	names := namesOf(layout)
	if names == nil {
		panic("hesoptest: no such layout: " + layout.String())
	}
	t := &Writer{out: bufio.NewWriterSize(w, 256<<10), delimiter: ','}
	days := yearFirst
	if layout == hesop.CPRD {
		t.delimiter, days = '\t', dayFirst
	}
	t.header = strings.Join(names, string(t.delimiter))
	for _, name := range names {
		name = strings.ToLower(name)
		t.names = append(t.names, name)
		t.columns = append(t.columns, columnOf(name, days))
	}
	return t
}

// namesOf returns the names of the columns that a Writer of a layout writes, or nil if the layout is not valid.
func namesOf(layout hesop.Layout) []string {
	names := layout.Names()
	if layout == hesop.UKLLC || layout == hesop.UKLLCOther {
		names = append([]string{studyPerson}, names...)
	}
	return names
}

// Write writes a row, after the header if it is the first row. It returns the first error of the underlying writer,
// which may have occurred for an earlier row.
//
// Write panics if the row has more codes than the data set has positions, or if Fields has a column that the layout
// lacks. For a row that no Generator made, Write also panics if a date is not valid, if a code has a dot or a comma
// (F32.1 would be truncated to F32), or if a field of Row has a value but the layout lacks the column of that field. A
// test with such a row would not test what it seems to. To write such texts on purpose, use Fields.
func (w *Writer) Write(r *Row) error {
	if err := w.begin(); err != nil {
		return err
	}
	if len(r.Diagnoses) > mostDiagnoses || len(r.Procedures) > mostProcedures {
		panic(fmt.Sprintf("hesoptest: %d diagnoses and %d procedures, the limits are %d and %d",
			len(r.Diagnoses), len(r.Procedures), mostDiagnoses, mostProcedures))
	}
	used := 0
	if r.noise == 0 {
		for _, code := range slices.Concat(r.Diagnoses, r.Procedures) {
			if strings.ContainsAny(code, ".,") {
				panic("hesoptest: a code has a dot or a comma: use Fields instead of Diagnoses and Procedures")
			}
		}
		w.mustFit(r)
	}
	w.line = w.line[:0]
	for i, column := range w.columns {
		if i > 0 {
			w.line = append(w.line, w.delimiter)
		}
		start := len(w.line)
		if text, ok := r.Fields[w.names[i]]; ok {
			w.line = append(w.line, text...)
			used++
		} else {
			w.line = column(w.line, r)
		}
		w.quote(start)
	}
	if used != len(r.Fields) {
		for name := range r.Fields {
			if !slices.Contains(w.names, name) {
				panic(fmt.Sprintf("hesoptest: Fields has column %q, which the layout does not have", name))
			}
		}
	}
	w.line = append(w.line, '\n')
	_, err := w.out.Write(w.line)
	return err
}

// mustFit panics if a row that was written by hand has a value that the layout cannot hold, or an invalid date.
func (w *Writer) mustFit(r *Row) {
	for _, name := range [...]string{
		"attended", "firstatt", "outcome", "priority", "refsourc", "mainspef", "tretspef", "sex", "ethnos",
	} {
		if *textColumn(name)(r) != "" && !slices.Contains(w.names, name) {
			panic(fmt.Sprintf("hesoptest: the row has a value of %s, which the layout does not have", name))
		}
	}
	for _, name := range [...]string{"apptdate", "reqdate", "dnadate"} {
		switch day := dateColumn(name)(r); {
		case day == hesop.Date{}:
		case !day.IsValid():
			panic(fmt.Sprintf("hesoptest: %s of the row is not a date", name))
		case !slices.Contains(w.names, name) && name != "apptdate": // other layouts derive the year from it
			panic(fmt.Sprintf("hesoptest: the row has a value of %s, which the layout does not have", name))
		}
	}
}

// begin writes the header, once.
func (w *Writer) begin() error {
	if w.began {
		return nil
	}
	w.began = true
	_, err := w.out.WriteString(w.header + "\n")
	return err
}

// quote puts quotes around the field that begins at index start of the line, if necessary.
func (w *Writer) quote(start int) {
	field := w.line[start:]
	must := false
	for _, c := range field {
		must = must || c == w.delimiter || c == '"' || c == '\n' || c == '\r'
	}
	if !must {
		return
	}
	quoted := `"` + strings.ReplaceAll(string(field), `"`, `""`) + `"`
	w.line = append(w.line[:start], quoted...)
}

// Flush writes buffered text, and the header if Write has not been called. It returns the first error of the underlying
// writer.
func (w *Writer) Flush() error {
	if err := w.begin(); err != nil {
		return err
	}
	return w.out.Flush()
}
