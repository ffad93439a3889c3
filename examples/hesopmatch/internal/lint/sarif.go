package lint

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// The parts of a SARIF document, version 2.1.0, that lint uses.
type (
	sarif struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool            `json:"tool"`
		Bases   map[string]sarifBase `json:"originalUriBaseIds"`
		Results []sarifResult        `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string       `json:"id"`
		Short sarifText    `json:"shortDescription"`
		Full  sarifText    `json:"fullDescription"`
		Help  sarifText    `json:"help"`
		Usual sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifBase struct {
		Description sarifText `json:"description"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule      string          `json:"ruleId"`
		Index     int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		File   sarifFile   `json:"artifactLocation"`
		Region sarifRegion `json:"region"`
	}
	sarifFile struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	// sarifRegion has no column, because the column of a cell is not a column of characters.
	sarifRegion struct {
		Line int `json:"startLine"`
	}
)

// sarifRoot is the name that readers of SARIF give to the root of a repository.
const sarifRoot = "%SRCROOT%"

// sarifRows is the maximum number of rows of a finding that get a result each. Code scanning refuses a run with more
// than 25,000 results.
const sarifRows = 1000

// writeSARIF writes a result for each row of a finding, and for each finding without rows.
func writeSARIF(w io.Writer, opts *options, files []checked, ref *codelist.Reference) error {
	run := sarifRun{
		Tool:    sarifTool{sarifDriver{Name: "hesopmatch", Version: program.Version, Rules: []sarifRule{}}},
		Bases:   map[string]sarifBase{sarifRoot: {sarifText{"The folder in which lint was run."}}},
		Results: []sarifResult{},
	}
	for i := range files {
		for _, f := range slices.Concat(files[i].findings(ref), files[i].unsigned(), files[i].used()) {
			f.level = opts.level(&f)
			run.add(&files[i], &f)
		}
	}
	return program.WriteJSON(w, sarif{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

// add adds the results of a finding, and its rule if the run does not have it yet.
func (r *sarifRun) add(c *checked, f *finding) {
	id, rules := f.rule(), &r.Tool.Driver.Rules
	index := slices.IndexFunc(*rules, func(rule sarifRule) bool { return rule.ID == id })
	if index < 0 {
		index = len(*rules)
		*rules = append(*rules, sarifRule{
			ID: id, Short: sarifText{f.title() + "."}, Full: sarifText{f.about()}, Help: sarifText{f.help()},
			Usual: sarifDefault{f.level.String()},
		})
	}
	advice := ""
	if f.advice != "" {
		advice = "\n→ " + f.advice
	}
	address, isLocal := uri(c.Path)
	result := func(line int, message string) {
		at := sarifPhysical{sarifFile{URI: address}, sarifRegion{max(1, line)}}
		if isLocal {
			at.File.Base = sarifRoot
		}
		r.Results = append(r.Results, sarifResult{
			id, index, f.level.String(), sarifText{message + advice}, []sarifLocation{{at}},
		})
	}
	if len(f.rows) == 0 {
		result(f.first(), f.sentence())
	}
	for i, row := range f.rows {
		if i == sarifRows {
			result(row.pos.Line, fmt.Sprintf("%s: and %d more rows, from here on", f.about(), len(f.rows)-i))
			break
		}
		result(row.pos.Line, fmt.Sprintf("%v: %s: %s", row.pos, row.says, f.about()))
	}
}

// used returns the findings about rows that were ignored, repaired or dropped as duplicates. There is one finding for
// each reason, with all rows of that reason. The findings are in the order of the file. The text report only counts
// these rows.
func (c *checked) used() []finding {
	kinds := map[codelist.Verdict]string{
		codelist.Ignored: kindIgnored, codelist.Repaired: kindRepaired, codelist.Duplicate: kindDuplicate,
	}
	at := make(map[[2]string]int)
	var all []finding
	for _, n := range c.lines() {
		kind, ok := kinds[n.Verdict]
		if !ok {
			continue
		}
		key := [2]string{kind, n.Reason}
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key] = i
			all = append(all, finding{level: codelist.LevelNote, kind: kind, reason: n.Reason})
		}
		row := found{n.Pos, fmt.Sprintf("%.60q", n.Raw)}
		if rows := all[i].rows; len(rows) == 0 || rows[len(rows)-1] != row { // a cell of several codes counts once
			all[i].rows = append(rows, row)
		}
	}
	slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(a.first(), b.first()) })
	return all
}

// about returns what all rows of a finding have in common.
func (f *finding) about() string {
	if f.reason == "" || f.kind == kindDuplicate {
		return f.kind
	}
	return f.kind + ": " + strings.TrimSpace(f.reason)
}
