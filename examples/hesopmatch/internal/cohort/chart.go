package cohort

import "strconv"

// Charts are drawn for the width of a phone, 320 units, with text of 12 units. Colour tells nothing that a shape or a
// label does not.
const (
	chartWidth = 320
	plotLeft   = 44
	plotRight  = 314
)

// chart is a picture of some numbers. A table of the page has the same.
type chart struct {
	File          string // its name as a file of its own, without the ending
	Name, Finding string // of its figure
	Label         string // what it says to who cannot see it
	Height        int
	Shapes        []shape
}

// title is what the chart is of, and its finding.
func (c *chart) title() string {
	if c.Finding == "" {
		return c.Name
	}
	return c.Name + ": " + c.Finding
}

// shape is a rectangle, a line, a line of several points or a text.
type shape struct {
	Kind, Class string
	X, Y        tenths
	W, H        tenths // of a line: to its other end
	Anchor      string
	Text        string
	Points      string
}

// tenths is a length with one decimal.
type tenths float64

func (t tenths) String() string { return strconv.FormatFloat(float64(t), 'f', 1, 64) }

// X2 is where a line ends.
func (s shape) X2() tenths { return s.X + s.W }

// Y2 is where a line ends.
func (s shape) Y2() tenths { return s.Y + s.H }

type point struct{ x, y float64 }

func (c *chart) rect(class string, x, y, w, h float64) {
	c.Shapes = append(c.Shapes, shape{
		Kind: "rect", Class: class, X: tenths(x), Y: tenths(y), W: tenths(w), H: tenths(h),
	})
}

func (c *chart) line(class string, x1, y1, x2, y2 float64) {
	c.Shapes = append(c.Shapes, shape{
		Kind: "line", Class: class, X: tenths(x1), Y: tenths(y1), W: tenths(x2 - x1), H: tenths(y2 - y1),
	})
}

func (c *chart) text(class, anchor string, x, y float64, text string) {
	c.Shapes = append(c.Shapes, shape{
		Kind: "text", Class: class, Anchor: anchor, X: tenths(x), Y: tenths(y), Text: text,
	})
}

func (c *chart) polyline(class string, points ...point) {
	text := make([]byte, 0, 12*len(points))
	for i, p := range points {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(text, tenths(p.x).String()...)
		text = append(text, ',')
		text = append(text, tenths(p.y).String()...)
	}
	c.Shapes = append(c.Shapes, shape{Kind: "polyline", Class: class, Points: string(text)})
}

// scale is an axis from zero at its base to top.
type scale struct {
	base, height float64 // of the strip, in units of the chart
	top          float64
}

func (s scale) y(v float64) float64 { return s.base - v/s.top*s.height }

// axis draws the zero line, the top and the middle of a scale, if that has a label.
func (c *chart) axis(s scale, label func(v float64) string) {
	for i, v := range []float64{0, s.top / 2, s.top} {
		text := label(v)
		if text == "" {
			continue
		}
		class := "guide"
		if i == 0 {
			class = "base"
		}
		c.line(class, plotLeft, s.y(v), plotRight, s.y(v))
		c.text("", "end", plotLeft-5, s.y(v)+4, text)
	}
}

// percentLabel is a share as an axis has it.
func percentLabel(v float64) string {
	return strconv.FormatFloat(100*v, 'g', 3, 64) + "%"
}

// countLabel is a count as an axis has it. Halves of appointments have none.
func countLabel(v float64) string {
	if v != float64(int64(v)) {
		return ""
	}
	return grouped(number(int64(v)))
}

// manyUnits is from where a scale of counts is in thousands.
const manyUnits = 100_000

// counts returns the label of a scale of counts up to top, and the unit that its title names.
func counts(top float64) (label func(v float64) string, unit string) {
	if top < manyUnits {
		return countLabel, ""
	}
	return func(v float64) string { return grouped(number(int64(v / 1000))) }, ", thousands"
}
