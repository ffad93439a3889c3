package cohort

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// manifest is the record of a run, from which the run can be repeated and checked. The same input gives the same
// manifest, except for the time.
type manifest struct {
	program.Origin
	Options []string         `json:"options"`
	Lists   []manifestList   `json:"lists"`
	Parts   []manifestPart   `json:"parts,omitempty"` // read before the inputs
	Inputs  []manifestInput  `json:"inputs"`
	Account cohort.Account   `json:"account"`
	Output  string           `json:"output_sha256"` // of the lines about people, "" if none were written
	Tables  string           `json:"tables_sha256"` // of page, summary and release, "" if none were written
	Note    string           `json:"note"`
	Rule    *manifestProfile `json:"disclosure"` // null if there was none
}

type manifestProfile struct {
	Name    string `json:"name"`
	Least   int64  `json:"least"`
	Nearest int64  `json:"nearest"`
}

type manifestList struct {
	Name        string `json:"name"`
	File        string `json:"file"`
	SHA256      string `json:"sha256"`
	Fingerprint string `json:"fingerprint"`
	Entries     int    `json:"entries"`
	Match       int64  `json:"match"`
	NoMatch     int64  `json:"no_match"`
	Unknown     int64  `json:"unknown"`
	People      int64  `json:"people"`
}

type manifestPart struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

type manifestInput struct {
	Name    string `json:"name"`
	SHA256  string `json:"sha256"`
	Rows    int64  `json:"rows"`
	Skipped int64  `json:"skipped_rows"`
	Person  string `json:"person_column"`
	Fields  string `json:"code_fields"`

	// Columns are the columns that determine the answers.
	Columns []string `json:"columns_read"`
}

// writeManifest writes the manifest after the run.
func (g *gathering) writeManifest(w io.Writer) error {
	var output, tables string
	if g.outSum != nil {
		output = hex.EncodeToString(g.outSum.Sum(nil))
	}
	if g.opts.hasNumbers() {
		sum := sha256.New()
		if err := g.writeSummary(sum); err != nil {
			return err
		}
		tables = hex.EncodeToString(sum.Sum(nil))
	}
	m := manifest{
		Origin:  program.NewOrigin(g.opts.flags, g.now),
		Options: g.opts.words(), Inputs: []manifestInput{}, Account: g.totals.Account, Output: output, Tables: tables,
		Note: privateNote,
	}
	if p := g.opts.profile; p != nil {
		m.Rule = &manifestProfile{p.Name, p.Least, p.Nearest}
	}
	for _, file := range g.loaded {
		for _, l := range file.Lists {
			sum, t := l.Report().SHA256, &g.totals.Lists[len(m.Lists)]
			m.Lists = append(m.Lists, manifestList{
				Name: l.Name(), File: l.Report().File, SHA256: hex.EncodeToString(sum[:]), Fingerprint: l.Fingerprint(),
				Entries: l.Len(), Match: t.Match, NoMatch: t.NoMatch, Unknown: t.Unknown(), People: t.People,
			})
		}
	}
	for _, p := range g.parts {
		m.Parts = append(m.Parts, manifestPart{p.path, p.sum})
	}
	for _, in := range g.inputs {
		m.Inputs = append(m.Inputs, manifestInput{
			in.path, in.sum, in.rows, in.skipped.Count, in.person, in.fields, in.read,
		})
	}
	return program.WriteJSON(w, m)
}
