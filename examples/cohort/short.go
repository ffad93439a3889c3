package main

import (
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/examples/internal/program"
	"hesopmatch/hesop"
)

// addShort remembers the systems that a reader reads from columns of three characters alone.
func (g *gathering) addShort(r *hesop.Reader) {
	for f := range r.CodeFields() {
		if f.Width == 3 && !slices.Contains(g.short, f.System) {
			g.short = append(g.short, f.System)
		}
	}
}

// noteShort warns of the appointments that such columns leave unknown. A run whose numbers are
// masked does not say whether there are any.
func (g *gathering) noteShort() {
	if g.opts.profile().Masks() {
		return
	}
	for i, l := range g.lists {
		n := g.totals.Lists[i].Cut
		if n == 0 {
			continue
		}
		for _, sys := range g.short {
			if needsFiner(l, sys) {
				g.opts.notices.Warn("%s: %s unknown, where %v is read from columns of three characters alone: read longer ones (diag_4_01, opertn_4_01), or list categories",
					l.Name(), program.Count(int(n), "appointment"), sys)
			}
		}
	}
}

// needsFiner reports whether a list has entries that fields of three characters cannot decide.
func needsFiner(l *codelist.List, sys codelist.System) bool {
	for range l.NeedFiner(sys, 3) {
		return true
	}
	return false
}
