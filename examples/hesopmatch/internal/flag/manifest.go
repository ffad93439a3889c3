package flag

import (
	"encoding/hex"
	"io"
	"time"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// manifest is the record of a run, from which the run can be repeated and checked. The same input gives the same
// manifest, except for the time, so the manifest omits options that do not affect the result.
type manifest struct {
	program.Origin
	Options       manifestOptions `json:"options"`
	Lists         []manifestList  `json:"lists"`
	Inputs        []manifestInput `json:"inputs"`
	Rows          int64           `json:"rows"`
	Skipped       int64           `json:"skipped_rows"`
	Coded         int64           `json:"coded_rows"`
	Disagreements int64           `json:"disagreements"`
	Unrecognised  int64           `json:"unrecognised_values"`
	People        *manifestPeople `json:"people,omitempty"`
	Output        string          `json:"output_sha256"`
	Note          string          `json:"note"`
}

// manifestPeople holds the counts of -rows people.
type manifestPeople struct {
	InData                 int   `json:"in_data"`
	Match                  int64 `json:"match"`
	RowsWritten            int64 `json:"rows_written"`
	RowsWrittenMatch       int64 `json:"rows_written_that_match"`
	RowsWithoutPerson      int64 `json:"rows_without_person"`
	RowsWithoutPersonMatch int64 `json:"rows_without_person_that_match"`
}

type manifestOptions struct {
	Descendants   string   `json:"descendants"`
	Headings      string   `json:"headings"`
	Lenient       bool     `json:"lenient"`
	AllowBroad    bool     `json:"allow_broad"`
	AllowRemovals bool     `json:"allow_removals"`
	ExcludeColumn string   `json:"exclude_column"`
	ExcludeWhen   string   `json:"exclude_when"`
	SystemColumn  string   `json:"system_column"`
	HeaderRow     int      `json:"header_row"` // 0 if the option was not given
	CodeColumn    string   `json:"code_column"`
	Group         string   `json:"group"`
	Sheet         string   `json:"sheet"`
	Rows          string   `json:"rows"`
	Person        string   `json:"person"` // "" if the column was found by its name
	Format        string   `json:"format"`
	Values        string   `json:"values"`
	Names         string   `json:"names"`
	Columns       []string `json:"columns"`
	Union         bool     `json:"union"`
	Fields        string   `json:"fields"`
	Primary       bool     `json:"primary"`
	SkipBadRows   bool     `json:"skip_bad_rows"`
	Delimiter     string   `json:"delimiter"`
	Header        string   `json:"header"`
	HeaderNames   []string `json:"header_names"`
	Renames       []string `json:"renames"`
	RawWidth      int      `json:"raw_width"` // 0 if the option was not given
}

type manifestList struct {
	Name        string         `json:"name"`
	Output      string         `json:"name_in_output"`
	File        string         `json:"file"`
	System      string         `json:"system"` // as stated by the option, "" if the file states it
	SHA256      string         `json:"sha256"`
	Fingerprint string         `json:"fingerprint"`
	Entries     int            `json:"entries"`
	Rows        map[string]int `json:"rows"`
	Match       int64          `json:"match"`
	NoMatch     int64          `json:"no_match"`
	Unknown     int64          `json:"unknown"`
	Undecided   int64          `json:"undecided"`
	People      *int64         `json:"people,omitempty"` // people who match, under -rows people
	Unmatched   int            `json:"entries_never_matched"`
}

type manifestInput struct {
	Name    string `json:"name"`
	SHA256  string `json:"sha256"`
	Rows    int64  `json:"rows"`
	Skipped int64  `json:"skipped_rows"`
	Blank   int64  `json:"blank_lines"`
	Coded   int64  `json:"coded_rows"`

	// Columns are the columns that determine the answers. The other columns of the input are only written.
	Columns []string `json:"columns_read"`
}

// writeManifest writes the manifest after the run.
func (f *flagging) writeManifest(w io.Writer) error {
	o := f.opts
	m := manifest{
		Origin: program.NewOrigin(o.flags, time.Now()),
		Options: manifestOptions{
			Descendants: o.lists.Descendants, Headings: o.lists.Headings, Lenient: o.lists.Lenient,
			AllowBroad: o.lists.AllowBroad, AllowRemovals: o.lists.AllowRemovals,
			ExcludeColumn: o.lists.ExcludeColumn, ExcludeWhen: o.lists.ExcludeWhen, CodeColumn: o.lists.CodeColumn,
			SystemColumn: o.lists.SystemColumn, HeaderRow: o.lists.HeaderRow,
			Group: o.lists.Group, Sheet: o.lists.Sheet,
			Rows: o.rows, Person: o.person, Format: o.format, Values: o.values, Names: o.names,
			Columns: o.columns, Union: o.union, Fields: o.inputs.Fields, Primary: o.inputs.Primary,
			SkipBadRows: o.inputs.SkipBad, Header: o.inputs.Header, HeaderNames: f.headerNames(),
			Renames: o.inputs.Renames, RawWidth: o.inputs.RawWidth,
		},
		Rows: f.rows, Coded: f.totals.Coded, Disagreements: f.totals.Disagreements,
		Unrecognised: f.totals.Unrecognised, Output: hex.EncodeToString(f.outSum.Sum(nil)), Note: releaseNote,
	}
	if o.inputs.Delimiter != 0 {
		m.Options.Delimiter = string(o.inputs.Delimiter)
	}
	if p := f.people; p != nil {
		m.People = &manifestPeople{
			len(p.numbers), p.match, p.rows.written, p.rows.writtenMatch, p.rows.noPerson, p.rows.noPersonMatch,
		}
	}
	for _, file := range f.loaded {
		for _, l := range file.Lists {
			m.Lists = append(m.Lists, f.manifestList(len(m.Lists), l, file.System))
		}
	}
	for _, in := range f.inputs {
		m.Skipped += in.Skipped.Count
		m.Inputs = append(m.Inputs, manifestInput{
			Name: in.Path, SHA256: hex.EncodeToString(in.hash.Sum(nil)),
			Rows: in.rows, Skipped: in.Skipped.Count, Blank: in.blank, Coded: in.coded,
			Columns: in.read,
		})
	}
	return program.WriteJSON(w, m)
}

// headerNames returns the names of the columns if -header gave them.
func (f *flagging) headerNames() []string {
	if f.opts.inputs.Header == "" {
		return nil
	}
	return f.columns
}

func (f *flagging) manifestList(i int, l *codelist.List, system coding.System) manifestList {
	r, c := l.Report(), f.totals.Counts(i)
	rows := make(map[string]int)
	for _, v := range []codelist.Verdict{
		codelist.Accepted, codelist.Repaired, codelist.Duplicate, codelist.Ignored, codelist.Rejected,
	} {
		rows[v.String()] = r.Count(v)
	}
	stated := ""
	if system.IsValid() {
		stated = system.String()
	}
	var people *int64
	if f.people != nil {
		people = &f.people.ofList[i]
	}
	return manifestList{
		Name: l.Name(), Output: f.names[i], File: r.File, System: stated,
		SHA256: hex.EncodeToString(r.SHA256[:]), Fingerprint: l.Fingerprint(),
		Entries: l.Len(), Rows: rows,
		Match: c.Match, NoMatch: c.NoMatch, Unknown: c.Unknown, Undecided: c.Undecided, People: people,
		Unmatched: len(f.findings.unmatched(i)),
	}
}
