package explain

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
)

// options are the options of the command line.
type options struct {
	lists   program.Lists
	notices program.Notices
	inputs  program.Inputs

	rows      []int64        // row numbers of -row, ascending, each once
	flags     *program.Flags // the flags that set these options
	wheres    []where        // an appointment must meet them all
	most      int
	mostGiven bool // whether the command line has -most
	output    string
}

// where holds the name of a column and the text that an appointment must have in it.
type where struct{ column, value string }

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{}
	fs := program.NewFlags("explain")
	fs.Func("row", o.addRows)
	fs.Func("where", o.setWhere)
	fs.Int("most", &o.most)
	o.lists.Register(fs)
	o.inputs.Register(fs)
	o.notices.Register(fs)
	fs.Text("o", &o.output)
	if err := fs.Parse(args, std); err != nil {
		return nil, err
	}
	o.flags, o.mostGiven = fs, fs.Given("most")
	o.inputs.Paths = fs.Args()
	o.inputs.Needs = o.needs
	return o, o.check()
}

// addRows adds the row numbers of one -row.
func (o *options) addRows(arg string) error {
	for word := range strings.SplitSeq(arg, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(word), 10, 64)
		if err != nil || n < 1 {
			return errors.New("must be row numbers from 1, such as 17 or 3,17")
		}
		o.rows = append(o.rows, n)
	}
	slices.Sort(o.rows)
	o.rows = slices.Compact(o.rows)
	return nil
}

// setWhere adds the column and value of one -where.
func (o *options) setWhere(arg string) error {
	column, value, ok := strings.Cut(arg, "=")
	if column = strings.TrimSpace(column); !ok || column == "" {
		return errors.New("must be COLUMN=VALUE, such as attendkey=900000000017")
	}
	o.wheres = append(o.wheres, where{column, strings.TrimSpace(value)})
	return nil
}

// needs returns the columns to read in addition to those that a Reader always reads: the columns of -where, and every
// code column, because matching may leave some code columns unread.
func (o *options) needs(r *hesop.Reader) (names []string, ok bool) {
	for _, w := range o.wheres {
		names = append(names, w.column)
	}
	for c := range r.AllCodeFields() {
		names = append(names, c.Name())
	}
	return names, program.HasColumns(r, names...)
}

// check refuses options that contradict each other.
func (o *options) check() error {
	switch {
	case o.rows == nil && o.wheres == nil:
		return program.Usage("no appointment is chosen: name one with -row N or -where COLUMN=VALUE")
	case o.rows != nil && o.wheres != nil:
		return program.Usage("-row and -where both choose appointments: give one of them")
	case o.most < 1:
		return program.Usage("-most %d: must be 1 or more", o.most)
	case o.rows != nil && o.mostGiven:
		return program.Usage("-most goes with -where; -row names each appointment")
	}
	if err := o.lists.Check(); err != nil {
		return err
	}
	if err := o.inputs.Check(); err != nil {
		return err
	}
	return o.written().Check("-o")
}

func (o *options) written() program.Written {
	return program.Written{
		Written: []string{o.output},
		Read:    append(o.lists.Paths(), append(o.inputs.Files(), o.flags.Config())...),
	}
}
