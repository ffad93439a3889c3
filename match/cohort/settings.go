package cohort

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// settings holds one text for each setting that decides what a cohort keeps and counts, except the column of the
// person. Parts with equal settings have the same content for the same appointments.
type settings [12]string

// makeSettings returns the settings of a plan.
func (p *plan) makeSettings() settings {
	related := make([]string, 0, len(p.related))
	for _, r := range p.related {
		related = append(related, fmt.Sprintf("%s(%d, %d)", r.name, r.list, r.other))
	}
	slices.Sort(related)
	return settings{
		"lists " + p.m.Fingerprint(),
		fmt.Sprintf("DateColumn(%q)", columnName(p.date)),
		fmt.Sprint("Attended ", p.attended),
		fmt.Sprint("From ", p.from),
		fmt.Sprint("To ", p.to),
		fmt.Sprintf("AtLeast(%d)", p.least),
		fmt.Sprintf("Once(%q)", columnName(p.key)),
		fmt.Sprintf("OrderBy(%q)", columnName(p.order)),
		fmt.Sprint("WithTotals ", p.totals),
		fmt.Sprint("AgeBands", p.ages),
		fmt.Sprint("relations ", slices.Compact(related)),
		"entries " + p.hashNumbered(),
	}
}

// columnName returns a column name in the form used for comparison.
func columnName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// hashNumbered hashes the things to which WithTotals assigns numbers: the entries of the lists in order, whatever their
// spelling, and the categories, which another version of the library may number differently.
func (p *plan) hashNumbered() string {
	h := sha256.New()
	for i := 0; p.totals && i < p.m.Len(); i++ {
		for _, e := range p.m.List(i).All() {
			_, _ = fmt.Fprintln(h, i, e.Prefix.System(), e.Prefix, e.Coverage, e.Exclude)
		}
	}
	for d := range p.dims {
		_, _ = fmt.Fprintf(h, "%q\n", p.dims[d].categories)
	}
	return hex.EncodeToString(h.Sum(nil))
}
