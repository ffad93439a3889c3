package flag

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/internal/rows"
)

// columns holds the columns of an input that are written, in the order of the output.
type columns struct {
	all    bool           // all columns, as in the input
	absent int            // if all: how many empty columns to add, for columns that only other inputs have
	chosen []hesop.Column // if not all: the columns; the zero Column for each that the input lacks
}

func (c *columns) isNone() bool { return !c.all && len(c.chosen) == 0 }

// appendTo appends the fields of an appointment, with an empty field for each column that the input lacks.
func (c *columns) appendTo(text []byte, a *hesop.Appointment) []byte {
	if c.all {
		text = a.AppendCSV(text)
		for range c.absent {
			text = append(text, ',')
		}
		return text
	}
	for i, one := range c.chosen {
		if i > 0 {
			text = append(text, ',')
		}
		if one != (hesop.Column{}) {
			text = rows.AppendField(text, a.Text(one))
		}
	}
	return text
}

// names returns the names of the columns as the input spells them.
func (c *columns) names(r *hesop.Reader) []string {
	if c.all {
		return columnNames(r)
	}
	var names []string
	for _, one := range c.chosen {
		if one != (hesop.Column{}) {
			names = append(names, one.Name())
		}
	}
	return names
}

func columnNames(r *hesop.Reader) []string {
	var names []string
	for c := range r.Columns() {
		names = append(names, c.Name())
	}
	return names
}

// chooseColumns returns the columns of an input that are written. Without -union it fails if the input lacks one of
// them.
func (f *flagging) chooseColumns(r *hesop.Reader, path string) (c columns, err error) {
	switch {
	case f.union != nil:
		if c.chosen, err = f.union.choose(r, path, f.opts.columns); err != nil {
			return c, err
		}
		own := slices.Collect(r.Columns())
		if f.opts.columns == nil && slices.Equal(own, c.chosen[:len(own)]) { // copy the row as a whole
			return columns{all: true, absent: len(c.chosen) - len(own)}, nil
		}
		return c, nil
	case f.opts.columns == nil:
		return columns{all: f.opts.format == "wide"}, nil
	}
	for _, name := range f.opts.columns {
		one, err := r.Column(name)
		if err != nil {
			return c, fmt.Errorf("%s: -columns: %w", program.Name(path), program.FlagError(err))
		}
		if slices.Contains(c.chosen, one) {
			return c, fmt.Errorf("%s: -columns names the column %q twice, the second time as %s", program.Name(path),
				one.Name(), program.Plain(name))
		}
		c.chosen = append(c.chosen, one)
	}
	return c, nil
}

// learn records what the output needs to know about the columns of an input before the scan. r must have all columns of
// the input.
func (f *flagging) learn(r *hesop.Reader, path string) error {
	if f.columns == nil {
		f.columns, f.first = columnNames(r), path
	}
	if f.union != nil {
		if err := f.union.add(r, path, f.opts.columns); err != nil {
			return err
		}
	}
	if f.people == nil {
		return nil
	}
	person, err := f.opts.personColumn(r)
	if err != nil {
		return fmt.Errorf("%s: %w", program.Name(path), err)
	}
	if f.opts.person != "" {
		return nil
	}
	return f.people.agree(person, path)
}

// check compares the columns of an input with the columns recorded by learn, with those of -columns, and with the other
// names in the output. r must have all columns of the input.
func (f *flagging) check(r *hesop.Reader, path string) error {
	c, err := f.chooseColumns(r, path)
	if err != nil {
		return err
	}
	if c.all && f.union == nil {
		if err := f.checkSame(columnNames(r), path); err != nil {
			return err
		}
	}
	return f.checkNames(c.names(r), path)
}

// checkSame fails if the columns of an input differ from those of the first input, or are in another order.
func (f *flagging) checkSame(names []string, path string) error {
	const rule = "inputs must have the same columns in the same order if all columns are written: name the columns " +
		"to write (-columns), or write every column that any input has (-union)"
	if len(names) != len(f.columns) {
		return fmt.Errorf("%s: %d columns, but %s has %d: %s", program.Name(path), len(names),
			program.Name(f.first), len(f.columns), rule)
	}
	for i, name := range names {
		if !strings.EqualFold(visible(name), visible(f.columns[i])) {
			return fmt.Errorf("%s: column %d differs from that of %s: %s", program.Name(path), i+1,
				program.Name(f.first), rule)
		}
	}
	return nil
}

// visible returns a name without surrounding space and invisible characters.
func visible(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\uFEFF' || r == '\u2060' || '\u200B' <= r && r <= '\u200F' {
			return -1
		}
		return r
	}, name))
}

// checkNames fails if a written column has the name of a list or of a column of hits. It also fails if a list has the
// name of a code column, because a program that reads the output would mistake the list's flags for codes.
func (f *flagging) checkNames(written []string, path string) error {
	if f.opts.format == "hits" {
		for _, name := range written {
			if slices.Contains(hitColumns[:], fold(name)) {
				return fmt.Errorf("%s: column %q is also the name of a column of hits: leave it out of -columns, or "+
					"write it with -format wide", program.Name(path), name)
			}
		}
		return nil
	}
	settle, others := "give the list another name: NAME=FILE", ""
	if group := f.opts.lists.Group; group != "" {
		settle, others = "change the value of -group "+group, "write only other columns (-columns), or "
	}
	for _, list := range f.names {
		for _, name := range written {
			if strings.EqualFold(list, visible(name)) {
				return fmt.Errorf("%s: column %q is also the name of a list: %s%s", program.Name(path), name,
					others, settle)
			}
		}
		if program.IsCodeColumn(list) {
			return fmt.Errorf("list %q has the name of a column of codes, so its flags would be read as codes: "+
				"%s", list,
				settle)
		}
	}
	return nil
}
