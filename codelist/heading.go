package codelist

// Headings decides what becomes of a row that looks like a heading of a chapter export: a range inside which the list
// names codes, or a chapter number of ICD-10 (IX). Nothing distinguishes a heading from a row that its author means.
type Headings uint8

// These are the choices.
const (
	// RejectHeadings rejects such rows.
	RejectHeadings Headings = iota
	// IgnoreHeadings ignores such rows, so that only the codes that the list names count.
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

// judgeHeadings refuses every row with a range inside which the list names codes
// otherwise, and reports whether there was one: a row of a chapter export that is a
// heading looks the same as one that is meant. Coverage must be resolved.
//
// Inside is a code that is, or begins with, one that the range yields. It does
// not count where an entry of the other sign covers it that is shorter than it
// and at least as long as the ends of the range: then it is an exception to an
// exception.
func (d *builder) judgeHeadings(h Headings) bool {
	if d.spans == 0 || h == ExpandHeadings {
		return false
	}
	listed := make(map[meaning]bool, len(d.all))
	for i := range d.all {
		listed[d.all[i].meaning] = true
	}
	// hidden tells whether an entry of the other sign with n characters at
	// least, and fewer than e, covers e.
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
	inside := make(map[signed]bool) // prefixes that a counted code is or begins with
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
