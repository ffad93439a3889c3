package lint

import (
	"encoding/hex"
	"io"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// jsonReport is everything that lint found.
type jsonReport struct {
	Program   string         `json:"program"`
	Version   string         `json:"version"`
	Policy    string         `json:"descendants"`
	Headings  string         `json:"headings"`
	Reference *jsonReference `json:"reference,omitempty"`
	Files     []jsonFile     `json:"files"`
}

type jsonReference struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Codes  int    `json:"codes"`
}

type jsonFile struct {
	File      string            `json:"file"`
	Refused   string            `json:"refused,omitempty"`
	Fit       bool              `json:"fit"`
	SHA256    string            `json:"sha256,omitempty"`
	Encoding  string            `json:"encoding,omitempty"`
	Delimiter string            `json:"delimiter,omitempty"`
	Blank     int               `json:"blank_rows"`
	Comments  int               `json:"comments"`
	Sheets    []jsonSheet       `json:"sheets,omitempty"`
	Notices   []codelist.Notice `json:"notices,omitempty"`
	Unused    []jsonUnused      `json:"columns_not_used,omitempty"`
	Lists     []jsonList        `json:"lists"`
	Rows      []jsonRow         `json:"rows"`
}

type jsonSheet struct {
	Name       string `json:"name"`
	Hidden     bool   `json:"hidden"`
	Rows       int    `json:"rows"`
	PassedOver string `json:"passed_over,omitempty"`
}

// jsonUnused is a column that is not used. Values holds the distinct values of the column if there are at most three.
type jsonUnused struct {
	Sheet    string   `json:"sheet,omitempty"`
	Name     string   `json:"name"`
	Column   int      `json:"column"`
	Distinct int      `json:"distinct"`
	Values   []string `json:"values,omitempty"`
}

type jsonList struct {
	Name        string         `json:"name"`
	Fingerprint string         `json:"fingerprint"`
	Entries     int            `json:"entries"`
	Rows        map[string]int `json:"rows"`
	Categories  []jsonCategory `json:"decided_by_policy"`
	Unchecked   []string       `json:"unchecked_systems,omitempty"` // systems without a code in the reference
	Standings   []jsonStanding `json:"reference_families,omitempty"`
}

type jsonCategory struct {
	Category string   `json:"category"`
	Coverage string   `json:"coverage"`
	Listed   []string `json:"listed"`
}

type jsonStanding struct {
	Category string   `json:"category"`
	Standing string   `json:"standing"`
	Named    []string `json:"named"`
	Left     []string `json:"left"`
}

type jsonRow struct {
	List     string   `json:"list,omitempty"`
	Sheet    string   `json:"sheet,omitempty"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Raw      string   `json:"raw"`
	System   string   `json:"system,omitempty"`
	Code     string   `json:"code,omitempty"`
	Coverage string   `json:"coverage,omitempty"`
	Term     string   `json:"term,omitempty"`
	Group    string   `json:"group,omitempty"`
	Verdict  string   `json:"verdict"`
	Reason   string   `json:"reason,omitempty"`
	Notes    []string `json:"notes,omitempty"`
	Unknown  string   `json:"unknown,omitempty"`
	Advice   string   `json:"advice,omitempty"`
}

func writeJSON(w io.Writer, opts *options, files []checked, ref *codelist.Reference) error {
	r := jsonReport{
		Program: "lint", Version: program.Version, Policy: opts.lists.Descendants, Headings: opts.lists.Headings,
		Files: make([]jsonFile, len(files)),
	}
	if ref != nil {
		sum := ref.Report().SHA256
		r.Reference = &jsonReference{opts.reference, hex.EncodeToString(sum[:]), ref.Len()}
	}
	for i := range files {
		r.Files[i] = files[i].json(opts.lists.Lenient)
	}
	return program.WriteJSON(w, r)
}

func (c *checked) json(lenient bool) jsonFile {
	f := jsonFile{File: c.Path, Fit: c.fit(lenient), Lists: []jsonList{}, Rows: []jsonRow{}}
	if c.err != nil {
		f.Refused = c.err.Error()
		return f
	}
	f.describe(c.about())
	for _, level := range []codelist.Level{codelist.LevelError, codelist.LevelWarning, codelist.LevelNote} {
		f.Notices = append(f.Notices, c.notices(level)...)
	}
	for _, l := range c.lists() {
		f.Lists = append(f.Lists, l.json())
	}
	for _, n := range c.lines() {
		f.Rows = append(f.Rows, n.json())
	}
	return f
}

// describe copies what a report says about its file.
func (f *jsonFile) describe(r codelist.Report) {
	f.SHA256, f.Encoding, f.Blank, f.Comments = hex.EncodeToString(r.SHA256[:]), r.Encoding, r.Blank, r.Comments
	if r.Delimiter != 0 {
		f.Delimiter = string(rune(r.Delimiter))
	}
	for _, s := range r.Sheets {
		s.PassedOver = program.FlagText(s.PassedOver)
		f.Sheets = append(f.Sheets, jsonSheet(s))
	}
	for _, u := range r.Unused {
		f.Unused = append(f.Unused, jsonUnused(u))
	}
}

func (l reviewed) json() jsonList {
	r := l.Report()
	j := jsonList{
		Name: l.Name(), Fingerprint: l.Fingerprint(), Entries: l.Len(),
		Rows: map[string]int{"read": r.Rows()}, Categories: []jsonCategory{},
	}
	for _, v := range []codelist.Verdict{
		codelist.Accepted, codelist.Repaired, codelist.Duplicate, codelist.Ignored, codelist.Rejected,
	} {
		j.Rows[v.String()] = r.Count(v)
	}
	for f := range r.Families() {
		j.Categories = append(j.Categories,
			jsonCategory{l.Entry(f.Entry).Prefix.String(), f.Coverage.String(), texts(f.Children)})
	}
	if len(l.Unchecked) > 0 {
		j.Unchecked = texts(l.Unchecked)
	}
	for _, f := range l.Families {
		j.Standings = append(j.Standings,
			jsonStanding{f.Category.String(), f.Standing.String(), texts(f.Named), texts(f.Left)})
	}
	return j
}

func (n *line) json() jsonRow {
	j := jsonRow{
		Sheet: n.Pos.Sheet, Line: n.Pos.Line, Column: n.Pos.Column, Raw: program.CutRaw(n.Raw), System: n.system(),
		Verdict: n.Verdict.String(), Reason: n.Reason, Notes: n.notes, Unknown: n.why,
		Advice: program.FlagText(n.Advice()),
	}
	j.Code, j.Coverage = n.entry()
	if n.list != nil {
		j.List = n.list.Name()
		if n.Entry >= 0 && n.Verdict != codelist.Duplicate {
			e := n.list.Entry(n.Entry)
			j.Term, j.Group = program.CutRaw(e.Term), program.CutRaw(e.Group)
		}
	}
	return j
}
