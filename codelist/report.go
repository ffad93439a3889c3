package codelist

import (
	"cmp"
	"iter"
	"maps"
	"reflect"
	"slices"

	"hesopmatch/codelist/coding"
)

// Family is a bare category whose coverage the policy decided, because the list also names longer codes in it. Under
// Never, every bare category is a Family.
type Family struct {
	Entry    int             // number of the category's entry in the list
	Coverage Coverage        // what the policy decided
	Children []coding.Prefix // longer codes with the same sign that the list names, in order, each once
}

// Report records what became of every row of the file that a list was read from. The zero Report has no rows. A Report
// has no binary or text form: marshalling it fails.
type Report struct {
	noForm

	File      string   // as the caller named it
	SHA256    [32]byte // of the file's bytes
	Encoding  string   // "UTF-8", "Windows-1252", "UTF-16", "Excel workbook"
	Delimiter byte     // 0 in a file of one column, and for a workbook
	Policy    Policy
	Blank     int            // rows of the file with nothing but delimiters and white space
	Comments  int            // comment lines of a text, which begin with #
	Sheets    []SheetReport  // of a workbook, in the order of the workbook
	Tables    []TableReport  // in file order
	Unused    []UnusedColumn // in file order

	rows     []listRow
	outcomes []outcome // in the order of rows
	families []Family
	notices  []Notice
}

// outcome is the stored form of an Outcome.
type outcome struct {
	row     int32 // index into the rows of the report
	entry   int32
	verdict Verdict
}

// Equal reports whether two reports are the same in everything that they record.
func (r Report) Equal(other Report) bool { return reflect.DeepEqual(r, other) }

// Rows returns the number of rows of the list or group. Blank rows, comments, the header and what is above it do not
// count. The report has at least one Outcome for each row.
func (r Report) Rows() int {
	n := 0
	for i := range r.rows {
		if i == 0 || r.rows[i].row != r.rows[i-1].row {
			n++ // a row with two code columns has two elements
		}
	}
	return n
}

// Outcomes yields what became of each row, in file order. A row with several codes appears once for each code.
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

// Count returns the number of rows with the given verdict. A row with several codes counts once for each of its
// verdicts.
func (r Report) Count(v Verdict) int {
	n := 0
	last := int32(-1)
	for _, o := range r.outcomes {
		if o.verdict != v { // the common case: skip the look-up of the row
			continue
		}
		if row := r.rows[o.row].row; row != last {
			n++
			last = row
		}
	}
	return n
}

// Reasons yields the reasons for the given verdict, each with its number of rows, the most common first.
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
// categories that the policy made exact. Under Always they are the bare categories in which the list also names longer
// codes; under Never, all bare categories. Check them before using the list.
func (r Report) Families() iter.Seq[Family] { return slices.Values(r.families) }

// Notices returns what a person should know about the file, the most serious first. It omits what Families and Outcomes
// report: the decisions of the policy, the ignored rows and the duplicates. The caller owns the slice.
func (r Report) Notices() []Notice { return slices.Clone(r.notices) }
