package codelist

import (
	"io"
	"iter"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// Reference is a set of valid codes, such as an edition of a classification, to check lists against. This package
// includes none, because licences and editions differ. A Reference is immutable, and any number of goroutines may use
// it. It has no binary or text form: marshalling it fails.
type Reference struct {
	noForm

	codes  []referenceCode // in order, each once
	report Report
}

type referenceCode struct {
	code coding.Code
	row  int32 // index of the row in the report
}

// ParseReference reads a reference from a file as Parse reads a list: one code a row, and optionally a term. The
// options of Parse for columns, coding system and limits apply. ParseReference ignores a row that ExcludeColumn
// excludes. It rejects a row that is not one whole code, such as a heading or a range. If ParseReference rejects a row,
// it fails unless AllowRejected is given. I10.X and G01*, as classifications print them, count as codes.
func ParseReference(name string, r io.Reader, opts ...Option) (*Reference, error) {
	o := newOptions(name, opts)
	doc, err := readDocument(r, o)
	if err != nil {
		return nil, err
	}
	ref := &Reference{report: doc.report}
	ref.report.rows = doc.rows
	seen := make(map[coding.Code]bool)
	for i := range doc.rows {
		row := &doc.rows[i]
		out := outcome{row: int32(i), entry: -1}
		if row.used() {
			code, reason := readWhole(row, o)
			switch {
			case row.exclude:
				row.refuse(Ignored, reasonExcluded)
			case reason != "":
				row.refuse(Rejected, reason)
			case seen[code]:
				out.verdict = Duplicate
			case len(ref.codes) >= o.limits.Entries:
				return nil, limitError(o, "codes", o.limits.Entries, "Entries")
			default:
				seen[code] = true
				ref.codes = append(ref.codes, referenceCode{code, int32(i)})
			}
		}
		if !row.used() {
			out.verdict = row.verdict
		}
		ref.report.outcomes = append(ref.report.outcomes, out)
	}
	if err := checkRejected([]Report{ref.report}, o); err != nil {
		return nil, err
	}
	if len(ref.codes) == 0 {
		return nil, &FileError{File: o.file, Err: ErrNoEntry, Detail: ref.report.counts()}
	}
	slices.SortFunc(ref.codes, func(a, b referenceCode) int { return a.code.Compare(b.code) })
	return ref, nil
}

// readWhole reads a cell that should hold exactly one code. If the cell does not, readWhole returns the reason.
// Classifications print an undivided code as I10.X, and an asterisk code as G01*; in a list both are wildcards.
func readWhole(row *listRow, o *options) (coding.Code, string) {
	if len(row.raw) > o.limits.CellBytes {
		return coding.Code(0), reasonCellLimit
	}
	c := cellReader{system: row.system, expansion: 1}.read(row.raw, nil)
	if c.refusal != "" || len(c.parts) != 1 || c.patterns > 0 || c.repairs&repairedSplit != 0 {
		return coding.Code(0), reasonNotWhole
	}
	p := c.parts[0]
	printed := c.repairs&repairedAsterisk != 0 || strings.HasSuffix(strings.ToUpper(trimSpace(row.raw)), ".X")
	if isCategory(p.prefix) && p.scope == scopeDescendants && !printed {
		return coding.Code(0), reasonNotWhole // a wildcard
	}
	category, fourth, fifth := codebits.SplitPrefix(uint32(p.prefix))
	return newCode(row.system, category, fourth, fifth), ""
}

// Len returns the number of codes.
func (r *Reference) Len() int { return len(r.codes) }

// Report returns what became of every row of the file. Entry is -1 in every Outcome.
func (r *Reference) Report() Report { return r.report }

// Term returns the term of a code, "" if the reference does not have the code or the code has no term.
func (r *Reference) Term(code coding.Code) string {
	if i, ok := r.find(code); ok {
		return r.report.rows[r.codes[i].row].term
	}
	return ""
}

// All yields the codes in order.
func (r *Reference) All() iter.Seq[coding.Code] {
	return func(yield func(coding.Code) bool) {
		for _, c := range r.codes {
			if !yield(c.code) {
				return
			}
		}
	}
}

// Codes returns the codes of a system, to compare with those of a list. r.Codes(sys).Minus(l.Codes(sys)) is the set of
// valid codes that the list does not cover.
func (r *Reference) Codes(sys coding.System) coding.Set {
	return coding.Collect(func(yield func(coding.Code) bool) {
		for _, c := range r.ofSystem(sys) {
			if !yield(c.code) {
				return
			}
		}
	})
}

// ofSystem returns the codes of a system.
func (r *Reference) ofSystem(sys coding.System) []referenceCode {
	return r.between(newCode(sys, 0, 0, 0), newCode(sys, codebits.Categories, 0, 0))
}

// knows reports whether the reference has a code of a system. If it has none, it cannot check lists of that system.
func (r *Reference) knows(sys coding.System) bool {
	return len(r.ofSystem(sys)) > 0
}

func (r *Reference) find(code coding.Code) (int, bool) {
	return slices.BinarySearchFunc(r.codes, code, func(c referenceCode, code coding.Code) int {
		return c.code.Compare(code)
	})
}

// between returns the codes from one code up to, but not including, another.
func (r *Reference) between(from, to coding.Code) []referenceCode {
	i, _ := r.find(from)
	j, _ := r.find(to)
	return r.codes[i:j]
}

// family returns the codes of a category.
func (r *Reference) family(sys coding.System, category int) []referenceCode {
	return r.between(newCode(sys, category, 0, 0), newCode(sys, category+1, 0, 0))
}
