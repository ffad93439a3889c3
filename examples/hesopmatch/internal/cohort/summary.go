package cohort

import (
	"encoding/hex"
	"io"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/internal/rows"
)

// writeSummary writes the numbers of a release as CSV, one to a line, with their notes and provenance.
func (g *gathering) writeSummary(w io.Writer) error {
	line := []byte("table,list,group,measure,value\n")
	add := func(cells ...string) {
		for i, cell := range cells {
			if i > 0 {
				line = append(line, ',')
			}
			line = rows.AppendField(line, cell)
		}
		line = append(line, '\n')
	}
	for _, t := range g.tables {
		for _, row := range t.Rows {
			for i, n := range row.Numbers {
				add(t.Name, g.listName(row), row.Group, t.Measures[i], n.String())
			}
		}
		if t.NotShown {
			add(t.Name, "", notShown, "", "")
		}
	}
	for _, note := range g.notes {
		add("note", "", "", "", note)
	}
	for _, p := range g.provenance() {
		add("provenance", p.List, p.What, "", p.Text)
	}
	for _, text := range g.limits {
		add("limits of the data", "", "", "", text)
	}
	_, err := w.Write(line)
	return err
}

// fingerprintOf is the name of a list's fingerprint in the provenance.
const fingerprintOf = "fingerprint of its codes"

// notShown is the name of the line that stands for the categories that a table does not show.
const notShown = "not shown"

// provenance states where the numbers come from. A path is given by its file name only.
type provenance struct{ List, What, Text string }

func (g *gathering) provenance() []provenance {
	all := []provenance{
		{What: "program", Text: "cohort " + program.Version},
		{What: "revision", Text: program.Revision()},
	}
	for _, word := range g.opts.words() {
		all = append(all, provenance{What: "option", Text: word})
	}
	for _, p := range g.parts {
		all = append(all, provenance{What: "part", Text: base(p.path)})
	}
	for _, in := range g.inputs {
		all = append(all,
			provenance{What: "input", Text: base(program.Name(in.path))},
			provenance{What: "column of the person", Text: in.person},
			provenance{What: "code fields read", Text: in.fields})
	}
	for _, file := range g.loaded {
		for _, l := range file.Lists {
			r := l.Report()
			all = append(all,
				provenance{l.Name(), "codelist", base(file.Path)},
				provenance{l.Name(), "SHA-256 of the codelist", hex.EncodeToString(r.SHA256[:])},
				provenance{l.Name(), fingerprintOf, l.Fingerprint()})
		}
	}
	for _, file := range g.subset {
		all = append(all, provenance{"", "codelist of the extract", base(file.Path)})
		for _, l := range file.Lists {
			sum := l.Report().SHA256
			all = append(all,
				provenance{"", "SHA-256 of the codelist of the extract", hex.EncodeToString(sum[:])},
				provenance{"", "fingerprint of the codes of the extract", l.Fingerprint()})
		}
	}
	return all
}

// limits holds sentences on what the data cannot show. They are true for any codelists.
var limits = []string{
	"Most outpatient appointments have no diagnosis code, and many have no procedure code: a person in no list may " +
		"still have the condition.",
	"Before April 2008 the data have two diagnoses and twelve procedures for each appointment, and are experimental.",
	"ICD-10 and OPCS-4 change with their editions: a code can be missing from years in which it did not exist.",
	"The data hold care in NHS hospitals in England. " +
		"What counts as an outpatient appointment differs between hospitals.",
	"The same appointment can appear twice; -dedupe counts it once.",
	"The first appointment with a code is the first that was coded in the data, not the day a condition began.",
}
