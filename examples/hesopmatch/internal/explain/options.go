package explain

import (
	"errors"
	"flag"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
)

const synopsis = `explain -icd10 FILE | -opcs4 FILE | -codelist FILE ... [options]
               -row N | -where COLUMN=VALUE INPUT...

` + program.InputHelp

// options are the command line.
type options struct {
	lists   program.Lists
	notices program.Notices
	inputs  program.Inputs

	rows   []int64 // of -row, ascending, each once
	where  where
	most   int
	output string
}

// where is a column and the text of its field. The zero where chooses nothing.
type where struct{ column, value string }

// mostDefault is how many appointments -where writes.
const mostDefault = 20

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{}
	fs := flag.NewFlagSet("explain", flag.ContinueOnError)
	fs.Func("row", "explain row `N`, counted through all inputs as hits count them, or rows 3,17 (repeatable)",
		o.addRows)
	fs.Func("where", "explain the appointments whose field `COLUMN=VALUE`, exactly but for white space around it",
		o.setWhere)
	fs.IntVar(&o.most, "most", mostDefault, "explain the first `N` appointments of -where, and count the others")
	o.lists.Register(fs)
	o.inputs.Register(fs)
	o.notices.Register(fs)
	fs.StringVar(&o.output, "o", "", "`FILE` to write, instead of standard output (-)")
	if err := program.Parse(fs, args, std, synopsis); err != nil {
		return nil, err
	}
	o.inputs.Paths = fs.Args()
	o.inputs.Needs = o.needs
	return o, o.check()
}

// addRows takes the numbers of rows.
func (o *options) addRows(arg string) error {
	for word := range strings.SplitSeq(arg, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(word), 10, 64)
		if err != nil || n < 1 {
			return errors.New("must be numbers of rows from 1, such as 17 or 3,17")
		}
		o.rows = append(o.rows, n)
	}
	slices.Sort(o.rows)
	o.rows = slices.Compact(o.rows)
	return nil
}

// setWhere takes a COLUMN=VALUE.
func (o *options) setWhere(arg string) error {
	column, value, ok := strings.Cut(arg, "=")
	switch column = strings.TrimSpace(column); {
	case !ok || column == "":
		return errors.New("must be COLUMN=VALUE, such as attendkey=900000000017")
	case o.where.column != "":
		return errors.New("given twice; one COLUMN=VALUE is taken")
	}
	o.where = where{column, strings.TrimSpace(value)}
	return nil
}

// needs returns the columns that are read beside those that a Reader needs: that of -where, and the code columns that
// are not read for matching.
func (o *options) needs(r *hesop.Reader) (names []string, ok bool) {
	if o.where.column != "" {
		names = append(names, o.where.column)
	}
	for c := range r.AllCodeFields() {
		names = append(names, c.Name())
	}
	return names, program.HasColumns(r, names...)
}

// check finds what is wrong with the options together.
func (o *options) check() error {
	switch {
	case o.rows == nil && o.where.column == "":
		return program.Usage("no appointment is chosen: name one with -row N or -where COLUMN=VALUE")
	case o.rows != nil && o.where.column != "":
		return program.Usage("-row and -where both choose appointments: give one of them")
	case o.most < 1:
		return program.Usage("-most %d: must be 1 or more", o.most)
	case o.rows != nil && o.most != mostDefault:
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
	return program.Written{Written: []string{o.output}, Read: append(o.lists.Paths(), o.inputs.Files()...)}
}
