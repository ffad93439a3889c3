package program

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"
)

// Progress counts what a long run has done and reports it: on a terminal twice a second, or under -progress lines every
// second, wherever standard error goes. The zero Progress counts without reporting.
type Progress struct {
	Rows  atomic.Int64
	Bytes atomic.Int64 // bytes read from the inputs, before decompression, or bytes written

	work Work
	stop chan struct{}
	done chan struct{}
}

// Work is the amount of work, in bytes or in rows. Progress estimates the remaining time from it. The zero Work means
// that the amount is unknown.
type Work struct{ Bytes, Rows int64 }

// StartProgress starts to report to stderr if it is a terminal, or if mode, the value of -progress, is "lines". Call
// Stop before writing anything else to stderr.
func StartProgress(stderr io.Writer, work Work, mode string) *Progress {
	stderr = raw(stderr)
	p := &Progress{work: work}
	line := progressForm{every: 500 * time.Millisecond, before: "\r\x1b[K", end: "\r\x1b[K"}
	switch {
	case mode == "lines":
		line = progressForm{every: time.Second, before: "progress: ", after: "\n"}
	case !IsTerminal(stderr):
		return p
	}
	p.stop, p.done = make(chan struct{}), make(chan struct{})
	go p.report(stderr, line)
	return p
}

// progressForm holds the interval between reports, the texts before and after each report, and the text after the last
// report.
type progressForm struct {
	every              time.Duration
	before, after, end string
}

// IsTerminal reports whether a writer is a terminal.
func IsTerminal(w io.Writer) bool {
	f, ok := raw(w).(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Stop ends the reports and clears their line.
func (p *Progress) Stop() {
	if p.stop != nil {
		close(p.stop)
		<-p.done
		p.stop = nil
	}
}

func (p *Progress) report(w io.Writer, form progressForm) {
	defer close(p.done)
	tick := time.NewTicker(form.every)
	defer tick.Stop()
	start := time.Now()
	shown := false
	for {
		select {
		case <-tick.C:
			shown = true
			fmt.Fprint(w, form.before+p.line(time.Since(start))+form.after)
		case <-p.stop:
			if shown {
				fmt.Fprint(w, form.end)
			}
			return
		}
	}
}

func (p *Progress) line(since time.Duration) string {
	rows, bytes := p.Rows.Load(), p.Bytes.Load()
	seconds := since.Seconds()
	line := fmt.Sprintf("%d rows, %.0f MB, %.0f rows/s, %.0f MB/s", rows, float64(bytes)/1e6, float64(rows)/seconds,
		float64(bytes)/1e6/seconds)
	total, done := p.work.Bytes, bytes
	if total == 0 {
		total, done = p.work.Rows, rows
	}
	if total > 0 && done > 0 {
		left := time.Duration(float64(max(total-done, 0)) / float64(done) * float64(since))
		line += fmt.Sprintf(", %v left", left.Round(time.Second))
	}
	return line
}
