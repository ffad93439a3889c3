package cohort

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// look is the attributes of a shape in a file of its own, by class. The page has the same as a style sheet. They are
// written out because programs for text and slides read no style sheets.
func look(s shape) string {
	class, isPart := strings.CutSuffix(s.Class, " part")
	switch s.Kind + " " + class {
	case "text val":
		return `fill="#1a1a1a" font-weight="bold"`
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
	case "rect dot":
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

// svgMargin is the room around a chart in a file of its own.
const svgMargin = 8

// svg is the chart as a file of its own. It needs nothing else: neither fonts, styles nor scripts.
func (c *chart) svg() []byte {
	var b bytes.Buffer
	width, height := chartWidth+2*svgMargin, c.Height+2*svgMargin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="%d %d %d %d" role="img" `+
		`font-family="Arial, Helvetica, 'Liberation Sans', sans-serif" font-size="12">`+"\n",
		width, height, -svgMargin, -svgMargin, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", escaped(c.Title))
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#ffffff"/>`+"\n", -svgMargin, -svgMargin, width,
		height)
	for _, s := range c.Shapes {
		switch s.Kind {
		case "rect":
			fmt.Fprintf(&b, `<rect x="%v" y="%v" width="%v" height="%v" %s/>`, s.X, s.Y, s.W, s.H, look(s))
		case "line":
			fmt.Fprintf(&b, `<line x1="%v" y1="%v" x2="%v" y2="%v" %s/>`, s.X, s.Y, s.X2(), s.Y2(), look(s))
		case "polyline":
			fmt.Fprintf(&b, `<polyline points="%s" %s/>`, s.Points, look(s))
		case "text":
			fmt.Fprintf(&b, `<text x="%v" y="%v" text-anchor="%s" %s>%s</text>`, s.X, s.Y, s.Anchor, look(s),
				escaped(s.Text))
		}
		b.WriteByte('\n')
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// escaped is a text as XML has it.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(program.Plain(text))) // into memory
	return b.String()
}

// writeCharts writes each chart of the page into a new folder, whole or not at all. When all is ready it calls before,
// and makes no folder if that fails.
func (g *gathering) writeCharts(before func() error) error {
	var files []outputFile
	for _, c := range g.charts() {
		files = append(files, outputFile{c.File + ".svg", c.svg()})
	}
	return writeFolder("-svg", g.opts.svg, files, before)
}
