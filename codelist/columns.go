package codelist

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hesopmatch/internal/rows"
)

// columns says which column of a table holds what, as indexes, -1 for none.
type columns struct {
	names     []string // of the header, nil if the file has none
	code      int
	term      int
	group     int
	exclude   int
	system    []int  // columns that state the coding system of a row
	stated    System // by the header of the code column
	firstData int    // index of the first row of data
}

var (
	codeNames      = regexp.MustCompile(`^(codes?|(icd|icd10|opcs|opcs4)(codes?)?|(procedure|diagnosis|clinical|concept)code)$`)
	diagnosisNames = regexp.MustCompile(`^diagnos[ie]s$`)
	systemColumns  = regexp.MustCompile(`^(codingsystem|codetype|terminology|codingsys|codification|codesystem|vocabulary)$`)
	signColumns    = regexp.MustCompile(`^(include|exclude|status)$`)
	groupNames     = regexp.MustCompile(`^(category|group|condition|conceptname|phenotypename)$`)
	termNames      = regexp.MustCompile(`^(term|description|desc|name|title|label|meaning|.*(term|descr|description|desc))$`)
)

// codeColumns are the columns that a header names as those of codes.
func codeColumns(names []string) []int {
	found := matching(names, codeNames)
	if len(found) == 0 {
		found = matching(names, diagnosisNames)
	}
	return found
}

// matching are the columns whose folded names match.
func matching(names []string, pattern *regexp.Regexp) []int {
	var found []int
	for i, name := range names {
		if pattern.MatchString(foldName(name)) {
			found = append(found, i)
		}
	}
	return found
}

// named are the columns of a name.
func named(names []string, name string) []int {
	var found []int
	for i := range names {
		if foldName(names[i]) == foldName(name) {
			found = append(found, i)
		}
	}
	return found
}

// findColumns finds the columns of a table by its header, or, if it has none, by
// the content of its first row.
func findColumns(t *table, opts *options) (*columns, error) {
	c := &columns{names: t.rows[0].cells, term: -1, group: -1, exclude: -1, firstData: 1}
	if err := c.findCodes(t, opts); err != nil {
		return nil, err
	}
	var err error
	if c.exclude, err = c.findNamed(t, opts, opts.excludeColumn, "ExcludeColumn, -exclude-column"); err != nil {
		return nil, err
	}
	if c.group, err = c.findNamed(t, opts, opts.groupColumn, "ParseGroups, -group"); err != nil {
		return nil, err
	}
	if c.names == nil {
		return c, nil
	}
	c.term = c.first(termNames)
	if c.group < 0 {
		c.group = c.first(groupNames)
	}
	c.stated = statedByHeader(c.names[c.code])
	c.system = c.systemsOf(t)
	if c.stated != 0 && opts.system != 0 && c.stated != opts.system {
		return nil, t.fail(opts, ErrOtherSystem, "column %q, caller %v; state the system of the file (InSystem, -icd10, -opcs4), or leave it to the header (-codelist)", c.names[c.code], opts.system)
	}
	return c, c.refuse(t, opts)
}

// fail is an error that concerns the header of a table.
func (t *table) fail(opts *options, err error, format string, args ...any) *FileError {
	return &FileError{File: opts.file, Sheet: t.sheet, Line: t.rows[0].line, Err: err, Detail: fmt.Sprintf(format, args...)}
}

// laterHeader tells of a row below the first that looks like the header.
func (t *table) laterHeader() string {
	const most = 30
	for i, row := range t.rows[:min(len(t.rows), most)] {
		found := len(codeColumns(row.cells)) > 0
		if len(row.cells) == 1 { // below a title without a delimiter
			rows.FindDelimiter(row.cells[0], func(cut []string) bool {
				found = found || len(codeColumns(cut)) > 0
				return found
			})
		}
		if i > 0 && found {
			return fmt.Sprintf("; row %d looks like the header: take out what stands above it", row.line)
		}
	}
	return ""
}

// findCodes finds the column of the codes.
func (c *columns) findCodes(t *table, opts *options) error {
	found := codeColumns(c.names)
	codes := columnsOfCodes(c.names, opts)
	if opts.codeColumn != "" {
		if found = named(c.names, opts.codeColumn); len(found) == 1 && slices.Contains(codes, found[0]) {
			return t.fail(opts, ErrNoColumn, "%q (CodeColumn, -code-column) is itself a code: the file has no header; add one", c.names[found[0]])
		}
		if len(found) != 1 {
			e := t.fail(opts, ErrNoColumn, "%d called %q (CodeColumn, -code-column) among %s", len(found), opts.codeColumn, quoteNames(c.names))
			e.noCodes = len(found) == 0
			return e
		}
	}
	settle := "name one with CodeColumn (-code-column)"
	if len(found) == 0 && len(codes) > 0 {
		found = codes
		c.names, c.firstData = nil, 0
		settle = "the file has no header; add one that names the column code, or take out the others"
	}
	switch len(found) {
	case 1:
		c.code = found[0]
		return nil
	case 0:
		e := t.fail(opts, ErrNoCodeColumn, "columns are %s; %s%s", quoteNames(c.names), settle, t.laterHeader())
		e.noCodes = true
		return e
	default:
		candidates := make([]string, len(found))
		for i, f := range found {
			candidates[i] = t.rows[0].cells[f]
		}
		return t.fail(opts, ErrCodeColumns, "%s; %s", quoteNames(candidates), settle)
	}
}

