package codelist

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hesopmatch/codelist/coding"
)

// besideKind is what a cell outside the code columns means if it reads as codes.
type besideKind uint8

const (
	besideCodes   besideKind = iota // codes that would be lost: the row is rejected
	besideUnnamed                   // codes too, to the right of the header or under an empty name
	besideTerm                      // a term, or codes if all code cells of the row are blank
	besideNothing                   // not codes: another kind of column
)

var (
	termWords = wordSet(`term description desc descr name label note comment chapter title text category cat group class
		block phenotype condition disease disorder qualifier meaning`)
	kindWords   = wordSet("version release date year count score weight")
	numberWords = wordSet(`id no number num order index row rank ref reference key sort seq sequence page url
		guid uuid`)
	codeWords  = wordSet("code codes diagnosis diagnoses procedure procedures")
	otherWords = regexp.MustCompile(`^((sct|atc|mesh|cui|icdo[0-9]?)$|snomed|read|rcd|ctv|bnf|dmd|medcode|` +
		`prodcode|emis|phecode|hrg|ccs|meddra|omim|orpha|umls|loinc|icpc)`)
	versionLike = regexp.MustCompile(`^v[0-9]+(\.[0-9]+)*$`) // only a lower-case v: V10 is a code of ICD-10
)

// nameKind returns the kind of a column with the given name.
func nameKind(name string) besideKind {
	words := nameWords(name)
	r := readSystemWords(words)
	switch {
	case hasWord(words, kindWords), hasWord(words, numberWords) && !r.named && !hasWord(words, codeWords),
		r.named && r.other && !r.isSeveral(), slices.ContainsFunc(words, otherWords.MatchString):
		return besideNothing
	case slices.ContainsFunc(words, isTermWord):
		return besideTerm
	default:
		return besideCodes
	}
}

// isTermWord reports whether a word denotes a term or a grouping, including in the plural or with the prefix "sub".
func isTermWord(word string) bool {
	word = strings.TrimPrefix(word, "sub")
	if termWords[word] || termWords[strings.TrimSuffix(word, "s")] || termWords[strings.TrimSuffix(word, "es")] {
		return true
	}
	singular, plural := strings.CutSuffix(word, "ies")
	return plural && termWords[singular+"y"]
}

// besideReader looks for codes in the cells outside the code columns.
type besideReader struct {
	*columns
	t       *table
	o       *options
	systems *systemReader
	kinds   []besideKind
	cells   []besideCell // sorted by row, then by column
}

// besideCell is the row index and the column index of a cell that names codes which the code cells of its row do not
// name.
type besideCell struct{ row, column int }

// findBeside looks at the cells outside the code columns. It returns each cell that names codes which the code cells of
// its row do not name. It fails if most filled cells of a column are such cells, unless the header has no name for the
// column. If the caller named the code column, findBeside drops the cells of such a column instead of failing.
func (c *columns) findBeside(t *table, o *options, systems *systemReader) ([]besideCell, error) {
	b := &besideReader{columns: c, t: t, o: o, systems: systems}
	b.kinds = make([]besideKind, c.width)
	for i := range b.kinds {
		b.kinds[i] = b.kind(i)
	}
	for i := c.firstData; i < len(t.rows); i++ {
		b.row(i)
	}
	if len(b.cells) == 0 {
		return nil, nil
	}
	return b.judge()
}

// kind returns the kind of column i.
func (b *besideReader) kind(i int) besideKind {
	switch {
	case slices.Contains(b.codes, i), i == b.exclude, i == b.group && b.o.groupColumn != "",
		slices.ContainsFunc(b.system, func(s systemColumn) bool { return s.index == i }):
		return besideNothing
	case b.names == nil:
		return besideCodes
	case b.name(i) == "":
		return besideUnnamed
	default:
		return nameKind(b.names[i])
	}
}

