package flag

import (
	"crypto/sha256"
	"hash"
	"io"

	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// input is one file of appointments, during the scan and after it.
type input struct {
	*program.Input
	hash hash.Hash // the hash of the bytes of the file; nil without a manifest

	columns columns
	person  hesop.Column // the column of the person, under -rows people

	rows   int64 // including skipped rows
	coded  int64
	blank  int64
	widths map[coding.System][]int // of the code fields, by system
	fields string                  // the code fields that were read, in words
	read   []string                // columns that determine the answers, for the manifest
}

func (f *flagging) open(path string, hashed bool) (*input, error) {
	in := new(input)
	var sum io.Writer
	if hashed {
		in.hash = sha256.New()
		sum = in.hash
	}
	var err error
	in.Input, err = f.openWith(&f.opts.inputs, path, sum)
	return in, err
}

func (f *flagging) openWith(inputs *program.Inputs, path string, sum io.Writer) (*program.Input, error) {
	return inputs.Open(path, f.stdin, f.progress, sum, program.NotCodes(f.lists), hesop.NotCodes(f.names...))
}

// columnsRead returns the columns of an input that determine the answers.
func (f *flagging) columnsRead(in *program.Input) ([]string, error) {
	var others []string
	if f.people != nil {
		person, err := f.opts.personColumn(in.Whole)
		if err != nil {
			return nil, err
		}
		others = append(others, person.Name())
	}
	return f.opts.inputs.ColumnsRead(in, others, program.NotCodes(f.lists), hesop.NotCodes(f.names...))
}

// finish records what is reported about the input, and releases its reader.
func (in *input) finish(t *match.Totals) {
	r := in.Reader
	in.rows, in.blank, in.coded = r.Rows(), r.Blank(), t.Coded
	in.widths = make(map[coding.System][]int)
	for _, field := range r.CodeFields() {
		in.widths[field.System] = append(in.widths[field.System], field.Width)
	}
	in.fields = program.DescribeFields(r)
	in.Reader, in.Whole = nil, nil
}