// findNamed finds a column that the caller names, -1 if the caller names none.
func (c *columns) findNamed(t *table, opts *options, name, option string) (int, error) {
	if name == "" {
		return -1, nil
	}
	found := named(c.names, name)
	if len(found) != 1 {
		return -1, t.fail(opts, ErrNoColumn, "%d called %q (%s) among %s", len(found), name, option, quoteNames(t.rows[0].cells))
	}
	return found[0], nil
}

// first is the first column besides those already found whose name matches, -1 if
// there is none.
func (c *columns) first(pattern *regexp.Regexp) int {
	for _, i := range matching(c.names, pattern) {
		if i != c.code && i != c.exclude && i != c.term {
			return i
		}
	}
	return -1
}

// columnsOfCodes are the columns of a row whose cells read as codes.
func columnsOfCodes(cells []string, opts *options) []int {
	var found []int
	for i, text := range cells {
		for _, sys := range systems {
			if opts.system != 0 && opts.system != sys || isBlank(text) || len(text) > opts.maxCell {
				continue
			}
			r := cellReader{system: sys, expansion: opts.maxExpansion}
			if r.read(text, nil).refusal == "" {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

// statedByHeader is the coding system that the name of a code column states.
func statedByHeader(name string) System {
	switch key := foldName(name); {
	case strings.HasPrefix(key, "icd10"):
		return ICD10
	case strings.HasPrefix(key, "opcs"):
		return OPCS4
	}
	return 0
}

// systemsOf are the columns that are called what a column of coding systems is
// called and do name at least one: in some files code_type is a flag.
func (c *columns) systemsOf(t *table) []int {
	var found []int
	for _, i := range matching(c.names, systemColumns) {
		for r := c.firstData; r < len(t.rows); r++ {
			if i != c.code && namesSystem(t.rows[r].cell(i)) {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

// refuse fails on columns that say that rows are not to be read as inclusions,
// unless the caller has settled what they mean.
func (c *columns) refuse(t *table, opts *options) error {
	if removals := named(c.names, "reason_for_removal"); len(removals) > 0 && !opts.allowRemovals {
		return t.fail(opts, ErrRemovals, "column %q; AllowRemovals (-allow-removals) reads its rows as entries", c.names[removals[0]])
	}
	if c.exclude >= 0 {
		return c.contradicted(t, opts)
	}
	for _, i := range matching(c.names, signColumns) {
		if i == c.code {
			continue
		}
		named := foldName(c.names[i]) != "status" // which may hold anything else
		for r := c.firstData; r < len(t.rows); r++ {
			if exclude, ok := readSign(c.names[i], t.rows[r].cell(i)); ok && exclude || !ok && named {
				return t.fail(opts, ErrUnusedSigns, "%q; name it with ExcludeColumn (-exclude-column), or remove it", c.names[i])
			}
		}
	}
	return nil
}

// contradicted fails on a row that the column of the caller includes and another one,
// called include or exclude, excludes.
func (c *columns) contradicted(t *table, opts *options) error {
	for _, i := range matching(c.names, signColumns) {
		if i == c.code || i == c.exclude || foldName(c.names[i]) == "status" {
			continue
		}
		for r := c.firstData; r < len(t.rows); r++ {
			row := &t.rows[r]
			mine, _ := readSign(c.names[c.exclude], row.cell(c.exclude))
			if other, ok := readSign(c.names[i], row.cell(i)); ok && other && !mine {
				return t.fail(opts, ErrUnusedSigns, "%q excludes row %d, which %q includes; take out one of the columns", c.names[i], row.line, c.names[c.exclude])
			}
		}
	}
	return nil
}

// readSign reads a cell of a column that tells exclusions from inclusions.
func readSign(column, cell string) (exclude, ok bool) {
	inverted := strings.HasPrefix(foldName(column), "exclu")
	switch strings.ToLower(trimSpace(cell)) {
	case "include":
		return false, !inverted
	case "exclude":
		return true, !inverted
	case "":
		return false, true
	case "1", "+", "yes":
		return inverted, true
	case "0", "-", "no":
		return !inverted, true
	case "(+)":
		return false, !inverted
	case "(-)":
		return true, !inverted
	}
	return false, false
}
