package cohort

import (
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// columnsRead returns a sentence, without its full stop, for each distinct set of code columns among the inputs.
func (g *gathering) columnsRead() (all []string) {
	for _, in := range g.inputs {
		if !slices.Contains(all, in.columns) {
			all = append(all, in.columns)
		}
	}
	return all
}

// describeColumns returns a sentence that names the columns from which a reader reads codes. The sentence starts with a
// small letter and has no full stop.
func describeColumns(r *hesop.Reader) string {
	var systems []string
	for _, sys := range coding.Systems() {
		kind := map[coding.System]string{coding.ICD10: "diagnoses (ICD-10)", coding.OPCS4: "procedures (OPCS-4)"}[sys]
		if columns := columnsOf(r, sys); columns == "" {
			systems = append(systems, "no "+kind+" were read")
		} else {
			systems = append(systems, kind+" were read from "+columns)
		}
	}
	return strings.Join(systems, ", and ")
}

// columnsOf names the columns of a system and how many characters of a code they hold. It shortens a numbered series to
// its first and last column.
func columnsOf(r *hesop.Reader, sys coding.System) string {
	var all []string
	var runs []columnRun // consecutive runs of columns of one width
	end := func() {
		var names []string
		for _, run := range runs {
			names = append(names, run.names()...)
		}
		if len(names) > 0 {
			all = append(all, and(names)+" ("+characters(runs[0].last)+")")
		}
		runs = nil
	}
	for column, field := range r.CodeFields() {
		if field.System != sys {
			continue
		}
		if len(runs) > 0 && characters(runs[0].last) != characters(field) {
			end()
		}
		if n := len(runs) - 1; n < 0 || !runs[n].add(column.Name(), field) {
			runs = append(runs, columnRun{[]string{column.Name()}, field})
		}
	}
	end()
	return and(all)
}

// columnRun is a run of columns with consecutive positions, whose names differ only in their numbers.
type columnRun struct {
	columns []string
	last    hesop.CodeField
}

// add adds a column if it continues the run, and reports whether it did.
func (run *columnRun) add(name string, field hesop.CodeField) bool {
	const numbers = "0123456789"
	next := run.last
	next.Position++
	before := run.columns[len(run.columns)-1]
	if field != next || strings.TrimRight(name, numbers) != strings.TrimRight(before, numbers) {
		return false
	}
	run.columns, run.last = append(run.columns, name), field
	return true
}

// names returns the names of the columns, or only the first and the last if there are three or more.
func (run *columnRun) names() []string {
	if n := len(run.columns); n > 2 {
		return []string{run.columns[0] + " to " + run.columns[n-1]}
	}
	return run.columns
}

// characters states how much of a code a column holds.
func characters(f hesop.CodeField) string {
	switch {
	case f.Form == hesop.Raw && f.Width >= 6:
		return "complete codes"
	case f.Form == hesop.Raw:
		return "truncated at " + inWords(f.Width) + " characters"
	default:
		return inWords(f.Width) + " characters"
	}
}
