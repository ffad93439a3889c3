package cohort

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// makeSettings returns a line for all that decides what a cohort keeps and counts, but for the column of the person
// where it is found. Parts of equal settings have the same content for the same appointments.
func (p *plan) makeSettings() []string {
	lines := []string{
		"lists " + p.m.Fingerprint(),
		fmt.Sprintf("DateColumn(%q)", columnName(p.date)),
		fmt.Sprintf("Attended %v", p.attended),
		"From " + dayName(p.from),
		"To " + dayName(p.to),
		fmt.Sprintf("AtLeast(%d)", p.least),
		fmt.Sprintf("Once(%q)", columnName(p.key)),
		fmt.Sprintf("WithTotals %v", p.totals),
		fmt.Sprintf("AgeBands%v", p.ages),
	}
	related := make([]string, 0, len(p.related))
	for _, r := range p.related {
		name := [...]string{"With", "Without"}[toInt(r.exclude)] + [...]string{"", "Before"}[toInt(r.before)]
		related = append(related, fmt.Sprintf("%s(%d, %d)", name, r.list, r.other))
	}
	slices.Sort(related)
	lines = append(lines, "relations "+strings.Join(slices.Compact(related), " "))
	if p.totals {
		lines = append(lines, "entries "+p.hashEntries(), "categories "+p.hashCategories())
	}
	return lines
}

func toInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// columnName is a name as columns are looked for by it.
func columnName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func dayName(day hesop.Date) string {
	if day == (hesop.Date{}) {
		return "no day"
	}
	return day.String()
}

// hashEntries hashes what WithTotals numbers: the entries of the lists in their order, but not how they are written.
func (p *plan) hashEntries() string {
	h := sha256.New()
	for i := range p.m.Len() {
		l := p.m.List(i)
		_, _ = fmt.Fprintln(h, l.Len())
		for _, e := range l.All() {
			_, _ = fmt.Fprintln(h, e.Prefix.System(), e.Prefix, e.Coverage, e.Exclude)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashCategories hashes the categories, which another version of the library may number otherwise.
func (p *plan) hashCategories() string {
	h := sha256.New()
	for d := range p.dims {
		_, _ = fmt.Fprintf(h, "%q\n", p.dims[d].categories)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// differ says what the settings of a part have otherwise, and "" if nothing.
func differ(own, part []string) string {
	for i := range max(len(own), len(part)) {
		var one, other string
		if i < len(own) {
			one = own[i]
		}
		if i < len(part) {
			other = part[i]
		}
		if one != other {
			return fmt.Sprintf("it has %.100q, and this cohort %.100q", other, one)
		}
	}
	return ""
}

// personColumn returns the column of the person, or "" while none was found.
func (p *plan) personColumn() string {
	if p.person != "" {
		return columnName(p.person)
	}
	found, _ := p.found.Load().(string)
	return found
}
