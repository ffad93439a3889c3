package flag

import (
	"fmt"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/internal/persondata"
)

// union holds the columns that -union writes: those of all inputs in order of first appearance, or those of -columns.
// It is complete before a row is written.
type union struct {
	names  []string       // in their first spelling; "" for a column of -columns that no input so far has
	index  map[string]int // index in names, by folded name; nil with -columns
	absent []error        // for each column of -columns: why the first input lacks that column, or nil
	inputs []unionInput

	positions map[hesop.CodeField]string // for each field, the name of the first column with it
	renamed   []string                   // notes on inputs that call the column of a field by another name
}

// unionInput records which columns an input has, among the columns that were known when the input was added.
type unionInput struct {
	path string
	has  []bool
}

func newUnion(columns []string) *union {
	if columns == nil {
		return &union{index: make(map[string]int), positions: make(map[hesop.CodeField]string)}
	}
	return &union{names: make([]string, len(columns)), absent: make([]error, len(columns))}
}

// add adds the columns of an input, given the names that -columns lists.
func (u *union) add(r *hesop.Reader, path string, columns []string) (err error) {
	in := unionInput{path, make([]bool, len(u.names))}
	if u.index == nil {
		u.addNamed(&in, r, columns)
	} else {
		err = u.addAll(&in, r)
	}
	u.inputs = append(u.inputs, in)
	return err
}

func (u *union) addNamed(in *unionInput, r *hesop.Reader, columns []string) {
	for i, name := range columns {
		c, err := r.Column(name)
		in.has[i] = err == nil
		switch {
		case err == nil && u.names[i] == "":
			u.names[i] = c.Name()
		case err != nil && len(u.inputs) == 0:
			u.absent[i] = fmt.Errorf("%s: -columns: %w", program.Name(in.path), program.FlagError(err))
		}
	}
}

func (u *union) addAll(in *unionInput, r *hesop.Reader) error {
	for i, name := range columnNames(r) {
		key := fold(name)
		if key == "" {
			return fmt.Errorf("%s: column %d has no name, and -union finds columns by name: give it one, or name the "+
				"columns to write (-columns)", program.Name(in.path), i+1)
		}
		at, known := u.index[key]
		if !known {
			at = len(u.names)
			u.index[key] = at
			u.names, in.has = append(u.names, name), append(in.has, false)
		}
		in.has[at] = true
	}
	u.addPositions(in, r)
	return nil
}

// addPositions notes the first column of codes that an earlier input has under another name, because the output then
// has two columns for one field.
func (u *union) addPositions(in *unionInput, r *hesop.Reader) {
	isNoted := false
	for c, field := range r.AllCodeFields() {
		name := shownName(c.Name())
		first, known := u.positions[field]
		if !known {
			u.positions[field] = name
		} else if !strings.EqualFold(first, name) && !isNoted {
			isNoted = true
			advice := ""
			// A name that the data set has also finds the column under its other names.
			for _, one := range []string{first, name} {
				if _, known := hesop.Describe(one); known {
					advice = "; -columns " + one + " reads them as one"
					break
				}
			}
			u.renamed = append(u.renamed, fmt.Sprintf("%s calls %s what an earlier input calls %s: the output has "+
				"both columns (-union)%s", program.Name(in.path), name, first, advice))
		}
	}
}

// choose returns the columns of an input, with the zero Column for each column of the union that the input lacks.
func (u *union) choose(r *hesop.Reader, path string, columns []string) (chosen []hesop.Column, err error) {
	chosen = make([]hesop.Column, len(u.names))
	if u.index == nil {
		for i, name := range columns {
			chosen[i], _ = r.Column(name) // the zero Column if there is an error
		}
		return chosen, nil
	}
	for c := range r.Columns() {
		at, known := u.index[fold(c.Name())]
		if !known {
			return nil, fmt.Errorf("%s: a column has appeared since the run began: read a copy that nothing writes "+
				"to", program.Name(path))
		}
		chosen[at] = c
	}
	return chosen, nil
}

// Limits of the notes: how many absent columns one note names, and how many notes of one kind there are.
const (
	absentShown  = 5
	lackingShown = 10
)

// complete fails if -columns names a column that no input has. It notes which inputs lack which columns.
func (u *union) complete(notices *program.Notices) error {
	for i, err := range u.absent {
		if u.names[i] == "" {
			return fmt.Errorf("%w; no other input has it", err)
		}
	}
	for _, text := range u.renamed[:min(len(u.renamed), lackingShown)] {
		notices.Note("%s", text)
	}
	lacking := 0
	for _, in := range u.inputs {
		var absent []string
		for i, name := range u.names {
			if i >= len(in.has) || !in.has[i] {
				absent = append(absent, shownName(name))
			}
		}
		if len(absent) == 0 {
			continue
		}
		if lacking++; lacking <= lackingShown {
			names := strings.Join(absent[:min(absentShown, len(absent))], ", ")
			if more := len(absent) - absentShown; more > 0 {
				names += fmt.Sprintf(", and %d more", more)
			}
			notices.Note("%s lacks %s, left empty in its rows (-union): %s", program.Name(in.path),
				program.Count(len(absent), "column"), names)
		}
	}
	if more := lacking - lackingShown; more > 0 {
		notices.Note("%d more inputs lack columns, left empty in their rows (-union)", more)
	}
	return nil
}

// shownName returns the name of a column for messages. It hides a name that the data set does not have and that may be
// personal data.
func shownName(name string) string {
	if _, known := hesop.Describe(name); !known && persondata.Looks(name) {
		return "(not shown)"
	}
	return strings.TrimSpace(visible(name))
}

// fold returns the form in which names of columns are compared.
func fold(name string) string { return strings.ToLower(visible(name)) }
