package codelist

import (
	"encoding/csv"
	"io"
	"slices"
)

// WriteCSV writes the list as CSV that means the same under every Policy. The columns are coding_system, code, term
// and, if the list has exclusions, exclude. Rows are sorted by code. E11% stands for a category with its descendants,
// and E11X for the undivided category only. WriteCSV omits the entry of an exact category if other entries, which take
// precedence, decide about all codes that the entry covers.
//
// Parse makes a list with the same fingerprint from the output. For this, Parse needs ExcludeColumn("exclude") if the
// list has exclusions, and AllowBroad if the list has prefixes of fewer than three characters.
func (l *List) WriteCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	header := []string{"coding_system", "code", "term"}
	signed := slices.ContainsFunc(l.entries, func(e entry) bool { return e.exclude })
	if signed {
		header = append(header, "exclude")
	}
	if err := c.Write(header); err != nil {
		return err
	}
	for _, e := range l.canonical() {
		row := []string{e.prefix.System().String(), e.cell(), l.report.rows[e.row].term}
		if signed {
			sign := ""
			if e.exclude {
				sign = "1"
			}
			row = append(row, sign)
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// canonical returns the entries in the order and form in which WriteCSV writes them. It gives an exact category its
// filler, because no policy affects a category with its filler.
func (l *List) canonical() []entry {
	entries := make([]entry, 0, len(l.entries))
	for i := range l.entries {
		e := l.entries[i]
		if l.isShadowed(&e) {
			continue
		}
		if isCategory(e.prefix) && e.coverage == Exact {
			e.prefix = undivided(e.prefix)
		}
		entries = append(entries, e)
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return a.compare(&b.meaning) })
	return entries
}

// cell returns what WriteCSV writes for an entry.
func (m *meaning) cell() string {
	if m.prefix.Len() <= 3 {
		return m.prefix.String() + "%"
	}
	return m.prefix.String()
}

// isShadowed reports whether an entry for an exact category decides nothing. WriteCSV would write such an entry with
// its filler. The entry would then be one character longer, and would take precedence over the entries that now decide.
func (l *List) isShadowed(e *entry) bool {
	if !isCategory(e.prefix) || e.coverage != Exact {
		return false
	}
	if l.RuleAt(undivided(e.prefix)) != nil {
		return true // the entry with the filler covers the same codes and is longer
	}
	return l.entries[l.RuleAt(e.prefix).Any].exclude != e.exclude
}
