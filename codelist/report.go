package codelist

import (
	"cmp"
	"iter"
	"maps"
	"reflect"
	"slices"

	"hesopmatch/codelist/coding"
)

// Family is a bare category whose coverage the policy decided although the list names some of its codes. Under Never it
// is any bare category.
type Family struct {
	Entry    int             // number of the entry of the category in the list
	Coverage Coverage        // what the policy decided
	Children []coding.Prefix // the longer codes of its sign that the list names, in order, each once
}

// Report accounts for every row of the file that a list was read from. The zero Report has no rows. A Report has no
// binary or text form: marshalling it fails.
type Report struct {
	noForm

	File      string   // as the caller named it
	SHA256    [32]byte // of the bytes of the file
	Encoding  string   // "UTF-8", "Windows-1252", "UTF-16", "Excel workbook"
	Delimiter byte     // 0 in a file of one column, and for a workbook
	Policy    Policy
	Blank     int            // rows of the file that are empty, or hold only delimiters and white space
	Comments  int            // lines of the file that begin with # in plain text
	Sheets    []SheetReport  // of a workbook, in its order
	Tables    []TableReport  // in the order of the file
	Unused    []UnusedColumn // in the order of the file

	rows     []listRow
	outcomes []outcome // in the order of rows
	families []Family
	notices  []Notice
}

// outcome is an Outcome as it is held.
type outcome struct {
	row     int32 // index into the rows of the report
	entry   int32
	verdict Verdict
}

// Equal reports whether two reports account for the same rows of the same file in the same way.
func (r Report) Equal(other Report) bool { return reflect.DeepEqual(r, other) }

// Rows returns the number of rows that the report accounts for: those of the list or group that are not blank, header
// or comment.
func (r Report) Rows() int {
	n := 0
	for i := range r.rows {
		if i == 0 || r.rows[i].row != r.rows[i-1].row {
			n++ // a row with two columns of codes stands twice
		}
	}
	return n
}

// Outcomes yields what became of each row, in file order. A row of several codes appears once for each.
func (r Report) Outcomes() iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) {
		for _, o := range r.outcomes {
			if !yield(r.outcome(o)) {
				return
			}
		}
	}
}

func (r *Report) outcome(o outcome) Outcome {
	row := &r.rows[o.row]
	out := Outcome{
		Verdict: o.verdict, Reason: row.reason, System: row.system, Raw: row.raw,
		Pos: row.pos(), Row: int(row.row), Entry: int(o.entry),
	}
	if o.verdict == Duplicate {
		out.Reason = reasonDuplicate
	}
	return out
}

// Count returns the number of rows with a verdict. A row of several codes counts once for each of its verdicts.
func (r Report) Count(v Verdict) int {
	n := 0
	last := int32(-1)
	for _, o := range r.outcomes {
		if o.verdict != v { // as most are: their rows are not looked up
			continue
		}
		if row := r.rows[o.row].row; row != last {
			n++
			last = row
		}
	}
	return n
}

// Reasons yields the reasons for a verdict and the number of rows with each, the most common first.
func (r Report) Reasons(v Verdict) iter.Seq2[string, int] {
	count := make(map[string]int)
	last := int32(-1)
	for _, o := range r.outcomes {
		if row := r.rows[o.row].row; o.verdict == v && row != last {
			last = row
			count[r.outcome(o).Reason]++
		}
	}
	reasons := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	return func(yield func(string, int) bool) {
		for _, reason := range reasons {
			if !yield(reason, count[reason]) {
				return
			}
		}
	}
}

// Families yields the categories whose coverage the policy decided, in the order of the list. Under Auto these are the
// categories made exact, under Always those whose codes the list names in part, under Never all bare categories. Check
// them before using the list.
func (r Report) Families() iter.Seq[Family] { return slices.Values(r.families) }

// Notices returns what a person should know about the file beyond what became of each row, the most serious first. What
// the policy decided is not among them, nor are ignored and duplicate rows: look at Families and Outcomes too. The
// caller owns the slice.
func (r Report) Notices() []Notice { return slices.Clone(r.notices) }
