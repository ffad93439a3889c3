package cohort

import (
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
)

// addFields records the systems that a reader reads, and those that it reads from columns of three characters.
func (g *gathering) addFields(r *hesop.Reader) {
	for _, f := range r.CodeFields() {
		if !slices.Contains(g.read, f.System) {
			g.read = append(g.read, f.System)
		}
		if f.Width == 3 && !slices.Contains(g.short, f.System) {
			g.short = append(g.short, f.System)
		}
	}
}

// warnSkipped warns of the rows of an input that were skipped.
func (g *gathering) warnSkipped(path string, n int64) {
	if n == 0 {
		return
	}
	g.opts.notices.Warn("%s: %s skipped", program.Name(path), program.Count(int(n), "row"))
}

// warnUnread warns of lists with codes of a system for which no field is read.
func (g *gathering) warnUnread() error {
	if len(g.parts) > 0 {
		if err := g.systemsOfParts(); err != nil {
			return err
		}
	}
	for _, l := range g.lists {
		for _, sys := range []coding.System{coding.ICD10, coding.OPCS4} {
			if l.Includes(sys) && !slices.Contains(g.read, sys) {
				g.opts.notices.Warn("%s: no %v field is read, so the answer is never \"no match\"", l.Name(), sys)
			}
		}
	}
	return nil
}

// warnRounded warns of identifiers that have lost digits, because distinct people or keys may have become one.
func (g *gathering) warnRounded() {
	n := g.totals.Account.Rounded
	if n == 0 {
		return
	}
	have := program.Count(int(n), "appointment") + " have"
	if n == 1 {
		have = "1 appointment has"
	}
	g.opts.notices.Warn("%s an identifier that a spreadsheet has rounded (form 9.99999E+99), so several people or "+
		"keys may count as one: export the data again, with identifiers as text", have)
}

// noteShort warns of the appointments that columns of three characters leave unknown.
func (g *gathering) noteShort() {
	for i, l := range g.lists {
		n := g.totals.Lists[i].Cut
		if n == 0 {
			continue
		}
		for _, sys := range g.short {
			if needsFiner(l, sys) {
				g.opts.notices.Warn("%s: %s unknown, where %v is read only from columns of three characters: read "+
					"longer columns (diag_4_01, opertn_4_01), or list categories",
					l.Name(), program.Count(int(n), "appointment"), sys)
			}
		}
	}
}

// needsFiner reports whether a list has entries that fields of three characters cannot decide.
func needsFiner(l *codelist.List, sys coding.System) bool {
	for range l.NeedFiner(sys, 3) {
		return true
	}
	return false
}
