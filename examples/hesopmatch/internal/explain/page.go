package explain

import (
	"strings"
	"unicode/utf8"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// lineWidth is the width of a line in characters.
const lineWidth = 80

// page is text for people, in lines of at most lineWidth characters.
type page struct{ strings.Builder }

// labelWidth is the width of the longest label of an item.
const labelWidth = len("taken alone")

// item writes a label, padded to width characters, followed by a text.
func (p *page) item(width int, label, text string) { p.row([]cell{{2, ""}, {width + 2, label}}, text) }

// cell is a text with the width that it is padded to.
type cell struct {
	width int
	text  string
}

// row writes cells, and then text in lines that begin where the cells end. A cell that is too long takes lines of its
// own.
func (p *page) row(cells []cell, text string) {
	at, line := 0, ""
	for _, c := range cells {
		line += c.text
		at += c.width
		if width := utf8.RuneCountInString(line); c.text == "" || width+2 <= at {
			line += strings.Repeat(" ", at-width)
			continue
		}
		start := at - c.width
		for i, part := range wrap(c.text, lineWidth-start) {
			if i == 0 {
				part = line[:len(line)-len(c.text)] + part
			} else {
				part = strings.Repeat(" ", start) + part
			}
			p.WriteString(part + "\n")
		}
		line = strings.Repeat(" ", at)
	}
	if text == "" && strings.TrimSpace(line) == "" {
		return
	}
	for _, part := range wrap(text, lineWidth-at) {
		p.WriteString(strings.TrimRight(line+part, " ") + "\n")
		line = strings.Repeat(" ", at)
	}
}

// wrap breaks a text into lines of at most width characters: between words, otherwise after a comma, otherwise inside a
// word.
func wrap(text string, width int) (lines []string) {
	for utf8.RuneCountInString(text) > width {
		end := byteOf(text, width+1)
		cut := strings.LastIndexByte(text[:end], ' ')
		if cut <= 0 {
			end = byteOf(text, width)
			if cut = strings.LastIndexByte(text[:end], ',') + 1; cut == 0 {
				cut = end
			}
		}
		lines = append(lines, strings.TrimRight(text[:cut], " "))
		text = strings.TrimLeft(text[cut:], " ")
	}
	return append(lines, text)
}

// byteOf returns the byte offset of character n of a text.
func byteOf(text string, n int) int {
	for at := range text {
		if n == 0 {
			return at
		}
		n--
	}
	return len(text)
}

// shown returns a value, or a cell of a list, in the form for people: shortened if long, safe for a terminal, and in
// quotes if it has white space.
func shown(text string) string {
	plain := program.Plain(program.CutRaw(text))
	if plain == "" || strings.ContainsAny(plain, " \t\"\u00A0\uFFFD") {
		return `"` + plain + `"`
	}
	return plain
}
