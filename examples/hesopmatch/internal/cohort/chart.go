package cohort

import "strconv"

// Charts are drawn for the width of a phone, 320 units, with text of 12 units. Colour alone never carries information:
// a shape or a label carries the same information.
const (
	chartWidth = 320
	plotLeft   = 44
	plotRight  = 314
)

// chart is a picture of some numbers. A table of the page has the same numbers.
type chart struct {
	File          string // name of the file that -svg writes, without its extension
	Name, Finding string // the name and finding of its figure
	Label         string // text for readers who cannot see the chart
	Height        int
	Shapes        []shape
}

// title returns the name of the chart, followed by the finding if there is one.
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
	W, H        tenths // for a line, the distance to its other end
	Anchor      string
	Text        string
	Points      string
}

// tenths is a length that prints with one decimal.
type tenths float64

func (t tenths) String() string { return strconv.FormatFloat(float64(t), 'f', 1, 64) }

// X2 returns the x coordinate of the end of a line.
func (s shape) X2() tenths { return s.X + s.W }

// Y2 returns the y coordinate of the end of a line.
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

// scale is a vertical axis whose values begin at zero.
type scale struct {
	base, height float64 // in units of the chart: the y coordinate of zero, and the distance from zero to the top
	top          float64 // the largest value
}

func (s scale) y(v float64) float64 { return s.base - v/s.top*s.height }

// axis draws a line at zero, in the middle and at the top of a scale. It skips a line whose label is empty.
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

// percentLabel formats a share for an axis.
func percentLabel(v float64) string {
	return strconv.FormatFloat(100*v, 'g', 3, 64) + "%"
}

// countLabel formats a count for an axis. It returns "" for a fraction, such as half an appointment.
func countLabel(v float64) string {
	if v != float64(int64(v)) {
		return ""
	}
	return grouped(number(int64(v)))
}

// manyUnits is the top at which a scale of counts changes to thousands.
const manyUnits = 100_000

// counts chooses the labels of a scale of counts by its largest count. It returns the function that makes the labels,
// and the unit to add to the title of the scale.
func counts(top float64) (label func(v float64) string, unit string) {
	if top < manyUnits {
		return countLabel, ""
	}
	return func(v float64) string { return grouped(number(int64(v / 1000))) }, ", thousands"
}
