package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// row is one line of the table.
type row struct{ measure, target, measured, timings string }

// writeTable writes a heading and the rows as a Markdown table.
func writeTable(w io.Writer, heading string, rows []row) error {
	var b strings.Builder
	b.WriteString(heading + "\n\n| measure | target | measured | timings |\n| --- | --- | --- | --- |\n")
	for _, r := range rows {
		for _, cell := range []string{r.measure, r.target, r.measured, r.timings} {
			b.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table returns a row for each target, with its measurement.
func (b *bench) table() []row {
	t := &b.turns
	faster, slower := 12, 9
	if vectors {
		faster, slower = 25, 3
	}
	rows := []row{
		ratio("W(a), one worker, against `encoding/csv` and a map", fmt.Sprintf("at least %d times as fast", faster),
			t.csv, t.one),
		ratio("W(a), one worker, against reading W and discarding it", fmt.Sprintf("at most %d times its time", slower),
			t.one, t.read),
	}
	seconds := t.one.times.median() / 1e9
	rows[0].timings += fmt.Sprintf("; %.2f million rows/s, %.0f MB/s",
		float64(b.load.rows)/1e6/seconds, float64(b.load.bytes)/1e6/seconds)
	rows = append(rows, b.workers()...)
	rows = append(rows,
		ratio("W(b) against W(a), one worker", "at most 1.3 times the time", t.many, t.one),
		b.linear(),
		inMemory("matching a typical appointment in memory", "at most 40 ns at 2.3 GHz", t.typical),
		inMemory("matching a heavy appointment in memory", "at most 300 ns at 2.3 GHz", t.heavy),
		inMemory("one look-up of a code, lists of (a)", "at most 6 ns", t.lookFew),
		inMemory("one look-up of a code, lists of (b)", "at most 6 ns", t.lookMany),
		compilation(fmt.Sprintf("compiling %d entries, the lists of (b)", b.many.entries), "at most 5 ms", t.compile),
		compilation(fmt.Sprintf("compiling %d lists of %d entries", b.opts.huge, b.opts.hugeEntries),
			"at most 1 s", b.huge),
	)
	for _, a := range b.allocated {
		rows = append(rows, row{
			"allocations per row, " + a.what, "0 (below 0.001 is the fixed cost of a scan)",
			fmt.Sprintf("%.4f", float64(a.n)/float64(b.load.rows)), fmt.Sprintf("%d in %d rows", a.n, b.load.rows),
		})
	}
	for _, r := range b.resident {
		rows = append(rows, r.row())
	}
	return rows
}

// workers returns the rows that compare several workers with one.
func (b *bench) workers() []row {
	t := &b.turns
	const two = "two workers against one, W(a), matched rows only"
	if t.two == nil {
		return []row{{two, "at least 1.8 times as fast", "not measured", "there is one core"}}
	}
	rows := []row{ratio(two, "at least 1.8 times as fast", t.one, t.two)}
	if t.full != nil {
		rows = append(rows, ratio(
			"one worker per core against one, W(a), matched rows only", "as many times as fast as there are cores",
			t.one, t.full,
		))
	}
	return rows
}

// linear returns the row that compares the time per appointment in a long and a short file.
func (b *bench) linear() row {
	perRow := func(times samples, rows int64) samples {
		each := make(samples, len(times))
		for i, t := range times {
			each[i] = t / float64(rows)
		}
		return each
	}
	t := &b.turns
	all, tenth := perRow(t.one.times, b.load.rows), perRow(t.tenth.times, b.load.tenthRows)
	quotients := all.over(tenth)
	return row{
		"time per row, all of W(a) against its first tenth", "about 1 (linear)",
		fmt.Sprintf("%.2f times", quotients.median()),
		fmt.Sprintf("%.0f ns against %.0f ns%s", all.median(), tenth.median(), between(quotients)),
	}
}

// ratio returns the row that compares two measures.
func ratio(measure, target string, dividend, divisor *measure) row {
	quotients := dividend.times.over(divisor.times)
	return row{
		measure, target, fmt.Sprintf("%.2f times", quotients.median()),
		fmt.Sprintf("%s against %s%s", milliseconds(dividend.times), milliseconds(divisor.times), between(quotients)),
	}
}

// inMemory returns the row of a measure in memory, in nanoseconds.
func inMemory(measure, target string, m *measure) row {
	allocated := "no allocation"
	if m.allocated > 0 {
		allocated = fmt.Sprintf("%d allocations", m.allocated)
	}
	return row{
		measure, target, fmt.Sprintf("%.1f ns", m.times.median()),
		fmt.Sprintf("%.1f to %.1f ns; %s in %d", slices.Min(m.times), slices.Max(m.times), allocated, m.done),
	}
}

// compilation returns the row of a measure in milliseconds.
func compilation(measure, target string, m *measure) row {
	return row{
		measure, target, milliseconds(m.times),
		fmt.Sprintf("%s to %s", milliseconds(samples{slices.Min(m.times)}), milliseconds(samples{slices.Max(m.times)})),
	}
}

// row returns the row of a measure of memory.
func (r *resident) row() row {
	if r.why != "" {
		return row{"resident memory of " + r.what, r.target, "not measured", r.why}
	}
	mib := func(bytes int64) string { return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20)) }
	measure := fmt.Sprintf("resident memory of %s, -workers %d", r.what, r.workers)
	line := row{measure, r.target, mib(r.bytes), "peak"}
	if r.bytes <= r.least {
		line.measured, line.timings = "at most "+mib(r.bytes), "no more than this program: less cannot be measured"
	}
	return line
}

// between returns the range of the ratios, if there is more than one round.
func between(ratios samples) string {
	if len(ratios) == 1 {
		return ""
	}
	return fmt.Sprintf("; ratios of %.2f to %.2f", slices.Min(ratios), slices.Max(ratios))
}

// milliseconds returns the median of times, in milliseconds.
func milliseconds(times samples) string {
	ms := times.median() / 1e6
	if ms < 100 {
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}
