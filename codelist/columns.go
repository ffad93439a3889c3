package codelist

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/nearest"
)

// columns holds, for each role, the index of the column of a table that has the role; -1 means that none has it.
type columns struct {
	names     []string          // from the header, nil if the file has none
	codes     []int             // one column, or two that state different systems
	stated    []headerStatement // what the header of each code column states
	term      int
	group     int
	exclude   int
	signs     []int // columns of signs, whether or not the caller named them
	system    []systemColumn
	firstData int // index of the first row of data
	width     int // number of cells of the widest row
}

var (
	groupNames = regexp.MustCompile(`^(category|group|condition|conceptname|phenotypename)$`)
	termNames  = regexp.MustCompile(`^(term|description|desc|name|title|label|meaning|` +
		`.*(term|descr|description|desc))$`)
)

// matching returns the columns whose folded names match the pattern.
func matching(names []string, pattern *regexp.Regexp) []int {
	var found []int
	for i, name := range names {
		if pattern.MatchString(foldName(name)) {
			found = append(found, i)
		}
	}
	return found
}

// sameName reports whether two names denote the same column.
func sameName(a, b string) bool { return foldName(a) == foldName(b) }

// named returns the columns with the given name.
func named(names []string, name string) []int {
	var found []int
	for i := range names {
		if sameName(names[i], name) {
			found = append(found, i)
		}
	}
	return found
}

// name returns the name of a column, "" if it has none.
func (c *columns) name(i int) string {
	if i < 0 || i >= len(c.names) || isBlank(c.names[i]) {
		return ""
	}
	return c.names[i]
}

// quote returns the name of a column for a message, or its number if it has none.
func (c *columns) quote(i int) string {
	if name := c.name(i); name != "" {
		return strconv.Quote(clip(name))
	}
	return fmt.Sprintf("column %d (which has no name)", i+1)
}

// findColumns finds the columns of a table by the header or, in a table without a header, by the content of the first
// row. The argument above holds the columns of the previous table; it is nil for the first table.
func findColumns(t *table, opts *options, above *columns) (*columns, error) {
	c := &columns{names: t.rows[0].cells, term: -1, group: -1, exclude: -1, firstData: 1, width: t.width()}
	if err := c.findCodes(t, opts, above); err != nil {
		return nil, err
	}
	var err error
	if opts.excludeColumn != noColumn {
		if c.exclude, err = c.findNamed(t, opts, opts.excludeColumn, "ExcludeColumn"); err != nil {
			return nil, err
		}
	}
	if c.group, err = c.findNamed(t, opts, opts.groupColumn, "ParseGroups"); err != nil {
		return nil, err
	}
	system, err := c.findNamed(t, opts, opts.systemColumn, "SystemColumn")
	if err != nil {
		return nil, err
	}
	for _, i := range c.codes {
		c.stated = append(c.stated, headerStates(c.name(i)))
	}
	if c.names != nil {
		c.term = c.first(termNames)
		if c.group < 0 {
			c.group = c.first(groupNames)
		}
	}
	if system >= 0 {
		c.system = []systemColumn{{index: system, known: true}}
	} else {
		c.system = c.findSystems(t)
	}
	switch {
	case len(c.codes) == 2 && len(c.system) > 0:
		return nil, t.fail(opts, ErrCodeColumns,
			"%s and %s, with a column of coding systems beside them, %s; name one with CodeColumn",
			c.quote(c.codes[0]), c.quote(c.codes[1]), c.quote(c.system[0].index))
	case len(c.codes) == 1 && above == nil && c.stated[0].excludes(opts.system):
		return nil, t.fail(opts, ErrOtherSystem,
			"column %q, given %v; state the system of the file with CodingSystem, or leave it to the "+
				"header with CodingSystem(0)",
			c.names[c.codes[0]], opts.system)
	}
	c.signs = c.findSigns(t, opts)
	return c, c.refuse(t, opts)
}

// fail returns an error about the header of a table.
func (t *table) fail(opts *options, err error, format string, args ...any) *FileError {
	detail := fmt.Sprintf(format, args...)
	return &FileError{File: opts.file, Sheet: t.sheet, Line: t.rows[0].line, Err: err, Detail: detail}
}