// row adds the cells of row i that name codes which the code cells of that row do not name.
func (b *besideReader) row(i int) {
	row := &b.t.rows[i]
	var own ownCodes
	known := false
	for j, cell := range row.cells {
		kind := b.kinds[j]
		if kind == besideNothing || kind == besideTerm && b.isFilled(row) || !mayHoldCode(cell) ||
			len(cell) > b.o.limits.CellBytes {
			continue
		}
		if !known {
			known, own = true, b.own(row)
		}
		if own.used && own.counts(cell, kind, b.names == nil) {
			b.cells = append(b.cells, besideCell{i, j})
		}
	}
}

// isFilled reports whether a row has a code cell that is not blank.
func (c *columns) isFilled(row *tableRow) bool {
	for _, column := range c.codes {
		if !isBlank(row.cell(column)) {
			return true
		}
	}
	return false
}

// ownCodes is the content of the code cells of a row.
type ownCodes struct {
	used   bool // the row has one of our systems, and its code cells are readable or blank
	filled bool // at least one code cell is not blank
	parts  []part
}

// own reads the code cells of a row.
func (b *besideReader) own(row *tableRow) ownCodes {
	var own ownCodes
	ignored, refused := 0, false
	for k, i := range b.codes {
		cell := row.cell(i)
		own.filled = own.filled || !isBlank(cell)
		sys, verdict, reason := b.systems.of(row, b.stated[k])
		if verdict == Ignored {
			ignored++
		}
		if isBlank(cell) || reason != "" || sys == 0 || len(cell) > b.o.limits.CellBytes {
			continue
		}
		r := cellReader{system: sys, allowBroad: b.o.allowBroad, expansion: b.o.limits.CellCodes}
		if c := r.read(cell, nil); c.refusal == "" {
			own.parts = append(own.parts, c.parts...)
		} else {
			refused = true
		}
	}
	own.used = len(own.parts) > 0 && !refused || !own.filled && ignored < len(b.codes)
	return own
}

// counts reports whether a cell outside the code columns names codes that the code cells of its row do not name.
func (own *ownCodes) counts(text string, kind besideKind, headerless bool) bool {
	if !own.filled {
		if kind == besideTerm {
			return readsAsCodes(text)
		}
		return slices.ContainsFunc(strings.Split(text, ":"), func(part string) bool {
			return readsAsCodes(part) || startsWithCodes(part)
		})
	}
	if kind == besideUnnamed || headerless {
		text = text[strings.LastIndexByte(text, ':')+1:] // the codes of "label: codes"
	}
	reads := false
	for c := range readingsOf(text) {
		reads = true
		if kind == besideUnnamed && namesNoMore(own.parts, c.parts) ||
			kind != besideUnnamed && (c.repairs&repairedDots != 0 || covers(c.parts, own.parts)) {
			return false
		}
	}
	return reads
}

// readingsOf reads a text as codes in each of our systems, and yields the result for each system in which the text is
// codes. This includes a text that names more than 10,000 codes.
func readingsOf(text string) iter.Seq[cell] {
	return func(yield func(cell) bool) {
		if !mayHoldCode(text) {
			return
		}
		for _, sys := range coding.Systems() {
			c := cellReader{system: sys, expansion: 10_000}.read(text, nil)
			if (c.refusal == "" || c.refusal == reasonExpansion) && !yield(c) {
				return
			}
		}
	}
}

// readsAsCodes reports whether a text reads as codes of one of our systems.
func readsAsCodes(text string) bool {
	for range readingsOf(text) {
		return true
	}
	return false
}

// startsWithCodes reports whether the first word of a text is a code and more words follow.
func startsWithCodes(text string) bool {
	words := strings.Fields(text)
	return len(words) > 1 && readsAsCodes(strings.TrimRight(words[0], ",;"))
}

// covers reports whether the code of each part in inner starts with the code of some part in outer.
func covers(outer, inner []part) bool {
	for _, p := range inner {
		if !slices.ContainsFunc(outer, func(q part) bool { return startsWith(p, q) }) {
			return false
		}
	}
	return true
}

// namesNoMore reports whether the slice own contains every code of the slice parts. I10 and I10X are the same code.
func namesNoMore(own, parts []part) bool {
	bare := func(p part) coding.Prefix {
		if isUndivided(p.prefix) {
			return p.prefix.First(3)
		}
		return p.prefix
	}
	for _, p := range parts {
		if !slices.ContainsFunc(own, func(q part) bool { return bare(p) == bare(q) }) {
			return false
		}
	}
	return true
}

