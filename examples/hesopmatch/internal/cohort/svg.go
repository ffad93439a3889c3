package cohort

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// look returns the attributes of a shape in an SVG file, by class. The style sheet of the page sets the same
// attributes. SVG files contain the attributes because word processors and slide programs ignore style sheets.
func look(s shape) string {
	class, isPart := strings.CutSuffix(s.Class, " part")
	switch s.Kind + " " + class {
	case "text val", "text name":
		return `fill="#1a1a1a" font-weight="bold"`
	case "text finding":
		return `fill="#1a1a1a"`
	case "text ", "text mark":
		return `fill="#555555"`
	case "line guide":
		return `stroke="#dedede"`
	case "line base":
		return `stroke="#1a1a1a"`
	case "line hid":
		return `stroke="#5c5c5c" stroke-dasharray="2 3"`
	case "line people":
		return `stroke="#1a1a1a" stroke-width="1.75"`
	case "line match":
		return `stroke="#1d4f8c" stroke-width="2.5"`
	case "rect none":
		return `fill="#ffffff" stroke="#5c5c5c" stroke-width="0.75"`
	case "rect dot", "rect match":
		return `fill="#1d4f8c"`
	case "rect count":
		if isPart {
			return `fill="none" stroke="#5c5c5c" stroke-width="0.75" stroke-dasharray="2 2"`
		}
		return `fill="#b9cbe0" stroke="#5c5c5c" stroke-width="0.75"`
	case "rect miss":
		if isPart {
			return `fill="#cfcfcf" stroke="#5c5c5c" stroke-width="0.75" stroke-dasharray="2 2"`
		}
		return `fill="#cfcfcf" stroke="#5c5c5c" stroke-width="0.75"`
	case "polyline people":
		return `fill="none" stroke="#1a1a1a" stroke-width="1.75" stroke-linejoin="round"`
	case "polyline match":
		if isPart {
			return `fill="none" stroke="#1d4f8c" stroke-width="2.5" stroke-dasharray="3 3"`
		}
		return `fill="none" stroke="#1d4f8c" stroke-width="2.5" stroke-linejoin="round"`
	}
	return ""
}

// Sizes of a chart in an SVG file: the margin, the height of a heading line, and the characters that fit in such a
// line.
const (
	svgMargin  = 8
	svgLine    = 15
	svgLetters = 48
)

// svg returns an SVG file of the chart, with its name and finding. The file needs no fonts, styles or scripts from
// elsewhere.
func (c *chart) svg() []byte {
	name, finding := lines(c.Name, svgLetters-4), lines(c.Finding, svgLetters)
	above := svgMargin + svgLine*(len(name)+len(finding)) + 4
	var b bytes.Buffer
	width, height := chartWidth+2*svgMargin, above+c.Height+svgMargin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="%d %d %d %d" role="img" `+
		`font-family="Arial, Helvetica, 'Liberation Sans', sans-serif" font-size="12">`+"\n",
		width, height, -svgMargin, -above, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", escaped(c.title()))
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#ffffff"/>`+"\n", -svgMargin, -above, width,
		height)
	y := float64(svgMargin - above + 12)
	heading := new(chart)
	for i, line := range append(name, finding...) {
		class := "name"
		if i >= len(name) {
			class = "finding"
		}
		heading.text(class, "start", 0, y, line)
		y += svgLine
	}
	heading.writeShapes(&b)
	c.writeShapes(&b)
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// writeShapes writes the shapes of a chart.
func (c *chart) writeShapes(b *bytes.Buffer) {
	for _, s := range c.Shapes {
		switch s.Kind {
		case "rect":
			fmt.Fprintf(b, `<rect x="%v" y="%v" width="%v" height="%v" %s/>`, s.X, s.Y, s.W, s.H, look(s))
		case "line":
			fmt.Fprintf(b, `<line x1="%v" y1="%v" x2="%v" y2="%v" %s/>`, s.X, s.Y, s.X2(), s.Y2(), look(s))
		case "polyline":
			fmt.Fprintf(b, `<polyline points="%s" %s/>`, s.Points, look(s))
		case "text":
			fmt.Fprintf(b, `<text x="%v" y="%v" text-anchor="%s" %s>%s</text>`, s.X, s.Y, s.Anchor, look(s),
				escaped(s.Text))
		}
		b.WriteByte('\n')
	}
}

// lines breaks a text into lines of at most the given number of characters.
func lines(text string, most int) (all []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		for ; utf8.RuneCountInString(word) > most; word = string([]rune(word)[most:]) {
			if line != "" {
				all, line = append(all, line), ""
			}
			all = append(all, string([]rune(word)[:most]))
		}
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > most {
			all, line = append(all, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	if line != "" {
		all = append(all, line)
	}
	return all
}

// escaped returns a text escaped for XML.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(program.Plain(text))) // writes to memory
	return b.String()
}

// writeCharts writes each chart of the page to a new folder. Once all files are ready, it calls the callback. If the
// callback fails, writeCharts leaves no folder.
func (g *gathering) writeCharts(before func() error) error {
	var files []outputFile
	for _, c := range g.charts() {
		files = append(files, outputFile{c.File + ".svg", c.svg()})
	}
	return writeFolder("-svg", g.opts.svg, files, before)
}