// findCodes finds the code column.
func (c *columns) findCodes(t *table, opts *options, above *columns) error {
	if err := t.refusePeople(opts); err != nil {
		return err
	}
	found := codeColumns(c.names)
	codes := columnsOfCodes(c.names, opts)
	if opts.codeColumn != "" {
		found = named(c.names, opts.codeColumn)
		if len(found) == 0 && above != nil {
			found = codeColumns(c.names) // a second header may use another name
		}
		if len(found) == 1 && slices.Contains(codes, found[0]) {
			return t.fail(opts, errNoHeader, "%q (CodeColumn) is itself a code; add a header", c.names[found[0]])
		}
		if len(found) != 1 && (above == nil || len(named(c.names, opts.codeColumn)) > 0) {
			e := t.noColumn(opts, len(found), opts.codeColumn, "CodeColumn")
			if len(found) == 0 {
				return withoutCodes{e}
			}
			return e
		}
	}
	settle := "name one with CodeColumn"
	if err := t.refuseRangeColumns(opts, found); err != nil {
		return err
	}
	if opts.codeColumn == "" && opts.headerRow == 0 && t.above == 0 && above == nil &&
		slices.ContainsFunc(c.names, readsAsCodes) {
		found = nil // a first row that holds a code is not a header, even if another cell names a code column
	}
	if len(found) == 0 && len(codes) > 0 && opts.headerRow == 0 {
		found = slices.DeleteFunc(slices.Clone(codes), func(i int) bool { return t.isOtherKind(i, 0) })
		if len(found) == 0 {
			found = codes
		}
		c.names, c.firstData = nil, 0
		settle = "the file has no header; add one that names the column code, or take out the others"
		if t.looksLikeData() {
			settle += ", or, if these are appointments, " + settlePeople
		}
	}
	switch {
	case len(found) == 1, areOfTwoSystems(c.names, found):
		c.codes = found
		return nil
	case len(found) == 0:
		return withoutCodes{t.fail(opts, ErrNoCodeColumn, "columns are %s; %s%s",
			t.quoteFirst(), t.settle(settle), t.laterHeader(opts))}
	default:
		return t.fail(opts, ErrCodeColumns, "%s; %s%s", t.quoteCells(found), settle, c.withEdition(found))
	}
}

// findNamed finds a column that the caller names. It returns -1 if the caller names none.
func (c *columns) findNamed(t *table, opts *options, name, option string) (int, error) {
	if name == "" {
		return -1, nil
	}
	found := named(c.names, name)
	if len(found) != 1 {
		return -1, t.noColumn(opts, len(found), name, option)
	}
	return found[0], nil
}

// noColumn returns the error for an option that names a column, if no column or more than one has that name. The
// argument found is the number of columns with that name.
func (t *table) noColumn(opts *options, found int, name, option string) *FileError {
	if found > 1 {
		return t.fail(opts, errSeveral, "%d are called %q (%s); rename one in the file", found, name, option)
	}
	mean := ""
	if word := nearest.Word(name, t.rows[0].cells); word != "" && !t.looksLikeData() {
		mean = fmt.Sprintf("did you mean %q? ", clip(word))
	}
	return t.fail(opts, ErrNoColumn, "%q (%s); %scolumns are %s", name, option, mean, t.quoteFirst())
}

// first returns the first column that has a matching name and no other role yet, -1 if there is none.
func (c *columns) first(pattern *regexp.Regexp) int {
	for _, i := range matching(c.names, pattern) {
		if !slices.Contains(c.codes, i) && i != c.exclude && i != c.term {
			return i
		}
	}
	return -1
}

// columnsOfCodes returns the indexes of those cells of a row that read as codes.
func columnsOfCodes(cells []string, opts *options) []int {
	var found []int
	for i, text := range cells {
		if isBlank(text) || len(text) > opts.limits.CellBytes {
			continue
		}
		for _, sys := range coding.Systems() {
			if opts.system != 0 && opts.system != sys {
				continue
			}
			r := cellReader{system: sys, expansion: opts.limits.CellCodes}
			if r.read(text, nil).refusal == "" {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

// refuse fails if a column may mark rows that are not inclusions, and the caller has not stated what the column means.
func (c *columns) refuse(t *table, opts *options) error {
	if removals := named(c.names, "reason_for_removal"); len(removals) > 0 && !opts.allowRemovals {
		return t.fail(opts, ErrRemovals, "column %q; AllowRemovals reads its rows as entries", c.names[removals[0]])
	}
	return c.refuseSigns(t, opts)
}
