package cohort

import (
	"bytes"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// writeRelease writes the folder of a release: page, tables and the files for an output checker's tool. If the options
// name an earlier release, it also writes the numbers that are near a number of that release.
func (g *gathering) writeRelease(near []near, before func() error) error {
	var page, summary bytes.Buffer
	if err := g.writePage(&page); err != nil {
		return err
	}
	if err := g.writeSummary(&summary); err != nil {
		return err
	}
	info := releaseInfo{
		Least: g.opts.profile.Least, Nearest: g.opts.profile.Nearest, Profile: g.opts.profile.Name,
		Command: "cohort " + strings.Join(g.opts.words(), " "), Version: program.Version + ", revision " +
			program.Revision(),
		Time: g.now, Notes: g.notes,
	}
	var tables []releaseTable
	for i := range g.tables {
		tables = append(tables, g.releaseTable(&g.tables[i]))
	}
	if g.earlier != nil {
		tables = append(tables, g.comparedTable(near))
	}
	return writeOutputs(g.opts.release, tables, page.Bytes(), summary.Bytes(), info, before)
}

// releaseTable returns a table as printed.
func (g *gathering) releaseTable(t *cohort.Table) releaseTable {
	named := isOfLists(t)
	out := releaseTable{Name: t.Name, Title: t.Title, Head: names(t, named, "list", t.Group), Measures: t.Measures}
	for _, r := range t.Rows {
		row := releaseRow{Names: names(t, named, g.listName(r), r.Group)}
		for _, n := range r.Numbers {
			row.Values = append(row.Values, n.String())
			row.Hidden = append(row.Hidden, n.IsHidden())
		}
		out.Rows = append(out.Rows, row)
	}
	if t.NotShown {
		out.Rows = append(out.Rows, releaseRow{Names: []string{notShown}})
	}
	return out
}

// compareWith returns the numbers that are near a number of the earlier release, and warns of these numbers.
func (g *gathering) compareWith() []near {
	if g.earlier == nil {
		return nil
	}
	all := g.compare(g.earlier)
	if len(all) == 0 {
		g.opts.notices.Note("no number of this release is within one rounding step of the earlier release %s",
			base(g.earlier.dir))
		return nil
	}
	g.opts.notices.Warn("%s of this release and the earlier release %s differ by one rounding step or less, so the "+
		"difference may come from few people:%s",
		program.Count(len(all), "number"), base(g.earlier.dir), firstOf(all))
	return all
}

// firstOf names the first few numbers that are near.
func firstOf(all []near) string {
	const most = 5
	var words []string
	for _, n := range all[:min(most, len(all))] {
		what := strings.Join(strings.Fields(n.table+" "+n.list+" "+n.group+" "+n.measure), " ")
		words = append(words, " "+what+" "+n.now+" and "+n.then)
	}
	if len(all) > most {
		words = append(words, " … (-release writes all of them to compared.csv)")
	}
	return strings.Join(words, ";")
}

// comparedTable returns a table of the release with the given pairs of numbers. From each pair it shows only the number
// of this release.
func (g *gathering) comparedTable(all []near) releaseTable {
	t := releaseTable{
		Name:  "compared",
		Title: "Numbers that differ by one rounding step or less from those of an earlier release.",
		Head: []string{
			"table", "list", "group", "measure",
			"list of the earlier release",
		}, Measures: []string{"value"},
	}
	for _, n := range all {
		t.Rows = append(t.Rows, releaseRow{
			Names:  []string{n.table, n.list, n.group, n.measure, n.before},
			Values: []string{n.now}, Hidden: []bool{strings.HasPrefix(n.now, "<")},
		})
	}
	return t
}
