package cohort

import (
	"fmt"
	"io"
	"log/slog"

	"hesopmatch/internal/noform"
)

// String returns how many appointments the cohort was given and how many lists it has, and
// nothing of a person.
func (c *Cohort) String() string {
	if c == nil || c.plan == nil {
		return "cohort.Cohort of nothing"
	}
	return fmt.Sprintf("cohort.Cohort of %d lists after %d appointments", c.plan.m.Len(), c.account.Read)
}

// Format writes what String returns, whatever the verb.
func (c *Cohort) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, c.String()) }

// LogValue returns what String does, for log/slog.
func (c *Cohort) LogValue() slog.Value { return slog.StringValue(c.String()) }

type (
	// noForm makes a Cohort fail to marshal.
	noForm = noform.Of[whyNoForm]
	noCopy = noform.NoCopy

	whyNoForm struct{}
)

// Reason says why.
func (whyNoForm) Reason() string {
	return "cohort: a Cohort has no binary or text form, which would lose its codelists and people: " +
		"send what Totals, Members or Release return"
}
