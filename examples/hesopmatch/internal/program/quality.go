package program

import (
	"io"

	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"
	"hesopmatch/match"
)

// Quality collects the counts of the quality report for all inputs.
type Quality struct{ counter quality.Counter }

// heldCount is the assumed size in bytes of a block's counts, mostly keys, while they wait for their turn.
const heldCount = 8 << 10

// Count makes the workers of a scan count the appointments of each block. Before the turn of the input, it merges the
// counts into one waiting Counter, because one Counter for each block would take more memory.
func (q *Quality) Count(r *hesop.Reader, turn *Turn) (match.ScanOption, error) {
	waiting := new(quality.Counter)
	merge := func() {
		q.counter.Merge(waiting)
		waiting.Reset()
	}
	if err := waiting.Begin(r); err != nil { // the report has the columns even if no rows follow
		return nil, err
	}
	err := turn.Do(heldCount, func() error { merge(); return nil })
	return match.Collect(
		func() *quality.Counter {
			c := new(quality.Counter)
			_ = c.Begin(r) // waiting.Begin succeeded above
			return c
		},
		func(c *quality.Counter, a *hesop.Appointment, _ *match.Result) { c.Add(a) },
		func(c *quality.Counter) error {
			if turn.IsNow() {
				err := turn.Wait() // first merge the counts that wait
				q.counter.Merge(c)
				return err
			}
			waiting.Merge(c)
			return turn.Do(heldCount, func() error { merge(); return nil })
		},
	), err
}

// Rows returns how many appointments were counted.
func (q *Quality) Rows() int64 { return q.counter.Report().Rows }

// Write writes the counts of all inputs as JSON, in the same form for every command.
func (q *Quality) Write(w io.Writer, command string, inputs []string, note string) error {
	return WriteJSON(w, struct {
		Program string   `json:"program"`
		Version string   `json:"version"`
		Inputs  []string `json:"inputs"`
		*quality.Report
		Note string `json:"note"`
	}{command, Version, inputs, q.counter.Report(), note})
}
