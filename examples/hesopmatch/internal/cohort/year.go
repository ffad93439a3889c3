package cohort

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort"
)

// year is a financial year on the axis of charts.
type year struct {
	name string // 2003-04
	part bool   // whether the data hold only part of the year
}

// years returns the financial years from the first to the last in the tables, including years that the tables do not
// list.
func (n *numbers) years() (all []year) {
	groups := slices.Concat(n.groupsOf(cohort.ByYear), n.groupsInLists(cohort.ByYear))
	slices.Sort(groups)
	for _, group := range slices.Compact(groups) {
		start, ok := startOf(group)
		for ok && len(all) > 0 { // add years that the tables do not list
			last, _ := startOf(all[len(all)-1].name)
			if last+1 >= start {
				break
			}
			all = append(all, year{name: hesop.FinancialYear(last + 1).String()})
		}
		if ok {
			all = append(all, year{name: group})
		}
	}
	if len(all) > 0 {
		all[0].part = n.opts.From.IsValid() && n.opts.From.FinancialYear().String() == all[0].name &&
			!strings.HasSuffix(n.opts.From.String(), "-04-01")
		last := &all[len(all)-1]
		last.part = last.part || n.partReason(all) != ""
	}
	return all
}

// startOf returns the calendar year in which a financial year begins.
func startOf(name string) (int, bool) {
	if len(name) != len("2003-04") || name[4] != '-' {
		return 0, false
	}
	start, err := strconv.Atoi(name[:4])
	return start, err == nil
}

// partReason returns why the last year is incomplete, or "" if it is taken to be complete. No date of the data is
// released, so partReason decides from the options, the day of the run and the printed numbers.
func (n *numbers) partReason(all []year) string {
	last := all[len(all)-1].name
	start, _ := startOf(last)
	switch end := time.Date(start+1, time.April, 1, 0, 0, 0, 0, time.UTC); {
	case n.opts.To.IsValid() && n.opts.To.FinancialYear().String() == last &&
		!strings.HasSuffix(n.opts.To.String(), "-03-31"):
		return fmt.Sprintf("%s is a part year: only appointments up to %v are counted.", last, n.opts.To)
	case n.now.Before(end):
		return last + " is a part year: it had not ended when this page was made."
	case len(all) < 2:
		return ""
	}
	before := all[len(all)-2].name
	now, ok := n.of(tableName(cohort.ByYear), everyone, last, "appointments").Value()
	then, has := n.of(tableName(cohort.ByYear), everyone, before, "appointments").Value()
	if ok && has && 3*now < 2*then {
		return fmt.Sprintf("%s is treated as a part year: it has fewer than two thirds of the appointments of "+
			"%s.", last,
			before)
	}
	return ""
}

// partText describes which years are incomplete.
func (n *numbers) partText() string {
	var all []string
	if len(n.axis) > 0 && n.axis[0].part && n.opts.From.IsValid() && len(n.axis) > 1 {
		all = append(all, fmt.Sprintf("%s is a part year: only appointments from %v are counted.", n.axis[0].name,
			n.opts.From))
	}
	if len(n.axis) > 0 && n.axis[len(n.axis)-1].part {
		if why := n.partReason(n.axis); why != "" {
			all = append(all, why)
		} else if len(n.axis) == 1 {
			all = append(all, n.axis[0].name+" is a part year.")
		}
	}
	return strings.Join(all, " ")
}

// span returns the years of the axis: one year, or the first and the last.
func (n *numbers) span() string {
	switch len(n.axis) {
	case 0:
		return ""
	case 1:
		return n.axis[0].name
	}
	return n.axis[0].name + " to " + n.axis[len(n.axis)-1].name
}

// isPart reports whether a group is an incomplete year.
func (n *numbers) isPart(group string) bool {
	for _, y := range n.axis {
		if y.name == group {
			return y.part
		}
	}
	return false
}

