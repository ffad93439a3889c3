package codelist

import (
	"fmt"
	"regexp"
	"strings"
)

// columns says which column of a table holds what, as indexes, -1 for none.
type columns struct {
	names     []string // of the header, nil if the file has none
	code      int
	term      int
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
	first := t.rows[0]
	c := &columns{names: first.cells, term: -1, exclude: -1, firstData: 1}
	fail := func(err error, format string, args ...any) (*columns, error) {
		return nil, &FileError{File: opts.file, Line: first.line, Err: err, Detail: fmt.Sprintf(format, args...)}
	}

	found := codeColumns(c.names)
	if opts.codeColumn != "" {
		if found = named(c.names, opts.codeColumn); len(found) != 1 {
			return fail(ErrNoColumn, "%d called %q (CodeColumn, -code-column) among %s", len(found), opts.codeColumn, quoteNames(c.names))
		}
	}
	if len(found) == 0 {
		if found = columnsOfCodes(first.cells, opts); len(found) > 0 {
			c.names, c.firstData = nil, 0
		}
	}
	const settle = "name one with CodeColumn (-code-column)"
	switch len(found) {
	case 1:
		c.code = found[0]
	case 0:
		return fail(ErrNoCodeColumn, "columns are %s; %s", quoteNames(first.cells), settle)
	default:
		candidates := make([]string, len(found))
		for i, f := range found {
			candidates[i] = first.cells[f]
		}
		return fail(ErrCodeColumns, "%s; %s", quoteNames(candidates), settle)
	}

	if opts.excludeColumn != "" {
		signs := named(c.names, opts.excludeColumn)
		if len(signs) != 1 {
			return fail(ErrNoColumn, "%d called %q (ExcludeColumn, -exclude-column) among %s", len(signs), opts.excludeColumn, quoteNames(first.cells))
		}
		c.exclude = signs[0]
	}
	if c.names == nil {
		return c, nil
	}
	for _, i := range matching(c.names, termNames) {
		if i != c.code && i != c.exclude {
			c.term = i
			break
		}
	}
	c.stated = statedByHeader(c.names[c.code])
	c.system = c.systemsOf(t)
	if c.stated != 0 && opts.system != 0 && c.stated != opts.system {
		return fail(ErrOtherSystem, "column %q, caller %v", c.names[c.code], opts.system)
	}
	return c, c.refuse(t, opts)
}

// columnsOfCodes are the columns of a row whose cells read as codes.
func columnsOfCodes(cells []string, opts *options) []int {
	var found []int
	for i, text := range cells {
		for _, sys := range systems {
			if opts.system != 0 && opts.system != sys || strings.TrimFunc(text, isSpace) == "" || len(text) > opts.maxCell {
				continue
			}
			r := cellReader{system: sys, expansion: opts.maxExpansion}
			if r.read(text).refusal == "" {
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
	line := t.rows[0].line
	if removals := named(c.names, "reason_for_removal"); len(removals) > 0 && !opts.allowRemovals {
		return &FileError{
			File: opts.file, Line: line, Err: ErrRemovals,
			Detail: fmt.Sprintf("column %q; AllowRemovals (-allow-removals) reads its rows as entries", c.names[removals[0]]),
		}
	}
	if c.exclude >= 0 {
		return nil
	}
	for _, i := range matching(c.names, signColumns) {
		if i == c.code {
			continue
		}
		excludes := false
		for r := c.firstData; r < len(t.rows); r++ {
			exclude, ok := readSign(c.names[i], t.rows[r].cell(i))
			excludes = excludes || ok && exclude
		}
		if excludes {
			return &FileError{
				File: opts.file, Line: line, Err: ErrUnusedSigns,
				Detail: fmt.Sprintf("%q; name it with ExcludeColumn (-exclude-column), or remove it", c.names[i]),
			}
		}
	}
	return nil
}

// readSign reads a cell of a column that tells exclusions from inclusions.
func readSign(column, cell string) (exclude, ok bool) {
	inverted := strings.HasPrefix(foldName(column), "exclu")
	switch strings.ToLower(strings.TrimFunc(cell, isSpace)) {
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
