// Source matches appointments from a source of your own: here JSON objects on standard input, one on each line.
//
//	echo '{"id": "1", "diagnoses": ["F32.1"], "procedures": ["W37.1"]}' | source -list depression.csv
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// positions is the maximum number of diagnoses, and of procedures, in an appointment.
const positions = 24

// lines is a hesop.Source that yields a row for each object.
type lines struct{ decoder *json.Decoder }

func (l lines) Next(row *hesop.Row) error {
	var a struct {
		ID                    string
		Diagnoses, Procedures []string
	}
	if err := l.decoder.Decode(&a); err != nil {
		return err // io.EOF at the end
	}
	if len(a.Diagnoses) > positions || len(a.Procedures) > positions {
		return fmt.Errorf("more than %d codes", positions)
	}
	row.Set(0, []byte(a.ID))
	for i, code := range a.Diagnoses {
		row.Set(1+i, []byte(code))
	}
	for i, code := range a.Procedures {
		row.Set(1+positions+i, []byte(code))
	}
	return nil
}

func main() {
	list := flag.String("list", "", "codelist `FILE`")
	flag.Parse()
	if err := run(*list, os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(path string, in io.Reader, out io.Writer) error {
	list, err := codelist.Open(path)
	if err != nil {
		return err
	}
	matcher, err := match.Compile(list)
	if err != nil {
		return err
	}
	names := []string{"id"}
	for _, series := range []string{"diag_%02d", "opertn_%02d"} {
		for i := range positions {
			names = append(names, fmt.Sprintf(series, i+1))
		}
	}
	reader, err := hesop.FromSource(names, lines{json.NewDecoder(in)}, hesop.RawWidth(6)) // the codes are not truncated
	if err != nil {
		return err
	}
	id, _ := reader.Column("id")
	_, err = match.Scan(context.Background(), matcher, reader, func(a *hesop.Appointment, res *match.Result) error {
		_, err := fmt.Fprintf(out, "%s: %v\n", a.Text(id), res.Status(0))
		return err
	})
	return err
}
