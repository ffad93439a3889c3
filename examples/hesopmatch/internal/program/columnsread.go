package program

import (
	"io"

	"hesopmatch/hesop"
)

// ColumnsRead returns the columns that determine the answers of a run, in the order of the input: those that the
// library reads by itself, and the given others. A table with only these columns gives the same answers. The last
// arguments are further options for the reader.
func (in *Inputs) ColumnsRead(one *Input, others []string, more ...hesop.Option) ([]string, error) {
	names := ColumnsOf(one.Whole)
	of := *in
	of.Header, of.Delimiter = "", 0 // both are for text only, and the names are already known
	opts, err := of.options(one.Path, nil)
	if err != nil {
		return nil, err
	}
	r, err := hesop.FromSource(names, noRows{}, append(append(opts, more...), hesop.OtherColumns(others...))...)
	if err != nil {
		return nil, FlagError(err, Name(one.Path))
	}
	return ColumnsOf(r), nil
}

// ColumnsOf returns the names of a reader's columns. It omits columns without a name.
func ColumnsOf(r *hesop.Reader) []string {
	names := []string{}
	for c := range r.Columns() {
		if c.Name() != "" {
			names = append(names, c.Name())
		}
	}
	return names
}

// noRows is a source without rows.
type noRows struct{}

func (noRows) Next(*hesop.Row) error { return io.EOF }