// ends returns the first and the last whole year for which a value is shown.
func (n *numbers) ends(shown func(i int) bool) (first, last int, ok bool) {
	first = -1
	for i, y := range n.axis {
		if y.part || !shown(i) {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	return first, last, first >= 0
}

// step returns the width of a year on the axis.
func (n *numbers) step() float64 { return (plotRight - plotLeft) / float64(max(1, len(n.axis))) }

// x returns the middle of a year on the axis.
func (n *numbers) x(i int) float64 { return plotLeft + n.step()*(float64(i)+0.5) }

// tickWidth is the width of a year's label.
const tickWidth = 52

// ticks labels some years below a strip, always the first and the last, and labels incomplete years as part years.
func (n *numbers) ticks(c *chart, base float64) {
	every := max(int(math.Ceil(tickWidth/n.step())), (len(n.axis)-1)/3, 1)
	end := len(n.axis) - 1
	for i, y := range n.axis {
		if i != end && (i%every != 0 || end-i < every) && i != 0 {
			continue
		}
		x, anchor := n.x(i), "middle"
		at := x
		switch {
		case i == 0 && end > 0 && x < plotLeft+tickWidth/2:
			at, anchor = plotLeft-2, "start"
		case i == end && end > 0 && x > plotRight-tickWidth/2:
			at, anchor = chartWidth-2, "end"
		}
		c.line("base", x, base+1, x, base+5)
		c.text("", anchor, at, base+17, y.name)
		if y.part {
			c.text("", anchor, at, base+31, "part year")
		}
	}
}

// bars draws a column for each year whose value is shown and not zero, dashed if the year is incomplete.
func (n *numbers) bars(c *chart, class string, s scale, of func(i int) (float64, bool)) {
	width := math.Min(n.step()-3, 32)
	if n.step() < 6 {
		width = n.step() * 0.8
	}
	for i, y := range n.axis {
		v, ok := of(i)
		if !ok || v == 0 {
			continue
		}
		name := class
		if y.part {
			name += " part"
		}
		c.rect(name, n.x(i)-width/2, s.y(v), width, s.base-s.y(v))
	}
}

// curve draws a line through the whole years, with a gap where nothing is shown. For an incomplete year it draws a
// short stroke or, if joinsPart is true, dashed lines to the years next to that year.
func (n *numbers) curve(c *chart, class string, s scale, joinsPart bool, of func(i int) (float64, bool)) {
	var run []point
	end := func() {
		if len(run) == 1 {
			c.line(class, run[0].x-4, run[0].y, run[0].x+4, run[0].y)
		} else if len(run) > 1 {
			c.polyline(class, run...)
		}
		run = nil
	}
	for i, y := range n.axis {
		v, ok := of(i)
		at := point{n.x(i), s.y(v)}
		if !ok || y.part {
			end()
		}
		switch {
		case ok && !y.part:
			run = append(run, at)
		case ok && (!joinsPart || !n.join(c, class, s, i, of)):
			c.line(class, at.x-4, at.y, at.x+4, at.y)
		}
	}
	end()
}

// join draws a dashed line from an incomplete year to each year next to that year. It reports whether it drew any line.
func (n *numbers) join(c *chart, class string, s scale, i int, of func(i int) (float64, bool)) (joined bool) {
	v, _ := of(i)
	for _, next := range []int{i - 1, i + 1} {
		if next < 0 || next == len(n.axis) {
			continue
		}
		if w, ok := of(next); ok {
			c.polyline(class+" part", point{n.x(next), s.y(w)}, point{n.x(i), s.y(v)})
			joined = true
		}
	}
	return joined
}

// marks draws a dotted line for the years whose number is hidden, and writes the sign of a hidden number above the
// line.
func (n *numbers) marks(c *chart, s scale, isHidden func(i int) bool) {
	for i := 0; i < len(n.axis); i++ {
		if !isHidden(i) {
			continue
		}
		last := i
		for last+1 < len(n.axis) && isHidden(last+1) {
			last++
		}
		half := n.step()/2 - 1
		c.line("hid", n.x(i)-half, s.base-3, n.x(last)+half, s.base-3)
		c.text("mark", "middle", (n.x(i)+n.x(last))/2, s.base-8, n.hidden().String())
		i = last
	}
}
