package hesop

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
)

// mostUnmarked is the highest position that may follow a stem without a separator. A higher number would be ambiguous:
// diag41 could also be the first position of columns of four characters.
const mostUnmarked = 24

// readCodeName recognises the name of a code column as HES or an extract spells it. Extracts omit zeros, separators or
// widths, or write dots or brackets instead of underscores.
func readCodeName(name string) (f CodeField, ok bool) {
	if f, ok = readName(name); ok {
		return f, true
	}
	return readAlias(name)
}

// readAlias recognises diag_1, diag1, diag4_01, diag_4_1, diag_01_4char, diag_concat and similar names.
func readAlias(name string) (f CodeField, ok bool) {
	name = foldColumn(name)
	if name == "" || name[0] != 'd' && name[0] != 'o' {
		return f, false
	}
	name = underscored(name)
	rest, isDiagnosis := strings.CutPrefix(name, "diag")
	stem := "diag"
	if !isDiagnosis {
		stem = "opertn"
		if rest, ok = strings.CutPrefix(name, stem); !ok {
			return f, false
		}
	}
	number, marked := strings.CutPrefix(rest, "_")
	width := ""
	switch {
	case number == "concat":
		return readName(stem + "_4_concat") // every extract that joins codes joins codes of four characters
	case strings.HasSuffix(number, "_3char"), strings.HasSuffix(number, "_4char"):
		width, number = number[len(number)-5:len(number)-4], number[:len(number)-6]
	case len(number) > 2 && (number[0] == '3' || number[0] == '4') && number[1] == '_':
		width, number, marked = number[:1], number[2:], true
	}
	if width != "" {
		stem += "_" + width
	}
	if number == "concat" {
		return readName(stem + "_concat")
	}
	if len(number) == 1 {
		number = "0" + number
	}
	f, ok = readName(stem + "_" + number)
	return f, ok && f.Position > 0 && (marked || f.Position <= mostUnmarked)
}

// underscored replaces the dots and brackets of a folded name with underscores: diag[1] becomes diag_1.
func underscored(name string) string {
	if !strings.ContainsAny(name, ".[](){}") {
		return name
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(".[](){}", r) {
			return '_'
		}
		return r
	}, name)
	for strings.Contains(name, "__") {
		name = strings.ReplaceAll(name, "__", "_")
	}
	return strings.TrimSuffix(name, "_")
}

// hesName returns the name of the column in HES.
func (f CodeField) hesName() string {
	name, width := "diag_", ""
	if f.System == coding.OPCS4 {
		name = "opertn_"
	}
	if f.Form != Raw {
		width = string(rune('0'+f.Width)) + "_"
	}
	if f.Form == Concatenated {
		return name + width + "concat"
	}
	return name + width + string([]byte{byte('0' + f.Position/10), byte('0' + f.Position%10)})
}

// foldColumn returns a column name in the form in which names are compared: in lower case, without padding, byte order
// marks or zero-width characters.
func foldColumn(name string) string {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x80 || 'A' <= c && c <= 'Z' {
			return strings.ToLower(strings.TrimSpace(visible(name)))
		}
	}
	return name // most names are folded already
}

// visible returns a name without invisible characters.
func visible(name string) string {
	hidden := func(r rune) bool { return r == '\uFEFF' || r == '\u2060' || '\u200B' <= r && r <= '\u200F' }
	if !strings.ContainsFunc(name, hidden) {
		return name
	}
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, name)
}

// seriesOf splits a folded name around its last number. The names of two columns of a series differ only in that
// number. If the number belongs to the name of a classification, as in icd10, seriesOf does not split the name.
func seriesOf(name string) (before, number, after string) {
	end := len(name)
	for end > 0 && !isDigit(rune(name[end-1])) {
		end--
	}
	start := end
	for start > 0 && isDigit(rune(name[start-1])) {
		start--
	}
	before, number, after = name[:start], name[start:end], name[end:]
	if number != "" && isEdition(before, number) {
		return name, "", ""
	}
	return before, number, after
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// readAs describes columns of one series that are read under the names of another series.
type readAs struct {
	series           string
	first, firstRead string
	last, lastRead   string
}

// aroundPosition returns the text before and after the position in a folded name. A width may follow the position.
func aroundPosition(name string) (before, after string) {
	start, end, _ := positionOf(name)
	return name[:start], name[end:]
}

// aliasNotes returns a line for each series of columns that are read under another name.
func (h *header) aliasNotes(codes []placedField) []string {
	var all []readAs
	for _, f := range codes {
		name, read := h.named(f.Column.index), h.read[f.Column.index]
		if foldColumn(name) == read {
			continue
		}
		before, after := aroundPosition(foldColumn(name))
		readBefore, _, readAfter := seriesOf(read)
		series := before + "#" + after + "=" + readBefore + "#" + readAfter
		if n := len(all) - 1; n >= 0 && all[n].series == series && f.Form != Concatenated {
			all[n].last, all[n].lastRead = name, read
			continue
		}
		all = append(all, readAs{series, name, read, "", ""})
	}
	var notes []string
	for _, s := range all {
		if s.last == "" {
			notes = append(notes, fmt.Sprintf("%s read as %s", s.first, s.firstRead))
			continue
		}
		notes = append(notes, fmt.Sprintf("%s .. %s read as %s .. %s", s.first, s.last, s.firstRead, s.lastRead))
	}
	return notes
}