// startsWith reports whether the code of p starts with the code of q. I10 and I10X are the same code.
func startsWith(p, q part) bool {
	if isUndivided(q.prefix) && isCategory(p.prefix) {
		return q.prefix.First(3) == p.prefix
	}
	return q.prefix.System() == p.prefix.System() && q.prefix.Len() <= p.prefix.Len() &&
		p.prefix.First(q.prefix.Len()) == q.prefix
}

// judge drops the cells of columns whose values only look like codes. If more than half of the filled cells of a column
// name other codes, judge fails, or drops the cells of that column if the caller named the code column. A column
// without a name never makes judge fail.
func (b *besideReader) judge() ([]besideCell, error) {
	counted := make(map[int]int)
	first := make(map[int]int)
	for _, cell := range b.cells {
		if counted[cell.column]++; counted[cell.column] == 1 {
			first[cell.column] = cell.row
		}
	}
	drop := make(map[int]bool)
	for j := range b.kinds {
		if counted[j] == 0 {
			continue
		}
		switch {
		case b.kinds[j] != besideUnnamed && b.t.isVersions(j, b.firstData), b.t.isReadCodes(j, b.firstData):
			drop[j] = true
		case b.kinds[j] == besideUnnamed, 2*counted[j] <= b.filled(j):
		case b.o.codeColumn != "":
			drop[j] = true
		default:
			settle := "name the column to read with CodeColumn"
			if b.names == nil {
				settle = "the file has no header; add one that names the column code"
			}
			return nil, b.t.fail(b.o, ErrCodeColumns, "%s is read, and %s holds codes too, first at row %d; %s",
				b.quote(b.codes[0]), b.quote(j), b.t.rows[first[j]].line, settle)
		}
	}
	return slices.DeleteFunc(b.cells, func(cell besideCell) bool { return drop[cell.column] }), nil
}

// filled counts the cells of column j that are not blank. It skips a row that has none of our systems, or whose code
// cells are neither readable nor blank.
func (b *besideReader) filled(j int) int {
	n := 0
	for i := b.firstData; i < len(b.t.rows); i++ {
		row := &b.t.rows[i]
		if isBlank(row.cell(j)) {
			continue
		}
		if own := b.own(row); own.used {
			n++
		}
	}
	return n
}

// isOtherKind reports whether the values of column j only look like codes, because all of them are versions or all are
// Read codes. first is the index of the first row to look at.
func (t *table) isOtherKind(j, first int) bool {
	return t.isVersions(j, first) || t.isReadCodes(j, first)
}

// isVersions reports whether all values of a column are versions: v10, never V10.
func (t *table) isVersions(j, first int) bool {
	return t.all(j, first, versionLike.MatchString)
}

// isReadCodes reports whether all values of a column have five characters, as Read codes do, and some end in a dot.
func (t *table) isReadCodes(j, first int) bool {
	dotted := false
	return t.all(j, first, func(cell string) bool {
		dotted = dotted || strings.HasSuffix(cell, ".")
		return utf8.RuneCountInString(cell) == 5 && !strings.Contains(cell, " ")
	}) && dotted
}

// all reports whether column j has at least one value in the rows from index first on, and whether holds(value) is true
// for every such value.
func (t *table) all(j, first int, holds func(string) bool) bool {
	filled := false
	for i := first; i < len(t.rows); i++ {
		if cell := trimSpace(t.rows[i].cell(j)); cell != "" {
			if filled = true; !holds(cell) {
				return false
			}
		}
	}
	return filled
}

// mayHoldCode reports whether a text has a letter followed by a digit, a class or _. Any other text holds no code.
func mayHoldCode(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		c := text[i] | 0x20
		if c < 'a' || c > 'z' {
			continue
		}
		for k := i + 1; k < len(text); k++ { // skip dots and spaces
			switch d := text[k]; {
			case '0' <= d && d <= '9', d == '[', d == '_':
				return true
			case d == '.', d == ' ', d >= 0x80:
				continue
			}
			break
		}
	}
	return false
}
