package codelist

// Headings decides what becomes of a row that looks like a heading of a chapter export: a range inside which the list
// names codes, or a chapter number of ICD-10 (IX). Nothing distinguishes a heading from a row that its author intends
// as an entry.
type Headings uint8

// These are the choices.
const (
	// RejectHeadings rejects such rows.
	RejectHeadings Headings = iota
	// IgnoreHeadings ignores such rows. A code then counts only if another row names it.
	IgnoreHeadings
	// ExpandHeadings reads the ranges as entries and ignores the chapter numbers.
	ExpandHeadings
)

// String returns "reject", "ignore" or "expand".
func (h Headings) String() string {
	switch h {
	case IgnoreHeadings:
		return "ignore"
	case ExpandHeadings:
		return "expand"
	default:
		return "reject"
	}
}

// judgeHeadings refuses every row with a range inside which the list names other codes, and reports whether it refused
// any. A heading of a chapter export and an intended range look the same. The coverage of all entries must already be
// resolved.
//
// A code counts as inside a range if it has the sign of the range, does not itself come from a range, and is or begins
// with a prefix that the range yields. It does not count if an entry of the other sign lies between the range and the
// code: an entry that covers the code, is shorter than the code, and is at least as long as the ends of the range. The
// code is then an exception to that entry, not to the range.
func (d *builder) judgeHeadings(h Headings) bool {
	if d.spans == 0 || h == ExpandHeadings {
		return false
	}
	listed := make(map[meaning]bool, len(d.all))
	for i := range d.all {
		listed[d.all[i].meaning] = true
	}
	// hidden reports whether an entry of the other sign covers e, and has at least n characters but fewer than e.
	hidden := func(e *unresolved, n int) bool {
		for m := n; m < e.prefix.Len(); m++ {
			for _, coverage := range [...]Coverage{Descendants, Exact} {
				f := meaning{e.prefix.First(m), coverage, !e.exclude}
				if listed[f] && f.covers(e.prefix) {
					return true
				}
			}
		}
		return false
	}
	inside := make(map[signed]bool) // prefixes with which a counted code begins
	for i := range d.all {
		if e := &d.all[i]; e.span == 0 {
			for n := 1; n <= e.prefix.Len(); n++ {
				key := signed{e.prefix.First(n), e.exclude}
				if !inside[key] && !hidden(e, n) {
					inside[key] = true
				}
			}
		}
	}
	refused := false
	for i := range d.all {
		e := &d.all[i]
		if row := &d.rows[e.row]; e.span > 0 && row.used() && inside[e.signed()] {
			refused = true
			if h == IgnoreHeadings {
				row.refuse(Ignored, reasonRangeHeading)
			} else {
				row.refuse(Rejected, reasonHeading)
			}
		}
	}
	return refused
}
