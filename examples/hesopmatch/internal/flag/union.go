package flag

import (
	"fmt"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/internal/persondata"
)

// union is the columns that -union writes: those of all inputs, in the order in which they first appear, or those of
// -columns. It is complete before a row is written.
type union struct {
	names  []string       // as the first input that has one spells it, "" for one of -columns while none has it
	places map[string]int // in names, by folded name; nil for -columns
	absent []error        // by column of -columns: why the first input lacks it, nil if it does not
	inputs []unionInput

	positions map[hesop.CodeField]string // of codes: the name of the column that first held them
	renamed   []string                   // what is said of inputs that hold them under another name
}

// unionInput is an input, and which of the columns it has, as far as they were known.
type unionInput struct {
	path string
	has  []bool
}

func newUnion(columns []string) *union {
	if columns == nil {
		return &union{places: make(map[string]int), positions: make(map[hesop.CodeField]string)}
	}
	return &union{names: make([]string, len(columns)), absent: make([]error, len(columns))}
}

// add adds the columns of an input. columns are those of -columns.
func (u *union) add(r *hesop.Reader, path string, columns []string) (err error) {
	in := unionInput{path, make([]bool, len(u.names))}
	if u.places == nil {
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
			return fmt.Errorf("%s: column %d has no name, by which -union finds it in other inputs: give it one, or "+
				"name the columns to write (-columns)", program.Name(in.path), i+1)
		}
		at, known := u.places[key]
		if !known {
			at = len(u.names)
			u.places[key] = at
			u.names, in.has = append(u.names, name), append(in.has, false)
		}
		in.has[at] = true
	}
	u.addPositions(in, r)
	return nil
}

// addPositions notes the first column of codes that another input has under another name: in the output they are two.
func (u *union) addPositions(in *unionInput, r *hesop.Reader) {
	isSaid := false
	for c, field := range r.AllCodeFields() {
		name := shownName(c.Name())
		first, known := u.positions[field]
		if !known {
			u.positions[field] = name
		} else if !strings.EqualFold(first, name) && !isSaid {
			isSaid = true
			advice := ""
			for _, one := range []string{first, name} { // the other names of a column are found by its own
				if _, known := hesop.Describe(one); known {
					advice = ", and -columns " + one + " takes them for one"
					break
				}
			}
			u.renamed = append(u.renamed, fmt.Sprintf("%s calls %s what an earlier input calls %s: the output has "+
				"both columns (-union)%s", program.Name(in.path), name, first, advice))
		}
	}
}

// choose returns the columns of an input, with the zero Column for each that it lacks.
func (u *union) choose(r *hesop.Reader, path string, columns []string) (chosen []hesop.Column, err error) {
	chosen = make([]hesop.Column, len(u.names))
	if u.places == nil {
		for i, name := range columns {
			chosen[i], _ = r.Column(name) // the zero Column beside an error
		}
		return chosen, nil
	}
	for c := range r.Columns() {
		at, known := u.places[fold(c.Name())]
		if !known {
			return nil, fmt.Errorf("%s: a column came up that was not there when the run began: read a copy that "+
				"nothing writes to", program.Name(path))
		}
		chosen[at] = c
	}
	return chosen, nil
}

// Limits of what is said of absent columns.
const (
	absentShown = 5
	lackingSaid = 10
)

// complete fails if no input has a column of -columns. It says which inputs lack which columns.
func (u *union) complete(notices *program.Notices) error {
	for i, err := range u.absent {
		if u.names[i] == "" {
			return fmt.Errorf("%w; no other input has it", err)
		}
	}
	for _, text := range u.renamed[:min(len(u.renamed), lackingSaid)] {
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
		if lacking++; lacking <= lackingSaid {
			said := strings.Join(absent[:min(absentShown, len(absent))], ", ")
			if more := len(absent) - absentShown; more > 0 {
				said += fmt.Sprintf(", and %d more", more)
			}
			notices.Note("%s lacks %s, left empty in its rows (-union): %s", program.Name(in.path),
				program.Count(len(absent), "column"), said)
		}
	}
	if more := lacking - lackingSaid; more > 0 {
		notices.Note("%d more of the inputs lack columns, left empty in their rows (-union)", more)
	}
	return nil
}

// shownName is a name of a column for messages: one that the data set does not have and that may be of a person is not
// shown.
func shownName(name string) string {
	if _, known := hesop.Describe(name); !known && persondata.Looks(name) {
		return "(not shown)"
	}
	return strings.TrimSpace(visible(name))
}

// fold returns what is compared of the name of a column.
func fold(name string) string { return strings.ToLower(visible(name)) }
