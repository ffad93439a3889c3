package cohort

import (
	"math"

	"hesopmatch/match/cohort"
)

// Charts are drawn for a width that a phone has, and are never scaled up: text keeps its
// size. Colour tells nothing that a pattern or a label does not.
const (
	chartWidth = 360
	plotHeight = 120
	labelSpace = 16
	inset      = 12 // on both sides, for labels wider than their column
)

// chart is a picture of some numbers. The table beneath it has the same.
type chart struct {
	ID, Title string
	Caption   string // what is written above it, "" if the figure's heading says it
	Height    int
	Plot      int // where the baseline is
	Bars      []bar
	Labels    []label
	Lines     []gridLine
}

// bar is a rectangle, and what it says when pointed at or read out.
type bar struct {
	X, Y, W, H float64
	Class      string
	Says       string
}

type label struct {
	X, Y   float64
	Anchor string
	Class  string
	Text   string
}

// gridLine is a line across the plot with the number it stands for.
type gridLine struct {
	Y    float64
	Text string
}

// series is numbers of one measure, by group.
type series struct {
	name, class string
	numbers     []cohort.Number
}

// columns draws series side by side above their groups. Hidden numbers are marked where
// they would stand.
func columns(id, title string, groups []string, all ...series) chart {
	c := chart{ID: id, Title: title, Height: plotHeight + 3*labelSpace, Plot: plotHeight + labelSpace}
	top := int64(0)
	for _, s := range all {
		for _, n := range s.numbers {
			if v, ok := n.Value(); ok {
				top = max(top, v)
			}
		}
	}
	if top > 0 {
		c.Lines = append(c.Lines, gridLine{float64(labelSpace), number(top)})
	}
	step := float64(chartWidth-2*inset) / float64(max(1, len(groups)))
	width := math.Min(28, step*0.8/float64(len(all)))
	every := 1 + len(groups)*40/chartWidth // labels that would run into each other are left out
	for i, group := range groups {
		middle := inset + step*(float64(i)+0.5)
		marks := 0
		for j, s := range all {
			x := middle + width*(float64(j)-float64(len(all))/2)
			v, ok := s.numbers[i].Value()
			if !ok {
				marks++
				c.Labels = append(c.Labels, markLabel(x+width/2, float64(c.Plot-3), s.numbers[i]))
				continue
			}
			h := float64(v) / float64(max(top, 1)) * plotHeight
			name := group + ": " + number(v) + " " + s.name
			c.Bars = append(c.Bars, bar{x, float64(c.Plot) - h, width - 0.5, h, s.class, name})
		}
		if marks == len(all) && marks > 0 { // one will do
			c.Labels = append(c.Labels[:len(c.Labels)-marks], markLabel(middle, float64(c.Plot-3), all[0].numbers[i]))
		}
		if i%every == 0 {
			below := float64(c.Plot + labelSpace - 3)
			c.Labels = append(c.Labels, label{middle, below, "middle", "", shortGroup(group)})
		}
	}
	return c
}

// markLabel marks where a number would stand that is not shown.
func markLabel(x, y float64, n cohort.Number) label {
	return label{x, y, "middle", "mask number", n.String()}
}

// longest is how many characters of a label there is room for.
const longest = 48

func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return string(runes[:longest-1]) + "…"
}

// shortGroup is a group as it stands under a column: of a financial year the first one.
func shortGroup(group string) string {
	if len(group) == len("2019-20") && group[4] == '-' {
		return group[:4]
	}
	return group
}

// part is a share of a whole bar.
type part struct {
	class, name string
	number      cohort.Number
}

// line is a bar across, with a label above it.
type line struct {
	label string
	parts []part
}

const lineHeight = 36

// shares draws, of each line, the parts that are shown as shares of their sum. A line of which
// none is shown has no bar, and says so.
func shares(id, title string, lines []line) chart {
	c := chart{ID: id, Title: title, Height: len(lines)*lineHeight + 4}
	for i, l := range lines {
		y := float64(i * lineHeight)
		c.Labels = append(c.Labels, label{0, y + 13, "start", "", shorten(l.label)})
		sum := int64(0)
		for _, p := range l.parts {
			if v, ok := p.number.Value(); ok {
				sum += v
			}
		}
		if sum == 0 {
			c.Bars = append(c.Bars, bar{0, y + 18, chartWidth, 12, "hidden", l.label + ": not shown"})
			c.Labels = append(c.Labels, label{4, y + 28, "start", "mask", "not shown: see the table"})
			continue
		}
		x := 0.0
		for _, p := range l.parts {
			v, ok := p.number.Value()
			if !ok {
				continue
			}
			w := float64(v) / float64(sum) * chartWidth
			c.Bars = append(c.Bars, bar{x, y + 18, w, 12, p.class, l.label + ": " + number(v) + " " + p.name})
			x += w
		}
	}
	return c
}

// lengths draws one number a line by its logarithm.
func lengths(id, title string, labels []string, numbers []cohort.Number) chart {
	c := chart{ID: id, Title: title, Height: len(labels)*lineHeight + 4}
	most := 1.0
	for _, n := range numbers {
		most = math.Max(most, reach(n))
	}
	for i, n := range numbers {
		y := float64(i * lineHeight)
		c.Labels = append(c.Labels, label{0, y + 13, "start", "", shorten(labels[i])},
			label{chartWidth, y + 13, "end", "number", n.String()})
		if r := reach(n); r > 0 {
			c.Bars = append(c.Bars, bar{0, y + 18, r / most * chartWidth, 12, "first", labels[i] + ": " + n.String()})
		} else if _, told := n.Value(); !told {
			c.Bars = append(c.Bars, bar{0, y + 18, chartWidth, 12, "hidden", labels[i] + ": " + n.String()})
		}
	}
	return c
}

// reach is how far a number goes in powers of ten, 0 if it is not shown.
func reach(n cohort.Number) float64 {
	v, ok := n.Value()
	if !ok || v == 0 {
		return 0
	}
	return math.Log10(float64(v)) + 0.3
}
