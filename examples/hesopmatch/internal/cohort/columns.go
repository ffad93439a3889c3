package cohort

import (
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// columnsRead returns a sentence of the code columns of the inputs, without its end: one for each set of columns.
func (g *gathering) columnsRead() (all []string) {
	for _, in := range g.inputs {
		if !slices.Contains(all, in.columns) {
			all = append(all, in.columns)
		}
	}
	return all
}

// describeColumns says which columns a reader reads codes from, as the rest of a sentence.
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

// columnsOf names the columns of a system, a numbered series by its first and last one, and says how many characters
// of a code they have.
func columnsOf(r *hesop.Reader, sys coding.System) string {
	var all []string
	var runs []columnRun // of one width
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

// columnRun is columns of consecutive positions whose names differ in their numbers alone.
type columnRun struct {
	columns []string
	last    hesop.CodeField
}

// add adds a column, unless it does not follow the last one.
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

// names returns the names of the columns, of three and more those of the first and the last.
func (run *columnRun) names() []string {
	if n := len(run.columns); n > 2 {
		return []string{run.columns[0] + " to " + run.columns[n-1]}
	}
	return run.columns
}

// characters says how much of a code a column has.
func characters(f hesop.CodeField) string {
	switch {
	case f.Form == hesop.Raw && f.Width >= 6:
		return "whole codes"
	case f.Form == hesop.Raw:
		return "cut at " + inWords(f.Width) + " characters"
	default:
		return inWords(f.Width) + " characters"
	}
}
